//! What a plain letter says: a text block between the opening and the closing of answers, or an answer as it was sent.

use entities::text_block::{fill, fill_or_leave, open_place};
use entities::ticket::Ticket;
use entities::{Db, person};

use crate::error::Result;
use crate::locale::Locale;
use crate::text_blocks::frame::Frame;
use crate::text_blocks::values::Values;

/// Places by which a block shows that it addresses its reader itself, and that it takes leave itself.
const ADDRESSES: [&str; 2] = ["dear", "greeting"];
const LEAVES: [&str; 1] = ["agent"];

/// A text and what is open in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Markdown.
    pub text: String,
    /// Names of the places that nothing fills, as they stand in the text; each once.
    pub open: Vec<String>,
}

/// The language letters about a ticket are written in: its requester's own where they chose one, else the desk's.
///
/// # Errors
/// The database's.
pub async fn language(db: &Db, desk: Locale, ticket: &Ticket) -> Result<Locale> {
    let Some(id) = ticket.requester_id else {
        return Ok(desk);
    };
    let known = person::addressed(db, &[id]).await?;
    let addresses: Vec<String> = known.into_iter().filter_map(|one| one.email).collect();
    let code = person::language::common(db, &addresses).await?;
    Ok(code
        .and_then(|code| Locale::from_code(&code))
        .unwrap_or(desk))
}

/// What a letter with this block says: addressed and closed as answers are, unless the block does so itself.
pub fn of_block(frame: &Frame, values: &Values, block: &str) -> Said {
    let locale = values.locale;
    let value = |name: &str| values.value(name);
    let opening = match frame.opening.of(locale.code()).trim() {
        "" => "{{dear}},".to_owned(),
        said => said.to_owned(),
    };
    let closing = match frame.closing.of(locale.code()).trim() {
        "" => format!("{}\n\n{{{{agent}}}}", locale.t("letter-closing")),
        said => said.to_owned(),
    };
    let (text, mut open) = fill_or_leave(block.trim(), value);
    // Nobody chose these two; what holds nothing in them is left out, as in answers.
    let around = |places: &[&str], said: &str| match names(block, places) {
        true => String::new(),
        false => fill(said, value),
    };
    let all = [
        around(&ADDRESSES, &opening),
        text,
        around(&LEAVES, &closing),
    ];
    let text = all.iter().map(|part| part.trim());
    let text: Vec<&str> = text.filter(|part| !part.is_empty()).collect();
    let text = text.join("\n\n");
    // What somebody wrote into a title may look like a place too; as in answers, it stops the letter.
    if let Some((.., name)) = open_place(&text)
        && open.is_empty()
    {
        open.push(name.to_owned());
    }
    open.dedup();
    Said { text, open }
}

/// Whether a text has one of these places.
fn names(text: &str, places: &[&str]) -> bool {
    let mut inner = text
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split(['}', '|']).next());
    inner.any(|name| places.contains(&name.trim()))
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_block_that_addresses_its_reader_is_seen() {
        assert!(names("{{ dear }}, bis {{due}}", &super::ADDRESSES));
        assert!(names("{{greeting|Hallo}}", &super::ADDRESSES));
        assert!(!names("Frau {{name}}, {{agent_phone}}", &super::ADDRESSES));
        assert!(!names("{{agent_phone}}", &super::LEAVES));
    }
}
