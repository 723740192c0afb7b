//! Keeps pages that are built to exhaust a parser within bounds: depth, and formatting that is opened again and again.

/// More open elements than any mail program nests.
const MOST_OPEN: usize = 200;

/// Open formatting is opened anew in every block; more than this says nothing more.
const MOST_FORMATTING: usize = 20;

/// What one page may cost: one for each tag, and one for each formatting that is open there.
const MOST_COST: usize = 600_000;

/// The page without tags that go too far, and whether it was cut.
pub(super) fn within_bounds(html: &str) -> (String, bool) {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<Open> = Vec::new();
    let (mut at, mut copied, mut cost) = (0, 0, 0);
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        if html[start..].starts_with("<!--") {
            at = html[start..]
                .find("-->")
                .map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let inner = &html[start + 1..];
        let (is_end, named) = match inner.strip_prefix('/') {
            Some(named) => (true, named),
            None => (false, inner),
        };
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = start + 1;
            continue;
        }
        let end = start + 1 + tag_length(inner);
        let name = Name::of(named);
        at = end;
        if is_end {
            close(&mut open, name);
            continue;
        }
        let formatting = open
            .iter()
            .filter(|one| one.kind == Kind::Formatting)
            .count();
        cost += 1 + formatting;
        if cost > MOST_COST {
            out.push_str(&html[copied..start]);
            return (out, true);
        }
        let kind = name.kind();
        match kind {
            Kind::EndsItself => continue,
            Kind::Raw(raw) => {
                at = end_of_raw(html, end, raw);
                continue;
            }
            Kind::Cell => leave_cell(&mut open),
            Kind::Formatting | Kind::Table | Kind::Nests => {}
        }
        let is_too_much = kind == Kind::Formatting && formatting >= MOST_FORMATTING;
        if open.len() >= MOST_OPEN || is_too_much {
            out.push_str(&html[copied..start]);
            copied = end;
            continue;
        }
        open.push(Open { name, kind });
    }
    out.push_str(&html[copied..]);
    (out, false)
}

/// The first letters of a name in lower case; longer names are of no interest here.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name([u8; 12]);

impl Name {
    fn of(text: &str) -> Name {
        let mut name = [0; 12];
        let letters = text
            .bytes()
            .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/'));
        for (to, from) in name.iter_mut().zip(letters) {
            *to = from.to_ascii_lowercase();
        }
        Name(name)
    }

    fn is_one_of(self, names: &[&str]) -> bool {
        names.iter().any(|name| Name::of(name) == self)
    }

    fn kind(self) -> Kind {
        if let Some(raw) = RAW.into_iter().find(|name| Name::of(name) == self) {
            Kind::Raw(raw)
        } else if self.is_one_of(&FORMATTING) {
            Kind::Formatting
        } else if self.is_one_of(&["td", "th", "caption"]) {
            Kind::Cell
        } else if self == Name::of("table") {
            Kind::Table
        } else if self.is_one_of(&END_THEMSELVES) {
            Kind::EndsItself
        } else {
            Kind::Nests
        }
    }
}

/// Elements that a parser opens anew in each block.
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end by themselves or hold nothing.
const END_THEMSELVES: [&str; 25] = [
    "p", "li", "dt", "dd", "tr", "tbody", "thead", "tfoot", "colgroup", "col", "option", "br",
    "hr", "img", "wbr", "input", "meta", "link", "base", "area", "param", "source", "html", "head",
    "body",
];

/// Elements whose content is no tags.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// How an element takes part in the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Formatting,
    Cell,
    Table,
    Nests,
    EndsItself,
    Raw(&'static str),
}

struct Open {
    name: Name,
    kind: Kind,
}

/// The length of a tag with its end, which may stand in quotes before.
fn tag_length(inner: &str) -> usize {
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if at > 0 && inner.as_bytes()[at - 1] == b'=' => {
                quote = Some(byte)
            }
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    inner.len()
}

fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</").map(|found| at + found) {
        if Name::of(&html[found + 2..]) == Name::of(name) {
            return found;
        }
        at = found + 2;
    }
    html.len()
}

/// As a parser does: formatting and blocks end only within their cell.
fn close(open: &mut Vec<Open>, name: Name) {
    let is_table = name == Name::of("table");
    for at in (0..open.len()).rev() {
        let here = &open[at];
        if here.name == name {
            if here.kind == Kind::Formatting {
                open.remove(at);
            } else {
                open.truncate(at);
            }
            return;
        }
        if here.kind == Kind::Table || here.kind == Kind::Cell && !is_table {
            return;
        }
    }
}

/// A new cell ends the one before it in the same table.
fn leave_cell(open: &mut Vec<Open>) {
    let last = open
        .iter()
        .rposition(|one| matches!(one.kind, Kind::Cell | Kind::Table));
    if let Some(at) = last.filter(|at| open[*at].kind == Kind::Cell) {
        open.truncate(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_pages_stay_as_they_are() {
        let page = "<html><body><!-- <b> --><p>a<p title=\"</b>\">b<table><tr><td><b>c<td>d</table><style>a>b{}</style><br>e";
        assert_eq!(within_bounds(page), (page.to_owned(), false));
    }

    #[test]
    fn depth_and_formatting_have_an_end() {
        let (deep, _) = within_bounds(&"<div>".repeat(10_000));
        assert_eq!(deep.matches("<div>").count(), MOST_OPEN);
        let (fonts, _) =
            within_bounds(&"<font color=1><table><td></font></td></table>".repeat(1000));
        assert_eq!(fonts.matches("<font").count(), MOST_FORMATTING);
        let (_, is_cut) = within_bounds(&"<b><i><u><font><p>".repeat(100_000));
        assert!(is_cut);
    }
}
