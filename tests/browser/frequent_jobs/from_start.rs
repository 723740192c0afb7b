//! What begins anywhere, here on the start page.

use chrono::Days;
use entities::Permit;
use entities::ticket::close::Ending;
use entities::ticket::{Channel, Close, ClosingReason, show};
use lotse::jobs::indexing;
use thirtyfour::Key;

use super::{CONSOLE, Morning};
use crate::seat::Strokes;

impl Morning {
    pub async fn take_a_call(&self) -> Strokes {
        let seat = &self.seat;
        self.at("/").await;
        seat.press_to_open('c').await;
        seat.focus_is_in("#caller").await;
        seat.write("Sabine Kow").await;
        seat.sees("#callers [aria-selected=true]", "Sabine Kowalke")
            .await;
        seat.press(Key::Enter).await;
        seat.sees("#caller-tickets h3", "Sabine Kowalke").await;
        seat.tab_to("#title").await;
        seat.write("Bescheid druckt nicht").await;
        seat.tab_to("#text").await;
        seat.write("Seit heute bleibt die Seite leer.").await;
        seat.tab_to("#service-id").await;
        seat.choose("KITA-Netz").await;
        self.send().await;
        seat.sees("#ticket h1", "Bescheid druckt nicht").await;
        let url = seat.browser.current_url().await.unwrap();
        let number = url.path().rsplit('/').next().unwrap();
        let ticket = show::by_number(&seat.desk.db, &CONSOLE, number).await;
        let ticket = ticket.unwrap();
        assert_eq!(
            (ticket.channel, ticket.requester_id),
            (Channel::Phone, Some(self.sabine.id))
        );
        assert!(ticket.service_id.is_some());
        seat.take_strokes()
    }

    pub async fn find_a_solved_case(&self) -> Strokes {
        let seat = &self.seat;
        let title = "Elternbeitrag falsch berechnet";
        let ticket = self.ticket(title).await;
        self.ticket("Elternbeitrag fehlt").await;
        let solve = Close {
            to: Ending::Solved,
            reason: Some(ClosingReason::Data),
        };
        let path = format!("/tickets/{}", ticket.number);
        let permit = Permit::ask(&CONSOLE, ticket).unwrap();
        seat.desk.db.change(permit, solve).await.unwrap();
        indexing::run_due(&seat.desk).await.unwrap();
        self.at("/").await;
        seat.press("/").await;
        seat.focus_is_in("#omni").await;
        seat.write("elternbeitrag status:gelöst").await;
        seat.press(Key::Enter).await;
        seat.sees("#hits .hit", title).await;
        let one = "document.querySelectorAll('#hits .hit').length === 1";
        seat.until("what is not solved is found", one).await;
        seat.click("#hits .hit a").await;
        seat.comes_to(&path).await;
        seat.take_strokes()
    }

    pub async fn report_absence(&self) -> Strokes {
        let seat = &self.seat;
        self.at("/").await;
        seat.click(".topbar .menu > summary").await;
        seat.click(".menu a[href=\"/account/absences\"]").await;
        seat.comes_to("/account/absences").await;
        seat.click("label[for=to]").await;
        seat.focus_is_in("#to").await;
        let today = entities::clock::day(seat.desk.db.clock().now());
        seat.write_day(today.checked_add_days(Days::new(6)).unwrap())
            .await;
        seat.tab_to("#deputy").await;
        seat.choose("Derya Aksoy").await;
        self.send().await;
        seat.sees(".notice", "Die Abwesenheit ist gespeichert.")
            .await;
        seat.sees("table", "Derya Aksoy").await;
        seat.take_strokes()
    }
}
