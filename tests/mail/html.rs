//! HTML of strangers: what is left of it in the thread and in the original view, and what never is.

use std::collections::BTreeSet;
use std::sync::Arc;

use lotse::mail::html::{Images, Picture, Reduced, original, reduce};
use lotse::mail::inline;
use lotse::mail::read::read;
use scraper::{Html, Selector};

use crate::fixtures;

mod breakers;

const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn reduced(html: &str) -> Reduced {
    reduce(html, &mut |address| {
        (address == "cid:logo@amt").then(|| Picture {
            sha256: DIGEST.to_owned(),
            size: Some((640, 480)),
        })
    })
}

fn page(html: &str) -> String {
    reduced(html).html
}

fn count(html: &str, css: &str) -> usize {
    let page = Html::parse_fragment(html);
    page.select(&Selector::parse(css).unwrap()).count()
}

/// The text outside of what is folded.
fn fresh(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split("<details") {
        out.push_str(
            piece
                .split_once("</details>")
                .map_or(piece, |(_, after)| after),
        );
    }
    let page = Html::parse_fragment(&out);
    let text: Vec<_> = page.root_element().text().collect();
    text.concat()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

const ELEMENTS: [&str; 41] = [
    "html",
    "a",
    "abbr",
    "blockquote",
    "br",
    "caption",
    "code",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: [&str; 17] = [
    "alt", "class", "colspan", "decoding", "dir", "height", "href", "lang", "loading", "rel",
    "reversed", "rowspan", "scope", "src", "start", "tabindex", "target",
];

/// Everything that is wrong with reduced HTML, as a browser would read it.
fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let page = Html::parse_fragment(html);
    for element in elements(&page) {
        let name = element.value().name();
        if !ELEMENTS.contains(&name) && name != "width" {
            faults.push(format!("<{name}>"));
        }
        for (attribute, value) in element.value().attrs() {
            let is_known = ATTRIBUTES.contains(&attribute) || attribute == "width";
            let is_sound = match attribute {
                "src" => value
                    .strip_prefix("lotse-file:")
                    .is_some_and(|digest| digest == DIGEST),
                "href" => ["http:", "https:", "mailto:", "tel:"]
                    .iter()
                    .any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
                "class" => matches!(value, "quote" | "wide"),
                "target" => value == "_blank",
                _ => true,
            };
            if !is_known || !is_sound {
                faults.push(format!("{name} {attribute}={value}"));
            }
        }
    }
    faults
}

fn elements<'a>(page: &'a Html) -> impl Iterator<Item = scraper::ElementRef<'a>> {
    page.root_element()
        .descendants()
        .filter_map(scraper::ElementRef::wrap)
}

#[test]
fn the_original_view_keeps_styles_and_loads_only_what_was_asked_for() {
    let mail = "<html><head><style>.a{color:red;background:url(https://x.example/b)}</style></head>\
        <body bgcolor=\"#eee\" style=\"margin:0\"><p class=\"a\" style=\"font-size:20px\">Text</p>\
        <img src=\"https://x.example/a.png\"><img src=\"cid:logo@amt\">\
        <img src=\"https://zaehler.example/p.gif\" width=1 height=1></body></html>";
    let pictures =
        Arc::new([("logo@amt".to_owned(), "data:image/png;base64,AA".to_owned())].into());
    let blocked = original(mail, Images::Blocked, &pictures);
    for kept in [
        ".a{color:red",
        "font-size:20px",
        "bgcolor=\"#eee\"",
        "data:image/png;base64,AA",
    ] {
        assert!(blocked.contains(kept), "{kept}: {blocked}");
    }
    assert!(!blocked.contains("x.example"), "{blocked}");
    let asked = original(mail, Images::Remote, &pictures);
    assert!(asked.contains("src=\"https://x.example/a.png\""), "{asked}");
    assert!(!asked.contains("zaehler.example"), "{asked}");
    assert!(asked.contains("url(\"https://x.example/b\")"), "{asked}");
}

