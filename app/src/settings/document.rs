//! The form of a template of documents: its file, and for which tickets it is.

use entities::article::File;
use entities::document_template::{self, Create, DocumentTemplate, DocumentTemplateFacts, Update};
use entities::language::Language;
use entities::setting::Noun as _;
use entities::text_block::{BlockKind, placeholders};
use entities::{DeskError, Rejected, Uuid, person, service, team};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;
use validator::Validate;

use super::area::Area;
use super::form::{self, Faults};
use super::noun::{self, NounForm};
use super::page::{self, Asked, Item};
use crate::documents::docx::{self, Docx};
use crate::documents::words::fault_words;
use crate::error::{Error, Result};
use crate::web::cx::Cx;
use crate::web::parts::{Choice, Field, Tone, foreign, icon_small, notice};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::upload::Upload;

pub const AREA: Area = Area::Documents;

/// The field that brings the file.
const FILE: &str = "file";

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DocumentForm {
    #[validate(custom(function = "form::needed"))]
    name: String,
    language: String,
    team: String,
    services: Vec<String>,
    once: Option<String>,
    /// What the form brought.
    #[serde(skip)]
    brought: Brought,
}

/// The file of a form.
#[derive(Clone, Debug, Default)]
enum Brought {
    /// None; a template there is keeps its own.
    #[default]
    Nothing,
    /// More than one.
    TooMany,
    Refused(docx::Fault),
    /// It can be filled; with the keys of the dynamic fields it names.
    Fine(File, Vec<String>),
}

impl DocumentForm {
    /// The form with what came along; only what can be a template is stored.
    async fn with(self, cx: &Cx, mut files: Vec<crate::web::upload::File>) -> Result<Self> {
        let brought = match (files.pop(), files.len()) {
            (None, _) => Brought::Nothing,
            (Some(_), 1..) => Brought::TooMany,
            (Some(file), 0) => {
                let bytes = file.bytes.clone();
                let read = tokio::task::spawn_blocking(move || Docx::read(&bytes));
                match read.await.map_err(|_| Error::Broken("a template"))? {
                    Err(fault) => Brought::Refused(fault),
                    Ok(docx) => {
                        let keys = docx.fields().into_iter().map(str::to_owned).collect();
                        let stored = cx.db.put_blob(file.bytes).await?;
                        let file = File {
                            name: file.name,
                            content_type: docx::TYPE.to_owned(),
                            size_bytes: stored.size_bytes,
                            sha256: stored.sha256,
                        };
                        Brought::Fine(file, keys)
                    }
                }
            }
        };
        Ok(DocumentForm { brought, ..self })
    }
}

impl NounForm for DocumentForm {
    type Noun = DocumentTemplate;

