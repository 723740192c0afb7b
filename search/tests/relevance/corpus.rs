//! The handbooks as documents: Debian's `gimp-help-de` a page each, `debian-edu-doc-de` a section each, and some tickets.

use std::path::Path;

use scraper::{ElementRef, Html, Selector};
use search::document::{Kind, Passage};
use search::{Document, Key};
use uuid::Uuid;

const GIMP: &str = "/usr/share/gimp/2.0/help/de";
const EDU: &str = "/usr/share/doc/debian-edu-doc-de/debian-edu-bookworm-manual.html";

pub fn all() -> Vec<Document> {
    let pages = gimp().into_iter().chain(edu()).chain(desk());
    (1_u128..)
        .zip(pages)
        .map(|(number, (name, title, body))| document(number, &name, &title, &body))
        .collect()
}

fn document(number: u128, name: &str, title: &str, body: &str) -> Document {
    let is_ticket = name.starts_with("desk/");
    Document {
        key: Key {
            kind: if is_ticket {
                Kind::Ticket
            } else {
                Kind::Article
            },
            id: Uuid::from_u128(number),
        },
        reference: name.rsplit('/').next().unwrap_or(name).to_owned(),
        source_id: Some(name.to_owned()),
        title: title.to_owned(),
        keywords: Vec::new(),
        summary: String::new(),
        passages: vec![Passage::open(body)],
        tags: Vec::new(),
        at: 1_760_000_000,
        solved: is_ticket,
        stamp: 1,
        language: "de".to_owned(),
    }
}

fn read(path: &Path, package: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; install Debian's package {package}",
            path.display()
        )
    })
}

/// A heading without its number.
fn heading(text: &str) -> (String, String) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (number, title) = text.split_once(". ").unwrap_or(("", &text));
    if number.chars().all(|c| c.is_ascii_digit() || c == '.') {
        (number.to_owned(), title.to_owned())
    } else {
        (String::new(), text)
    }
}

fn gimp() -> Vec<(String, String, String)> {
    let folder = std::fs::read_dir(GIMP)
        .unwrap_or_else(|error| panic!("{GIMP}: {error}; install Debian's package gimp-help-de"));
    let mut paths: Vec<_> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    paths.sort();
    let title = Selector::parse("title").unwrap();
    let body =
        Selector::parse("div.sect1, div.sect2, div.sect3, div.chapter, div.appendix, div.part")
            .unwrap();
    let pages = paths.iter().filter_map(|path| {
        let page = Html::parse_document(&read(path, "gimp-help-de"));
        let title = page.select(&title).next()?;
        let (_, title) = heading(&title.text().collect::<String>());
        let body = page.select(&body).next()?;
        let name = path.file_stem()?.to_string_lossy().into_owned();
        Some((format!("gimp/{name}"), title, text(body)))
    });
    pages.collect()
}

fn edu() -> Vec<(String, String, String)> {
    let page = Html::parse_document(&read(Path::new(EDU), "debian-edu-doc-de"));
    let section = Selector::parse("div.section").unwrap();
    let titles = Selector::parse("h2.title, h3.title, h4.title, h5.title").unwrap();
    let sections = page.select(&section).filter_map(|section| {
        let title = section.select(&titles).next()?;
        let (number, title) = heading(&title.text().collect::<String>());
        // What stands in sections inside it is theirs.
        let own: Vec<_> = section
            .child_elements()
            .filter(|child| {
                !child
                    .value()
                    .classes()
                    .any(|class| class == "section" || class == "titlepage")
            })
            .map(text)
            .collect();
        Some((format!("edu/{number}"), title, own.join("\n")))
    });
    sections.collect()
}

fn text(element: ElementRef) -> String {
    let words: Vec<_> = element.text().flat_map(str::split_whitespace).collect();
    words.join(" ")
}

fn desk() -> Vec<(String, String, String)> {
    let tickets = [
        (
            "2026-011418-3",
            "Kita-Gutschein: Bescheid bricht mit Fehler KN-4102 ab",
            "Beim Druck des Bescheids erscheint KN-4102, wenn der Geschwisterbonus gesetzt ist. Umgehung: Änderungsdatum \
             einmal öffnen und bestätigen. Behoben mit Version 7.4.2.",
        ),
        (
            "2026-011431-7",
            "Zahllauf November: 14 Träger ohne Abschlag",
            "Der Zahllauf endete ohne Fehlermeldung, vierzehn Träger haben keine Abschlagszahlung erhalten.",
        ),
        (
            "2026-011388-1",
            "Briefkopf im Bescheid zeigt alte Hausanschrift",
            "Die Vorlage für Serienbriefe im Unterhaltsvorschuss enthält noch die alte Anschrift. Vorlage ersetzt.",
        ),
        (
            "2026-011502-4",
            "Anmeldung mit Smartcard schlägt fehl",
            "Nach dem Wechsel des Zertifikats wird die Karte nicht erkannt. Das Lesegerät musste neu verbunden werden.",
        ),
        (
            "2026-011519-2",
            "Schnittstelle zum Melderegister antwortet nicht",
            "Seit heute Morgen laufen alle Abfragen in eine Zeitüberschreitung. Der Anbieter hat den Dienst neu gestartet.",
        ),
        (
            "2026-011533-9",
            "Scanner in Raum 214 liefert leere Seiten",
            "Eingelesene Anträge bestehen nur aus leeren Seiten. Der Treiber stand auf beidseitig, das Papier war einseitig.",
        ),
        (
            "2026-011547-6",
            "Elternbeitrag wird falsch berechnet",
            "Bei zwei Geschwistern wird der volle Beitrag angesetzt. Die Einkommensstufe war nicht übernommen worden.",
        ),
        (
            "2026-011560-8",
            "Postfach voll: es kommen keine Mails mehr an",
            "Das Funktionspostfach hat seine Grenze erreicht. Alte Anhänge wurden ins Archiv verschoben.",
        ),
    ];
    tickets
        .into_iter()
        .map(|(number, title, body)| (format!("desk/{number}"), title.to_owned(), body.to_owned()))
        .collect()
}
