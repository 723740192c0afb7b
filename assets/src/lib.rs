//! The files a browser needs, embedded: style sheet, scripts, icons and fonts under names that carry their content; and the
//! fonts letters are set in.

use std::sync::LazyLock;

/// One file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// The name our code knows, such as `desk.css`.
    pub name: &'static str,
    /// The last part of the address, with the hash of the content: `desk.0123456789abcdef.css`.
    pub file: &'static str,
    /// The address from the root of the site.
    pub url: &'static str,
    pub content_type: &'static str,
    /// Strong entity tag of `bytes`, with its quotes.
    pub etag: &'static str,
    pub bytes: &'static [u8],
    /// The same content in brotli; fonts have none, they are compressed already.
    pub br: Option<Coded>,
    /// The same content in gzip.
    pub gzip: Option<Coded>,
}

/// A file in one content coding, which has an entity tag of its own.
#[derive(Debug)]
pub struct Coded {
    pub etag: &'static str,
    pub bytes: &'static [u8],
}

/// Every file, fonts first.
pub static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The fonts of letters, as TrueType: the desk's own face upright, slanted and bold, then those that have what it lacks.
pub static LETTER_FONTS: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/letter_fonts.rs"));

/// The address of a file by the name our code knows.
///
/// # Panics
/// When no such file is built. Names are literals, so the first test of a page finds it.
#[must_use]
pub fn url(name: &str) -> &'static str {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) => asset.url,
        None => panic!("no asset is named {name}"),
    }
}

/// The file behind the last part of an address; `None` for a wrong or outdated hash.
#[must_use]
pub fn find(file: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.file == file)
}

/// The mark in the browser's tab, as an address that holds it: a first view asks for one file less.
pub static FAVICON: LazyLock<String> = LazyLock::new(|| {
    let mark = include_str!("../favicon.svg");
    let lines = mark.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let safe = lines
        .replace('"', "'")
        .replace('#', "%23")
        .replace('<', "%3C")
        .replace('>', "%3E");
    format!("data:image/svg+xml,{safe}")
});

/// Whether the sprite holds this symbol, such as `i-home` or `g-open`.
#[must_use]
pub fn has_icon(id: &str) -> bool {
    let sprite = ASSETS.iter().find(|asset| asset.name == "icons.svg");
    let text = sprite.and_then(|asset| std::str::from_utf8(asset.bytes).ok());
    text.is_some_and(|text| text.contains(&format!(" id=\"{id}\"")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn text(name: &str) -> &'static str {
        std::str::from_utf8(
            find(url(name).trim_start_matches("/assets/"))
                .unwrap()
                .bytes,
        )
        .unwrap()
    }

    #[test]
    fn every_font_in_the_style_sheet_is_served() {
        let addresses: Vec<&str> = text("desk.css")
            .split("url(\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert_eq!(addresses.len(), 8);
        for address in addresses {
            assert!(find(address).is_some(), "{address}");
        }
    }

    #[test]
    fn the_fonts_of_letters_are_truetype() {
        assert_eq!(LETTER_FONTS.len(), 5);
        for font in LETTER_FONTS {
            assert!(font.starts_with(b"\0\x01\0\0"), "{} bytes", font.len());
        }
    }

    #[test]
    fn every_token_in_use_is_defined() {
        let css = text("desk.css");
        let used: Vec<&str> = css
            .split("var(")
            .skip(1)
            .map(|rest| rest.split([',', ')']).next().unwrap())
            .collect();
        assert!(used.len() > 500);
        for name in used {
            let local = ["--c", "--b", "--d", "--f", "--ft"].contains(&name);
            assert!(
                local || css.contains(&format!("{name}:")),
                "{name} is used but never defined"
            );
        }
    }

    #[test]
    fn the_style_sheet_begins_with_its_layers_and_is_balanced() {
        let css = text("desk.css");
        assert!(css.starts_with("@layer kern,tokens,base,shell,parts,pages,theme,reach,print;"));
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }

    #[test]
    fn an_address_changes_with_its_content() {
        assert!(find("desk.css").is_none());
        assert!(find("desk.0000000000000000.css").is_none());
        let hashes: std::collections::BTreeSet<&str> =
            ASSETS.iter().map(|asset| asset.etag).collect();
        assert_eq!(hashes.len(), ASSETS.len());
    }

    #[test]
    fn the_first_view_stays_small() {
        let later = ["-ext", "italic", "editor", "ticket", "letter"];
        let first = ASSETS
            .iter()
            .filter(|asset| !later.iter().any(|name| asset.name.contains(name)));
        let wire: usize = first
            .map(|asset| asset.br.as_ref().map_or(asset.bytes, |br| br.bytes).len())
            .sum();
        assert!(wire < 134_000, "{wire} bytes");
        for (name, most_kib) in [("desk.js", 24), ("ticket.js", 4), ("editor.js", 3)] {
            let script = ASSETS.iter().find(|asset| asset.name == name).unwrap();
            let script = script.gzip.as_ref().unwrap().bytes.len();
            assert!(script < most_kib * 1024, "{name}: {script} bytes");
        }
    }

    #[test]
    fn the_sprite_holds_a_sign_for_every_state() {
        for id in [
            "g-new",
            "g-open",
            "g-waiting",
            "g-vendor",
            "g-solved",
            "g-closed",
            "g-merged",
            "g-p1",
            "g-p4",
            "g-late",
        ] {
            assert!(has_icon(id), "{id}");
        }
        assert!(!has_icon("g-"));
    }
}
