//! A serial letter for the chosen tickets: which template, where the documents go, and what stands beside them.

use entities::bulk::serial::{Serial, Source, Way};
use entities::bulk::{Act, Model};
use entities::document_template::list;
use entities::language::Language;
use entities::text_block::list::answers;
use entities::text_block::{BlockKind, fault, fill, placeholders};
use entities::{Permission, Uuid};
use maud::{Markup, html};

use super::say::{Fault, fault_of};
use crate::documents::made::Form;
use crate::error::Result;
use crate::fields::typed::Typed;
use crate::locale::Locale;
use crate::mailings;
use crate::settings::text_block_words::fault_words;
use crate::tickets::letter::form_words;
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Input};

/// What stands before the id of a text block, where something is chosen.
const BLOCK: &str = "block:";

/// The longest text of a mail or note, in characters.
const MOST_CHARS: usize = 4_000;

/// The act the form stands for, or the control and the sentence that say why it is none.
pub(super) async fn act(cx: &Cx, bulk: &Model, typed: &Typed) -> Result<Result<Act, Fault>> {
    let Some((from, name, language)) = source(cx, typed.first("template")).await? else {
        return Ok(Err(("template", cx.t("letter-missing"))));
    };
    let way = match typed.first("way") {
        "mail" if cx.actor.may_somewhere(Permission::Reply) => Way::Mail,
        _ => Way::Note,
    };
    let text = typed.first("text").replace("\r\n", "\n").trim().to_owned();
    let text = match (text.as_str(), way) {
        ("", Way::Mail) => return Ok(Err(("text", cx.t("rejected-empty-text")))),
        ("", Way::Note) => {
            let name = [("name", name.as_str().into())];
            cx.locale.t_with("serial-note-text", &name)
        }
        _ => text,
    };
    if text.chars().count() > MOST_CHARS {
        return Ok(Err(("text", cx.t("rejected-too-long"))));
    }
    if let Some(fault) = fault(BlockKind::Answer, &text) {
        return Ok(Err(("text", fault_words(cx, fault))));
    }
    let keys: Vec<&str> = fill::fields(&text).collect();
    let unknown = entities::text_block::list::unknown_fields(&cx.db, &keys).await?;
    if let Some(key) = unknown.first() {
        let place = format!("field.{key}");
        let fault = entities::text_block::Fault::Unknown(&place);
        return Ok(Err(("text", fault_words(cx, fault))));
    }
    let is_pdf = match from {
        Source::Template { .. } => Form::read(&cx.desk, typed.first("form")) == Form::Pdf,
        Source::Block { .. } => true,
    };
    let Some(leave) = mailings::leave_of(cx, bulk).await? else {
        return Ok(Err(("template", cx.t("mailing-forgotten"))));
    };
    Ok(Ok(Act::Serial(Box::new(Serial {
        from,
        name,
        language,
        is_pdf,
        way,
        text,
        undo_seconds: cx.session.preference.undo_seconds.into(),
        leave,
    }))))
}

/// What is named so, with its name and its language: a template by its id, a text block by `block:` and its id.
async fn source(cx: &Cx, key: &str) -> Result<Option<(Source, String, Language)>> {
    if let Some(id) = key.strip_prefix(BLOCK) {
        let all = answers(&cx.db, &cx.actor, cx.now.today()).await?;
        let block = all.into_iter().find(|block| block.id.to_string() == id);
        return Ok(block.and_then(|block| {
            let (id, notice) = (block.id, block.approved()?.notice);
            let language = match cx.desk.config.locale {
                Locale::De => Language::De,
                Locale::En => Language::En,
            };
            Some((Source::Block { id, notice }, block.name.clone(), language))
        }));
    }
    let template = match Uuid::try_parse(key) {
        Ok(id) => list::one_in_use(&cx.db, id).await?,
        Err(_) => None,
    };
    Ok(template.and_then(|template| {
        let (id, file) = (template.id, template.approved()?);
        let from = Source::Template { id, file };
        Some((from, template.name, template.language))
    }))
}

