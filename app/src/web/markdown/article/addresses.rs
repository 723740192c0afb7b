//! The addresses in the text of an article, each where it stands, so that they can be written anew and nothing else changes.

use std::ops::Range;

use entities::article::passages;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::OPTIONS;
use super::headings::{Heading, Headings, said};

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    /// A link to it.
    There,
    /// An image of what is there.
    Image,
}

/// The text with the addresses that `anew` gives in place of those it has; `None` leaves one as it is.
pub fn rewritten(text: &str, mut anew: impl FnMut(Leads, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    // The lines that mark passages are none of Markdown's.
    for passage in passages(text) {
        let at = passage.text.as_ptr() as usize - text.as_ptr() as usize;
        out.push_str(&text[done..at]);
        rewrite(passage.text, &mut anew, &mut out);
        done = at + passage.text.len();
    }
    out + &text[done..]
}

fn rewrite(text: &str, anew: &mut impl FnMut(Leads, &str) -> Option<String>, out: &mut String) {
    let mut places: Vec<(Range<usize>, String)> = Vec::new();
    let parser = Parser::new_ext(text, OPTIONS);
    let mut definitions: Vec<_> = parser.reference_definitions().iter().collect();
    // In the order of the text: what is asked for on the way is remembered in it.
    definitions.sort_by_key(|(_, definition)| definition.span.start);
    for (_, definition) in definitions {
        let line = &text[definition.span.clone()];
        let place = line.find("]:").and_then(|at| destination(line, at + 2));
        if let Some(place) = place
            && let Some(address) = anew(Leads::There, &definition.dest)
        {
            places.push((shifted(place, definition.span.start), address));
        }
    }
    for (event, range) in parser.into_offset_iter() {
        let (leads, link_type, address) = match &event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => (Leads::There, *link_type, dest_url),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => (Leads::Image, *link_type, dest_url),
            _ => continue,
        };
        if link_type != LinkType::Inline {
            continue;
        }
        let part = &text[range.clone()];
        let place = part.rfind("](").and_then(|at| destination(part, at + 2));
        if let Some(place) = place
            && let Some(address) = anew(leads, address)
        {
            places.push((shifted(place, range.start), address));
        }
    }
    places.sort_by_key(|(place, _)| place.start);
    let mut done = 0;
    for (place, address) in places {
        // What overlaps was no address of its own.
        if place.start < done {
            continue;
        }
        out.push_str(&text[done..place.start]);
        out.push_str(&address);
        done = place.end;
    }
    out.push_str(&text[done..]);
}

fn shifted(place: Range<usize>, by: usize) -> Range<usize> {
    place.start + by..place.end + by
}

/// Where an address stands that begins behind `from`, pointed brackets around it too.
fn destination(part: &str, from: usize) -> Option<Range<usize>> {
    let rest = &part[from..];
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = &part[start..];
    if rest.starts_with('<') {
        let end = rest.find('>')?;
        return Some(start..start + end + 1);
    }
    let mut open = 0_usize;
    let mut escaped = false;
    let end = rest.find(|c: char| {
        let ends = match c {
            _ if escaped => false,
            '(' => {
                open += 1;
                false
            }
            ')' if open == 0 => true,
            ')' => {
                open -= 1;
                false
            }
            c => c.is_whitespace(),
        };
        escaped = c == '\\' && !escaped;
        ends
    });
    let end = start + end.unwrap_or(rest.len());
    (end > start).then_some(start..end)
}

/// The headings of a text with their ids, in its order.
pub fn headings(text: &str) -> Vec<Heading> {
    let mut headings = Headings::default();
    let mut within: Option<(u8, Vec<Event<'_>>)> = None;
    let passages = passages(text).into_iter();
    for event in passages.flat_map(|passage| Parser::new_ext(passage.text, OPTIONS)) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => within = Some((level as u8, Vec::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, inner)) = within.take() {
                    headings.add(level.max(2), said(&inner));
                }
            }
            other => {
                if let Some((_, inner)) = &mut within {
                    inner.push(super::plain(other));
                }
            }
        }
    }
    headings.all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_change_and_nothing_else_does() {
        let text = "[a](b.md \"t\") ![c](<d e.png>) [![f](g.png)](h.md)\n\n[i][j] `[k](l.md)`\n\n[j]: m.md \"n\"\n";
        let mut seen = Vec::new();
        let anew = rewritten(text, |leads, address| {
            seen.push((leads, address.to_owned()));
            Some(format!("/{}", address.replace(' ', "_")))
        });
        assert_eq!(
            anew,
            "[a](/b.md \"t\") ![c](/d_e.png) [![f](/g.png)](/h.md)\n\n[i][j] `[k](l.md)`\n\n[j]: /m.md \"n\"\n"
        );
        assert_eq!(
            seen.iter()
                .filter(|(leads, _)| *leads == Leads::Image)
                .count(),
            2
        );
        assert_eq!(rewritten(text, |_, _| None), text);
    }

    #[test]
    fn headings_have_the_ids_that_readers_see() {
        let text = "# A\n\n## *A* `b`\n\nx\n\n# A";
        let shown = super::super::render(
            crate::locale::Locale::De,
            text,
            super::super::Anchors::Shown,
            &Default::default(),
        );
        assert_eq!(headings(text), shown.headings);
    }
}
