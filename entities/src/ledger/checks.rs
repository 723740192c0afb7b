//! What must hold across rows, looked at in the transaction that could break it, one such transaction at a time.

use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, FromQueryResult, QueryFilter,
    SqlErr, Statement, Value,
};
use uuid::Uuid;

use crate::actor::{Actor, PersonActor};
use crate::article::translation;
use crate::clock::{Instant, day};
use crate::error::{DeskError, Rejected, Result};
use crate::guest;
use crate::language::Language;
use crate::organisation::count_partners;
use crate::policy::{self, Grant};
use crate::role::grant;
use crate::session;

/// Serialises transactions with checks on PostgreSQL; SQLite has one writer anyway.
const LOCK: i64 = 0x10_75_e0;

/// Persons who may manage people and roles and come in by a password, and how many come in at all, by a provider too.
const ADMINISTRATORS: &str = "SELECT count(p.password_hash) AS by_password, count(*) AS by_any FROM person p \
     WHERE p.retired_at IS NULL AND (p.password_hash IS NOT NULL OR EXISTS (SELECT 1 FROM identity i \
     JOIN identity_provider v ON v.id = i.provider_id AND v.retired_at IS NULL WHERE i.person_id = p.id)) AND 2 = (SELECT count(DISTINCT g.permission) FROM person_role pr \
     JOIN role r ON r.id = pr.role_id AND r.retired_at IS NULL JOIN \"grant\" g ON g.role_id = r.id \
     WHERE pr.person_id = p.id AND g.scope = 'everything' AND g.permission IN ('manage_people', 'manage_roles'))";

/// A table whose rows can be retired or have a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Activity,
    Calendar,
    Category,
    Checklist,
    Mailbox,
    Organisation,
    Person,
    Provider,
    Release,
    Role,
    Service,
    Team,
    TimeLimit,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Table::Activity => "activity",
            Table::Calendar => "calendar",
            Table::Category => "category",
            Table::Checklist => "checklist",
            Table::Mailbox => "mailbox",
            Table::Organisation => "organisation",
            Table::Person => "person",
            Table::Provider => "identity_provider",
            Table::Release => "release",
            Table::Role => "role",
            Table::Service => "service",
            Table::Team => "team",
            Table::TimeLimit => "time_limit",
        }
    }
}

/// Checks asked for by the rows of one transaction.
#[derive(Debug, Default)]
pub struct Checks {
    active: Vec<(Table, Uuid)>,
    acyclic: Vec<(Table, Uuid)>,
    vendors: Vec<Uuid>,
    translations: Vec<(Uuid, Uuid, Language)>,
    administrator: bool,
    /// Vendors in which somebody must remain who lets others in, by the day.
    houses: Vec<(Uuid, NaiveDate)>,
    given: Vec<Given>,
    refusal: Option<Rejected>,
}

/// What somebody gives to others.
#[derive(Debug)]
struct Given {
    by: Arc<PersonActor>,
    on: NaiveDate,
    roles: Vec<Uuid>,
    grants: Vec<Grant>,
}

impl Checks {
    /// This row must exist and not be retired.
    pub fn must_be_active(&mut self, table: Table, ids: impl IntoIterator<Item = Uuid>) {
        self.active.extend(ids.into_iter().map(|id| (table, id)));
    }

    /// This row must not be above itself.
    pub fn must_be_acyclic(&mut self, table: Table, id: Uuid) {
        self.acyclic.push((table, id));
    }

    /// These organisations must be ones that cases are shared with.
    pub fn must_be_vendors(&mut self, ids: impl IntoIterator<Item = Uuid>) {
        self.vendors.extend(ids);
    }

    /// This article must be able to be a translation of that one: an original in another language, which has no other.
    pub fn must_translate(&mut self, article: Uuid, original: Uuid, language: Language) {
        self.translations.push((article, original, language));
    }

    /// What was decided must not be written after all.
    pub fn refuse(&mut self, why: Rejected) {
        self.refusal.get_or_insert(why);
    }

    /// Whoever gives away these roles must hold all that they grant; the system gives by rules that persons made.
    pub fn must_hold_roles(&mut self, by: &Actor, at: Instant, roles: Vec<Uuid>) {
        self.must_hold(by, at, roles, vec![]);
    }

    /// Whoever gives away these grants must hold them.
    pub fn must_hold_grants(&mut self, by: &Actor, at: Instant, grants: Vec<Grant>) {
        self.must_hold(by, at, vec![], grants);
    }

    fn must_hold(&mut self, by: &Actor, at: Instant, roles: Vec<Uuid>, grants: Vec<Grant>) {
        if let Actor::Person(person) = by
            && !(roles.is_empty() && grants.is_empty())
        {
            self.given.push(Given {
                by: person.clone(),
                on: day(at),
                roles,
                grants,
            });
        }
    }

    /// If there is an administrator, one must remain.
    pub fn administrator_must_remain(&mut self) {
        self.administrator = true;
    }

    /// If somebody coordinates for a vendor, somebody must go on.
    pub fn coordinator_must_remain(&mut self, houses: Vec<Uuid>, on: NaiveDate) {
        self.houses.extend(houses.into_iter().map(|id| (id, on)));
    }

