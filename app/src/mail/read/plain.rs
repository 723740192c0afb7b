//! Plain text from HTML, for mails that have nothing else and for search.

use mail_parser::decoders::html::add_html_token;

/// Makes readable text: paragraphs, lists, links and quotations stay recognisable.
#[must_use]
pub fn html_to_text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        page.text(&rest[..start]);
        rest = &rest[start..];
        let skipped = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            let end = tag_end(rest);
            let tag = rest[1..end].trim_end_matches('>');
            end + page.tag(tag, &rest[end..])
        } else {
            page.text("<");
            1
        };
        rest = &rest[skipped..];
    }
    page.text(rest);
    page.finish()
}

/// The end of a tag, minding quoted attribute values.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    // A quote that never closes must not make every tag read the whole page.
    for (at, letter) in tag.char_indices().take(64 * 1024) {
        match (quote, letter) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') if tag[..at].ends_with('=') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    tag.find('>').map_or(tag.len(), |at| at + 1)
}

#[derive(Default)]
struct Page {
    lines: Vec<String>,
    line: String,
    depth: usize,
    preformatted: usize,
    space: bool,
    link: Option<(String, usize)>,
}

impl Page {
    fn tag(&mut self, tag: &str, after: &str) -> usize {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let closes = tag.starts_with('/');
        match (name.as_str(), closes) {
            ("script" | "style" | "title" | "template", false) => return past(after, &name),
            ("br", _) => self.break_line(),
            ("p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table" | "ul" | "ol", _) => {
                self.paragraph();
            }
            ("pre", _) => {
                self.paragraph();
                self.preformatted = usize::from(!closes);
            }
            ("hr", _) => {
                self.end_line();
                self.lines.push(format!("{}---", self.prefix()));
            }
            ("li", false) => {
                self.end_line();
                self.line.push_str("- ");
            }
            (
                "div" | "tr" | "li" | "section" | "article" | "header" | "footer" | "dt" | "dd",
                _,
            ) => {
                self.end_line();
            }
            ("td" | "th", true) => self.space = true,
            ("blockquote", _) => {
                self.paragraph();
                self.depth = if closes {
                    self.depth.saturating_sub(1)
                } else {
                    (self.depth + 1).min(20)
                };
            }
            // Links do not nest; what never closed ends where the next begins.
            ("a", false) => self.link = Some((attribute(tag, "href"), self.line.len())),
            ("a", true) => self.close_link(),
            _ => {}
        }
        0
    }

    fn close_link(&mut self) {
        let Some((address, start)) = self.link.take() else {
            return;
        };
        let shown = self.line.get(start..).unwrap_or_default().trim().to_owned();
        let is_web = address.starts_with("http://") || address.starts_with("https://");
        let same = |text: &str| text.trim_end_matches('/').to_owned();
        if is_web && !shown.is_empty() && !same(&address).ends_with(&same(&shown)) {
            self.line.push_str(&format!(" <{address}>"));
        }
    }

    fn text(&mut self, text: &str) {
        let text = entities(text);
        for letter in text.chars() {
            if self.preformatted > 0 {
                match letter {
                    '\n' => self.break_line(),
                    letter => self.line.push(letter),
                }
            } else if matches!(letter, ' ' | '\t' | '\n' | '\r') {
                self.space = true;
            } else {
                if self.space && !self.line.is_empty() && !self.line.ends_with(' ') {
                    self.line.push(' ');
                }
                self.space = false;
                let is_hidden = matches!(
                    letter,
                    '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{34f}'
                );
                if !is_hidden {
                    self.line
                        .push(if letter == '\u{a0}' { ' ' } else { letter });
                }
            }
        }
    }

    fn prefix(&self) -> String {
        "> ".repeat(self.depth)
    }

    fn break_line(&mut self) {
        let line = format!("{}{}", self.prefix(), self.line);
        self.lines.push(line.trim_end().to_owned());
        self.line.clear();
        self.space = false;
    }

    fn end_line(&mut self) {
        // A line of nothing but a no-break space is how editors write an empty one.
        if self.line.is_empty() {
            self.space = false;
        } else {
            self.break_line();
        }
    }

    fn paragraph(&mut self) {
        self.end_line();
        let is_blank = |line: &String| line.trim_matches(['>', ' ']).is_empty();
        if self.lines.last().is_some_and(|line| !is_blank(line)) {
            self.lines.push(self.prefix().trim_end().to_owned());
        }
    }

    fn finish(mut self) -> String {
        self.end_line();
        let mut out: Vec<String> = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
                out.push(line);
            }
        }
        out.join("\n").trim().to_owned()
    }
}

fn past(after: &str, name: &str) -> usize {
    let closes = |(at, _): &(usize, &str)| {
        after
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    after
        .match_indices("</")
        .find(closes)
        .map_or(after.len(), |(at, _)| at)
}

fn attribute(tag: &str, wanted: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("{wanted}=")) else {
        return String::new();
    };
    let value = &tag[at + wanted.len() + 1..];
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
        _ => value.split(char::is_whitespace).next().unwrap_or_default(),
    };
    entities(value).trim().to_owned()
}

/// Decodes character references; an ampersand that starts none stays.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest
            .bytes()
            .skip(1)
            .take(32)
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count()
            + 1;
        if rest.as_bytes().get(end) == Some(&b';') {
            add_html_token(&mut out, &rest.as_bytes()[..=end], false);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}
