//! An answer of the index with what the database says of each hit: what the reader may not see is not there.

use std::collections::BTreeMap;

use entities::ticket::{hits as tickets, nameless};
use entities::{Actor, Db, Uuid, article};
use search::answer::{Highlight, Part};
use search::document::Kind;
use search::{Answer, Request};

use crate::error::Result;
use crate::web::cx::Cx;

/// Something that was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub what: What,
    pub score: f32,
    pub source_id: Option<String>,
    pub highlights: Vec<Highlight>,
}

/// What it is, as the database has it.
#[derive(Clone, Debug)]
pub enum What {
    Ticket(Box<tickets::Hit>),
    Article(Box<article::Model>),
    /// A solved case without names, of a ticket that the reader does not see.
    Case(Box<nameless::Line>),
}

impl What {
    /// Its title as it is now.
    pub fn title(&self) -> &str {
        match self {
            What::Ticket(hit) => &hit.ticket.title,
            What::Article(row) => &row.title,
            What::Case(line) => &line.title,
        }
    }
}

impl Found {
    /// The title with what matched in it, where it is still the title.
    pub fn title(&self) -> Option<&Highlight> {
        let mut all = self.highlights.iter();
        all.find(|one| one.part == Part::Title && one.text == self.what.title())
    }

    /// The best other place.
    pub fn place(&self) -> Option<&Highlight> {
        self.highlights.iter().find(|one| one.part != Part::Title)
    }
}

/// Hits in their order with the counts beside them.
#[derive(Clone, Debug)]
pub struct Answered {
    pub found: Vec<Found>,
    pub answer: Answer,
}

/// Asks the index, and the database about each hit; none while the index does not answer.
pub async fn ask(cx: &Cx, request: Request) -> Result<Option<Answered>> {
    match cx.desk.index.answer(request).await {
        Some(answer) => Ok(Some(known(&cx.db, &cx.actor, answer).await?)),
        None => Ok(None),
    }
}

/// Asks the database about each hit.
///
/// # Errors
/// The database's.
pub async fn known(db: &Db, actor: &Actor, mut answer: Answer) -> entities::Result<Answered> {
    let ids = |kind: Kind| -> Vec<Uuid> {
        let hits = answer.hits.iter().filter(|hit| hit.key.kind == kind);
        hits.map(|hit| hit.key.id).collect()
    };
    let (ticket_ids, article_ids) = (ids(Kind::Ticket), ids(Kind::Article));
    let case_ids = ids(Kind::Case);
    let (mut tickets, mut articles, mut cases) = tokio::try_join!(
        tickets::hits(db, actor, &ticket_ids),
        article::hits(db, actor, &article_ids),
        nameless::hits(db, actor, &case_ids),
    )?;
    let hits = std::mem::take(&mut answer.hits);
    let found = hits.into_iter().filter_map(|hit| {
        let what = match hit.key.kind {
            Kind::Ticket => What::Ticket(Box::new(tickets.remove(&hit.key.id)?)),
            Kind::Article => What::Article(Box::new(articles.remove(&hit.key.id)?)),
            Kind::Case => What::Case(Box::new(cases.remove(&hit.key.id)?)),
            Kind::Share => return None,
        };
        Some(Found {
            what,
            score: hit.score,
            source_id: hit.source_id,
            highlights: hit.highlights,
        })
    });
    Ok(Answered {
        found: found.collect(),
        answer,
    })
}

/// The number of hits of a kind, among all kinds.
pub fn of_kind(answer: &Answer, kind: Kind) -> u64 {
    let none = BTreeMap::new();
    let kinds = answer.facets.get("kind").unwrap_or(&none);
    kinds.get(kind.name()).copied().unwrap_or_default()
}
