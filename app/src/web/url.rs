//! Every address of the desk is built here; queries are encoded, nothing is glued together elsewhere.

use std::fmt;

use crate::live::Mark;

mod absences;
mod articles;
mod signing_in;

pub use absences::*;
pub use articles::*;
pub use signing_in::*;

/// A path with an optional query, ready for `href`, `action` and `Location`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    fn path(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Appends a query value, encoded. Empty values are left out, so that addresses stay short.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push(if self.0.contains('?') { '&' } else { '?' });
            encode_into(&mut self.0, name);
            self.0.push('=');
            encode_into(&mut self.0, &value);
        }
        self
    }

    /// Points at the element with that id.
    #[must_use]
    pub fn at(mut self, id: &str) -> Self {
        self.0.push('#');
        encode_into(&mut self.0, id);
        self
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl maud::Render for Url {
    fn render_to(&self, out: &mut String) {
        maud::Render::render_to(self.0.as_str(), out);
    }
}

pub fn start() -> Url {
    Url::path("/")
}

pub fn tickets() -> Url {
    Url::path("/tickets")
}

/// Something done with searches, such as `keep`.
pub fn search_part(part: &str) -> Url {
    Url::path(format!("/search/{part}"))
}

/// A search as it was asked before: all that stands behind the question mark.
pub fn search_again(query: &str) -> Url {
    Url::path(format!("/search?{query}"))
}

/// What the command palette lists.
pub fn palette() -> Url {
    Url::path("/palette")
}

/// What words find.
pub fn search(words: &str) -> Url {
    Url::path("/search").with("q", words)
}

pub fn new_ticket() -> Url {
    Url::path("/tickets/new")
}

/// Something of the form for a new ticket, such as `draft`.
pub fn new_ticket_part(part: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/new/{part}"))
}

pub fn ticket(number: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/{number}"))
}

/// Something of a ticket: a tab, a form, an action, such as `files` or `owner/edit`.
pub fn ticket_part(number: impl fmt::Display, part: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/{number}/{part}"))
}

/// Something of the list of tickets, such as `pane`.
pub fn tickets_part(part: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/{part}"))
}

/// One thing done to many tickets.
pub fn bulk(id: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/bulk/{id}"))
}

/// Something of it, such as `run`.
pub fn bulk_part(id: impl fmt::Display, part: &str) -> Url {
    Url::path(format!("/tickets/bulk/{id}/{part}"))
}

/// Letters to many people.
pub fn mailings() -> Url {
    Url::path("/tickets/mailings")
}

/// One of them.
pub fn mailing(id: impl fmt::Display) -> Url {
    Url::path(format!("/tickets/mailings/{id}"))
}

/// Something of it, such as `run`.
pub fn mailing_part(id: impl fmt::Display, part: &str) -> Url {
    Url::path(format!("/tickets/mailings/{id}/{part}"))
}

/// A list that was taken out as a file.
pub fn export(id: impl fmt::Display) -> Url {
    Url::path(format!("/exports/{id}"))
}

/// Something of it, such as `file`.
pub fn export_part(id: impl fmt::Display, part: &str) -> Url {
    Url::path(format!("/exports/{id}/{part}"))
}

/// What a dynamic field offers.
pub fn field_options(id: impl fmt::Display) -> Url {
    Url::path(format!("/fields/{id}/options"))
}

/// Check lists of clean data.
pub fn checks() -> Url {
    Url::path("/checks")
}

/// One's own effort.
pub fn effort() -> Url {
    Url::path("/effort")
}

/// One booking.
pub fn effort_of(id: impl fmt::Display) -> Url {
    Url::path(format!("/effort/{id}"))
}

/// One of one's own timers.
pub fn effort_timer(id: impl fmt::Display) -> Url {
    Url::path(format!("/effort/timers/{id}"))
}

/// What its reader should know.
pub fn notices() -> Url {
    Url::path("/notices")
}

/// How much of that is new.
pub fn bell() -> Url {
    Url::path("/notices/bell")
}

pub fn notices_read() -> Url {
    Url::path("/notices/read")
}

/// How somebody is told of what concerns them.
pub fn notifications() -> Url {
    Url::path("/account/notifications")
}

/// The keys that somebody puts elsewhere.
pub fn own_keys() -> Url {
    Url::path("/account/keys")
}

/// Text blocks of one's own.
pub fn own_text_blocks() -> Url {
    Url::path("/account/text-blocks")
}

/// Where one of them is taken out of use.
pub fn remove_own_text_block() -> Url {
    Url::path("/account/text-blocks/remove")
}

/// Where watching something ends.
pub fn end_watching() -> Url {
    Url::path("/account/watched/end")
}

/// Everything somebody watches.
pub fn watched() -> Url {
    Url::path("/account/watched")
}

pub fn settings() -> Url {
    Url::path("/settings")
}

/// What is shared with the reader's company.
pub fn portal() -> Url {
    Url::path("/portal")
}

/// One of the other pages of the portal.
pub fn portal_part(part: impl fmt::Display) -> Url {
    Url::path(format!("/portal/{part}"))
}

/// A ticket as it is shared.
pub fn shared(number: &str) -> Url {
    Url::path(format!("/portal/tickets/{number}"))
}

/// A part of a shared ticket, such as its answers.
pub fn shared_part(number: &str, part: impl fmt::Display) -> Url {
    Url::path(format!("/portal/tickets/{number}/{part}"))
}

/// Chooses a language for good.
pub fn own_language() -> Url {
    Url::path("/account/language")
}

/// The list of an area of the settings.
pub fn setting_area(area: &str) -> Url {
    Url::path(format!("/settings/{area}"))
}

/// One entry of an area, or its empty form.
pub fn setting(area: &str, entry: impl fmt::Display) -> Url {
    Url::path(format!("/settings/{area}/{entry}"))
}

/// What can be done to an entry beside changing it.
pub fn setting_act(area: &str, entry: impl fmt::Display, act: &str) -> Url {
    Url::path(format!("/settings/{area}/{entry}/{act}"))
}

/// What the desk answered by itself, and what it did not.
pub fn automatic_answers() -> Url {
    Url::path("/settings/answers")
}

/// A mail that was given up, to be sent again.
pub fn mail_again(number: &str, message_id: impl fmt::Display) -> Url {
    Url::path(format!("/settings/outgoing/{number}/{message_id}/again"))
}

/// Work that was given up, to be done again.
pub fn work_again(id: impl fmt::Display) -> Url {
    Url::path(format!("/settings/work/{id}/again"))
}

/// Where people are brought in from tables.
pub fn people_import() -> Url {
    Url::path("/settings/people/import")
}

/// One import of people, or something of it, such as `run`.
pub fn people_import_part(id: impl fmt::Display, part: &str) -> Url {
    match part {
        "" => Url::path(format!("/settings/people/import/{id}")),
        part => Url::path(format!("/settings/people/import/{id}/{part}")),
    }
}

/// Mails only a person can settle.
pub fn mail_to_settle() -> Url {
    Url::path("/settings/mail")
}

pub fn cases() -> Url {
    Url::path("/cases")
}

pub fn case(number: impl fmt::Display) -> Url {
    Url::path(format!("/cases/{number}"))
}

pub fn deputy() -> Url {
    Url::path("/account/deputy")
}

pub fn account() -> Url {
    Url::path("/account")
}

pub fn preferences() -> Url {
    Url::path("/account/preferences")
}

pub fn own_password() -> Url {
    Url::path("/account/password")
}

/// Where programs ask for tickets and open them.
pub fn api_tickets() -> Url {
    Url::path("/api/tickets")
}

/// One's own tokens for programs.
pub fn tokens() -> Url {
    Url::path("/account/tokens")
}

pub fn end_token() -> Url {
    Url::path("/account/tokens/end")
}

/// When and from where one signed in.
pub fn own_sign_ins() -> Url {
    Url::path("/account/sign-ins")
}

pub fn end_sessions() -> Url {
    Url::path("/account/sessions/end")
}

/// Makes the reader the owner of the oldest new ticket.
pub fn take_oldest() -> Url {
    Url::path("/take-oldest")
}

/// The stream of live changes, from what a page knows on.
pub fn events_since(known: Mark) -> Url {
    Url::path("/events").with("since", known)
}

/// The views at the side.
pub fn views() -> Url {
    Url::path("/views")
}

/// All views somebody finds, to be put in order.
pub fn all_views() -> Url {
    Url::path("/views/all")
}

/// Where a list becomes a view.
pub fn new_view() -> Url {
    Url::path("/views/new")
}

/// One view's own page; what it shows is at [`tickets`].
pub fn view(id: impl fmt::Display) -> Url {
    Url::path(format!("/views/{id}"))
}

/// Something done to a view, such as `retire`.
pub fn view_part(id: impl fmt::Display, part: &str) -> Url {
    Url::path(format!("/views/{id}/{part}"))
}

/// All keys on a page of its own, for browsers without the dialog.
pub fn keys() -> Url {
    Url::path("/help/keys")
}

/// Where the demo plays the requesters.
pub fn demo_mail() -> Url {
    Url::path("/demo/mail")
}

/// Where the demo answers as a requester.
pub fn demo_answer() -> Url {
    Url::path("/demo/answer")
}

/// The statement on accessibility.
pub fn accessibility() -> Url {
    Url::path("/help/accessibility")
}

/// A path of this desk that came from a query or form: everything that would leave the desk is refused.
pub fn local(path: &str) -> Option<Url> {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t'])
        && path.parse::<poem::http::Uri>().is_ok();
    is_local.then(|| Url::path(path))
}

/// A text as part of an address elsewhere.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode_into(&mut out, text);
    out.replace('+', "%20")
}

fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte))
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded_and_empty_ones_left_out() {
        let url = tickets()
            .with("q", "Zahllauf & Co")
            .with("team", "")
            .with("state", "ö");
        assert_eq!(url.as_str(), "/tickets?q=Zahllauf+%26+Co&state=%C3%B6");
    }

    #[test]
    fn only_paths_of_this_desk_are_followed() {
        assert_eq!(local("/tickets?q=a"), Some(tickets().with("q", "a")));
        for evil in [
            "https://example.org/",
            "//example.org",
            "/\\example.org",
            "javascript:alert(1)",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(local(evil), None, "{evil}");
        }
    }
}
