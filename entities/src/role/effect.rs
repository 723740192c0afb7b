//! What a change of roles would do before it is saved: which tickets come into reach and go out of it, for whom.

use std::collections::HashMap;
use std::time::{Duration, Instant as Moment};

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, Order, Query, SelectStatement};
use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use super::change_grants::{Regrant, changed};
use super::find;
use crate::actor::{Actor, PersonActor};
use crate::clock::day;
use crate::db::Db;
use crate::error::Result;
use crate::policy::{self, Grant, Permission, Place, Scope, Spread};
use crate::session;

/// So many people are counted at most; each is a look at all tickets.
pub const MOST_PEOPLE: usize = 200;
/// Counting stops after so long.
const LONGEST: Duration = Duration::from_secs(8);
/// Tickets shown of each kind.
const EXAMPLES: u64 = 3;

/// What a change would do.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    /// How many persons hold one of the roles.
    pub people: usize,
    /// Those of them for whom tickets come or go, by name.
    pub shifts: Vec<Shift>,
    /// How many persons were not looked at, because it would take too long.
    pub uncounted: usize,
}

/// What changes for one person in one permission.
#[derive(Clone, Debug)]
pub struct Shift {
    pub person_id: Uuid,
    pub name: String,
    pub permission: Permission,
    pub comes: Amount,
    pub goes: Amount,
}

/// How many tickets, with a few that whoever asks sees too.
#[derive(Clone, Debug, Default)]
pub struct Amount {
    pub open: i64,
    pub all: i64,
    /// Number and title.
    pub examples: Vec<(String, String)>,
}

#[derive(FromQueryResult)]
struct Someone {
    id: Uuid,
    name: String,
}

#[derive(FromQueryResult)]
struct Counted {
    comes: i64,
    comes_open: i64,
    goes: i64,
    goes_open: i64,
}

#[derive(FromQueryResult)]
struct Example {
    number: String,
    title: String,
}

/// What these changes of roles would do.
///
/// # Errors
/// `Forbidden` for those who do not manage roles, `Hidden` when a role is not there.
pub async fn effect(db: &Db, actor: &Actor, changes: &[(Uuid, Vec<Regrant>)]) -> Result<Effect> {
    policy::require(actor, Permission::ManageRoles, Place::Desk)?;
    let mut instead: HashMap<Uuid, Vec<Grant>> = HashMap::new();
    for (id, changes) in changes {
        let role = find(db, actor, *id).await?;
        instead.insert(*id, changed(role.grants, changes));
    }
    let people = holders(db, instead.keys().copied()).await?;
    let today = day(db.clock().now());
    let looked_at: Vec<(Uuid, String)> = people.iter().take(MOST_PEOPLE).cloned().collect();
    let before = session::actors(db.reader(), looked_at.clone(), today).await?;
    let after = session::actors_if(db.reader(), looked_at, today, &instead).await?;
    let mut effect = Effect {
        people: people.len(),
        ..Effect::default()
    };
    let begun = Moment::now();
    let mut counted = 0;
    for (before, after) in before.into_iter().zip(after) {
        if begun.elapsed() > LONGEST {
            break;
        }
        effect
            .shifts
            .extend(shifts(db, actor, before, after).await?);
        counted += 1;
    }
    effect.uncounted = people.len() - counted;
    Ok(effect)
}

/// How many persons hold one of these roles.
pub async fn people(db: &Db, roles: impl Iterator<Item = Uuid>) -> Result<usize> {
    Ok(holders(db, roles).await?.len())
}

