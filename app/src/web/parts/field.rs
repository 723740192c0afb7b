//! A form field: label, hint, control and fault, tied together for eyes and for screen readers.

use maud::{Markup, html};

use super::icon::icon_small;
use crate::locale::Locale;

/// One labelled field. `id` is its name in the form too, unless [`Field::name`] says otherwise.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    id: &'a str,
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    fault: Option<&'a str>,
    need: Need,
    first: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
}

/// The control of a field, with the value that stands in it.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// `kind` is the type attribute: text, email, tel, search, password, date, datetime-local, number …
    Line {
        kind: &'a str,
        value: &'a str,
        autocomplete: Option<&'a str>,
    },
    Area {
        value: &'a str,
        rows: u32,
    },
    Select {
        choices: &'a [Choice],
        value: &'a str,
    },
    /// A select whose choices lie under headings; those under an empty one stand by themselves.
    Groups {
        groups: &'a [(String, Vec<Choice>)],
        value: &'a str,
    },
}

/// One option of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

impl<'a> Field<'a> {
    pub fn new(id: &'a str, label: &'a str) -> Self {
        Self {
            id,
            name: id,
            label,
            hint: None,
            fault: None,
            need: Need::Required,
            first: false,
        }
    }

    /// Where the page's work begins: it has the focus.
    #[must_use]
    pub fn first(mut self) -> Self {
        self.first = true;
        self
    }

    /// When the id must differ because the page holds the same form twice.
    #[must_use]
    pub fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// The sentence that says what to change.
    #[must_use]
    pub fn fault(mut self, fault: Option<&'a str>) -> Self {
        self.fault = fault;
        self
    }

    /// Says so beside the label; a field is required otherwise.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.need = Need::Optional;
        self
    }

    pub fn render(&self, locale: Locale, input: Input<'_>) -> Markup {
        let hint_id = self.hint.map(|_| format!("{}-hint", self.id));
        let fault_id = self.fault.map(|_| format!("{}-fault", self.id));
        let described: Vec<&str> = [&hint_id, &fault_id]
            .into_iter()
            .filter_map(|id| id.as_deref())
            .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        html! {
            div class="field" {
                label for=(self.id) {
                    (self.label)
                    @if self.need == Need::Optional { " " span class="opt" { (locale.t("form-optional")) } }
                }
                @if let (Some(hint), Some(id)) = (self.hint, &hint_id) { span class="hint" id=(id) { (hint) } }
                (self.control(input, described.as_deref()))
                @if let (Some(fault), Some(id)) = (self.fault, &fault_id) {
                    p class="error" id=(id) { (icon_small("warn")) (fault) }
                }
            }
        }
    }

    fn control(&self, input: Input<'_>, described: Option<&str>) -> Markup {
        let invalid = self.fault.map(|_| "true");
        // Not the attribute `required`: browsers would answer in their own words and hide ours.
        let required = (self.need == Need::Required).then_some("true");
        html! {
            @match input {
                Input::Line { kind, value, autocomplete } => {
                    input class="input" id=(self.id) name=(self.name) type=(kind) value=[(kind != "password").then_some(value)]
                        autocomplete=[autocomplete] autofocus[self.first] aria-required=[required] aria-invalid=[invalid] aria-describedby=[described];
                }
                Input::Area { value, rows } => {
                    // A browser drops the first line break of a text area.
                    textarea class="input" id=(self.id) name=(self.name) rows=(rows)
                        aria-required=[required] aria-invalid=[invalid] aria-describedby=[described] { "\n" (value) }
                }
                Input::Select { choices, value } => {
                    select class="input" id=(self.id) name=(self.name) autofocus[self.first]
                        aria-required=[required] aria-invalid=[invalid] aria-describedby=[described] {
                        @for choice in choices {
                            (choice.option(value))
                        }
                    }
                }
                Input::Groups { groups, value } => {
                    select class="input" id=(self.id) name=(self.name) autofocus[self.first]
                        aria-required=[required] aria-invalid=[invalid] aria-describedby=[described] {
                        @for (heading, choices) in groups {
                            @if heading.is_empty() { @for choice in choices { (choice.option(value)) } }
                            @else { optgroup label=(heading) { @for choice in choices { (choice.option(value)) } } }
                        }
                    }
                }
            }
        }
    }
}

impl Choice {
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self {
            value: value.to_string(),
            label: label.into(),
        }
    }

    fn option(&self, chosen: &str) -> Markup {
        html! { option value=(self.value) selected[self.value == chosen] { (self.label) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_tied_to_its_field() {
        let field = Field::new("phone", "Telefon")
            .hint("Mit Vorwahl")
            .fault(Some("Bitte geben Sie eine Nummer ein."));
        let html = field
            .render(
                Locale::De,
                Input::Line {
                    kind: "tel",
                    value: "\"><b>",
                    autocomplete: None,
                },
            )
            .into_string();
        assert!(
            html.contains(r#"aria-invalid="true" aria-describedby="phone-hint phone-fault""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<p class="error" id="phone-fault">"#),
            "{html}"
        );
        assert!(html.contains(r#"value="&quot;&gt;&lt;b&gt;""#), "{html}");
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let html = Field::new("password", "Kennwort");
        let html = html
            .render(
                Locale::De,
                Input::Line {
                    kind: "password",
                    value: "canary",
                    autocomplete: None,
                },
            )
            .into_string();
        assert!(!html.contains("canary"));
    }

    #[test]
    fn an_optional_field_says_so_and_has_no_fault() {
        let html = Field::new("cc", "Kopie")
            .optional()
            .render(
                Locale::De,
                Input::Area {
                    value: "a\nb",
                    rows: 3,
                },
            )
            .into_string();
        assert!(
            html.contains("(freiwillig)") && !html.contains("aria-"),
            "{html}"
        );
    }
}
