//! Tells what a person wrote anew from the mails quoted below, by the marks that mail programs leave.

use super::tree::{Element, FOLD, Node, is_blank, text_of};
use crate::mail::quote;

/// So much text is read to know what a part begins with.
const GLANCE: usize = 600;

/// Empty or filled elements after which everything is history: Outlook, its apps, Zimbra.
const ENDS_FRESH: [&str; 6] = [
    "divRplyFwdMsg",
    "appendonsend",
    "stopSpelling",
    "mail-editor-reference-message-container",
    "zwchr",
    "OLK_SRC_BODY_SECTION",
];

/// Classes of elements that hold a quotation: Gmail, Yahoo, Proton, Tuta, Fastmail.
const QUOTES: [&str; 7] = [
    "gmail_quote",
    "gmail_quote_container",
    "yahoo_quoted",
    "protonmail_quote",
    "tutanota_quote",
    "zmail_extra",
    "qt",
];

/// Puts quotations into [`FOLD`] elements; nothing is folded when nothing else would be left.
pub(super) fn fold(nodes: Vec<Node>) -> Vec<Node> {
    let whole = nodes.clone();
    let (mut fresh, rest) = cut(nodes);
    if is_blank(&fresh) {
        return fold_quotes(whole);
    }
    fresh = fold_quotes(fresh);
    if let Some(rest) = rest.filter(|rest| !is_blank(rest)) {
        fresh.push(Node::element(FOLD, rest));
    }
    fresh
}

/// Everything before the first sign of history, and everything from it on.
fn cut(nodes: Vec<Node>) -> (Vec<Node>, Option<Vec<Node>>) {
    match path_to_history(&nodes) {
        Some(path) => {
            let (before, after) = cut_at(nodes, &path);
            (before, Some(after))
        }
        None => (nodes, None),
    }
}

/// The places to go down by. Quotations have marks of their own inside; those do not cut the mail.
fn path_to_history(nodes: &[Node]) -> Option<Vec<usize>> {
    (0..nodes.len()).find_map(|at| {
        if begins_history(nodes, at) {
            return Some(vec![at]);
        }
        let element = nodes[at].as_element()?;
        if is_quote(element) {
            return None;
        }
        let mut path = path_to_history(&element.children)?;
        path.insert(0, at);
        Some(path)
    })
}

fn cut_at(nodes: Vec<Node>, path: &[usize]) -> (Vec<Node>, Vec<Node>) {
    let (at, deeper) = match path {
        [] => return (nodes, Vec::new()),
        [at, deeper @ ..] => (*at, deeper),
    };
    let mut before = nodes;
    let mut after = before.split_off(at.min(before.len()));
    if deeper.is_empty() || after.is_empty() {
        return (before, after);
    }
    if let Node::Element(mut element) = after.remove(0) {
        let (inner, rest) = cut_at(std::mem::take(&mut element.children), deeper);
        let mut shell = element.clone();
        shell.children = rest;
        element.children = inner;
        before.push(Node::Element(element));
        after.insert(0, Node::Element(shell));
    }
    (before, after)
}

fn begins_history(nodes: &[Node], at: usize) -> bool {
    if let Some(element) = nodes[at].as_element() {
        let id = element.attribute("id").unwrap_or_default();
        // Outlook on the web writes `x_` before the ids of mails it quotes.
        let id = id.trim_start_matches("x_");
        let class = element.attribute("class").unwrap_or_default();
        if ENDS_FRESH.contains(&id) || class.contains("OutlookMessageHeader") {
            return true;
        }
        if matches!(element.name.as_str(), "br" | "img") {
            return false;
        }
    }
    if is_blank(&nodes[at..=at]) {
        return false;
    }
    let here = text_of(&nodes[at..=at], GLANCE);
    if !may_begin(&here) {
        return false;
    }
    let some = nodes.len().min(at + 12);
    let text = text_of(&nodes[at..some], GLANCE);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    quote::begins_earlier_mail(&lines)
}

/// A cheap first look.
fn may_begin(text: &str) -> bool {
    let start = text.trim_start_matches([' ', '\n', '*', '\u{a0}']);
    let head: String = start.chars().take(6).collect::<String>().to_lowercase();
    ["von:", "von :", "from:", "--", "___"]
        .iter()
        .any(|word| head.starts_with(word))
}

