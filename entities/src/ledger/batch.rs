//! The rows one transaction writes, gathered so that each table gets one statement.

use std::collections::{BTreeMap, HashSet};
use std::hash::Hash;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IdenStatic, IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryFilter, Statement,
};
use uuid::Uuid;

use crate::clock::Instant;
use crate::error::{DeskError, Rejected, Result};
use crate::history::{self, Key, SubjectKind};
use crate::kept::Changed;
use crate::ledger::absence_rows;
use crate::ledger::article_rows::ArticleRows;
use crate::ledger::checks::{Checks, taken};
use crate::ledger::effort_rows::EffortRows;
use crate::ledger::factors::Factors;
use crate::ledger::field_rows::{self, FieldRows};
use crate::ledger::notices::Notices;
use crate::ledger::stamp;
use crate::ledger::synonym_rows;
use crate::live::notify;
use crate::outgoing::{answers, stop};
use crate::ticket::Delivery;
use crate::watching::view_look;
use crate::{
    absence, activity, api_token, bulk, calendar, category, checklist, claim_rule, contract,
    document_template, export, field, finding, guest, identity, inbound, mail_filter, mailbox,
    organisation, outbox, passkey, person, provider, recurring, release, role, service, synonym,
    team, text_block, ticket, time_limit, view,
};

/// SQLite binds at most 32,766 values in a statement; PostgreSQL 65,535.
const MOST_VALUES: usize = 30_000;

#[derive(Default)]
pub struct Batch {
    pub tickets: Vec<ticket::table::Model>,
    pub messages: Vec<ticket::message::Model>,
    pub attachments: Vec<ticket::attachment::Model>,
    pub mentions: Vec<ticket::mention::Model>,
    pub ties: ticket::Ties,
    pub field_rows: FieldRows,
    pub notices: Notices,
    pub fields: Vec<field::Model>,
    /// All options of a field.
    pub field_options: Vec<(Uuid, Vec<field::option::Model>)>,
    pub outbound: Vec<ticket::outbound::Model>,
    /// Messages whose mail must not leave; fails when one has left already.
    pub withdrawn: Vec<Uuid>,
    /// What became of mails: message, outcome, when (queued: not before), error.
    pub deliveries: Vec<(Uuid, Delivery, Instant, Option<String>)>,
    pub inbound: Vec<inbound::Model>,
    pub mail_decisions: Vec<inbound::decision::Model>,
    pub people: Vec<person::Model>,
    pub memberships: Vec<person::membership::Model>,
    /// Who stands in for a person from now on, if anybody does.
    pub deputies: Vec<(Uuid, Option<person::deputy::Model>)>,
    pub absences: Vec<absence::Absence>,
    /// From which calendar a person's absences are read from now on, if from any.
    pub absence_feeds: Vec<(Uuid, Option<absence::feed::Model>)>,
    /// Who works on tickets may be somebody else now.
    pub presence_changed: bool,
    pub person_roles: Vec<(Uuid, Vec<Uuid>)>,
    /// A person's last one.
    pub invitations: Vec<guest::invitation::Model>,
    pub factors: Factors,
    pub passkeys: Vec<passkey::Model>,
    /// Passkeys of persons that end.
    pub passkeys_removed: Vec<(Uuid, Uuid)>,
    pub tokens: Vec<api_token::Model>,
    /// Tokens of persons that end: person, token, when.
    pub tokens_ended: Vec<(Uuid, Uuid, Instant)>,
    pub providers: Vec<provider::Model>,
    pub identities: Vec<identity::Model>,
    pub claim_rules: Vec<claim_rule::Model>,
    /// All that rules of providers gave a person.
    pub claim_gifts: Vec<(Uuid, Vec<claim_rule::gift::Model>)>,
    /// Ties between a provider's word and a person that end.
    pub identities_cut: Vec<Uuid>,
    pub organisations: Vec<organisation::Model>,
    pub teams: Vec<team::Model>,
    pub team_members: Vec<(Uuid, Vec<Uuid>)>,
    pub services: Vec<service::Model>,
    /// What is called something else now: documents of other subjects hold the old name.
    pub(crate) renamed: Vec<finding::renamed::Renamed>,
    pub categories: Vec<category::Model>,
    pub synonyms: Vec<synonym::Model>,
    pub articles: ArticleRows,
    pub calendars: Vec<calendar::Model>,
    pub time_limits: Vec<time_limit::Model>,
    pub contracts: Vec<contract::Model>,
    pub releases: Vec<release::Model>,
    pub text_blocks: Vec<text_block::Model>,
    pub checklists: Vec<checklist::Model>,
    pub document_templates: Vec<document_template::Model>,
    pub activities: Vec<activity::Model>,
    pub efforts: EffortRows,
    pub recurring_tasks: Vec<recurring::Model>,
    pub mailboxes: Vec<mailbox::Model>,
    pub mail_filters: Vec<mail_filter::Model>,
    pub answers: Vec<answers::Model>,
    pub stops: Vec<stop::Model>,
    pub exports: Vec<export::Model>,
    pub bulk_items: Vec<bulk::item::Model>,
    pub roles: Vec<role::Model>,
    pub views: Vec<view::Model>,
    pub grants: Vec<(Uuid, Vec<role::grant::Model>)>,
    pub events: Vec<history::event::Model>,
    pub outbox: Vec<outbox::Model>,
    /// What must hold across rows once these are written.
    pub checks: Checks,
    heads: BTreeMap<Uuid, history::head::Model>,
}

