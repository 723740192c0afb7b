//! Folders and lines as people have them: half wrong, in old character sets, with what nobody should load.

use std::path::Path;

use entities::Permission;
use entities::article::{Audience, State};
use entities::policy::Scope;
use lotse::knowledge::import::console::{KnowledgeImport, import};
use serde_json::{Value, json};
use support::desk::{TestDesk, content};

use super::{all, body, imported, of, remarked, titled, versions};

/// The smallest picture there is.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let at = self.path().join(name);
        std::fs::create_dir_all(at.parent().unwrap()).unwrap();
        std::fs::write(at, bytes).unwrap();
        self
    }

    /// One object a line.
    fn lines(objects: &[Value]) -> Folder {
        let lines: Vec<String> = objects.iter().map(Value::to_string).collect();
        Folder::new().with("wissen.jsonl", lines.join("\n"))
    }
}

fn entry<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut entries = report["articles"].as_array().unwrap().iter();
    entries
        .find(|entry| entry["id"] == id)
        .unwrap_or_else(|| panic!("nothing is said of {id}: {report:#}"))
}

#[tokio::test]
async fn pages_that_say_from_where_their_addresses_lead_on_lead_there() {
    let page = |title: &str, body: &str| {
        format!("<base href='../../'><title>{title}</title><h1 id=oben>{title}</h1><p>{body}</p>")
    };
    let folder = Folder::new()
        .with(
            "de/text/eins.html",
            page("Eins", "<a href='de/text/zwei.html#b'>Zwei</a> <a href='#oben'>oben</a> <img src='media/bild.png' alt='Maske'>"),
        )
        .with("de/text/zwei.html", page("Zwei", "<a href='https://example.org/'>fort</a><h2 id=b>Weiter</h2>"))
        .with("media/bild.png", PNG);
    for (within, images) in [("", 1), ("de", 0)] {
        let desk = TestDesk::new().await;
        let report = imported(&desk, of(&folder.path().join(within))).await;
        let of_one = report["articles"].as_array().unwrap().iter();
        let lost: usize = of_one.map(|one| remarked(one, "links_lost")).sum();
        assert_eq!((lost, &report["files"]), (0, &json!(images)), "{report:#}");
        let two = titled(&desk, "Zwei").await.row.id;
        let text = body(&desk, &titled(&desk, "Eins").await).await;
        let link = format!("[Zwei](/knowledge/{two}#s-weiter)");
        assert!(text.contains(&link), "{text}");
    }
}

#[tokio::test]
async fn a_folder_of_pages_becomes_articles_that_lead_to_each_other() {
    let desk = TestDesk::new().await;
    let folder = Folder::new()
        .with("start.html", "<title>Start</title><h1>Start</h1><p>Lesen Sie <a href='tief/zwei.html#b'>Zwei</a>.\
            <p><img src=bild.png alt='Die Maske'> <a href='start.html'>hierher</a>, <a href='#unten'>nach unten</a>\
            <h2 id=unten>Unten</h2>")
        .with("tief/zwei.html", "<title>Zwei</title><h2>Erstes</h2><h2 id=b>Zweites</h2><p><a href='../start.html'>zurück</a> \
            <a href='../handbuch.pdf'>Handbuch</a>")
        .with("bild.png", PNG)
        .with("handbuch.pdf", "%PDF-1.7");
    let asked = KnowledgeImport {
        category: Some("Fachverfahren".to_owned()),
        ..of(folder.path())
    };
    let report = imported(&desk, asked).await;
    assert_eq!(
        (&report["created"], &report["files"]),
        (&json!(2), &json!(2))
    );
    let (start, two) = (titled(&desk, "Start").await, titled(&desk, "Zwei").await);
    assert_eq!(start.row.state, State::Draft);
    let text = body(&desk, &start).await;
    assert!(
        text.contains(&format!("[Zwei](/knowledge/{}#s-zweites)", two.row.id)),
        "{text}"
    );
    assert!(text.contains("![Die Maske](files/bild.png)"), "{text}");
    assert!(text.contains("[nach unten](#s-unten)"), "{text}");
    assert!(!text.contains("# Start"), "{text}");
    assert_eq!(remarked(entry(&report, "start.html"), "links_to_itself"), 1);
    assert_eq!(
        remarked(entry(&report, "start.html"), "heading_is_title"),
        1
    );
    let text = body(&desk, &two).await;
    assert!(
        text.contains(&format!("[zurück](/knowledge/{})", start.row.id)),
        "{text}"
    );
    assert!(text.contains("[Handbuch](files/handbuch.pdf)"), "{text}");
    // Folders become categories below the one that was named.
    let mira = desk.author("Mira Kessler").await.sign_in().await;
    let page = mira.get(&format!("/knowledge/{}", two.row.id)).await;
    assert_eq!(page.texts(".crumbs a"), ["Wissen", "Fachverfahren", "tief"]);
    assert!(
        mira.get(&format!("/knowledge/{}", start.row.id))
            .await
            .has(".article__text img")
    );
    desk.must_verify().await;
}

