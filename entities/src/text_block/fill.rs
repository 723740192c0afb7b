//! Places in a text that a ticket fills: `{{title}}`, `{{field.release|the next version}}`, and passages that depend on it:
//! `{{if kind=incident}} … {{else}} … {{end}}`.

use std::ops::Range;

use super::BlockKind;
use crate::text::fold;

/// What a ticket can fill; fields too, named by their key behind `field.`, where the kind reaches them.
pub fn placeholders(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::VendorEnquiry => &[
            "title",
            "number",
            "service",
            "module",
            "description",
            "district",
        ],
        // What requesters never read, such as a field, is no place of theirs.
        BlockKind::RequesterNotice => {
            &["greeting", "name", "number", "title", "service", "release"]
        }
        BlockKind::Answer
        | BlockKind::Opening
        | BlockKind::Closing
        | BlockKind::Letterhead
        | BlockKind::PhoneScript => &[
            "greeting",
            "dear",
            "name",
            "address",
            "organisation",
            "number",
            "title",
            "service",
            "module",
            "district",
            "description",
            "today",
            "due",
            "reminder",
            "agent",
            "agent_email",
            "agent_phone",
            "team",
        ],
    }
}

const FIELD: &str = "field.";
/// Days from now, by the calendar and as people work: `today+14`, `workday+3`.
const AHEAD: [&str; 2] = ["today+", "workday+"];
const MOST_DAYS: u16 = 400;
/// Passages within passages.
const DEEPEST: usize = 4;

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault<'a> {
    /// A place that nothing can fill.
    Unknown(&'a str),
    /// A value that this condition never has.
    NeverSo(&'a str),
    /// `{{if …}}` without `{{end}}`, the other way round, or too many within each other.
    Unbalanced,
}

/// The first thing that is wrong with a text of that kind.
pub fn fault(kind: BlockKind, text: &str) -> Option<Fault<'_>> {
    let mut open: Vec<bool> = Vec::new();
    for (_, piece) in pieces(text) {
        match piece {
            Piece::Text => {}
            Piece::Place { name, .. } if !is_known(kind, name) => {
                return Some(Fault::Unknown(name));
            }
            Piece::Place { .. } => {}
            Piece::If { name, is } => {
                if open.len() == DEEPEST {
                    return Some(Fault::Unbalanced);
                }
                match (name, is) {
                    ("kind", Some(is)) if KINDS.contains(&is) => {}
                    ("language", Some("de" | "en")) => {}
                    ("kind" | "language", is) => {
                        return Some(Fault::NeverSo(is.unwrap_or(name)));
                    }
                    _ if is_known(kind, name) => {}
                    _ => return Some(Fault::Unknown(name)),
                }
                open.push(false);
            }
            Piece::Else => match open.last_mut() {
                Some(is_else) if !*is_else => *is_else = true,
                _ => return Some(Fault::Unbalanced),
            },
            Piece::End => {
                if open.pop().is_none() {
                    return Some(Fault::Unbalanced);
                }
            }
        }
    }
    (!open.is_empty()).then_some(Fault::Unbalanced)
}

/// Stored names of what a ticket is about.
const KINDS: [&str; 5] = [
    "incident",
    "service_request",
    "question",
    "change",
    "requirement",
];

/// Keys of the fields that a text names.
pub fn fields(text: &str) -> impl Iterator<Item = &str> {
    pieces(text)
        .into_iter()
        .filter_map(|(_, piece)| match piece {
            Piece::Place { name, .. } | Piece::If { name, .. } => name.strip_prefix(FIELD),
            _ => None,
        })
}

/// The days ahead that a place of a date names, and whether they are working days.
pub fn ahead(name: &str) -> Option<(u16, bool)> {
    AHEAD
        .into_iter()
        .zip([false, true])
        .find_map(|(begin, is_work)| {
            let days = name.strip_prefix(begin)?.trim().parse().ok()?;
            (1..=MOST_DAYS).contains(&days).then_some((days, is_work))
        })
}

/// The text with each place filled; what holds nothing and has nothing in its place is left out.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    filled(text, &value, |_, _| {}).0
}

/// The same; what holds nothing stays as it was written, to be filled by hand, and is told.
pub fn fill_or_leave(text: &str, value: impl Fn(&str) -> Option<String>) -> (String, Vec<String>) {
    filled(text, &value, |name, out| {
        out.push_str("{{");
        out.push_str(name);
        out.push_str("}}");
    })
}

/// One change that filling makes in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<'a> {
    /// Where it begins and ends, in bytes.
    pub begin: usize,
    pub end: usize,
    /// The place that is filled and what with; none where a passage or its mark goes.
    pub fills: Option<(&'a str, String)>,
}

