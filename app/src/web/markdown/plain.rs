//! Plain text as Markdown that shows the same: what would be a sign is escaped, lists stay lists.

/// The text with every sign escaped that Markdown would read.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        // An indented line would be code.
        let line = line.trim();
        if begins_a_block(line) {
            out.push('\\');
        }
        for c in line.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' | '~') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// Whether a line would be a heading, a quotation or a rule.
fn begins_a_block(line: &str) -> bool {
    let is_rule = |sign: char| !line.is_empty() && line.chars().all(|c| c == sign || c == ' ');
    line.starts_with(['#', '>', '+']) || is_rule('-') || is_rule('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_escaped_and_lists_stay_lists() {
        for (plain, markdown) in [
            ("2 * 3 = 6", r"2 \* 3 = 6"),
            (r"C:\temp\a_b", r"C:\\temp\\a\_b"),
            ("# 1 ist falsch", r"\# 1 ist falsch"),
            ("Text\n-----\nMehr", "Text\n\\-----\nMehr"),
            ("- eins\n- zwei", "- eins\n- zwei"),
            ("1. eins", "1. eins"),
            ("    eingerückt", "eingerückt"),
            ("[Name]: <b>", r"\[Name\]: \<b>"),
        ] {
            assert_eq!(escaped(plain), markdown, "{plain}");
        }
    }
}
