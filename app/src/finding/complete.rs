//! What the line of the search offers while somebody types an operator: its name, then the values they may see.

use chrono::Datelike as _;
use entities::field::read::{definitions, with_options};
use entities::{Permission, organisation, person, service, text};
use maud::{Markup, html};
use poem::handler;
use search::Typed;
use serde::Deserialize;

use super::operators::{NAMES, OPERATORS, Of, STATES, begins_so, named, names_of};
use super::permission::sees;
use crate::error::Result;
use crate::fields::words;
use crate::locale::Locale;
use crate::web::cx::Cx;
use crate::web::form::Query;
use crate::web::parts::state_words;
use crate::web::permitted::Finders;

/// What is offered at once.
const MOST: usize = 8;
/// Fewer letters are the beginning of too many words.
const LEAST: usize = 2;

/// Of the names of an operator that one begins by what was typed, in the reader's language where it fits.
fn beginning(locale: Locale, names: &'static [&'static str], typed: &str) -> Option<&'static str> {
    let own = match locale {
        Locale::De => names.first(),
        Locale::En => names.get(1),
    };
    let mut names = own.into_iter().chain(names).copied();
    names.find(|name| name.starts_with(typed))
}

impl Of {
    /// Whether it can narrow anything that the reader finds.
    fn is_for(self, cx: &Cx) -> bool {
        let may = |permission| cx.actor.may_somewhere(permission);
        match self {
            Of::Service | Of::Before | Of::After => true,
            Of::State | Of::Field => may(Permission::ReadTickets) || may(Permission::ReadCases),
            Of::District | Of::From => may(Permission::ReadTickets),
        }
    }