/// What filling changes, in the order of the text, for texts that are kept in pieces; and the names of the places that
/// hold nothing and have nothing in their place: those stay as they are.
pub fn edits(text: &str, value: impl Fn(&str) -> Option<String>) -> (Vec<Edit<'_>>, Vec<String>) {
    let (mut edits, mut left) = (Vec::new(), Vec::new());
    walk(text, &value, |Range { start: begin, end }, done| {
        let fills = match done {
            Done::Said => return,
            Done::Gone => None,
            Done::Filled(name, with) => Some((name, with)),
            Done::Open(name) => return left.push(name.to_owned()),
        };
        edits.push(Edit { begin, end, fills });
    });
    (edits, left)
}

fn filled(
    text: &str,
    value: &impl Fn(&str) -> Option<String>,
    empty: impl Fn(&str, &mut String),
) -> (String, Vec<String>) {
    let mut out = String::with_capacity(text.len());
    let mut left = Vec::new();
    walk(text, value, |range, done| match done {
        Done::Said => out.push_str(&text[range]),
        Done::Gone => {}
        Done::Filled(_, with) => out.push_str(&with),
        Done::Open(name) => {
            empty(name, &mut out);
            left.push(name.to_owned());
        }
    });
    (out, left)
}

/// What becomes of a piece of a text.
enum Done<'a> {
    /// It stays as it is.
    Said,
    /// A mark of a passage, or what stands in one that does not hold.
    Gone,
    Filled(&'a str, String),
    /// Nothing fills it.
    Open(&'a str),
}

fn walk<'a>(
    text: &'a str,
    value: &impl Fn(&str) -> Option<String>,
    mut done: impl FnMut(Range<usize>, Done<'a>),
) {
    let held = |name: &str| value(name).filter(|value| !value.trim().is_empty());
    // Of each passage around: whether what is around it is said, whether its condition holds, and whether this is its other side.
    let mut around: Vec<(bool, bool, bool)> = Vec::new();
    let said = |around: &[(bool, bool, bool)]| {
        around
            .last()
            .is_none_or(|(outer, holds, is_else)| *outer && holds != is_else)
    };
    for (range, piece) in pieces(text) {
        let what = match piece {
            Piece::If { name, is } => {
                let outer = said(&around);
                let holds = match is {
                    Some(is) => value(name).is_some_and(|value| fold(&value) == fold(is)),
                    None => held(name).is_some(),
                };
                around.push((outer, holds, false));
                Done::Gone
            }
            Piece::Else => {
                if let Some((.., is_else)) = around.last_mut() {
                    *is_else = true;
                }
                Done::Gone
            }
            Piece::End => {
                around.pop();
                Done::Gone
            }
            _ if !said(&around) => Done::Gone,
            Piece::Text => Done::Said,
            Piece::Place { name, or } => match (held(name), or) {
                (Some(value), _) => Done::Filled(name, value),
                (None, Some(or)) => Done::Filled(name, or.to_owned()),
                (None, None) => Done::Open(name),
            },
        };
        done(range, what);
    }
}

/// The first place in a message that is still to be filled: where it begins and ends, in bytes, and its name.
pub fn open_place(text: &str) -> Option<(usize, usize, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("{{") {
        let begin = from + at;
        let inner = &text[begin + 2..];
        let length = inner.find("}}")?;
        let name = inner[..length].split('|').next().unwrap_or_default().trim();
        if is_known(BlockKind::Answer, name) || name.starts_with("if ") {
            return Some((begin, begin + 2 + length + 2, name));
        }
        from = begin + 2;
    }
    None
}

fn is_known(kind: BlockKind, name: &str) -> bool {
    let is_key =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let (has_fields, has_days) = match kind {
        BlockKind::VendorEnquiry => (true, false),
        BlockKind::RequesterNotice => (false, false),
        _ => (true, true),
    };
    placeholders(kind).contains(&name)
        || has_fields && name.strip_prefix(FIELD).is_some_and(is_key)
        || has_days && ahead(name).is_some()
}

enum Piece<'a> {
    Text,
    Place {
        name: &'a str,
        /// Said when nothing fills it.
        or: Option<&'a str>,
    },
    If {
        name: &'a str,
        is: Option<&'a str>,
    },
    Else,
    End,
}

