//! People found by what is typed, and made by what they send.

use entities::organisation::{self, OrganisationFacts, OrganisationKind};
use entities::person::{self, PersonFacts};
use entities::setting::Show;
use entities::{Actor, Rule, Uuid};
use rstest::rstest;

use crate::desk::{Bench, OWNER, On};

const INTAKE: Actor = Actor::System(Rule::MailIntake);

async fn organisation(
    bench: &Bench,
    name: &str,
    kind: OrganisationKind,
    parent_id: Option<Uuid>,
    domain: Option<&str>,
) -> Uuid {
    let facts = OrganisationFacts {
        name: name.into(),
        short_name: None,
        kind,
        parent_id,
        domain: domain.map(str::to_owned),
        postal_address: None,
    };
    let create = organisation::Create { facts, once: None };
    bench.run(create).await.unwrap().subject.id
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn a_sender_is_made_once_and_belongs_where_the_domain_does(#[case] on: On) {
    use OrganisationKind::{DistrictOffice, Provider};
    let bench = Bench::new(on).await;
    let office = organisation(
        &bench,
        "Pankow",
        DistrictOffice,
        None,
        Some("pankow.example"),
    )
    .await;
    let kita = organisation(
        &bench,
        "Kita",
        Provider,
        Some(office),
        Some("@Kita.pankow.example"),
    )
    .await;

    let found = |name, email| person::find_or_create(&bench.db, &INTAKE, name, email);
    let first = found(None, "Annika.Brandt@x.kita.pankow.example")
        .await
        .unwrap();
    assert_eq!(first.person.name, "Annika Brandt");
    assert_eq!(first.organisation.map(|o| o.id), Some(kita));
    assert_eq!(first.district.map(|o| o.id), Some(office));

    let twins = (0..4).map(|_| found(Some("Berta Kern"), "berta@pankow.example"));
    let ids: Vec<Uuid> = futures_util::future::join_all(twins)
        .await
        .into_iter()
        .map(|sender| sender.unwrap().person.id)
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");

    let stranger = found(Some("Eve"), "eve@elsewhere.example").await.unwrap();
    assert_eq!((stranger.organisation, stranger.district), (None, None));
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn people_are_found_while_one_types(#[case] on: On) {
    let bench = Bench::new(on).await;
    for (name, email, phone) in [
        (
            "Annika Brandt-Yıldırım",
            "a.brandt@pankow.example",
            "+49 30 9012-471",
        ),
        ("Bernd Annen", "bernd@pankow.example", "030 9012 333"),
        ("50%_Test", "prozent@pankow.example", "1"),
    ] {
        let facts = PersonFacts {
            name: name.into(),
            salutation: None,
            email: Some(email.into()),
            phone: Some(phone.into()),
        };
        let create = person::Create {
            facts,
            ..person::Create::default()
        };
        bench.run(create).await.unwrap();
    }
    for (typed, expected) in [
        ("ann", &["Annika Brandt-Yıldırım", "Bernd Annen"][..]),
        ("brandt ANN", &["Annika Brandt-Yıldırım"]),
        ("030 9012 471", &["Annika Brandt-Yıldırım"]),
        ("9012", &["Annika Brandt-Yıldırım", "Bernd Annen"]),
        ("bernd@", &["Bernd Annen"]),
        ("%", &[]),
        ("50%_", &["50%_Test"]),
        ("  ", &[]),
    ] {
        let found = person::search(&bench.db, &OWNER, typed, 10).await.unwrap();
        let names: Vec<&str> = found.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, expected, "{typed}");
        assert!(found.iter().all(|f| f.open_tickets == 0));
    }
}

#[rstest]
#[case(On::Sqlite)]
#[case(On::Postgres)]
#[tokio::test]
async fn the_list_of_people_is_turned_page_by_page(#[case] on: On) {
    let bench = Bench::new(on).await;
    for name in ["Zoe", "Ältere", "Max", "Max", "Ben"] {
        let facts = PersonFacts {
            name: name.into(),
            ..PersonFacts::default()
        };
        let create = person::Create {
            facts,
            ..person::Create::default()
        };
        bench.run(create).await.unwrap();
    }
    let (mut names, mut cursor) = (Vec::new(), None);
    loop {
        let page = person::list(&bench.db, &OWNER, Show::Active, "", cursor.as_ref(), 2).await;
        let page = page.unwrap();
        names.extend(page.rows.into_iter().map(|row| row.person.name));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["Ältere", "Ben", "Max", "Max", "Zoe"]);
}
