//! What the demo's unit learns from its cases: some are called reusable, and one has become an article.

use entities::article::list::{self as articles, Wanted};
use entities::ledger::Step;
use entities::ticket::filter::{Filter, Standing};
use entities::ticket::list::{Row, Sort, list};
use entities::ticket::{DrawArticle, SetReusable, Ticket, show};
use entities::{Actor, Db, Permit, Rule};

use super::database::Unit;

/// Every so many of the cases solved last helps others too.
const EVERY: usize = 6;
/// What the case and the article that was drawn from it are found by.
const DRAWN: (&str, &str) = ("Chipkarte", "Gesperrte Chipkarte");

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
    let (case, article) = DRAWN;
    let wanted = Wanted {
        words: article.to_owned(),
        ..Wanted::default()
    };
    let article = articles::list(db, &actor, &wanted, None, 1).await?;
    let case = solved(db, &actor, Some(case), 1).await?;
    if let (Some(article), Some(case)) = (article.rows.first(), case.first()) {
        let ticket = show::by_id(db, &actor, case.id).await?;
        let permit = Permit::ask(&actor, ticket.clone())?.dated(ended(&ticket))?;
        let article_id = article.id;
        steps.push(Step::new(permit, DrawArticle { article_id }));
    }
    for done in db.change_series(steps).await? {
        done?;
    }
    Ok(())
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
