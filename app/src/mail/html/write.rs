//! Writes a tidied tree: the only place where reduced HTML comes from, so its elements and attributes are all there are.

use super::tree::{Element, FOLD, Node, is_void};
use super::{FOLD_MARK, PICTURE_MARK, STORED, TABLE_MARK};

/// Elements that are written; others give their content alone.
fn allowed(name: &str) -> Option<&'static str> {
    const ALLOWED: [&str; 39] = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "ins",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    ALLOWED.into_iter().find(|known| *known == name)
}

/// Attributes that are written, of an element.
fn allows(element: &str, attribute: &str) -> bool {
    match attribute {
        "dir" | "lang" => true,
        "href" => element == "a",
        "colspan" | "rowspan" => matches!(element, "td" | "th"),
        "scope" => element == "th",
        "start" | "reversed" => element == "ol",
        _ => false,
    }
}

pub(super) fn write(nodes: &[Node]) -> String {
    let mut out = String::new();
    add(nodes, &mut out);
    out
}

fn add(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => escape(text, out),
            Node::Element(element) => add_element(element, out),
        }
    }
}

fn add_element(element: &Element, out: &mut String) {
    match element.name.as_str() {
        FOLD => {
            out.push_str(FOLD_MARK);
            add(&element.children, out);
            out.push_str("</details>");
        }
        "img" => picture(element, out),
        "table" => {
            out.push_str(TABLE_MARK);
            add_allowed("table", element, out);
            out.push_str("</div>");
        }
        name => match allowed(name) {
            Some(name) => add_allowed(name, element, out),
            None => add(&element.children, out),
        },
    }
}

fn add_allowed(name: &'static str, element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (attribute, value) in &element.attributes {
        if allows(name, attribute) {
            out.push(' ');
            out.push_str(attribute);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
    }
    if name == "a" {
        out.push_str(" target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
    }
    out.push('>');
    if !is_void(name) {
        add(&element.children, out);
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
}

/// A picture of the file store; all others have become words before.
fn picture(element: &Element, out: &mut String) {
    let stored = element
        .attribute("src")
        .and_then(|src| src.strip_prefix(STORED));
    let Some(sha256) = stored.filter(|sha256| sha256.bytes().all(|b| b.is_ascii_hexdigit())) else {
        return;
    };
    out.push_str(PICTURE_MARK);
    out.push_str(sha256);
    out.push_str("\" alt=\"");
    escape(element.attribute("alt").unwrap_or_default(), out);
    out.push('"');
    for side in ["width", "height"] {
        let number = element.attribute(side).and_then(|n| n.parse::<u32>().ok());
        if let Some(number) = number {
            out.push_str(&format!(" {side}=\"{number}\""));
        }
    }
    out.push_str(" loading=\"lazy\" decoding=\"async\">");
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}