#[test]
fn tables_lists_and_links_stay() {
    let html = page(
        "<h1>Bericht</h1><table border=1><tr><th>Amt</th><th>Fälle</th></tr><tr><td>Mitte</td><td>3</td></tr>\
         <tr><td colspan=2>Summe</td></tr></table><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>\
         <ol start=3><li><p>d</p></li></ol><p><b>Fett</b> und <a href=\"https://amt.example/x\">hier</a>, \
         <a href=\"mailto:a@amt.example\">a@amt.example</a></p><blockquote>Zitat aus dem Gesetz</blockquote><pre>x\n  y</pre>",
    );
    for (css, expected) in [
        ("h2", 1),
        ("div.wide > table", 1),
        ("tr", 3),
        ("th", 2),
        ("td", 3),
        ("td[colspan='2']", 1),
        ("ul", 2),
        ("ol[start='3']", 1),
        ("li", 4),
        ("li > ul > li", 1),
        ("a[href]", 2),
        ("strong", 1),
        ("blockquote", 1),
        ("pre", 1),
    ] {
        assert_eq!(count(&html, css), expected, "{css}: {html}");
    }
    assert_eq!(
        count(&html, "a[rel~=noopener][rel~=noreferrer][target=_blank]"),
        2
    );
}

#[test]
fn tables_that_only_place_things_are_laid_flat() {
    let html = page(
        "<table width=600><tr><td><table><tr><td><img src=\"https://x.example/logo.png\" alt=\"Verlag\"></td></tr></table></td></tr>\
         <tr><td><table><tr><td>Links steht das</td><td>Rechts steht dies</td></tr></table></td></tr>\
         <tr><td><table><tr><td>Amt</td><td>Zahl</td></tr><tr><td>Mitte</td><td>3</td></tr></table></td></tr></table>",
    );
    assert_eq!(count(&html, "table"), 1, "{html}");
    assert_eq!(count(&html, "td"), 4, "{html}");
    for words in ["Verlag", "Links steht das", "Rechts steht dies"] {
        assert!(html.contains(words), "{html}");
    }
}

#[test]
fn pictures_of_the_mail_keep_their_place_and_those_of_the_net_are_told() {
    let found = reduced(
        "<img src=\"cid:logo%40amt\" alt=\"Wappen\"><img src=\"cid:logo@amt\" width=320>\
         <img src=\"https://bild.example/a.png\" alt=\"Grafik\"><img src=\"https://zaehler.example/p.gif\" width=1 height=1>\
         <img src=\"https://zaehler.example/q.gif\" style=\"display:none\"><div style=\"display:none\"><img src=\"https://b.example/\"></div>\
         <img src=\"https://c.example/wf/open?u=1\"><div style=\"background:url('https://d.example/e')\">x</div>\
         <a href=\"https://shop.example/x\"><img src=\"https://bild.example/b.png\"></a>",
    );
    assert_eq!((found.remote_images, found.pixels), (3, 4), "{found:?}");
    assert_eq!(
        found.pixel_hosts,
        ["b.example", "c.example", "zaehler.example"]
    );
    let html = found.html;
    assert!(
        html.contains("width=\"320\" height=\"240\" loading=\"lazy\""),
        "{html}"
    );
    assert!(
        html.contains("Grafik") && html.contains(">shop.example</a>"),
        "{html}"
    );
    assert_eq!(
        count(&html, "img"),
        1,
        "the escaped one is for whoever reads the mail: {html}"
    );
}

#[test]
fn a_link_that_names_another_host_says_where_it_leads() {
    let html = page(
        "<a href=\"https://boese.example/x\">https://bank.example/login</a> <a href=\"https://www.bank.example\">bank.example</a> <a href=\"https://bank.example\">www.bank.example</a>",
    );
    assert!(
        html.contains("https://bank.example/login (boese.example)</a>"),
        "{html}"
    );
    assert_eq!(html.matches(" (").count(), 1, "{html}");
}

#[test]
fn hidden_text_is_not_shown() {
    let html = page(
        "<div style=\"display:none;max-height:0\">Vorschautext</div><p>Text</p><span style='font-size:0'>x</span>",
    );
    assert_eq!(fresh(&html), "Text", "{html}");
}

