//! The Meilisearch engine against what a real server once answered: the exchanges in `fixtures/exchanges.jsonl`.

use std::sync::{Arc, Mutex};

use search::answer::{Part, Total};
use search::document::Scope;
use search::{Change, Engine, Error, Facet, Meilisearch, Order, Request};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};

use crate::desk::{self, IBAN, asked, of_team};

const KEY: &str = "the valid one";

/// A server that says again what was recorded, with the names of our documents.
struct Replay {
    url: String,
    /// Method and path with the body of everything it was asked.
    heard: Arc<Mutex<Vec<(String, Value)>>>,
}

impl Replay {
    async fn start() -> Self {
        Self::of_version(None).await
    }

    async fn of_version(version: Option<&'static str>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let heard = Arc::clone(&all);
                tokio::spawn(serve(stream, heard, version));
            }
        });
        Self { url, heard }
    }

    fn engine(&self, key: Option<&str>) -> Engine {
        Engine::Meilisearch(Meilisearch::new(&self.url, key, "tickets").unwrap())
    }

    fn last(&self, what: &str) -> Value {
        let heard = self.heard.lock().unwrap();
        heard
            .iter()
            .rev()
            .find(|(name, _)| name == what)
            .unwrap_or_else(|| panic!("no {what}"))
            .1
            .clone()
    }
}

async fn serve(
    stream: TcpStream,
    heard: Arc<Mutex<Vec<(String, Value)>>>,
    version: Option<&str>,
) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    loop {
        let (mut first, mut length, mut key) = (String::new(), Some(0), None);
        read.read_line(&mut first)
            .await
            .ok()
            .filter(|read| *read > 0)?;
        loop {
            let line = line(&mut read).await?;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().ok(),
                "transfer-encoding" => length = None,
                "authorization" => key = value.strip_prefix("Bearer ").map(str::to_owned),
                _ => {}
            }
        }
        let body = body(&mut read, length).await?;
        let mut words = first.split(' ');
        let (method, path) = (words.next()?, words.next()?);
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        let path = path.split('?').next()?;
        heard
            .lock()
            .unwrap()
            .push((format!("{method} {path}"), body.clone()));
        let (status, answer) = answer(method, path, key.as_deref(), &body, version);
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        write.write_all(head.as_bytes()).await.ok()?;
        write.write_all(answer.as_bytes()).await.ok()?;
    }
}

async fn line(read: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    read.read_line(&mut line).await.ok()?;
    Some(line.trim().to_owned())
}

/// So many bytes, or chunks that each say how many they are.
async fn body(read: &mut BufReader<OwnedReadHalf>, length: Option<usize>) -> Option<Vec<u8>> {
    let mut body = vec![0; length.unwrap_or(0)];
    read.read_exact(&mut body).await.ok()?;
    while length.is_none() {
        let size = usize::from_str_radix(&line(read).await?, 16).ok()?;
        let mut chunk = vec![0; size];
        read.read_exact(&mut chunk).await.ok()?;
        body.extend(chunk);
        line(read).await?;
        if size == 0 {
            break;
        }
    }
    Some(body)
}

