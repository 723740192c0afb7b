//! A letter as it would be made now: what it says, what is open in it, and its file.

use entities::ticket::Ticket;
use maud::{Markup, html};
use sha2::{Digest as _, Sha256};

use super::source::Source;
use crate::documents::docx::Filled;
use crate::documents::made::{self, Form as As};
use crate::documents::plain::{self, Plain, text};
use crate::documents::words::place_words;
use crate::error::{Error, Result};
use crate::locale::Locale;
use crate::mail::quote;
use crate::text_blocks::frame::Frame;
use crate::text_blocks::letterhead;
use crate::text_blocks::values::Values;
use crate::web::cx::Cx;
use crate::web::markdown;
use crate::web::parts::{Tone, foreign, notice};

/// What was made of a source.
enum Made {
    Document(Filled),
    Plain(Box<Plain>),
}

/// A letter that was looked at.
pub struct Looked {
    made: Made,
    /// Names of the places that nothing fills.
    pub open: Vec<String>,
    /// What the reader has seen: of a template its file, of a plain letter all it says.
    pub seen: String,
}

impl Looked {
    /// Makes it of a source that is for this ticket.
    pub async fn at(cx: &Cx, ticket: &Ticket, source: &Source) -> Result<Looked> {
        let said = match source {
            Source::Template(template, file) => {
                let docx = made::read(&cx.desk, file).await?;
                let filled =
                    made::filled(&cx.desk, &cx.actor, &docx, ticket, template.language).await?;
                return Ok(Looked {
                    open: filled.open.clone(),
                    seen: file.sha256.clone(),
                    made: Made::Document(filled),
                });
            }
            Source::Block(block) => Err(block),
            Source::Answer(message) => Ok(message),
        };
        let locale = text::language(&cx.db, cx.desk.config.locale, ticket).await?;
        let values = Values::read(cx, ticket, locale).await?;
        let frame = Frame::of(&cx.db, &cx.actor, ticket, cx.now.today()).await?;
        let said = match said {
            Err(block) => {
                let block = block.wording.notice.of(locale.code());
                text::of_block(&frame, &values, block)
            }
            Ok(message) => {
                let fresh = quote::answered(&message.body).map(|(fresh, _)| fresh);
                text::Said {
                    text: fresh.unwrap_or(&message.body).trim().to_owned(),
                    open: vec![],
                }
            }
        };
        let head = letterhead::of_values(&cx.desk.config, &frame, &values);
        let plain = Plain::of(&cx.db, head, ticket, &values, said.text).await?;
        let stored = serde_json::to_vec(&plain).map_err(|_| Error::Broken("a plain letter"))?;
        Ok(Looked {
            open: said.open,
            seen: hex::encode(Sha256::digest(&stored)),
            made: Made::Plain(Box::new(plain)),
        })
    }

    /// As what it can be handed out, the usual first.
    pub fn forms(&self, cx: &Cx) -> Vec<As> {
        match &self.made {
            Made::Plain(_) => vec![As::Pdf],
            Made::Document(_) if cx.desk.config.documents.libreoffice.is_some() => {
                vec![As::Pdf, As::Docx]
            }
            Made::Document(_) => vec![As::Docx],
        }
    }

    /// As what it is shown before it is made.
    pub fn shown(&self) -> As {
        match &self.made {
            Made::Plain(_) => As::Pdf,
            Made::Document(_) => As::Docx,
        }
    }

    /// Its file.
    ///
    /// # Errors
    /// Why none came of it.
    pub async fn file(self, cx: &Cx, form: As) -> anyhow::Result<Vec<u8>> {
        match self.made {
            Made::Document(filled) => made::as_form(&cx.desk, filled.bytes, form).await,
            Made::Plain(plain) => plain.pdf(&cx.desk.program, cx.now).await,
        }
    }

    /// What it says, and what keeps it from being sent.
    pub fn page(&self, cx: &Cx) -> Markup {
        let open: Vec<String> = self.open.iter().map(|name| place_words(cx, name)).collect();
        html! {
            @if !open.is_empty() {
                @let title = cx.locale.t_with("letter-open", &[("count", open.len().into())]);
                (notice(Tone::Error, &title, &html! {
                    (cx.locale.t_with("letter-open-more", &[("places", open.join(", ").into())]))
                }))
            }
            @match &self.made {
                Made::Document(filled) => (filled_places(cx, filled)),
                Made::Plain(plain) => (sheet(cx, plain, &self.open)),
            }
        }
    }
}

/// What fills the places of a template.
fn filled_places(cx: &Cx, filled: &Filled) -> Markup {
    html! {
        @if filled.places.is_empty() && filled.open.is_empty() { p class="muted" { (cx.t("letter-no-places")) } }
        @else {
            h2 { (cx.t("letter-places")) }
            dl class="factlist" {
                @for (name, value) in &filled.places {
                    div class="fact" { dt { (place_words(cx, name)) } dd class="prewrap" { (foreign(value)) } }
                }
            }
        }
    }
}

/// What a plain letter says, as it will stand on paper.
fn sheet(cx: &Cx, plain: &Plain, open: &[String]) -> Markup {
    let marked = open.iter().fold(plain.text.clone(), |text, name| {
        let place = format!("{{{{{name}}}}}");
        text.replace(&place, &format!("**{place}**"))
    });
    let said = format!("{} {} {}", plain.to.join(" "), plain.subject, plain.text);
    let lacking: Vec<String> = plain::lacking(&said)
        .into_iter()
        .take(MOST_SIGNS)
        .map(String::from)
        .collect();
    let locale = Locale::from_code(&plain.language).unwrap_or(cx.locale);
    html! {
        // The organisation, the person, and at least one line that says where.
        @if plain.to.len() < 3 {
            (notice(Tone::Info, &cx.t("letter-no-address"), &html! { (cx.t("letter-no-address-more")) }))
        }
        @if !lacking.is_empty() {
            @let signs = [("signs", lacking.join(" ").into())];
            (notice(Tone::Warn, &cx.t("letter-lacking"), &html! { (cx.locale.t_with("letter-lacking-more", &signs)) }))
        }
        h2 { (cx.t("letter-says")) }
        // What names the parts of a letter is of the letter's language, as all in it.
        dl class="factlist" lang=(plain.language) {
            div class="fact" { dt { (locale.t("letter-to")) } dd class="prewrap" { (foreign(&plain.to.join("\n"))) } }
            @for (name, value) in &plain.facts {
                div class="fact" { dt { (name) } dd { (foreign(value)) } }
            }
            div class="fact" { dt { (locale.t("letter-about")) } dd { (foreign(&plain.subject)) } }
        }
        div class="entry__text" lang=(plain.language) { (markdown::render(&marked)) }
    }
}

/// Signs that are named.
const MOST_SIGNS: usize = 20;
