//! Reads a cleaned tree as what it says: blocks, lists, tables of data, links, pictures; looks are left behind.

use super::picture::{self, Picture, Source};
use super::tree::{Element, FOLD, Node, is_blank, is_block, text_of};
use super::{STORED, css, host, table};

/// A table with larger spans is broken.
const MOST_SPAN: u32 = 60;

/// Schemes a link may have.
const LINKS: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];

pub(super) struct Reader<'p> {
    picture: &'p mut dyn FnMut(&str) -> Option<Picture>,
    pub remote_images: u32,
    pub pixels: u32,
    pub pixel_hosts: Vec<String>,
    /// How deep links, headings and hidden parts are nested here.
    links: u32,
    headings: u32,
    hidden: u32,
    last_level: u8,
}

impl<'p> Reader<'p> {
    pub fn new(picture: &'p mut dyn FnMut(&str) -> Option<Picture>) -> Reader<'p> {
        Reader {
            picture,
            remote_images: 0,
            pixels: 0,
            pixel_hosts: Vec::new(),
            links: 0,
            headings: 0,
            hidden: 0,
            last_level: 1,
        }
    }

    pub fn nodes(&mut self, nodes: &[Node]) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Text(text) => out.push(Node::Text(text.clone())),
                Node::Element(element) => out.extend(self.element(element)),
            }
        }
        out
    }

    fn element(&mut self, element: &Element) -> Vec<Node> {
        let style = element.attribute("style").unwrap_or_default();
        let background = element.attribute("background").unwrap_or_default();
        if css::loads(style) || host(background).is_some() {
            self.remote_images += 1;
        }
        let name = element.name.as_str();
        if name == "img" {
            return self.picture(element);
        }
        if css::hides(style) || element.attribute("hidden").is_some() {
            self.hidden += 1;
            self.nodes(&element.children);
            self.hidden -= 1;
            return Vec::new();
        }
        match name {
            "br" | "hr" | "wbr" => vec![Node::element(name, Vec::new())],
            "a" => self.link(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" => self.list(element, "li"),
            "dl" => self.list(element, "dt"),
            "table" => self.table(element),
            FOLD => vec![Node::element(FOLD, self.nodes(&element.children))],
            "p" => {
                let block = if is_tight(element) { "div" } else { "p" };
                vec![self.block(block, element)]
            }
            "blockquote" | "pre" => vec![self.block(name, element)],
            "font" | "span" | "bdi" | "bdo" | "time" | "big" => self.span(element, style),
            "b" | "strong" => self.inline("strong", element),
            "i" | "em" | "cite" | "dfn" | "var" => self.inline("em", element),
            "s" | "strike" | "del" => self.inline("s", element),
            "code" | "tt" | "kbd" | "samp" => self.inline("code", element),
            "u" | "ins" => self.inline("ins", element),
            "small" | "sub" | "sup" | "mark" | "q" | "abbr" => self.inline(name, element),
            // Empty cells of a layout keep space.
            "td" | "th" | "tr" if is_blank(&element.children) => {
                self.nodes(&element.children);
                Vec::new()
            }
            name if is_block(name) => vec![self.block("div", element)],
            _ => self.nodes(&element.children),
        }
    }

    fn block(&mut self, name: &str, element: &Element) -> Node {
        let block = Element::new(name, self.nodes(&element.children));
        Node::Element(with_direction(block, element))
    }

    fn inline(&mut self, name: &str, element: &Element) -> Vec<Node> {
        let children = self.nodes(&element.children);
        if is_blank(&children) {
            return children;
        }
        vec![Node::element(name, children)]
    }

    /// Weight and strokes mean something, colours and sizes do not.
    fn span(&mut self, element: &Element, style: &str) -> Vec<Node> {
        let is_bold = css::value(style, "font-weight").is_some_and(|weight| {
            weight.starts_with("bold") || weight.parse::<u32>().is_ok_and(|n| n >= 600)
        });
        let is_struck =
            css::value(style, "text-decoration").is_some_and(|line| line.contains("line-through"));
        let name = match (is_bold, is_struck) {
            (_, true) => "s",
            (true, _) => "strong",
            _ if element.attribute("dir").is_some() => {
                let span = Element::new("span", self.nodes(&element.children));
                return vec![Node::Element(with_direction(span, element))];
            }
            _ => return self.nodes(&element.children),
        };
        self.inline(name, element)
    }

    fn link(&mut self, element: &Element) -> Vec<Node> {
        let href = element.attribute("href").unwrap_or_default().trim();
        let lower = href.to_ascii_lowercase();
        let is_link = LINKS.iter().any(|scheme| lower.starts_with(scheme));
        if !is_link || self.links > 0 {
            return self.nodes(&element.children);
        }
        self.links += 1;
        let mut children = self.nodes(&element.children);
        self.links -= 1;
        let target = host(href);
        if is_blank(&children) {
            // A picture that was not loaded left nothing to press.
            let Some(host) = target.filter(|_| !element.children.is_empty()) else {
                return children;
            };
            children = vec![Node::Text(host)];
        } else if let Some(target) = target.filter(|target| poses_as_other(&children, target)) {
            children.push(Node::Text(format!(" ({target})")));
        }
        vec![Node::Element(
            Element::new("a", children).with("href", href),
        )]
    }

    /// One level deeper at most than the heading before, below the title of the page.
    fn heading(&mut self, element: &Element) -> Vec<Node> {
        self.headings += 1;
        let children = self.nodes(&element.children);
        self.headings -= 1;
        if self.headings > 0 || is_blank(&children) {
            return vec![Node::element("div", children)];
        }
        let said = element.name[1..].parse().unwrap_or(2).max(2);
        self.last_level = said.min(self.last_level + 1);
        vec![Node::element(&format!("h{}", self.last_level), children)]
    }

    /// Whatever stands in a list outside its items becomes one.
    fn list(&mut self, element: &Element, item: &str) -> Vec<Node> {
        let is_item = |name: &str| match item {
            "li" => name == "li",
            _ => matches!(name, "dt" | "dd"),
        };
        let mut items: Vec<Node> = Vec::new();
        for child in &element.children {
            let made = match child {
                Node::Element(child) if is_item(&child.name) => self.block(&child.name, child),
                stray => {
                    let content = self.nodes(std::slice::from_ref(stray));
                    if is_blank(&content) {
                        continue;
                    }
                    let is_sublist = content
                        .first()
                        .is_some_and(|node| node.is("ul") || node.is("ol"));
                    if let (true, Some(Node::Element(last))) = (is_sublist, items.last_mut()) {
                        last.children.extend(content);
                        continue;
                    }
                    Node::element(if item == "li" { "li" } else { "dd" }, content)
                }
            };
            items.push(made);
        }
        if items.is_empty() {
            return Vec::new();
        }
        let mut list = Element::new(&element.name, items);
        let start = element
            .attribute("start")
            .and_then(|n| n.parse::<u32>().ok());
        if let Some(start) = start.filter(|_| element.name == "ol") {
            list = list.with("start", start.to_string());
        }
        vec![Node::Element(list)]
    }

    fn table(&mut self, element: &Element) -> Vec<Node> {
        if self.hidden > 0 || !table::is_data(element) {
            // Every part of a layout is a block of its own.
            return vec![self.block("div", element)];
        }
        let mut parts: Vec<Node> = Vec::new();
        for part in element.children.iter().filter_map(Node::as_element) {
            match part.name.as_str() {
                "caption" => parts.push(self.block("caption", part)),
                "thead" => parts.push(self.rows("thead", part)),
                "tbody" | "tfoot" => parts.push(self.rows("tbody", part)),
                "tr" => {
                    let row = self.row(part);
                    match parts.last_mut() {
                        Some(Node::Element(last)) if last.name == "tbody" => {
                            last.children.push(row)
                        }
                        _ => parts.push(Node::element("tbody", vec![row])),
                    }
                }
                _ => {}
            }
        }
        vec![Node::element("table", parts)]
    }

    fn rows(&mut self, name: &str, part: &Element) -> Node {
        let rows = part.children.iter().filter_map(Node::as_element);
        let rows: Vec<&Element> = rows.filter(|row| row.name == "tr").collect();
        Node::element(name, rows.into_iter().map(|row| self.row(row)).collect())
    }

    fn row(&mut self, row: &Element) -> Node {
        let mut cells = Vec::new();
        for cell in table::cells(row) {
            let mut made = Element::new(&cell.name, self.nodes(&cell.children));
            for span in ["colspan", "rowspan"] {
                let number = cell
                    .attribute(span)
                    .and_then(|n| n.trim().parse::<u32>().ok());
                if let Some(number) = number.filter(|n| (2..=MOST_SPAN).contains(n)) {
                    made = made.with(span, number.to_string());
                }
            }
            cells.push(Node::Element(made));
        }
        Node::element("tr", cells)
    }

    fn picture(&mut self, image: &Element) -> Vec<Node> {
        let alt = image.attribute("alt").unwrap_or_default().trim();
        let instead = || match alt {
            "" => Vec::new(),
            alt => vec![Node::Text(alt.to_owned())],
        };
        match picture::source(image) {
            Source::Own(address) => {
                let Some(found) = (self.picture)(address) else {
                    return instead();
                };
                let size = picture::shown_size(image, &found);
                let mut shown = Element::new("img", Vec::new())
                    .with("src", format!("{STORED}{}", found.sha256))
                    .with("alt", alt);
                if let Some((width, height)) = size {
                    shown = shown
                        .with("width", width.to_string())
                        .with("height", height.to_string());
                }
                vec![Node::Element(shown)]
            }
            Source::Remote(address) if self.hidden > 0 || picture::is_pixel(image, address) => {
                self.pixels += 1;
                self.pixel_hosts.extend(picture::counter(address));
                Vec::new()
            }
            Source::Remote(_) => {
                self.remote_images += 1;
                instead()
            }
            Source::None => instead(),
        }
    }
}

