//! Mails to people about their own account, about reviews that are due, and about what concerns them.

use entities::Uuid;
use entities::article::due::{self, Reminder};
use entities::guest::accept::{self, Invited};
use entities::mailbox::{self, Mailbox};
use entities::notice::mail::{self as notice_mail, Bundle};
use entities::one_time::{self, Purpose as Opens};
use entities::outbox::Claim;
use entities::outgoing::{self, Begun};
use entities::person::tell::{self, Addressee, Tell};

use super::notices::notices;
use super::{Progress, letter, wait};
use crate::desk::Desk;
use crate::locale::{Locale, Now};
use crate::mail::compose::{Outgoing, Purpose, compose};
use crate::mail::noting::noted;
use crate::mail::page::By;
use crate::mail::post::{Refused, Route};
use crate::mail::posts::{self, Posts};
use crate::mail::read::Mailbox as Named;
use crate::web::url::{self, Url};

/// Tells a person, once there is a place in the mailbox's hour; a link in it is made then, so that its word is stored nowhere.
pub async fn told(
    desk: &Desk,
    posts: &Posts,
    claim: &Claim,
    tell: Tell,
) -> entities::Result<Progress> {
    let Some(about) = about(desk, claim, tell).await? else {
        // Its place may have been taken by a try that was cut off.
        outgoing::told::refused(&desk.db, claim.id).await?;
        return Ok(Progress::Done);
    };
    if let Of::Notices(Bundle {
        not_before: Some(at),
        ..
    }) = &about.of
    {
        return Ok(Progress::Later { at: *at });
    }
    let Some(mailbox) = mailbox::intake::first(&desk.db).await? else {
        let error = "no mailbox is in use".to_owned();
        return refused(desk, claim, tell, Refused::ForNow(error)).await;
    };
    match outgoing::told::begin(&desk.db, claim, about.person_id, tell, &mailbox).await? {
        Begun::Yes => {}
        Begun::No => return Ok(Progress::Done),
        Begun::Limited(at) => {
            tracing::info!(person = %about.person_id, tell = tell.name(), %at, "mail waits for the hour");
            return Ok(Progress::Later { at });
        }
    }
    let text = match &about.of {
        Of::Invitation(invited) => invitation(desk, invited).await?,
        Of::Review(reminder) => review(desk, reminder),
        Of::Notices(bundle) => notices(desk, bundle),
        Of::Account => text(desk, about.person_id, &about.to, tell).await?,
    };
    let mail = mail(desk, &mailbox, claim.id, &about, text);
    match hand_over(desk, posts, &mailbox, &mail).await {
        Ok(()) => {
            // What has left must not leave again because the database was away.
            noted(|| outgoing::told::sent(&desk.db, claim.id)).await?;
            Ok(Progress::Done)
        }
        Err(error) => refused(desk, claim, tell, error).await,
    }
}

/// Whom to tell, and of what.
struct About {
    person_id: Uuid,
    to: Addressee,
    of: Of,
}

enum Of {
    Account,
    Invitation(Invited),
    Review(Reminder),
    Notices(Bundle),
}

/// None when there is nobody to tell, or what there was to tell is over meanwhile.
async fn about(desk: &Desk, claim: &Claim, tell: Tell) -> entities::Result<Option<About>> {
    let id = claim.subject_id;
    if tell == Tell::Notices {
        let bundle = notice_mail::bundle(&desk.db, claim.id, id).await?;
        return Ok(bundle.map(|bundle| About {
            person_id: id,
            to: bundle.to.clone(),
            of: Of::Notices(bundle),
        }));
    }
    if tell == Tell::ReviewDue {
        let reminder = due::reminder(&desk.db, id).await?;
        return Ok(reminder.map(|reminder| About {
            person_id: reminder.person_id,
            to: reminder.to.clone(),
            of: Of::Review(reminder),
        }));
    }
    let Some(to) = tell::addressee(&desk.db, id).await? else {
        return Ok(None);
    };
    let of = match tell {
        Tell::Invited => accept::invited(&desk.db, id).await?.map(Of::Invitation),
        _ => Some(Of::Account),
    };
    Ok(of.map(|of| About {
        person_id: id,
        to,
        of,
    }))
}

async fn refused(
    desk: &Desk,
    claim: &Claim,
    tell: Tell,
    refused: Refused,
) -> entities::Result<Progress> {
    outgoing::told::refused(&desk.db, claim.id).await?;
    let error = match refused {
        Refused::ForGood(error) => error,
        Refused::ForNow(error) => match wait(claim.attempts) {
            Some(wait) => {
                let at = desk.db.clock().now() + wait;
                return Ok(Progress::Again { at, error });
            }
            None => error,
        },
    };
    tracing::error!(person = %claim.subject_id, tell = tell.name(), error, "mail given up");
    Ok(Progress::GivenUp { error })
}

/// Subject and body of an invitation, in its language; the link holds no longer than the invitation.
async fn invitation(desk: &Desk, invited: &Invited) -> entities::Result<(String, String)> {
    let locale = Locale::from_code(invited.language.code()).unwrap_or(desk.config.locale);
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let until = now.local(invited.valid_until);
    let (day, time) = (until.date_naive(), until.time());
    let until = [
        ("day", locale.date(day).into()),
        ("time", locale.time_of_day(time).into()),
    ];
    let until = locale.t_with("time-day-and-time", &until);
    let link = linked(
        desk,
        Opens::Invitation,
        invited.person_id,
        url::invitation(),
    )
    .await?;
    let words = [
        ("name", invited.name.as_str().into()),
        ("organisation", invited.organisation.as_str().into()),
        ("desk", desk.config.organisation.name.as_str().into()),
        ("link", link.into()),
        ("until", until.into()),
    ];
    let (subject, body) = keys(Tell::Invited);
    Ok((locale.t_with(subject, &words), locale.t_with(body, &words)))
}

