//! What the demo's unit knows: a dozen articles, some published, some on their way there, in the categories of its services.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use entities::article::{
    self, Article, Audience, Content, Create, File, Filing, Publish, Retire, Return, SendToReview,
    Write,
};
use entities::category::{self, Category, CategoryFacts};
use entities::clock::Instant;
use entities::language::Language;
use entities::ledger::Command;
use entities::permit::{Desk, Reach};
use entities::release::{self, ReleaseFacts};
use entities::setting::Show;
use entities::{Actor, Db, Permit, Rule, Uuid};

use super::database::Unit;
use super::unit::NORDLICHT;

/// How far an article has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Draft,
    InReview,
    /// With a remark, and the passage it is about.
    Returned(&'static str, &'static str),
    Published,
    /// Published, with a newer version in review.
    Renewed(&'static str),
    Retired,
}

struct Sketch {
    title: &'static str,
    summary: &'static str,
    text: &'static str,
    keywords: &'static [&'static str],
    category: [&'static str; 2],
    service: &'static str,
    audience: Audience,
    language: Language,
    stage: Stage,
    /// Days until somebody looks at it again.
    due: i64,
}

/// Pictures that texts show: the title of the article, the name of the file, its bytes.
const PICTURES: [(&str, &str, &[u8]); 1] = [(
    "Geschwisterbonus richtig erfassen",
    "berechnung.png",
    include_bytes!("articles/berechnung.png"),
)];

const GERMAN: Language = Language::De;
const ENGLISH: Language = Language::En;

#[rustfmt::skip]
const SKETCHES: [Sketch; 13] = [
    Sketch {
        title: "Geschwisterbonus richtig erfassen",
        summary: "So setzen Sie den Bonus, ohne dass der Bescheid abbricht. Dauer: etwa 3 Minuten.",
        text: include_str!("articles/geschwisterbonus.md"),
        keywords: &["Bonus", "Geschwister", "Bescheid"],
        category: ["KITA-Netz", "Gutschein"], service: "KITA-Netz", audience: Audience::Requesters, language: GERMAN,
        stage: Stage::Renewed("\n## Ab Version 7.4.2\n\nDie Bestätigung mit Enter entfällt.\n"), due: 68,
    },
    Sketch {
        title: "Meldung KN-4102: Stichtag fehlt",
        summary: "Bescheiddruck bricht ab, weil das Änderungsdatum nicht bestätigt ist.",
        text: include_str!("articles/kn-4102.md"),
        keywords: &["KN-4102", "Bescheid", "Stichtag"],
        category: ["KITA-Netz", "Bescheid"], service: "KITA-Netz", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Published, due: 9,
    },
    Sketch {
        title: "Gesperrte Chipkarte freigeben",
        summary: "Erst zurückrufen, dann die Sperre aufheben.",
        text: include_str!("articles/chipkarte.md"),
        keywords: &["Chipkarte", "PIN", "Sperre"],
        category: ["Zugang", "Chipkarte"], service: "Zugang", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Published, due: 210,
    },
    Sketch {
        title: "Zahllauf hängt in der Übergabe",
        summary: "Sperrvermerk prüfen und die Übergabe wiederholen, nie einen zweiten Lauf starten.",
        text: include_str!("articles/zahllauf.md"),
        keywords: &["Zahllauf", "Übergabe", "Landeskasse"],
        category: ["Zahlungen", "Zahllauf"], service: "ZahlWeg", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Published, due: -12,
    },
    Sketch {
        title: "Vertretung im RSD-Desk eintragen",
        summary: "Wer vertritt, sieht die Fälle an den eingetragenen Tagen.",
        text: include_str!("articles/vertretung.md"),
        keywords: &["Vertretung", "Urlaub"],
        category: ["RSD-Desk", "Vertretung"], service: "RSD-Desk", audience: Audience::Requesters, language: GERMAN,
        stage: Stage::Published, due: 320,
    },
    Sketch {
        title: "Plausibilität vor der Statistiklieferung",
        summary: "Was die häufigsten Meldungen bedeuten und wo Sie die Angaben ergänzen.",
        text: include_str!("articles/plausibilitaet.md"),
        keywords: &["Statistik", "Plausibilität"],
        category: ["Statistik", "Lieferung"], service: "StatJug", audience: Audience::Requesters, language: GERMAN,
        stage: Stage::InReview, due: 365,
    },
    Sketch {
        title: "Leere Datei beim Export im TrägerPortal",
        summary: "Zeitraum auf ein Quartal eingrenzen.",
        text: include_str!("articles/export.md"),
        keywords: &["Export", "TrägerPortal"],
        category: ["Zahlungen", "Abrechnung"], service: "TrägerPortal", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Returned("Bitte ergänzen, ab welcher Version das gilt, und die Meldung im Wortlaut nennen.", "endet nach einer Minute, die Datei ist leer"), due: 365,
    },
    Sketch {
        title: "Eltern sehen ihren Antrag nicht",
        summary: "",
        text: include_str!("articles/elternportal.md"),
        keywords: &["Elternportal"],
        category: ["KITA-Netz", "Elternportal"], service: "KITA-Netz", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Draft, due: 365,
    },
    Sketch {
        title: "Druckauftrag am Arbeitsplatz anhalten",
        summary: "Galt vor der Umstellung auf die DruckStraße.",
        text: include_str!("articles/drucker.md"),
        keywords: &["Drucken"],
        category: ["Arbeitsplatz", "Drucken"], service: "DruckStraße", audience: Audience::Internal, language: GERMAN,
        stage: Stage::Retired, due: 400,
    },
    Sketch {
        title: "Working from home with MobilZugang",
        summary: "Connect, insert the card, wait for the green sign.",
        text: include_str!("articles/home-access.md"),
        keywords: &["remote", "card"],
        category: ["Zugang", "Mobiles Arbeiten"], service: "MobilZugang", audience: Audience::Requesters, language: ENGLISH,
        stage: Stage::Published, due: 150,
    },
    Sketch {
        title: "Reset your password",
        summary: "A link by mail, valid once and for an hour.",
        text: include_str!("articles/password.md"),
        keywords: &["password", "account"],
        category: ["Zugang", "Kennwort"], service: "Zugang", audience: Audience::Public, language: ENGLISH,
        stage: Stage::Published, due: 250,
    },
    Sketch {
        title: "Kennwort zurücksetzen",
        summary: "Ein Link per E-Mail, einmal und eine Stunde lang gültig.",
        text: include_str!("articles/kennwort.md"),
        keywords: &["Kennwort", "Anmeldung"],
        category: ["Zugang", "Anmeldung"], service: "Zugang", audience: Audience::Public, language: GERMAN,
        stage: Stage::Published, due: 240,
    },
    Sketch {
        title: "Abnahme und Integration: Zugang und Ablauf",
        summary: "Wo Sie eine Korrektur einspielen und was wir vorher brauchen.",
        text: include_str!("articles/testumgebung.md"),
        keywords: &["Testumgebung", "Abnahme"],
        category: ["Hersteller", "Testumgebungen"], service: "KITA-Netz", audience: Audience::Vendors, language: GERMAN,
        stage: Stage::Published, due: 130,
    },
];

