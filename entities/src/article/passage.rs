//! Passages of an article that stay in the house: from a line `:::intern` to a line `:::`.

/// Part of the text of an article, in the order it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage<'a> {
    pub is_internal: bool,
    pub text: &'a str,
}

/// The lines that begin such a passage, in the languages of the desk.
const BEGIN: [&str; 2] = [":::intern", ":::internal"];
const END: &str = ":::";

/// The passages of a text without the lines that mark them. One that nobody closed lasts to the end of the text.
pub fn passages(text: &str) -> Vec<Passage<'_>> {
    let mut found = Vec::new();
    let mut is_internal = false;
    let (mut from, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let mark = mark(line);
        let turns = match is_internal {
            true => mark == END,
            false => BEGIN.contains(&mark.as_str()),
        };
        if turns {
            found.push(Passage {
                is_internal,
                text: &text[from..at],
            });
            is_internal = !is_internal;
            from = at + line.len();
        }
        at += line.len();
    }
    found.push(Passage {
        is_internal,
        text: &text[from..],
    });
    found.retain(|passage| !passage.text.trim().is_empty());
    found
}

/// What anybody outside of the house may read of a text.
pub fn outside(text: &str) -> String {
    passages(text)
        .iter()
        .filter(|passage| !passage.is_internal)
        .map(|passage| passage.text)
        .collect()
}

/// What a line says as a mark, whatever list or quotation it stands in: rather one passage too many stays in the house.
fn mark(line: &str) -> String {
    let line = line.trim_start_matches(|c: char| c.is_whitespace() || "<>-*+#`~|".contains(c));
    let letters = line.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_marks_stays_in_the_house() {
        let text = "Für alle.\n\n:::intern\nNur wir.\n:::\n\nWieder alle.";
        assert_eq!(outside(text), "Für alle.\n\n\nWieder alle.");
        let internal: Vec<bool> = passages(text).iter().map(|p| p.is_internal).collect();
        assert_eq!(internal, [false, true, false]);
    }

    #[test]
    fn a_passage_nobody_closed_lasts_to_the_end() {
        assert_eq!(outside("a\n::: Intern\nb\nc"), "a\n");
    }

    #[test]
    fn marks_count_in_lists_quotations_and_code() {
        for start in ["  ", "> ", "- ", "```", "> - "] {
            let text = format!("a\n{start}:::internal\r\nb\n{start}:::\nc");
            assert_eq!(outside(&text), "a\nc", "{start:?}");
        }
    }

    #[test]
    fn three_colons_alone_are_text() {
        assert_eq!(outside("a\n:::\nb"), "a\n:::\nb");
    }
}
