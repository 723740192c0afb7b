//! The head of what is printed: that of the ticket's service, its team, or the desk.

use chrono::NaiveDate;
use entities::text_block::{self, BlockKind, fill};
use entities::ticket::Ticket;
use entities::{Actor, Db};

use super::values::Values;
use crate::config::Config;
use crate::error::Result;
use crate::locale::Locale;
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

    /// The same, with the desk's own name and address where it names no sender.
    fn or_of_desk(self, config: &Config) -> Letterhead {
        if !self.sender.is_empty() {
            return self;
        }
        let own = &config.organisation;
        let address = own.address.split(['\n', ',']);
        let all = [own.name.as_str(), own.subtitle.as_str()].into_iter();
        let lines = all.chain(address).map(str::trim);
        let lines = lines.filter(|line| !line.is_empty());
        Letterhead {
            sender: lines.map(str::to_owned).collect(),
            ..self
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
    let text = wording(&cx.db, &cx.actor, ticket, (cx.now.today(), locale)).await?;
    let found = match text.as_str() {
        "" => Letterhead::default(),
        text => {
            let values = Values::of_texts(cx, ticket, locale, &[text]).await?;
            Letterhead::read(&fill(text, |name| values.value(name)))
        }
    };
    Ok(found.or_of_desk(&cx.desk.config))
}

/// The same from what was read of the ticket already.
///
/// # Errors
/// The database's.
pub async fn of_values(
    db: &Db,
    config: &Config,
    (actor, on): (&Actor, NaiveDate),
    ticket: &Ticket,
    values: &Values,
) -> Result<Letterhead> {
    let text = wording(db, actor, ticket, (on, values.locale)).await?;
    let found = Letterhead::read(&fill(&text, |name| values.value(name)));
    Ok(found.or_of_desk(config))
}

/// What is written for the ticket's service, its team or all, with its places.
async fn wording(
    db: &Db,
    actor: &Actor,
    ticket: &Ticket,
    (on, locale): (NaiveDate, Locale),
) -> Result<String> {
    let all = text_block::list::fitting(db, actor, ticket, &[BlockKind::Letterhead], on).await?;
    let wording = all.first().and_then(|block| block.approved());
    let notice = wording.unwrap_or_default().notice;
    Ok(notice.of(locale.code()).to_owned())
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