impl Batch {
    pub(crate) fn keep_head(&mut self, key: &Key, head: history::Head) {
        if head.changed {
            self.heads.insert(head.subject_id, head.row(key));
        }
    }

    pub async fn flush(mut self, tx: &DatabaseTransaction) -> Result<()> {
        let heads = self.heads.values();
        let changed: Vec<(Uuid, i32)> = heads.map(|head| (head.subject_id, head.number)).collect();
        let tickets = self.heads.values();
        let tickets = tickets.filter(|head| head.subject_kind == SubjectKind::Ticket.name());
        let tickets: Vec<Uuid> = tickets.map(|head| head.subject_id).collect();
        let mut kinds = self
            .heads
            .values()
            .map(|head| Changed::named(&head.subject_kind));
        let what = match kinds.any(|what| what == Changed::Setting) {
            true => Changed::Setting,
            false => Changed::Work,
        };
        let checks = self.checks.begin(tx).await?;
        let rules = [
            self.services.len(),
            self.calendars.len(),
            self.time_limits.len(),
            // Who is there is a rule too.
            self.absences.len(),
            self.deputies.len(),
            self.teams.len(),
            self.team_members.len(),
            self.roles.len(),
            self.grants.len(),
            usize::from(self.presence_changed),
        ];
        if rules.iter().any(|rows| *rows > 0) {
            stamp::count_deadlines(tx).await?;
        }
        taken(upsert::<calendar::Entity>(tx, newest(self.calendars, |r| r.id)).await)?;
        taken(upsert::<time_limit::Entity>(tx, newest(self.time_limits, |r| r.id)).await)?;
        taken(upsert::<category::Entity>(tx, newest(self.categories, |r| r.id)).await)?;
        synonym_rows::write(tx, self.synonyms).await?;
        upsert::<organisation::Entity>(tx, newest(self.organisations, |r| r.id)).await?;
        taken(upsert::<person::Entity>(tx, newest(self.people, |r| r.id)).await)?;
        upsert::<person::membership::Entity>(
            tx,
            newest(self.memberships, |r| (r.person_id, r.organisation_id)),
        )
        .await?;
        taken(upsert::<team::Entity>(tx, newest(self.teams, |r| r.id)).await)?;
        taken(upsert::<service::Entity>(tx, newest(self.services, |r| r.id)).await)?;
        taken(upsert::<contract::Entity>(tx, newest(self.contracts, |r| r.id)).await)?;
        taken(upsert::<release::Entity>(tx, newest(self.releases, |r| r.id)).await)?;
        taken(upsert::<text_block::Entity>(tx, newest(self.text_blocks, |r| r.id)).await)?;
        taken(upsert::<checklist::Entity>(tx, newest(self.checklists, |r| r.id)).await)?;
        taken(
            upsert::<document_template::Entity>(tx, newest(self.document_templates, |r| r.id))
                .await,
        )?;
        taken(upsert::<activity::Entity>(tx, newest(self.activities, |r| r.id)).await)?;
        taken(upsert::<recurring::Entity>(tx, newest(self.recurring_tasks, |r| r.id)).await)?;
        taken(upsert::<mailbox::Entity>(tx, newest(self.mailboxes, |r| r.id)).await)?;
        taken(upsert::<mail_filter::Entity>(tx, newest(self.mail_filters, |r| r.id)).await)?;
        upsert::<stop::Entity>(tx, newest(self.stops, |r| r.id)).await?;
        upsert::<export::Entity>(tx, newest(self.exports, |r| r.id)).await?;
        taken(upsert::<role::Entity>(tx, newest(self.roles, |r| r.id)).await)?;
        taken(upsert::<field::Entity>(tx, newest(self.fields, |r| r.id)).await)?;
        taken(upsert::<view::Entity>(tx, newest(self.views, |r| r.id)).await)?;
        taken(upsert::<provider::Entity>(tx, newest(self.providers, |r| r.id)).await)?;
        if !self.identities_cut.is_empty() {
            identity::Entity::delete_many()
                .filter(identity::Column::Id.is_in(self.identities_cut))
                .exec(tx)
                .await?;
        }
        taken(insert::<identity::Entity>(tx, self.identities).await)?;
        taken(upsert::<claim_rule::Entity>(tx, newest(self.claim_rules, |r| r.id)).await)?;
        for (person_id, gifts) in self.claim_gifts {
            use claim_rule::gift as t;
            t::Entity::delete_many()
                .filter(t::Column::PersonId.eq(person_id))
                .exec(tx)
                .await?;
            insert::<t::Entity>(tx, gifts).await?;
        }
        upsert::<guest::invitation::Entity>(tx, newest(self.invitations, |r| r.person_id)).await?;
        self.factors.write(tx).await?;
        insert::<passkey::Entity>(tx, self.passkeys).await?;
        for (person_id, passkey_id) in self.passkeys_removed {
            let removed = passkey::Entity::delete_by_id(passkey_id)
                .filter(passkey::Column::PersonId.eq(person_id))
                .exec(tx)
                .await?;
            if removed.rows_affected == 0 {
                return Err(Rejected::NothingToDo.into());
            }
        }
        insert::<api_token::Entity>(tx, self.tokens).await?;
        for (person_id, token_id, at) in self.tokens_ended {
            end_token(tx, person_id, token_id, at).await?;
        }
        for (field_id, rows) in self.field_options {
            field_rows::options(tx, field_id, rows).await?;
        }
        for (person_id, row) in self.deputies {
            use person::deputy as t;
            t::Entity::delete_by_id(person_id).exec(tx).await?;
            insert::<t::Entity>(tx, row.into_iter().collect()).await?;
        }
        absence_rows::write(tx, self.absences).await?;
        absence_rows::write_feeds(tx, self.absence_feeds).await?;
        for (person_id, role_ids) in self.person_roles {
            use role::person_role as t;
            t::Entity::delete_many()
                .filter(t::Column::PersonId.eq(person_id))
                .exec(tx)
                .await?;
            insert::<t::Entity>(
                tx,
                role_ids
                    .into_iter()
                    .map(|role_id| t::Model { person_id, role_id })
                    .collect(),
            )
            .await?;
        }
        for (team_id, person_ids) in self.team_members {
            use team::member as t;
            t::Entity::delete_many()
                .filter(t::Column::TeamId.eq(team_id))
                .exec(tx)
                .await?;
            insert::<t::Entity>(
                tx,
                person_ids
                    .into_iter()
                    .map(|person_id| t::Model { team_id, person_id })
                    .collect(),
            )
            .await?;
        }
        for (role_id, grants) in self.grants {
            use role::grant as t;
            t::Entity::delete_many()
                .filter(t::Column::RoleId.eq(role_id))
                .exec(tx)
                .await?;
            insert::<t::Entity>(tx, grants).await?;
        }
        checks.end(tx).await?;
        self.articles.write(tx).await?;
        upsert::<ticket::table::Entity>(tx, newest(self.tickets, |r| r.id)).await?;
        insert::<ticket::message::Entity>(tx, self.messages).await?;
        insert::<ticket::attachment::Entity>(tx, self.attachments).await?;
        insert::<ticket::mention::Entity>(tx, self.mentions).await?;
        upsert::<ticket::outbound::Entity>(tx, newest(self.outbound, |r| r.message_id)).await?;
        for message_id in &self.withdrawn {
            stop_outbound(tx, *message_id).await?;
        }
        insert::<answers::Entity>(tx, self.answers).await?;
        for (message_id, to, at, error) in self.deliveries {
            record_delivery(tx, message_id, to, at, error).await?;
        }
        self.ties.write(tx).await?;
        self.field_rows.write(tx).await?;
        self.field_rows.check(tx).await?;
        self.notices.write(tx).await?;
        Box::pin(self.efforts.write(tx)).await?;
        upsert::<inbound::Entity>(tx, newest(self.inbound, |r| r.id)).await?;
        insert::<inbound::decision::Entity>(tx, self.mail_decisions).await?;
        upsert::<bulk::item::Entity>(tx, self.bulk_items).await?;
        insert::<history::event::Entity>(tx, self.events).await?;
        let waiting = finding::queue::rows(self.heads.values());
        upsert::<finding::queue::Entity>(tx, waiting).await?;
        upsert::<history::head::Entity>(tx, self.heads.into_values().collect()).await?;
        finding::renamed::note(tx, self.renamed).await?;
        view_look::note(tx, tickets).await?;
        insert::<outbox::Entity>(tx, self.outbox).await?;
        notify(tx, what, &changed).await
    }
}