    const AREA: Area = AREA;
    const ORDER: &'static [&'static str] = &["name"];

    fn of(_: &Cx, template: &DocumentTemplate) -> Self {
        let facts = template.facts();
        DocumentForm {
            name: facts.name,
            language: facts.language.code().to_owned(),
            team: form::id_text(facts.team_id),
            services: facts.service_ids.iter().map(Uuid::to_string).collect(),
            once: None,
            brought: Brought::Nothing,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn once(&self) -> Option<String> {
        self.once.clone()
    }

    fn check(&self, cx: &Cx) -> Result<(), Faults> {
        let mut faults = Faults::of_fields(cx, self, Self::ORDER);
        match &self.brought {
            Brought::Refused(fault) => faults.add(FILE, fault_words(cx, fault)),
            Brought::TooMany => faults.add(FILE, cx.t("document-one-file")),
            Brought::Nothing | Brought::Fine(..) => {}
        }
        faults.none()
    }

    async fn known(&self, cx: &Cx) -> Result<Faults> {
        let mut faults = Faults::default();
        if let Brought::Fine(_, keys) = &self.brought {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let unknown = entities::text_block::list::unknown_fields(&cx.db, &keys).await?;
            if let Some(key) = unknown.first() {
                let fault = docx::Fault::Unknown(format!("field.{key}"));
                faults.add(FILE, fault_words(cx, &fault));
            }
        }
        Ok(faults)
    }

    fn facts(&self, cx: &Cx, before: Option<&DocumentTemplate>) -> DocumentTemplateFacts {
        let file = match &self.brought {
            Brought::Fine(file, _) => Some(file.clone()),
            _ => None,
        };
        let facts = DocumentTemplateFacts {
            name: self.name.clone(),
            language: Language::from_code(&self.language).unwrap_or_default(),
            file,
            author_id: cx.actor.person_id(),
            approved: None,
            approved_by: None,
            team_id: form::id(&self.team),
            service_ids: self.services.iter().filter_map(|id| form::id(id)).collect(),
        };
        match before {
            Some(template) => facts.after(template),
            None => facts,
        }
    }

    fn place(why: Rejected) -> &'static str {
        match why {
            Rejected::NoFile | Rejected::NotAFileName => FILE,
            other => form::place(other, "name", "services"),
        }
    }

    async fn find(cx: &Cx, id: Uuid) -> Result<DocumentTemplate, DeskError> {
        document_template::find(&cx.db, &cx.actor, id).await
    }

    async fn items(cx: &Cx, open: Option<&DocumentTemplate>) -> Result<Vec<Item>> {
        let rows = document_template::list(&cx.db, &cx.actor, Asked::default().show()).await?;
        let item = |one: DocumentTemplate| Item {
            url: AREA.entry(one.id),
            current: page::current(one.id, open.map(|open| open.id)),
            more: match one.is_waiting() {
                true => cx.t("document-waiting"),
                false => language_name(cx, one.language),
            },
            name: one.name,
        };
        Ok(rows.into_iter().map(item).collect())
    }

    async fn fields(
        &self,
        cx: &Cx,
        open: Option<&DocumentTemplate>,
        faults: &Faults,
    ) -> Result<Markup> {
        let (services, teams) = tokio::try_join!(service::choices(&cx.db), team::choices(&cx.db))?;
        let languages: Vec<Choice> = [Language::De, Language::En]
            .map(|one| Choice::new(one.code(), language_name(cx, one)))
            .into();
        let language = Language::from_code(&self.language).unwrap_or_default();
        Ok(html! {
            (form::text(cx, Field::new("name", &cx.t("settings-name")).fault(faults.of("name")), "text", &self.name))
            (form::select(cx, Field::new("language", &cx.t("document-language")), &languages, language.code()))
            (file_field(cx, open, faults))
            (form::select(cx, Field::new("team", &cx.t("text-block-team")).fault(faults.of("team")),
                &form::options(cx, "text-block-every-team", &teams, &self.team), &self.team))
            (form::ticks(cx, "services", &cx.t("document-services"), &services, &self.services, faults))
        })
    }

    async fn told(cx: &Cx, template: &DocumentTemplate) -> Result<Markup> {
        if template.retired_at.is_some() {
            return Ok(html! {});
        }
        let ids: Vec<Uuid> = [template.author_id, template.approved_by]
            .into_iter()
            .flatten()
            .collect();
        let names = person::names_by_id(&cx.db, &ids).await?;
        let said = |id: Option<Uuid>| {
            let name = id.and_then(|id| names.get(&id).cloned());
            name.unwrap_or_default()
        };
        let is_own = template.author_id.is_some() && template.author_id == cx.actor.person_id();
        let title = match template.approved {
            Some(_) => "document-waiting-newer",
            None => "document-waiting-first",
        };
        Ok(html! {
            @if template.is_waiting() {
                (notice(Tone::Info, &cx.t(title), &html! {
                    @if is_own { (cx.t("document-own-work")) }
                    @else if let Some(file) = template.file() {
                        @let author = said(template.author_id);
                        @if !author.is_empty() { (cx.locale.t_with("document-by", &[("name", author.into())])) " " }
                        input type="hidden" name="sha256" value=(file.sha256);
                        button class="kern-btn kern-btn--secondary" type="submit" formaction=(AREA.act(template.id, "approve"))
                            formenctype="application/x-www-form-urlencoded" formnovalidate {
                            span class="kern-label" { (cx.t("text-block-approve")) }
                        }
                    }
                }))
            } @else if template.approved_by.is_some() {
                p class="muted" { (cx.locale.t_with("text-block-approved-by", &[("name", said(template.approved_by).into())])) }
            }
        })
    }
}

