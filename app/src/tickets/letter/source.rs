//! From what a letter is made: a template, a text block, or an answer that was sent.

use entities::article::File;
use entities::document_template::{self, DocumentTemplate};
use entities::draft::Mode;
use entities::text::beginning;
use entities::text_block::{Block, BlockKind};
use entities::ticket::{Ticket, message, thread};

use crate::error::Result;
use crate::text_blocks::offer;
use crate::web::cx::Cx;
use crate::web::parts::Choice;

/// Answers that are offered.
const MOST_ANSWERS: u64 = 20;
/// The most letters of an answer that its line shows.
const MOST_CHARS: usize = 60;

/// The headings of the choice.
const TEMPLATES: &str = "letter-group-templates";
const BLOCKS: &str = "letter-group-blocks";
const ANSWERS: &str = "letter-group-answers";

/// One of them.
pub enum Source {
    /// With the file that is used.
    Template(Box<DocumentTemplate>, File),
    Block(Box<Block>),
    Answer(Box<message::Model>),
}

impl Source {
    /// As forms and addresses name it.
    pub fn key(&self) -> String {
        match self {
            Source::Template(template, _) => template.id.to_string(),
            Source::Block(block) => format!("block:{}", block.row.id),
            Source::Answer(message) => format!("answer:{}", message.id),
        }
    }

    /// What it is called.
    fn words(&self, cx: &Cx) -> String {
        match self {
            Source::Template(template, _) => template.name.clone(),
            Source::Block(block) => block.row.name.clone(),
            Source::Answer(message) => {
                let line = message.body.lines().find(|line| !line.trim().is_empty());
                let begin = beginning(line.unwrap_or_default(), MOST_CHARS);
                let day = cx
                    .locale
                    .date(cx.now.local(message.created_at).date_naive());
                let args = [("day", day.into()), ("begin", begin.into())];
                cx.locale.t_with("letter-answer", &args)
            }
        }
    }

    /// What the file is called behind the number of the ticket.
    pub fn name(&self, cx: &Cx) -> String {
        match self {
            Source::Template(template, _) => template.name.clone(),
            Source::Block(block) => block.row.name.clone(),
            Source::Answer(_) => cx.t("letter-plain-name"),
        }
    }

    /// Under which heading it is offered.
    fn group(&self) -> &'static str {
        match self {
            Source::Template(..) => TEMPLATES,
            Source::Block(_) => BLOCKS,
            Source::Answer(_) => ANSWERS,
        }
    }
}

/// All that letters can be made from here: templates, then text blocks, then answers.
pub async fn all(cx: &Cx, ticket: &Ticket) -> Result<Vec<Source>> {
    let (templates, blocks, answers) = tokio::try_join!(
        async { Ok(document_template::usable(&cx.db, ticket).await?) },
        offer::usable(cx, ticket, Mode::Reply),
        async { Ok(thread::answers(&cx.db, ticket, MOST_ANSWERS).await?) },
    )?;
    let templates = templates.into_iter().filter_map(|template| {
        let file = template.approved()?;
        Some(Source::Template(Box::new(template), file))
    });
    let is_answer = |block: &Block| block.row.kind == BlockKind::Answer;
    let blocks = blocks.into_iter().filter(is_answer);
    let says = |message: &message::Model| !message.body.trim().is_empty();
    let answers = answers.into_iter().filter(says);
    Ok(templates
        .chain(blocks.map(|block| Source::Block(Box::new(block))))
        .chain(answers.map(|answer| Source::Answer(Box::new(answer))))
        .collect())
}

/// The one that is named so, if it is there.
pub fn chosen(all: Vec<Source>, key: &str) -> Option<Source> {
    all.into_iter().find(|one| one.key() == key)
}

/// The choices of a select, under what they are.
pub fn groups(cx: &Cx, all: &[Source]) -> Vec<(String, Vec<Choice>)> {
    let mut groups = vec![(String::new(), vec![Choice::new("", cx.t("letter-choose"))])];
    for words in [TEMPLATES, BLOCKS, ANSWERS] {
        let such = all.iter().filter(|one| one.group() == words);
        let choices: Vec<Choice> = such
            .map(|one| Choice::new(one.key(), one.words(cx)))
            .collect();
        if !choices.is_empty() {
            groups.push((cx.t(words), choices));
        }
    }
    groups
}
