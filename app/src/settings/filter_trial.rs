//! Trying a filter on the mails that came last, before it is saved.

use std::time::{Duration, Instant};

use entities::inbound::{self, newest};
use entities::mail_filter::{self, Condition, Create, MailFilter, Update};
use entities::{DeskError, Uuid};
use maud::{Markup, html};
use poem::handler;

use super::filter_form::FilterForm;
use super::form::{self, Faults};
use super::noun;
use crate::error::Result;
use crate::mail::filter::{Conditions, Letter};
use crate::mail::intake;
use crate::mail::read;
use crate::web::cx::Cx;
use crate::web::form::Form;
use crate::web::parts::{Tone, column, moment, notice};
use crate::web::permitted::{Permitted, Sub};
use crate::web::url;

/// How many of the last mails are read.
const MOST_MAILS: u64 = 500;

/// How many bytes of them, and for how long: a page must answer.
const MOST_BYTES: i64 = 200 * 1024 * 1024;
const MOST_TIME: Duration = Duration::from_secs(10);

/// How many that match are shown.
const MOST_SHOWN: usize = 50;

/// What the last mails say to a filter.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    looked_at: usize,
    found: usize,
    shown: Vec<Match>,
}

/// A mail for which all conditions hold.
#[derive(Clone, Debug)]
struct Match {
    received_at: entities::Instant,
    sender: String,
    subject: String,
    number: Option<String>,
    /// It answers us or reports on a mail of ours, so no filter leaves it alone.
    concerns_ours: bool,
}

/// Reads the last mails, of one mailbox or of all, and compares each.
async fn trial(cx: &Cx, conditions: Vec<Condition>, mailbox_id: Option<Uuid>) -> Result<Trial> {
    let conditions = Conditions::new(conditions);
    let mut trial = Trial::default();
    let (began, mut bytes) = (Instant::now(), 0);
    let mut mails = inbound::newest(&cx.db, &cx.actor, MOST_MAILS).await?;
    mails.retain(|mail| mailbox_id.is_none_or(|id| id == mail.mailbox_id));
    for stored in mails {
        bytes += stored.size_bytes;
        if bytes > MOST_BYTES || began.elapsed() > MOST_TIME {
            break;
        }
        trial.looked_at += 1;
        trial.look(cx, &conditions, &stored).await?;
        // Reading is work without a pause; others want to be answered too.
        tokio::task::yield_now().await;
    }
    Ok(trial)
}

impl Trial {
    async fn look(
        &mut self,
        cx: &Cx,
        conditions: &Conditions,
        stored: &newest::Row,
    ) -> Result<(), DeskError> {
        // What cannot be read is told elsewhere; here the others count.
        let Ok(raw) = cx.db.blobs().get(&stored.sha256).await else {
            return Ok(());
        };
        let Ok(mail) = read::read(&raw) else {
            return Ok(());
        };
        let headers = match conditions.want_headers() {
            true => read::header_lines(&raw),
            false => vec![],
        };
        let letter = Letter {
            mail: &mail,
            headers: &headers,
            size_bytes: stored.size_bytes,
        };
        if !conditions.hold(&letter) {
            return Ok(());
        }
        self.found += 1;
        if self.shown.len() < MOST_SHOWN {
            self.shown.push(Match {
                received_at: stored.received_at,
                sender: mail
                    .from
                    .as_ref()
                    .map_or_else(String::new, |from| from.address.clone()),
                subject: mail.subject.clone().unwrap_or_default(),
                number: stored.number.clone(),
                concerns_ours: intake::concerns_ours(&cx.desk, &mail).await?,
            });
        }
        Ok(())
    }
}

/// How many and which mails match.
pub fn filter_trial(cx: &Cx, trial: &Trial) -> Markup {
    let counts = [
        ("found", trial.found.into()),
        ("count", trial.looked_at.into()),
    ];
    let more = trial.found - trial.shown.len();
    html! {
        div id="filter-trial" class="stack" tabindex="-1" autofocus {
            (notice(Tone::Info, &cx.locale.t_with("filter-trial-found", &counts), &html! {}))
            @if !trial.shown.is_empty() {
                div class="scroll-x" {
                    table class="grid grid--plain" {
                        caption class="sr" { (cx.t("filter-trial-which")) }
                        thead {
                            tr {
                                (column(&cx.t("filter-trial-received"))) (column(&cx.t("filter-trial-sender")))
                                (column(&cx.t("filter-trial-subject"))) (column(&cx.t("filter-trial-ticket")))
                            }
                        }
                        tbody {
                            @for found in &trial.shown {
                                tr {
                                    td { (moment(cx.locale, &cx.now, found.received_at)) }
                                    td { (found.sender) }
                                    td {
                                        @if found.subject.is_empty() { (cx.t("mail-no-subject")) } @else { (found.subject) }
                                        @if found.concerns_ours { p class="small muted" { (cx.t("filter-trial-ours")) } }
                                    }
                                    td { @if let Some(number) = &found.number { a class="no" href=(url::ticket(number)) { (number) } } }
                                }
                            }
                        }
                    }
                }
            }
            @if more > 0 { p class="muted" { (cx.locale.t_with("filter-trial-more", &[("count", more.into())])) } }
        }
    }
}

/// `POST /settings/filters/new/try`: a filter that is not there yet.
#[handler]
pub async fn create(
    cx: Cx,
    _permit: Permitted<Create>,
    Form(form): Form<FilterForm>,
) -> Result<Markup> {
    tried(&cx, None, form).await
}

/// `POST /settings/filters/:sub/try`: what is typed, not what is saved.
#[handler]
pub async fn update(
    cx: Cx,
    _permit: Permitted<Update>,
    Sub(id): Sub,
    Form(form): Form<FilterForm>,
) -> Result<Markup> {
    let filter = mail_filter::find(&cx.db, &cx.actor, id).await?;
    tried(&cx, Some(&filter), form).await
}

/// The page with what was typed, and the answer of the last mails to it.
async fn tried(cx: &Cx, open: Option<&MailFilter>, mut form: FilterForm) -> Result<Markup> {
    let mut faults = Faults::default();
    form.check_conditions(cx, &mut faults);
    if faults.is_empty() {
        form.trial = Some(trial(cx, form.conditions(), form::id(&form.mailbox)).await?);
    }
    noun::show(cx, open, &form, &faults, html! {}).await
}
