//! One import of people: the meaning of its columns and the preview, its progress, its result.

use entities::organisation::OrganisationKind;
use entities::person::Create;
use entities::person::import::{self, Model, State};
use entities::{Permission, person};
use maud::{Markup, html};
use poem::handler;
use serde::Deserialize;

use super::area::Area;
use super::form;
use super::import::state_words;
use super::wide::{self, Back, Wide};
use crate::error::Result;
use crate::people::columns::{Choices, Column};
use crate::people::console::counted;
use crate::people::plan::{Place, Planned, Verdict, plan};
use crate::people::sheet::{self, Sheet};
use crate::web::cx::Cx;
use crate::web::form::{Form, Query, csrf};
use crate::web::parts::{
    Choice, Field, Look, Pager, Tone, button_link, column, column_of_numbers, notice, pager, submit,
};
use crate::web::permitted::{Permitted, Sub};
use crate::web::swap::Swap;
use crate::web::url;

/// How many lines a page of the preview shows.
const ROWS: usize = 100;

/// Which lines of the preview.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The number of the last line of the page before.
    after: u64,
    /// One kind of outcome alone.
    only: String,
}

/// `GET /settings/people/import/:sub`.
#[handler]
pub async fn show(cx: Cx, Sub(id): Sub, Query(asked): Query<Asked>) -> Result<Markup> {
    let import = import::find(&cx.db, &cx.actor, id).await?;
    if import.state() != State::Staged {
        let result = import_result(&cx, &import);
        if cx.wants_fragment() {
            return Ok(result);
        }
        return page(&cx, &import, result, html! {}).await;
    }
    let bytes = import.content.as_deref().unwrap_or_default();
    let sheet = sheet::read(bytes).unwrap_or_default();
    let choices: Choices = serde_json::from_str(&import.choices).unwrap_or_default();
    let planned = plan(&cx.desk, &cx.actor, &sheet, &choices).await?;
    let (shown, next) = rows(&planned, &asked);
    let here = || url::people_import_part(id, "").with("only", &asked.only);
    let pages = Pager {
        first: (asked.after > 0).then(here),
        previous: None,
        next: next.map(|after| here().with("after", after)),
    };
    let content = html! {
        div class="form" { (meaning(&cx, &import, &sheet, &choices)) (verdict(&cx, &import, &planned, &choices)) }
        (preview(&cx, &import, &asked, &shown))
    };
    page(&cx, &import, content, pager(cx.locale, &pages)).await
}

async fn page(cx: &Cx, import: &Model, content: Markup, foot: Markup) -> Result<Markup> {
    wide::page(
        cx,
        Wide {
            area: Area::People,
            back: Back::To(Area::People),
            title: format!("{}: {}", cx.t("import"), import.file_name),
            head: html! {},
            content,
            foot,
        },
    )
    .await
}

/// How the file is to be read, as the form sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ChoicesForm {
    column: Vec<String>,
    create: String,
}

/// `POST /settings/people/import/:sub`: other columns, another preview.
#[handler]
pub async fn update(
    cx: Cx,
    _permit: Permitted<Create>,
    Sub(id): Sub,
    Form(form): Form<ChoicesForm>,
) -> Result<Swap> {
    import::find(&cx.db, &cx.actor, id).await?;
    let columns = form.column.iter();
    let may_create = cx.actor.may_somewhere(Permission::ManageOrganisations);
    let choices = Choices {
        columns: columns
            .map(|name| form::stored(name).unwrap_or_default())
            .collect(),
        create: form::stored::<OrganisationKind>(&form.create).filter(|_| may_create),
    };
    let choices = serde_json::to_string(&choices).unwrap_or_default();
    person::import::choose(&cx.db, &cx.actor, id, &choices).await?;
    Ok(Swap::go_to(cx.asks, url::people_import_part(id, "")))
}

fn column_words(cx: &Cx, column: Column) -> String {
    cx.t(match column {
        Column::Ignored => "import-column-ignored",
        Column::Name => "settings-name",
        Column::FirstName => "import-column-first-name",
        Column::LastName => "import-column-last-name",
        Column::Salutation => "settings-person-salutation",
        Column::Email => "settings-person-email",
        Column::Phone => "settings-person-phone",
        Column::Organisation => "settings-person-organisation",
    })
}

