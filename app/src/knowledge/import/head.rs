//! What the head of a page says of it.

use scraper::ElementRef;

use super::block::one_line;
use crate::web::markdown::article::pictures::decoded;

/// What a page says of itself.
#[derive(Default)]
pub struct Head {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub keywords: Vec<String>,
    pub language: Option<String>,
    /// From where its addresses lead on, when that is within what it belongs to.
    pub base: Option<String>,
}

impl Head {
    pub fn of(root: ElementRef<'_>) -> Head {
        let mut head = Head::default();
        let not_blank = |text: &str| Some(one_line(text)).filter(|text| !text.is_empty());
        head.language = root
            .attr("lang")
            .or(root.attr("xml:lang"))
            .map(str::to_owned);
        let elements = root.descendants().filter_map(ElementRef::wrap);
        for element in elements {
            let content = element.attr("content").unwrap_or_default();
            match element.value().name() {
                // Drawings have titles too.
                "title" if head.title.is_none() && is_in_head(element) => {
                    head.title = not_blank(&element.text().collect::<String>());
                }
                "base" if head.base.is_none() => {
                    let base = element.attr("href").map(str::trim);
                    let is_path = |base: &&str| !base.contains(':') && !base.starts_with("//");
                    head.base = base.filter(is_path).map(decoded);
                }
                "meta" => match element.attr("name").map(str::to_ascii_lowercase).as_deref() {
                    Some("description") => head.summary = not_blank(content),
                    Some("keywords") => {
                        let words = content.split([',', ';']).map(one_line);
                        head.keywords = words.filter(|word| !word.is_empty()).collect();
                    }
                    _ => {}
                },
                "body" => {
                    let said = element.attr("lang").or(element.attr("xml:lang"));
                    head.language = head.language.or(said.map(str::to_owned));
                    break;
                }
                _ => {}
            }
        }
        head
    }
}

fn is_in_head(element: ElementRef<'_>) -> bool {
    let above = element.parent().and_then(ElementRef::wrap);
    above.is_some_and(|above| above.value().name() == "head")
}
