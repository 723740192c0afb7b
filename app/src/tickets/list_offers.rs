//! The controls of the filter beside a list: several of many with their numbers, tiles, and one of few.

use entities::Uuid;
use entities::setting::Choice;
use entities::ticket::facets::Numbers;
use maud::{Markup, html};

use crate::web::cx::Cx;

/// So many stand in sight; the others behind a click.
const MOST_IN_SIGHT: usize = 5;

/// One of several, with its number where it is counted.
#[derive(Clone, Debug)]
pub struct Offer {
    pub value: String,
    pub words: String,
    pub n: Option<i64>,
    pub is_chosen: bool,
}

/// What can be chosen in one question.
#[derive(Debug)]
pub struct Offers<'a> {
    pub name: &'a str,
    pub legend: String,
    /// The key of what says how many more there are.
    pub more: &'static str,
    pub has_bars: bool,
    /// Numbers that end at a limit.
    pub is_bounded: bool,
    pub all: Vec<Offer>,
}

impl Offer {
    /// One thing, with its number.
    pub fn of(choice: &Choice, numbers: &Numbers, chosen: &[String]) -> Offer {
        let value = choice.id.to_string();
        Offer {
            n: Some(number(numbers, Some(choice.id))),
            is_chosen: chosen.contains(&value),
            words: choice.name.clone(),
            value,
        }
    }

    fn counts(&self) -> i64 {
        self.n.unwrap_or_default()
    }
}

/// How many have that there.
pub fn number(numbers: &Numbers, id: Option<Uuid>) -> i64 {
    numbers.get(&id).copied().unwrap_or_default()
}

/// A number as the panel shows it.
pub fn tally(cx: &Cx, n: i64, is_bounded: bool) -> Markup {
    html! { span class="tally" { (cx.locale.number(n)) @if is_bounded { "+" } } }
}

/// Several of many: the largest and the chosen ones in sight, the others behind a click; `below` stands under an offer.
pub fn ticks(cx: &Cx, offers: &Offers, below: &dyn Fn(&Offer) -> Markup) -> Markup {
    let (in_sight, rest) = parted(&offers.all);
    let most = offers.all.iter().map(Offer::counts).max();
    let most = most.filter(|most| *most > 0 && offers.has_bars);
    let line = |offer: &Offer| {
        html! {
            label class="tick" {
                input type="checkbox" id={ "filter-" (offers.name) "-" (offer.value) } name=(offers.name) value=(offer.value) checked[offer.is_chosen];
                span { (offer.words) }
                @if let Some(most) = most {
                    svg class="h" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" { rect width=(offer.counts() * 100 / most) height="8" {} }
                }
                @if let Some(n) = offer.n { (tally(cx, n, offers.is_bounded)) }
            }
            (below(offer))
        }
    };
    html! {
        fieldset class="facet" {
            legend { (offers.legend) }
            @for offer in &in_sight { (line(offer)) }
            @if !rest.is_empty() {
                details id={ "filter-more-" (offers.name) } {
                    summary class="more" { (cx.locale.t_with(offers.more, &[("count", rest.len().into())])) }
                    @for offer in &rest { (line(offer)) }
                }
            }
        }
    }
}

/// What stands in sight, by number, and the rest as it was given. A single one is not worth a click.
fn parted(all: &[Offer]) -> (Vec<&Offer>, Vec<&Offer>) {
    let mut by_number: Vec<&Offer> = all.iter().collect();
    by_number.sort_by_key(|offer| std::cmp::Reverse(offer.counts()));
    let has_numbers = all.iter().any(|offer| offer.counts() > 0);
    let enough = by_number.iter().take(MOST_IN_SIGHT);
    let enough = enough.filter(|offer| offer.counts() > 0 || !has_numbers);
    let enough: Vec<&str> = enough.map(|offer| offer.value.as_str()).collect();
    let is_in_sight = |offer: &Offer| offer.is_chosen || enough.contains(&offer.value.as_str());
    let rest: Vec<&Offer> = all.iter().filter(|offer| !is_in_sight(offer)).collect();
    if rest.len() < 2 {
        return (by_number, Vec::new());
    }
    by_number.retain(|offer| is_in_sight(offer));
    (by_number, rest)
}

/// One of few.
pub fn select(label: &str, name: &str, value: &str, options: &[(String, String)]) -> Markup {
    let id = format!("filter-{name}");
    html! {
        div class="facet facet--select" {
            label for=(id) { (label) }
            select class="input" id=(id) name=(name) {
                @for (option, words) in options { option value=(option) selected[option == value] { (words) } }
            }
        }
    }
}
