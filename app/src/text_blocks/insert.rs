//! A text block into what is being written: where the cursor stood, in place of what called it.

use entities::Uuid;
use entities::draft::{self, Mode};
use entities::text_block::{BlockKind, fill_or_leave, open_place};
use entities::ticket::Ticket;

use super::acts;
use super::offer::{language, usable};
use super::values::Values;
use crate::error::Result;
use crate::tickets::composer::state::place as draft_place;
use crate::tickets::composer::written::Written;
use crate::web::cx::Cx;

/// What calls a block: two colons, or a slash.
const CALLS: [&str; 2] = ["::", "/"];
/// The most letters behind it.
const MOST_LETTERS: usize = 40;

/// Which kinds are of use where somebody writes in that mode.
pub fn kinds(mode: Mode) -> &'static [BlockKind] {
    match mode {
        Mode::Reply => &[BlockKind::Answer, BlockKind::Opening, BlockKind::Closing],
        Mode::Vendor | Mode::Note => &[BlockKind::Answer],
        Mode::Call | Mode::New => &[BlockKind::PhoneScript, BlockKind::Answer],
    }
}

/// The block a pressed button names: `block:ID`.
pub fn pressed(act: &str) -> Option<Uuid> {
    Uuid::try_parse(act.strip_prefix("block:")?).ok()
}

/// Puts a block where the cursor stood.
pub async fn put(cx: &Cx, ticket: &Ticket, written: &mut Written, id: Uuid) -> Result<()> {
    let all = usable(cx, ticket, written.mode()).await?;
    let Some(block) = all.into_iter().find(|block| block.row.id == id) else {
        return Ok(());
    };
    let locale = language(cx, written).await?;
    let values = Values::read(cx, ticket, locale).await?;
    let text = block.wording.notice.of(locale.code());
    let (text, _) = fill_or_leave(text, |name| values.value(name));
    place(written, text.trim());
    let draft = draft_place(cx, ticket, written.mode())?;
    draft::put_files(&cx.db, draft, &block.wording.files).await?;
    if block.row.kind == BlockKind::Answer {
        written.blocks = format!("{} {id}", written.blocks).trim().to_owned();
        // Whoever takes it once more wants what it does.
        let left = written.left_ids().into_iter().filter(|of| *of != id);
        let left: Vec<String> = left.map(|of| of.to_string()).collect();
        written.left = left.join(" ");
        if let Some(then) = block.wording.acts.then
            && written.mode() == Mode::Reply
        {
            acts::choose(written, then);
        }
    }
    Ok(())
}

/// Puts a text in place of what called it, or where the cursor stood; what is open in it is marked.
fn place(written: &mut Written, text: &str) {
    written.text = written.text.replace("\r\n", "\n");
    let (at, end) = written.call();
    let before = written.text[..at].to_owned();
    let behind = written.text[end..].to_owned();
    let from = before.len();
    written.text = format!("{before}{text}{behind}");
    written.cursor = match open_place(text) {
        Some((begin, end, _)) => written.range(from + begin, from + end),
        None => written.range(from + text.len(), from + text.len()),
    };
}

impl Written {
    /// Where what calls a block begins and ends, in bytes; both where the cursor stood when nothing does.
    fn call(&self) -> (usize, usize) {
        let end = self.place();
        let before = &self.text[..end];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let found = CALLS.iter().filter_map(|call| {
            let at = line + before[line..].rfind(call)?;
            let word = &before[at + call.len()..];
            let is_alone = before[..at]
                .chars()
                .next_back()
                .is_none_or(char::is_whitespace);
            let fits = word.chars().count() <= MOST_LETTERS
                && !word.starts_with(char::is_whitespace)
                && self.called == format!("{call}{word}");
            (is_alone && fits).then_some(at)
        });
        (found.max().unwrap_or(end), end)
    }

    /// The first place that is still to be filled, if there is one: its name; the cursor is put over it.
    pub fn open_place(&mut self) -> Option<String> {
        self.text = self.text.replace("\r\n", "\n");
        let (begin, end, name) = open_place(&self.text)?;
        let name = name.to_owned();
        self.cursor = self.range(begin, end);
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn written(text: &str, called: &str) -> Written {
        Written {
            text: text.to_owned(),
            called: called.to_owned(),
            cursor: text
                .split('|')
                .next()
                .unwrap()
                .encode_utf16()
                .count()
                .to_string(),
            ..Written::default()
        }
    }

    #[test]
    fn a_block_takes_the_place_of_what_called_it() {
        for (text, called, after) in [
            ("Guten Tag,\n::umg", "::umg", "Guten Tag,\nDie Umgehung."),
            ("Guten Tag, /umg", "/umg", "Guten Tag, Die Umgehung."),
            // Nobody called it: and/or is a word.
            ("und/oder", "", "und/oderDie Umgehung."),
            ("und/oder", "/oder", "und/oderDie Umgehung."),
            ("", "", "Die Umgehung."),
        ] {
            let mut written = written(text, called);
            place(&mut written, "Die Umgehung.");
            assert_eq!(written.text, after);
        }
    }

    #[test]
    fn an_open_place_is_marked() {
        let mut written = written("ä ::u", "::u");
        place(&mut written, "bis {{due}}.");
        assert_eq!(
            (written.text.as_str(), written.cursor.as_str()),
            ("ä bis {{due}}.", "6-13")
        );
        assert_eq!(written.open_place().as_deref(), Some("due"));
    }
}
