//! Decisions about settings, without a database.
#![allow(clippy::unwrap_used)]

use chrono::DateTime;
use uuid::Uuid;

use super::{Create, Facts, Restore, Retire, SettingEvent, Update};
use crate::actor::{Actor, Rule};
use crate::clock::Instant;
use crate::error::Rejected;
use crate::ledger::{Command, Event};
use crate::person::{Person, PersonEvent, PersonFacts, SetMemberships, SetPassword, SetRoles};
use crate::policy::{Grant, Permission, Scope};
use crate::role::RoleFacts;
use crate::service::{Service, ServiceFacts};
use crate::{mailbox, person};

const ACTOR: Actor = Actor::System(Rule::Console);
const NOW: Instant = DateTime::UNIX_EPOCH;

fn service() -> Service {
    Service {
        id: Uuid::nil(),
        name: "Zahlung".into(),
        parent_id: None,
        team_id: None,
        time_limit_id: None,
        created_at: NOW,
        retired_at: None,
    }
}

fn named(name: &str) -> ServiceFacts {
    ServiceFacts {
        name: name.into(),
        parent_id: None,
        team_id: None,
        time_limit_id: None,
    }
}

fn someone() -> Person {
    Person {
        row: person::Model {
            id: Uuid::nil(),
            name: "Annika Brandt".into(),
            folded_name: "annika brandt".into(),
            salutation: None,
            email: Some("a@b.example".into()),
            phone: None,
            phone_digits: None,
            password_hash: None,
            created_at: NOW,
            retired_at: None,
        },
        role_ids: vec![],
        memberships: vec![],
        identities: vec![],
        deputy: None,
        absences: vec![],
        team_ids: vec![],
        gifts: vec![],
        factor: None,
        invitation: None,
    }
}

#[test]
fn a_name_is_trimmed_and_needed() {
    let create = |name| Create::<Service> {
        facts: named(name),
        once: None,
    };
    let events = create("  Hort\r\n")
        .decide(&service(), &ACTOR, NOW)
        .unwrap();
    assert_eq!(events, [SettingEvent::Created(Box::new(named("Hort")))]);
    let refused = create(" \n ").decide(&service(), &ACTOR, NOW);
    assert_eq!(refused, Err(Rejected::EmptyName));
}

#[test]
fn an_update_records_only_what_changed() {
    let update = |name| Update::<Service> {
        id: Uuid::nil(),
        facts: named(name),
    };
    assert_eq!(
        update("Zahlung").decide(&service(), &ACTOR, NOW),
        Ok(vec![])
    );
    let events = update("Auszahlung")
        .decide(&service(), &ACTOR, NOW)
        .unwrap();
    let record = events[0].record();
    assert_eq!(
        record,
        serde_json::json!({ "name": { "from": "Zahlung", "to": "Auszahlung" } })
    );
}

#[test]
fn what_is_retired_is_restored_before_it_changes() {
    let mut retired = service();
    retired.retired_at = Some(NOW);
    let id = retired.id;
    let update = Update::<Service> {
        id,
        facts: named("Neu"),
    };
    assert_eq!(update.decide(&retired, &ACTOR, NOW), Err(Rejected::Retired));
    let retire = Retire::<Service>::of(id);
    assert_eq!(retire.decide(&retired, &ACTOR, NOW), Ok(vec![]));
    let restore = Restore::<Service>::of(id);
    assert_eq!(
        restore.decide(&retired, &ACTOR, NOW),
        Ok(vec![SettingEvent::Restored])
    );
}

#[test]
fn nothing_personal_is_in_the_record_of_a_person() {
    let facts = PersonFacts {
        name: "Annika Brandt".into(),
        salutation: None,
        email: Some("Annika@Brandt.example".into()),
        phone: Some("030 471".into()),
    };
    let create = person::Create {
        facts,
        organisation_ids: vec![Uuid::nil(), Uuid::nil()],
        once: None,
    };
    let events = create.decide(&someone(), &ACTOR, NOW).unwrap();
    assert_eq!(events.len(), 2);
    let records: String = events.iter().map(|e| e.record().to_string()).collect();
    for word in ["Annika", "annika", "471", "brandt"] {
        assert!(!records.contains(word), "{records}");
    }
    let set = PersonEvent::PasswordSet {
        person_id: Uuid::nil(),
        hash: "secret".into(),
        by: person::PasswordBy::Oneself,
    };
    assert!(!set.record().to_string().contains("secret"));
}

#[test]
fn no_role_holds_what_only_the_system_does() {
    let grant = |permission| Grant {
        permission,
        scope: Scope::Everything,
    };
    let facts = RoleFacts {
        name: "Alles".into(),
        shipped_as: None,
        grants: Permission::ALL.iter().copied().map(grant).collect(),
    };
    let kept = facts.checked().unwrap().grants;
    assert!(
        kept.iter()
            .all(|g| !Permission::SYSTEM_ONLY.contains(&g.permission))
    );
    assert!(kept.contains(&grant(Permission::ManageRoles)));
}

#[test]
fn a_mail_address_ends_no_header() {
    let facts = |address: &str| mailbox::MailboxFacts::new("it", address, "IT");
    assert_eq!(
        facts(" Desk@Stadt.example ").checked().unwrap().address,
        "desk@stadt.example"
    );
    for bad in ["", "desk", "@stadt.example", "a@b\r\nBcc: c@d", "<a@b>"] {
        assert_eq!(facts(bad).checked(), Err(Rejected::NotAnAddress), "{bad}");
    }
}

#[test]
fn a_retired_person_gets_neither_password_nor_roles() {
    let mut person = someone();
    person.row.retired_at = Some(NOW);
    let id = Uuid::nil();
    let password = SetPassword {
        id,
        hash: String::new(),
    };
    assert_eq!(
        password.decide(&person, &ACTOR, NOW),
        Err(Rejected::Retired)
    );
    let roles = SetRoles {
        id,
        role_ids: vec![],
    };
    assert_eq!(roles.decide(&person, &ACTOR, NOW), Err(Rejected::Retired));
}

#[test]
fn one_who_moves_is_remembered_where_they_were() {
    use crate::ledger::Subject;
    let (old, new) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut person = someone();
    for (ids, at) in [
        (vec![old], NOW),
        (vec![new], NOW + chrono::Duration::days(9)),
    ] {
        let command = SetMemberships {
            id: person.row.id,
            organisation_ids: ids,
        };
        for event in command.decide(&person, &ACTOR, at).unwrap() {
            person.apply(&event, at);
        }
    }
    let on = |days| NOW.date_naive() + chrono::Duration::days(days);
    assert_eq!(person.organisation_ids(on(8)), [old]);
    assert_eq!(person.organisation_ids(on(9)), [new]);
}