/// Subject and body of a reminder, in the language of whoever answers for the article.
fn review(desk: &Desk, reminder: &Reminder) -> (String, String) {
    let locale = reminder.to.locale.as_deref().and_then(Locale::from_code);
    let locale = locale.unwrap_or(desk.config.locale);
    let link = format!(
        "{}{}",
        desk.config.public_url,
        url::article(reminder.article_id)
    );
    let words = [
        ("name", reminder.to.name.as_str().into()),
        ("title", reminder.title.as_str().into()),
        ("day", locale.date(reminder.due_on).into()),
        ("desk", desk.config.organisation.name.as_str().into()),
        ("link", link.into()),
    ];
    let (subject, body) = keys(Tell::ReviewDue);
    (locale.t_with(subject, &words), locale.t_with(body, &words))
}

/// The whole address of a page with a new word that opens it.
async fn linked(desk: &Desk, opens: Opens, person_id: Uuid, to: Url) -> entities::Result<String> {
    let word = one_time::make(&desk.db, opens, person_id).await?;
    Ok(format!(
        "{}{}",
        desk.config.public_url,
        to.with("word", word)
    ))
}

/// Subject and body of everything else.
async fn text(
    desk: &Desk,
    person_id: Uuid,
    to: &Addressee,
    tell: Tell,
) -> entities::Result<(String, String)> {
    let locale = to.locale.as_deref().and_then(Locale::from_code);
    let locale = locale.unwrap_or(desk.config.locale);
    let link = match tell {
        Tell::ResetPassword => {
            linked(desk, Opens::ResetPassword, person_id, url::new_password()).await?
        }
        _ => format!("{}{}", desk.config.public_url, url::sign_in()),
    };
    let (subject, body) = keys(tell);
    let words = [
        ("name", to.name.as_str().into()),
        ("desk", desk.config.organisation.name.as_str().into()),
        ("link", link.into()),
    ];
    Ok((locale.t_with(subject, &words), locale.t_with(body, &words)))
}

/// The sentences of subject and body.
fn keys(tell: Tell) -> (&'static str, &'static str) {
    match tell {
        Tell::Invited => ("mail-invited-subject", "mail-invited"),
        Tell::ResetPassword => ("mail-reset-subject", "mail-reset"),
        Tell::ByProvider => ("mail-by-provider-subject", "mail-by-provider"),
        Tell::PasswordSet => ("mail-password-set-subject", "mail-password-set"),
        Tell::SecondFactorSet => ("mail-factor-set-subject", "mail-factor-set"),
        Tell::PasskeyAdded => ("mail-passkey-added-subject", "mail-passkey-added"),
        Tell::RecoveryCodeUsed => ("mail-recovery-used-subject", "mail-recovery-used"),
        Tell::SecondFactorRemoved => ("mail-factor-removed-subject", "mail-factor-removed"),
        Tell::ReviewDue => ("mail-review-due-subject", "mail-review-due"),
        Tell::Notices => ("mail-notices-subject", "mail-notices"),
    }
}

/// The language of what is told.
fn language(desk: &Desk, about: &About) -> Locale {
    let code = match &about.of {
        Of::Invitation(invited) => Some(invited.language.code()),
        Of::Account | Of::Review(_) | Of::Notices(_) => about.to.locale.as_deref(),
    };
    let locale = code.and_then(Locale::from_code);
    locale.unwrap_or(desk.config.locale)
}

fn mail(
    desk: &Desk,
    mailbox: &Mailbox,
    id: Uuid,
    about: &About,
    (subject, text): (String, String),
) -> Outgoing {
    let host = desk.config.mail.domain.clone();
    let to = &about.to;
    // Others wrote the titles and names in it; what we lead to lies on our own pages.
    let home = desk.config.public_url.as_str();
    let is_ours = |address: &str| {
        let path = address.strip_prefix(home);
        path.is_some_and(|path| path.is_empty() || path.starts_with('/'))
    };
    let by = By::Desk(&is_ours);
    Outgoing {
        message_id: format!("{}@{host}", id.simple()),
        date: desk.db.clock().now(),
        from: letter::sender(desk, mailbox),
        to: vec![Named {
            name: Some(to.name.clone()),
            address: to.email.clone(),
        }],
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject,
        html: letter::html_part(mailbox, &text, language(desk, about), &by),
        text,
        in_reply_to: None,
        references: Vec::new(),
        attachments: Vec::new(),
        purpose: Purpose::Told { host },
    }
}

async fn hand_over(
    desk: &Desk,
    posts: &Posts,
    mailbox: &Mailbox,
    mail: &Outgoing,
) -> Result<(), Refused> {
    let raw = compose(mail).map_err(|e| Refused::ForGood(e.to_string()))?;
    let raw = posts::signed(desk, mailbox, raw)?;
    let to = mail.to.iter().map(|to| to.address.clone()).collect();
    let route = Route { from: None, to };
    let post = posts.of(desk, mailbox)?;
    post.hand_over(&route, &mail.message_id, &raw).await
}
