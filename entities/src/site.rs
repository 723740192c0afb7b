//! The knowledge base as people outside of the desk read it: published versions that were written for them, and nothing
//! of how they came about.
//!
//! [`Site`] is the only way in. It holds the database and hands it to nobody, and each of its statements begins with who
//! reads, so that pages made from it can show nothing else: no draft, no remark, no category that holds nothing for them.

mod feedback;
mod file;
mod list;
mod read;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use uuid::Uuid;

pub use feedback::{Answer, Seat, word};
pub use file::File;
pub use list::{Category, Line, Wanted, lines_query};
pub use read::Read;

pub use crate::language::Language;
pub use crate::page::{Cursor, Page};

use crate::actor::Actor;
use crate::article::{Audience, State};
use crate::db::Db;

/// What is published for some readers.
#[derive(Clone, Debug)]
pub struct Site {
    db: Db,
    readers: Readers,
    /// None: nobody knows who reads.
    person: Option<Uuid>,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Whoever comes by.
    Anybody,
    /// Whoever the desk knows and let in.
    Requesters,
    /// The people of one vendor.
    Vendor(Uuid),
}

/// What is published for whoever comes: for people of vendors too it is what anybody reads, theirs lies in the portal.
pub fn enter(db: &Db, actor: Option<&Actor>) -> Site {
    let readers = match actor {
        Some(actor) if !actor.is_guest() => Readers::Requesters,
        _ => Readers::Anybody,
    };
    Site::of(db, readers, actor.and_then(Actor::person_id))
}

impl Site {
    /// What is published for these readers.
    pub(crate) fn of(db: &Db, readers: Readers, person: Option<Uuid>) -> Site {
        Site {
            db: db.clone(),
            readers,
            person,
        }
    }
}

fn col(name: &'static str) -> Expr {
    Expr::col(("article", name))
}

/// What is published for these readers, as SQL over the columns of `article`: they are those of the published version.
fn for_them(readers: Readers) -> Condition {
    let is_for = |audience: Audience| col("audience").eq(audience);
    let theirs = Condition::any().add(is_for(Audience::Public));
    let theirs = match readers {
        Readers::Anybody => theirs,
        Readers::Requesters => theirs.add(is_for(Audience::Requesters)),
        Readers::Vendor(id) => {
            let chosen = Query::select()
                .expr(Expr::val(1))
                .from("article_vendor")
                .and_where(Expr::col(("article_vendor", "article_id")).equals(("article", "id")))
                .and_where(Expr::col(("article_vendor", "organisation_id")).eq(id))
                .limit(1)
                .to_owned();
            let named = Expr::from(chosen).is_not_null();
            theirs.add(is_for(Audience::Vendors).and(named))
        }
    };
    Condition::all()
        .add(col("published").is_not_null())
        .add(col("state").ne(State::Retired))
        .add(theirs)
}
