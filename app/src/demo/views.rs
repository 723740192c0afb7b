//! The views of the demo's unit: some of a team, one for all that asks for a field, one of a person's own.

use entities::field::read;
use entities::setting::{self, Show};
use entities::ticket::filter::RepairIs;
use entities::view::{self, Grouping, ListColumn, Shelf, View, ViewFacts};
use entities::{Actor, Db, Permit, Rule, Uuid};

use super::database::Unit;
use super::unit::JUGEND_1;
use crate::tickets::list_query::ListQuery;

/// The services that have a view of their own.
const SERVICES: [&str; 3] = ["KITA-Netz", "HortPlan", "UVG-Plus"];

/// Makes those that are missing; nothing that somebody has changed since is touched.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let annika = unit.agents.first().map(|agent| agent.id);
    let keeper = Actor::System(Rule::Import {
        on_behalf_of: annika,
    });
    let known = view::list(db, &keeper, Show::All).await?;
    for facts in views(db, unit, annika).await? {
        let is_there = |view: &View| view.shelf() == facts.shelf && view.name == facts.name;
        if known.iter().any(is_there) {
            continue;
        }
        let permit = Permit::ask(&keeper, facts.shelf)?;
        db.change(permit, view::Create { facts, once: None })
            .await?;
    }
    Ok(())
}

async fn views(db: &Db, unit: &Unit, annika: Option<Uuid>) -> anyhow::Result<Vec<ViewFacts>> {
    let mut all = Vec::new();
    for name in SERVICES {
        let service = unit.service(name, None).map(|id| id.to_string());
        let query = ListQuery {
            service: service.into_iter().collect(),
            ..ListQuery::default()
        };
        let facts = kept(name, Shelf::Team(unit.teams[JUGEND_1]), &query);
        all.push(ViewFacts {
            grouping: Some(Grouping::District),
            ..facts
        });
    }
    if let Some(id) = annika {
        let query = ListQuery {
            repair: RepairIs::WithVendor.name().to_owned(),
            age: "14".to_owned(),
            ..ListQuery::default()
        };
        let facts = kept("Lange beim Hersteller", Shelf::Person(id), &query);
        all.push(ViewFacts {
            sort: "created".to_owned(),
            grouping: Some(Grouping::Service),
            ..facts
        });
    }
    all.extend(wide_impact(db).await?);
    for (place, facts) in (1..).zip(&mut all) {
        facts.position = place * setting::position::STEP;
    }
    Ok(all)
}

/// What keeps a whole district or more from working.
async fn wide_impact(db: &Db) -> anyhow::Result<Option<ViewFacts>> {
    let definitions = read::definitions(db).await?;
    let ids = definitions.iter().filter(|f| f.row.key == "impact");
    let ids: Vec<Uuid> = ids.map(|f| f.row.id).collect();
    let field = read::with_options(db, &ids).await?.pop();
    Ok(field.map(|field| {
        let wide = field.options.iter().skip(2).map(|o| o.id.to_string());
        let wide: Vec<String> = wide.collect();
        let query = ListQuery {
            field: vec![format!("{}:{}", field.row.key, wide.join(","))],
            ..ListQuery::default()
        };
        ViewFacts {
            sort: "-priority".to_owned(),
            columns: vec![
                ListColumn::Number,
                ListColumn::Title,
                ListColumn::District,
                ListColumn::Service,
                ListColumn::Priority,
                ListColumn::Field(field.row.key.clone()),
                ListColumn::Owner,
            ],
            ..kept("Ganze Bezirke betroffen", Shelf::Everybody, &query)
        }
    }))
}

fn kept(name: &str, shelf: Shelf, query: &ListQuery) -> ViewFacts {
    ViewFacts {
        name: name.to_owned(),
        shelf,
        query: query.kept_filter(),
        columns: vec![],
        sort: String::new(),
        grouping: None,
        position: 0,
    }
}
