//! The mail that tells of notices: what happened to which ticket or article, why this person is told, and where that ends.

use entities::notice::mail::Bundle;
use entities::notice::{About, Row};

use crate::desk::Desk;
use crate::locale::{Locale, Now};
use crate::notices::why;
use crate::web::url;

/// Subject and body, in the language of whoever is told. Nothing of a case stands in them but number and title.
pub(super) fn notices(desk: &Desk, bundle: &Bundle) -> (String, String) {
    let locale = bundle.to.locale.as_deref().and_then(Locale::from_code);
    let locale = locale.unwrap_or(desk.config.locale);
    let now = Now::new(desk.db.clock().now(), desk.config.time_zone);
    let entries = by_subject(&bundle.rows);
    let told = entries.iter().map(|rows| entry(desk, locale, &now, rows));
    let told = told.collect::<Vec<_>>().join("\n");
    let words = [
        ("name", bundle.to.name.as_str().into()),
        ("desk", desk.config.organisation.name.as_str().into()),
        ("told", told.into()),
        ("settings", whole(desk, &url::notifications()).into()),
    ];
    (
        subject(locale, &entries),
        locale.t_with("mail-notices", &words),
    )
}

fn whole(desk: &Desk, to: &url::Url) -> String {
    format!("{}{to}", desk.config.public_url)
}

/// The notices of each ticket or article together, in the order of the first of each.
fn by_subject(rows: &[Row]) -> Vec<Vec<&Row>> {
    let mut all: Vec<Vec<&Row>> = Vec::new();
    for row in rows {
        match all.iter_mut().find(|of| of[0].subject_id == row.subject_id) {
            Some(of) => of.push(row),
            None => all.push(vec![row]),
        }
    }
    all
}

/// What happened, when it was one thing; how much, when it was more. The number of a ticket is left to the body: an answer
/// to this mail is none to the ticket.
fn subject(locale: Locale, entries: &[Vec<&Row>]) -> String {
    match entries {
        [only] => {
            let kind = only.last().map(|row| why::kind(locale, row));
            let words = [
                ("what", kind.unwrap_or_default().into()),
                ("title", only[0].title.as_str().into()),
            ];
            locale.t_with("mail-notices-subject-one", &words)
        }
        several => locale.t_with("mail-notices-subject", &[("count", several.len().into())]),
    }
}

fn entry(desk: &Desk, locale: Locale, now: &Now, rows: &[&Row]) -> String {
    let first = rows[0];
    let (named, link) = match first.about() {
        About::Ticket(number) => (
            format!("{number} {}", first.title),
            whole(desk, &url::ticket(number)),
        ),
        About::Article(id) => (first.title.clone(), whole(desk, &url::article(id))),
    };
    let mut out = format!("{named}\n");
    for row in rows {
        let at = now.local(row.at);
        let at = [
            ("day", locale.date(at.date_naive()).into()),
            ("time", locale.time_of_day(at.time()).into()),
        ];
        let at = locale.t_with("time-day-and-time", &at);
        out.push_str(&format!("- {} ({at})\n", why::kind(locale, row)));
    }
    out.push_str(&format!("{link}\n"));
    let mut said: Vec<String> = Vec::new();
    for row in rows {
        let stop = whole(desk, &why::stop(row));
        let words = [("why", why::why(locale, row).into()), ("stop", stop.into())];
        let line = locale.t_with("mail-notices-why", &words);
        if !said.contains(&line) {
            said.push(line);
        }
    }
    out.push_str(&said.join("\n"));
    out.push('\n');
    out
}