    /// What it narrows to, in words.
    fn words(self) -> &'static str {
        match self {
            Of::Service => "search-op-service",
            Of::District => "search-op-district",
            Of::State => "search-op-state",
            Of::From => "search-op-from",
            Of::Before => "search-op-before",
            Of::After => "search-op-after",
            Of::Field => "search-op-field",
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// A line of the list.
struct Offer {
    /// What stands in the line of the search once it is chosen.
    all: String,
    words: String,
    more: String,
}

/// `GET /search/complete`: the options of the list.
#[handler]
pub async fn list(cx: Cx, _: Finders, Query(asked): Query<Asked>) -> Result<Markup> {
    let offers = offers(&cx, &asked.q).await?;
    Ok(html! {
        @for one in &offers {
            li class="opt-row" role="option" aria-selected="false" data-value=(one.all) data-text=(one.all) {
                span { (one.words) } small { (one.more) }
            }
        }
    })
}

async fn offers(cx: &Cx, typed: &str) -> Result<Vec<Offer>> {
    let operators = Typed::parse(typed, &NAMES).operators;
    let Some(last) = operators.last().filter(|one| one.at.end == typed.len()) else {
        return Ok(names(cx, typed));
    };
    let piece = &typed[last.at.clone()];
    let Some(colon) = piece.find(':') else {
        return Ok(vec![]);
    };
    let before = &typed[..last.at.start + colon + 1];
    let Some(of) = named(&last.name).filter(|of| of.is_for(cx)) else {
        return Ok(vec![]);
    };
    let value = last.value.trim();
    let mut offers = match of {
        Of::Service => {
            let all = service::list::choices(&cx.db).await?;
            let all = all.into_iter().map(|one| (one.name, String::new()));
            fitting(before, value, all)
        }
        Of::District => {
            let tiles = organisation::list::tiles(&cx.db).await?;
            let all = tiles.into_iter();
            let all = all.map(|(one, short)| (one.name, short.unwrap_or_default()));
            fitting(before, value, all)
        }
        Of::State => fitting(before, value, states(cx.locale)),
        Of::From if value.is_empty() => vec![],
        Of::From => {
            let found = person::search::search(&cx.db, &cx.actor, value, MOST as u64).await?;
            let all = found.into_iter();
            let all = all.map(|one| (one.name, one.organisation_name.unwrap_or_default()));
            all.map(|(name, more)| offer(before, &name, more)).collect()
        }
        Of::Before | Of::After => days(cx, before, value),
        Of::Field => fields(cx, before, value).await?,
    };
    offers.truncate(MOST);
    // What stands there already is nothing to choose.
    offers.retain(|one| one.all.trim_end() != typed.trim_end());
    Ok(offers)
}

/// Operators whose name the last word begins.
fn names(cx: &Cx, typed: &str) -> Vec<Offer> {
    let start = typed.rfind(char::is_whitespace).map_or(0, |at| {
        at + typed[at..].chars().next().map_or(0, char::len_utf8)
    });
    let word = typed[start..].trim_start_matches('-');
    let is_quoted = typed.matches('"').count() % 2 == 1;
    if is_quoted || word.chars().count() < LEAST || !word.chars().all(char::is_alphabetic) {
        return vec![];
    }
    let before = &typed[..typed.len() - word.len()];
    let folded = word.to_lowercase();
    let fit = OPERATORS.iter().filter(|(of, _)| of.is_for(cx));
    fit.filter_map(|(of, names)| {
        let name = beginning(cx.locale, names, &folded)?;
        Some(Offer {
            all: format!("{before}{name}:"),
            words: format!("{name}:"),
            more: cx.t(of.words()),
        })
    })
    .collect()
}

/// Names that begin so, or a word of them, each with what stands beside it.
fn fitting(
    before: &str,
    value: &str,
    all: impl IntoIterator<Item = (String, String)>,
) -> Vec<Offer> {
    let wanted = text::fold(value);
    let fit = all
        .into_iter()
        .filter(|(name, more)| begins_so(&text::fold(name), &wanted) || text::fold(more) == wanted);
    fit.map(|(name, more)| offer(before, &name, more)).collect()
}

fn offer(before: &str, name: &str, more: String) -> Offer {
    Offer {
        all: format!("{before}{} ", quoted(name)),
        words: name.to_owned(),
        more,
    }
}

/// A value as it is typed: in quotes where it is more than a word.
fn quoted(value: &str) -> String {
    let value = value.replace(['"', '„', '“', '”', '\u{201f}'], "");
    match value.contains(char::is_whitespace) {
        true => format!("\"{value}\""),
        false => value,
    }
}

fn states(locale: Locale) -> impl Iterator<Item = (String, String)> {
    let all = STATES.into_iter();
    all.map(move |(state, waiting)| (state_words(locale, state, waiting), String::new()))
}

/// This year, this month and today where the desk is, as they are written here.
fn days(cx: &Cx, before: &str, value: &str) -> Vec<Offer> {
    let today = cx.now.today();
    let (month, day) = match cx.locale {
        Locale::De => ("%m/%Y", "%d.%m.%Y"),
        Locale::En => ("%Y-%m", "%Y-%m-%d"),
    };
    let all = [
        (today.year().to_string(), "search-day-year"),
        (today.format(month).to_string(), "search-day-month"),
        (today.format(day).to_string(), "search-day-today"),
    ];
    let fit = all.into_iter().filter(|(day, _)| day.starts_with(value));
    fit.map(|(day, words)| offer(before, &day, cx.t(words)))
        .collect()
}

/// Fields of choices by key or label; behind the sign of equality their choices.
async fn fields(cx: &Cx, before: &str, value: &str) -> Result<Vec<Offer>> {
    let (name, choice) = match value.split_once('=') {
        Some((name, choice)) => (name.trim(), Some(choice.trim())),
        None => (value, None),
    };
    let wanted = text::fold(name);
    let all = definitions(&cx.db).await?;
    let mut all = all
        .iter()
        .filter(|field| field.row.kind.has_options() && sees(&cx.actor, field));
    let Some(choice) = choice else {
        let begins = |name: &String| begins_so(name, &wanted);
        let fit = all.filter(|field| names_of(field).iter().any(begins));
        return Ok(fit
            .map(|field| Offer {
                all: format!("{before}{}=", field.row.key),
                words: words::label(cx.locale, field),
                more: format!("{}=", field.row.key),
            })
            .collect());
    };
    let Some(found) = all.find(|field| names_of(field).contains(&wanted)) else {
        return Ok(vec![]);
    };
    let with = with_options(&cx.db, &[found.row.id]).await?.pop();
    let options = with.map(|field| field.options).unwrap_or_default();
    let wanted = text::fold(choice);
    let used = options.iter().filter(|one| !one.retired);
    let labels = used.map(|one| words::said(cx.locale, &one.label).to_owned());
    let fit = labels.filter(|label| begins_so(&text::fold(label), &wanted));
    Ok(fit
        .map(|label| Offer {
            all: format!("{before}{} ", quoted(&format!("{}={label}", found.row.key))),
            words: label,
            more: String::new(),
        })
        .collect())
}