/// Releases that came out after the articles were written: services, names, and days until they are live.
const RELEASES: [(&str, &str, i64); 3] = [
    ("ZahlWeg", "4.8", -6),
    ("RSD-Desk", "3.2", -2),
    ("Zugang", "2027.1", 24),
];

/// Articles with their originals in the other language, which are written before them.
const TRANSLATED: [(&str, &str); 1] = [("Kennwort zurücksetzen", "Reset your password")];

/// Who wrote and who looked through them.
struct Hands {
    author: Actor,
    author_id: Option<Uuid>,
    reviewer: Actor,
}

/// Makes them, as though they had come about over the last months.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let hand = |place: usize| unit.agents.get(place).map(|agent| agent.id);
    let actor = |on_behalf_of| Actor::System(Rule::Import { on_behalf_of });
    let hands = Hands {
        author: actor(hand(0)),
        author_id: hand(0),
        reviewer: actor(hand(1)),
    };
    let categories = categories(db).await?;
    let known = release::list(db, &super::database::importer(), Show::Active).await?;
    let now = db.clock().now();
    let mut written: HashMap<&str, Uuid> = HashMap::new();
    for (place, sketch) in (0_i64..).zip(&SKETCHES) {
        let original_id = TRANSLATED
            .iter()
            .find(|(title, _)| *title == sketch.title)
            .and_then(|(_, original)| written.get(original).copied());
        let filing = Filing {
            language: sketch.language,
            category_id: categories.get(&sketch.category).copied(),
            owner_id: hands.author_id,
            service_ids: unit.service(sketch.service, None).into_iter().collect(),
            release_ids: valid_for(&known, sketch.service),
            review_due_on: Some(day(now + Duration::days(sketch.due))),
            second_review: sketch.stage == Stage::InReview,
            original_id,
            original_version: original_id.map(|_| 1),
        };
        let begun = now - Duration::days(200 - 15 * place);
        let vendor_ids = match sketch.audience {
            Audience::Vendors => vec![unit.organisations[NORDLICHT]],
            Audience::Internal | Audience::Requesters | Audience::Public => vec![],
        };
        let id = article(db, &hands, sketch, vendor_ids, filing, begun).await?;
        written.insert(sketch.title, id);
    }
    releases(db, unit).await
}

