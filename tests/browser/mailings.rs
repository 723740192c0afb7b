//! A letter to people who are pasted from a spreadsheet, in the browser: read, refused by line, opened, written.

use support::desk::TestDesk;
use thirtyfour::components::SelectElement;

use crate::seat::Seat;

#[tokio::test]
async fn people_pasted_from_a_spreadsheet_get_tickets_and_then_their_letters() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("Jugendhilfe", team).await.to_string();
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    for (name, address) in [
        ("Sabine Kowalke", "sabine@pankow.example"),
        ("Jan Meier", "jan@mitte.example"),
    ] {
        desk.requester(name).writing_from(address).await;
    }
    let template = desk.template("Mitteilung", &["{{dear}},"]).await;
    let template = template.to_string();
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto("/tickets/new").await;
    seat.browser
        .click("aside a[href='/tickets/mailings']")
        .await;
    seat.sees("h1", "Serienbrief an Personen").await;
    seat.must_be_accessible().await;
    let choose = async |control: &str, value: &str| {
        let select = seat.browser.element(&format!("#{control}")).await;
        let select = SelectElement::new(&select).await.unwrap();
        select.select_by_value(value).await.unwrap();
    };
    seat.browser.type_into("#title", "Umstellung").await;
    choose("service", &service).await;
    let lines =
        "Kowalke, Sabine; sabine@pankow.example\nniemand@nirgends.example\njan@mitte.example";
    seat.browser.type_into("#lines", lines).await;
    seat.browser.click(".formpart [type=submit]").await;
    seat.sees(".notice", "2 Personen bekommen je ein Ticket.")
        .await;
    seat.sees("details.sort", "Zeile 2:").await;
    seat.must_be_accessible().await;

    seat.browser.click("[action$='/run'] button").await;
    seat.sees("#mailing-result", "0 von 2").await;
    seat.desk.go_to_work();
    seat.sees("#mailing-result", "2 Tickets sind angelegt.")
        .await;
    seat.must_be_accessible().await;
    seat.browser.click("[action$='/letters'] button").await;
    seat.sees("h1", "2 Tickets").await;
    choose("template", &template).await;
    choose("way", "mail").await;
    let text = "{{greeting}}, anbei die Mitteilung.";
    seat.browser.type_into("#text", text).await;
    seat.browser.click(".say [type=submit]:not(.sr)").await;
    seat.sees("main", "Guten Tag Sabine Kowalke").await;
    seat.browser.click("[action$='/run'] button").await;
    seat.sees("#bulk-result", "Schreiben erstellt: 2.").await;
    seat.must_be_accessible().await;
    seat.browser.close().await;
}