/// The pieces of a text, each with where it begins and ends, in bytes.
fn pieces(text: &str) -> Vec<(Range<usize>, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some((before, rest)) = text[from..].split_once("{{") {
        let Some((inner, _)) = rest.split_once("}}") else {
            break;
        };
        let begin = from + before.len();
        let end = begin + 2 + inner.len() + 2;
        pieces.push((from..begin, Piece::Text));
        let inner = inner.trim();
        let piece = match inner.split_once(char::is_whitespace) {
            Some(("if", condition)) => match condition.split_once('=') {
                Some((name, is)) => Piece::If {
                    name: name.trim(),
                    is: Some(is.trim()),
                },
                None => Piece::If {
                    name: condition.trim(),
                    is: None,
                },
            },
            None if inner == "else" => Piece::Else,
            None if inner == "end" => Piece::End,
            _ => match inner.split_once('|') {
                Some((name, or)) => Piece::Place {
                    name: name.trim(),
                    or: Some(or.trim()),
                },
                None => Piece::Place {
                    name: inner,
                    or: None,
                },
            },
        };
        pieces.push((begin..end, piece));
        from = end;
    }
    pieces.push((from..text.len(), Piece::Text));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(name: &str) -> Option<String> {
        match name {
            "title" => Some("Bescheid {{number}}".to_owned()),
            "kind" => Some("incident".to_owned()),
            "service" => Some("KITA-Netz".to_owned()),
            "field.release" => Some("7.4.1".to_owned()),
            "district" => Some(" ".to_owned()),
            _ => None,
        }
    }

    #[test]
    fn places_are_filled_and_nothing_else() {
        let text = "{{title}} im Stand {{ field.release }}, {{district}}{ {offen";
        assert_eq!(
            fill(text, value),
            "Bescheid {{number}} im Stand 7.4.1, { {offen"
        );
        assert_eq!(fill("{{title", value), "{{title");
    }

    #[test]
    fn an_empty_place_says_what_stands_in_its_place_or_stays() {
        assert_eq!(fill("ab {{due|bald}}", value), "ab bald");
        let left = fill_or_leave("{{due}} {{due|bald}} {{ field.x }}", value);
        let names = vec!["due".to_owned(), "field.x".to_owned()];
        assert_eq!(left, ("{{due}} bald {{field.x}}".to_owned(), names));
        assert_eq!(open_place("{{x}} am {{due}}."), Some((9, 16, "due")));
        assert_eq!(open_place("{{x}} und {{"), None);
    }

    #[test]
    fn what_filling_changes_is_told_by_its_place() {
        let text = "a {{title|b}}{{if district}}c{{end}}{{due}}";
        let (edits, left) = edits(text, value);
        let edit = |begin, end, fills: Option<(&'static str, &str)>| Edit {
            begin,
            end,
            fills: fills.map(|(name, with)| (name, with.to_owned())),
        };
        assert_eq!(
            edits,
            [
                edit(2, 13, Some(("title", "Bescheid {{number}}"))),
                edit(13, 28, None),
                edit(28, 29, None),
                edit(29, 36, None),
            ]
        );
        assert_eq!(left, ["due"]);
    }

    #[test]
    fn a_passage_is_said_where_it_holds() {
        let text = "{{if kind=incident}}a{{if service=kita-netz}}b{{else}}c{{end}}{{else}}d{{end}}{{if district}}e{{end}}";
        assert_eq!(fill(text, value), "ab");
        assert_eq!(
            fill(
                "{{if kind=change}}a{{if title}}b{{end}}{{else}}d{{end}}",
                value
            ),
            "d"
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        let answer = |text| fault(BlockKind::Answer, text);
        assert_eq!(answer("{{greeting}} {{workday+3}} {{today+14|bald}}"), None);
        assert_eq!(answer("{{today+0}}"), Some(Fault::Unknown("today+0")));
        assert_eq!(
            answer("{{if kind=fault}}{{end}}"),
            Some(Fault::NeverSo("fault"))
        );
        for text in [
            "{{if title}}",
            "{{end}}",
            "{{if title}}{{else}}{{else}}{{end}}",
            "{{if title}}{{if title}}{{if title}}{{if title}}{{if title}}{{end}}{{end}}{{end}}{{end}}{{end}}",
        ] {
            assert_eq!(answer(text), Some(Fault::Unbalanced), "{text}");
        }
        let enquiry = |text| fault(BlockKind::VendorEnquiry, text);
        assert_eq!(
            enquiry("{{title}} {{Titel}}"),
            Some(Fault::Unknown("Titel"))
        );
        assert_eq!(enquiry("{{field.}}"), Some(Fault::Unknown("field.")));
        assert_eq!(enquiry("{{field.error-class}} {{nummer"), None);
        let notice = |text| fault(BlockKind::RequesterNotice, text);
        assert_eq!(notice("{{greeting}} {{release}}"), None);
        assert_eq!(
            notice("{{field.error-class}}"),
            Some(Fault::Unknown("field.error-class"))
        );
        assert_eq!(
            fields("{{field.a}} {{if field.b}}{{end}}").collect::<Vec<_>>(),
            ["a", "b"]
        );
    }
}
