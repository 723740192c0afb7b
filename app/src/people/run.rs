//! Doing what was planned: some lines at a time, each refused line by itself.

use std::collections::HashMap;

use entities::ledger::{Done, Step};
use entities::organisation::{self, OrganisationFacts, OrganisationKind};
use entities::permit::{Desk as Whole, Permit};
use entities::person::import::Counts;
use entities::person::{Create, Person, SetMemberships, Update};
use entities::{Actor, DeskError, Uuid, text};

use super::plan::{Place, Planned, Verdict};
use super::refusal::{Refusal, Refused};
use crate::desk::Desk;

/// Lines of one transaction; each may take two changes.
pub const AT_ONCE: usize = 250;

/// Works through planned lines in the name of an actor.
pub struct Run<'a> {
    desk: &'a Desk,
    actor: Actor,
    create: Option<OrganisationKind>,
    /// Organisations made by this import, by folded name.
    made: HashMap<String, Uuid>,
}

impl<'a> Run<'a> {
    pub fn new(desk: &'a Desk, actor: Actor, create: Option<OrganisationKind>) -> Run<'a> {
        Run {
            desk,
            actor,
            create,
            made: HashMap::new(),
        }
    }

    /// Takes these lines; what became of them.
    ///
    /// # Errors
    /// The database's; then nothing of these lines was taken, or a second import finds it unchanged.
    pub async fn take(&mut self, lines: &[Planned]) -> entities::Result<(Counts, Vec<Refused>)> {
        self.make_organisations(lines).await?;
        let outcomes = match self.all(lines).await {
            Ok(outcomes) => outcomes,
            // What the database refuses undoes all lines of the transaction, so each is tried by itself.
            Err(DeskError::Rejected(_)) => self.one_by_one(lines).await?,
            Err(error) => return Err(error),
        };
        let (mut counts, mut refused) = (Counts::default(), Vec::new());
        for (planned, outcome) in lines.iter().zip(outcomes) {
            match (outcome, &planned.verdict) {
                (Some(why), _) => refused.push(Refused::of(&planned.line, why)),
                (None, Verdict::Refused(why)) => refused.push(Refused::of(&planned.line, *why)),
                (None, Verdict::New { .. }) => counts.created += 1,
                (None, Verdict::Updated { .. }) => counts.updated += 1,
                (None, Verdict::Unchanged) => counts.unchanged += 1,
            }
        }
        counts.refused = i32::try_from(refused.len()).unwrap_or(i32::MAX);
        Ok((counts, refused))
    }

    async fn one_by_one(&self, lines: &[Planned]) -> entities::Result<Vec<Option<Refusal>>> {
        let mut outcomes = Vec::with_capacity(lines.len());
        for line in lines {
            match self.all(std::slice::from_ref(line)).await {
                Ok(outcome) => outcomes.extend(outcome),
                Err(DeskError::Rejected(why)) => outcomes.push(Some(why.into())),
                Err(error) => return Err(error),
            }
        }
        Ok(outcomes)
    }

    /// The refusal of each line, none where it went well.
    async fn all(&self, lines: &[Planned]) -> entities::Result<Vec<Option<Refusal>>> {
        let mut steps: Vec<Step<Person>> = Vec::new();
        let mut owners = Vec::new();
        for (index, planned) in lines.iter().enumerate() {
            for step in self.steps(&planned.verdict)? {
                steps.push(step);
                owners.push(index);
            }
        }
        let mut outcomes = vec![None; lines.len()];
        if steps.is_empty() {
            return Ok(outcomes);
        }
        let done: Vec<entities::Result<Done<Person>>> = self.desk.db.change_series(steps).await?;
        for (index, result) in owners.into_iter().zip(done) {
            match result {
                Ok(_) | Err(DeskError::AlreadyDone(_)) => {}
                Err(DeskError::Rejected(why)) => outcomes[index] = Some(why.into()),
                Err(_) => outcomes[index] = Some(Refusal::Failed),
            }
        }
        Ok(outcomes)
    }

    fn steps(&self, verdict: &Verdict) -> entities::Result<Vec<Step<Person>>> {
        let mut steps = Vec::new();
        match verdict {
            Verdict::New {
                facts,
                organisation,
            } => {
                let command = Create {
                    facts: facts.clone(),
                    organisation_ids: self.ids(organisation.as_ref()),
                    once: None,
                };
                steps.push(Step::new(self.permit::<Create>()?, command));
            }
            Verdict::Updated {
                id,
                facts,
                organisation,
                ..
            } => {
                let id = *id;
                if let Some(facts) = facts.clone() {
                    steps.push(Step::new(self.permit()?, Update { id, facts }));
                }
                if organisation.is_some() {
                    let organisation_ids = self.ids(organisation.as_ref());
                    let command = SetMemberships {
                        id,
                        organisation_ids,
                    };
                    steps.push(Step::new(self.permit()?, command));
                }
            }
            Verdict::Unchanged | Verdict::Refused(_) => {}
        }
        Ok(steps)
    }

    fn permit<C: entities::ledger::Command<On = Whole>>(&self) -> entities::Result<Permit<C>> {
        Permit::ask(&self.actor, Whole)
    }

    fn ids(&self, place: Option<&Place>) -> Vec<Uuid> {
        let id = place.and_then(|place| match place {
            Place::Known(id) => Some(*id),
            Place::New(name) => self.made.get(&text::fold(name)).copied(),
        });
        id.into_iter().collect()
    }

    /// Makes the organisations these lines name for the first time.
    async fn make_organisations(&mut self, lines: &[Planned]) -> entities::Result<()> {
        let Some(kind) = self.create else {
            return Ok(());
        };
        for planned in lines {
            let (Verdict::New { organisation, .. } | Verdict::Updated { organisation, .. }) =
                &planned.verdict
            else {
                continue;
            };
            let Some(Place::New(name)) = organisation else {
                continue;
            };
            let folded = text::fold(name);
            if self.made.contains_key(&folded) {
                continue;
            }
            // An import that was cut off has made it before.
            let there = organisation::list::by_folded_names(&self.desk.db).await?;
            if let Some(id) = there.get(&folded) {
                self.made.insert(folded, *id);
                continue;
            }
            let command = organisation::Create {
                facts: OrganisationFacts {
                    name: name.clone(),
                    short_name: None,
                    kind,
                    parent_id: None,
                    domain: None,
                    postal_address: None,
                },
                once: None,
            };
            let done = self.desk.db.change(self.permit()?, command).await?;
            self.made.insert(folded, done.subject.id);
        }
        Ok(())
    }
}
