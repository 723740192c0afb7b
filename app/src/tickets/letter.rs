//! A letter about a ticket: a template, a text block or an answer is chosen, what it says is seen, and the document goes to
//! what is being written.

mod looked;
mod source;

use entities::DeskError;
use entities::bulk::serial::ending;
use entities::draft::{self, Mode, NewDraftFile};
use entities::text_block::used;
use entities::ticket::Ticket;
use maud::{Markup, html};
use poem::{Request, Response, handler};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use self::looked::Looked;
use self::source::Source;
use super::composer::state::{modes, place};
use super::pick::page;
use crate::documents::made::Form as As;
use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{Choice, Field, Input, Look, button_link, error_summary, submit};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The field of what it is made from.
const TEMPLATE: &str = "letter-template";

/// What was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// [`Source::key`].
    template: String,
    mode: String,
}

/// What the form says once it was looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    template: String,
    /// [`Looked::seen`].
    sha256: String,
    /// [`As::name`].
    form: String,
    /// To what it is attached: [`Mode::name`].
    mode: String,
}

/// To what letters can be attached here; nothing hides them.
fn ways(cx: &Cx, ticket: &Ticket) -> Vec<Mode> {
    let (all, _) = modes(cx, ticket, Mode::Reply);
    let takes = |mode: &Mode| matches!(mode, Mode::Reply | Mode::Note);
    all.into_iter().filter(takes).collect()
}

/// Where it begins, from what is being written.
pub fn way(ticket: &Ticket, mode: Mode) -> Url {
    url::ticket_part(&ticket.number, "letter").with("mode", mode.name())
}

/// `GET /tickets/:key/letter?template=&mode=`.
#[handler]
pub async fn show(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(asked): Query<Asked>,
) -> Result<Markup> {
    letter_page(&cx, &ticket, &asked, None).await
}

/// `GET /tickets/:key/letter/file?template=`: the document as it would be made now.
#[handler]
pub async fn download(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Query(asked): Query<Asked>,
    request: &Request,
) -> Result<Response> {
    if ways(&cx, &ticket).is_empty() {
        return Err(DeskError::Hidden.into());
    }
    let all = source::all(&cx, &ticket).await?;
    let source = source::chosen(all, &asked.template).ok_or(Error::Desk(DeskError::Hidden))?;
    let looked = Looked::at(&cx, &ticket, &source).await?;
    let name = file_name(&cx, &ticket, &source, looked.shown());
    let form = looked.shown();
    let file = looked.file(&cx, form).await.map_err(|error| {
        tracing::error!(%error, "a letter could not be made");
        Error::Broken("a letter could not be made")
    })?;
    let stored = Bytes {
        sha256: &hex::encode(Sha256::digest(&file)),
        name: &name,
        size_bytes: u64::try_from(file.len()).ok(),
        keep: Keep::AskEachTime,
    };
    bytes(request, stored, Way::Save, async move { Ok(file) }).await
}

fn file_name(cx: &Cx, ticket: &Ticket, source: &Source, form: As) -> String {
    let ending = ending(&source.name(cx), form == As::Pdf);
    format!("{}{ending}", ticket.number)
}

/// `POST /tickets/:key/letter`: attaches the document to the draft of an answer or of a note, and goes there.
#[handler]
pub async fn create(
    cx: Cx,
    Seen(ticket): Seen<Ticket>,
    Form(typed): Form<LetterForm>,
) -> Result<Swap> {
    let wanted = Mode::from_name(&typed.mode).unwrap_or_default();
    let ways = ways(&cx, &ticket);
    let Some(mode) = ways.into_iter().find(|mode| *mode == wanted) else {
        return Err(DeskError::Forbidden.into());
    };
    let asked = Asked {
        template: typed.template.clone(),
        mode: typed.mode.clone(),
    };
    let refused = async |key: &'static str| -> Result<Swap> {
        let page = letter_page(&cx, &ticket, &asked, Some(key)).await?;
        Ok(Swap::invalid(cx.asks, page.clone(), page))
    };
    if typed.template.is_empty() {
        return refused("letter-missing").await;
    }
    let all = source::all(&cx, &ticket).await?;
    let Some(source) = source::chosen(all, &typed.template) else {
        return refused("letter-gone").await;
    };
    let looked = Looked::at(&cx, &ticket, &source).await?;
    if looked.seen != typed.sha256 {
        return refused("letter-fresh").await;
    }
    if !looked.open.is_empty() {
        return refused("rejected-place-open").await;
    }
    let forms = looked.forms(&cx);
    let wanted = forms.iter().find(|form| form.name() == typed.form);
    let form = wanted.or(forms.last()).copied().unwrap_or_default();
    let bytes = match looked.file(&cx, form).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "a letter did not become a PDF");
            return refused("letter-failed").await;
        }
    };
    let file = NewDraftFile {
        name: file_name(&cx, &ticket, &source, form),
        content_type: form.content_type().to_owned(),
        bytes,
    };
    draft::add_file(&cx.db, place(&cx, &ticket, mode)?, file).await?;
    if let Source::Block(block) = &source {
        used::note(&cx.db, &[block.row.id]).await?;
    }
    let to = url::ticket(&ticket.number).with("mode", mode.name());
    Ok(Swap::go_to(cx.asks, to))
}