/// The last of the rows with the same key: PostgreSQL upserts none twice in one statement.
pub(super) fn newest<M, K: Eq + Hash>(rows: Vec<M>, key: impl Fn(&M) -> K) -> Vec<M> {
    let mut seen = HashSet::with_capacity(rows.len());
    let mut kept: Vec<M> = rows
        .into_iter()
        .rev()
        .filter(|row| seen.insert(key(row)))
        .collect();
    kept.reverse();
    kept
}

async fn end_token(
    tx: &DatabaseTransaction,
    person_id: Uuid,
    token_id: Uuid,
    at: Instant,
) -> Result<()> {
    let sql =
        "UPDATE api_token SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL";
    let values = [at.into(), token_id.into(), person_id.into()];
    let backend = tx.get_database_backend();
    let ended = tx
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    match ended.rows_affected() {
        0 => Err(Rejected::NothingToDo.into()),
        _ => Ok(()),
    }
}

async fn stop_outbound(tx: &DatabaseTransaction, message_id: Uuid) -> Result<()> {
    let stopped = tx
        .execute_raw(Statement::from_sql_and_values(
            tx.get_database_backend(),
            "UPDATE outbound_mail SET state = 'withdrawn' WHERE message_id = $1 AND state = 'queued'",
            [message_id.into()],
        ))
        .await?;
    if stopped.rows_affected() == 0 {
        return Err(DeskError::Rejected(Rejected::AlreadySent));
    }
    set_delivery(tx, message_id, Delivery::Withdrawn, None).await?;
    Ok(())
}

