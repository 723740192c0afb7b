//! Any bytes are read without a panic, twice the same, and leave nothing dangerous in names and texts.
#![no_main]
#![allow(dead_code)]

#[path = "../../app/src/mail/read/mod.rs"]
mod read;

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
    if let Some(clean) = mail.sanitised_html(&|_| None) {
        assert!(!clean.html.contains("<script"));
    }
});