/// What a language is called.
pub fn language_name(cx: &Cx, language: Language) -> String {
    cx.t(match language {
        Language::De => "article-language-de",
        Language::En => "article-language-en",
    })
}

/// The files there are, and the field for another.
fn file_field(cx: &Cx, open: Option<&DocumentTemplate>, faults: &Faults) -> Markup {
    let fault = faults.of(FILE);
    let places = placeholders(BlockKind::Answer).iter();
    let places: Vec<String> = places.map(|name| format!("{{{{{name}}}}}")).collect();
    let hint = [
        ("places", places.join(", ").into()),
        ("field", "{{field.release}}".into()),
        ("days", "{{today+14}}".into()),
        ("or", "{{title|…}}".into()),
        ("if", "{{if kind=incident}}".into()),
        ("end", "{{end}}".into()),
    ];
    let files = open.map(|template| {
        let newest = template.file();
        let used = template
            .approved()
            .filter(|used| Some(used) != newest.as_ref());
        (template, newest, used)
    });
    let line = |template: &DocumentTemplate, file: &File, which: &str| {
        let size = cx.locale.size(u64::try_from(file.size_bytes).unwrap_or(0));
        html! {
            li {
                (icon_small("clip")) a href=(AREA.act(template.id, "file").with("which", which)) { (foreign(&file.name)) } " "
                span class="muted num" { (size) }
                @if which == "used" { " " span class="tag" { (cx.t("document-in-use")) } }
            }
        }
    };
    html! {
        fieldset class="field formpart" {
            legend class="label" { (cx.t("document-file")) }
            p class="hint" id="file-hint" {
                (cx.locale.t_with("document-file-hint", &hint))
            }
            @if let Some((template, newest, used)) = &files {
                ul class="filelist filelist--form" role="list" aria-label=(cx.t("document-file")) {
                    @if let Some(file) = newest { (line(template, file, "newest")) }
                    @if let Some(file) = used { (line(template, file, "used")) }
                }
            }
            label class="sr" for=(FILE) { (cx.t("document-file-choose")) }
            input class="input" type="file" id=(FILE) name=(FILE) accept=".docx,.dotx" aria-required=[open.is_none().then_some("true")]
                aria-describedby=(if fault.is_some() { "file-hint file-fault" } else { "file-hint" }) aria-invalid=[fault.map(|_| "true")];
            @if let Some(fault) = fault { p class="error" id="file-fault" { (icon_small("warn")) (fault) } }
        }
        @if cx.desk.config.documents.libreoffice.is_none() { p class="hint" { (cx.t("document-no-pdf")) } }
    }
}

/// `GET /settings/documents/new`.
#[handler]
pub async fn new(cx: Cx, _permit: Permitted<Create>) -> Result<Markup> {
    noun::new::<DocumentForm>(&cx).await
}

/// `POST /settings/documents/new`.
#[handler]
pub async fn create(
    cx: Cx,
    permit: Permitted<Create>,
    upload: Upload<DocumentForm>,
) -> Result<Swap> {
    let form = upload.form.with(&cx, upload.files).await?;
    noun::create(&cx, permit.into_permit(), form).await
}

/// `POST /settings/documents/:sub`.
#[handler]
pub async fn update(
    cx: Cx,
    permit: Permitted<Update>,
    Sub(id): Sub,
    upload: Upload<DocumentForm>,
) -> Result<Swap> {
    let form = upload.form.with(&cx, upload.files).await?;
    noun::update(&cx, permit.into_permit(), id, form).await
}