#[tokio::test]
async fn what_must_not_run_or_load_is_dropped_and_named() {
    let desk = TestDesk::new().await;
    let folder = Folder::new()
        .with("a.html", "<title>A</title><script>alert(1)</script><p onclick=alert(1)>Text<iframe src=//x></iframe>\
            <p><a href='javascript:alert(1)'>Klick</a> <a href='data:text/html,x'>Daten</a> <a href=weg.html>weg</a>\
            <p><img src='https://example.org/p.gif' alt=Pixel><img src=weg.png alt='Altes Bild'><img src=plan.svg alt=Plan>\
            <img src='data:text/html;base64,AAAA' alt=Falsch><form><input name=x><button>Los</button></form>\
            <nav>Menü</nav><svg><script>1</script></svg><p hidden>versteckt<p><img src=../../etc/passwd alt=Fremd>")
        .with("plan.svg", "<svg onload='alert(1)'/>");
    let report = imported(&desk, of(folder.path())).await;
    let a = entry(&report, "a.html");
    for (what, count) in [
        ("scripts", 3),
        ("links_refused", 2),
        ("links_lost", 1),
        ("images_elsewhere", 1),
        ("images_lost", 3),
        ("images_as_files", 1),
        ("forms", 2),
        ("navigation", 1),
        ("hidden", 1),
    ] {
        assert_eq!(remarked(a, what), count, "{what}: {a:#}");
    }
    let text = body(&desk, &titled(&desk, "A").await).await;
    for gone in [
        "alert",
        "javascript",
        "data:",
        "Menü",
        "versteckt",
        "passwd",
        "weg.png",
    ] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    for kept in [
        "Klick",
        "Daten",
        "Altes Bild",
        "[Pixel](https://example.org/p.gif)",
        "[Plan](files/plan.svg)",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
}

#[tokio::test]
async fn a_second_import_updates_what_changed_and_leaves_people_their_work() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let page = |text: &str| format!("<title>Eins</title><p>{text}");
    let folder = Folder::new()
        .with("a.html", page("Alt."))
        .with("b.html", "<title>B</title><p>Bleibt.");
    imported(&desk, of(folder.path())).await;
    let first = titled(&desk, "Eins").await;
    let again = imported(&desk, of(folder.path())).await;
    assert_eq!((&again["unchanged"], versions(&desk).await), (&json!(2), 2));

    let folder = folder.with("a.html", page("Neu."));
    let asked = KnowledgeImport {
        dry_run: true,
        ..of(folder.path())
    };
    let would = imported(&desk, asked).await;
    assert_eq!((&would["updated"], versions(&desk).await), (&json!(1), 2));
    let updated = imported(&desk, of(folder.path())).await;
    assert_eq!(updated["updated"], 1);
    let now = titled(&desk, "Eins").await;
    assert_eq!((now.row.id, now.row.newest), (first.row.id, 2));
    assert_eq!(body(&desk, &now).await, "Neu.");

    // Mira writes on; the next import of the same changes nothing, one of something else asks first.
    desk.write(&mira, now.row.id, content("Eins"))
        .await
        .unwrap();
    assert_eq!(imported(&desk, of(folder.path())).await["unchanged"], 2);
    let folder = folder.with("a.html", page("Neuer."));
    let kept = imported(&desk, of(folder.path())).await;
    assert_eq!(entry(&kept, "a.html")["outcome"], "kept");
    assert_eq!(titled(&desk, "Eins").await.row.newest, 3);
    let asked = KnowledgeImport {
        overwrite: true,
        ..of(folder.path())
    };
    assert_eq!(imported(&desk, asked).await["updated"], 1);
    assert_eq!(body(&desk, &titled(&desk, "Eins").await).await, "Neuer.");
    assert_eq!(all(&desk).await.len(), 2);
    desk.must_verify().await;
}

