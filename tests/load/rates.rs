//! How many replies a second the ledger takes and how many mails a second the intake: prints two lines.
//! With the path of a page it waits for a line of input, then makes that page once, for whoever listens to its SQL.
#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use entities::ticket::message::{Address, Addresses};
use entities::ticket::{Audience, Reply, Then, Ticket, filter::Filter, list, show};
use entities::{Actor, Permit, Rule, mailbox, person, session};
use lotse::config::{Config, Sources};
use lotse::desk::Desk;
use lotse::mail::deliver;
use lotse::routes;
use poem::{Endpoint as _, IntoEndpoint as _, IntoResponse as _, Request};

/// How long each is measured.
const SPAN: Duration = Duration::from_secs(5);
/// As many as write at the same time in a busy unit.
const WRITERS: usize = 8;
const MAIL_BYTES: usize = 20_000;

#[tokio::main]
async fn main() {
    let config = Config::from_sources(&Sources::read(None)).unwrap();
    let desk = Desk::open(config).await.unwrap();
    if let Some(path) = std::env::args().nth(1) {
        return page(desk, &path).await;
    }
    let tickets = some_tickets(&desk).await;
    let replies = rate(|writer, count| {
        let (desk, ticket) = (
            desk.clone(),
            tickets[(writer * 31 + count) % tickets.len()].clone(),
        );
        async move {
            let permit = Permit::ask(&importer(), ticket).unwrap();
            desk.db.change(permit, reply()).await.unwrap();
        }
    })
    .await;
    println!("replies {replies:.0}");
    let mailbox = mailbox::intake::first(&desk.db).await.unwrap().unwrap();
    let text = "Guten Tag, der Bescheid fehlt noch immer.\r\n".repeat(MAIL_BYTES / 43);
    let mails = rate(|writer, count| {
        let (desk, id) = (desk.clone(), mailbox.id);
        let raw = format!(
            "From: Frau {writer} <frau{writer}.{count}@pankow.berlin.example>\r\nTo: {}\r\nSubject: Bescheid {count}\r\n\
             Message-ID: <{}@pankow.berlin.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}",
            mailbox.address,
            entities::new_id().simple(),
        );
        async move {
            deliver::accept(&desk, id, raw.into_bytes()).await.unwrap();
        }
    })
    .await;
    println!("mails {mails:.0}");
}

async fn page(desk: Desk, path: &str) {
    let agents = person::agents(&desk.db).await.unwrap();
    let annika = agents.iter().find(|one| one.name == "Annika Brandt");
    let started = session::start(&desk.db, annika.unwrap().id, "load", "127.0.0.1").await;
    let cookie = format!("lotse_session={}", started.unwrap().token);
    let app = routes::app(desk).into_endpoint();
    std::io::stdin().read_line(&mut String::new()).unwrap();
    let request = Request::builder().uri_str(path).header("cookie", cookie);
    let answer = app.call(request.finish()).await.unwrap().into_response();
    assert!(answer.status().is_success(), "{}", answer.status());
}

/// An import may write in anybody's name; what it sends counts as sent, so no mail leaves.
fn importer() -> Actor {
    Actor::System(Rule::Import { on_behalf_of: None })
}

async fn some_tickets(desk: &Desk) -> Vec<Ticket> {
    let (all, sort) = (Filter::default(), list::Sort::default());
    let page = list::list(&desk.db, &importer(), &all, sort, None, 200).await;
    let mut tickets = Vec::new();
    for row in page.unwrap().rows {
        tickets.push(show::by_id(&desk.db, &importer(), row.id).await.unwrap());
    }
    tickets
}

fn reply() -> Reply {
    let message_id = entities::new_id();
    Reply {
        message_id,
        mail_id: format!("{}@desk.example", message_id.simple()),
        in_reply_to: None,
        mail_references: vec![],
        mailbox_id: None,
        addresses: Addresses {
            to: vec![Address {
                name: None,
                address: "sabine.kowalke@pankow.berlin.example".to_owned(),
            }],
            ..Addresses::default()
        },
        subject: "Re: Bescheid".to_owned(),
        body: "Guten Tag, bitte versuchen Sie es noch einmal.".to_owned(),
        files: vec![],
        audience: Audience::Requester,
        then: Then::Open,
        undo_seconds: 0,
        once: Some(entities::new_id().to_string()),
    }
}

/// Runs the work in several tasks for a while; pieces a second.
async fn rate<F>(work: impl Fn(usize, usize) -> F) -> f64
where
    F: Future<Output = ()>,
{
    let begun = Instant::now();
    let writers = (0..WRITERS).map(|writer| {
        let work = &work;
        async move {
            let mut count = 0;
            while begun.elapsed() < SPAN {
                work(writer, count).await;
                count += 1;
            }
            count
        }
    });
    let done: usize = futures_util::future::join_all(writers)
        .await
        .into_iter()
        .sum();
    done as f64 / begun.elapsed().as_secs_f64()
}
