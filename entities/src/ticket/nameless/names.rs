//! The names, addresses and numbers of people that the desk knows around some tickets, and how they are blacked out.

use std::collections::{HashMap, HashSet};

use sea_orm::{EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::field::{Field, Kind, Value, read};
use crate::ticket::message::{self, Addresses};
use crate::{mailbox, person, text};

/// What stands in place of what was blacked out.
pub const BLACK: &str = "[…]";
/// Parts of addresses that stand for an office and no person.
const OFFICES: [&str; 9] = [
    "info",
    "post",
    "mail",
    "poststelle",
    "kontakt",
    "office",
    "service",
    "team",
    "noreply",
];
/// A phone number has at least so many digits.
const LEAST_DIGITS: usize = 6;

/// Words that are not shown, folded.
#[derive(Clone, Debug, Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// For each of these tickets those of the people it is given with, of all whom its messages name, and what its
    /// personal fields hold.
    pub async fn of_each(
        db: &Db,
        tickets: &[(Uuid, Vec<Uuid>)],
        messages: &[message::Model],
    ) -> Result<HashMap<Uuid, Names>> {
        let mut people: HashMap<Uuid, Vec<Uuid>> = tickets.iter().cloned().collect();
        let mut each: HashMap<Uuid, Names> = HashMap::new();
        each.extend(tickets.iter().map(|(id, _)| (*id, Names::default())));
        for (ticket, value) in in_fields(db, tickets).await? {
            match value {
                Value::Text(text) => each.entry(ticket).or_default().long_words(&text),
                Value::Reference(id) => people.entry(ticket).or_default().push(id),
                _ => {}
            }
        }
        for message in messages {
            let of = people.entry(message.ticket_id).or_default();
            of.extend(message.author_id);
        }
        let ids = few_forms(people.values().flatten().copied());
        let known: HashMap<Uuid, person::Model> = person::Entity::find()
            .filter(person::COLUMN.id.is_in(ids))
            .all(db.reader())
            .await?
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        for (ticket, people) in people {
            let names = each.entry(ticket).or_default();
            for person in people.iter().filter_map(|id| known.get(id)) {
                names.name(&person.name);
                if let Some(email) = &person.email {
                    names.address(email);
                }
            }
        }
        let ours: HashSet<String> = mailbox::Entity::find()
            .all(db.reader())
            .await?
            .into_iter()
            .map(|mailbox| mailbox.address)
            .collect();
        for message in messages {
            each.entry(message.ticket_id)
                .or_default()
                .of_message(message, &ours);
        }
        Ok(each)
    }

    /// Whom a message names in its head, our own mailboxes apart.
    fn of_message(&mut self, message: &message::Model, ours: &HashSet<String>) {
        let Ok(all) = serde_json::from_str::<Addresses>(&message.addresses) else {
            return;
        };
        let lists = [all.to, all.cc, all.bcc, all.reply_to].concat();
        for one in all.from.into_iter().chain(lists) {
            if ours.contains(&text::address(&one.address)) {
                continue;
            }
            self.address(&one.address);
            if let Some(name) = &one.name {
                self.name(name);
            }
        }
    }

    /// Each word of a name, also as it is written without umlauts.
    fn name(&mut self, name: &str) {
        for form in [name.to_owned(), spelled_out(name)] {
            let folded = text::fold(&form);
            let words = folded.split(|c: char| !c.is_alphanumeric());
            let words = words.filter(|word| word.chars().count() > 1);
            self.0.extend(words.map(str::to_owned));
        }
    }

    /// The part before the at sign: a name stands there as often as not.
    fn address(&mut self, address: &str) {
        let local = address.split('@').next().unwrap_or_default();
        self.long_words(local);
    }

    /// Words that are too long to stand for anything else.
    fn long_words(&mut self, text: &str) {
        let folded = text::fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| word.chars().count() > 3 && !OFFICES.contains(word));
        self.0.extend(words.map(str::to_owned));
    }

    /// The text without them, and without anything that looks like a mail address or a phone number.
    pub fn black_out(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let mut rest = line;
            while !rest.is_empty() {
                rest = self.take(rest, &mut out);
            }
        }
        out
    }

    /// Writes what the text begins with, or what stands in its place, and returns what follows.
    fn take<'a>(&self, text: &'a str, out: &mut String) -> &'a str {
        if let Some(rest) = behind_phone(text) {
            out.push_str(BLACK);
            return rest;
        }
        let is_word = |c: char| c.is_alphanumeric();
        let end = match text.chars().next() {
            Some(first) if is_word(first) => text.find(|c| !is_word(c)).unwrap_or(text.len()),
            Some(first) => first.len_utf8(),
            None => return "",
        };
        // An address ends where its last letters end, wherever it began.
        let chunk = text.find(char::is_whitespace).unwrap_or(text.len());
        if text[..chunk].contains('@') {
            out.push_str(BLACK);
            return &text[chunk..];
        }
        let (word, rest) = text.split_at(end);
        match self.holds(word) {
            true => out.push_str(BLACK),
            false => out.push_str(word),
        }
        rest
    }

    fn holds(&self, word: &str) -> bool {
        let folded = text::fold(word);
        let genitive = folded.strip_suffix('s').unwrap_or(&folded);
        self.0.contains(&folded) || self.0.contains(genitive)
    }
}

