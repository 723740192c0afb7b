//! Reads the calendar somebody named and takes in what it says; what goes wrong is noted beside it and changes nothing.

use entities::absence::feed::{self, Failure, Model as Feed, Outcome, Span, TakeFeed};
use entities::absence::{Absentee, feed::note};
use entities::permit::Protected as _;
use entities::{Actor, DeskError, Permit, Rule};
use reqwest::Url;

use super::ical;
use crate::desk::Desk;
use crate::fetch::FetchError;
use crate::locale::Now;

/// Calendars of many years have some megabytes.
const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Reads one calendar and notes how that went.
///
/// # Errors
/// Of the desk itself.
pub async fn take_in(desk: &Desk, feed: &Feed) -> entities::Result<()> {
    let outcome = match read(desk, feed).await {
        Ok(spans) if spans.is_empty() && feed::is_suddenly_empty(&desk.db, feed).await? => {
            tracing::info!("a calendar of absences reads empty all of a sudden");
            return feed::note_empty(&desk.db, feed).await;
        }
        Ok(spans) => take(desk, feed, spans).await?,
        Err(failed) => Err(failed),
    };
    if let Err((failure, status)) = &outcome {
        tracing::info!(?failure, status, "a calendar of absences cannot be read");
    }
    note(&desk.db, feed, &outcome).await
}

/// The address as it is fetched: calendar programs call theirs `webcal:`.
pub fn address(typed: &str) -> Option<Url> {
    let typed = typed.trim();
    let web = ["webcal://", "webcals://"].into_iter();
    let mut bare = web.filter_map(|scheme| {
        let begin = typed.get(..scheme.len())?;
        begin
            .eq_ignore_ascii_case(scheme)
            .then(|| &typed[scheme.len()..])
    });
    let secure = bare.next().map(|bare| format!("https://{bare}"));
    Url::parse(secure.as_deref().unwrap_or(typed)).ok()
}

async fn read(desk: &Desk, feed: &Feed) -> Result<Vec<Span>, (Failure, Option<u16>)> {
    let without_status = |failure| (failure, None);
    let address = feed.address(&desk.db).ok_or((Failure::Sealed, None))?;
    let url = Url::parse(&address).map_err(|_| (Failure::Address, None))?;
    let got = desk.calendars.get(&url, MOST_BYTES).await;
    let got = got.map_err(|error| without_status(failure(&error)))?;
    if !got.status.is_success() {
        return Err((Failure::Status, Some(got.status.as_u16())));
    }
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let (zone, today, words) = (desk.config.time_zone, now.today(), feed.words());
    // A long calendar is reckoned apart from the pages.
    let spans = tokio::task::spawn_blocking(move || {
        let text = String::from_utf8_lossy(&got.body);
        // Some servers put a mark of bytes in front.
        ical::spans(text.trim_start_matches('\u{feff}'), &words, zone, today)
    });
    let spans = spans.await.unwrap_or(Err(Failure::NoCalendar));
    spans.map_err(without_status)
}

fn failure(error: &FetchError) -> Failure {
    match error {
        FetchError::Address(_) => Failure::Address,
        FetchError::Private(_) => Failure::Private,
        FetchError::Redirect => Failure::Redirect,
        FetchError::TooLarge => Failure::TooLarge,
        FetchError::Away(_) => Failure::Away,
    }
}

async fn take(desk: &Desk, feed: &Feed, spans: Vec<Span>) -> entities::Result<Outcome> {
    let found = spans.len();
    let actor = Actor::System(Rule::AbsenceFeed);
    let absentee = match Absentee::find(&desk.db, &actor, &feed.person_id.to_string()).await {
        Ok(absentee) => absentee,
        // Whoever works on no tickets any more is missed by nobody.
        Err(DeskError::Hidden) => return Ok(Ok(found)),
        Err(error) => return Err(error),
    };
    // Whom somebody named for an absence may have left, or be away themselves once it is moved.
    for keeps_deputies in [true, false] {
        let command = TakeFeed {
            spans: spans.clone(),
            keeps_deputies,
        };
        let permit = Permit::ask(&actor, absentee.clone())?;
        match desk.db.change(permit, command).await {
            Ok(_) => return Ok(Ok(found)),
            Err(DeskError::Rejected(why)) => {
                tracing::debug!(?why, "absences of a calendar are refused");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Err((Failure::Refused, None)))
}

/// Reads what is due; how many calendars.
///
/// # Errors
/// Of the desk itself.
pub async fn run_due(desk: &Desk) -> entities::Result<usize> {
    let mut read = 0;
    while let Some(feed) = feed::take_due(&desk.db).await? {
        take_in(desk, &feed).await?;
        read += 1;
    }
    Ok(read)
}
