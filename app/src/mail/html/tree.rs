//! The tree of a cleaned page. Its reader trusts nothing: what it misreads is written escaped all the same.

/// Deeper elements are laid flat, so that no walk exhausts the stack.
const MOST_DEPTH: usize = 80;

/// The name of the element that holds folded history; no cleaned page has one.
pub(super) const FOLD: &str = "lotse-fold";

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

impl Element {
    pub fn new(name: &str, children: Vec<Node>) -> Element {
        Element {
            name: name.to_owned(),
            attributes: Vec::new(),
            children,
        }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Element {
        self.attributes.push((name.to_owned(), value.into()));
        self
    }
}

impl Node {
    pub fn element(name: &str, children: Vec<Node>) -> Node {
        Node::Element(Element::new(name, children))
    }

    pub fn as_element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }

    pub fn is(&self, name: &str) -> bool {
        self.as_element()
            .is_some_and(|element| element.name == name)
    }
}

pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "wbr" | "col" | "area")
}

/// Elements that begin a new line.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "pre"
            | "hr"
            | "details"
            | "summary"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "figure"
            | "figcaption"
            | "center"
            | "address"
            | "fieldset"
            | "hgroup"
            | FOLD
    )
}

/// Whether a browser would end a paragraph at one of these.
pub(super) fn holds_block(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .filter_map(Node::as_element)
        .any(|element| is_block(&element.name) || holds_block(&element.children))
}

/// Reads what the cleaner wrote.
pub(super) fn parse(html: &str) -> Vec<Node> {
    let mut open = vec![Element::new("", Vec::new())];
    let mut flattened = 0_usize;
    let mut rest = html;
    while !rest.is_empty() {
        let end = rest.find('<').unwrap_or(rest.len());
        let (text, tag) = rest.split_at(end);
        if let (false, Some(parent)) = (text.is_empty(), open.last_mut()) {
            parent.children.push(Node::Text(decode(text)));
        }
        let Some(tag) = tag.strip_prefix('<') else {
            break;
        };
        if let Some(closing) = tag.strip_prefix('/') {
            let (name, after) = closing.split_once('>').unwrap_or((closing, ""));
            rest = after;
            if flattened > 0 {
                flattened -= 1;
            } else if open.len() > 1
                && open.last().is_some_and(|last| last.name == name)
                && let Some(done) = open.pop()
                && let Some(parent) = open.last_mut()
            {
                parent.children.push(Node::Element(done));
            }
            continue;
        }
        let (element, after) = opening(tag);
        rest = after;
        let is_void = is_void(&element.name);
        if is_void {
            if let Some(parent) = open.last_mut() {
                parent.children.push(Node::Element(element));
            }
        } else if open.len() > MOST_DEPTH {
            flattened += 1;
        } else {
            open.push(element);
        }
    }
    while open.len() > 1 {
        if let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) {
            parent.children.push(Node::Element(done));
        }
    }
    open.pop().map_or_else(Vec::new, |root| root.children)
}

/// `name a="b" c="d">` and what follows.
pub(super) fn opening(tag: &str) -> (Element, &str) {
    let end = tag.find([' ', '>', '\n', '\t', '/']).unwrap_or(tag.len());
    let (name, mut rest) = tag.split_at(end);
    let mut element = Element::new(name, Vec::new());
    loop {
        rest = rest.trim_start_matches([' ', '\n', '\t', '/']);
        if let Some(after) = rest.strip_prefix('>') {
            return (element, after);
        }
        if rest.is_empty() {
            return (element, "");
        }
        let end = rest.find(['=', '>', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix("=\"") else {
            element.attributes.push((name.to_owned(), String::new()));
            rest = after.strip_prefix('=').unwrap_or(after);
            continue;
        };
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        element.attributes.push((name.to_owned(), decode(value)));
        rest = after;
    }
}

/// The few references the cleaner writes.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The text of nodes in lines, as far as `most` characters.
pub(super) fn text_of(nodes: &[Node], most: usize) -> String {
    let mut out = String::new();
    add_text(nodes, most, &mut out);
    out
}

fn add_text(nodes: &[Node], most: usize, out: &mut String) {
    for node in nodes {
        if out.len() > most {
            return;
        }
        match node {
            Node::Text(text) => {
                for word in text.split(['\n', '\t', ' ']) {
                    let starts_line = out.is_empty() || out.ends_with(['\n', ' ']);
                    if word.is_empty() {
                        if !starts_line {
                            out.push(' ');
                        }
                    } else {
                        out.push_str(word);
                        out.push(' ');
                    }
                }
                // The blank after the last word is there only if the text had one.
                if out.ends_with(' ') && !text.ends_with([' ', '\n', '\t']) {
                    out.pop();
                }
            }
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => {
                let is_block = is_block(&element.name);
                if is_block && !out.is_empty() && !out.ends_with('\n') {
                    out.push('\n');
                }
                add_text(&element.children, most, out);
                if is_block && !out.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
    }
}

/// Whether nothing of it would be seen.
pub(super) fn is_blank(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.chars().all(is_blank_char),
        Node::Element(element) => {
            !matches!(element.name.as_str(), "img" | "hr") && is_blank(&element.children)
        }
    })
}

pub(super) fn is_blank_char(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{a0}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}' | '\u{34f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_cleaner_writes_is_read_again() {
        let nodes = parse("<p class=\"a &quot;b\">x &lt; y<br>z</p>&amp;lt;");
        let [Node::Element(p), Node::Text(after)] = &nodes[..] else {
            panic!("{nodes:?}");
        };
        assert_eq!(p.attribute("class"), Some("a \"b"));
        assert_eq!(text_of(&nodes[..1], 100), "x < y\nz\n");
        assert_eq!(after, "&lt;");
    }

    #[test]
    fn depth_is_limited_and_the_text_stays() {
        let html = format!("{}x{}y", "<div>".repeat(5000), "</div>".repeat(5000));
        let nodes = parse(&html);
        assert_eq!(text_of(&nodes, 100), "x\ny");
    }
}
