//! Check lists of clean data: what should not be, as filters, counted every night.

use chrono::{Duration, NaiveDate};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait as _, EntityTrait, FromQueryResult, Statement};
use uuid::Uuid;

use super::among::Among;
use super::facets::{self, Numbers};
use super::filter::{Filter, Standing};
use crate::actor::Actor;
use crate::clock::Instant;
use crate::db::Db;
use crate::error::Result;
use crate::field::lacking::Lacking;
use crate::policy::{Permission, Scope};
use crate::team;

/// How long a ticket may be without a service.
pub const UNCLASSIFIED_HOURS: i64 = 2;
/// How long open work may be without a message.
pub const SILENT_DAYS: i64 = 90;

/// A list that is empty where data are clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// No service two hours after it was opened.
    NoService,
    /// Waits for somebody, and nobody is reminded.
    NoReminder,
    /// A value is missing that was needed already.
    FieldEmpty,
    /// Open, and no message for ninety days.
    Silent,
}

impl Check {
    /// All of them, in their order on the page.
    pub const ALL: [Check; 4] = [
        Check::NoService,
        Check::NoReminder,
        Check::FieldEmpty,
        Check::Silent,
    ];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Check::NoService => "no_service",
            Check::NoReminder => "no_reminder",
            Check::FieldEmpty => "field_empty",
            Check::Silent => "silent",
        }
    }

    /// What it selects for an actor.
    pub async fn filter(self, db: &Db, actor: &Actor) -> Result<Filter> {
        let all = Filter::default();
        Ok(match self {
            Check::NoService => Filter {
                services: Among::none(),
                older_than: Some(Duration::hours(UNCLASSIFIED_HOURS)),
                ..all
            },
            Check::NoReminder => Filter {
                standings: vec![Standing::WaitingForRequester, Standing::WaitingForVendor],
                no_reminder: true,
                ..all
            },
            Check::FieldEmpty => Filter {
                lacking: Some(Lacking::read(db, actor).await?),
                ..all
            },
            Check::Silent => Filter {
                silent_days: Some(SILENT_DAYS),
                ..all
            },
        })
    }
}

/// How many tickets of a list a team has; none is work without a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfTeam {
    pub team_id: Option<Uuid>,
    pub n: i64,
}

/// What a list holds for an actor, team by team, most first.
pub async fn by_team(db: &Db, actor: &Actor, check: Check) -> Result<Vec<OfTeam>> {
    let filter = check.filter(db, actor).await?;
    Ok(ordered(
        facets::by_column(db, actor, &filter, "team_id").await?,
    ))
}

fn ordered(numbers: Numbers) -> Vec<OfTeam> {
    let of_team = |(team_id, n)| OfTeam { team_id, n };
    let mut rows: Vec<OfTeam> = numbers.into_iter().map(of_team).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.n), row.team_id));
    rows
}

/// Keeps what every list holds on a day, as it stands at that instant, once; a day on which nobody counted stays
/// without rows. A team is nil in the rows of work without one.
pub async fn keep(db: &Db, actor: &Actor, day: NaiveDate, at: Instant) -> Result<()> {
    let mut teams: Vec<Uuid> = team::Entity::find()
        .all(db.reader())
        .await?
        .into_iter()
        .map(|team| team.id)
        .collect();
    teams.push(Uuid::nil());
    let mut rows = Vec::new();
    for check in Check::ALL {
        let filter = check.filter(db, actor).await?;
        let numbers = facets::by_column_at(db, actor, &filter, "team_id", at).await?;
        let counted = ordered(numbers);
        for team in &teams {
            let own = counted
                .iter()
                .filter(|row| row.team_id.unwrap_or_default() == *team);
            rows.push((check, *team, own.map(|row| row.n).sum::<i64>()));
        }
    }
    let tx = db.begin_write().await?;
    for (check, team, n) in rows {
        let sql = "INSERT INTO check_day (list, day, team_id, n) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT DO NOTHING";
        let values = [check.name().into(), day.into(), team.into(), n.into()];
        let backend = tx.get_database_backend();
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(tx.commit().await?)
}

/// What a list held on a day.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Kept {
    pub list: String,
    pub day: NaiveDate,
    pub n: i64,
}

/// What the lists held on the days from this one on, of the teams whose tickets the actor reads.
pub async fn trend(db: &Db, actor: &Actor, from: NaiveDate) -> Result<Vec<Kept>> {
    let query = Query::select()
        .columns(["list", "day"])
        // PostgreSQL sums whole numbers into numerics.
        .expr_as(Expr::col("n").sum().cast_as("bigint"), "n")
        .from("check_day")
        .and_where(Expr::col("day").gte(from))
        .cond_where(of_own_teams(actor))
        .group_by_columns(["list", "day"])
        .order_by("day", sea_orm::Order::Asc)
        .to_owned();
    let backend = db.reader().get_database_backend();
    let rows = Kept::find_by_statement(backend.build(&query));
    Ok(rows.all(db.reader()).await?)
}

/// The rows of teams that `policy::tickets_where` lets the actor read; what somebody owns elsewhere is too little
/// to be a trend.
fn of_own_teams(actor: &Actor) -> Condition {
    let mut ids: Vec<Uuid> = Vec::new();
    for scope in actor.scopes(Permission::ReadTickets) {
        match scope {
            Scope::Everything => return Condition::all(),
            Scope::OwnTeams => {
                ids.push(Uuid::nil());
                ids.extend(actor.teams());
            }
            Scope::Teams(named) => ids.extend(named),
            // What was kept of a day knows teams alone.
            Scope::Services(_) | Scope::OwnOrganisation | Scope::FieldValues { .. } => {}
        }
    }
    Condition::all().add(Expr::col("team_id").is_in(ids))
}
