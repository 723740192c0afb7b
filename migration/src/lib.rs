//! The schema's history: one change a file, forward only.

use std::time::Duration;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{self, ConnectionTrait};

mod m20261122_000001_people;
mod m20261122_000002_tickets;
mod m20261122_000003_history;
mod m20261122_000004_mail;
mod m20261122_000005_sign_in;
mod m20261125_000006_links;
mod m20261125_000007_filters;
mod m20261125_000008_mail_facts;
mod m20261125_000009_sending;
mod m20261125_000010_intake;
mod m20261125_000011_care;
mod m20261125_000012_fields;
mod m20261125_000013_orders;
mod m20261125_000014_returned;
mod m20261127_000015_deadlines;
mod m20261127_000017_views;
mod m20261127_000018_districts;
mod m20261127_000019_exports;
mod m20261127_000020_bulk;
mod m20261127_000021_watch;
mod m20261127_000022_check_days;
mod m20261127_000023_told;
mod m20261127_000024_notices;
mod m20261127_000025_export_parts;
mod m20261127_000026_open_of_requester;
mod m20261128_000027_providers;
mod m20261128_000028_claim_rules;
mod m20261128_000029_vouched_sessions;
mod m20261128_000030_counted;
mod m20261128_000032_cases;
mod m20261128_000033_deputies;
mod m20261128_000035_one_time_links;
mod m20261128_000036_ways_in;
mod m20261128_000037_second_factors;
mod m20261128_000038_api_tokens;
mod m20261128_000039_passkeys;
mod m20261128_000040_vendor_shares;
mod m20261128_000041_text_blocks;
mod m20261128_000045_contracts;
mod m20261128_000046_invitations;
mod m20261128_000049_told_requesters;
mod m20261128_000050_open_repairs;
mod m20261128_000051_deputies_set_by;
mod m20261128_000052_locked_until;
mod m20261128_000053_told_mails;
mod m20261128_000054_articles;
mod m20261128_000061_standing_counts;
mod m20261128_000062_reusable_cases;
mod m20261128_000067_article_files;
mod m20261128_000068_imported_articles;
mod m20261128_000070_validity;
mod m20261128_000071_reviews;
mod m20261128_000072_notices_of_articles;
mod m20261128_000076_article_uses;
mod m20261128_000077_article_feedback;
mod m20261128_000078_case_gaps;
mod m20261128_000079_around_articles;
mod m20261128_000085_visitor_answers;
mod m20261128_000086_remarks_at_passages;
mod m20261128_000087_translations;
mod m20261128_000091_unindexed;
mod m20261128_000092_searches;
mod m20261128_000094_synonyms;
mod m20261128_000095_file_texts;
mod m20261128_000096_machines;
mod m20261129_000097_absences;
mod m20261129_000100_mergers;
mod m20261129_000101_linked_articles;
mod m20261129_000102_redactions;
mod m20261129_000103_checklists;
mod m20261129_000104_effort;
mod m20261129_000105_recurring;
mod m20261129_000107_mentions_and_mails;
mod m20261129_000108_watched_views;
mod m20261129_000109_own_keys;
mod m20261129_000110_widened_text_blocks;
mod m20261129_000117_presence;
mod m20261129_000118_copies;
mod m20261129_000119_document_templates;
mod m20261129_000120_absence_feeds;
mod m20261129_000122_plain_mails;
mod m20261129_000123_postal_addresses;
mod m20261129_000124_mailings;
mod m20261129_000125_calm_feeds;
mod m20261129_000126_told_next;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_people::Migration),
            Box::new(m20261122_000002_tickets::Migration),
            Box::new(m20261122_000003_history::Migration),
            Box::new(m20261122_000004_mail::Migration),
            Box::new(m20261122_000005_sign_in::Migration),
            Box::new(m20261125_000006_links::Migration),
            Box::new(m20261125_000007_filters::Migration),
            Box::new(m20261125_000008_mail_facts::Migration),
            Box::new(m20261125_000009_sending::Migration),
            Box::new(m20261125_000010_intake::Migration),
            Box::new(m20261125_000011_care::Migration),
            Box::new(m20261125_000012_fields::Migration),
            Box::new(m20261125_000013_orders::Migration),
            Box::new(m20261125_000014_returned::Migration),
            Box::new(m20261127_000015_deadlines::Migration),
            Box::new(m20261127_000017_views::Migration),
            Box::new(m20261127_000018_districts::Migration),
            Box::new(m20261127_000019_exports::Migration),
            Box::new(m20261127_000020_bulk::Migration),
            Box::new(m20261127_000021_watch::Migration),
            Box::new(m20261127_000022_check_days::Migration),
            Box::new(m20261127_000023_told::Migration),
            Box::new(m20261127_000024_notices::Migration),
            Box::new(m20261127_000025_export_parts::Migration),
            Box::new(m20261127_000026_open_of_requester::Migration),
            Box::new(m20261128_000027_providers::Migration),
            Box::new(m20261128_000028_claim_rules::Migration),
            Box::new(m20261128_000029_vouched_sessions::Migration),
            Box::new(m20261128_000030_counted::Migration),
            Box::new(m20261128_000032_cases::Migration),
            Box::new(m20261128_000033_deputies::Migration),
            Box::new(m20261128_000035_one_time_links::Migration),
            Box::new(m20261128_000036_ways_in::Migration),
            Box::new(m20261128_000037_second_factors::Migration),
            Box::new(m20261128_000038_api_tokens::Migration),
            Box::new(m20261128_000039_passkeys::Migration),
            Box::new(m20261128_000040_vendor_shares::Migration),
            Box::new(m20261128_000041_text_blocks::Migration),
            Box::new(m20261128_000045_contracts::Migration),
            Box::new(m20261128_000046_invitations::Migration),
            Box::new(m20261128_000049_told_requesters::Migration),
            Box::new(m20261128_000050_open_repairs::Migration),
            Box::new(m20261128_000051_deputies_set_by::Migration),
            Box::new(m20261128_000052_locked_until::Migration),
            Box::new(m20261128_000053_told_mails::Migration),
            Box::new(m20261128_000054_articles::Migration),
            Box::new(m20261128_000061_standing_counts::Migration),
            Box::new(m20261128_000062_reusable_cases::Migration),
            Box::new(m20261128_000067_article_files::Migration),
            Box::new(m20261128_000068_imported_articles::Migration),
            Box::new(m20261128_000070_validity::Migration),
            Box::new(m20261128_000071_reviews::Migration),
            Box::new(m20261128_000072_notices_of_articles::Migration),
            Box::new(m20261128_000076_article_uses::Migration),
            Box::new(m20261128_000077_article_feedback::Migration),
            Box::new(m20261128_000078_case_gaps::Migration),
            Box::new(m20261128_000079_around_articles::Migration),
            Box::new(m20261128_000085_visitor_answers::Migration),
            Box::new(m20261128_000086_remarks_at_passages::Migration),
            Box::new(m20261128_000087_translations::Migration),
            Box::new(m20261128_000091_unindexed::Migration),
            Box::new(m20261128_000092_searches::Migration),
            Box::new(m20261128_000094_synonyms::Migration),
            Box::new(m20261128_000095_file_texts::Migration),
            Box::new(m20261128_000096_machines::Migration),
            Box::new(m20261129_000097_absences::Migration),
            Box::new(m20261129_000100_mergers::Migration),
            Box::new(m20261129_000101_linked_articles::Migration),
            Box::new(m20261129_000102_redactions::Migration),
            Box::new(m20261129_000103_checklists::Migration),
            Box::new(m20261129_000104_effort::Migration),
            Box::new(m20261129_000105_recurring::Migration),
            Box::new(m20261129_000107_mentions_and_mails::Migration),
            Box::new(m20261129_000108_watched_views::Migration),
            Box::new(m20261129_000109_own_keys::Migration),
            Box::new(m20261129_000110_widened_text_blocks::Migration),
            Box::new(m20261129_000117_presence::Migration),
            Box::new(m20261129_000118_copies::Migration),
            Box::new(m20261129_000119_document_templates::Migration),
            Box::new(m20261129_000120_absence_feeds::Migration),
            Box::new(m20261129_000122_plain_mails::Migration),
            Box::new(m20261129_000123_postal_addresses::Migration),
            Box::new(m20261129_000124_mailings::Migration),
            Box::new(m20261129_000125_calm_feeds::Migration),
            Box::new(m20261129_000126_told_next::Migration),
        ]
    }
}

