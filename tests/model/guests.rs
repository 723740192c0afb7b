//! People of vendors: who lets whom in and out, and what nobody can give or find out by it.

use entities::guest::list;
use entities::guest::{Act, ChangeGuest, Guest, House, Invite, Part, Standing, Typed};
use entities::language::Language;
use entities::permit::Protected as _;
use entities::person::{self, Retire, SetMemberships};
use entities::policy::{Place, Scope, allows};
use entities::portal::{self, Vendor};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Uuid, guest, session};
use support::desk::{Persona, TestDesk};

pub(crate) const PASSWORD: &str = "Leuchtturm am Wattenmeer";

pub(crate) fn typed(name: &str, email: &str) -> Typed {
    Typed {
        name: name.to_owned(),
        email: email.to_owned(),
        ..Typed::default()
    }
}

pub(crate) async fn house(desk: &TestDesk, by: &Actor, id: Uuid) -> House {
    House::find(&desk.db, by, &id.to_string()).await.unwrap()
}

pub(crate) async fn invited(
    desk: &TestDesk,
    by: &Actor,
    id: Uuid,
    whom: Typed,
) -> Result<(), DeskError> {
    let permit: Permit<Invite> = Permit::ask(by, house(desk, by, id).await)?;
    guest::invite(&desk.db, permit, whom).await
}

pub(crate) async fn changed(
    desk: &TestDesk,
    by: &Actor,
    id: Uuid,
    whom: Uuid,
    act: Act,
) -> Result<(), DeskError> {
    let permit: Permit<ChangeGuest> = Permit::ask(by, house(desk, by, id).await)?;
    guest::change(&desk.db, permit, whom, act).await
}

pub(crate) async fn everybody(desk: &TestDesk, by: &Actor, id: Uuid) -> Vec<Guest> {
    list::of(&desk.db, &house(desk, by, id).await)
        .await
        .unwrap()
}

