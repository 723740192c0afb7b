//! Places in a text that a ticket fills: `{{title}}`, `{{field.release}}`.

use super::BlockKind;

/// What a ticket can fill; in enquiries fields too, named by their key behind `field.`.
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
    }
}

const FIELD: &str = "field.";

/// The text with each place filled; what holds nothing is left out.
pub fn fill(text: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Place(name) => out.push_str(&value(name).unwrap_or_default()),
        }
    }
    out
}

/// The first place in a text of that kind that nothing can fill.
pub fn unknown(kind: BlockKind, text: &str) -> Option<&str> {
    pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Place(name) if !is_known(kind, name) => Some(name),
        _ => None,
    })
}

fn is_known(kind: BlockKind, name: &str) -> bool {
    let is_key =
        |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let has_fields = kind == BlockKind::VendorEnquiry;
    placeholders(kind).contains(&name) || has_fields && name.strip_prefix(FIELD).is_some_and(is_key)
}

enum Piece<'a> {
    Text(&'a str),
    Place(&'a str),
}

fn pieces(mut text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    while let Some((before, rest)) = text.split_once("{{") {
        let Some((name, after)) = rest.split_once("}}") else {
            break;
        };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Place(name.trim()));
        text = after;
    }
    pieces.push(Piece::Text(text));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_nothing_else() {
        let value = |name: &str| match name {
            "title" => Some("Bescheid {{number}}".to_owned()),
            "field.release" => Some("7.4.1".to_owned()),
            _ => None,
        };
        let text = "{{title}} im Stand {{ field.release }}, {{district}}{ {offen";
        assert_eq!(
            fill(text, value),
            "Bescheid {{number}} im Stand 7.4.1, { {offen"
        );
        assert_eq!(fill("{{title", value), "{{title");
    }

    #[test]
    fn a_place_nobody_knows_is_named() {
        let enquiry = |text| unknown(BlockKind::VendorEnquiry, text);
        assert_eq!(enquiry("{{title}} {{Titel}}"), Some("Titel"));
        assert_eq!(enquiry("{{field.}}"), Some("field."));
        assert_eq!(enquiry("{{field.error-class}} {{nummer"), None);
        let notice = |text| unknown(BlockKind::RequesterNotice, text);
        assert_eq!(notice("{{greeting}} {{release}}"), None);
        assert_eq!(notice("{{field.error-class}}"), Some("field.error-class"));
    }
}
