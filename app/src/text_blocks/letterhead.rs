//! The head of what is printed: that of the ticket's service, its team, or the desk.

use entities::text_block::fill;
use entities::ticket::Ticket;

use super::frame::Frame;
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
}

/// The letterhead for a ticket in that language; where nobody has written one, the name and address of the desk.
///
/// # Errors
/// The database's.
pub async fn letterhead(cx: &Cx, ticket: &Ticket, locale: Locale) -> Result<Letterhead> {
    let frame = Frame::of(&cx.db, &cx.actor, ticket, cx.now.today()).await?;
    let found = match frame.letterhead.of(locale.code()) {
        "" => Letterhead::default(),
        text => {
            let values = Values::of_texts(cx, ticket, locale, &[text]).await?;
            Letterhead::read(&fill(text, |name| values.value(name)))
        }
    };
    Ok(found.or_of_desk(&cx.desk.config))
}

/// The same from what was read of the ticket already.
pub fn of_values(config: &Config, frame: &Frame, values: &Values) -> Letterhead {
    let text = frame.letterhead.of(values.locale.code());
    let found = Letterhead::read(&fill(text, |name| values.value(name)));
    found.or_of_desk(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_passage_is_the_sender_and_the_rest_how_they_are_reached() {
        let read = Letterhead::read("Bezirksamt\n Allee 1 \n\nTelefon 030 1\n\nwww.amt.example\n");
        assert_eq!(read.sender, ["Bezirksamt", "Allee 1"]);
        assert_eq!(read.contact, ["Telefon 030 1", "www.amt.example"]);
        assert_eq!(Letterhead::read(" \n"), Letterhead::default());
    }
}
