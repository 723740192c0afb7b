//! The mails the desk has sent last, as their recipients would find them.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use maud::{Markup, html};

use crate::desk::Desk;
use crate::mail::quote;
use crate::mail::read::{self, Mail};
use crate::web::cx::Cx;
use crate::web::form;
use crate::web::parts::{Field, Input, Look, submit};
use crate::web::url;

const MOST: usize = 10;
const ENDING: &str = "eml";

/// A mail of ours in the outgoing folder.
pub struct Outgoing {
    /// The file's name without its ending.
    pub name: String,
    pub mail: Mail,
}

/// The newest mails; none when there is no folder or a real mail server.
pub async fn latest(desk: &Desk) -> Vec<Outgoing> {
    let folder = desk.config.outgoing_dir();
    let read = tokio::task::spawn_blocking(move || {
        let mut files = files(&folder);
        files.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        files.truncate(MOST);
        let paths = files.into_iter().map(|(_, path)| path);
        paths.filter_map(|path| open(&path)).collect()
    });
    read.await.unwrap_or_default()
}

/// One of them by its name.
pub async fn find(desk: &Desk, name: &str) -> Option<Outgoing> {
    let known = latest(desk).await;
    known.into_iter().find(|one| one.name == name)
}

fn files(folder: &Path) -> Vec<(SystemTime, PathBuf)> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path();
            let is_mail = path.extension().is_some_and(|ending| ending == ENDING);
            let at = entry.metadata().ok()?.modified().ok()?;
            is_mail.then_some((at, path))
        })
        .collect()
}

fn open(path: &Path) -> Option<Outgoing> {
    Some(Outgoing {
        name: path.file_stem()?.to_str()?.to_owned(),
        mail: read::read(&std::fs::read(path).ok()?).ok()?,
    })
}

/// Each with a form to answer it.
pub(super) fn list(cx: &Cx, mails: &[Outgoing]) -> Markup {
    html! {
        div id="outgoing-mails" {
            @if mails.is_empty() { p class="muted" { (cx.t("demo-mail-none-sent")) } }
            @for (place, one) in mails.iter().enumerate() {
                details {
                    summary {
                        strong { (one.mail.subject.as_deref().unwrap_or_default()) }
                        " " span class="small muted" { (recipient(&one.mail)) }
                    }
                    div class="plaintext" { (quote::split(&one.mail.text).fresh) }
                    @if one.mail.auto_generated.is_none() { (answer_form(cx, one, place)) }
                }
            }
        }
    }
}

fn recipient(mail: &Mail) -> String {
    mail.to.first().map_or_else(String::new, |to| {
        to.name.clone().unwrap_or_else(|| to.address.clone())
    })
}

fn answer_form(cx: &Cx, one: &Outgoing, place: usize) -> Markup {
    let id = format!("answer-{place}");
    let label = cx.locale.t_with(
        "demo-mail-answer-as",
        &[("name", recipient(&one.mail).into())],
    );
    let text = cx.t("demo-mail-answer-text");
    let area = Input::Area {
        value: &text,
        rows: 3,
    };
    html! {
        form action=(url::demo_answer()) method="post" novalidate {
            (form::csrf(&cx.session.csrf))
            input type="hidden" name="name" value=(one.name);
            (Field::new(&id, &label).name("body").render(cx.locale, area))
            (submit(Look::Secondary, &cx.t("demo-mail-send")))
        }
    }
}
