//! Everything the composer shows: what was typed, what waits beside it, and what is wrong with it.

use entities::draft::{self, Mode, Place};
use entities::effort::Timer;
use entities::ticket::share::read as share;
use entities::ticket::thread::{self, ThreadEntry};
use entities::ticket::{Audience, State, Ticket, show};
use entities::{Instant, Permission};

use super::addresses;
use super::meanwhile::Meanwhile;
use super::quoted::Quoted;
use super::shared::Sharing;
use super::written::Written;
use crate::effort::sent::Proposal;
use crate::error::Result;
use crate::mail::answer;
use crate::text_blocks::acts::{self, Planned};
use crate::text_blocks::opening::opening;
use crate::tickets::checklist;
use crate::tickets::shares::gate::Findings;
use crate::tickets::shares::tell;
use crate::web::cx::Cx;

/// The composer of one ticket in one mode.
#[derive(Clone, Debug)]
pub struct Composer {
    pub ticket: Ticket,
    /// The modes this person may use here; none hides the composer.
    pub modes: Vec<Mode>,
    pub mode: Mode,
    pub written: Written,
    pub files: Vec<draft::file::Model>,
    /// When the draft was kept last.
    pub saved_at: Option<Instant>,
    /// Field and sentence.
    pub faults: Vec<(String, String)>,
    /// Who wrote since the form was drawn.
    pub meanwhile: Option<Meanwhile>,
    pub requester: Option<String>,
    /// What an answer may quote.
    pub quoted: Option<Quoted>,
    /// With whom the ticket is shared, for messages to one of them.
    pub shares: Vec<share::Row>,
    /// What can be booked along.
    pub effort: Option<Proposal>,
    /// That lines of the checklist are open.
    pub open_lines: Option<String>,
    /// What is shown to colleagues, and what they show.
    pub sharing: Sharing,
    /// What was found in a message to a vendor.
    pub findings: Findings,
    /// What the text blocks in it do besides.
    pub acts: Planned,
    pub focus: Focus,
}

/// Where the focus goes when the composer is swapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Stay,
    Text,
    /// Something was sent: out of the field, so that single keys act again.
    Thread,
}

/// What the composer begins with: the names around the ticket and, for an answer, its thread.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub names: &'a show::Names,
    pub entries: &'a [ThreadEntry],
    /// The reader's timers on the ticket, where they are known already.
    pub timers: Option<&'a [Timer]>,
}

/// The modes a person may use in a ticket, and the wanted one or what takes its place.
pub fn modes(cx: &Cx, ticket: &Ticket, wanted: Mode) -> (Vec<Mode>, Mode) {
    let modes = possible(cx, ticket);
    let mode = if modes.contains(&wanted) {
        wanted
    } else {
        modes.first().copied().unwrap_or_default()
    };
    (modes, mode)
}

fn possible(cx: &Cx, ticket: &Ticket) -> Vec<Mode> {
    if ticket.state == State::Merged {
        return vec![];
    }
    let mut modes = vec![];
    if ticket.state != State::Closed && cx.may(Permission::Reply, ticket.place()) {
        modes.push(Mode::Reply);
    }
    if cx.may(Permission::Note, ticket.place()) {
        modes.push(Mode::Note);
    }
    if ticket.state != State::Closed && cx.may(Permission::ShareWithVendor, ticket.place()) {
        modes.push(Mode::Vendor);
    }
    if cx.may(Permission::Note, ticket.place()) {
        modes.push(Mode::Call);
    }
    modes
}

impl Composer {
    /// The composer as it was left: with the draft, or empty and ready.
    pub async fn load(cx: &Cx, ticket: &Ticket, wanted: Mode) -> Result<Composer> {
        Composer::alone(cx, ticket, wanted, None).await
    }

    /// What a form just brought, or else what was kept, and around it what has to be read first.
    async fn alone(
        cx: &Cx,
        ticket: &Ticket,
        wanted: Mode,
        brought: Option<Written>,
    ) -> Result<Composer> {
        // Only an answer quotes.
        let entries = match modes(cx, ticket, wanted).1 {
            Mode::Reply => thread::thread(&cx.db, ticket).await?,
            _ => vec![],
        };
        let known = Known {
            names: &show::names(&cx.db, ticket).await?,
            entries: &entries,
            timers: None,
        };
        let draft = Composer::kept(cx, ticket, wanted).await?;
        Composer::around(cx, ticket, wanted, known, draft, brought).await
    }

    /// The draft of a mode, or of the one that takes its place.
    pub async fn kept(cx: &Cx, ticket: &Ticket, wanted: Mode) -> Result<Option<draft::Draft>> {
        let (_, mode) = modes(cx, ticket, wanted);
        Ok(draft::find(&cx.db, place(cx, ticket, mode)?).await?)
    }

