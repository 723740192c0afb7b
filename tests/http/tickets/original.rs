//! HTML mail in the thread and in its original view; pictures, seals, and mails of machines.

use entities::Permission;
use entities::policy::Scope;
use reqwest::Method;
use reqwest::header::HeaderMap;
use support::desk::{Client, TestDesk};

const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn mail(subject: &str, head: &str, body: &str) -> String {
    format!(
        "From: Sabine Kowalke <s.kowalke@pankow.example>\nTo: desk@desk.example\nSubject: {subject}\n\
         Date: Wed, 25 Nov 2026 09:00:00 +0100\nMessage-ID: <{}@pankow.example>\nMIME-Version: 1.0\n{head}\n\n{body}\n",
        entities::new_id().simple()
    )
}

/// The desk with one mail, somebody who reads it, and the ticket's address.
async fn desk_with(raw: &str) -> (TestDesk, Client, String) {
    let desk = TestDesk::new().await;
    desk.deliver(raw).await;
    desk.run_jobs().await;
    let browser = desk.agent("Annika Brandt").await.sign_in().await;
    let list = browser.get("/tickets").await;
    let address = list.attribute("#list-table a.subject", "href").unwrap();
    let address = address.split('?').next().unwrap().to_owned();
    (desk, browser, address)
}

/// A document of a stranger, which is none of our pages.
async fn framed(browser: &Client, address: &str) -> (HeaderMap, String) {
    let answer = browser.request(Method::GET, address).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    (answer.headers().clone(), answer.text().await.unwrap())
}

fn newsletter() -> String {
    mail(
        "Rundbrief",
        "Content-Type: text/html; charset=utf-8",
        "<style>p{color:red}</style><p style=\"color:red\" onclick=\"x()\">Neues</p><script>boom()</script>\
         <img src=\"https://bild.example/a.png\" alt=\"Grafik\"><img src=\"https://zaehler.example/p.gif\" width=1 height=1>\
         <table><tr><th>Amt</th><th>Zahl</th></tr><tr><td>Mitte</td><td>3</td></tr></table>",
    )
}

#[tokio::test]
async fn a_newsletter_is_shown_without_looks_and_says_what_was_left_out() {
    let (_desk, browser, ticket) = desk_with(&newsletter()).await;
    let page = browser.get(&ticket).await;
    assert!(page.has(".mailtext .wide table"));
    for gone in ["color:red", "onclick", "boom()", "bild.example/a.png"] {
        assert!(!page.body().contains(gone), "{gone}");
    }
    page.must_say("1 Bild aus dem Netz wurde nicht geladen.");
    page.must_say("1 Zählpixel blockiert (zaehler.example).");
    page.must_say("Grafik");
}

#[tokio::test]
async fn the_original_view_stands_in_a_frame_where_nothing_acts() {
    let (_desk, browser, ticket) = desk_with(&newsletter()).await;
    let page = browser.get(&ticket).await;
    let original = page
        .attribute(".entry a[href$='/original']", "href")
        .unwrap();
    let around = browser.get(&original).await;
    assert_eq!(around.status, 200);
    let sandbox = around.attribute("iframe", "sandbox").unwrap();
    assert!(!sandbox.contains("allow-scripts") && !sandbox.contains("allow-same-origin"));
    assert_eq!(
        around.attribute("iframe", "referrerpolicy").unwrap(),
        "no-referrer"
    );

    let address = around.attribute("iframe", "src").unwrap();
    let (headers, document) = framed(&browser, &address).await;
    let header = |name: &str| headers[name].to_str().unwrap();
    let policy = header("content-security-policy");
    for part in [
        "sandbox ",
        "default-src 'none'",
        "img-src data:;",
        "frame-ancestors 'self'",
        "form-action 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert_eq!(header("x-frame-options"), "SAMEORIGIN");
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert!(document.contains("p{color:red}"));
    for gone in ["https://", "onclick", "boom()"] {
        assert!(!document.contains(gone), "{gone}: {document}");
    }

    let asked = browser
        .submit(&around, "form[action$='/original']", &[])
        .await;
    assert_eq!(asked.status, 200);
    let address = asked.attribute("iframe", "src").unwrap();
    let (headers, document) = framed(&browser, &address).await;
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("img-src data: https: http:"), "{policy}");
    assert!(document.contains("https://bild.example/a.png"));

    let (before, _) = address.split_once('=').unwrap();
    let (_, document) = framed(&browser, &format!("{before}=1")).await;
    assert!(!document.contains("https://"), "{document}");
}

