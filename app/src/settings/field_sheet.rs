//! The form that defines a dynamic field.

use entities::field::{Field, FieldFacts, Kind, Moment, list, read};
use entities::{Uuid, role, service, setting, team};
use maud::{Markup, html};

use super::area::Area;
use super::field_form::FieldForm;
use super::field_preview::preview;
use super::form::{self, Faults};
use super::sheet::{self, State};
use crate::error::Result;
use crate::fields::typed::path;
use crate::fields::words::{self, label};
use crate::web::cx::Cx;
use crate::web::form::{csrf, once};
use crate::web::parts::{
    Choice, Field as Input, Input as Control_, Tone, column, kind_choices, name, notice,
};

const AREA: Area = Area::Fields;
/// Options whose use is counted on the page.
const MOST_SHOWN: usize = 300;

/// The form and the preview, as two sheets.
pub async fn sheets(
    cx: &Cx,
    open: Option<&Field>,
    form: &FieldForm,
    faults: &Faults,
    told: Markup,
    facts: &FieldFacts,
) -> Result<Markup> {
    let id = open.map(|f| f.row.id);
    let title = match (&form.label_de, open) {
        (label, _) if !label.trim().is_empty() => label.clone(),
        (_, Some(_)) => AREA.words(cx),
        (_, None) => AREA.new_words(cx),
    };
    let action = id.map_or_else(|| AREA.new_url(), |id| AREA.entry(id));
    let preview_url = id.map_or_else(|| AREA.new_act("preview"), |id| AREA.act(id, "preview"));
    let fields = fields(cx, open, form, faults).await?;
    Ok(html! {
        form class="sheet" id="field-form" method="post" action=(action) novalidate {
            (csrf(&cx.session.csrf))
            @if id.is_none() { (once()) }
            input type="hidden" name="version" value=(form.version);
            div hx-post=(preview_url) hx-include="#field-form" hx-trigger="input delay:200ms from:#field-form, change delay:200ms from:#field-form"
                hx-swap="none" hx-sync="this:replace" hidden {}
            (sheet::head(cx, AREA, &title))
            div class="scroll" { div class="form" { (faults.summary(cx)) (told) (fields) } }
            (sheet::foot(cx, AREA, id, State::of(open)))
        }
        (preview(cx, open, form, facts))
    })
}

async fn fields(
    cx: &Cx,
    open: Option<&Field>,
    form: &FieldForm,
    faults: &Faults,
) -> Result<Markup> {
    let kind = form.kind(open);
    let line = |id: &str, key: &str, value: &str| {
        let label = cx.t(key);
        form::text(
            cx,
            Input::new(id, &label).optional().fault(faults.of(id)),
            "text",
            value,
        )
    };
    let needed = |id: &str, key: &str, value: &str| {
        let label = cx.t(key);
        form::text(
            cx,
            Input::new(id, &label).fault(faults.of(id)),
            "text",
            value,
        )
    };
    let area = |id: &str, key: &str, hint: &str, value: &str, rows: u32| {
        let (label, hint) = (cx.t(key), cx.t(hint));
        let input = Input::new(id, &label)
            .hint(&hint)
            .optional()
            .fault(faults.of(id));
        input.render(cx.locale, Control_::Area { value, rows })
    };
    let kinds: Vec<Choice> = Kind::ALL
        .into_iter()
        .map(|k| Choice::new(k.name(), words::kind(cx.locale, k)))
        .collect();
    let position = cx.t("field-position");
    let (services, teams, roles) = (
        service::choices(&cx.db).await?,
        team::choices(&cx.db).await?,
        role::choices(&cx.db).await?,
    );
    Ok(html! {
        @if let Some(field) = open { (use_note(cx, field).await?) }
        div class="fgrid fgrid--2" {
            (needed("label_de", "field-label-de", &form.label_de))
            (line("label_en", "field-label-en", &form.label_en))
            @if open.is_some() {
                div class="field" { span class="label" { (cx.t("field-kind")) } span { (words::kind(cx.locale, kind)) } }
                div class="field" { span class="label" { (cx.t("field-key")) } code { (form.key) } }
            } @else {
                (form::select(cx, Input::new("kind", &cx.t("field-kind")), &kinds, &form.kind))
                (form::text(cx, Input::new("key", &cx.t("field-key")).hint(&cx.t("field-key-hint")).fault(faults.of("key")), "text", &form.key))
            }
            (line("help_de", "field-help-de", &form.help_de))
            (line("help_en", "field-help-en", &form.help_en))
            (line("group_de", "field-group-de", &form.group_de))
            (line("group_en", "field-group-en", &form.group_en))
            (form::text(cx, Input::new("position", &position).fault(faults.of("position")), "number", &form.position))
        }
        details class="fieldpart" open[open.is_none() || kind.is_text() || kind.has_range()] {
            summary { h2 { (cx.t("field-limits")) } }
            div class="fgrid fgrid--2" {
                (line("min", "field-min", &form.min))
                (line("max", "field-max", &form.max))
                (line("pattern", "field-pattern", &form.pattern))
                (line("link", "field-link", &form.link))
                div class="span2" { (area("examples", "field-examples", "field-examples-hint", &form.examples, 3)) }
            }
        }
        details class="fieldpart" open[open.is_none() || kind.has_options()] {
            summary { h2 { (cx.t("field-options")) } }
            (area("options", "field-options-text", "field-options-hint", &form.options, 10))
            (depends(cx, open, form).await?)
            @if let Some(field) = open { (used_options(cx, field).await?) }
        }
        details class="fieldpart" open[!form.required.is_empty()] {
            summary { h2 { (cx.t("field-required")) } }
            (boxes("required", &cx.t("field-required"), &Moment::ALL.map(|m| (name(m), words::moment(cx.locale, m))), &form.required))
        }
        details class="fieldpart" open[!(form.kinds.is_empty() && form.services.is_empty() && form.teams.is_empty())] {
            summary { h2 { (cx.t("field-shown")) } }
            p class="hint" { (cx.t("field-shown-hint")) }
            (boxes("kinds", &cx.t("field-shown-kinds"), &pairs(kind_choices(cx.locale)), &form.kinds))
            (boxes("teams", &cx.t("field-shown-teams"), &named(&teams), &form.teams))
            (boxes("services", &cx.t("field-shown-services"), &named(&services), &form.services))
        }
        details class="fieldpart" open[!(form.default.is_empty() && form.by_service.is_empty() && form.by_mailbox.is_empty())] {
            summary { h2 { (cx.t("field-defaults")) } }
            (line("default", "field-default", &form.default))
            (area("by_service", "field-by-service", "field-by-hint", &form.by_service, 3))
            (area("by_mailbox", "field-by-mailbox", "field-by-hint", &form.by_mailbox, 3))
        }
        details class="fieldpart" open[!(form.hidden.is_empty() && form.readonly.is_empty() && form.personal.is_none()) || faults.of("hidden").is_some()] {
            summary { h2 { (cx.t("field-rights")) } }
            div class="field" {
                label class="tick" {
                    input type="checkbox" name="personal" value="1" checked[form.personal.is_some()] aria-describedby="personal-hint";
                    span { (cx.t("field-personal")) }
                }
                p class="hint" id="personal-hint" { (cx.t("field-personal-hint")) }
            }
            p class="hint" { (cx.t("field-rights-hint")) }
            @if let Some(fault) = faults.of("hidden") { p class="error" { (fault) } }
            (boxes("hidden", &cx.t("field-hidden"), &named(&roles), &form.hidden))
            (boxes("readonly", &cx.t("field-readonly"), &named(&roles), &form.readonly))
        }
    })
}

