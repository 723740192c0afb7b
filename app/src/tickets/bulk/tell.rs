//! Telling requesters that a fault is repaired: what is written to them, and how the preview shows it.

use entities::bulk::{Act, Letter, Look, Model, Tell, Wording, tell};
use entities::text_block::{self, BlockKind, Notice, fault, placeholders};
use entities::ticket::share::{self, VendorShare};
use entities::ticket::show;
use entities::{Uuid, release, service};
use maud::{Markup, html};

use super::say::{Fault, fault_of};
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::locale::Locale;
use crate::settings::text_block_words::{fault_words, language_words};
use crate::web::cx::Cx;
use crate::web::parts::{self, Choice, Field, Input, button, foreign, named, reason_choices};

/// The place in a text that the version of the product fills.
const RELEASE: &str = "{{release}}";

/// The longest text, in characters.
const MOST_CHARS: usize = 4_000;

/// What is said before it becomes an act.
struct Said {
    texts: Vec<(Locale, String)>,
    release: String,
    solve: bool,
    reason: String,
    block: String,
}

/// The name of the control for a language.
fn text_name(locale: Locale) -> &'static str {
    match locale {
        Locale::De => "text-de",
        Locale::En => "text-en",
    }
}

/// The languages there are requesters for, the desk's own first.
async fn languages(cx: &Cx, bulk: &Model) -> Result<Vec<Locale>> {
    let chosen = tell::languages(&cx.db, bulk).await?;
    let own = cx.desk.config.locale;
    let others = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != own && chosen.contains(locale.code()));
    Ok([own].into_iter().chain(others).collect())
}

impl Said {
    /// What was typed, else what was said before, else what the desk proposes.
    async fn read(cx: &Cx, bulk: &Model, typed: &Typed) -> Result<Said> {
        let languages = languages(cx, bulk).await?.into_iter();
        if !typed.0.is_empty() {
            return Ok(Said {
                texts: languages
                    .map(|locale| (locale, typed.first(text_name(locale)).to_owned()))
                    .collect(),
                release: typed.first("release").trim().to_owned(),
                solve: !typed.first("solve").is_empty(),
                reason: typed.first("reason").to_owned(),
                block: typed.first("block").to_owned(),
            });
        }
        if let Some(Act::Tell(tell)) = bulk.act() {
            let text = |locale: Locale| {
                let said = tell.wordings.get(locale.code());
                said.map_or_else(String::new, |wording| wording.body.clone())
            };
            return Ok(Said {
                texts: languages.map(|locale| (locale, text(locale))).collect(),
                release: tell.release.clone(),
                solve: tell.solve.is_some(),
                reason: tell.solve.map(parts::name).unwrap_or_default(),
                block: String::new(),
            });
        }
        let share = match bulk.share_id {
            Some(id) => share::read::by_id(&cx.db, id).await?,
            None => None,
        };
        let (has_service, release) = match (&share, bulk.share_id) {
            (Some(share), _) => {
                let release = release_of(cx, share).await?;
                (share.service_id.is_some(), Some(release))
            }
            // The fault ended without a vendor.
            (None, Some(fault_id)) => {
                let fault = show::by_id(&cx.db, &cx.actor, fault_id).await?;
                (fault.service_id.is_some(), None)
            }
            (None, None) => (false, None),
        };
        let propose = |locale| (locale, proposed(locale, has_service, release.as_deref()));
        Ok(Said {
            texts: languages.map(propose).collect(),
            release: release.clone().unwrap_or_default(),
            solve: false,
            reason: String::new(),
            block: String::new(),
        })
    }

    /// With the texts of a block in their places.
    fn with(mut self, notice: &Notice) -> Said {
        for (locale, text) in &mut self.texts {
            let of = notice.texts().into_iter();
            let mut own = of
                .filter(|(language, block)| *language == locale.code() && !block.trim().is_empty());
            if let Some((_, block)) = own.next() {
                *text = block.to_owned();
            }
        }
        self
    }

