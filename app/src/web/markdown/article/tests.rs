//! What becomes of an article's text, and what never does.

use super::*;

fn html(text: &str) -> String {
    let rendered = render(Locale::De, text, Anchors::Shown, &Pictures::default());
    rendered.html.into_string().trim().to_owned()
}

#[test]
fn headings_begin_below_the_title_and_have_addresses_of_their_own() {
    let text = "# Größe\n\n## Größe\n\n### Maß & Zahl";
    let rendered = render(Locale::De, text, Anchors::Shown, &Pictures::default());
    let found: Vec<_> = rendered
        .headings
        .iter()
        .map(|h| (h.level, h.id.as_str(), h.text.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (2, "s-grosse", "Größe"),
            (2, "s-grosse-2", "Größe"),
            (3, "s-mass-zahl", "Maß & Zahl")
        ]
    );
    let html = rendered.html.into_string();
    assert!(html.contains("<h2 id=\"s-grosse\">Größe<a"), "{html}");
    assert!(html.contains("href=\"#s-mass-zahl\""), "{html}");
}

#[test]
fn callouts_have_a_kind_and_a_name() {
    let html = html("> [!WARNING]\n> Erst sichern.");
    assert!(
        html.contains("<blockquote class=\"markdown-alert-warning\">"),
        "{html}"
    );
    assert!(html.contains("<strong>Warnung</strong>"), "{html}");
    assert!(!html.contains("[!WARNING]"), "{html}");
}

#[test]
fn tables_stand_in_a_box_that_rolls() {
    let html = html("| a | b |\n|---|---|\n| 1 | 2 |");
    assert!(html.starts_with("<div class=\"article__t\""), "{html}");
    assert!(
        html.ends_with("</div>") && html.contains("<td>2</td>"),
        "{html}"
    );
}

#[test]
fn a_table_without_words_in_its_head_has_none() {
    let html = html("|  |  |\n|---|---|\n| a | b |");
    assert!(!html.contains("<thead") && !html.contains("<th"), "{html}");
    assert_eq!(html.matches("<td>").count(), 2, "{html}");
}

#[test]
fn links_lead_out_by_known_schemes_and_within_to_articles_and_tickets() {
    for kept in [
        "https://example.org/a",
        "mailto:a@b.example",
        "/knowledge/0193",
        "/tickets/2026-000001-5",
    ] {
        assert!(html(&format!("[a]({kept})")).contains(kept), "{kept}");
    }
    assert!(html("[a](#Größe)").contains("href=\"#s-grosse\""));
    for lost in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "vbscript:x",
        "/sign-out",
        "/tickets/../sign-out",
        "//example.org/x",
        "/knowledge/\\example.org",
        "file:///etc/passwd",
    ] {
        assert!(!html(&format!("[a]({lost})")).contains("href"), "{lost}");
        assert!(!html(&format!("[a](<{lost}>)")).contains("href"), "{lost}");
    }
}

#[test]
fn nothing_runs_and_nothing_is_loaded() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <svg onload=alert(1)> b",
        "<iframe src=https://example.org></iframe>",
        "![Bild](https://example.org/pixel.gif)",
        "<div class=\"article__t\" onclick=x>\n\ntext\n</div>",
        "<style>*{display:none}</style>",
        "## <img src=x onerror=alert(1)>",
        "> [!NOTE]\n> <script>alert(1)</script>",
    ] {
        let html = html(text);
        for tag in [
            "<script",
            "<img",
            "<svg",
            "<iframe",
            "<style",
            " onclick=\"",
            " onerror=\"",
        ] {
            assert!(!html.contains(tag), "{text}: {html}");
        }
    }
}

#[test]
fn deep_and_broken_text_is_shown_and_no_more() {
    for text in [
        "> ".repeat(20_000),
        "[".repeat(20_000),
        "* ".repeat(5_000),
        "| ".repeat(5_000),
        "<b>".repeat(5_000),
        "\u{0}\u{202e}```".to_owned(),
    ] {
        html(&text);
    }
}

#[test]
fn what_stays_in_the_house_stands_in_a_box_that_says_so() {
    let html = html("Alle.\n\n:::intern\n## Nur wir\n:::\n\nAlle.");
    let inner = html.split_once("<div class=\"internbox\">");
    let inner = inner.map(|(_, inner)| inner.trim_start());
    let Some((inner, after)) = inner.and_then(|inner| inner.split_once("</div>")) else {
        panic!("{html}")
    };
    assert!(
        inner.starts_with("<p><strong>Nur intern</strong></p>"),
        "{html}"
    );
    assert!(
        inner.contains("id=\"s-nur-wir\"") && after.contains("Alle."),
        "{html}"
    );
}

/// Where Annika's article has a picture and a document.
fn with_files() -> Pictures {
    let at = |name: &str| format!("/knowledge/{}/files/{name}", entities::Uuid::nil());
    Pictures::default()
        .with("maske 1.png", "image/png", at("maske%201.png?inline=0a1b"))
        .with("plan.svg", "image/svg+xml", at("plan.svg"))
        .with("antrag.pdf", "application/pdf", at("antrag.pdf"))
}

fn with_pictures(text: &str) -> String {
    let rendered = render(Locale::De, text, Anchors::Shown, &with_files());
    rendered.html.into_string().trim().to_owned()
}

#[test]
fn a_picture_of_the_article_is_shown_and_other_files_are_links() {
    let html = with_pictures("![Die Maske](files/maske%201.png)");
    let address = format!(
        "/knowledge/{}/files/maske%201.png?inline=0a1b",
        entities::Uuid::nil()
    );
    assert!(html.contains(&format!("src=\"{address}\"")), "{html}");
    assert!(
        html.contains("alt=\"Die Maske\"") && html.contains("loading=\"lazy\""),
        "{html}"
    );
    for linked in ["![Plan](files/plan.svg)", "[Antrag](files/antrag.pdf)"] {
        let html = with_pictures(linked);
        assert!(
            html.contains("href=\"/knowledge/") && !html.contains("<img"),
            "{html}"
        );
    }
}

#[test]
fn a_picture_that_is_not_there_leaves_its_text_and_a_note() {
    for gone in [
        "files/weg.png",
        "weg.png",
        "/knowledge/x/files/y.png",
        "../files/maske.png",
    ] {
        let html = with_pictures(&format!("![Alte Maske]({gone})"));
        assert_eq!(
            html, "<p>Alte Maske<em> (Bild nicht vorhanden)</em></p>",
            "{gone}"
        );
    }
}

#[test]
fn no_picture_is_loaded_from_elsewhere() {
    for text in [
        "![x](https://example.org/pixel.gif)",
        "![x](//example.org/pixel.gif)",
        "![x](data:image/png;base64,AAAA)",
        "![x](javascript:alert(1))",
        "![x](files/plan.svg)",
    ] {
        assert!(!with_pictures(text).contains("<img"), "{text}");
    }
    for src in [
        "https://example.org/a",
        "/sign-out",
        "data:image/png,x",
        "/knowledge/new/edit",
    ] {
        assert_eq!(only_own("img", "src", src), None, "{src}");
    }
}