/// What came out since: some articles nobody has looked at yet.
async fn releases(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let today = day(db.clock().now());
    for (service, name, days) in RELEASES {
        let Some(service_id) = unit.service(service, None) else {
            continue;
        };
        let facts = ReleaseFacts {
            service_id,
            name: name.to_owned(),
            live_on: Some(today + Duration::days(days)),
        };
        let permit = Permit::ask(&super::database::importer(), Desk)?;
        db.change(permit, release::Create { facts, once: None })
            .await?;
    }
    Ok(())
}

fn day(at: Instant) -> NaiveDate {
    at.date_naive()
}

/// The releases of a service that its users work with.
fn valid_for(known: &[release::Row], service: &str) -> Vec<Uuid> {
    let of_it = known.iter().filter(|row| row.service_name == service);
    let first = of_it.filter(|row| row.release.name == "7.4.1");
    first.map(|row| row.release.id).collect()
}

/// The categories of all of them, by their way from the top.
async fn categories(db: &Db) -> anyhow::Result<HashMap<[&'static str; 2], Uuid>> {
    let mut tops: HashMap<&str, Uuid> = HashMap::new();
    let mut all = HashMap::new();
    for sketch in &SKETCHES {
        let [top, below] = sketch.category;
        let top_id = match tops.get(top) {
            Some(id) => *id,
            None => {
                let id = category(db, top, None).await?;
                tops.insert(top, id);
                id
            }
        };
        let id = category(db, below, Some(top_id)).await?;
        all.insert(sketch.category, id);
    }
    Ok(all)
}

async fn category(db: &Db, name: &str, parent_id: Option<Uuid>) -> anyhow::Result<Uuid> {
    let facts = CategoryFacts {
        name: name.to_owned(),
        parent_id,
    };
    let permit = Permit::ask(&super::database::importer(), Desk)?;
    let create = category::Create { facts, once: None };
    let made: Category = db.change(permit, create).await?.subject;
    Ok(made.id)
}

async fn article(
    db: &Db,
    hands: &Hands,
    sketch: &Sketch,
    vendor_ids: Vec<Uuid>,
    filing: Filing,
    begun: Instant,
) -> anyhow::Result<Uuid> {
    let content = Content {
        files: pictures(db, sketch.title).await?,
        title: sketch.title.to_owned(),
        summary: sketch.summary.to_owned(),
        body: sketch.text.to_owned(),
        keywords: sketch
            .keywords
            .iter()
            .map(|word| (*word).to_owned())
            .collect(),
        audience: sketch.audience,
        vendor_ids,
        ..Content::default()
    };
    let create = Create {
        content: content.clone(),
        filing,
        once: None,
    };
    let permit = Permit::ask(&hands.author, Reach)?.dated(begun)?;
    let mut article: Article = db.change(permit, create).await?.subject;
    let id = article.row.id;
    let (sent, looked) = (begun + Duration::days(2), begun + Duration::days(5));
    if sketch.stage == Stage::Draft {
        return Ok(id);
    }
    article = step(db, &hands.author, article, SendToReview, sent).await?;
    match sketch.stage {
        Stage::Draft | Stage::InReview => return Ok(id),
        Stage::Returned(text, quote) => {
            let (text, quote) = (text.to_owned(), quote.to_owned());
            step(db, &hands.reviewer, article, Return { text, quote }, looked).await?;
            return Ok(id);
        }
        Stage::Published | Stage::Renewed(_) | Stage::Retired => {}
    }
    article = step(db, &hands.reviewer, article, Publish { version: 1 }, looked).await?;
    let later = looked + Duration::days(20);
    match sketch.stage {
        Stage::Renewed(more) => {
            let write = Write {
                content: Content {
                    body: format!("{}{more}", content.body),
                    note: "Hinweis auf die neue Version ergänzt".to_owned(),
                    ..content
                },
                filing: article.filing(),
                edition: article.row.edition,
            };
            article = step(db, &hands.author, article, write, later).await?;
            step(db, &hands.author, article, SendToReview, later).await?;
        }
        Stage::Retired => {
            step(db, &hands.reviewer, article, Retire, later).await?;
        }
        _ => {}
    }
    Ok(id)
}

async fn pictures(db: &Db, title: &str) -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for (_, name, bytes) in PICTURES.iter().filter(|(of, _, _)| *of == title) {
        let stored = db.put_blob(bytes.to_vec()).await?;
        files.push(File {
            name: (*name).to_owned(),
            content_type: "image/png".to_owned(),
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
        });
    }
    Ok(files)
}

async fn step<C>(
    db: &Db,
    actor: &Actor,
    article: Article,
    command: C,
    at: Instant,
) -> anyhow::Result<Article>
where
    C: Command<Target = Article, On = article::Article>,
{
    let permit = Permit::ask(actor, article)?.dated(at)?;
    Ok(db.change(permit, command).await?.subject)
}