#[tokio::test]
async fn whoever_does_not_see_the_ticket_does_not_see_its_original() {
    let (desk, browser, ticket) = desk_with(&newsletter()).await;
    let page = browser.get(&ticket).await;
    let original = page
        .attribute(".entry a[href$='/original']", "href")
        .unwrap();
    let frame = original.replace("/original", "/frame");
    let youth = desk.team("Jugend 1").await;
    let moved = "UPDATE ticket SET team_id = $1";
    desk.database().execute(moved, vec![youth.into()]).await;
    let stranger = desk
        .person_with("Jonas Weber", &[(Permission::ReadTickets, Scope::OwnTeams)])
        .await
        .sign_in()
        .await;
    for address in [&original, &frame] {
        assert_eq!(stranger.get(address).await.status, 404);
    }
    assert_eq!(stranger.post(&original, &[]).await.status, 404);
    // A message of another ticket is not shown under this one.
    let other = desk.ticket("Anderes").await;
    let elsewhere = frame.replace(&ticket, &format!("/tickets/{}", other.number));
    assert_eq!(browser.get(&elsewhere).await.status, 404);
}

fn with_pictures(count: usize) -> String {
    let shown: String = (0..count)
        .map(|n| format!("<img src=\"cid:bild{n}@x\" alt=\"Bild {n}\">"))
        .collect();
    let parts: String = (0..count)
        .map(|n| {
            format!(
                "--b\nContent-Type: image/png; name=bild{n}.png\nContent-ID: <bild{n}@x>\n\
                 Content-Transfer-Encoding: base64\n\n{PNG}\n"
            )
        })
        .collect();
    mail(
        "Bilder",
        "Content-Type: multipart/related; boundary=b",
        &format!(
            "--b\nContent-Type: text/html\n\n<p>Siehe</p>{shown}<img src=\"data:image/png;base64,{PNG}\">\n{parts}--b--"
        ),
    )
}

#[tokio::test]
async fn a_page_with_43_pictures_reads_none_of_them() {
    let (desk, browser, ticket) = desk_with(&with_pictures(43)).await;
    let page = browser.get(&ticket).await;
    let picture = page.attribute(".mailtext img", "src").unwrap();
    assert_eq!(
        page.count(".mailtext img[loading=lazy][width='1'][height='1']"),
        44
    );
    assert!(!page.body().contains("base64") && !page.body().contains("cid:"));
    assert!(page.body().len() < 200_000, "{} bytes", page.body().len());

    let got = browser.get(&picture).await;
    assert_eq!(got.header("content-type"), "image/png");
    assert_eq!(
        got.header("cache-control"),
        "private, max-age=31536000, immutable"
    );
    assert_eq!(got.header("vary"), "Cookie");
    let tag = got.header("etag").to_owned();
    let unnamed = browser
        .get(&format!("{}?inline=1", picture.split('?').next().unwrap()))
        .await;
    assert_eq!(unnamed.header("cache-control"), "private, no-cache");

    // With the store away, the page, what is known and what is not wanted are still answered.
    std::fs::rename(
        desk.config.data_dir.join("blobs"),
        desk.folder().join("away"),
    )
    .unwrap();
    assert_eq!(browser.get(&ticket).await.status, 200);
    let wanted = browser.head(&picture).await;
    assert_eq!(
        (wanted.status.as_u16(), wanted.header("content-length")),
        (200, "70")
    );
    let known = browser
        .request(Method::GET, &picture)
        .header("If-None-Match", &tag);
    let known = browser.send(known).await;
    assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    assert_eq!(browser.get(&picture).await.status, 503);
}

#[tokio::test]
async fn signatures_are_told_and_encrypted_mail_says_what_to_do() {
    let signed = mail(
        "Signiert",
        "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b",
        "--b\nContent-Type: text/plain\n\nGut.\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nx\n--b--",
    );
    let (_desk, browser, ticket) = desk_with(&signed).await;
    let page = browser.get(&ticket).await;
    page.must_say("Signiert (PGP), nicht geprüft");
    page.must_say("Signatur herunterladen");
    assert!(!page.has(".entry__foot .file"));

    let encrypted = mail(
        "Geheim",
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64",
        "MIAGCSqGSIb3DQEHA6CAMIA=",
    );
    let (_desk, browser, ticket) = desk_with(&encrypted).await;
    let page = browser.get(&ticket).await;
    page.must_say("Diese E-Mail ist verschlüsselt (S/MIME).");
    assert!(page.text(".entry__foot .file").contains("smime.p7m"));
}