#[test]
fn histories_of_all_common_programs_are_folded() {
    for (program, html) in [
        (
            "Outlook on the web",
            "<div>Danke!</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\" dir=\"ltr\"><b>Von:</b> Amt &lt;a@b.de&gt;<br><b>Gesendet:</b> Montag<br><b>An:</b> C<br></div><div>ALT</div>",
        ),
        (
            "Outlook",
            "<div class=WordSection1><p class=MsoNormal>Danke!<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>Von:</b> Amt &lt;a@b.de&gt; <br><b>Gesendet:</b> Montag, 2. März 2026 09:12<br><b>An:</b> C<br><b>Betreff:</b> AW: x</p></div></div><p class=MsoNormal>ALT</p></div>",
        ),
        (
            "Outlook in English",
            "<div><p>Danke!</p><p>From: Office &lt;a@b.de&gt;</p><p>Sent: Monday</p><p>To: C</p><p>ALT</p></div>",
        ),
        (
            "Gmail",
            "<div dir=\"ltr\">Danke!</div><br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">Am Do., 5. März 2026 um 09:00 Uhr schrieb Amt &lt;<a href=\"mailto:a@b.de\">a@b.de</a>&gt;:<br></div><blockquote class=\"gmail_quote\">ALT</blockquote></div>",
        ),
        (
            "Apple Mail",
            "<html><body>Danke!<br><div><br><blockquote type=\"cite\"><div>Am 05.03.2026 um 09:00 schrieb Amt &lt;a@b.de&gt;:</div><br><div>ALT</div></blockquote></div></body></html>",
        ),
        (
            "Thunderbird",
            "<p>Danke!</p><div class=\"moz-cite-prefix\">Am 05.03.26 um 09:00 schrieb Amt:<br></div><blockquote type=\"cite\" cite=\"mid:x@y\">ALT</blockquote><p></p>",
        ),
        (
            "Thunderbird, answer below",
            "<div class=\"moz-cite-prefix\">Am 05.03.26 um 09:00 schrieb Amt:<br></div><blockquote type=\"cite\" cite=\"mid:x@y\">ALT</blockquote><p>Danke!</p>",
        ),
        (
            "a bare quotation",
            "<p>Danke!</p><p>On Mon, Mar 2, 2026, Amt wrote:</p><blockquote>ALT</blockquote>",
        ),
        (
            "a line in pieces",
            "Danke!<br><br>Am 05.03.26 um 09:00 schrieb <a href=\"mailto:a@b.de\">Amt</a>:<br><blockquote>ALT</blockquote>",
        ),
        (
            "a separator",
            "<div>Danke!<br>-----Ursprüngliche Nachricht-----<br>Von: x<br>ALT</div>",
        ),
        (
            "GMX",
            "<div>Danke!</div><div name=\"quote\" style=\"border-left:2px solid\"><div><b>Gesendet:</b> Montag</div>ALT</div>",
        ),
        (
            "Yahoo",
            "<div>Danke!</div><div id=\"yq\" class=\"yahoo_quoted\"><div>Am Montag schrieb Amt:</div>ALT</div>",
        ),
        (
            "Outlook for phones",
            "<div>Danke!</div><div id=\"mail-editor-reference-message-container\"><div>ALT</div></div>",
        ),
    ] {
        let html = page(html);
        assert_eq!(fresh(&html), "Danke!", "{program}: {html}");
        assert_eq!(count(&html, "details.quote"), 1, "{program}: {html}");
        assert!(html.contains("ALT"), "{program}: {html}");
        assert_eq!(faults(&html), Vec::<String>::new(), "{program}");
    }
}

#[test]
fn empty_lines_stay_as_one_and_empty_cells_go() {
    for written in [
        "<p class=MsoNormal>a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>",
        "<div>a</div><div><br></div><div><br></div><div>b</div><div><br></div>",
        "a<br><br><br>b<br>",
    ] {
        let html = page(written);
        let lines = html
            .replace("<div><br></div>", "|")
            .replace("<br><br>", "|");
        assert_eq!(lines.matches('|').count(), 1, "{html}");
        assert!(!lines.contains("<br>"), "{html}");
    }
    let html =
        page("<table><tr><td>&nbsp;</td></tr><tr><td>a</td></tr><tr><td>&nbsp;</td></tr></table>");
    assert_eq!(html, "<div>a</div>");
}

