//! The control that fills a field: a line, a choice, boxes, or a line that finds.

use entities::Uuid;
use entities::field::rules::Case;
use entities::field::{Choice, Field, Kind, Value, Values};
use maud::{Markup, html};

use super::typed::{Entry, TEXT, is_found, matching, path, paths};
use super::words::{label, said};
use crate::web::cx::Cx;
use crate::web::parts::icon_small;
use crate::web::url::Url;

/// The most hits a line that finds shows at once where scripts are off.
const MOST_HITS: usize = 50;

/// A control with everything around it.
#[derive(Debug)]
pub struct Control<'a> {
    pub field: &'a Field,
    /// Its name in the form, and its id.
    pub name: &'a str,
    pub entry: &'a Entry,
    pub fault: Option<&'a str>,
    pub case: &'a Case,
    pub beside: &'a Values,
    /// Where hits are found; the form's own fields go along.
    pub hits: Url,
    pub naming: Naming,
    /// The sign that a value is needed, or nothing.
    pub needed: bool,
}

/// Where a control's name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Above it.
    Label,
    /// Beside it, outside of the form; the control has the focus.
    Beside,
}

impl Control<'_> {
    /// The control with its name, help and fault.
    pub fn render(&self, cx: &Cx) -> Markup {
        let field = self.field;
        let label = label(cx.locale, field);
        let help = said(cx.locale, &field.settings.help);
        let hint_id = (!help.is_empty()).then(|| format!("{}-hint", self.name));
        let fault_id = self.fault.map(|_| format!("{}-fault", self.name));
        let described: Vec<&str> = [&hint_id, &fault_id]
            .into_iter()
            .filter_map(|id| id.as_deref())
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let many = field.row.kind == Kind::Choices;
        let control = self.control(cx, &label, described.as_deref());
        let hint = html! { @if let Some(id) = &hint_id { span class="hint" id=(id) { (help) } } };
        let fault = html! {
            @if let (Some(fault), Some(id)) = (self.fault, &fault_id) {
                p class="error" id=(id) { (icon_small("warn")) (fault) }
            }
        };
        let mark = html! {
            @if self.needed { " " span class="need" { (cx.t("field-needed")) } }
        };
        if many {
            return html! {
                fieldset class="field" id=(self.name) tabindex="-1" aria-describedby=[&described] {
                    legend class={ "label" @if self.naming == Naming::Beside { " sr" } } { (label) (mark) }
                    (hint) (control) (fault)
                }
            };
        }
        let id = match self.is_found(cx) {
            true => format!("{}{TEXT}", self.name),
            false => self.name.to_owned(),
        };
        html! {
            div class={ "field" @if self.is_found(cx) { " combo" } } {
                @if self.naming == Naming::Label { label for=(id) { (label) (mark) } }
                (hint) (control) (fault)
            }
        }
    }

    fn offered(&self) -> Vec<&Choice> {
        match self.field.row.kind.has_options() {
            true => self.field.offered(self.case, self.beside),
            false => vec![],
        }
    }

    /// What is offered, by id and in words.
    fn choices(&self, cx: &Cx) -> Vec<(String, String)> {
        let words = paths(cx, &self.field.options);
        let offered = self.offered().into_iter();
        offered.map(|o| (o.id.to_string(), words(o.id))).collect()
    }

    fn is_found(&self, _: &Cx) -> bool {
        is_found(self.field, self.offered().len())
    }

    fn control(&self, cx: &Cx, label: &str, described: Option<&str>) -> Markup {
        let invalid = self.fault.map(|_| "true");
        let aria = (self.naming == Naming::Beside).then_some(label);
        let focus = self.naming == Naming::Beside;
        let required = self.needed.then_some("true");
        let typed = self.entry.values.first().map_or("", String::as_str);
        let line = |kind: &str, mode: Option<&str>| {
            html! {
                input class="input" id=(self.name) name=(self.name) type=(kind) inputmode=[mode] value=(typed) autocomplete="off"
                    aria-label=[aria] aria-required=[required] aria-invalid=[invalid] aria-describedby=[described] autofocus[focus];
            }
        };
        match self.field.row.kind {
            Kind::Text | Kind::External => line("text", None),
            Kind::Whole => line("text", Some("numeric")),
            Kind::Decimal | Kind::Money => line("text", Some("decimal")),
            Kind::Date => line("date", None),
            Kind::Moment => line("datetime-local", None),
            Kind::LongText => html! {
                textarea class="input" id=(self.name) name=(self.name) rows="4" aria-label=[aria] aria-required=[required]
                    aria-invalid=[invalid] aria-describedby=[described] autofocus[focus] { "\n" (typed) }
            },
            Kind::YesNo => {
                let choices = [
                    (String::new(), cx.t("fact-none")),
                    ("yes".to_owned(), cx.t("field-yes")),
                    ("no".to_owned(), cx.t("field-no")),
                ];
                self.select(&choices, typed, aria, described)
            }
            Kind::Choices => self.boxes(cx),
            Kind::Choice | Kind::Tree if !self.is_found(cx) => {
                let mut choices = vec![(String::new(), cx.t("fact-none"))];
                choices.extend(self.choices(cx));
                self.keep_old(cx, &mut choices, typed);
                self.select(&choices, typed, aria, described)
            }
            Kind::Choice | Kind::Tree | Kind::Person | Kind::Organisation | Kind::Ticket => {
                self.line_that_finds(cx, aria, described)
            }
        }
    }

    /// What is chosen but no longer offered stays to be seen.
    fn keep_old(&self, cx: &Cx, choices: &mut Vec<(String, String)>, typed: &str) {
        if typed.is_empty() || choices.iter().any(|(value, _)| value == typed) {
            return;
        }
        let id = Uuid::try_parse(typed).unwrap_or_default();
        let words = path(cx, &self.field.options, id);
        if !words.is_empty() {
            let args = [("option", words.as_str().into())];
            let words = cx.locale.t_with("field-option-old", &args);
            choices.push((typed.to_owned(), words));
        }
    }

    fn select(
        &self,
        choices: &[(String, String)],
        typed: &str,
        aria: Option<&str>,
        described: Option<&str>,
    ) -> Markup {
        let invalid = self.fault.map(|_| "true");
        let focus = self.naming == Naming::Beside;
        let required = self.needed.then_some("true");
        html! {
            select class="input" id=(self.name) name=(self.name) aria-label=[aria] aria-required=[required]
                aria-invalid=[invalid] aria-describedby=[described] autofocus[focus] {
                @for (value, words) in choices { option value=(value) selected[value == typed] { (words) } }
            }
        }
    }

    fn boxes(&self, cx: &Cx) -> Markup {
        let mut choices = self.choices(cx);
        for typed in &self.entry.values {
            self.keep_old(cx, &mut choices, typed);
        }
        let focus = self.naming == Naming::Beside;
        html! {
            // Says that the field was on the form when no box is ticked.
            input type="hidden" name=(self.name) value="";
            div class="boxes" {
                @for (at, (value, words)) in choices.iter().enumerate() {
                    label class="tick" {
                        input type="checkbox" name=(self.name) value=(value) checked[self.entry.values.contains(value)] autofocus[focus && at == 0];
                        span { (words) }
                    }
                }
            }
        }
    }

    fn line_that_finds(&self, cx: &Cx, aria: Option<&str>, described: Option<&str>) -> Markup {
        let invalid = self.fault.map(|_| "true");
        let focus = self.naming == Naming::Beside;
        let required = self.needed.then_some("true");
        let chosen = self.entry.values.first().map_or("", String::as_str);
        let line = format!("{}{TEXT}", self.name);
        let list = format!("{}-hits", self.name);
        let hits = self.hits.clone().with("of", self.name);
        let offered = self.offered();
        // What was typed did not say which one: the choice, for browsers without scripts.
        let several = match (self.fault, self.field.row.kind.has_options()) {
            (Some(_), true) if !self.entry.text.trim().is_empty() => {
                matching(cx, self.field, &offered, &self.entry.text)
            }
            _ => vec![],
        };
        html! {
            input class="input" id=(line) name=(line) type="text" role="combobox" aria-expanded="false" aria-controls=(list)
                aria-autocomplete="list" data-for=(self.name) autocomplete="off" value=(self.entry.text)
                placeholder=(cx.t("field-find")) aria-label=[aria] aria-required=[required] aria-invalid=[invalid]
                aria-describedby=[described] autofocus[focus]
                hx-get=(hits) hx-include="closest form" hx-trigger="input changed delay:150ms, focus once" hx-sync="this:replace" hx-target={ "#" (list) } hx-swap="innerHTML";
            input type="hidden" id=(self.name) name=(self.name) value=(chosen);
            ul class="pop opts combo__list" id=(list) role="listbox" aria-label=(cx.t("field-hits")) {}
            @if several.len() > 1 {
                noscript {
                    ul { @for (_, words) in several.iter().take(MOST_HITS) { li { (words) } } }
                }
            }
        }
    }
}

/// The control's value as it is read.
pub fn shown(
    cx: &Cx,
    field: &Field,
    value: &Value,
    words: &std::collections::HashMap<Uuid, entities::field::Words>,
) -> String {
    super::words::value(cx.locale, &cx.now, field.row.kind, value, words)
}