    /// The same on a page that knows the ticket and what was kept of it already.
    pub async fn beside(
        cx: &Cx,
        ticket: &Ticket,
        wanted: Mode,
        known: Known<'_>,
        draft: Option<draft::Draft>,
    ) -> Result<Composer> {
        Composer::around(cx, ticket, wanted, known, draft, None).await
    }

    /// What stands around what a form just brought, or else around what was kept.
    async fn around(
        cx: &Cx,
        ticket: &Ticket,
        wanted: Mode,
        known: Known<'_>,
        draft: Option<draft::Draft>,
        brought: Option<Written>,
    ) -> Result<Composer> {
        let (modes, mode) = modes(cx, ticket, wanted);
        let sharing = Sharing::read(cx, ticket, draft.as_ref()).await?;
        let is_begun = |d: &&draft::Draft| !d.content.is_empty() || !d.files.is_empty();
        let kept = draft.as_ref().filter(is_begun);
        let saved_at = kept.map(|d| d.changed_at);
        let typed = draft.as_ref().and_then(|d| Written::of_draft(&d.content));
        let shares = match mode {
            Mode::Vendor => tell::open(cx, ticket).await?,
            _ => vec![],
        };
        let quoted = match mode {
            Mode::Reply => Quoted::newest(cx, known.entries),
            _ => None,
        };
        let begun = |written| Written {
            mode: mode.name().to_owned(),
            count: Some(ticket.message_count),
            ..written
        };
        let written = match (brought, typed) {
            (Some(brought), _) => brought,
            (None, Some(written)) => begun(written),
            (None, None) => begun(Written {
                quote: quoted
                    .as_ref()
                    .map(|quoted| quoted.message_id.simple().to_string())
                    .unwrap_or_default(),
                ..fresh(cx, ticket, mode, known, &shares).await?
            }),
        };
        Ok(Composer {
            acts: acts::of(cx, ticket, &written).await?,
            written,
            modes,
            mode,
            files: draft.map(|d| d.files).unwrap_or_default(),
            saved_at,
            faults: vec![],
            meanwhile: None,
            requester: known.names.requester.clone(),
            quoted,
            shares,
            effort: Proposal::beside(cx, ticket, mode, known.timers).await?,
            open_lines: match mode {
                Mode::Reply => checklist::warning(cx, ticket).await?,
                _ => None,
            },
            sharing,
            findings: Findings::default(),
            focus: Focus::Stay,
            ticket: ticket.clone(),
        })
    }

    /// The composer with what a form just brought, faults and all.
    pub async fn with(cx: &Cx, ticket: &Ticket, written: Written) -> Result<Composer> {
        let state = Composer::alone(cx, ticket, written.mode(), Some(written)).await?;
        let (written, shares, files) = (&state.written, &state.shares, &state.files);
        let findings = match state.mode {
            Mode::Vendor => tell::look(cx, ticket, written, shares, files).await?,
            _ => Findings::default(),
        };
        Ok(Composer { findings, ..state })
    }

    /// Somebody else goes on with what stood here, and nothing was written since.
    pub fn is_taken(&self) -> bool {
        self.sharing.taken_by.is_some() && self.saved_at.is_none()
    }

    /// The sentence about a field.
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults
            .iter()
            .find(|(of, _)| of == field)
            .map(|(_, sentence)| sentence.as_str())
    }
}

/// Where this person's draft for a ticket lies.
pub fn place(cx: &Cx, ticket: &Ticket, mode: Mode) -> Result<Place> {
    Ok(Place::of(&cx.actor, Some(ticket.id), mode)?)
}

async fn fresh(
    cx: &Cx,
    ticket: &Ticket,
    mode: Mode,
    known: Known<'_>,
    shares: &[share::Row],
) -> Result<Written> {
    let Known { names, entries, .. } = known;
    if mode == Mode::Vendor {
        return tell::fresh(cx, shares).await;
    }
    if mode != Mode::Reply {
        return Ok(Written {
            direction: "in".to_owned(),
            person: names.requester.clone().unwrap_or_default(),
            person_id: ticket
                .requester_id
                .map(|id| id.simple().to_string())
                .unwrap_or_default(),
            ..Written::default()
        });
    }
    let own = entities::mailbox::intake::own_addresses(&cx.db).await?;
    let mut to = answer::recipients(entries, Audience::Requester, &own).to;
    if to.is_empty() {
        to.extend(addresses::of_requester(names));
    }
    let to = addresses::line(&to);
    let (text, at) = opening(cx, ticket, &to).await?.unwrap_or_default();
    Ok(Written {
        opening: text.clone(),
        cursor: match text.is_empty() {
            true => String::new(),
            false => at.to_string(),
        },
        text,
        to,
        subject: answer::subject(ticket),
        then: "waiting".to_owned(),
        ..Written::default()
    })
}
