//! What is asked of the index: as it stands in an address, and as a request of the engine.

use chrono_tz::Tz;
use entities::{Actor, Db};
use search::{Facet, Filter, Order, Request, Typed};
use serde::Deserialize;

use super::operators::{self, NAMES};
use super::permission;
use crate::web::url::{self, Url};

/// Hits on a page.
pub const ROWS: usize = 20;

/// A search as its address says it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    /// `ticket`, `article`, `case`, or all.
    pub kind: String,
    /// `newest`, or by fit.
    pub sort: String,
    /// Not empty: as it was typed, without typing errors.
    pub exact: String,
    /// Not empty: the button was pressed, and it is no look while typing.
    pub go: String,
    /// Counts from one.
    pub page: usize,
    pub state: Vec<String>,
    pub service: Vec<String>,
    pub district: Vec<String>,
    pub team: Vec<String>,
    pub year: Vec<String>,
}

/// The questions beside the hits: name in the address, attribute of the index.
pub const FACETS: [(&str, &str); 5] = [
    ("state", "state"),
    ("service", "about"),
    ("district", "district"),
    ("team", "team"),
    ("year", "year"),
];

impl Asked {
    /// Whether anything is looked for.
    pub fn is_empty(&self) -> bool {
        self.q.trim().is_empty()
    }

    /// Whether anything beside the hits is chosen.
    pub fn is_narrowed(&self) -> bool {
        FACETS.iter().any(|(name, _)| !self.chosen(name).is_empty())
    }

    pub fn chosen(&self, name: &str) -> &[String] {
        match name {
            "state" => &self.state,
            "service" => &self.service,
            "district" => &self.district,
            "team" => &self.team,
            "year" => &self.year,
            _ => &[],
        }
    }

    /// Its address, on the first page.
    pub fn url(&self) -> Url {
        let url = url::search(&self.q)
            .with("kind", &self.kind)
            .with("sort", &self.sort)
            .with("exact", &self.exact);
        FACETS.into_iter().fold(url, |url, (name, _)| {
            let chosen = self.chosen(name).iter();
            chosen.fold(url, |url, value| url.with(name, value))
        })
    }

    /// The same with one thing changed.
    pub fn but(&self, change: impl FnOnce(&mut Asked)) -> Url {
        let mut changed = self.clone();
        changed.page = 0;
        change(&mut changed);
        let page = changed.page;
        match page {
            0 | 1 => changed.url(),
            page => changed.url().with("page", page),
        }
    }
}

/// A question of the engine, and what could not be read of it.
#[derive(Debug)]
pub struct Question {
    pub request: Request,
    /// Operators whose value is nothing that is there.
    pub unknown: Vec<operators::Unknown>,
}

/// Reads what was asked, for what the actor may find.
///
/// # Errors
/// The database's.
pub async fn question(
    db: &Db,
    actor: &Actor,
    zone: Tz,
    asked: &Asked,
) -> entities::Result<Question> {
    let typed = Typed::parse(&asked.q, &NAMES);
    let mut unknown = Vec::new();
    let mut filter = Filter::everything();
    for operator in &typed.operators {
        match operators::filter(db, actor, zone, (&operator.name, &operator.value)).await? {
            Ok(one) if operator.excluded => filter = filter.and(Filter::Not(Box::new(one))),
            Ok(one) => filter = filter.and(one),
            Err(one) => {
                unknown.push(one);
                filter = filter.and(Filter::nothing());
            }
        }
    }
    let kind = Facet {
        attribute: "kind".to_owned(),
        chosen: match asked.kind.as_str() {
            kind @ ("ticket" | "article" | "case") => vec![kind.to_owned()],
            _ => vec![],
        },
    };
    let facets = FACETS.into_iter().map(|(name, attribute)| Facet {
        attribute: attribute.to_owned(),
        chosen: asked.chosen(name).to_vec(),
    });
    Ok(Question {
        request: Request {
            scopes: permission::passages(db, actor).await?,
            permission: permission::visible_to(actor),
            filter,
            facets: [kind].into_iter().chain(facets).collect(),
            order: match asked.sort.as_str() {
                "newest" => Order::Newest,
                _ => Order::Fit,
            },
            offset: asked
                .page
                .saturating_sub(1)
                .saturating_mul(ROWS)
                .min(Request::DEEPEST),
            limit: ROWS,
            typos: asked.exact.is_empty(),
            ..Request::of(typed)
        },
        unknown,
    })
}
