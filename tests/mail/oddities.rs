//! Breakage that no single sender is known for, each read as its sender meant it.

use lotse::mail::read::{Mail, Warning, read};

fn mail(head: &str, body: &str) -> Mail {
    let raw = format!(
        "From: a@b.example\r\nDate: Mon, 2 Mar 2026 09:00:00 +0100\r\nMessage-ID: <x@b.example>\r\n{head}\r\n\r\n{body}"
    );
    read(raw.as_bytes()).unwrap()
}

#[test]
fn boundaries_may_begin_alike() {
    let found = mail(
        "Content-Type: multipart/mixed; boundary=\"grenze\"",
        "--grenze\r\nContent-Type: multipart/alternative; boundary=\"grenze-innen\"\r\n\r\n\
         --grenze-innen\r\nContent-Type: text/plain\r\n\r\nklar\r\n\
         --grenze-innen\r\nContent-Type: text/html\r\n\r\n<p>bunt</p>\r\n--grenze-innen--\r\n\
         --grenze\r\nContent-Type: text/csv; name=a.csv\r\n\r\n1;2\r\n--grenze--\r\n",
    );
    assert_eq!(found.text, "klar");
    assert_eq!(found.html.as_deref(), Some("<p>bunt</p>"));
    let names: Vec<_> = found.attachments.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(names, ["a.csv"]);
    assert_eq!(found.attachments[0].bytes, b"1;2");
}

#[test]
fn undeclared_bytes_in_a_file_name_are_guessed() {
    let mut raw = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: application/pdf; name=\"\xdcbersicht.pdf\"\n\nabc\n--x--\n".to_vec();
    let found = read(&raw).unwrap();
    assert_eq!(found.attachments[0].name, "Übersicht.pdf");
    assert!(found.warnings.contains(&Warning::UndeclaredHeaderBytes));
    raw.splice(0..0, *b"From sender Mon Mar  2 09:00:00 2026\n");
    assert_eq!(read(&raw).unwrap().attachments[0].name, "Übersicht.pdf");
}

#[test]
fn a_nested_message_may_be_encoded() {
    let inner = "U3ViamVjdDogSW5uZW4KRnJvbTogaUBiLmV4YW1wbGUKClRleHQK";
    let found = mail(
        "Content-Type: multipart/mixed; boundary=x",
        &format!(
            "--x\r\n\r\naussen\r\n--x\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{inner}\r\n--x--\r\n"
        ),
    );
    assert_eq!(found.text, "aussen");
    assert_eq!(found.attachments[0].name, "Innen.eml");
    assert_eq!(
        found.attachments[0].bytes,
        b"Subject: Innen\nFrom: i@b.example\n\nText\n"
    );
}

#[test]
fn old_charsets_and_nul_bytes_are_read() {
    let latin9 = "Content-Type: text/plain; charset=iso-8859-15\r\nContent-Transfer-Encoding: quoted-printable";
    assert_eq!(mail(latin9, "5 =A4 f=FCr alle").text, "5 € für alle");
    let utf7 = "Content-Type: text/plain; charset=utf-7";
    assert_eq!(mail(utf7, "gr+APwA3w-e").text, "grüße");
    let unknown = mail("Content-Type: text/plain; charset=x-erfunden", "für");
    assert_eq!(unknown.text, "für");
    assert!(unknown.warnings.contains(&Warning::CharsetUnknown));
    let nul = mail("Subject: A\0B", "C\0D");
    assert_eq!(
        (nul.subject.as_deref(), nul.text.as_str()),
        (Some("AB"), "CD")
    );
    assert!(nul.warnings.contains(&Warning::NulRemoved));
}

#[test]
fn ids_without_brackets_and_broken_encodings_are_kept() {
    let found = mail(
        "In-Reply-To: alt@b.example\r\nReferences: <eins@b.example>\r\n <zw\r\n ei@b.example>\r\nContent-Transfer-Encoding: quoted-printable",
        "100 =% sicher =C3=BC",
    );
    assert_eq!(found.in_reply_to.as_deref(), Some("alt@b.example"));
    assert_eq!(found.references, ["eins@b.example", "zwei@b.example"]);
    assert_eq!(
        found.answered_ids().collect::<Vec<_>>(),
        ["alt@b.example", "zwei@b.example", "eins@b.example"]
    );
    assert_eq!(found.text, "100 =% sicher ü");
}

#[test]
fn text_in_several_parts_is_joined() {
    let found = mail(
        "Content-Type: multipart/mixed; boundary=x",
        "--x\r\nContent-Type: text/plain\r\n\r\noben\r\n--x\r\nContent-Type: image/png\r\nContent-Disposition: inline\r\n\r\nPNG\r\n--x\r\nContent-Type: text/plain\r\n\r\nunten\r\n--x--\r\n",
    );
    assert_eq!(found.text, "oben\n\nunten");
    assert_eq!(found.attachments[0].name, "attachment-1.png");
    assert!(found.attachments[0].inline && !found.attachments[0].shown_in_html);
}
