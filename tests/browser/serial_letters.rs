//! A letter to two hundred people in the browser: chosen, looked at, sent to each, refused where nobody can be reached.

use std::time::{Duration, Instant};

use support::desk::TestDesk;
use thirtyfour::Key;
use thirtyfour::components::SelectElement;

use crate::seat::Seat;

/// How many can be written to, and how many cannot.
const PEOPLE: usize = 200;
const NOBODY: usize = 3;

/// Two hundred documents are made and sent off meanwhile.
const PATIENCE: Duration = Duration::from_secs(120);

#[tokio::test]
async fn two_hundred_people_get_a_letter_and_whoever_has_no_address_is_told() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let mut tickets = vec![];
    for n in 0..PEOPLE {
        let name = format!("Sachbearbeitung {n:03}");
        let address = format!("person{n:03}@pankow.example");
        let person = desk.requester(&name).writing_from(&address).await;
        let title = format!("Umstellung {n:03}");
        tickets.push(desk.ticket(&title).from(&person).in_team(team).await);
    }
    for n in 0..NOBODY {
        desk.ticket(&format!("Ohne Namen {n}")).in_team(team).await;
    }
    let template = desk.template("Mitteilung", &["{{dear}},", "zu {{number}}"]);
    let template = template.await.to_string();
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/tickets?sort=created").await;
    let first = format!("#row-{} input[name=id]", tickets[0].id);
    seat.browser.click(&first).await;
    seat.browser.click(".bulk [name=all]").await;
    seat.until(
        "all are not chosen",
        "document.querySelector('.bulk[data-matching]')",
    )
    .await;
    // What is rarer stands behind a button of its own, which Escape closes; the choice stays.
    seat.browser.click(".bulk .menu > summary").await;
    seat.press(Key::Escape).await;
    let closed = "document.querySelector('.bulk[data-matching] .menu:not([open])')";
    seat.until("the menu is open", closed).await;
    seat.browser.click(".bulk .menu > summary").await;
    seat.must_be_accessible().await;
    seat.browser.click(".bulk [value=serial]").await;
    seat.sees("h1", "203 Tickets").await;
    seat.must_be_accessible().await;

    for (control, value) in [("template", &*template), ("way", "mail")] {
        let select = seat.browser.element(&format!("[name={control}]")).await;
        let select = SelectElement::new(&select).await.unwrap();
        select.select_by_value(value).await.unwrap();
    }
    let text = seat.browser.element("textarea[name=text]").await;
    text.send_keys("{{greeting}}, anbei die Mitteilung.")
        .await
        .unwrap();
    seat.browser.click(".say [type=submit]:not(.sr)").await;
    seat.sees(".notice", "Schreiben werden erstellt: 200. Abgelehnt: 3.")
        .await;
    seat.sees("main", "Guten Tag Sachbearbeitung").await;
    seat.must_be_accessible().await;

    seat.browser.click("[action$='/run'] button").await;
    seat.sees("#bulk-result", "von 203").await;
    seat.desk.go_to_work();
    let last = &tickets[PEOPLE - 1];
    let begun = Instant::now();
    while seat.desk.read(last.id).await.message_count == last.message_count {
        assert!(begun.elapsed() < PATIENCE, "the letters are not made");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    seat.sees("#bulk-result", "Schreiben erstellt: 200. Abgelehnt: 3.")
        .await;
    seat.sees("main", "Alle als ZIP herunterladen").await;
    seat.must_be_accessible().await;
    for ticket in &tickets {
        let count = seat.desk.read(ticket.id).await.message_count;
        assert_eq!(count, ticket.message_count + 1, "{}", ticket.number);
    }
    seat.browser.close().await;
}
