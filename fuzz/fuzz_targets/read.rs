//! Any bytes are read without a panic, twice the same, and leave nothing dangerous in names and pages.
#![no_main]
#![allow(dead_code, unused_imports)]

#[path = "../../app/src/mail/html/mod.rs"]
mod html;
#[path = "../../app/src/mail/quote.rs"]
mod quote;
#[path = "../../app/src/mail/read/mod.rs"]
mod read;

mod mail {
    pub(crate) use crate::{quote, read};
}

use html::{Images, Pictures, original, reduce};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let first = read::read(raw);
    assert_eq!(first, read::read(raw), "reading twice gives the same");
    let Ok(mail) = first else { return };
    assert!(!mail.text.contains('\0'));
    for file in &mail.attachments {
        assert!(!file.name.is_empty());
        assert!(!file.name.contains(['/', '\\', '\r', '\n', '\0']));
    }
    let _ = read::suppressed_by(&mail);
    let Some(html) = &mail.html else { return };
    let reduced = reduce(html, &mut |_| None);
    assert_eq!(reduced, reduce(html, &mut |_| None));
    assert!(!reduced.html.contains("<script"));
    let page = original(html, Images::Blocked, &Pictures::default());
    assert!(!page.contains("<script"));
});