/// Word and Outlook write every line as a paragraph without space around it.
fn is_tight(p: &Element) -> bool {
    let class = p.attribute("class").unwrap_or_default();
    let style = p.attribute("style").unwrap_or_default();
    let margin = css::value(style, "margin").or_else(|| css::value(style, "margin-bottom"));
    class.starts_with("Mso")
        || class.starts_with("x_Mso")
        || margin.is_some_and(|margin| margin.starts_with('0'))
}

fn with_direction(made: Element, from: &Element) -> Element {
    let dir = from.attribute("dir").unwrap_or_default();
    let known = ["rtl", "ltr", "auto"]
        .into_iter()
        .find(|known| dir.eq_ignore_ascii_case(known));
    match known {
        Some("rtl") => made.with("dir", "rtl"),
        Some("auto") => made.with("dir", "auto"),
        _ => made,
    }
}

/// Whether the words of a link name another host than it leads to.
fn poses_as_other(words: &[Node], target: &str) -> bool {
    let text = text_of(words, 300);
    let text = text.trim().to_lowercase();
    if text.contains(char::is_whitespace) {
        return false;
    }
    let named = match host(&text) {
        Some(host) => host,
        None if text.starts_with("www.") => text
            .split(['/', '?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned(),
        None => return false,
    };
    let bare = |host: &str| host.trim_start_matches("www.").to_owned();
    bare(&named) != bare(target)
}