#[tokio::test]
async fn lines_of_json_bring_their_facts_along() {
    let desk = TestDesk::new().await;
    let folder = Folder::lines(&[
        json!({"id": "1", "title": "Bescheid", "html": "<p>Siehe <a href='2'>Frist</a>", "keywords": ["Druck", "Bescheid"],
            "category": "KITA/Bescheid", "audience": "requesters", "updated_at": "2024-03-01T10:00:00Z"}),
        json!({"id": "2", "title": "Frist", "markdown": "Siehe [Bescheid](1).", "category": ["A", "B", "A"], "language": "en"}),
        json!({"id": "3"}),
        json!(["nichts"]),
    ]);
    let path = folder.path().join("wissen.jsonl");
    let report = imported(&desk, of(&path)).await;
    assert_eq!(
        (&report["created"], &report["refused"]),
        (&json!(2), &json!(2))
    );
    let (one, two) = (
        titled(&desk, "Bescheid").await,
        titled(&desk, "Frist").await,
    );
    assert_eq!(one.row.audience, Audience::Requesters);
    assert_eq!(one.row.created_at.date_naive().to_string(), "2024-03-01");
    assert_eq!(one.newest.as_ref().unwrap().keywords, "Druck\nBescheid");
    assert_eq!(two.row.language, entities::language::Language::En);
    assert!(body(&desk, &one).await.contains(&two.row.id.to_string()));
    assert!(body(&desk, &two).await.contains(&one.row.id.to_string()));
    // A category that lies within itself ends where it would begin again.
    assert_eq!(remarked(entry(&report, "2"), "category_circles"), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn two_pages_of_one_id_are_told_and_the_first_is_brought_in() {
    let desk = TestDesk::new().await;
    let folder = Folder::lines(&[
        json!({"id": "1", "title": "Bescheid", "markdown": "Der Bescheid druckt."}),
        json!({"id": "1", "title": "Frist", "markdown": "Die Frist läuft."}),
        json!({"id": "2", "title": "Zahllauf", "markdown": "Der Zahllauf endet."}),
    ]);
    let path = folder.path().join("wissen.jsonl");
    let report = imported(&desk, of(&path)).await;
    assert_eq!(
        (&report["created"], &report["refused"]),
        (&json!(2), &json!(1))
    );
    titled(&desk, "Bescheid").await;
    titled(&desk, "Zahllauf").await;
}

#[tokio::test]
async fn what_stays_in_the_house_becomes_neither_title_nor_summary() {
    let desk = TestDesk::new().await;
    let text = ":::intern\n# Wir allein\n\nDas Kennwort des Notzugangs liegt im Tresor.\n:::\n\n\
                # Notzugang\n\nWer den Notzugang braucht, ruft den Servicedesk an.\n";
    let folder = Folder::new().with("notzugang.md", text);
    imported(&desk, of(folder.path())).await;
    let article = titled(&desk, "Notzugang").await;
    let summary = &article.row.summary;
    assert!(summary.starts_with("Wer den Notzugang"), "{summary}");
    // The passage itself is kept.
    assert!(body(&desk, &article).await.contains("Tresor"));
}

#[tokio::test]
async fn old_character_sets_broken_pages_and_huge_files_are_read_or_refused_with_a_sentence() {
    let desk = TestDesk::new().await;
    let folder = Folder::new()
        .with(
            "latin.html",
            b"<meta charset=iso-8859-1><title>Gr\xf6\xdfe</title><p>\xdcber alles",
        )
        .with(
            "broken.html",
            "<title>Kaputt</title><table><tr><td>a<p>b</table></div></b><h2>c</h2><ul><li>d<li>e",
        )
        .with("tief.html", "<div>".repeat(5_000))
        .with("empty.html", "")
        .with("huge.html", vec![b'x'; 21 * 1024 * 1024])
        .with(
            "notes.md",
            "# Notizen\n\nDas sind genug Wörter für den Anfang.\n\n[Größe](latin.html) <b>roh</b>",
        );
    std::os::unix::fs::symlink(folder.path(), folder.path().join("kreis")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("fremd.html")).unwrap();
    let report = imported(&desk, of(folder.path())).await;
    assert_eq!(
        (&report["created"], &report["refused"]),
        (&json!(4), &json!(3)),
        "{report:#}"
    );
    assert_eq!(
        entry(&report, "tief.html")["why"],
        "nests its elements more deeply than any page does"
    );
    assert_eq!(entry(&report, "huge.html")["why"], "is larger than 20 MB");
    assert_eq!(
        entry(&report, "fremd.html")["why"],
        "lies outside of what is imported; --follow-links reads it all the same"
    );
    assert!(report["passed"][0].as_str().unwrap().starts_with("kreis:"));
    assert_eq!(remarked(entry(&report, "latin.html"), "charset"), 1);
    assert_eq!(remarked(entry(&report, "notes.md"), "raw_html"), 2);
    let broken = body(&desk, &titled(&desk, "Kaputt").await).await;
    assert!(
        broken.contains("| a b |") || broken.contains("a\n\nb"),
        "{broken}"
    );
    assert!(
        broken.contains("## c") && broken.contains("- d\n- e"),
        "{broken}"
    );
    let size = titled(&desk, "Größe").await;
    let notes = titled(&desk, "Notizen").await;
    assert_eq!(notes.row.summary, "Das sind genug Wörter für den Anfang.");
    assert!(body(&desk, &notes).await.contains(&size.row.id.to_string()));
    let missing = import(&desk, of(&folder.path().join("nie"))).await;
    assert!(missing.unwrap_err().to_string().contains("cannot read"));
}

#[tokio::test]
async fn lists_tables_notes_and_code_stay_what_they_are() {
    let desk = TestDesk::new().await;
    let page = "<title>T</title><ol start=3><li>drei<ul><li>a<li><p>b<p>c</ul><li>vier</ol>\
        <table><tr><th>Kopf<th>Zwei<tr><td rowspan=2>x|y<td><ul><li>p<li>q</ul><tr><td>z</table>\
        <div class='admonition warning'><p class=admonition-title>Warning<p>Erst sichern.</div>\
        <pre><code class=language-sh>ls | wc\n```\n</code></pre><dl><dt>Begriff<dd>Bedeutung</dl>\
        <p>H<sub>2</sub>O, 1*2, <code>a`b</code>, <b>fett</b><i>er</i> <kbd>Strg</kbd>";
    let folder = Folder::new().with("t.html", page);
    let report = imported(&desk, of(folder.path())).await;
    let text = body(&desk, &titled(&desk, "T").await).await;
    for part in [
        "3. drei\n\n   - a\n\n   - b\n\n     c\n\n4. vier",
        "| Kopf | Zwei |\n| --- | --- |\n| x\\|y | • p • q |\n|  | z |",
        "> [!WARNING]\n> Erst sichern.",
        "````sh\nls | wc\n```\n````",
        "- **Begriff**\n\n  Bedeutung",
        "H₂O, 1\\*2, ``a`b``, **fett***er* `Strg`",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    let t = entry(&report, "t.html");
    for (what, count) in [
        ("lists_in_cells", 2),
        ("cells_added", 1),
        ("callout_titles", 1),
        ("definition_items", 1),
    ] {
        assert_eq!(remarked(t, what), count, "{what}: {t:#}");
    }
}

#[tokio::test]
async fn whoever_imports_may_write_and_to_publish_may_publish() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let everything = [
        (Permission::WriteArticles, Scope::Everything),
        (Permission::PublishArticles, Scope::Everything),
        (Permission::ReadArticles, Scope::Everything),
    ];
    let lena = desk.person_with("Lena Hoffmann", &everything).await;
    let annika = desk.agent("Annika Brandt").await;
    let folder = Folder::new().with("a.html", "<title>A</title><p>Text.");
    let asked = |by: &str, publish: bool| KnowledgeImport {
        publish,
        by: Some(by.to_owned()),
        category: Some("KITA-Netz".to_owned()),
        ..of(folder.path())
    };
    for (by, publish) in [(&annika, false), (&mira, true)] {
        let refused = import(&desk, asked(&by.email, publish)).await.unwrap_err();
        assert!(refused.to_string().contains("may not"), "{refused}");
    }
    assert!(
        import(&desk, asked("nobody@desk.example", false))
            .await
            .is_err()
    );
    imported(&desk, asked(&lena.email, true)).await;
    let article = titled(&desk, "A").await;
    assert_eq!(
        (article.row.state, article.row.owner_id),
        (State::Published, Some(lena.id))
    );
    let page = annika
        .sign_in()
        .await
        .get(&format!("/knowledge/{}", article.row.id))
        .await;
    page.must_say("Fachlich geprüft");
    let events = entities::history::of(&desk.db, article.row.id, None, 50)
        .await
        .unwrap();
    assert!(events.iter().any(|event| event.name == "imported"));
    assert!(events.iter().all(|event| !event.payload.contains("a.html")));
    // Without an owner nobody could be asked, so it is not published.
    let alone = KnowledgeImport {
        by: None,
        source: Some("anders".to_owned()),
        ..asked("", true)
    };
    let report = imported(&desk, alone).await;
    assert!(
        entry(&report, "a.html")["why"]
            .as_str()
            .unwrap()
            .contains("an owner")
    );
    desk.must_verify().await;
}
