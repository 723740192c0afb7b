//! Addresses of pages in running text: where they begin and where the sentence goes on.

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// Begins with `http://` or `https://`.
    Address(&'a str),
}

/// The text in its parts, none of them empty.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = begin(rest) {
        let end = rest[start..]
            .find(|c: char| c.is_whitespace() || "<>\"“”„".contains(c))
            .map_or(rest.len(), |at| start + at);
        let address = trimmed(&rest[start..end]);
        if start > 0 {
            out.push(Piece::Text(&rest[..start]));
        }
        out.push(Piece::Address(address));
        rest = &rest[start + address.len()..];
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    out
}

/// Where the next address begins.
fn begin(text: &str) -> Option<usize> {
    let mut found = text.match_indices("http");
    let (at, _) = found.find(|(at, _)| {
        let after = &text[at + "http".len()..];
        after.strip_prefix('s').unwrap_or(after).starts_with("://")
    })?;
    Some(at)
}

/// A full stop or closing bracket at the end belongs to the sentence.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        let shorter = match shorter.strip_suffix(')') {
            Some(inner) if inner.matches('(').count() <= inner.matches(')').count() => inner,
            _ => shorter,
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let found = pieces("http: siehe (https://amt.example/a(b)), „http://b.example“!");
        assert_eq!(
            found,
            [
                Piece::Text("http: siehe ("),
                Piece::Address("https://amt.example/a(b)"),
                Piece::Text("), „"),
                Piece::Address("http://b.example"),
                Piece::Text("“!"),
            ]
        );
    }
}
