//! Whoever coordinates for a vendor: whom they let in and out, what they never hear, and that somebody goes on.

use entities::guest::{Act, Guest, House, Part, Standing, Typed};
use entities::permit::Protected as _;
use entities::{DeskError, Rejected, session};
use support::desk::TestDesk;

use crate::guests::{PASSWORD, changed, everybody, invited, portal_of, typed, why};

#[tokio::test]
async fn whoever_coordinates_lets_in_their_own_and_finds_out_nothing_about_others() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let eva = desk.vendor_user("Eva Sturm").of(southwind).await;
    let agent = desk
        .agent("Nora Licht")
        .writing_from("nora@nordlicht.example")
        .await;
    let vendor = portal_of(&desk, &carla).await;
    assert!(vendor.coordinates());
    let names =
        |people: Vec<Guest>| -> Vec<String> { people.into_iter().map(|p| p.name).collect() };
    let people = vendor.people().await.unwrap();
    assert_eq!(names(people), ["Carla Voss", "Jonas Ehlers"]);
    vendor
        .invite(typed("Ina Neu", "ina@hilfe.nordlicht.example"))
        .await
        .unwrap();
    let people = vendor.people().await.unwrap();
    let ina = people.iter().find(|one| one.name == "Ina Neu").unwrap();
    let by = ina.invited.as_ref().unwrap();
    assert_eq!((by.by.as_deref(), by.by_own), (Some("Carla Voss"), true));
    // Of everybody else they hear the same, whoever it is.
    for (email, expected) in [
        (agent.email.as_str(), Rejected::NotInvitable),
        (&eva.email, Rejected::OtherDomain),
        ("niemand@suedwind.example", Rejected::OtherDomain),
        ("niemand@gmail.example", Rejected::OtherDomain),
        ("niemand@nordlicht.example.org", Rejected::OtherDomain),
    ] {
        let refused = vendor.invite(typed("Wer auch immer", email)).await;
        assert_eq!(why(refused), expected, "{email}");
    }
    for act in [
        Act::End,
        Act::Withdraw,
        Act::InviteAgain,
        Act::Become(Part::Coordinator),
    ] {
        for stranger in [eva.id, agent.id, entities::new_id()] {
            let refused = vendor.change(stranger, act).await;
            assert!(matches!(refused, Err(DeskError::Hidden)), "{act:?}");
        }
    }
    // The unit's own page is not theirs, nor that of another vendor.
    let actor = carla.actor().await;
    for id in [nordlicht, southwind] {
        let refused = House::find(&desk.db, &actor, &id.to_string()).await;
        assert!(matches!(refused, Err(DeskError::Forbidden)));
    }
    let plain = portal_of(&desk, &jonas).await;
    assert!(!plain.coordinates());
    assert!(matches!(plain.people().await, Err(DeskError::Forbidden)));
    let refused = plain
        .invite(typed("Ina Neu", "neu@nordlicht.example"))
        .await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
    let refused = plain.change(carla.id, Act::End).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
}

#[tokio::test]
async fn who_of_the_unit_invited_somebody_is_not_told_to_the_vendor() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let petra = desk.administrator().await.actor().await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let whom = typed("Jonas Ehlers", "jonas@nordlicht.example");
    invited(&desk, &petra, nordlicht, whom).await.unwrap();
    let people = portal_of(&desk, &carla).await.people().await.unwrap();
    let jonas = people.iter().find(|one| one.name == "Jonas Ehlers");
    let by = jonas.unwrap().invited.as_ref().unwrap();
    assert_eq!((by.by.as_deref(), by.by_own), (None, false));
}

