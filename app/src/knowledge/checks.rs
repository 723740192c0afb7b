//! What makes a text hard to read, said while it is written. Nothing of it keeps anybody from saving.

use maud::{Markup, html};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::web::cx::Cx;
use crate::web::parts::glyph;

/// The sheet's part, `#article-checks`.
pub const CHECKS: &str = "article-checks";

/// More words than that in a sentence are many.
const MANY_WORDS: usize = 18;
/// A text of more words than that wants headings.
const LONG_TEXT: usize = 250;

/// What was counted in a text.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    words: usize,
    sentences: usize,
    headings: usize,
    /// A heading stands more than one level below the one before it.
    skips: bool,
    images: usize,
    /// Images without words for those who do not see them.
    unnamed: usize,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let mut counts = Counts::default();
        let mut level = 2;
        let mut image: Option<String> = None;
        let mut said = String::new();
        let mut is_code = false;
        for event in Parser::new(text) {
            match event {
                Event::Start(Tag::Heading { level: here, .. }) => {
                    let here = (here as usize).max(2);
                    counts.headings += 1;
                    counts.skips |= here > level + 1;
                    level = here;
                }
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Start(Tag::Image { .. }) => image = Some(String::new()),
                Event::End(TagEnd::Image) => {
                    counts.images += 1;
                    let words = image.take().unwrap_or_default();
                    counts.unnamed += usize::from(words.trim().is_empty());
                }
                Event::Text(words) | Event::Code(words) if !is_code => match &mut image {
                    Some(image) => image.push_str(&words),
                    None => said.push_str(&words),
                },
                Event::SoftBreak | Event::HardBreak => said.push(' '),
                Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                    counts.add(&std::mem::take(&mut said))
                }
                // What is no sentence is not counted as one.
                Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => said.clear(),
                _ => {}
            }
        }
        counts
    }

    fn add(&mut self, said: &str) {
        let words = said
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphanumeric));
        let mut ends = false;
        let mut here = 0;
        for word in words {
            here += 1;
            ends = word.ends_with(['.', '!', '?', ':', '…']) && word.chars().count() > 3;
            self.sentences += usize::from(ends);
        }
        self.sentences += usize::from(here > 0 && !ends);
        self.words += here;
    }

    fn words_a_sentence(&self) -> usize {
        self.words.checked_div(self.sentences).unwrap_or(0)
    }
}

/// What is fine and what is not, each a line.
pub fn checks(cx: &Cx, body: &str) -> Markup {
    let counts = Counts::of(body);
    let line = |is_fine: bool, words: String| {
        let (sign, state) = match is_fine {
            true => ("done", None),
            false => ("hold", Some("waiting")),
        };
        html! { li data-state=[state] { (glyph(sign)) span { (words) } } }
    };
    let length = counts.words_a_sentence();
    html! {
        section id=(CHECKS) class="facts__in pad-t" aria-labelledby="article-checks-title" {
            h2 id="article-checks-title" class="facts__h" { (cx.t("article-checks")) }
            ul class="checks" role="list" {
                @if counts.words == 0 {
                    li class="muted" { (cx.t("article-checks-empty")) }
                } @else {
                    (line(length <= MANY_WORDS, cx.locale.t_with("article-checks-sentences", &[("count", length.into())])))
                    @if counts.headings == 0 && counts.words > LONG_TEXT { (line(false, cx.t("article-checks-no-headings"))) }
                    @if counts.headings > 0 {
                        (line(!counts.skips, cx.t(if counts.skips { "article-checks-skips" } else { "article-checks-headings" })))
                    }
                    @if counts.images > 0 {
                        (line(counts.unnamed == 0, match counts.unnamed {
                            0 => cx.t("article-checks-images"),
                            unnamed => cx.locale.t_with("article-checks-unnamed", &[("count", unnamed.into())]),
                        }))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_counted_in_paragraphs_and_lists_alone() {
        let text = "# Eine Überschrift hat keinen Satz\n\nErster Satz. Zweiter Satz!\n\n- ein Punkt\n- noch einer\n\n```\nls -l\n```\n";
        let counts = Counts::of(text);
        assert_eq!((counts.words, counts.sentences), (8, 4));
        assert_eq!(counts.words_a_sentence(), 2);
    }

    #[test]
    fn short_forms_end_no_sentence() {
        assert_eq!(Counts::of("Das gilt z. B. für Berlin.").sentences, 1);
    }

    #[test]
    fn levels_left_out_and_pictures_without_words_are_found() {
        let counts = Counts::of("## A\n\n#### B\n\n![](files/a.png) ![Maske](files/b.png)");
        assert!(counts.skips);
        assert_eq!((counts.images, counts.unnamed), (2, 1));
    }

    #[test]
    fn nothing_has_nothing() {
        assert_eq!(Counts::of(""), Counts::default());
        assert_eq!(Counts::default().words_a_sentence(), 0);
    }
}
