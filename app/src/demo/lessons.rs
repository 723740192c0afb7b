//! What the demo's unit learns from its cases: some are called reusable, and one has become an article.

use entities::article::list::{self as articles, Wanted};
use entities::article::{self, Article, GiveFeedback};
use entities::ledger::Step;
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{Row, Sort, list};
use entities::ticket::{
    Audience, Direction, DrawArticle, SetReusable, Ticket, UseArticle, message, show, thread,
};
use entities::{Actor, Db, Permit, Rule};

use super::database::Unit;

/// Every so many of the cases solved last helps others too.
const EVERY: usize = 6;
/// What the case and the article that was drawn from it are found by.
const DRAWN: (&str, &str) = ("Chipkarte", "Gesperrte Chipkarte");

/// Articles, and the cases in whose answers they went out.
const USED: [(&str, &str); 3] = [
    ("KN-4102", "KN-4102"),
    ("Zahllauf", "Zahllauf"),
    ("Gesperrte Chipkarte", "Chipkarte"),
];
/// What readers said of articles.
const SAID: [(&str, bool, &str); 8] = [
    ("KN-4102", true, ""),
    ("KN-4102", true, "Hat sofort geholfen."),
    ("KN-4102", false, ""),
    ("Zahllauf", false, "Wo finde ich den Sperrvermerk?"),
    ("Zahllauf", false, ""),
    ("Zahllauf", true, ""),
    ("Zahllauf", false, "Die Maske heißt seit 7.4 anders."),
    ("Gesperrte Chipkarte", true, ""),
];

/// Says so of some cases, as an agent did.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let on_behalf_of = unit.agents.first().map(|agent| agent.id);
    let actor = Actor::System(Rule::Import { on_behalf_of });
    let mut steps = Vec::new();
    for row in solved(db, &actor, None, 60).await?.iter().step_by(EVERY) {
        let ticket = show::by_id(db, &actor, row.id).await?;
        let permit = Permit::ask(&actor, ticket.clone())?.dated(ended(&ticket))?;
        steps.push(Step::new(permit, SetReusable { to: true }));
    }
    let (case, words) = DRAWN;
    let article = article(db, &actor, words).await?;
    let case = solved(db, &actor, Some(case), 1).await?;
    if let (Some(article), Some(case)) = (article, case.first()) {
        let ticket = show::by_id(db, &actor, case.id).await?;
        let permit = Permit::ask(&actor, ticket.clone())?.dated(ended(&ticket))?;
        let article_id = article.row.id;
        steps.push(Step::new(permit, DrawArticle { article_id }));
    }
    for done in db.change_series(steps).await? {
        done?;
    }
    used(db, &actor).await?;
    said(db, unit).await
}

/// An article went into answers, and was not always a help.
async fn used(db: &Db, actor: &Actor) -> anyhow::Result<()> {
    let mut steps = Vec::new();
    for (words, text) in USED {
        let Some(article) = article(db, actor, words).await? else {
            continue;
        };
        for row in solved(db, actor, Some(text), 12).await? {
            let ticket = show::by_id(db, actor, row.id).await?;
            let entries = thread::thread(db, &ticket).await?;
            let is_answer = |m: &message::Model| {
                m.direction == Direction::Out && m.audience == Audience::Requester
            };
            let Some(answer) = entries.iter().rfind(|e| is_answer(&e.message)) else {
                continue;
            };
            let command = UseArticle {
                message_id: answer.message.id,
                article_id: article.row.id,
                version: article.shown(),
            };
            let permit = Permit::ask(actor, ticket.clone())?.dated(ended(&ticket))?;
            steps.push(Step::new(permit, command));
        }
    }
    for done in db.change_series(steps).await? {
        done?;
    }
    Ok(())
}

async fn said(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    for (place, (words, helped, word)) in SAID.into_iter().enumerate() {
        let on_behalf_of = unit.agents.get(place % unit.agents.len().max(1));
        let on_behalf_of = on_behalf_of.map(|agent| agent.id);
        let actor = Actor::System(Rule::Import { on_behalf_of });
        let Some(article) = article(db, &actor, words).await? else {
            continue;
        };
        let command = GiveFeedback {
            version: article.shown(),
            helped,
            word: word.to_owned(),
        };
        db.change(Permit::ask(&actor, article)?, command).await?;
    }
    Ok(())
}

async fn article(db: &Db, actor: &Actor, words: &str) -> anyhow::Result<Option<Article>> {
    let wanted = Wanted {
        words: words.to_owned(),
        ..Wanted::default()
    };
    let found = articles::list(db, actor, &wanted, None, 1).await?;
    match found.rows.first() {
        Some(line) => Ok(Some(article::find(db, actor, line.id).await?)),
        None => Ok(None),
    }
}

fn ended(ticket: &Ticket) -> entities::Instant {
    ticket
        .closed_at
        .or(ticket.solved_at)
        .unwrap_or(ticket.changed_at)
}

async fn solved(db: &Db, actor: &Actor, text: Option<&str>, most: u64) -> anyhow::Result<Vec<Row>> {
    let filter = Filter {
        standings: vec![Standing::Solved, Standing::Closed],
        text: text.map(str::to_owned),
        ..Filter::default()
    };
    let page = list(db, actor, &filter, Sort::default(), None, most).await?;
    Ok(page.rows)
}
