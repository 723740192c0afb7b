//! What has a name that stands in other subjects' documents: once it is called something else, they are indexed anew.
//! Each is one statement, however many subjects it concerns.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use uuid::Uuid;

use super::Kind;
use crate::error::Result;

/// Something that was changed, with what of it stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Renamed {
    /// Name or address, in tickets of which they are requester, owner or named in a field; and what they wrote, in which
    /// their name is blacked out.
    Person(Uuid),
    /// The name, in tickets of theirs or that name it in a field.
    Organisation(Uuid),
    /// The name, in what is shared and in cases; or what it lies below, in tickets and articles.
    Service(Uuid),
    /// The name, in cases.
    Team(Uuid),
    /// Words of options, or that it is personal, in tickets that hold something there.
    Field(Uuid),
}

/// The service and those below it.
const BELOW: &str = "WITH RECURSIVE below(id) AS (SELECT id FROM service WHERE id = $1 \
    UNION SELECT s.id FROM service s JOIN below b ON s.parent_id = b.id) SELECT id FROM below";

/// Values of fields that name people or organisations, by their index.
const NAMED: &str = "SELECT ticket_id FROM field_value WHERE field_id IN \
    (SELECT id FROM field WHERE kind IN ('person', 'organisation')) AND active IN (TRUE, FALSE) AND ref_id = $1";

impl Renamed {
    fn id(self) -> Uuid {
        match self {
            Renamed::Person(id)
            | Renamed::Organisation(id)
            | Renamed::Service(id)
            | Renamed::Team(id)
            | Renamed::Field(id) => id,
        }
    }

    /// The subjects concerned: their kind, and the statement that says which.
    fn concerns(self) -> Vec<(Kind, String)> {
        match self {
            Renamed::Person(_) => vec![(
                Kind::Ticket,
                format!(
                    "SELECT id FROM ticket WHERE requester_id = $1 UNION SELECT id FROM ticket WHERE owner_id = $1 \
                     UNION SELECT ticket_id FROM message WHERE author_id = $1 UNION {NAMED}"
                ),
            )],
            Renamed::Organisation(_) => vec![(
                Kind::Ticket,
                format!("SELECT id FROM ticket WHERE organisation_id = $1 UNION {NAMED}"),
            )],
            Renamed::Service(_) => vec![
                (
                    Kind::Ticket,
                    format!(
                        "SELECT id FROM ticket WHERE service_id IN ({BELOW}) \
                         UNION SELECT ticket_id FROM vendor_share WHERE service_id IN ({BELOW})"
                    ),
                ),
                (
                    Kind::Article,
                    format!(
                        "SELECT DISTINCT article_id FROM article_service WHERE service_id IN ({BELOW})"
                    ),
                ),
            ],
            Renamed::Team(_) => vec![(
                Kind::Ticket,
                "SELECT id FROM ticket WHERE active = FALSE AND team_id = $1".to_owned(),
            )],
            Renamed::Field(_) => vec![(
                Kind::Ticket,
                "SELECT DISTINCT ticket_id FROM field_value WHERE field_id = $1".to_owned(),
            )],
        }
    }

    /// The statements that note them.
    fn statements(self, backend: DbBackend) -> Vec<Statement> {
        let mark = mark(backend);
        let concerned = self.concerns().into_iter();
        let statements = concerned.map(|(kind, which)| {
            let table = kind.name();
            let sql = format!(
                "INSERT INTO unindexed (subject_id, kind, mark, claimed_until) \
                 SELECT o.id, '{table}', {mark}, NULL FROM {table} o WHERE o.id IN ({which}) \
                 ON CONFLICT (subject_id) DO UPDATE SET mark = excluded.mark, claimed_until = NULL"
            );
            Statement::from_sql_and_values(backend, sql, [self.id().into()])
        });
        statements.collect()
    }
}

/// A mark for each row: in the order of time like those of single changes, and another one for each.
fn mark(backend: DbBackend) -> String {
    let now = crate::new_id().simple().to_string();
    let time = &now[..12];
    match backend {
        DbBackend::Postgres => format!(
            "CAST('{time}' || substr(replace(CAST(gen_random_uuid() AS text), '-', ''), 13) AS uuid)"
        ),
        _ => format!("CAST(x'{time}' || randomblob(10) AS BLOB)"),
    }
}

/// Notes everything that holds what these were called.
pub(crate) async fn note(tx: &DatabaseTransaction, mut renamed: Vec<Renamed>) -> Result<()> {
    renamed.sort_unstable();
    renamed.dedup();
    for one in renamed {
        for statement in one.statements(tx.get_database_backend()) {
            tx.execute_raw(statement).await?;
        }
    }
    Ok(())
}