    /// As a form would send it.
    fn typed(self) -> Typed {
        let mut all = vec![
            ("release".to_owned(), self.release),
            ("reason".to_owned(), self.reason),
            ("block".to_owned(), self.block),
        ];
        if self.solve {
            all.push(("solve".to_owned(), "1".to_owned()));
        }
        let texts = self.texts.into_iter();
        all.extend(texts.map(|(locale, text)| (text_name(locale).to_owned(), text)));
        Typed(all)
    }
}

/// What the desk proposes to write; service and version are named where they are known, and of a repair only where
/// there was one.
fn proposed(locale: Locale, has_service: bool, release: Option<&str>) -> String {
    let place = |name: &'static str| (name, format!("{{{{{name}}}}}").into());
    let fault = match has_service {
        true => locale.t_with("tell-fault-in", &[place("service"), place("number")]),
        false => locale.t_with("tell-fault", &[place("number")]),
    };
    let live = match release {
        None => String::new(),
        Some("") => format!(" {}", locale.t("tell-live")),
        Some(_) => {
            let live = locale.t_with("tell-live-with", &[place("release")]);
            format!(" {live}")
        }
    };
    format!(
        "{{{{greeting}}}}\n\n{fault}{live}\n\n{}",
        locale.t("tell-check")
    )
}

/// The desk's own name of the version a vendor says the repair is in; what the vendor wrote is never proposed.
async fn release_of(cx: &Cx, share: &VendorShare) -> Result<String> {
    let said = share.fixed_in.as_deref().map(entities::text::fold);
    let (Some(said), Some(service_id)) = (said, share.service_id) else {
        return Ok(String::new());
    };
    let parents = service::list::parents(&cx.db).await?;
    let above = parents.get(&service_id).copied().flatten();
    let services: Vec<Uuid> = [Some(service_id), above].into_iter().flatten().collect();
    let releases = release::of_services(&cx.db, &services).await?;
    let known = releases
        .into_iter()
        .find(|row| entities::text::fold(&row.release.name) == said);
    Ok(known.map(|row| row.release.name).unwrap_or_default())
}

/// The form once more with a block filled in, when its button was pressed.
pub(super) async fn filled(cx: &Cx, bulk: &Model, typed: &Typed) -> Result<Option<Typed>> {
    if typed.first("act") != "block" {
        return Ok(None);
    }
    let said = Said::read(cx, bulk, typed).await?;
    let blocks = text_block::offered(&cx.db, BlockKind::RequesterNotice, cx.now.today()).await?;
    let chosen = blocks
        .iter()
        .find(|block| block.id.to_string() == said.block);
    Ok(Some(match chosen {
        Some(block) => {
            let approved = block.approved().unwrap_or_default();
            said.with(&approved.notice).typed()
        }
        None => said.typed(),
    }))
}

/// The act the form stands for, or the control and the sentence that say why it is none.
pub(super) async fn act(cx: &Cx, bulk: &Model, typed: &Typed) -> Result<Result<Act, Fault>> {
    let said = Said::read(cx, bulk, typed).await?;
    let Some(share_id) = bulk.share_id else {
        return Err(entities::DeskError::Hidden.into());
    };
    let mut wordings = std::collections::BTreeMap::new();
    for (locale, text) in &said.texts {
        let name = text_name(*locale);
        let text = text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return Ok(Err((name, cx.t("rejected-empty-text"))));
        }
        if text.chars().count() > MOST_CHARS {
            return Ok(Err((name, cx.t("rejected-too-long"))));
        }
        if let Some(fault) = fault(BlockKind::RequesterNotice, &text) {
            return Ok(Err((name, fault_words(cx, fault))));
        }
        if said.release.is_empty() && text.replace(' ', "").contains(RELEASE) {
            return Ok(Err(("release", cx.t("tell-release-missing"))));
        }
        let greeting = locale.t_with("tell-greeting", &[("name", "{{name}}".into())]);
        let wording = Wording {
            greeting,
            body: text,
        };
        wordings.insert(locale.code().to_owned(), wording);
    }
    let solve = match (said.solve, named(&said.reason)) {
        (false, _) => None,
        (true, Some(reason)) => Some(reason),
        (true, None) => return Ok(Err(("reason", cx.t("rejected-reason-missing")))),
    };
    Ok(Ok(Act::Tell(Box::new(Tell {
        share_id,
        wordings,
        language: cx.desk.config.locale.code().to_owned(),
        release: said.release,
        solve,
        undo_seconds: cx.session.preference.undo_seconds.into(),
    }))))
}

