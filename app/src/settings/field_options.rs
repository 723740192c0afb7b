//! The options of a field as a text: one a line, levels by dashes, so that many can be pasted at once.

use std::collections::HashMap;

use entities::Uuid;
use entities::field::{Choice, Words, option};
use entities::text::fold;

use crate::fields::words::said;
use crate::web::cx::Cx;

/// So many faults are named; of more their number is told.
const MOST_TOLD: usize = 5;
/// The most characters of a label.
const MOST_CHARS: usize = 200;

/// What options can depend on: names and ids.
pub type Givers = Vec<(String, Uuid)>;

/// The text of options, in their order.
pub fn text(options: &[Choice], givers: &Givers) -> String {
    let mut lines = Vec::with_capacity(options.len());
    for option in options {
        let depth = option::path(options, option.id).len().saturating_sub(1);
        let mut line = "- ".repeat(depth);
        if option.retired {
            line.push_str("~ ");
        }
        line.push_str(&option.label.de);
        if option.label.en != option.label.de {
            line.push_str(" | ");
            line.push_str(&option.label.en);
        }
        let given = option.given.iter().filter_map(|id| {
            let found = givers.iter().find(|(_, of)| of == id)?;
            Some(found.0.as_str())
        });
        let given: Vec<&str> = given.collect();
        if !given.is_empty() {
            line.push_str(" @ ");
            line.push_str(&given.join("; "));
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// A line, taken apart.
struct Line<'a> {
    depth: usize,
    retired: bool,
    de: &'a str,
    en: &'a str,
    given: &'a str,
}

fn line(text: &str) -> Line<'_> {
    let mut rest = text;
    let mut depth = 0;
    loop {
        if let Some(after) = rest.strip_prefix(['-', '–', '\t']) {
            rest = after.trim_start_matches(' ');
        } else if let Some(after) = rest.strip_prefix("  ") {
            rest = after;
        } else {
            break;
        }
        depth += 1;
    }
    let (retired, rest) = match rest.trim_start().strip_prefix('~') {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let (label, given) = rest.split_once(" @ ").unwrap_or((rest, ""));
    let (de, en) = label.split_once('|').unwrap_or((label, ""));
    Line {
        depth,
        retired,
        de: de.trim(),
        en: en.trim(),
        given: given.trim(),
    }
}

/// Reads a text over the options there were: the same words in the same place are the same option, and one that
/// is no longer in the text is retired, so that old values keep their words.
///
/// # Errors
/// Which lines are wrong and why, in one sentence.
pub fn read(
    cx: &Cx,
    text: &str,
    before: &[Choice],
    givers: &Givers,
) -> Result<Vec<Choice>, String> {
    let mut known: HashMap<(Option<Uuid>, String), &Choice> = HashMap::with_capacity(before.len());
    for option in before {
        known
            .entry((option.parent_id, fold(&option.label.de)))
            .or_insert(option);
    }
    let by_name: HashMap<String, Uuid> = givers.iter().map(|(n, id)| (fold(n), *id)).collect();
    let mut faults = Vec::new();
    let mut count = 0usize;
    let mut fault = |number: usize, key: &str, what: &str| {
        count += 1;
        if faults.len() < MOST_TOLD {
            let args = [("line", number.into()), ("option", what.into())];
            faults.push(cx.locale.t_with(key, &args));
        }
    };
    let mut above: Vec<Uuid> = Vec::new();
    let mut lines: HashMap<(Option<Uuid>, String), usize> = HashMap::new();
    let mut options: Vec<Choice> = Vec::new();
    for (number, typed) in text.lines().enumerate() {
        let number = number + 1;
        if typed.trim().is_empty() {
            continue;
        }
        let line = line(typed);
        if line.de.is_empty() {
            fault(number, "field-options-empty", "");
            continue;
        }
        if line.de.chars().count() > MOST_CHARS || line.en.chars().count() > MOST_CHARS {
            fault(number, "field-options-long", "");
            continue;
        }
        if line.depth > above.len() {
            fault(number, "field-options-level", line.de);
            continue;
        }
        above.truncate(line.depth);
        let parent_id = above.last().copied();
        let place = (parent_id, fold(line.de));
        if lines.contains_key(&place) {
            fault(number, "field-options-twice", line.de);
            continue;
        }
        let mut given = Vec::new();
        for name in line
            .given
            .split(';')
            .map(str::trim)
            .filter(|n| !n.is_empty())
        {
            match by_name.get(&fold(name)) {
                Some(id) => given.push(*id),
                None => fault(number, "field-options-giver", name),
            }
        }
        let same = known.get(&place);
        let id = same.map_or_else(entities::new_id, |o| o.id);
        lines.insert(place, number);
        above.push(id);
        options.push(Choice {
            id,
            parent_id,
            label: Words::new(line.de, if line.en.is_empty() { line.de } else { line.en }),
            given,
            retired: line.retired,
        });
    }
    if count > 0 {
        let more = count - faults.len();
        if more > 0 {
            let args = [("count", more.into())];
            faults.push(cx.locale.t_with("field-options-more", &args));
        }
        return Err(faults.join(" "));
    }
    let kept: std::collections::HashSet<Uuid> = options.iter().map(|o| o.id).collect();
    let gone = before.iter().filter(|o| !kept.contains(&o.id));
    options.extend(gone.map(|o| Choice {
        retired: true,
        ..o.clone()
    }));
    Ok(options)
}

/// How many options came, went and stayed.
pub fn told(cx: &Cx, before: &[Choice], after: &[Choice]) -> String {
    let in_use = |all: &[Choice]| all.iter().filter(|o| !o.retired).count();
    let old: std::collections::HashSet<Uuid> = before.iter().map(|o| o.id).collect();
    let new = after.iter().filter(|o| !old.contains(&o.id)).count();
    let args = [
        ("new", new.into()),
        ("count", in_use(after).into()),
        ("retired", (after.len() - in_use(after)).into()),
    ];
    cx.locale.t_with("field-options-told", &args)
}

/// The words of an option with those above it, as dependent options name it.
pub fn givers_of(cx: &Cx, options: &[Choice]) -> Givers {
    let named = options.iter().map(|o| {
        let path = option::path(options, o.id);
        let parts: Vec<&str> = path.iter().map(|o| said(cx.locale, &o.label)).collect();
        (parts.join(" › "), o.id)
    });
    named.collect()
}