/// How a database's schema stands against this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Every change of this program is in it.
    Current,
    /// So many changes are missing.
    Behind(usize),
    /// It holds changes this program does not know.
    Newer,
}

/// Serialises processes that start at the same time on one PostgreSQL.
const LOCK: i64 = 0x10_75_e0;

/// Brings the schema of a database up to date and says how many changes that took; an SQLite file is made
/// when missing.
///
/// # Errors
/// When the database cannot be reached, a change fails, or its schema is newer than this program.
pub async fn bring_up(url: &str) -> Result<usize, DbErr> {
    let db = connect(url).await?;
    let applied = bring_up_locked(&db).await;
    // The lock ends with its connection.
    db.close().await?;
    applied
}

async fn bring_up_locked(db: &sea_orm::DatabaseConnection) -> Result<usize, DbErr> {
    if standing_of(db).await? == Standing::Current {
        return Ok(0);
    }
    if db.get_database_backend() == sea_orm::DbBackend::Postgres {
        db.execute_unprepared(&format!("SELECT pg_advisory_lock({LOCK})"))
            .await?;
    }
    match standing_of(db).await? {
        Standing::Current => Ok(0),
        Standing::Newer => Err(DbErr::Custom(
            "the schema of this database is newer than this program".into(),
        )),
        Standing::Behind(changes) => {
            Migrator::up(db, None).await?;
            if db.get_database_backend() == sea_orm::DbBackend::Sqlite {
                // Beside tables it has looked at, SQLite takes a new index for one that finds little.
                db.execute_unprepared("PRAGMA optimize = 0x10002").await?;
            }
            Ok(changes)
        }
    }
}

