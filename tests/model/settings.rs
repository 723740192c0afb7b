//! Rules across rows: names once, no circles, nothing retired, an administrator remains.

use entities::person::{self, PersonFacts, SetPassword, SetRoles};
use entities::service::{self, ServiceFacts};
use entities::setting::Show;
use entities::team::{self, TeamFacts};
use entities::{DeskError, Rejected, Uuid, first_start, mailbox, role};
use rstest::rstest;

use crate::desk::{Bench, OWNER, On};

fn service(name: &str, parent_id: Option<Uuid>) -> service::Create {
    service::Create {
        facts: ServiceFacts {
            name: name.into(),
            parent_id,
            team_id: None,
            time_limit_id: None,
        },
        once: None,
    }
}

fn team(name: &str) -> team::Create {
    team::Create {
        facts: TeamFacts {
            name: name.into(),
            member_ids: vec![],
        },
        once: None,
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, DeskError>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn a_first_start_is_made_once_however_often_it_runs(#[case] on: On) {
    let bench = Bench::new(on).await;
    let again = (0..4).map(|_| first_start::prepare(&bench.db, "desk@stadt.example"));
    for result in futures_util::future::join_all(again).await {
        result.unwrap();
    }
    let roles = role::list(&bench.db, &OWNER, Show::All).await.unwrap();
    assert_eq!(roles.len(), 8);
    let mailboxes = mailbox::list(&bench.db, &OWNER, Show::All).await.unwrap();
    assert_eq!(mailboxes.len(), 1);
    assert_eq!(mailboxes[0].mailbox.name, "default");
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn a_name_is_taken_once(#[case] on: On) {
    let bench = Bench::new(on).await;
    bench.run(team("Jugend")).await.unwrap();
    assert_eq!(
        refusal(bench.run(team("Jugend")).await),
        Rejected::NameTaken
    );

    let top = bench.run(service("Hort", None)).await.unwrap().subject.id;
    assert_eq!(
        refusal(bench.run(service("Hort", None)).await),
        Rejected::NameTaken
    );
    bench.run(service("Hort", Some(top))).await.unwrap();
    assert_eq!(
        refusal(bench.run(service("Hort", Some(top))).await),
        Rejected::NameTaken
    );
    let facts = mailbox::MailboxFacts::new("other", "Desk@Stadt.example", "");
    let same_address = mailbox::Create { facts, once: None };
    assert_eq!(
        refusal(bench.run(same_address).await),
        Rejected::AddressTaken
    );
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn a_service_is_never_above_itself(#[case] on: On) {
    let bench = Bench::new(on).await;
    let a = bench.run(service("A", None)).await.unwrap().subject;
    let b = bench.run(service("B", Some(a.id))).await.unwrap().subject;
    let c = bench.run(service("C", Some(b.id))).await.unwrap().subject;
    for parent in [a.id, b.id, c.id] {
        let circle = service::Update {
            id: a.id,
            facts: ServiceFacts {
                name: "A".into(),
                parent_id: Some(parent),
                team_id: None,
                time_limit_id: None,
            },
        };
        assert_eq!(refusal(bench.run(circle).await), Rejected::Circular);
    }
    let names: Vec<_> = service::choices(&bench.db)
        .await
        .unwrap()
        .into_iter()
        .map(|c| c.name)
        .collect();
    assert_eq!(names, ["A", "A › B", "A › B › C"]);
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn nothing_new_refers_to_what_is_retired_or_unknown(#[case] on: On) {
    let bench = Bench::new(on).await;
    let old = bench.run(service("Alt", None)).await.unwrap().subject.id;
    bench.run(service::Retire::of(old)).await.unwrap();
    for parent in [old, Uuid::nil()] {
        let below = service("Modul", Some(parent));
        assert_eq!(refusal(bench.run(below).await), Rejected::Retired);
    }
    bench.run(service::Restore::of(old)).await.unwrap();
    bench.run(service("Modul", Some(old))).await.unwrap();
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn the_last_administrator_remains(#[case] on: On) {
    let bench = Bench::new(on).await;
    let shipped = role::shipped(&bench.db, first_start::ADMINISTRATOR).await;
    let administrator = shipped.unwrap().unwrap().id;
    let mut ids = Vec::new();
    for name in ["Annika", "Berta"] {
        let facts = PersonFacts {
            name: name.into(),
            ..PersonFacts::default()
        };
        let create = person::Create {
            facts,
            ..person::Create::default()
        };
        let id = bench.run(create).await.unwrap().subject.row.id;
        let hash = "$argon2id$".to_owned();
        bench.run(SetPassword { id, hash }).await.unwrap();
        let role_ids = vec![administrator];
        bench.run(SetRoles { id, role_ids }).await.unwrap();
        ids.push(id);
    }
    bench.run(person::Retire::of(ids[0])).await.unwrap();
    let last = ids[1];
    assert_eq!(
        refusal(bench.run(person::Retire::of(last)).await),
        Rejected::LastAdministrator
    );
    let no_roles = SetRoles {
        id: last,
        role_ids: vec![],
    };
    assert_eq!(
        refusal(bench.run(no_roles).await),
        Rejected::LastAdministrator
    );
    assert_eq!(
        refusal(bench.run(role::Retire::of(administrator)).await),
        Rejected::LastAdministrator
    );
    let role = role::find(&bench.db, &OWNER, administrator).await.unwrap();
    let less = role::Update {
        id: administrator,
        facts: role::RoleFacts {
            name: role.row.name,
            shipped_as: role.row.shipped_as,
            grants: first_start::agent(),
        },
    };
    assert_eq!(refusal(bench.run(less).await), Rejected::LastAdministrator);
    let actor = person::load_actor(&bench.db, last).await.unwrap().unwrap();
    assert!(actor.may_somewhere(entities::Permission::ManageRoles));
    assert!(
        person::load_actor(&bench.db, ids[0])
            .await
            .unwrap()
            .is_none()
    );
}