#[test]
fn what_would_leave_nothing_is_not_folded() {
    for html in [
        "<blockquote type=cite>Nur ein Zitat</blockquote>",
        "<p>Von: Amt</p><p>Gesendet: Montag</p><p>Text</p>",
        "<p>Am Montag war alles gut.</p><blockquote>§ 1 Wohngeld</blockquote>",
    ] {
        assert_eq!(count(&page(html), "details"), 0, "{html}");
    }
}

#[test]
fn answers_between_quotations_stay_with_what_they_answer() {
    let html = page(
        "<blockquote type=cite>Frage eins?</blockquote><p>Antwort eins</p><blockquote type=cite>Frage zwei?</blockquote>\
         <p>Antwort zwei</p><blockquote type=cite>Rest</blockquote>",
    );
    assert_eq!(
        fresh(&html),
        "Frage eins?Antwort einsFrage zwei?Antwort zwei",
        "{html}"
    );
    assert_eq!(count(&html, "details blockquote"), 1, "{html}");
}

#[test]
fn every_fixture_with_html_is_shown_without_looks() {
    let mut seen = BTreeSet::new();
    for (name, raw) in fixtures::all() {
        let mail = read(&raw).unwrap();
        if let (Some(found), _) = inline::reduced(&mail) {
            let plain = found
                .html
                .replace("lotse-file:", "lotse-file:0123456789abcdef");
            let looks = faults(&plain)
                .into_iter()
                .filter(|fault| !fault.starts_with("img src="))
                .collect::<Vec<_>>();
            assert_eq!(looks, Vec::<String>::new(), "{name}: {}", found.html);
            seen.insert(name);
        }
    }
    for name in [
        "gmail-reply",
        "outlook-inline-image",
        "apple-mail",
        "newsletter-tracking-pixel",
        "exchange-absence",
    ] {
        assert!(seen.contains(name), "{seen:?}");
    }
    let raw = &fixtures::all()
        .into_iter()
        .find(|(name, _)| name == "gmail-reply")
        .unwrap()
        .1;
    let html = inline::reduced(&read(raw).unwrap()).0.unwrap().html;
    assert_eq!(fresh(&html), "Ja, das passt. Vielen Dank!");
}

#[test]
fn pictures_in_the_page_itself_become_files() {
    let raw = "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>Bild \
        <img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=x><img src='data:image/png;base64,iVBORw0KGgo='>\
        <img src=\"data:image/svg+xml;base64,PHN2Zy8+\" alt=Zeichnung></p>";
    let (page, files) = inline::reduced(&read(raw.as_bytes()).unwrap());
    let html = page.unwrap().html;
    assert_eq!(files.len(), 1);
    assert_eq!(
        (files[0].kind, &files[0].bytes[..]),
        ("png", &b"\x89PNG\r\n\x1a\n"[..])
    );
    assert_eq!(html.matches("lotse-file:").count(), 2, "{html}");
    assert!(
        !html.contains("base64") && html.contains("Zeichnung"),
        "{html}"
    );
}

#[test]
fn deep_and_long_pages_are_read_as_far_as_it_makes_sense() {
    let deep = format!(
        "{}Text{}",
        "<div><blockquote>".repeat(20_000),
        "</blockquote></div>".repeat(20_000)
    );
    assert!(page(&deep).contains("Text"));
    let long = reduced(&format!("<p>{}</p><p>Ende</p>", "x".repeat(2_100_000)));
    assert!(long.is_cut && !long.html.contains("Ende"));
}

#[test]
fn html_of_earlier_days_is_reduced_when_it_is_shown() {
    let stored = format!(
        "<p style=\"color:red\">Siehe <img src=\"lotse-file:{DIGEST}\" alt=\"x\"><img data-remote-src=\"https://x.example/a\"></p>\
         <div class=\"gmail_quote\">ALT</div>"
    );
    let html = inline::reduced_late(&stored);
    assert_eq!(faults(&html), Vec::<String>::new(), "{html}");
    assert_eq!(count(&html, "img"), 1, "{html}");
    assert_eq!(count(&html, "details"), 1, "{html}");
}