async fn set_delivery(
    tx: &DatabaseTransaction,
    message_id: Uuid,
    to: Delivery,
    at: Option<Instant>,
) -> Result<u64> {
    // What a command saw of a message may be older than what became of its mail.
    let from = match to {
        Delivery::Sent | Delivery::Failed => "AND delivery = 'queued'",
        Delivery::Queued => "AND delivery IN ('failed', 'bounced')",
        Delivery::Bounced => "AND delivery <> 'bounced'",
        Delivery::None | Delivery::Withdrawn => "",
    };
    let sql = format!("UPDATE message SET delivery = $1, delivered_at = $2 WHERE id = $3 {from}");
    let values = [to.to_value().into(), at.into(), message_id.into()];
    let backend = tx.get_database_backend();
    let set = tx
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(set.rows_affected())
}

async fn record_delivery(
    tx: &DatabaseTransaction,
    message_id: Uuid,
    to: Delivery,
    at: Instant,
    error: Option<String>,
) -> Result<()> {
    let (sql, sent_at, refusal) = match to {
        Delivery::Sent => (
            "UPDATE outbound_mail SET state = 'sent', sent_at = $1, last_error = $2 WHERE message_id = $3",
            Some(at),
            Rejected::AlreadySent,
        ),
        Delivery::Failed => (
            "UPDATE outbound_mail SET state = 'dead', not_before = $1, last_error = $2 WHERE message_id = $3",
            None,
            Rejected::AlreadySent,
        ),
        Delivery::Queued => (
            "UPDATE outbound_mail SET state = 'queued', attempts = 0, not_before = $1, last_error = $2 WHERE message_id = $3",
            None,
            Rejected::NotFailed,
        ),
        // A bounce proves that the mail left, even when the process died before it noted that.
        Delivery::Bounced | Delivery::None | Delivery::Withdrawn => (
            "UPDATE outbound_mail SET state = 'sent', sent_at = $1, last_error = $2 WHERE message_id = $3 \
             AND state = 'sending'",
            Some(at),
            Rejected::NothingToDo,
        ),
    };
    if set_delivery(tx, message_id, to, sent_at).await? == 0 {
        return Err(refusal.into());
    }
    let values = [at.into(), error.into(), message_id.into()];
    let backend = tx.get_database_backend();
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

// These hand out boxes: a transaction awaits some fifty of them, and each would have its own room in the stack of
// everything that changes something.
pub(crate) fn insert<E>(tx: &DatabaseTransaction, rows: Vec<E::Model>) -> BoxFuture<'_, Result<()>>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    Box::pin(write::<E>(tx, rows, None))
}

pub(crate) fn upsert<E>(tx: &DatabaseTransaction, rows: Vec<E::Model>) -> BoxFuture<'_, Result<()>>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let keys: Vec<String> = E::PrimaryKey::iter()
        .map(|k| k.into_column().as_str().to_owned())
        .collect();
    let others: Vec<E::Column> = E::Column::iter()
        .filter(|c| !keys.iter().any(|k| k == c.as_str()))
        .collect();
    let mut conflict = OnConflict::columns(E::PrimaryKey::iter().map(|k| k.into_column()));
    conflict.update_columns(others);
    Box::pin(write::<E>(tx, rows, Some(conflict)))
}

async fn write<E>(
    tx: &DatabaseTransaction,
    rows: Vec<E::Model>,
    conflict: Option<OnConflict>,
) -> Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let at_once = (MOST_VALUES / E::Column::iter().count().max(1)).max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let some = rows
            .by_ref()
            .take(at_once)
            .map(IntoActiveModel::into_active_model);
        let mut statement = E::insert_many(some);
        if let Some(conflict) = &conflict {
            statement = statement.on_conflict(conflict.clone());
        }
        statement.exec_without_returning(tx).await?;
    }
    Ok(())
}