/// The controls with what was said.
pub(super) async fn controls(
    cx: &Cx,
    bulk: &Model,
    typed: &Typed,
    wrong: Option<&Fault>,
) -> Result<Markup> {
    let said = Said::read(cx, bulk, typed).await?;
    let blocks = text_block::offered(&cx.db, BlockKind::RequesterNotice, cx.now.today()).await?;
    let of = |name: &str| fault_of(wrong, name);
    let release = cx.t("tell-release");
    let hint = cx.t("tell-release-hint");
    let release = Field::new("release", &release)
        .hint(&hint)
        .optional()
        .fault(of("release"));
    let release = release.render(
        cx.locale,
        Input::Line {
            kind: "text",
            value: &said.release,
            autocomplete: Some("off"),
        },
    );
    let places = placeholders(BlockKind::RequesterNotice).iter();
    let places: Vec<String> = places.map(|name| format!("{{{{{name}}}}}")).collect();
    let places = places.join(", ");
    let reasons = reason_choices(cx.locale);
    let mut choices = vec![Choice::new("", cx.t("share-block-choose"))];
    choices.extend(blocks.iter().map(|b| Choice::new(b.id, b.name.clone())));
    Ok(html! {
        // Enter in a field presses the first button of a form, and that must be the one that shows the preview.
        button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (cx.t("bulk-preview")) }
        p class="muted" { (cx.t("tell-intro")) }
        @if !blocks.is_empty() {
            div class="besides" {
                (Field::new("block", &cx.t("share-block")).optional()
                    .render(cx.locale, Input::Select { choices: &choices, value: &said.block }))
                (button(parts::Look::Secondary, &cx.t("share-block-fill"), "act", "block"))
            }
        }
        @for (locale, text) in &said.texts {
            @let label = match said.texts.len() { 1 => cx.t("tell-label"), _ => language_words(cx, locale.code()) };
            @let hint = cx.locale.t_with("tell-hint", &[("places", places.as_str().into())]);
            (Field::new(text_name(*locale), &label).hint(&hint).fault(of(text_name(*locale)))
                .render(cx.locale, Input::Area { value: text, rows: 10 }))
        }
        (release)
        label class="tick" {
            input type="checkbox" name="solve" value="1" checked[said.solve];
            span { (cx.t("tell-solve")) }
        }
        (Field::new("reason", &cx.t("tell-reason")).optional().fault(of("reason"))
            .render(cx.locale, Input::Select { choices: &reasons, value: &said.reason }))
    })
}

/// What the first requester of each language reads.
pub(super) fn letters(cx: &Cx, look: &Look) -> Markup {
    html! {
        @for letter in &look.letters { (sample(cx, letter)) }
    }
}

fn sample(cx: &Cx, letter: &Letter) -> Markup {
    let name = letter.to.name.as_deref().unwrap_or(&letter.to.address);
    let said = [("name", name.into())];
    html! {
        section class="letter" {
            h3 { (cx.locale.t_with("tell-sample", &said)) }
            dl class="factlist" {
                div class="fact" { dt { (cx.t("tell-to")) } dd { (letter.to.address) } }
                div class="fact" { dt { (cx.t("tell-subject")) } dd { (foreign(&letter.subject)) } }
            }
            p class="letter__text" lang=(letter.language) { (letter.body) }
        }
    }
}