/// How the schema stands, without changing it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn standing(url: &str) -> Result<Standing, DbErr> {
    let db = connect(url).await?;
    let standing = standing_of(&db).await;
    db.close().await?;
    standing
}

async fn connect(url: &str) -> Result<sea_orm::DatabaseConnection, DbErr> {
    let mut options = sea_orm::ConnectOptions::new(url);
    options
        .max_connections(1)
        // Mail that is piped in waits for the answer meanwhile.
        .acquire_timeout(Duration::from_secs(10))
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|o| o.create_if_missing(true).pragma("journal_mode", "WAL"));
    sea_orm::Database::connect(options).await
}

async fn standing_of(db: &sea_orm::DatabaseConnection) -> Result<Standing, DbErr> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(Standing::Behind(Migrator::migrations().len()));
    }
    let rows = db
        .query_all_raw(sea_orm::Statement::from_string(
            db.get_database_backend(),
            "SELECT version FROM seaql_migrations",
        ))
        .await?;
    let applied: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "version"))
        .collect::<Result<_, _>>()?;
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|m| m.name().to_owned())
        .collect();
    if applied.iter().any(|a| !known.contains(a)) {
        return Ok(Standing::Newer);
    }
    let missing = known.iter().filter(|k| !applied.contains(k)).count();
    Ok(if missing == 0 {
        Standing::Current
    } else {
        Standing::Behind(missing)
    })
}
