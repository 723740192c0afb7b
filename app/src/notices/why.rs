//! What a notice is called, why somebody is told of it, and where they stop that.

use entities::notice::{About, Kind, Reason, Row, Topic};

use crate::locale::Locale;
use crate::web::url::{self, Url};

/// What happened, in few words.
pub fn kind(locale: Locale, row: &Row) -> String {
    locale.t(match row.kind() {
        Some(Kind::DeadlineNear) => "notice-deadline-near",
        Some(Kind::DeadlinePassed) => "notice-deadline-passed",
        Some(Kind::VendorAnswered) => "notice-vendor-answered",
        Some(Kind::RepairMoved) => "notice-repair-moved",
        Some(Kind::ReviewDue) => "notice-review-due",
        Some(Kind::ArticlePublished) => "notice-article-published",
        Some(Kind::ArticleRetired) => "notice-article-retired",
        Some(Kind::RecheckDue) => "notice-recheck-due",
        Some(Kind::Mentioned) => "notice-mentioned",
        Some(Kind::Assigned) => "notice-assigned",
        Some(Kind::RequesterWrote) => "notice-requester-wrote",
        Some(Kind::ColleagueWrote) => "notice-colleague-wrote",
        Some(Kind::Solved) => "notice-solved",
        Some(Kind::ReminderReached) => "notice-reminder-reached",
        Some(Kind::TicketOpened) => "notice-ticket-opened",
        Some(Kind::Classified) => "notice-classified",
        Some(Kind::CameIn) => "notice-came-in",
        Some(Kind::Deputised) => "notice-deputised",
        Some(Kind::Reopened) => "notice-reopened",
        Some(Kind::RedactionAsked) => "notice-redaction-asked",
        None => "notice-other",
    })
}

/// Because of what they are told; a part of a sentence.
pub fn why(locale: Locale, row: &Row) -> String {
    let is_article = matches!(row.about(), About::Article(_));
    locale.t(match row.reason() {
        Some(Reason::Mentioned) => "notice-why-mentioned",
        Some(Reason::Owner) if is_article => "notice-why-article-owner",
        Some(Reason::Owner) => "notice-why-owner",
        Some(Reason::Approver) => "notice-why-approver",
        Some(Reason::Left) => "notice-why-left",
        Some(Reason::Deputy) => "notice-why-deputy",
        Some(Reason::Absent) => "notice-why-absent",
        Some(Reason::Team) => "notice-why-team",
        Some(Reason::Watch) if is_article => "notice-why-article-watch",
        Some(Reason::Watch) => "notice-why-watch",
        Some(Reason::Service) => "notice-why-service",
        Some(Reason::View) => "notice-why-view",
        None => "notice-why-other",
    })
}

/// The page where exactly this is stopped: what is watched, or how one is told of such things.
pub fn stop(row: &Row) -> Url {
    match row.reason() {
        Some(Reason::Watch | Reason::Service | Reason::View) => url::watched(),
        _ => url::notifications().at(&anchor(row.topic())),
    }
}

fn anchor(topic: Option<Topic>) -> String {
    topic.map_or_else(
        || "notifications-title".to_owned(),
        |topic| format!("topic-{}", topic.name()),
    )
}