/// The exchange of this name: status and body.
fn recorded(name: &str) -> (u64, Value) {
    let exchange = include_str!("../fixtures/exchanges.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|exchange| exchange["name"] == name)
        .unwrap_or_else(|| panic!("no exchange {name}"));
    let response = &exchange["response"];
    (
        response["status"].as_u64().unwrap(),
        response["body"].clone(),
    )
}

fn answer(
    method: &str,
    path: &str,
    key: Option<&str>,
    body: &Value,
    version: Option<&str>,
) -> (u64, Value) {
    match key {
        Some(KEY) => {}
        None => return recorded("no key"),
        Some(_) => return recorded("wrong key"),
    }
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    match (method, parts.as_slice()) {
        ("GET", ["version"]) => {
            let (status, mut body) = recorded("version");
            if let Some(version) = version {
                body["pkgVersion"] = json!(version);
            }
            (status, body)
        }
        ("GET", ["indexes", _]) => recorded("missing index"),
        ("POST", ["indexes"]) => recorded("create index"),
        ("DELETE", ["indexes", _]) => recorded("delete index"),
        ("PATCH", ["indexes", _, "settings"]) | ("PUT", ["indexes", _, "settings", _]) => {
            recorded("settings")
        }
        ("GET", ["indexes", _, "settings", "searchable-attributes"]) => {
            let (status, settings) = recorded("settings read back");
            (status, settings["searchableAttributes"].clone())
        }
        ("GET", ["indexes", _, "settings", "synonyms"]) => {
            let (status, settings) = recorded("settings read back");
            (status, settings["synonyms"].clone())
        }
        ("POST", ["indexes", _, "documents"]) if body.to_string().contains("ohne Schlüssel") => {
            recorded("bad document (no id)")
        }
        ("POST", ["indexes", _, "documents"]) => recorded("add documents"),
        ("POST", ["indexes", _, "documents", "delete-batch"]) => recorded("delete by id batch"),
        ("POST", ["swap-indexes"]) => recorded("swap to missing index"),
        ("GET", ["indexes", _, "stats"]) => recorded("stats"),
        ("GET", ["tasks", number]) => task(number),
        ("POST", ["indexes", _, "search"]) => found(body),
        _ => panic!("nobody was asked {method} {path} when it was recorded"),
    }
}

/// Tasks that were not looked at end like the one that was.
fn task(number: &str) -> (u64, Value) {
    match number {
        "12" => recorded("task of bad document (failed)"),
        "14" => recorded("task of swap (failed)"),
        _ => {
            let (status, mut body) = recorded("task of add");
            body["uid"] = number.parse::<u64>().unwrap().into();
            (status, body)
        }
    }
}

fn found(body: &Value) -> (u64, Value) {
    let name = match body["q"].as_str().unwrap().trim() {
        "Bescheid" => "search: exact",
        "Geschwisterbouns" => "search: typo",
        "Abschlag Zahlung" => "search: half a compound",
        "Brief Serie" => "search: other compound form",
        "Kindertagesstätte Gutschein" => "search: synonym",
        "2026-11431" => "search: number",
        "zahll" => "search: prefix as you type",
        "" => "search: filter and facets",
        "x" => "search: bad filter",
        other => panic!("nobody looked for {other}"),
    };
    let (status, body) = recorded(name);
    let text = body
        .to_string()
        .replace("\"messages\":", "\"open\":")
        .replace("\"number\":", "\"reference\":")
        .replace("\"id\":\"", "\"id\":\"ticket-");
    let mut body: Value = serde_json::from_str(&text).unwrap();
    if let Some(facets) = body.get_mut("facetDistribution") {
        let counts = facets["service"].as_object().unwrap().iter();
        let coded: serde_json::Map<_, _> = counts
            .map(|(value, count)| (format!("v{value}"), count.clone()))
            .collect();
        *facets = json!({ "tags.vservice": coded });
    }
    (status, body)
}

fn marked(highlight: &search::answer::Highlight) -> Vec<&str> {
    highlight
        .ranges
        .iter()
        .map(|range| &highlight.text[range.clone()])
        .collect()
}

#[tokio::test]
async fn hits_are_read_with_what_matched_in_them() {
    let engine = Replay::start().await.engine(Some(KEY));
    let answer = engine.search(asked("Bescheid")).await.unwrap();
    assert_eq!(answer.total, Total::Exactly(2));
    let hit = &answer.hits[0];
    assert_eq!(hit.reference, "2026-11418");
    assert!((hit.score - 0.8447).abs() < 0.001);
    assert_eq!(hit.highlights[0].part, Part::Title);
    assert_eq!(hit.highlights[0].text, hit.title);
    assert_eq!(marked(&hit.highlights[0]), ["Bescheid"]);
    assert_eq!(hit.highlights[1].part, Part::Passage(Scope::Open));
    assert_eq!(marked(&hit.highlights[1]), ["Bescheid"]);

    let answer = engine.search(asked("Geschwisterbouns")).await.unwrap();
    assert_eq!(marked(&answer.hits[0].highlights[0]), ["Geschwisterbonus"]);
    let answer = engine.search(asked("Abschlag Zahlung")).await.unwrap();
    assert_eq!(marked(&answer.hits[0].highlights[1]), ["Abschlagszahlung"]);
    let answer = engine.search(asked("Brief Serie")).await.unwrap();
    assert_eq!(marked(&answer.hits[0].highlights[1]), ["Serie", "brief"]);
    let answer = engine.search(asked("#2026-011431")).await.unwrap();
    assert_eq!(answer.hits[0].reference, "2026-11431");
}

#[tokio::test]
async fn facets_are_counted_and_the_newest_asked_for() {
    let replay = Replay::start().await;
    let request = Request {
        permission: of_team("Team \"Briefe\""),
        facets: vec![Facet::of("service")],
        order: Order::Newest,
        scopes: vec![Scope::Notes, Scope::Field(IBAN)],
        ..asked("")
    };
    let answer = replay.engine(Some(KEY)).search(request).await.unwrap();
    assert_eq!(
        answer.facets["service"],
        [("11".to_owned(), 1), ("13".to_owned(), 1)].into()
    );
    let heard = replay.last("POST /indexes/tickets/search");
    assert_eq!(heard["sort"], json!(["at:desc"]));
    assert_eq!(heard["filter"], "(tags.vteam = v_54eam_20_22_42riefe_22)");
    // A field that no document has a value of is not known to the server.
    let searched = json!(["numbers", "title", "keywords", "summary", "open", "notes"]);
    assert_eq!(heard["attributesToSearchOn"], searched);
    let shown = heard["attributesToHighlight"].as_array().unwrap();
    assert!(!shown.contains(&json!("people")) && !shown.contains(&json!("files")));
}

#[tokio::test]
async fn an_index_is_made_with_its_settings_once() {
    let replay = Replay::start().await;
    let engine = replay.engine(Some(KEY));
    engine.health().await.unwrap();
    engine
        .apply(vec![
            desk::put(desk::all().remove(0)),
            Change::Delete(desk::all()[1].key),
        ])
        .await
        .unwrap();
    assert_eq!(engine.stats().await.unwrap().documents, 2);
    assert_eq!(replay.last("POST /indexes")["primaryKey"], "id");
    let settings = replay.last("PATCH /indexes/tickets/settings");
    assert_eq!(settings["filterableAttributes"], json!(["tags", "at"]));
    let searched = settings["searchableAttributes"].as_array().unwrap();
    assert_eq!(
        searched.last().unwrap(),
        &json!(format!("field_{}", IBAN.simple()))
    );
    let put = replay.last("POST /indexes/tickets/documents");
    assert_eq!(put[0]["tags"]["vservice"], json!(["vkita"]));
    assert_eq!(
        put[0]["notes"],
        json!(["Der Hersteller nennt das intern Kanarienvogel."])
    );
    let deleted = replay.last("POST /indexes/tickets/documents/delete-batch");
    assert_eq!(
        deleted,
        json!([format!("ticket-{}", desk::all()[1].key.id)])
    );
    let made = replay
        .heard
        .lock()
        .unwrap()
        .iter()
        .filter(|(what, _)| what == "POST /indexes")
        .count();
    assert_eq!(made, 1);
}

#[tokio::test]
async fn what_the_server_refuses_is_said() {
    let replay = Replay::start().await;
    let engine = replay.engine(Some(KEY));
    let refused = engine.search(asked("x")).await.unwrap_err();
    assert!(
        matches!(&refused, Error::Refused { code, .. } if code == "invalid_search_filter"),
        "{refused}"
    );
    let failed = engine
        .apply(vec![desk::put(desk::ticket(1, "ohne Schlüssel", ""))])
        .await
        .unwrap_err();
    assert!(
        matches!(&failed, Error::Refused { code, .. } if code == "missing_document_id"),
        "{failed}"
    );
    let building = engine.rebuild().await.unwrap();
    let swap = building.finish().await.unwrap_err();
    assert!(matches!(swap, Error::Missing(_)), "{swap}");
}

#[tokio::test]
async fn a_wrong_key_an_old_version_and_no_server_are_told_apart() {
    let replay = Replay::start().await;
    for key in [Some("wrong"), None] {
        let error = replay.engine(key).health().await.unwrap_err();
        assert!(matches!(error, Error::Key(_)), "{error}");
        assert!(!error.passes() && !format!("{error}").contains("wrong"));
    }
    let old = Replay::of_version(Some("1.3.5")).await;
    let error = old.engine(Some(KEY)).health().await.unwrap_err();
    assert!(
        matches!(&error, Error::Version { found, .. } if found == "1.3.5"),
        "{error}"
    );

    let nowhere = Meilisearch::new("http://127.0.0.1:9", Some(KEY), "tickets").unwrap();
    assert!(!format!("{nowhere:?}").contains(KEY));
    let error = Engine::Meilisearch(nowhere)
        .search(asked("Bescheid"))
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Unreachable { .. }) && error.passes(),
        "{error}"
    );
}