async fn holders(db: &Db, roles: impl Iterator<Item = Uuid>) -> Result<Vec<(Uuid, String)>> {
    let query = Query::select()
        .distinct()
        .expr_as(Expr::col(("person", "id")), "id")
        .expr_as(Expr::col(("person", "name")), "name")
        .expr_as(Expr::col(("person", "folded_name")), "folded_name")
        .from("person")
        .inner_join(
            "person_role",
            Expr::col(("person_role", "person_id")).equals(("person", "id")),
        )
        .and_where(Expr::col(("person_role", "role_id")).is_in(roles))
        .and_where(Expr::col(("person", "retired_at")).is_null())
        .order_by("folded_name", Order::Asc)
        .order_by("id", Order::Asc)
        .to_owned();
    let statement = db.reader().get_database_backend().build(&query);
    let rows = Someone::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

async fn shifts(
    db: &Db,
    actor: &Actor,
    before: PersonActor,
    after: PersonActor,
) -> Result<Vec<Shift>> {
    let (person_id, name) = (before.id, before.name.clone());
    let (before, after) = (Actor::Person(before.into()), Actor::Person(after.into()));
    let mut shifts = Vec::new();
    for &permission in Permission::ALL {
        let scopes = |of: &Actor| -> Vec<Scope> {
            let mut scopes = of.scopes(permission);
            scopes.sort();
            scopes.dedup();
            scopes
        };
        if permission.spread() != Spread::Tickets || scopes(&before) == scopes(&after) {
            continue;
        }
        let (was, will) = (
            policy::tickets_where(&before, permission),
            policy::tickets_where(&after, permission),
        );
        let n = count(db, &was, &will).await?;
        if n.comes == 0 && n.goes == 0 {
            continue;
        }
        shifts.push(Shift {
            person_id,
            name: name.clone(),
            permission,
            comes: Amount {
                open: n.comes_open,
                all: n.comes,
                examples: examples(db, actor, n.comes, &was, &will).await?,
            },
            goes: Amount {
                open: n.goes_open,
                all: n.goes,
                examples: examples(db, actor, n.goes, &will, &was).await?,
            },
        });
    }
    Ok(shifts)
}

/// One or nought; never unknown, as a comparison with nothing is.
fn one_if(condition: &Condition) -> Expr {
    Expr::case(condition.clone(), 1).finally(0).into()
}

async fn count(db: &Db, was: &Condition, will: &Condition) -> Result<Counted> {
    let moved: SelectStatement = Query::select()
        .expr_as(Expr::col(("ticket", "active")), "active")
        .expr_as(one_if(will).sub(one_if(was)), "moved")
        .from("ticket")
        .to_owned();
    let all = |by: i32| Condition::all().add(Expr::col("moved").eq(by));
    let open = |by: i32| all(by).add(Expr::col("active").eq(true));
    let mut query = Query::select();
    for (name, which) in [
        ("comes", all(1)),
        ("comes_open", open(1)),
        ("goes", all(-1)),
        ("goes_open", open(-1)),
    ] {
        let sum = Expr::expr(Func::sum(one_if(&which)));
        query.expr_as(Func::coalesce([sum, Expr::val(0)]), name);
    }
    query.from_subquery(moved, "t");
    let statement = db.reader().get_database_backend().build(&query);
    let row = Counted::find_by_statement(statement)
        .one(db.reader())
        .await?;
    row.ok_or_else(|| crate::DeskError::Damaged("a sum returned nothing".into()))
}

/// The last changed of those that only the second condition reaches, as far as the actor sees them.
async fn examples(
    db: &Db,
    actor: &Actor,
    n: i64,
    without: &Condition,
    with: &Condition,
) -> Result<Vec<(String, String)>> {
    if n == 0 {
        return Ok(vec![]);
    }
    let query = Query::select()
        .column("number")
        .column("title")
        .from("ticket")
        .cond_where(policy::tickets_where(actor, Permission::ReadTickets))
        .cond_where(with.clone())
        .and_where(one_if(without).eq(0))
        .order_by(("ticket", "changed_at"), Order::Desc)
        .limit(EXAMPLES)
        .to_owned();
    let statement: Statement = db.reader().get_database_backend().build(&query);
    let rows = Example::find_by_statement(statement)
        .all(db.reader())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.title))
        .collect())
}