fn meaning(cx: &Cx, import: &Model, sheet: &Sheet, choices: &Choices) -> Markup {
    let options: Vec<Choice> = Column::ALL
        .iter()
        .map(|c| Choice::new(form::stored_name(c), column_words(cx, *c)))
        .collect();
    let kinds = [
        ("", "import-create-none"),
        ("district_office", "settings-kind-district-office"),
        ("provider", "settings-kind-provider"),
        ("vendor", "settings-kind-vendor"),
        ("data_centre", "settings-kind-data-centre"),
        ("own_unit", "settings-kind-own-unit"),
    ];
    let kinds: Vec<Choice> = kinds
        .iter()
        .map(|(value, key)| Choice::new(value, cx.t(key)))
        .collect();
    let create = choices.create.map(form::stored_name).unwrap_or_default();
    html! {
        form method="post" action=(url::people_import_part(import.id, "")) {
            (csrf(&cx.session.csrf))
            h2 { (cx.t("import-columns")) }
            div class="columns" {
                @for (index, heading) in sheet.headings.iter().enumerate() {
                    @let id = format!("column-{index}");
                    @let label = if heading.is_empty() { cx.locale.t_with("import-unnamed", &[("number", (index + 1).into())]) } else { heading.clone() };
                    @let value = form::stored_name(choices.columns.get(index).copied().unwrap_or_default());
                    (form::select(cx, Field::new(&id, &label).name("column"), &options, &value))
                }
                @if cx.actor.may_somewhere(Permission::ManageOrganisations) {
                    (form::select(cx, Field::new("create", &cx.t("import-create")), &kinds, &create))
                }
            }
            (submit(Look::Secondary, &cx.t("import-preview")))
        }
    }
}

fn verdict(cx: &Cx, import: &Model, planned: &[Planned], choices: &Choices) -> Markup {
    let (counts, _) = counted(planned);
    let words = cx.locale.t_with(
        "import-would",
        &[
            ("created", counts.created.into()),
            ("updated", counts.updated.into()),
            ("unchanged", counts.unchanged.into()),
            ("refused", counts.refused.into()),
        ],
    );
    let stop = url::people_import_part(import.id, "stop");
    html! {
        h2 { (cx.t("import-preview")) }
        @if choices.has(Column::Email) {
            (notice(Tone::Info, &words, &html! { (cx.t("import-would-more")) }))
        } @else {
            (notice(Tone::Warn, &cx.t("import-no-email"), &html! { (cx.t("import-no-email-more")) }))
        }
        form class="cluster" method="post" action=(url::people_import_part(import.id, "run")) {
            (csrf(&cx.session.csrf))
            @if counts.created + counts.updated > 0 { (submit(Look::Primary, &cx.t("import-run"))) }
            button class="kern-btn kern-btn--tertiary" type="submit" formaction=(stop) { span class="kern-label" { (cx.t("import-discard")) } }
        }
    }
}

/// The stored name of an outcome, for the filter.
fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::New { .. } => "created",
        Verdict::Updated { .. } => "updated",
        Verdict::Unchanged => "unchanged",
        Verdict::Refused(_) => "refused",
    }
}

/// The lines of this page, and after which line the next one begins.
fn rows<'a>(planned: &'a [Planned], asked: &Asked) -> (Vec<&'a Planned>, Option<u64>) {
    let mut wanted = planned
        .iter()
        .filter(|p| p.line.number > asked.after)
        .filter(|p| asked.only.is_empty() || kind(&p.verdict) == asked.only);
    let shown: Vec<&Planned> = wanted.by_ref().take(ROWS).collect();
    let more = wanted.next().is_some();
    let next = shown.last().filter(|_| more).map(|p| p.line.number);
    (shown, next)
}

const KINDS: [(&str, &str); 5] = [
    ("", "inbound-all"),
    ("created", "import-created"),
    ("updated", "import-updated"),
    ("unchanged", "import-unchanged"),
    ("refused", "import-refused"),
];