#[tokio::test]
async fn a_vendor_without_a_mail_domain_invites_nobody_but_the_unit_does() {
    let desk = TestDesk::new().await;
    let facts = entities::organisation::OrganisationFacts {
        name: "Ohne Domäne".to_owned(),
        short_name: None,
        kind: entities::organisation::OrganisationKind::Vendor,
        parent_id: None,
        domain: None,
        postal_address: None,
    };
    let create = entities::organisation::Create { facts, once: None };
    let vendor = desk.console(create).await.id;
    let carla = desk.coordinator("Carla Voss").of(vendor).await;
    let petra = desk.administrator().await.actor().await;
    let whom = || typed("Jonas Ehlers", "jonas@irgendwo.example");
    let refused = portal_of(&desk, &carla).await.invite(whom()).await;
    assert_eq!(why(refused), Rejected::NoDomain);
    invited(&desk, &petra, vendor, whom()).await.unwrap();
}

#[tokio::test]
async fn an_account_that_ends_takes_its_sessions_along_and_keeps_its_history() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let jonas = desk
        .vendor_user("Jonas Ehlers")
        .of(nordlicht)
        .writing_from("jonas@nordlicht.example")
        .with_password(PASSWORD)
        .await;
    session::start(&desk.db, jonas.id, "test", "127.0.0.1")
        .await
        .unwrap();
    let events = "SELECT count(*) FROM event WHERE subject_id = $1";
    let before = desk.database().number(events, vec![jonas.id.into()]).await;
    let vendor = portal_of(&desk, &carla).await;
    vendor.change(jonas.id, Act::End).await.unwrap();
    assert!(session::of(&desk.db, jonas.id).await.unwrap().is_empty());
    let after = desk.database().number(events, vec![jonas.id.into()]).await;
    assert_eq!(after, before + 1);
    let people = vendor.people().await.unwrap();
    let ended = people.iter().find(|one| one.id == jonas.id).unwrap();
    assert!(matches!(ended.standing, Standing::Ended { .. }));
    for act in [Act::End, Act::Become(Part::Coordinator), Act::InviteAgain] {
        assert_eq!(
            why(vendor.change(jonas.id, act).await),
            Rejected::AccountEnded
        );
    }
    // What was ended is opened again by the unit alone.
    let refused = vendor.invite(typed("Jonas Ehlers", &jonas.email)).await;
    assert_eq!(why(refused), Rejected::AccountEnded);
    desk.must_verify().await;
}

#[tokio::test]
async fn the_last_who_coordinates_cannot_leave_their_house_without_anybody() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let petra = desk.administrator().await.actor().await;
    let carla = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let jonas = desk
        .vendor_user("Jonas Ehlers")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let vendor = portal_of(&desk, &carla).await;
    // Somebody who has not come yet is nobody to leave the house to.
    let whom = Typed {
        part: Part::Coordinator,
        ..typed("Ina Neu", "ina@nordlicht.example")
    };
    vendor.invite(whom).await.unwrap();
    for act in [Act::End, Act::Become(Part::Member)] {
        assert_eq!(
            why(vendor.change(carla.id, act).await),
            Rejected::LastCoordinator
        );
    }
    vendor
        .change(jonas.id, Act::Become(Part::Coordinator))
        .await
        .unwrap();
    vendor.change(carla.id, Act::End).await.unwrap();
    let refused = portal_of(&desk, &jonas)
        .await
        .change(jonas.id, Act::End)
        .await;
    assert_eq!(why(refused), Rejected::LastCoordinator);
    // The unit can, because it can let somebody in again.
    changed(&desk, &petra, nordlicht, jonas.id, Act::End)
        .await
        .unwrap();
}

#[tokio::test]
async fn of_two_who_end_each_other_at_once_one_remains() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let one = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let other = desk
        .coordinator("Jonas Ehlers")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let (hers, his) = (portal_of(&desk, &one).await, portal_of(&desk, &other).await);
    let (a, b) = tokio::join!(
        hers.change(other.id, Act::End),
        his.change(one.id, Act::End)
    );
    assert_eq!(
        [a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(),
        1,
        "{a:?} {b:?}"
    );
    let petra = desk.administrator().await.actor().await;
    let left = everybody(&desk, &petra, nordlicht).await;
    let left = left
        .iter()
        .filter(|one| one.standing == Standing::In)
        .count();
    assert_eq!(left, 1);
}
