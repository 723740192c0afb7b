//! The tree a ticket stands in: what is above it and what is below, several levels each way.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QuerySelect, Statement};
use uuid::Uuid;

use crate::actor::Actor;
use crate::db::{Db, few_forms};
use crate::error::Result;
use crate::ticket::show::visible_to;
use crate::ticket::state::{State, WaitingFor};
use crate::ticket::table;

/// How many levels are shown each way.
pub const MOST_LEVELS: i32 = 4;

/// The most tickets of a tree.
const MOST: i64 = 100;

/// A ticket above or below another one.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Node {
    pub id: Uuid,
    pub number: String,
    pub title: String,
    pub state: State,
    pub waiting_for: Option<WaitingFor>,
    /// What is shown below it, by number.
    #[sea_orm(skip)]
    pub below: Vec<Node>,
}

/// What stands around a ticket as far as the actor sees it: a ticket that is hidden hides what only it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The parents, each with its own parents as `below`.
    pub above: Vec<Node>,
    pub below: Vec<Node>,
}

#[derive(FromQueryResult)]
struct Edge {
    from_id: Uuid,
    to_id: Uuid,
    up: i32,
}

/// Reads the tree of a ticket the actor has already found.
pub async fn tree(db: &Db, actor: &Actor, ticket_id: Uuid) -> Result<Tree> {
    let edges = edges(db, ticket_id).await?;
    if edges.is_empty() {
        return Ok(Tree::default());
    }
    let ids: HashSet<Uuid> = edges.iter().map(|edge| edge.to_id).collect();
    let nodes: Vec<Node> = visible_to(actor)
        .filter(table::Column::Id.is_in(few_forms(ids)))
        .select_only()
        .columns([
            table::Column::Id,
            table::Column::Number,
            table::Column::Title,
            table::Column::State,
            table::Column::WaitingFor,
        ])
        .into_model()
        .all(db.reader())
        .await?;
    let known: HashMap<Uuid, Node> = nodes.into_iter().map(|node| (node.id, node)).collect();
    let grow = |up: i32| {
        let mut of: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
        for edge in edges.iter().filter(|edge| edge.up == up) {
            let to = of.entry(edge.from_id).or_default();
            if !to.contains(&edge.to_id) {
                to.push(edge.to_id);
            }
        }
        branch(ticket_id, &of, &known, MOST_LEVELS)
    };
    Ok(Tree {
        above: grow(1),
        below: grow(0),
    })
}

fn branch(
    id: Uuid,
    of: &HashMap<Uuid, Vec<Uuid>>,
    known: &HashMap<Uuid, Node>,
    levels: i32,
) -> Vec<Node> {
    if levels == 0 {
        return vec![];
    }
    let ids = of.get(&id).map(Vec::as_slice).unwrap_or_default();
    let mut nodes: Vec<Node> = ids
        .iter()
        .filter_map(|id| known.get(id))
        .map(|node| Node {
            below: branch(node.id, of, known, levels - 1),
            ..node.clone()
        })
        .collect();
    nodes.sort_by(|a, b| a.number.cmp(&b.number));
    nodes
}

async fn edges(db: &Db, ticket_id: Uuid) -> Result<Vec<Edge>> {
    let walk = |name: &str, kind: &str| {
        format!(
            "{name}(from_id, to_id, level) AS (SELECT ticket_id, other_id, 1 FROM link WHERE ticket_id = $1 \
             AND kind = '{kind}' UNION SELECT l.ticket_id, l.other_id, w.level + 1 FROM link l \
             JOIN {name} w ON l.ticket_id = w.to_id WHERE l.kind = '{kind}' AND w.level < $2)"
        )
    };
    let sql = format!(
        "WITH RECURSIVE {}, {} SELECT from_id, to_id, up FROM (SELECT from_id, to_id, level, 1 AS up FROM higher \
         UNION ALL SELECT from_id, to_id, level, 0 AS up FROM lower_) walked ORDER BY level LIMIT $3",
        walk("higher", "child_of"),
        walk("lower_", "parent_of"),
    );
    let values = [ticket_id.into(), MOST_LEVELS.into(), MOST.into()];
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, values);
    Ok(Edge::find_by_statement(statement).all(db.reader()).await?)
}
