//! One answer of the desk, read as a person reads it.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use scraper::{ElementRef, Html, Selector};

use super::sound;

/// What came back: a page, a fragment, or something else.
#[derive(Clone, Debug)]
pub struct Page {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

/// A form as it would be sent.
#[derive(Clone, Debug)]
pub struct Filled {
    pub method: String,
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Page {
    pub(super) async fn read(answer: reqwest::Response) -> Page {
        let url = answer.url();
        let query = url.query().map(|q| format!("?{q}")).unwrap_or_default();
        Page {
            path: format!("{}{query}", url.path()),
            status: answer.status(),
            headers: answer.headers().clone(),
            bytes: answer.bytes().await.unwrap().to_vec(),
        }
    }

    /// A header's text, empty when it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Where a redirect goes, also one of htmx.
    pub fn location(&self) -> Option<String> {
        let value = self
            .headers
            .get(LOCATION)
            .or_else(|| self.headers.get("hx-redirect"))?;
        Some(value.to_str().unwrap().to_owned())
    }

    /// The body as it came.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Whether it is a page of its own rather than a fragment.
    pub fn is_whole(&self) -> bool {
        self.body()
            .trim_start()
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
    }

    /// The body as a tree.
    pub fn html(&self) -> Html {
        let body = self.body();
        if self.is_whole() {
            return Html::parse_document(&body);
        }
        // A parser drops table rows that stand alone, but not inside of a template.
        let body = body
            .replace("<hx-partial", "<template")
            .replace("</hx-partial", "</template");
        Html::parse_fragment(&body)
    }

    /// The texts of all elements a selector finds, blanks run together.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let html = self.html();
        html.select(&selector(css)).map(words_of).collect()
    }

    /// The text of the one element a selector finds.
    pub fn text(&self, css: &str) -> String {
        let mut texts = self.texts(css);
        assert_eq!(texts.len(), 1, "{css} on {}", self.describe());
        texts.remove(0)
    }

    /// How many elements a selector finds.
    pub fn count(&self, css: &str) -> usize {
        self.html().select(&selector(css)).count()
    }

    /// Whether a selector finds anything.
    pub fn has(&self, css: &str) -> bool {
        self.count(css) > 0
    }

    /// An attribute of every element a selector finds that has it.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let html = self.html();
        html.select(&selector(css))
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// An attribute of the first element a selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.attributes(css, name).into_iter().next()
    }

    /// Whether the page shows these words, wherever its elements begin and end.
    pub fn says(&self, words: &str) -> bool {
        words_of(self.html().root_element()).contains(words)
    }

    /// Panics with the page's text when it does not show these words.
    pub fn must_say(&self, words: &str) {
        assert!(
            self.says(words),
            "{} does not say “{words}”:\n{}",
            self.describe(),
            words_of(self.html().root_element())
        );
    }

    /// The elements a fragment's parts are swapped into, such as `#toasts`.
    pub fn targets(&self) -> Vec<String> {
        self.attributes("template", "hx-target")
    }

    /// The fields of a form with what was typed.
    pub fn fill(&self, form: &str, typed: &[(&str, &str)]) -> Filled {
        let html = self.html();
        let element = html
            .select(&selector(form))
            .next()
            .unwrap_or_else(|| panic!("no form {form} on {}", self.describe()));
        let method = element.attr("method").unwrap_or("get").to_ascii_lowercase();
        let action = element.attr("action").unwrap_or(&self.path).to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for field in element.select(&selector("input, textarea, select")) {
            fields.extend(successful(field));
        }
        let names: Vec<&str> = typed.iter().map(|(name, _)| *name).collect();
        fields.retain(|(name, _)| !names.contains(&name.as_str()));
        fields.extend(
            typed
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        Filled {
            method,
            action,
            fields,
        }
    }

    /// Status and address, for messages of failed tests.
    pub fn describe(&self) -> String {
        format!("{} {}", self.status.as_u16(), self.path)
    }

    pub(super) fn check(&self) {
        let kind = self.headers.get(CONTENT_TYPE);
        let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if is_html && !self.bytes.is_empty() {
            let faults = sound::faults(&self.html(), self.is_whole());
            assert!(
                faults.is_empty(),
                "{}:\n  {}",
                self.describe(),
                faults.join("\n  ")
            );
        }
    }
}

/// What a browser would send of a field.
fn successful(field: ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = field
        .attr("name")
        .filter(|_| field.attr("disabled").is_none())
    else {
        return vec![];
    };
    let pair = |value: String| (name.to_owned(), value);
    match (field.value().name(), field.attr("type").unwrap_or("text")) {
        ("textarea", _) => vec![pair(field.text().collect())],
        ("select", _) => {
            let options: Vec<_> = field.select(&selector("option")).collect();
            let chosen: Vec<_> = options
                .iter()
                .filter(|option| option.attr("selected").is_some())
                .collect();
            let first = options
                .iter()
                .take(usize::from(field.attr("multiple").is_none()));
            let sent = if chosen.is_empty() {
                first.collect()
            } else {
                chosen
            };
            sent.into_iter()
                .map(|option| {
                    pair(match option.attr("value") {
                        Some(value) => value.to_owned(),
                        None => words_of(*option),
                    })
                })
                .collect()
        }
        (_, "submit" | "button" | "image" | "reset" | "file") => vec![],
        (_, "checkbox" | "radio") if field.attr("checked").is_none() => vec![],
        (_, "checkbox" | "radio") => vec![pair(field.attr("value").unwrap_or("on").to_owned())],
        _ => vec![pair(field.attr("value").unwrap_or_default().to_owned())],
    }
}

pub(super) fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

pub(super) fn words_of(element: ElementRef<'_>) -> String {
    let text: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
    text.join(" ")
}
