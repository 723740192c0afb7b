//! Settings that stand below one another: services and categories.

use std::collections::HashMap;

use uuid::Uuid;

use super::Choice;
use crate::text;

/// One that may stand below another of its kind.
pub(crate) trait Branch {
    fn id(&self) -> Uuid;
    fn name(&self) -> &str;
    /// What it stands below.
    fn above(&self) -> Option<Uuid>;
}

/// Children behind their parents, by name on every level, each with its steps below the top; a child whose parent is
/// not among them stands at the top.
pub(crate) fn tree<T: Branch>(mut all: Vec<T>) -> Vec<(T, usize)> {
    all.sort_by_cached_key(|one| (text::fold(one.name()), one.id()));
    let known: Vec<Uuid> = all.iter().map(Branch::id).collect();
    let mut below: HashMap<Option<Uuid>, Vec<T>> = HashMap::new();
    for one in all {
        let above = one.above().filter(|id| known.contains(id));
        below.entry(above).or_default().push(one);
    }
    let mut stack = top(&mut below, None, 0);
    let mut rows = Vec::new();
    while let Some((one, depth)) = stack.pop() {
        stack.extend(top(&mut below, Some(one.id()), depth + 1));
        rows.push((one, depth));
    }
    rows
}

fn top<T>(
    below: &mut HashMap<Option<Uuid>, Vec<T>>,
    above: Option<Uuid>,
    depth: usize,
) -> Vec<(T, usize)> {
    let children = below.remove(&above).unwrap_or_default();
    children.into_iter().rev().map(|one| (one, depth)).collect()
}

/// The lines of a tree as choices, each called by its way from the top.
pub(crate) fn ways<T: Branch>(tree: Vec<(T, usize)>) -> Vec<Choice> {
    let mut way: Vec<String> = Vec::new();
    let choice = |(one, depth): (T, usize)| {
        way.truncate(depth);
        way.push(one.name().to_owned());
        Choice {
            id: one.id(),
            name: way.join(" › "),
        }
    };
    tree.into_iter().map(choice).collect()
}

/// One and all below it, by what each stands below.
pub(crate) fn below(top: Uuid, above: &HashMap<Uuid, Option<Uuid>>) -> Vec<Uuid> {
    let mut found = vec![top];
    let mut at = 0;
    while let Some(one) = found.get(at).copied() {
        let children = above.iter().filter(|(_, above)| **above == Some(one));
        let new: Vec<Uuid> = children.map(|(id, _)| *id).collect();
        let new: Vec<Uuid> = new.into_iter().filter(|id| !found.contains(id)).collect();
        found.extend(new);
        at += 1;
    }
    found
}
