//! The head of what is printed: that of the ticket's service, its team, or the desk.

use entities::text_block::{self, BlockKind, fill};
use entities::ticket::Ticket;
use entities::{Actor, Db};

use super::values::Values;
use crate::config::Config;
use crate::error::Result;
use crate::locale::{Locale, Now};
use crate::web::cx::Cx;

/// Who writes, a line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Name and address.
    pub sender: Vec<String>,
    /// How they are reached.
    pub contact: Vec<String>,
}

impl Letterhead {
    /// The first passage of a text is the sender, everything below it the contact.
    fn read(text: &str) -> Letterhead {
        let mut lines = text.trim().lines().map(str::trim);
        let sender = lines.by_ref().take_while(|line| !line.is_empty());
        let sender = sender.map(str::to_owned).collect();
        let contact = lines.filter(|line| !line.is_empty());
        Letterhead {
            sender,
            contact: contact.map(str::to_owned).collect(),
        }
    }

    /// Name and address in one line, as it stands above the address of an envelope with a window.
    pub fn in_one_line(&self) -> String {
        self.sender.join(" · ")
    }
}

/// The letterhead for a ticket in that language; where nobody has written one, the name and address of the desk.
///
/// # Errors
/// The database's.
pub async fn letterhead(cx: &Cx, ticket: &Ticket, locale: Locale) -> Result<Letterhead> {
    of(&cx.db, &cx.desk.config, (&cx.actor, cx.now), ticket, locale).await
}

/// The same behind the pages.
///
/// # Errors
/// The database's.
pub async fn of(
    db: &Db,
    config: &Config,
    (actor, now): (&Actor, Now),
    ticket: &Ticket,
    locale: Locale,
) -> Result<Letterhead> {
    let kinds = [BlockKind::Letterhead];
    let all = text_block::list::fitting(db, actor, ticket, &kinds, now.today()).await?;
    let wording = all.first().and_then(|block| block.approved());
    let notice = wording.unwrap_or_default().notice;
    let text = notice.of(locale.code());
    let found = match text {
        "" => Letterhead::default(),
        text => {
            let values = Values::of(db, actor, now, ticket, locale).await?;
            Letterhead::read(&fill(text, |name| values.value(name)))
        }
    };
    if !found.sender.is_empty() {
        return Ok(found);
    }
    let own = &config.organisation;
    let address = own.address.split(['\n', ',']);
    let all = [own.name.as_str(), own.subtitle.as_str()].into_iter();
    let lines = all.chain(address).map(str::trim);
    Ok(Letterhead {
        sender: lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        ..found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_passage_is_the_sender_and_the_rest_how_they_are_reached() {
        let read = Letterhead::read("Bezirksamt\n Allee 1 \n\nTelefon 030 1\n\nwww.amt.example\n");
        assert_eq!(read.sender, ["Bezirksamt", "Allee 1"]);
        assert_eq!(read.contact, ["Telefon 030 1", "www.amt.example"]);
        assert_eq!(read.in_one_line(), "Bezirksamt · Allee 1");
        assert_eq!(Letterhead::read(" \n"), Letterhead::default());
    }
}