/// The page: which template, what it puts in, and where the document goes. `wrong` is why it went nowhere.
async fn letter_page(
    cx: &Cx,
    ticket: &Ticket,
    asked: &Asked,
    wrong: Option<&'static str>,
) -> Result<Markup> {
    let ways = ways(cx, ticket);
    if ways.is_empty() {
        return Err(DeskError::Hidden.into());
    }
    let all = source::all(cx, ticket).await?;
    let number = [("number", ticket.number.as_str().into())];
    let title = cx.locale.t_with("letter-title", &number);
    let groups = source::groups(cx, &all);
    let is_empty = all.is_empty();
    let chosen = source::chosen(all, &asked.template);
    let wrong = match (&chosen, asked.template.as_str()) {
        (_, "") | (Some(_), _) => wrong,
        (None, _) => wrong.or(Some("letter-gone")),
    };
    let faults: Vec<(String, String)> = wrong
        .iter()
        .map(|key| (TEMPLATE.to_owned(), cx.t(key)))
        .collect();
    let looked = match &chosen {
        Some(source) => Some(Looked::at(cx, ticket, source).await?),
        None => None,
    };
    let back = url::ticket(&ticket.number).with("mode", &asked.mode);
    let content = html! {
        div id="letter" class="form" {
            (error_summary(cx.locale, &faults))
            @if is_empty {
                p { (cx.t("letter-none")) }
                div class="cluster" { (button_link(Look::Tertiary, &cx.t("letter-cancel"), &back, None)) }
            } @else {
                p { (cx.t("letter-intro")) }
                (choice(cx, ticket, asked, &groups, faults.first().map(|(_, words)| words.as_str())))
                @if let Some(looked) = &looked {
                    (looked.page(cx))
                    (attach(cx, ticket, asked, (looked, &ways)))
                } @else {
                    div class="cluster" { (button_link(Look::Tertiary, &cx.t("letter-cancel"), &back, None)) }
                }
            }
        }
    };
    page(cx, ticket, &title, &content).await
}

fn choice(
    cx: &Cx,
    ticket: &Ticket,
    asked: &Asked,
    groups: &[(String, Vec<Choice>)],
    fault: Option<&str>,
) -> Markup {
    let input = Input::Groups {
        groups,
        value: &asked.template,
    };
    let label = cx.t("letter-template");
    let field = Field::new(TEMPLATE, &label)
        .name("template")
        .first()
        .fault(fault);
    html! {
        form method="get" action=(url::ticket_part(&ticket.number, "letter")) class="formpart" {
            input type="hidden" name="mode" value=(asked.mode);
            (field.render(cx.locale, input))
            (submit(Look::Secondary, &cx.t("letter-show")))
        }
    }
}

fn attach(cx: &Cx, ticket: &Ticket, asked: &Asked, (looked, ways): (&Looked, &[Mode])) -> Markup {
    let look = url::ticket_part(&ticket.number, "letter/file").with("template", &asked.template);
    let look_words = match looked.shown() {
        As::Docx => "letter-look",
        As::Pdf => "letter-look-pdf",
    };
    let back = url::ticket(&ticket.number).with("mode", &asked.mode);
    let forms: Vec<Choice> = looked
        .forms(cx)
        .into_iter()
        .map(|form| Choice::new(form.name(), form_words(cx, form)))
        .collect();
    let input = Input::Select {
        choices: &forms,
        value: As::Pdf.name(),
    };
    let label = cx.t("letter-form");
    let asked_for = Mode::from_name(&asked.mode).unwrap_or_default();
    let wanted = ways.iter().find(|way| **way == asked_for).or(ways.first());
    html! {
        form method="post" action=(url::ticket_part(&ticket.number, "letter")) class="formpart" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="template" value=(asked.template);
            input type="hidden" name="sha256" value=(looked.seen);
            @if looked.open.is_empty() {
                @if let [only] = forms.as_slice() { input type="hidden" name="form" value=(only.value); }
                @else { (Field::new("letter-form", &label).name("form").render(cx.locale, input)) }
            }
            div class="cluster" {
                @if looked.open.is_empty() {
                    @for mode in ways {
                        @let words = match mode { Mode::Reply => "letter-to-reply", _ => "letter-to-note" };
                        @let class = if wanted == Some(mode) { "kern-btn kern-btn--primary" } else { "kern-btn kern-btn--secondary" };
                        button class=(class) type="submit" name="mode" value=(mode.name()) { span class="kern-label" { (cx.t(words)) } }
                    }
                }
                (button_link(Look::Tertiary, &cx.t(look_words), &look, None))
                (button_link(Look::Tertiary, &cx.t("letter-cancel"), &back, None))
            }
        }
    }
}

/// What a document is handed out as, in words.
pub fn form_words(cx: &Cx, form: As) -> String {
    cx.t(match form {
        As::Docx => "letter-docx",
        As::Pdf => "letter-pdf",
    })
}