fn named(all: &[setting::Choice]) -> Vec<(String, String)> {
    all.iter()
        .map(|c| (c.id.to_string(), c.name.clone()))
        .collect()
}

fn pairs(all: Vec<Choice>) -> Vec<(String, String)> {
    all.into_iter().map(|c| (c.value, c.label)).collect()
}

fn boxes(id: &str, legend: &str, all: &[(String, String)], ticked: &[String]) -> Markup {
    html! {
        fieldset class="field" id=(id) tabindex="-1" {
            legend class="label" { (legend) }
            div class="boxes" {
                @for (value, words) in all {
                    label class="tick" {
                        input type="checkbox" name=(id) value=(value) checked[ticked.contains(value)];
                        span { (words) }
                    }
                }
            }
        }
    }
}

async fn depends(cx: &Cx, open: Option<&Field>, form: &FieldForm) -> Result<Markup> {
    let mut choices = vec![
        Choice::new("", cx.t("field-depends-nothing")),
        Choice::new("service", cx.t("field-depends-service")),
    ];
    for field in read::definitions(&cx.db).await? {
        let other = open.is_none_or(|open| open.row.id != field.row.id);
        if other && field.row.kind.has_options() && field.row.retired_at.is_none() {
            choices.push(Choice::new(field.row.id, label(cx.locale, &field)));
        }
    }
    let (words, hint) = (cx.t("field-depends"), cx.t("field-depends-hint"));
    let input = Input::new("depends", &words).hint(&hint);
    Ok(form::select(cx, input, &choices, &form.depends))
}

async fn use_note(cx: &Cx, field: &Field) -> Result<Markup> {
    let used = list::used(&cx.db, field).await?;
    let args = [("count", used.into())];
    Ok(notice(
        Tone::Info,
        &cx.locale.t_with("field-used", &args),
        &html! { (cx.t("field-used-more")) " " a href=(AREA.act(field.row.id, "history")) { (cx.t("field-history")) } },
    ))
}

async fn used_options(cx: &Cx, field: &Field) -> Result<Markup> {
    if field.options.is_empty() {
        return Ok(html! {});
    }
    let used = list::used_options(&cx.db, field.row.id).await?;
    let count = |id: &Uuid| used.get(id).copied().unwrap_or(0);
    Ok(html! {
        div class="optionuse" tabindex="0" role="region" aria-label=(cx.t("field-options-use")) {
            table class="grid grid--plain" {
                caption class="sr" { (cx.t("field-options-use")) }
                thead { tr { (column(&cx.t("field-option"))) (column(&cx.t("field-use"))) } }
                tbody {
                    @for option in field.options.iter().take(MOST_SHOWN) {
                        tr class=[option.retired.then_some("is-retired")] {
                            td { (path(cx, &field.options, option.id)) @if option.retired { " (" (cx.t("settings-retired-mark")) ")" } }
                            td class="n" { (cx.locale.number(count(&option.id))) }
                        }
                    }
                }
            }
        }
    })
}
