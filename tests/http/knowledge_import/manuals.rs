//! Real documentation: every German page of GIMP's and of Debian Edu's manuals, counted before and after.

use std::collections::{HashMap, HashSet};

use entities::article::{Article, version};
use lotse::knowledge::import::console::KnowledgeImport;
use lotse::knowledge::rendered;
use serde_json::Value;
use support::desk::TestDesk;
use support::process::documentation;

use super::counts::{Counts, of_article, of_page};
use super::{all, imported, of, remarked, versions};

/// What is left of a page when what the report names is taken from it.
fn expected(page: Counts, entry: &Value) -> [(&'static str, usize); 4] {
    let of = |what: &[&str]| what.iter().map(|what| remarked(entry, what)).sum::<usize>();
    [
        (
            "headings",
            page.headings
                - of(&[
                    "heading_is_title",
                    "empty_headings",
                    "headings_in_cells",
                    "callout_headings",
                ]),
        ),
        (
            "items",
            page.items + of(&["definition_items"]) - of(&["lists_in_cells", "empty_list_parts"]),
        ),
        (
            "cells",
            page.cells + of(&["cells_added"])
                - of(&["callout_cells", "table_cells_unfolded", "tables_in_cells"]),
        ),
        (
            "images",
            page.images
                - of(&[
                    "callout_images",
                    "images_lost",
                    "images_elsewhere",
                    "images_as_files",
                ]),
        ),
    ]
}

/// Imports a folder and compares each page with its article; the sums before and after.
async fn compared(desk: &TestDesk, asked: KnowledgeImport) -> (Counts, Counts) {
    let folder = &asked.path;
    let report = imported(desk, asked.clone()).await;
    let entries = report["articles"].as_array().unwrap();
    assert_eq!(report["refused"], 0, "{report:#}");
    let articles = all(desk).await;
    let by_id: HashMap<String, &Article> = articles
        .iter()
        .map(|article| (article.row.id.to_string(), article))
        .collect();
    let mut places: HashSet<String> = HashSet::new();
    let mut links: Vec<(String, String)> = Vec::new();
    let (mut before, mut after) = (Counts::default(), Counts::default());
    for entry in entries {
        let id = entry["article"].as_str().unwrap();
        let article = by_id[id];
        let newest = version::of(&desk.db, article, article.row.newest)
            .await
            .unwrap();
        let shown = rendered(article, &newest);
        let html = shown.html.into_string();
        let page = std::fs::read_to_string(folder.join(entry["id"].as_str().unwrap())).unwrap();
        let (page, found) = (of_page(&page), of_article(&html));
        let is = [found.headings, found.items, found.cells, found.images];
        for ((what, expected), is) in expected(page, entry).into_iter().zip(is) {
            assert_eq!(
                is, expected,
                "{what} of {}: {:#}",
                entry["id"], entry["remarks"]
            );
        }
        let lost = ["links_lost", "empty_links", "links_in_code"];
        let lost: usize = lost.iter().map(|what| remarked(entry, what)).sum();
        // An image that is not shown is a link to its file.
        let led = page.links + remarked(entry, "images_as_files");
        assert_eq!(found.links, led - lost, "links of {}", entry["id"]);
        // Words that only the page has are named too: usual titles of notes and the repeated title.
        assert!(
            found.letters + 400 >= page.letters * 98 / 100,
            "{}: {} letters of {}",
            entry["id"],
            found.letters,
            page.letters
        );
        places.insert(format!("/knowledge/{id}"));
        places.extend(
            shown
                .headings
                .iter()
                .map(|h| format!("/knowledge/{id}#{}", h.id)),
        );
        links.extend(hrefs(&html).into_iter().map(|to| (id.to_owned(), to)));
        before += page;
        after += found;
    }
    for (from, to) in links {
        let to = if to.starts_with('#') {
            format!("/knowledge/{from}{to}")
        } else {
            to
        };
        assert!(
            places.contains(&to),
            "{from} leads to {to}, where nothing is"
        );
    }
    // Once more: nothing has changed, so nothing is written.
    let written = versions(desk).await;
    let again = imported(desk, asked.clone()).await;
    assert_eq!(again["unchanged"].as_u64().unwrap() as usize, entries.len());
    assert_eq!(versions(desk).await, written);
    (before, after)
}

/// Where the links of an article lead within the desk, save those of headings to themselves and of files.
fn hrefs(html: &str) -> Vec<String> {
    let parts = html.split("<a href=\"").skip(1);
    let to = parts.filter_map(|part| part.split('"').next());
    let within = to.filter(|to| to.starts_with("/knowledge/") || to.starts_with('#'));
    within
        .filter(|to| !to.contains("/files/"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn the_manual_of_gimp_comes_in_with_all_it_is_made_of() {
    let folder = documentation("/usr/share/gimp/2.0/help/de", "gimp-help-de");
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let asked = KnowledgeImport {
        publish: true,
        category: Some("Arbeitsplatz/GIMP".to_owned()),
        owner: Some(mira.email.clone()),
        source: Some("gimp-help-de".to_owned()),
        ..of(&folder)
    };
    let (before, after) = compared(&desk, asked).await;
    println!("GIMP before: {before:?}\nGIMP after:  {after:?}");
    assert!(before.headings > 2_000 && before.items > 1_500 && before.images > 2_000);
    assert!(after.cells > 100 && after.links > 5_000, "{after:?}");
    // Readers see it, with its pictures.
    let annika = desk.agent("Annika Brandt").await.sign_in().await;
    let article = super::titled(&desk, "4.3. Verschieben").await;
    let page = annika.get(&format!("/knowledge/{}", article.row.id)).await;
    page.must_say("Das Werkzeug »Verschieben« wird benutzt");
    let source = page.attribute(".article__text img", "src").unwrap();
    assert_eq!(
        annika.get(&source).await.header("content-type"),
        "image/png"
    );
}

#[tokio::test]
async fn the_manuals_of_debian_edu_come_in_with_all_they_are_made_of() {
    let folder = documentation("/usr/share/doc/debian-edu-doc-de", "debian-edu-doc-de");
    let desk = TestDesk::new().await;
    // The package shares its images with those of other languages.
    let asked = KnowledgeImport {
        follow_links: true,
        ..of(&folder)
    };
    let (before, after) = compared(&desk, asked).await;
    println!("Debian Edu before: {before:?}\nDebian Edu after:  {after:?}");
    assert!(before.items > 700 && after.headings > 300, "{after:?}");
    assert!(after.images > 100, "{after:?}");
}
