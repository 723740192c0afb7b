//! Finding tickets and articles the way people type them, on an engine of this process or on Meilisearch, with one behaviour.
//!
//! ```no_run
//! # async fn look(engine: search::Engine) -> Result<(), search::Error> {
//! use search::{Filter, Request, Typed};
//!
//! let typed = Typed::parse("abschlag zahlung -test service:kita", &["service"]);
//! let answer = engine
//!     .search(Request {
//!         permission: Filter::is("team", "7"),
//!         ..Request::of(typed)
//!     })
//!     .await?;
//! for hit in &answer.hits {
//!     println!("{} {}", hit.reference, hit.title);
//! }
//! # Ok(())
//! # }
//! ```

pub mod answer;
pub mod document;
mod embedded;
mod engine;
mod error;
mod filter;
mod meilisearch;
mod ranges;
mod reference;
mod request;
mod synonyms;
mod typed;
mod words;

pub use answer::{Answer, Hit};
pub use document::{Document, Key};
pub use embedded::Embedded;
pub use engine::{Change, Engine, Rebuild, Stats};
pub use error::Error;
pub use filter::Filter;
pub use meilisearch::Meilisearch;
pub use ranges::ranges;
pub use request::{Facet, Match, Order, Request};
pub use typed::Typed;