#[tokio::test]
async fn an_absence_note_is_one_line_that_unfolds() {
    let (desk, browser, ticket) = desk_with(&mail("Zahllauf", "", "Hilfe.")).await;
    let number = ticket.rsplit('/').next().unwrap();
    let note = mail(
        &format!("Automatische Antwort: [#{number}] Zahllauf"),
        "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All",
        "Ich bin im Urlaub.",
    );
    desk.deliver(&note).await;
    desk.run_jobs().await;
    let page = browser.get(&ticket).await;
    let line = page.text(".entry--in details.quote > summary");
    assert_eq!(line, "Abwesenheitsnotiz von Sabine Kowalke");
    assert!(
        page.text(".entry--in details.quote")
            .contains("Ich bin im Urlaub.")
    );
    assert!(
        browser
            .get(&format!("{ticket}/print"))
            .await
            .has(".entry--in details[open]")
    );
}

#[tokio::test]
async fn what_was_odd_is_said_in_plain_words_and_deception_is_taken_out() {
    let raw = mail(
        "Rechnung =?utf-8?Q?=E2=80=AEfdp.exe?=",
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain; charset=x-erfunden\n\nText\n--b\nContent-Type: application/octet-stream; \
         name=\"=?utf-8?Q?Bericht=E2=80=AEfdp.exe?=\"\n\nx\n--b--",
    );
    let (_desk, browser, ticket) = desk_with(&raw).await;
    let page = browser.get(&ticket).await;
    page.must_say("Der Zeichensatz ist unbekannt.");
    page.must_say("Unsichtbare Zeichen in Betreff oder Absender wurden entfernt.");
    page.must_say("Ein Dateiname enthielt unzulässige oder unsichtbare Zeichen");
    assert!(!page.body().contains('\u{202e}'));
    assert_eq!(page.text("#ticket h1 bdi"), "Rechnung fdp.exe");
    assert_eq!(page.text(".entry__foot .file bdi"), "Berichtfdp.exe");
}

#[tokio::test]
async fn every_warning_has_words_of_its_own() {
    let (desk, browser, ticket) = desk_with(&mail("Zahllauf", "", "Hilfe.")).await;
    let other = "Die E-Mail war beschädigt und wurde so gut wie möglich gelesen.";
    for warning in lotse::mail::read::Warning::ALL {
        let notes = format!("[\"{}\"]", warning.code());
        let set = "UPDATE message SET notes = $1";
        desk.database().execute(set, vec![notes.into()]).await;
        let page = browser.get(&ticket).await;
        assert!(page.has(".entry .notice li"), "{warning:?}");
        assert!(!page.says(other), "{warning:?} is not told");
    }
}

#[tokio::test]
async fn forwarded_mail_is_open_and_answered_mail_is_folded() {
    let page = |subject: &str| {
        mail(
            subject,
            "Content-Type: text/html",
            "<p>Bitte prüfen.</p><div id=\"divRplyFwdMsg\">Von: Bürgerin</div><p>Der Fall.</p>",
        )
    };
    let (_desk, browser, ticket) = desk_with(&page("WG: Frage")).await;
    assert!(browser.get(&ticket).await.has(".mailtext details[open]"));
    let (_desk, browser, ticket) = desk_with(&page("AW: Frage")).await;
    let page = browser.get(&ticket).await;
    assert!(page.has(".mailtext details.quote") && !page.has(".mailtext details[open]"));
}

fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for line in bytes.chunks(20) {
        out.extend(line.iter().map(|byte| format!("={byte:02X}")));
        out.push_str("=\n");
    }
    out
}

#[tokio::test]
async fn a_signature_around_everything_does_not_hide_the_text() {
    let inner = b"Content-Type: text/html\r\n\r\n<p>Bescheid ist <b>falsch</b>.</p>\r\n";
    let tlv = |tag: u8, content: &[u8]| {
        let mut out = vec![tag, 0x82];
        out.extend(u16::try_from(content.len()).unwrap().to_be_bytes());
        out.extend(content);
        out
    };
    let oid = |last: u8| vec![0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last];
    let content = [oid(1), tlv(0xa0, &tlv(0x04, inner))].concat();
    let data = [vec![0x02, 1, 1, 0x31, 0], tlv(0x30, &content)].concat();
    let whole = tlv(0x30, &[oid(2), tlv(0xa0, &tlv(0x30, &data))].concat());
    let raw = mail(
        "Bescheid",
        "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: quoted-printable",
        &quoted_printable(&whole),
    );
    let (_desk, browser, ticket) = desk_with(&raw).await;
    let page = browser.get(&ticket).await;
    assert_eq!(page.text(".mailtext strong"), "falsch");
    page.must_say("Signiert (S/MIME), nicht geprüft");
    assert!(!page.says("verschlüsselt"));
}
