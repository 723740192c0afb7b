//! Takes out of a simplified tree what only keeps space, and nests it as a browser would read it.

use super::tree::{Element, FOLD, Node, holds_block, is_blank, is_block};

pub(super) fn tidy(nodes: Vec<Node>) -> Vec<Node> {
    children(nodes, Within::Block)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Block,
    Words,
    /// Blanks and line ends are content.
    Preformatted,
}

fn children(nodes: Vec<Node>, within: Within) -> Vec<Node> {
    let mut done: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::Text(text) => done.push(Node::Text(text)),
            Node::Element(element) => done.extend(self::element(element, within)),
        }
    }
    match within {
        Within::Block => blocks(done),
        Within::Words | Within::Preformatted => done,
    }
}

fn element(mut element: Element, within: Within) -> Vec<Node> {
    let name = element.name.clone();
    if matches!(name.as_str(), "br" | "hr" | "img" | "wbr") {
        return vec![Node::Element(element)];
    }
    let inner = match name.as_str() {
        "pre" => Within::Preformatted,
        name if is_block(name) && within != Within::Preformatted => Within::Block,
        _ if within == Within::Preformatted => Within::Preformatted,
        _ => Within::Words,
    };
    let keeps_line = holds_line(&element.children);
    element.children = children(element.children, inner);
    let is_empty = is_blank(&element.children);
    match name.as_str() {
        "td" | "th" | "tr" | "thead" | "tbody" | "table" | "caption" => {
            vec![Node::Element(element)]
        }
        "p" | "div" if is_empty => {
            // How editors write an empty line.
            if keeps_line {
                vec![empty_line()]
            } else {
                Vec::new()
            }
        }
        _ if is_empty && name != "pre" && is_block(&name) => Vec::new(),
        "p" if holds_block(&element.children) => {
            element.name = "div".to_owned();
            vec![Node::Element(element)]
        }
        "div" if element.attributes.is_empty() && is_shell(&element.children) => element.children,
        "li" | "dd" | "blockquote" | FOLD => {
            element.children = unwrapped(element.children);
            vec![Node::Element(element)]
        }
        _ => vec![Node::Element(element)],
    }
}

fn empty_line() -> Node {
    Node::element("div", vec![Node::element("br", Vec::new())])
}

fn is_empty_line(node: &Node) -> bool {
    node.as_element().is_some_and(|element| {
        element.name == "div" && element.children.len() == 1 && element.children[0].is("br")
    })
}

/// Whether a line end or a no-break space keeps an otherwise empty paragraph as high as a line.
fn holds_line(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text(text) => text.contains('\u{a0}'),
        Node::Element(element) => element.name == "br" || holds_line(&element.children),
    })
}

/// Blocks in a block need no box around them.
fn is_shell(nodes: &[Node]) -> bool {
    !nodes.is_empty()
        && nodes.iter().all(|node| {
            node.as_element()
                .is_some_and(|element| is_block(&element.name))
        })
}

/// An item with one paragraph needs none.
fn unwrapped(nodes: Vec<Node>) -> Vec<Node> {
    match <[Node; 1]>::try_from(nodes) {
        Ok([Node::Element(only)])
            if matches!(only.name.as_str(), "div" | "p") && only.attributes.is_empty() =>
        {
            only.children
        }
        Ok([only]) => vec![only],
        Err(nodes) => nodes,
    }
}

/// No blanks between blocks, no more than one empty line, none at the ends.
fn blocks(nodes: Vec<Node>) -> Vec<Node> {
    let has_block = nodes.iter().any(|node| {
        node.as_element()
            .is_some_and(|element| is_block(&element.name))
    });
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut breaks = 0;
    for node in nodes {
        let is_block_node = node
            .as_element()
            .is_some_and(|element| is_block(&element.name));
        let follows_block = out.last().is_none_or(|last| {
            last.as_element()
                .is_some_and(|element| is_block(&element.name))
        });
        if let Node::Text(text) = &node
            && has_block
            && follows_block
            && text.chars().all(char::is_whitespace)
        {
            continue;
        }
        if node.is("br") {
            breaks += 1;
            let is_first = out.is_empty();
            if is_first || breaks > 2 {
                continue;
            }
            if follows_block {
                if !out.last().is_some_and(is_empty_line) {
                    out.push(empty_line());
                }
                continue;
            }
        } else if !matches!(&node, Node::Text(text) if text.trim().is_empty()) {
            breaks = 0;
        }
        if is_empty_line(&node) && out.last().is_none_or(is_empty_line) {
            continue;
        }
        if is_block_node {
            // One line end before a block is the block's own.
            trim_end(&mut out, 1);
        }
        out.push(node);
    }
    trim_end(&mut out, usize::MAX);
    while out.last().is_some_and(is_empty_line) {
        out.pop();
    }
    // A folded history needs no empty lines above it.
    let mut at = 1;
    while at < out.len() {
        if out[at].is(FOLD) && is_empty_line(&out[at - 1]) {
            out.remove(at - 1);
            at = at.saturating_sub(1).max(1);
        } else {
            at += 1;
        }
    }
    out
}

fn trim_end(out: &mut Vec<Node>, mut most_breaks: usize) {
    loop {
        let is_gone = match out.last() {
            Some(Node::Text(text)) => text.chars().all(char::is_whitespace),
            Some(node) if node.is("br") && most_breaks > 0 => {
                most_breaks -= 1;
                true
            }
            _ => false,
        };
        if !is_gone {
            return;
        }
        out.pop();
    }
}
