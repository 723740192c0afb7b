//! A text between its page and its Markdown: what Markdown has words for, and nothing else.

/// What stands below one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// One is the highest.
    Heading(u8, Vec<Inline>),
    Paragraph(Vec<Inline>),
    /// Ordered ones begin with a number.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A callout has a kind, as Markdown calls it.
    Quote(Option<&'static str>, Vec<Block>),
    /// Language and text.
    Code(String, String),
    Table(Table),
    Rule,
}

/// Cells of one line each; the head is empty where the page has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// What stands beside one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// As it is in the page, white space too.
    Text(String),
    Code(String),
    Marked(Mark, Vec<Inline>),
    /// Its address as the page has it.
    Link(String, Vec<Inline>),
    Image {
        from: String,
        text: String,
    },
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Strong,
    Emphasis,
    Struck,
    /// None: what was a link and leads nowhere.
    Plain,
}

/// The words alone, each apart from the next by one space.
pub fn words(inlines: &[Inline]) -> String {
    fn gather(inlines: &[Inline], text: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(part) | Inline::Code(part) => text.push_str(part),
                Inline::Marked(_, inner) | Inline::Link(_, inner) => gather(inner, text),
                Inline::Image { text: part, .. } => text.push_str(part),
                Inline::Break => text.push(' '),
            }
        }
    }
    let mut text = String::new();
    gather(inlines, &mut text);
    one_line(&text)
}

/// Without line breaks and double spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether nothing of it would be seen.
pub fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => {
            text.chars().all(|c| c.is_whitespace() || c.is_control())
        }
        Inline::Marked(_, inner) | Inline::Link(_, inner) => is_blank(inner),
        Inline::Image { .. } => false,
        Inline::Break => true,
    })
}

/// Does something with every inline element, however deep it lies.
pub fn each_inline(blocks: &mut [Block], act: &mut impl FnMut(&mut Inline)) {
    fn of_line(inlines: &mut [Inline], act: &mut impl FnMut(&mut Inline)) {
        for inline in inlines {
            if let Inline::Marked(_, inner) | Inline::Link(_, inner) = inline {
                of_line(inner, act);
            }
            act(inline);
        }
    }
    for block in blocks {
        match block {
            Block::Heading(_, line) | Block::Paragraph(line) => of_line(line, act),
            Block::List(_, items) => items.iter_mut().for_each(|item| each_inline(item, act)),
            Block::Quote(_, inner) => each_inline(inner, act),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten().chain(&mut table.head);
                cells.for_each(|cell| of_line(cell, act));
            }
            Block::Code(..) | Block::Rule => {}
        }
    }
}