/// All that can be chosen, under what it is.
async fn groups(cx: &Cx) -> Result<Vec<(String, Vec<Choice>)>> {
    let templates = list::in_use(&cx.db).await?;
    let blocks = answers(&cx.db, &cx.actor, cx.now.today()).await?;
    let templates: Vec<Choice> = templates
        .into_iter()
        .map(|one| Choice::new(one.id, one.name))
        .collect();
    let blocks: Vec<Choice> = blocks
        .iter()
        .map(|one| Choice::new(format!("{BLOCK}{}", one.id), one.name.clone()))
        .collect();
    let mut groups = vec![(String::new(), vec![Choice::new("", cx.t("letter-choose"))])];
    for (words, choices) in [
        ("letter-group-templates", templates),
        ("letter-group-blocks", blocks),
    ] {
        if !choices.is_empty() {
            groups.push((cx.t(words), choices));
        }
    }
    Ok(groups)
}

/// What was typed, else what was said before.
fn said(bulk: &Model, typed: &Typed) -> [String; 4] {
    if !typed.0.is_empty() {
        return ["template", "form", "way", "text"].map(|name| typed.first(name).to_owned());
    }
    match bulk.act() {
        Some(Act::Serial(serial)) => [
            match serial.from {
                Source::Template { id, .. } => id.to_string(),
                Source::Block { id, .. } => format!("{BLOCK}{id}"),
            },
            if serial.is_pdf { "pdf" } else { "docx" }.to_owned(),
            if serial.way == Way::Mail {
                "mail"
            } else {
                "note"
            }
            .to_owned(),
            serial.text,
        ],
        _ => ["", "pdf", "note", ""].map(str::to_owned),
    }
}

/// The controls with what was said.
pub(super) async fn controls(
    cx: &Cx,
    bulk: &Model,
    typed: &Typed,
    wrong: Option<&Fault>,
) -> Result<Markup> {
    let [template, form, way, text] = said(bulk, typed);
    let groups = groups(cx).await?;
    let groups = Input::Groups {
        groups: &groups,
        value: &template,
    };
    let forms: Vec<Choice> = [Form::Pdf, Form::Docx]
        .map(|form| Choice::new(form.name(), form_words(cx, form)))
        .into();
    let mut ways = vec![];
    if cx.actor.may_somewhere(Permission::Note) {
        ways.push(Choice::new("note", cx.t("serial-way-note")));
    }
    if cx.actor.may_somewhere(Permission::Reply) {
        ways.push(Choice::new("mail", cx.t("serial-way-mail")));
    }
    let places = placeholders(BlockKind::Answer).iter();
    let places: Vec<String> = places.map(|name| format!("{{{{{name}}}}}")).collect();
    let places = [("places", places.join(", ").into())];
    let hint = cx.locale.t_with("serial-text-hint", &places);
    let select = |name: &str, words: &str, choices: &[Choice], value: &str| {
        let field = Field::new(name, words).fault(fault_of(wrong, name));
        field.render(cx.locale, Input::Select { choices, value })
    };
    Ok(html! {
        // Enter in a field presses the first button of a form, and that must be the one that shows the preview.
        button class="sr" type="submit" tabindex="-1" aria-hidden="true" { (cx.t("bulk-preview")) }
        (Field::new("template", &cx.t("letter-template")).hint(&cx.t("serial-template-hint")).fault(fault_of(wrong, "template"))
            .render(cx.locale, groups))
        @if cx.desk.config.documents.libreoffice.is_some() {
            (select("form", &cx.t("letter-form"), &forms, &form))
        } @else { input type="hidden" name="form" value=(Form::Docx.name()); }
        (select("way", &cx.t("serial-way"), &ways, &way))
        (Field::new("text", &cx.t("serial-text")).hint(&hint).optional().fault(fault_of(wrong, "text"))
            .render(cx.locale, Input::Area { value: &text, rows: 6 }))
    })
}

/// `Schreiben: „Eingangsbestätigung“ als PDF, je Ticket als Mail`, without what stands before the colon.
pub(super) fn words(cx: &Cx, serial: &Serial) -> String {
    let form = match serial.is_pdf {
        true => "PDF",
        false => "DOCX",
    };
    let args = [("name", serial.name.as_str().into()), ("form", form.into())];
    let said = cx.locale.t_with("serial-said", &args);
    let key = match serial.way {
        Way::Note => "serial-by-note",
        Way::Mail => "serial-by-mail",
    };
    let said = cx.locale.t_with(key, &[("said", said.into())]);
    match mailings::words::leave(cx.locale, serial.leave) {
        Some(state) => {
            let args = [("said", said.into()), ("state", state.into())];
            cx.locale.t_with("mailing-leave", &args)
        }
        None => said,
    }
}
