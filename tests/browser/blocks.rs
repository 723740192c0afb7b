//! Answering with text blocks and without a mouse.

use entities::text_block::BlockKind;
use support::desk::{TestDesk, block};
use thirtyfour::Key;

use crate::seat::Seat;

/// Annika's seat at a ticket of Sabine Kowalke, with these blocks on offer, writing the answer.
async fn at_answer(blocks: &[(&str, &str)]) -> Seat {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let sabine = desk.requester("Sabine Kowalke");
    let sabine = sabine.writing_from("sabine@pankow.example").await;
    for (name, text) in blocks {
        desk.offer(block(name, BlockKind::Answer, text)).await;
    }
    let ticket = desk.ticket("Bescheid fehlt").from(&sabine).in_team(team);
    let ticket = ticket.await;
    desk.go_live();
    let seat = Seat::of(desk, &annika).await;
    seat.goto(&format!("/tickets/{}", ticket.number)).await;
    seat.press("r").await;
    seat.focus_is_in("#composer[data-mode=reply] textarea")
        .await;
    seat
}

#[tokio::test]
async fn an_answer_of_four_keys_is_a_text_block_and_is_sent() {
    let seat = at_answer(&[
        ("Angaben fehlen", "Uns fehlt das Aktenzeichen."),
        ("Umgehung", "Bis {{workday+3}} hilft dies, {{name}}."),
    ])
    .await;
    // Two colons and a letter; what begins with it stands first, with what it will say.
    seat.press("::u").await;
    let open = "document.querySelector('#composer-blocks:not([hidden]) [role=option][aria-selected=true]')?.textContent.includes('Umgehung')";
    seat.until("no list", open).await;
    let said = ".blockpop__said:not([hidden])";
    seat.sees(said, "hilft dies, Sabine Kowalke.").await;
    seat.must_be_accessible().await;
    // Down to the second and up again.
    seat.press(Key::Down).await;
    seat.sees(said, "Uns fehlt das Aktenzeichen.").await;
    seat.press(Key::Up).await;
    seat.sees(said, "hilft dies, Sabine Kowalke.").await;
    seat.press(Key::Enter).await;
    let text = "/^Bis .* hilft dies, Sabine Kowalke\\.$/.test(document.querySelector('#composer-text').value)";
    seat.until("the text is not there", text).await;
    let placed = "!document.querySelector('#composer-text[data-caret]')";
    seat.until("the cursor is not placed", placed).await;
    seat.focus_is_in("#composer-text").await;
    seat.press(" Danke.").await;
    seat.press_with(Key::Control, Key::Enter).await;
    seat.focus_is_in("#ticket-content").await;
    seat.sees(".entry", "hilft dies, Sabine Kowalke. Danke.")
        .await;
    seat.must_be_accessible().await;
    seat.browser.close().await;
}

#[tokio::test]
async fn a_list_that_was_left_stays_closed_and_a_slash_within_a_word_calls_none() {
    let seat = at_answer(&[("Umgehung", "Dies hilft.")]).await;
    let open =
        "document.querySelectorAll('#composer-blocks:not([hidden]) [role=option]').length === 1";
    let closed = "document.querySelector('#composer-blocks').hidden";
    seat.press("Montag/umg ").await;
    seat.until("a word calls a list", closed).await;
    seat.press("/umg").await;
    seat.until("no list", open).await;
    seat.press(Key::Escape).await;
    seat.until("the list stays", closed).await;
    seat.focus_is_in("#composer-text").await;
    seat.press(Key::Enter).await;
    let text = "document.querySelector('#composer-text').value === 'Montag/umg /umg\\n'";
    seat.until("the line does not break", text).await;
    seat.browser.close().await;
}

#[tokio::test]
async fn an_empty_place_is_selected_stops_the_mail_and_is_overwritten_by_typing() {
    let seat = at_answer(&[("Termin", "Passt Ihnen der {{due}}?")]).await;
    let selected = "(t => t.value.slice(t.selectionStart, t.selectionEnd))(document.querySelector('#composer-text')) === '{{due}}'";
    seat.press("::t").await;
    let open = "document.querySelector('#composer-blocks:not([hidden]) [role=option]')";
    seat.until("no list", open).await;
    seat.press(Key::Enter).await;
    seat.until("the place is not selected", selected).await;
    seat.press_with(Key::Control, Key::Enter).await;
    seat.sees("#composer-text-fault", "due").await;
    seat.until("the place is not selected", selected).await;
    seat.must_be_accessible().await;
    seat.press("Freitag").await;
    seat.press_with(Key::Control, Key::Enter).await;
    seat.focus_is_in("#ticket-content").await;
    seat.sees(".entry", "Passt Ihnen der Freitag?").await;
    seat.browser.close().await;
}
