//! An article as a message says it: headings become strong lines, callouts say what they are, and what leads into the desk
//! or is a picture leaves its words.

use std::sync::LazyLock;

use regex::Regex;

use crate::locale::Locale;

/// Pictures, and links that lead to pages of the desk.
static LEADING: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"!\[([^\]]*)\]\([^)]*\)|\[([^\]]*)\]\((?:/|#)[^)]*\)").ok());

/// How callouts are written, and the keys of their names.
const CALLOUTS: [(&str, &str); 5] = [
    ("[!NOTE]", "callout-note"),
    ("[!TIP]", "callout-tip"),
    ("[!IMPORTANT]", "callout-important"),
    ("[!WARNING]", "callout-warning"),
    ("[!CAUTION]", "callout-caution"),
];

/// The text of an article in words that a message can hold.
pub fn of_article(locale: Locale, body: &str) -> String {
    let mut is_code = false;
    let lines = body.lines().map(|line| {
        let start = line.trim_start();
        if start.starts_with("```") || start.starts_with("~~~") {
            is_code = !is_code;
            return line.to_owned();
        }
        match is_code {
            true => line.to_owned(),
            false => said(locale, line),
        }
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn said(locale: Locale, line: &str) -> String {
    let line = match &*LEADING {
        Some(leading) => leading.replace_all(line, "$1$2"),
        None => line.into(),
    };
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && heading.starts_with(' ') {
        let words = heading.trim().trim_end_matches('#').trim_end();
        return match words.is_empty() {
            true => String::new(),
            false => format!("**{words}**"),
        };
    }
    if let Some(rest) = line.trim_start().strip_prefix('>') {
        let rest = rest.trim();
        let callout = CALLOUTS
            .iter()
            .find(|(sign, _)| rest.eq_ignore_ascii_case(sign));
        if let Some((_, key)) = callout {
            return format!("> **{}**\n>", locale.t(key));
        }
    }
    line.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_cannot_hold_is_said_in_words() {
        let body = "## Schritte\n\n1. Öffnen, siehe [Bonus](/knowledge/1)\n![Maske](bild.png)\n\
                    > [!WARNING]\n> Nie zweimal.\n\n```\n# bleibt\n```\n[Amt](https://amt.example)";
        let said = of_article(Locale::De, body);
        assert_eq!(
            said,
            "**Schritte**\n\n1. Öffnen, siehe Bonus\nMaske\n> **Warnung**\n>\n> Nie zweimal.\n\n```\n# bleibt\n```\n\
             [Amt](https://amt.example)"
        );
    }
}
