//! Which rules hold for some claims, and what that would change for a person. Nothing is written here.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::list::{gift_names, of_provider};
use super::{Gift, Gives, Model, Operator, gift};
use crate::clock::day;
use crate::db::Db;
use crate::error::{DeskError, Result};
use crate::person::Person;
use crate::{person, team};

/// The most of a claim's values that a page shows.
const MOST_SHOWN: usize = 5;
const MOST_CHARS: usize = 80;

/// One rule and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub rule: Model,
    /// None when what it gives is retired.
    pub gift_name: Option<String>,
    pub holds: bool,
    /// What stands at its path, shortened.
    pub found: Vec<String>,
}

/// The change for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub give: BTreeSet<Gift>,
    pub take: BTreeSet<Gift>,
    /// Held by hand or by another provider's rules, whatever these say.
    pub stay: BTreeSet<Gift>,
}

/// What each rule of a provider says to these claims.
pub async fn judge(db: &Db, provider_id: Uuid, claims: &Map<String, Value>) -> Result<Vec<Judged>> {
    let names = gift_names(db).await?;
    let rules = of_provider(db, provider_id).await?;
    let judged = |rule: Model| {
        let values = values(&rule.path, claims);
        Judged {
            gift_name: names.get(&rule.gift()).cloned(),
            holds: values.iter().any(|value| holds(&rule, value)),
            found: shown(&values),
            rule,
        }
    };
    Ok(rules.into_iter().map(judged).collect())
}

/// What rules that hold give; retired roles, teams and organisations are given to nobody.
pub(super) fn wanted(judged: &[Judged]) -> BTreeSet<Gift> {
    let given = judged.iter().filter(|j| j.holds && j.gift_name.is_some());
    given.map(|j| j.rule.gift()).collect()
}

/// What these claims would change for a person.
pub async fn preview(
    db: &Db,
    provider_id: Uuid,
    judged: &[Judged],
    person_id: Uuid,
) -> Result<Change> {
    let person = person::standing(db, person_id).await?;
    let teams = team::of_person(db, person_id).await?;
    let today = day(db.clock().now());
    Ok(change(&person, &teams, provider_id, &wanted(judged), today))
}

/// The same for a person whose row is at hand.
pub(super) fn change(
    person: &Person,
    teams: &[Uuid],
    provider_id: Uuid,
    wanted: &BTreeSet<Gift>,
    today: chrono::NaiveDate,
) -> Change {
    let of = |gives, ids: &[Uuid]| {
        let gift = move |id: &Uuid| Gift { gives, id: *id };
        ids.iter().map(gift).collect::<Vec<_>>()
    };
    let has: BTreeSet<Gift> = of(Gives::Role, &person.role_ids)
        .into_iter()
        .chain(of(Gives::Team, teams))
        .chain(of(Gives::Organisation, &person.organisation_ids(today)))
        .collect();
    let given = |ours: bool| -> BTreeSet<Gift> {
        let gifts = person.gifts.iter();
        let gifts = gifts.filter(move |g: &&gift::Model| (g.provider_id == provider_id) == ours);
        gifts.map(gift::Model::gift).collect()
    };
    let (ours, others) = (given(true), given(false));
    let gone: BTreeSet<Gift> = ours.difference(wanted).copied().collect();
    Change {
        give: wanted.difference(&has).copied().collect(),
        take: gone
            .iter()
            .filter(|gift| has.contains(gift) && !others.contains(gift))
            .copied()
            .collect(),
        stay: has.iter().filter(|g| !ours.contains(g)).copied().collect(),
    }
}

fn holds(rule: &Model, value: &str) -> bool {
    match rule.operator {
        Operator::Is => value == rule.value,
        Operator::Begins => value.starts_with(&rule.value),
        Operator::Contains => value.contains(&rule.value),
        Operator::Present => true,
    }
}

/// The texts at a path; lists count each of theirs.
fn values(path: &str, claims: &Map<String, Value>) -> Vec<String> {
    let whole = Value::Object(claims.clone());
    let at = if path.starts_with('/') {
        whole.pointer(path)
    } else {
        // A name may hold dots itself, such as that of a claim by address.
        claims.get(path).or_else(|| {
            path.split('.')
                .try_fold(&whole, |at, name| at.as_object()?.get(name))
        })
    };
    let mut found = Vec::new();
    if let Some(at) = at {
        gather(at, &mut found);
    }
    found
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Number(_) | Value::Bool(_) => found.push(value.to_string()),
        Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
        Value::Null | Value::Object(_) => {}
    }
}

fn shown(values: &[String]) -> Vec<String> {
    let short = |value: &String| value.chars().take(MOST_CHARS).collect();
    values.iter().take(MOST_SHOWN).map(short).collect()
}

/// Claims as somebody pasted them: a JSON object, or a token whose signature nobody asks for here.
///
/// # Errors
/// `NotClaims` when it is neither.
pub fn pasted(text: &str) -> Result<Map<String, Value>> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let text = text.trim();
    let parse = |bytes: &[u8]| serde_json::from_slice(bytes).ok();
    let token = || {
        let payload = text.split('.').nth(1)?.trim_end_matches('=');
        parse(&URL_SAFE_NO_PAD.decode(payload).ok()?)
    };
    parse(text.as_bytes())
        .or_else(token)
        .ok_or(DeskError::Rejected(crate::error::Rejected::NotClaims))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    fn at(path: &str, claims: Value) -> Vec<String> {
        let Value::Object(claims) = claims else {
            panic!()
        };
        values(path, &claims)
    }

    #[test]
    fn a_path_leads_through_objects_and_into_lists() {
        let claims = json!({
            "groups": ["Jugend", "Zahlstelle"], "realm_access": { "roles": ["agent"] },
            "https://amt.example/org": "PA", "level": 3, "empty": null
        });
        assert_eq!(at("groups", claims.clone()), ["Jugend", "Zahlstelle"]);
        assert_eq!(at("realm_access.roles", claims.clone()), ["agent"]);
        assert_eq!(at("/realm_access/roles/0", claims.clone()), ["agent"]);
        assert_eq!(at("https://amt.example/org", claims.clone()), ["PA"]);
        assert_eq!(at("level", claims.clone()), ["3"]);
        assert!(at("empty", claims.clone()).is_empty() && at("none.of.it", claims).is_empty());
    }

    #[test]
    fn claims_are_pasted_as_an_object_or_as_a_token() {
        assert_eq!(pasted(r#" {"sub":"1"} "#).unwrap()["sub"], "1");
        assert_eq!(
            pasted("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.").unwrap()["sub"],
            "1"
        );
        assert!(pasted("[1]").is_err() && pasted("a.b.c").is_err() && pasted("").is_err());
    }
}