/// What fields of these tickets hold that name people or are called personal.
async fn in_fields(db: &Db, tickets: &[(Uuid, Vec<Uuid>)]) -> Result<Vec<(Uuid, Value)>> {
    let fields = read::definitions(db).await?;
    let naming =
        |f: &&Field| f.row.kind == Kind::Person || (f.settings.personal && f.row.kind.is_text());
    let fields: Vec<&Field> = fields.iter().filter(naming).collect();
    let ids: Vec<Uuid> = tickets.iter().map(|(id, _)| *id).collect();
    let values = read::of_tickets(db, &ids, &fields).await?.into_iter();
    let each =
        values.flat_map(|(ticket, values)| values.into_values().map(move |value| (ticket, value)));
    Ok(each.collect())
}

fn spelled_out(name: &str) -> String {
    let name = name.to_lowercase();
    [("ä", "ae"), ("ö", "oe"), ("ü", "ue")]
        .iter()
        .fold(name, |name, (umlaut, two)| name.replace(umlaut, two))
}

/// What follows a phone number at the beginning: digits behind a nought or a plus, with blanks, strokes and brackets.
fn behind_phone(text: &str) -> Option<&str> {
    if !text.starts_with(['0', '+', '(']) {
        return None;
    }
    let within = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '/' | '-' | '(' | ')' | '+');
    let end = text.find(|c| !within(c)).unwrap_or(text.len());
    let number = text[..end].trim_end_matches([' ', '-', '(', '/']);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (digits >= LEAST_DIGITS).then(|| &text[number.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(names: &[&str], addresses: &[&str]) -> Names {
        let mut all = Names::default();
        names.iter().for_each(|name| all.name(name));
        addresses.iter().for_each(|address| all.address(address));
        all
    }

    #[test]
    fn known_names_go_in_every_form_and_the_rest_stays() {
        let names = around(&["Sabine Müller-Kowalke"], &["s.hartwig@pankow.example"]);
        for (text, shown) in [
            ("Guten Tag Frau Kowalke,", "Guten Tag Frau […],"),
            ("Frau MUELLER und Müllers Akte", "Frau […] und […] Akte"),
            ("Hartwig schreibt", "[…] schreibt"),
            ("Mail an x.y@z.example, bitte", "Mail an […] bitte"),
            ("Tel. 030 4711-815 ab 8 Uhr", "Tel. […] ab 8 Uhr"),
            ("+49 (30) 471181", "[…]"),
            (
                "Am 28.11.2026 über 1.200,00 Euro",
                "Am 28.11.2026 über 1.200,00 Euro",
            ),
            ("Zahllauf 0815", "Zahllauf 0815"),
        ] {
            assert_eq!(names.black_out(text), shown);
        }
    }

    #[test]
    fn an_office_is_no_name() {
        let names = around(&[], &["info@pankow.example", "post@amt.example"]);
        assert_eq!(names.black_out("Info per Post"), "Info per Post");
    }
}
