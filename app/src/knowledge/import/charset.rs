//! Bytes of a page as text: what it says of its character set is believed when its bytes do not say otherwise.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A text and, when it was none of UTF-8, in what it was written.
pub fn decode(bytes: &[u8]) -> (String, Option<&'static str>) {
    let said = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => Some(encoding),
        None => said(bytes),
    };
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    // Pages that are valid UTF-8 are nothing else by chance, whatever a template says.
    let encoding = match (said, is_utf8) {
        (Some(other), true) if !other.is_single_byte() => other,
        (_, true) => UTF_8,
        (Some(said), false) if said != UTF_8 => said,
        (_, false) => WINDOWS_1252,
    };
    let (text, used, _) = encoding.decode(bytes);
    let name = (used != UTF_8).then(|| used.name());
    (text.replace("\r\n", "\n"), name)
}

/// What the head of a page says.
fn said(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_ascii_lowercase();
    ["charset", "encoding"].iter().find_map(|name| {
        let (_, rest) = start.split_once(name)?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let is_label = |c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c);
        let end = rest.find(|c| !is_label(c)).unwrap_or(rest.len());
        // Whoever could read this label has not read it in two bytes a letter.
        Encoding::for_label(&rest.as_bytes()[..end]).filter(|said| said.is_ascii_compatible())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_what_they_are_written_in_and_may_be_wrong() {
        let latin = b"<meta charset=iso-8859-1>Gr\xf6\xdfe";
        assert_eq!(decode(latin).0, "<meta charset=iso-8859-1>Größe");
        assert_eq!(decode(latin).1, Some("windows-1252"));
        let lie = "<meta charset=iso-8859-1>Größe".as_bytes();
        assert_eq!(decode(lie).1, None);
        assert_eq!(
            decode(b"<?xml encoding='utf-8'?>\xf6").0,
            "<?xml encoding='utf-8'?>ö"
        );
        assert_eq!(decode(b"\xff\xfea\0b\0").0, "ab");
        assert_eq!(decode(b"").0, "");
    }
}
