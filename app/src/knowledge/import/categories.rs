//! The tree of categories as an import finds it and makes what is missing.

use std::collections::HashMap;

use entities::category::{self, Category, CategoryFacts};
use entities::permit::{Desk as Whole, Permit};
use entities::{Actor, Db, DeskError, Uuid, text};

use super::block::one_line;
use super::report::{Remarks, What};

/// Steps from the top.
const MOST_DEPTH: usize = 10;

pub struct Categories {
    db: Db,
    actor: Actor,
    dry_run: bool,
    known: HashMap<(Option<Uuid>, String), Option<Uuid>>,
}

impl Categories {
    pub async fn read(db: &Db, actor: Actor, dry_run: bool) -> entities::Result<Categories> {
        let rows = category::list::rows(db).await?.into_iter();
        let place = |row: Category| ((row.parent_id, text::fold(&row.name)), Some(row.id));
        Ok(Categories {
            known: rows.map(|row| place(row.category)).collect(),
            db: db.clone(),
            actor,
            dry_run,
        })
    }

    /// The category at the end of a way from the top; none when it is empty, or not to be made.
    pub async fn at(
        &mut self,
        way: &[String],
        remarks: &mut Remarks,
    ) -> entities::Result<Option<Uuid>> {
        let mut here = None;
        let mut gone: Vec<String> = Vec::new();
        for name in way
            .iter()
            .map(|name| one_line(name))
            .filter(|name| !name.is_empty())
        {
            let folded = text::fold(&name);
            if gone.contains(&folded) || gone.len() == MOST_DEPTH {
                remarks.note(What::CategoryCircles, way.join(" / "));
                break;
            }
            let key = (here, folded.clone());
            let next = match self.known.get(&key) {
                Some(known) => *known,
                None => {
                    let made = self.make(here, &name).await?;
                    self.known.insert(key, made);
                    made
                }
            };
            if next.is_none() {
                if !self.dry_run {
                    remarks.note(What::CategoryRefused, way.join(" / "));
                }
                break;
            }
            here = next;
            gone.push(folded);
        }
        Ok(here)
    }

    async fn make(&self, parent_id: Option<Uuid>, name: &str) -> entities::Result<Option<Uuid>> {
        if self.dry_run {
            return Ok(None);
        }
        let facts = CategoryFacts {
            name: name.to_owned(),
            parent_id,
        };
        let permit = Permit::ask(&self.actor, Whole)?;
        match self
            .db
            .change(permit, category::Create { facts, once: None })
            .await
        {
            Ok(done) => Ok(Some(done.subject.id)),
            // One of that name is retired, or the name is none.
            Err(DeskError::Rejected(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
