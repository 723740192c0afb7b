//! Two at one ticket, each in a browser: they see each other, do not answer twice, and hand a draft over.

use std::sync::Arc;

use support::desk::TestDesk;
use thirtyfour::Key;

use crate::seat::Seat;

#[tokio::test]
async fn two_see_each_other_hand_a_draft_over_and_do_not_answer_twice() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let sabine = desk.requester("Sabine Kern").await;
    let ticket = desk.ticket("Zahllauf").from(&sabine).await;
    desk.go_live();
    let desk = Arc::new(desk);
    let one = Seat::of(desk.clone(), &annika).await;
    let two = Seat::of(desk.clone(), &derya).await;
    let page = format!("/tickets/{}", ticket.number);

    // In the list first, then on the page.
    two.goto("/tickets").await;
    one.goto(&page).await;
    two.sees(".heres .sr", "Annika Brandt liest mit").await;
    two.goto(&page).await;
    one.sees("#ticket-present", "Derya Aksoy liest mit").await;
    two.sees("#ticket-present", "Annika Brandt liest mit").await;
    one.press("m").await;
    one.focus_is_in("#composer[data-mode=note] textarea").await;
    one.press("Bitte gegenlesen").await;
    two.sees("#ticket-present", "Annika Brandt schreibt").await;
    one.must_be_accessible().await;
    two.must_be_accessible().await;

    // The draft goes over to Derya, who finishes it.
    one.browser
        .element("#composer-share")
        .await
        .click()
        .await
        .unwrap();
    two.sees(".shared summary", "Annika Brandt teilt einen Entwurf")
        .await;
    two.must_be_accessible().await;
    let open = "document.querySelector('.shared').open = true";
    two.until("it does not open", &format!("({open}, true)"))
        .await;
    two.sees(".shared__text", "Bitte gegenlesen").await;
    two.browser
        .element(".shared button")
        .await
        .click()
        .await
        .unwrap();
    two.focus_is_in("#composer[data-mode=note] textarea").await;
    one.sees(
        "#composer-shared",
        "Derya Aksoy hat Ihren Entwurf übernommen.",
    )
    .await;
    two.press(" Erledigt.").await;

    // Annika begins an answer; Derya is quicker.
    one.goto(&format!("{page}?mode=reply")).await;
    let empty = "document.querySelector('#composer-text').value === ''";
    one.until("what was taken over is there again", empty).await;
    one.press("r").await;
    one.focus_is_in("#composer[data-mode=reply] textarea").await;
    one.press("Guten Tag").await;
    two.press_with(Key::Control, Key::Enter).await;
    one.sees("#thread .entry--note", "Erledigt.").await;
    one.press_with(Key::Control, Key::Enter).await;
    one.sees("#composer", "Derya Aksoy hat soeben geschrieben.")
        .await;
    one.sees("#composer .shared__text", "Erledigt.").await;
    one.must_be_accessible().await;
    one.browser.close().await;
    two.browser.close().await;
}

#[tokio::test]
async fn a_page_that_comes_back_from_the_background_shows_what_happened_meanwhile() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let derya = desk.agent("Derya Aksoy").await;
    let ticket = desk.ticket("Zahllauf").await;
    desk.go_live();
    let desk = Arc::new(desk);
    let one = Seat::of(desk.clone(), &annika).await;
    let two = Seat::of(desk.clone(), &derya).await;
    let page = format!("/tickets/{}", ticket.number);
    one.goto(&page).await;
    two.goto(&page).await;
    // From now on it is told what happens.
    one.sees("#ticket-present", "Derya Aksoy liest mit").await;
    let turn = async |hidden: bool| {
        let set = format!(
            "Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }})"
        );
        let say = "document.dispatchEvent(new Event('visibilitychange'))";
        one.until("it does not turn", &format!("({set}, {say}, true)"))
            .await;
    };
    turn(true).await;
    two.press("m").await;
    two.focus_is_in("#composer[data-mode=note] textarea").await;
    two.press("Erledigt.").await;
    two.press_with(Key::Control, Key::Enter).await;
    two.sees("#thread .entry--note", "Erledigt.").await;
    let unseen = "!document.querySelector('#thread .entry--note')";
    one.until("it is told in the background", unseen).await;
    turn(false).await;
    one.sees("#thread .entry--note", "Erledigt.").await;
    one.browser.close().await;
    two.browser.close().await;
}