fn is_quote(element: &Element) -> bool {
    let attribute = |name| element.attribute(name).unwrap_or_default();
    let has_class = attribute("class")
        .split_whitespace()
        .any(|class| QUOTES.contains(&class));
    match element.name.as_str() {
        "blockquote" => {
            has_class
                || attribute("type").eq_ignore_ascii_case("cite")
                || !attribute("cite").is_empty()
        }
        "div" => has_class || attribute("name") == "quote",
        _ => false,
    }
}

/// Whether a node only says who wrote what follows.
fn introduces(node: &Node) -> bool {
    if let Some(element) = node.as_element() {
        let class = element.attribute("class").unwrap_or_default();
        if class.contains("moz-cite-prefix") || class.contains("gmail_attr") {
            return true;
        }
    }
    let text = text_of(std::slice::from_ref(node), GLANCE);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    !lines.is_empty() && lines.len() <= 3 && quote::introduces(&lines)
}

/// Folds each quotation that nothing new answers below; a single one also above its answer.
fn fold_quotes(nodes: Vec<Node>) -> Vec<Node> {
    let mut quotes = 0;
    let mut is_fresh = false;
    look(&nodes, &mut quotes, &mut is_fresh);
    if quotes == 0 || !is_fresh {
        return nodes;
    }
    let mut walk = Walk {
        is_single: quotes == 1,
        has_fresh_below: false,
    };
    walk.backwards(nodes)
}

fn look(nodes: &[Node], quotes: &mut usize, is_fresh: &mut bool) {
    for (at, node) in nodes.iter().enumerate() {
        if is_folded(nodes, at) {
            *quotes += 1;
            continue;
        }
        match node.as_element() {
            Some(element) if element.name != "img" && element.name != "hr" => {
                look(&element.children, quotes, is_fresh);
            }
            _ if is_blank(std::slice::from_ref(node)) || introduces(node) => {}
            _ => *is_fresh = true,
        }
    }
}

/// Marked quotations, and bare ones below a line that introduces them.
fn is_folded(nodes: &[Node], at: usize) -> bool {
    nodes[at].as_element().is_some_and(|element| {
        is_quote(element) || (element.name == "blockquote" && introduction(&nodes[..at]).is_some())
    })
}

/// Where the line that introduces what follows `before` begins.
fn introduction(before: &[Node]) -> Option<usize> {
    let last = before
        .iter()
        .rposition(|node| !is_blank(std::slice::from_ref(node)))?;
    if introduces(&before[last]) {
        return Some(last);
    }
    // A line in pieces: text, a link to the address, a colon.
    let is_inline = |node: &Node| {
        node.as_element()
            .is_none_or(|element| !super::tree::is_block(&element.name) && element.name != "br")
    };
    let start = before[..=last]
        .iter()
        .rposition(|node| !is_inline(node))
        .map_or(0, |at| at + 1);
    if start > last {
        return None;
    }
    let text = text_of(&before[start..=last], GLANCE);
    let lines: Vec<&str> = text.lines().collect();
    quote::introduces(&lines).then_some(start)
}

struct Walk {
    is_single: bool,
    has_fresh_below: bool,
}

impl Walk {
    /// From the end, because what stands below decides.
    fn backwards(&mut self, mut nodes: Vec<Node>) -> Vec<Node> {
        let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
        while let Some(node) = nodes.pop() {
            let mut before = nodes;
            before.push(node);
            let is_quote = is_folded(&before, before.len() - 1);
            let Some(node) = before.pop() else {
                return out;
            };
            nodes = before;
            if is_quote {
                if self.has_fresh_below && !self.is_single {
                    out.push(node);
                    continue;
                }
                let mut folded = vec![node];
                if let Some(at) = introduction(&nodes) {
                    let mut line = nodes.split_off(at);
                    line.append(&mut folded);
                    folded = line;
                }
                out.push(Node::element(FOLD, folded));
                continue;
            }
            match node {
                Node::Element(mut element) if !matches!(element.name.as_str(), "img" | "hr") => {
                    element.children = self.backwards(element.children);
                    out.push(Node::Element(element));
                }
                node => {
                    if !is_blank(std::slice::from_ref(&node)) {
                        self.has_fresh_below = true;
                    }
                    out.push(node);
                }
            }
        }
        out.reverse();
        out
    }
}
