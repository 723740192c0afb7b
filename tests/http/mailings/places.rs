//! What the tickets of a mailing begin with: where they belong, and what stands in their fields.

use entities::Uuid;
use entities::field::{FieldFacts, Kind, Value, Words};
use entities::person::{self, PersonFacts};

use super::Case;

#[tokio::test]
async fn tickets_lie_at_the_office_of_whom_they_are_for() {
    let case = Case::new().await;
    let desk = &case.desk;
    let pankow = desk.district("Bezirksamt Pankow", "PA").await;
    let mitte = desk.district("Bezirksamt Mitte", "MI").await;
    desk.requester("Anna Weber").of(pankow).await;
    // Belongs nowhere, and writes from a domain that is known.
    desk.requester("Uwe Schulz")
        .writing_from("uwe.schulz@mi.example")
        .await;
    let both = person::Create {
        facts: PersonFacts {
            name: "Cem Aydin".to_owned(),
            email: Some("cem.aydin@desk.example".to_owned()),
            ..PersonFacts::default()
        },
        organisation_ids: vec![pankow, mitte],
        once: None,
    };
    desk.console(both).await;
    let chosen = mitte.to_string();
    let lines = "anna.weber@desk.example\nuwe.schulz@mi.example";
    let typed = [("lines", lines), ("organisation", chosen.as_str())];
    let (at, preview) = case.preview(&typed).await;
    preview.must_say("3 Personen bekommen je ein Ticket.");
    let opened = case.open(&at, &preview).await;
    let places = case.named(&opened).await.into_iter();
    let places: Vec<[Option<Uuid>; 2]> = places
        .map(|ticket| [ticket.organisation_id, ticket.district_id])
        .collect();
    let expected = [pankow, mitte, mitte].map(|office| [Some(office); 2]);
    assert_eq!(places, expected);
}

#[tokio::test]
async fn a_preset_that_is_out_of_use_keeps_nobody_from_a_ticket() {
    let case = Case::new().await;
    let old = case.desk.requester("Otto Alt").await;
    let words = Words::new("Kontakt", "Contact");
    let mut contact = FieldFacts::new("kontakt", Kind::Person, words);
    contact.settings.default = Some(Value::Reference(old.id));
    case.desk.field(contact).await;
    case.desk.console(person::Retire::of(old.id)).await;
    let (at, preview) = case.preview(&[("lines", "jan@mitte.example")]).await;
    preview.must_say("1 Person bekommt ein Ticket.");
    let opened = case.open(&at, &preview).await;
    opened.must_say("1 Ticket ist angelegt.");
}
