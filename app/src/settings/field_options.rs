//! The options of a field as a text: one a line, levels by dashes, so that many can be pasted at once. A line ends
//! with the mark of its option, which makes it the same one whatever is written before it.

use std::collections::{HashMap, HashSet};

use entities::Uuid;
use entities::field::{Choice, Words, option};
use entities::text::fold;

use crate::fields::words::said;
use crate::web::cx::Cx;

/// So many faults are named; of more their number is told.
const MOST_TOLD: usize = 5;
/// The most characters of a label.
const MOST_CHARS: usize = 200;

/// Digits of an option's id in its mark.
const MARK: usize = 8;

/// What an option's line ends with.
fn mark(id: Uuid) -> String {
    let id = id.simple().to_string();
    format!("#{}", &id[id.len() - MARK..])
}

fn is_mark(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == MARK && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// What options can depend on: names and ids.
pub type Givers = Vec<(String, Uuid)>;

/// The text of options, in their order.
pub fn text(options: &[Choice], givers: &Givers) -> String {
    let mut lines = Vec::with_capacity(options.len());
    let above = option::Above::of(options);
    let by_id: HashMap<Uuid, &str> = givers
        .iter()
        .map(|(name, id)| (*id, name.as_str()))
        .collect();
    for option in options {
        let depth = above.path(option.id).len().saturating_sub(1);
        let mut line = "- ".repeat(depth);
        if option.retired {
            line.push_str("~ ");
        }
        line.push_str(&option.label.de);
        if option.label.en != option.label.de {
            line.push_str(" | ");
            line.push_str(&option.label.en);
        }
        let given = option.given.iter().filter_map(|id| by_id.get(id).copied());
        let given: Vec<&str> = given.collect();
        if !given.is_empty() {
            line.push_str(" @ ");
            line.push_str(&given.join("; "));
        }
        line.push(' ');
        line.push_str(&mark(option.id));
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
    mark: Option<&'a str>,
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
    let (rest, mark) = match rest.trim_end().rsplit_once(' ') {
        Some((before, last)) if is_mark(last) => (before, Some(last)),
        _ => (rest, None),
    };
    let (label, given) = rest.split_once(" @ ").unwrap_or((rest, ""));
    let (de, en) = label.split_once('|').unwrap_or((label, ""));
    Line {
        depth,
        retired,
        de: de.trim(),
        en: en.trim(),
        given: given.trim(),
        mark,
    }
}

/// Reads a text over the options there were: a line with the mark of an option is that option under whatever words;
/// without a mark, the same words in the same place are the same option. One that is no longer in the text is
/// retired, so that old values keep their words.
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
    let marked: HashMap<String, &Choice> = before.iter().map(|o| (mark(o.id), o)).collect();
    let marks = text.lines().filter_map(|typed| line(typed).mark);
    let claimed: HashSet<Uuid> = marks.filter_map(|m| Some(marked.get(m)?.id)).collect();
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
    let mut used: HashSet<Uuid> = HashSet::new();
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
        let same = match line.mark {
            Some(mark) => match marked.get(mark) {
                Some(option) if !used.insert(option.id) => {
                    fault(number, "field-options-mark-twice", mark);
                    continue;
                }
                Some(option) => Some(option.id),
                None => {
                    fault(number, "field-options-mark", mark);
                    continue;
                }
            },
            // The words are free again when their option has got others.
            None => known
                .get(&place)
                .map(|o| o.id)
                .filter(|id| !claimed.contains(id)),
        };
        let id = same.unwrap_or_else(entities::new_id);
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
    let kept: HashSet<Uuid> = options.iter().map(|o| o.id).collect();
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
    let old: HashMap<Uuid, &Choice> = before.iter().map(|o| (o.id, o)).collect();
    let new = after.iter().filter(|o| !old.contains_key(&o.id)).count();
    let args = [
        ("new", new.into()),
        ("count", in_use(after).into()),
        ("retired", (after.len() - in_use(after)).into()),
    ];
    cx.locale.t_with("field-options-told", &args)
}

/// The options that get other words, before and after, up to [`MOST_TOLD`].
pub fn renamed<'a>(before: &'a [Choice], after: &'a [Choice]) -> Vec<(&'a Words, &'a Words)> {
    let old: HashMap<Uuid, &Choice> = before.iter().map(|o| (o.id, o)).collect();
    let other = after.iter().filter_map(|o| {
        let was = old.get(&o.id)?;
        (was.label != o.label).then_some((&was.label, &o.label))
    });
    other.take(MOST_TOLD).collect()
}

/// The words of an option with those above it, as dependent options name it.
pub fn givers_of(cx: &Cx, options: &[Choice]) -> Givers {
    let above = option::Above::of(options);
    let named = options.iter().map(|o| {
        let path = above.path(o.id);
        let parts: Vec<&str> = path.iter().map(|o| said(cx.locale, &o.label)).collect();
        (parts.join(" › "), o.id)
    });
    named.collect()
}
