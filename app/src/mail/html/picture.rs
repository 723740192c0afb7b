//! Pictures of a page: which lie in the mail itself, how large they are, and which only count who reads.

use super::tree::Element;
use super::{css, host};

/// A picture in the file store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub sha256: String,
    /// Width and height in pixels, when the bytes tell.
    pub size: Option<(u32, u32)>,
}

/// Larger ones are not believed.
const MOST_PIXELS: u32 = 20_000;

/// Takes pictures that stand in the page as base64 out of it; `data:N` stays in their place.
pub(super) fn take_embedded(html: &str) -> (String, Vec<String>) {
    let mut pieces = html.split("data:image/");
    let mut page = pieces.next().unwrap_or_default().to_owned();
    let mut embedded = Vec::new();
    for piece in pieces {
        let end = piece
            .find(['"', '\'', ')', '>', '<'])
            .unwrap_or(piece.len());
        let (address, rest) = piece.split_at(end);
        page.push_str(&format!("data:{}", embedded.len()));
        embedded.push(format!("data:image/{address}"));
        page.push_str(rest);
    }
    (page, embedded)
}

/// Where a picture comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source<'a> {
    /// The mail itself or the file store.
    Own(&'a str),
    /// The net.
    Remote(&'a str),
    None,
}

pub(super) fn source(image: &Element) -> Source<'_> {
    let given = image.attribute("src").map(str::trim).unwrap_or_default();
    let address = match given {
        "" => image
            .attribute("srcset")
            .and_then(|set| set.split_whitespace().next())
            .unwrap_or_default(),
        given => given,
    };
    let scheme = address.split(':').next().unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "cid" | "data" | "lotse-file" => Source::Own(address),
        "http" | "https" => Source::Remote(address),
        _ => Source::None,
    }
}

/// Parts of addresses that newsletters and sales tools count with.
const COUNTERS: [&str; 12] = [
    "/track/open",
    "/open.php",
    "/open.gif",
    "/wf/open",
    "/o.gif",
    "/pixel",
    "/trk?",
    "/beacon",
    "/e2t/o",
    "/email-open",
    "mailtrack.",
    "/tracking/open",
];

/// Whether a remote picture shows nothing and only tells that the mail was read.
pub(super) fn is_pixel(image: &Element, address: &str) -> bool {
    let style = image.attribute("style").unwrap_or_default();
    if css::hides(style) || image.attribute("hidden").is_some() {
        return true;
    }
    let side = |name: &str| {
        let attribute = image.attribute(name).and_then(length);
        attribute
            .map(|n| n as f32)
            .or_else(|| css::pixels(style, name))
    };
    let is_tiny = |side: Option<f32>| side.is_some_and(|n| n <= 2.0);
    if is_tiny(side("width")) && is_tiny(side("height")) {
        return true;
    }
    let lower = address.to_ascii_lowercase();
    COUNTERS.iter().any(|part| lower.contains(part))
}

/// The address of whoever counts.
pub(super) fn counter(address: &str) -> Option<String> {
    host(address)
}

/// Width and height to keep a place for it: as the page says, else as the bytes say.
pub(super) fn shown_size(image: &Element, picture: &Picture) -> Option<(u32, u32)> {
    let style = image.attribute("style").unwrap_or_default();
    let side = |name: &str| {
        let said = image.attribute(name).and_then(length);
        let said = said.or_else(|| css::pixels(style, name).map(|n| n.round() as u32));
        said.filter(|n| (1..=MOST_PIXELS).contains(n))
    };
    let scaled = |of: u32, by: u32, from: u32| {
        let sized = u64::from(of) * u64::from(by) / u64::from(from.max(1));
        u32::try_from(sized.max(1)).unwrap_or(MOST_PIXELS)
    };
    match (side("width"), side("height"), picture.size) {
        (Some(width), Some(height), _) => Some((width, height)),
        (Some(width), None, Some((w, h))) => Some((width, scaled(h, width, w))),
        (None, Some(height), Some((w, h))) => Some((scaled(w, height, h), height)),
        (None, None, size) => size,
        _ => None,
    }
}

/// `640` or `640px`.
fn length(value: &str) -> Option<u32> {
    let value = value.trim();
    let digits = value.strip_suffix("px").unwrap_or(value);
    digits.trim().parse::<f32>().ok().map(|n| n.round() as u32)
}

/// Width and height of a PNG, GIF, JPEG or WebP by its first bytes.
#[must_use]
pub fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match bytes {
        [0x89, b'P', b'N', b'G', ..] => (number(bytes, 16, 4)?, number(bytes, 20, 4)?),
        [b'G', b'I', b'F', b'8', ..] => (little(bytes, 6, 2)?, little(bytes, 8, 2)?),
        [0xff, 0xd8, ..] => jpeg(bytes)?,
        [b'R', b'I', b'F', b'F', ..] => webp(bytes)?,
        _ => return None,
    };
    let is_sound = |side: u32| (1..=MOST_PIXELS).contains(&side);
    (is_sound(size.0) && is_sound(size.1)).then_some(size)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let part = bytes.get(at..at + length)?;
    Some(part.iter().fold(0, |n, byte| n << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let part = bytes.get(at..at + length)?;
    let from_end = part.iter().rev();
    Some(from_end.fold(0, |n, byte| n << 8 | u32::from(*byte)))
}

/// The frame header stands behind segments of told length.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            0xc4 | 0xc8 | 0xcc => at += 2 + number(bytes, at + 2, 2)? as usize,
            0xc0..=0xcf => return Some((number(bytes, at + 7, 2)?, number(bytes, at + 5, 2)?)),
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => at += 2 + number(bytes, at + 2, 2)? as usize,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(8..16)? {
        b"WEBPVP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"WEBPVP8L" => {
            let packed = little(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        b"WEBPVP8 " => Some((
            little(bytes, 26, 2)? & 0x3fff,
            little(bytes, 28, 2)? & 0x3fff,
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x06";
        assert_eq!(size_of(png), Some((640, 480)));
        assert_eq!(size_of(b"GIF89a\x0a\0\x05\0\xf0"), Some((10, 5)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x64\0\xc8\x03";
        assert_eq!(size_of(jpeg), Some((200, 100)));
        assert_eq!(
            size_of(b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0"),
            Some((100, 50))
        );
        for broken in [
            &b""[..],
            b"\x89PNG",
            b"\xff\xd8\xff\xe0\0\0",
            b"\xff\xd8\xff\xff",
            b"RIFF",
            b"<svg>",
        ] {
            assert_eq!(size_of(broken), None);
        }
    }
}