    /// Before the rows are written.
    pub async fn begin(self, tx: &DatabaseTransaction) -> Result<Begun> {
        if let Some(why) = self.refusal {
            return Err(why.into());
        }
        let any = self.administrator
            || !self.active.is_empty()
            || !self.acyclic.is_empty()
            || !self.vendors.is_empty()
            || !self.translations.is_empty()
            || !self.houses.is_empty()
            || !self.given.is_empty();
        if any && tx.get_database_backend() == DbBackend::Postgres {
            tx.execute_raw(Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_advisory_xact_lock($1)",
                [LOCK.into()],
            ))
            .await?;
        }
        for given in &self.given {
            if !given.is_held(tx).await? {
                return Err(Rejected::MoreThanHeld.into());
            }
        }
        let administrators = match self.administrator {
            true => administrators(tx).await?,
            false => Administrators::default(),
        };
        let mut coordinated = Vec::new();
        for (id, on) in &self.houses {
            if count_coordinators(tx, *id, *on).await? > 0 {
                coordinated.push((*id, *on));
            }
        }
        Ok(Begun {
            checks: self,
            administrators,
            coordinated,
        })
    }
}

impl Given {
    /// Asked of what is held before anything is written, so that nobody gives by what they give themselves.
    async fn is_held(&self, tx: &DatabaseTransaction) -> Result<bool> {
        let me = vec![(self.by.id, self.by.name.clone())];
        let Some(by) = session::actors(tx, me, self.on).await?.pop() else {
            return Ok(false);
        };
        let by = Actor::Person(Arc::new(by));
        let of_roles = grant::Entity::find()
            .filter(grant::COLUMN.role_id.is_in(self.roles.iter().copied()))
            .all(tx)
            .await?;
        let of_roles: Vec<Grant> = of_roles.iter().filter_map(grant::Model::grant).collect();
        let mut all = self.grants.iter().chain(&of_roles);
        Ok(all.all(|grant| policy::holds(&by, grant)))
    }
}

#[derive(Clone, Copy, Debug, Default, FromQueryResult)]
struct Administrators {
    by_password: i64,
    by_any: i64,
}

/// Checks whose view of the time before was taken.
pub struct Begun {
    checks: Checks,
    administrators: Administrators,
    coordinated: Vec<(Uuid, NaiveDate)>,
}

impl Begun {
    /// After the rows were written.
    pub async fn end(self, tx: &DatabaseTransaction) -> Result<()> {
        for (table, id) in self.checks.active {
            let sql = format!(
                "SELECT count(*) AS n FROM {} WHERE id = $1 AND retired_at IS NULL",
                table.name()
            );
            if count(tx, &sql, vec![id.into()]).await? == 0 {
                return Err(Rejected::Retired.into());
            }
        }
        for id in self.checks.vendors {
            if count(tx, &count_partners(), vec![id.into()]).await? == 0 {
                return Err(Rejected::NotAVendor.into());
            }
        }
        for (article, original, language) in self.checks.translations {
            if let Some(why) = translation::hindrance(tx, article, original, language).await? {
                return Err(why.into());
            }
        }
        for (table, id) in self.checks.acyclic {
            let name = table.name();
            let sql = format!(
                "WITH RECURSIVE above(id) AS (SELECT parent_id FROM {name} WHERE id = $1 \
                 UNION SELECT t.parent_id FROM {name} t JOIN above a ON t.id = a.id) \
                 SELECT count(*) AS n FROM above WHERE id = $1"
            );
            if count(tx, &sql, vec![id.into()]).await? > 0 {
                return Err(Rejected::Circular.into());
            }
        }
        if self.administrators.by_any > 0 {
            let left = administrators(tx).await?;
            // A provider may be away, so who comes in without one does not become nobody either.
            let was_password = self.administrators.by_password > 0;
            if left.by_any == 0 || (was_password && left.by_password == 0) {
                return Err(Rejected::LastAdministrator.into());
            }
        }
        for (id, on) in self.coordinated {
            if count_coordinators(tx, id, on).await? == 0 {
                return Err(Rejected::LastCoordinator.into());
            }
        }
        Ok(())
    }
}

async fn administrators(tx: &DatabaseTransaction) -> Result<Administrators> {
    let statement = Statement::from_string(tx.get_database_backend(), ADMINISTRATORS);
    let found = Administrators::find_by_statement(statement).one(tx).await?;
    Ok(found.unwrap_or_default())
}

async fn count_coordinators(tx: &DatabaseTransaction, house: Uuid, on: NaiveDate) -> Result<i64> {
    let sql = guest::list::count_coordinators();
    count(tx, &sql, vec![house.into(), on.into()]).await
}

async fn count(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<i64> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    match tx.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "n")?),
        None => Ok(0),
    }
}

/// Tells which unique index refused a row.
pub fn taken(written: Result<()>) -> Result<()> {
    let Err(DeskError::Db(error)) = &written else {
        return written;
    };
    let Some(SqlErr::UniqueConstraintViolation(what)) = error.sql_err() else {
        return written;
    };
    // SQLite names `table.column`, PostgreSQL the index `table_column`.
    let address = [
        "person.email",
        "person_email",
        "mailbox.address",
        "mailbox_address",
    ];
    if address.iter().any(|name| what.contains(name)) {
        return Err(Rejected::AddressTaken.into());
    }
    if ["field.key", "field_key"]
        .iter()
        .any(|name| what.contains(name))
    {
        return Err(Rejected::KeyTaken.into());
    }
    if ["identity.subject", "identity_subject"]
        .iter()
        .any(|name| what.contains(name))
    {
        return Err(Rejected::IdentityTaken.into());
    }
    if what.contains("synonym_word") {
        return Err(Rejected::WordTaken.into());
    }
    if what.contains("standard") {
        return Err(Rejected::StandardTaken.into());
    }
    let name = ["name", "service_"];
    if name.iter().any(|name| what.contains(name)) {
        return Err(Rejected::NameTaken.into());
    }
    written
}
