//! A letter about a ticket: a template is chosen, what is put in is seen, and the document goes to what is being written.

use entities::article::File;
use entities::document_template::{self, DocumentTemplate};
use entities::draft::{self, Mode, NewDraftFile};
use entities::ticket::Ticket;
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::{Request, Response, handler};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::composer::state::{modes, place};
use super::pick::page;
use crate::documents::docx::Filled;
use crate::documents::made::{self, Form as As};
use crate::documents::words::place_words;
use crate::error::{Error, Result};
use crate::web::bytes::{Bytes, Keep, Way, bytes};
use crate::web::cx::Cx;
use crate::web::form::{self, Form, Query};
use crate::web::parts::{
    Choice, Field, Input, Look, Tone, button_link, error_summary, foreign, notice, submit,
};
use crate::web::permitted::Seen;
use crate::web::swap::Swap;
use crate::web::url::{self, Url};

/// The field of the template.
const TEMPLATE: &str = "letter-template";

/// What was chosen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    template: String,
    mode: String,
}

/// What the form says once it was looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    template: String,
    /// The file that was looked at.
    sha256: String,
    /// [`As::name`].
    form: String,
    /// To what it is attached: [`Mode::name`].
    mode: String,
}

/// A template that is for this ticket, with its file.
async fn chosen(cx: &Cx, ticket: &Ticket, id: &str) -> Result<Option<(DocumentTemplate, File)>> {
    let Ok(id) = Uuid::try_parse(id) else {
        return Ok(None);
    };
    let usable = document_template::usable(&cx.db, ticket).await?;
    let found = usable.into_iter().find(|template| template.id == id);
    Ok(found.and_then(|template| {
        let file = template.approved()?;
        Some((template, file))
    }))
}

async fn filled(
    cx: &Cx,
    ticket: &Ticket,
    template: &DocumentTemplate,
    file: &File,
) -> Result<Filled> {
    let docx = made::read(&cx.desk, file).await?;
    made::filled(&cx.desk, &cx.actor, &docx, ticket, template.language).await
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
    let found = chosen(&cx, &ticket, &asked.template).await?;
    let (template, file) = found.ok_or(Error::Desk(DeskError::Hidden))?;
    let filled = filled(&cx, &ticket, &template, &file).await?;
    let stored = Bytes {
        sha256: &hex::encode(Sha256::digest(&filled.bytes)),
        name: &made::file_name(&template, &ticket, As::Docx),
        size_bytes: u64::try_from(filled.bytes.len()).ok(),
        keep: Keep::AskEachTime,
    };
    bytes(request, stored, Way::Save, async move { Ok(filled.bytes) }).await
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
    let Some((template, file)) = chosen(&cx, &ticket, &typed.template).await? else {
        return refused("letter-gone").await;
    };
    if file.sha256 != typed.sha256 {
        return refused("letter-fresh").await;
    }
    let filled = filled(&cx, &ticket, &template, &file).await?;
    if !filled.open.is_empty() {
        return refused("rejected-place-open").await;
    }
    let form = As::read(&cx.desk, &typed.form);
    let bytes = match made::as_form(&cx.desk, filled.bytes, form).await {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::error!(%error, "a letter did not become a PDF");
            return refused("letter-failed").await;
        }
    };
    let file = NewDraftFile {
        name: made::file_name(&template, &ticket, form),
        content_type: form.content_type().to_owned(),
        bytes,
    };
    draft::add_file(&cx.db, place(&cx, &ticket, mode)?, file).await?;
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
    let usable = document_template::usable(&cx.db, ticket).await?;
    let number = [("number", ticket.number.as_str().into())];
    let title = cx.locale.t_with("letter-title", &number);
    let chosen = chosen(cx, ticket, &asked.template).await?;
    let wrong = match (&chosen, asked.template.as_str()) {
        (_, "") | (Some(_), _) => wrong,
        (None, _) => wrong.or(Some("letter-gone")),
    };
    let faults: Vec<(String, String)> = wrong
        .iter()
        .map(|key| (TEMPLATE.to_owned(), cx.t(key)))
        .collect();
    let looked = match &chosen {
        Some((template, file)) => Some(filled(cx, ticket, template, file).await?),
        None => None,
    };
    let back = url::ticket(&ticket.number).with("mode", &asked.mode);
    let content = html! {
        div id="letter" class="form" {
            (error_summary(cx.locale, &faults))
            @if usable.is_empty() {
                p { (cx.t("letter-none")) }
                div class="cluster" { (button_link(Look::Tertiary, &cx.t("letter-cancel"), &back, None)) }
            } @else {
                p { (cx.t("letter-intro")) }
                (choice(cx, ticket, asked, &usable, faults.first().map(|(_, words)| words.as_str())))
                @if let (Some((template, file)), Some(filled)) = (&chosen, &looked) {
                    (seen(cx, filled))
                    (attach(cx, ticket, asked, (template, file), (filled, &ways)))
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
    usable: &[DocumentTemplate],
    fault: Option<&str>,
) -> Markup {
    let mut choices = vec![Choice::new("", cx.t("letter-choose"))];
    choices.extend(
        usable
            .iter()
            .map(|one| Choice::new(one.id, one.name.clone())),
    );
    let input = Input::Select {
        choices: &choices,
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

/// What fills the places, and which stay empty.
fn seen(cx: &Cx, filled: &Filled) -> Markup {
    let open: Vec<String> = filled
        .open
        .iter()
        .map(|name| place_words(cx, name))
        .collect();
    html! {
        @if !open.is_empty() {
            @let title = cx.locale.t_with("letter-open", &[("count", open.len().into())]);
            (notice(Tone::Error, &title, &html! {
                (cx.locale.t_with("letter-open-more", &[("places", open.join(", ").into())]))
            }))
        }
        @if filled.places.is_empty() && open.is_empty() { p class="muted" { (cx.t("letter-no-places")) } }
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

fn attach(
    cx: &Cx,
    ticket: &Ticket,
    asked: &Asked,
    (template, file): (&DocumentTemplate, &File),
    (filled, ways): (&Filled, &[Mode]),
) -> Markup {
    let look = url::ticket_part(&ticket.number, "letter/file").with("template", template.id);
    let back = url::ticket(&ticket.number).with("mode", &asked.mode);
    let has_pdf = cx.desk.config.documents.libreoffice.is_some();
    let forms: Vec<Choice> = [As::Pdf, As::Docx]
        .map(|form| Choice::new(form.name(), form_words(cx, form)))
        .into();
    let input = Input::Select {
        choices: &forms,
        value: As::Pdf.name(),
    };
    let label = cx.t("letter-form");
    let wanted = Mode::from_name(&asked.mode).unwrap_or_default();
    html! {
        form method="post" action=(url::ticket_part(&ticket.number, "letter")) class="formpart" {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="template" value=(template.id);
            input type="hidden" name="sha256" value=(file.sha256);
            @if filled.open.is_empty() {
                @if has_pdf { (Field::new("letter-form", &label).name("form").render(cx.locale, input)) }
                @else { input type="hidden" name="form" value=(As::Docx.name()); }
            }
            div class="cluster" {
                @if filled.open.is_empty() {
                    @for mode in ways {
                        @let words = match mode { Mode::Reply => "letter-to-reply", _ => "letter-to-note" };
                        @let class = if *mode == wanted { "kern-btn kern-btn--primary" } else { "kern-btn kern-btn--secondary" };
                        button class=(class) type="submit" name="mode" value=(mode.name()) { span class="kern-label" { (cx.t(words)) } }
                    }
                }
                (button_link(Look::Tertiary, &cx.t("letter-look"), &look, None))
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