pub(crate) fn why(result: Result<(), DeskError>) -> Rejected {
    match result {
        Err(DeskError::Rejected(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// The portal as somebody sees it.
pub(crate) async fn portal_of(desk: &TestDesk, who: &Persona) -> Vendor {
    portal::enter(&desk.db, &who.actor().await).await.unwrap()
}

#[tokio::test]
async fn the_unit_invites_somebody_new_who_then_belongs_to_the_vendor_and_may_nothing_else() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let petra = desk.administrator().await.actor().await;
    let whom = Typed {
        language: Language::En,
        once: Some("einmal".to_owned()),
        ..typed("Jonas Ehlers", " Jonas.Ehlers@Nordlicht.example ")
    };
    for _ in 0..2 {
        invited(&desk, &petra, nordlicht, whom.clone())
            .await
            .unwrap();
    }
    let all = everybody(&desk, &petra, nordlicht).await;
    let [jonas] = all.as_slice() else {
        panic!("{all:?}");
    };
    assert_eq!(
        jonas.email.as_deref(),
        Some("jonas.ehlers@nordlicht.example")
    );
    assert_eq!(jonas.part, Part::Member);
    let Standing::Invited { until } = jonas.standing else {
        panic!("{jonas:?}");
    };
    let invitation = jonas.invited.as_ref().unwrap();
    assert_eq!(until - invitation.at, chrono::Duration::days(7));
    assert_eq!(invitation.by.as_deref(), Some("Petra Adler"));
    let actor = session::actor_of(&desk.db, jonas.id).await.unwrap();
    assert!(actor.is_guest());
    let payload = "SELECT count(*) FROM event WHERE subject_id = $1 AND (lower(payload) LIKE '%jonas%' OR payload LIKE '%nordlicht%')";
    let told = desk.database().number(payload, vec![jonas.id.into()]).await;
    assert_eq!(told, 0, "what is personal stands in no event");
    let mails = "SELECT count(*) FROM outbox WHERE effect = 'tell_invited'";
    assert_eq!(desk.database().number(mails, vec![]).await, 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn whoever_belongs_elsewhere_is_not_invited() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let district = desk.district("Bezirksamt Mitte", "MI").await;
    let petra = desk.administrator().await.actor().await;
    let annika = desk.agent("Annika Brandt").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let paul = desk.requester("Paul Amt").of(district).await;
    let eva = desk.vendor_user("Eva Sturm").of(southwind).await;
    let both = desk.vendor_user("Zwei Häuser").of(nordlicht).await;
    desk.console(SetMemberships {
        id: both.id,
        organisation_ids: vec![nordlicht, southwind],
    })
    .await;
    let agent = desk.agent("Nora Licht").of(nordlicht).await;
    let jonas = desk
        .vendor_user("Jonas Ehlers")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let gone = desk.vendor_user("Ole Weg").of(nordlicht).await;
    desk.console(Retire::of(gone.id)).await;
    let waiting = typed("Carla Voss", "carla@nordlicht.example");
    invited(&desk, &petra, nordlicht, waiting).await.unwrap();
    let before = "SELECT count(*) FROM event";
    let events = desk.database().number(before, vec![]).await;
    for (email, expected) in [
        (annika.email.as_str(), Rejected::OfTheDesk),
        (&agent.email, Rejected::OfTheDesk),
        (&sabine.email, Rejected::OfNoVendor),
        (&paul.email, Rejected::OfAnotherOrganisation),
        (&eva.email, Rejected::OfAnotherOrganisation),
        (&both.email, Rejected::OfAnotherOrganisation),
        ("neu@mi.example", Rejected::OfAnotherOrganisation),
        (
            "neu@hilfe.suedwind.example",
            Rejected::OfAnotherOrganisation,
        ),
        (&jonas.email, Rejected::HasAccount),
        (&gone.email, Rejected::AccountEnded),
        ("carla@nordlicht.example", Rejected::InvitedAlready),
        ("keine Adresse", Rejected::NotAnAddress),
    ] {
        let refused = invited(&desk, &petra, nordlicht, typed("Wer auch immer", email)).await;
        assert_eq!(why(refused), expected, "{email}");
    }
    let nameless = invited(&desk, &petra, nordlicht, typed(" ", "x@nordlicht.example")).await;
    assert_eq!(why(nameless), Rejected::EmptyName);
    assert_eq!(desk.database().number(before, vec![]).await, events);
    // An office is no vendor: there is nobody to let in.
    let office = House::find(&desk.db, &petra, &district.to_string()).await;
    assert!(matches!(office, Err(DeskError::Hidden)));
}

#[tokio::test]
async fn somebody_of_the_vendor_whom_the_desk_knows_from_mails_is_invited_as_they_are() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let petra = desk.administrator().await.actor().await;
    let writer = desk
        .requester("Jonas Ehlers")
        .of(nordlicht)
        .writing_from("jonas@nordlicht.example")
        .await;
    let whom = Typed {
        part: Part::Coordinator,
        ..typed("J. Ehlers", "jonas@nordlicht.example")
    };
    invited(&desk, &petra, nordlicht, whom).await.unwrap();
    let all = everybody(&desk, &petra, nordlicht).await;
    assert_eq!((all.len(), all[0].id), (1, writer.id));
    assert_eq!(all[0].name, "Jonas Ehlers", "they set it themselves");
    assert_eq!(all[0].part, Part::Coordinator);
    // Taken back, they are what they were.
    changed(&desk, &petra, nordlicht, writer.id, Act::Withdraw)
        .await
        .unwrap();
    assert!(everybody(&desk, &petra, nordlicht).await.is_empty());
    let person = person::find(&desk.db, &petra, writer.id).await.unwrap();
    assert!(person.role_ids.is_empty() && person.row.retired_at.is_none());
    let late = changed(&desk, &petra, nordlicht, writer.id, Act::InviteAgain).await;
    assert_eq!(why(late), Rejected::NotInvited);
    let again = typed("Jonas Ehlers", "jonas@nordlicht.example");
    invited(&desk, &petra, nordlicht, again).await.unwrap();
    assert_eq!(everybody(&desk, &petra, nordlicht).await.len(), 1);
    desk.must_verify().await;
}

#[tokio::test]
async fn nobody_gives_more_than_the_portal() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let carla = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let vendor = portal_of(&desk, &carla).await;
    vendor
        .change(jonas.id, Act::Become(Part::Coordinator))
        .await
        .unwrap();
    let may = |actor: &Actor| -> Vec<Permission> {
        let all = Permission::ALL.iter().copied();
        all.filter(|one| actor.may_somewhere(*one)).collect()
    };
    let only = [Permission::UsePortal, Permission::InviteVendors];
    assert_eq!(may(&jonas.actor().await), only);
    // Somebody of the unit who lets vendors in gives the portal, though they do not use it themselves.
    let rights = [(Permission::InviteVendors, Scope::Everything)];
    let mia = desk.person_with("Mia Vogt", &rights).await.actor().await;
    assert!(!mia.is_guest());
    let whom = typed("Ina Neu", "ina@nordlicht.example");
    invited(&desk, &mia, nordlicht, whom).await.unwrap();
    // When somebody has put more into the role, only who holds that gives it.
    let shipped = entities::role::shipped(&desk.db, entities::first_start::VENDOR).await;
    let widen = "INSERT INTO \"grant\" (role_id, permission, scope, scope_ids) VALUES ($1, 'read_tickets', 'everything', '[]')";
    let role = shipped.unwrap().unwrap().id;
    desk.database().execute(widen, vec![role.into()]).await;
    let refused = vendor
        .invite(typed("Ole Neu", "ole@nordlicht.example"))
        .await;
    assert_eq!(why(refused), Rejected::MoreThanHeld);
    let refused = invited(
        &desk,
        &mia,
        nordlicht,
        typed("Ole Neu", "ole@nordlicht.example"),
    )
    .await;
    assert_eq!(why(refused), Rejected::MoreThanHeld);
}

#[tokio::test]
async fn invitations_have_a_bound_in_an_hour() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let petra = desk.administrator().await.actor().await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let whom = typed("Jonas Ehlers", "jonas@nordlicht.example");
    invited(&desk, &petra, nordlicht, whom).await.unwrap();
    let jonas = everybody(&desk, &petra, nordlicht).await;
    let jonas = jonas
        .iter()
        .find(|one| one.name == "Jonas Ehlers")
        .unwrap()
        .id;
    let again = async || changed(&desk, &petra, nordlicht, jonas, Act::InviteAgain).await;
    for _ in 0..5 {
        again().await.unwrap();
    }
    assert_eq!(why(again().await), Rejected::TooManyInvitations);
    desk.pass(chrono::Duration::minutes(61));
    again().await.unwrap();
    let vendor = portal_of(&desk, &carla).await;
    for number in 0..30 {
        let email = format!("person{number}@nordlicht.example");
        vendor.invite(typed("Neu", &email)).await.unwrap();
    }
    let refused = vendor.invite(typed("Neu", "noch@nordlicht.example")).await;
    assert_eq!(why(refused), Rejected::TooManyInvitations);
}

#[tokio::test]
async fn who_may_let_in_is_said_by_one_permission_in_two_scopes() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let admin = desk.administrator().await;
    let agent = desk.agent("Annika Brandt").await;
    let lead = desk.lead("Mia Vogt").await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    #[rustfmt::skip]
    let rows = [
        // who     desk   own house  another
        (&admin,  [true,  false,     false]),
        (&agent,  [false, false,     false]),
        (&lead,   [false, false,     false]),
        (&carla,  [false, true,      false]),
        (&jonas,  [false, false,     false]),
    ];
    let share = |organisation_id| Place::Share { organisation_id };
    for (who, expected) in rows {
        let actor = who.actor().await;
        let places = [Place::Desk, share(nordlicht), share(southwind)];
        let may = places.map(|place| allows(&actor, Permission::InviteVendors, place));
        assert_eq!(may, expected, "{}", who.name);
        let portal = allows(&actor, Permission::UsePortal, share(nordlicht));
        assert_eq!(portal, actor.is_guest(), "{}", who.name);
    }
}