fn preview(cx: &Cx, import: &Model, asked: &Asked, shown: &[&Planned]) -> Markup {
    let here = |only: &str| url::people_import_part(import.id, "").with("only", only);
    html! {
        nav class="sheet__body cluster" aria-label=(cx.t("import-only")) {
            @for (only, key) in KINDS { a href=(here(only)) aria-current=[(asked.only == only).then_some("page")] { (cx.t(key)) } }
        }
        table class="grid grid--plain" {
            caption class="sr" { (cx.t("import-preview")) }
            thead {
                tr {
                    (column_of_numbers(&cx.t("import-line"))) (column(&cx.t("settings-name"))) (column(&cx.t("settings-person-email")))
                    (column(&cx.t("import-outcome"))) (column(&cx.t("import-why")))
                }
            }
            tbody {
                @for one in shown {
                    tr {
                        td class="n" { (one.line.number) }
                        td { (one.name) }
                        td { (one.email) }
                        td { (outcome(cx, &one.verdict)) }
                        td { (details(cx, &one.verdict)) }
                    }
                }
            }
        }
    }
}

fn outcome(cx: &Cx, verdict: &Verdict) -> String {
    let found = KINDS.iter().find(|(name, _)| *name == kind(verdict));
    found.map(|(_, key)| cx.t(key)).unwrap_or_default()
}

/// What changes, or why nothing can.
fn details(cx: &Cx, verdict: &Verdict) -> String {
    let place = |place: &Option<Place>| match place {
        Some(Place::New(name)) => cx
            .locale
            .t_with("import-new-organisation", &[("name", name.as_str().into())]),
        Some(Place::Known(_)) | None => String::new(),
    };
    match verdict {
        Verdict::New { organisation, .. } => place(organisation),
        Verdict::Updated {
            fields,
            organisation,
            ..
        } => {
            let fields: Vec<String> = fields.iter().map(|f| column_words(cx, *f)).collect();
            format!("{} {}", fields.join(", "), place(organisation))
        }
        Verdict::Unchanged => String::new(),
        Verdict::Refused(why) => why.words(cx.locale),
    }
}

/// How far it is, or how it ended; a running one fetches itself.
fn import_result(cx: &Cx, import: &Model) -> Markup {
    let running = import.state() == State::Running;
    let here = url::people_import_part(import.id, "");
    let counts = [
        ("import-created", import.created),
        ("import-updated", import.updated),
        ("import-unchanged", import.unchanged),
        ("import-refused", import.refused),
    ];
    let tone = match import.state() {
        State::Done => Tone::Ok,
        State::Stopped => Tone::Warn,
        State::Running | State::Staged => Tone::Info,
    };
    let failure = import.failure.as_deref().map(|failure| match failure {
        "forbidden" => cx.t("import-failure-forbidden"),
        _ => cx.t("import-failure-unreadable"),
    });
    html! {
        div id="import-result" class="form" hx-get=[running.then(|| here.clone())] hx-trigger=[running.then_some("every 2s")] hx-swap=[running.then_some("outerHTML")] {
            (notice(tone, &state_words(cx, import.state()), &html! { (failure.unwrap_or_default()) }))
            @if running {
                @let lines = [("done", import.lines_done.into()), ("all", import.lines.into())];
                p { (cx.locale.t_with("import-progress", &lines)) }
                progress value=(import.lines_done) max=(import.lines.max(1)) aria-label=(cx.t("import-running")) {}
                div class="cluster" {
                    (button_link(Look::Secondary, &cx.t("import-look"), &here, None))
                    form method="post" action=(url::people_import_part(import.id, "stop")) {
                        (csrf(&cx.session.csrf)) (submit(Look::Tertiary, &cx.t("import-stop")))
                    }
                }
            }
            dl class="factlist" {
                @for (key, count) in counts { div class="fact" { dt { (cx.t(key)) } dd { (cx.locale.number(count)) } } }
            }
            @if !running && import.refused > 0 {
                (button_link(Look::Secondary, &cx.t("import-report"), &url::people_import_part(import.id, "refused"), Some("download")))
            }
            @if !running { (button_link(Look::Tertiary, &cx.t("import-another"), &url::people_import(), None)) }
        }
    }
}
