//! What is done to a ticket, from its page on.

use entities::field::{Choice, FieldFacts, Kind, Moment, Words, read};
use entities::ticket::link::{self, LinkKind};
use entities::ticket::{ClosingReason, Priority, State, watch};
use thirtyfour::Key;

use super::{CONSOLE, Morning};
use crate::seat::Strokes;

impl Morning {
    pub async fn answer_and_close(&self) -> Strokes {
        let seat = &self.seat;
        let ticket = self.ticket("Gutschein falsch").await;
        self.at_ticket(&ticket).await;
        seat.press("r").await;
        seat.focus_is_in("#composer[data-mode=reply] textarea")
            .await;
        seat.press("::g").await;
        let pointed_at = "#composer-blocks [aria-selected=true]";
        seat.sees(pointed_at, "Gutschein ersetzt").await;
        seat.press(Key::Enter).await;
        seat.sees("#composer-send", "Senden, gelöst").await;
        let placed = "document.querySelector('#composer-text:not([data-caret])')?.value.includes('Er ist ersetzt.')";
        seat.until("the text is not there", placed).await;
        seat.focus_is_in("#composer-text").await;
        self.send().await;
        seat.focus_is_in("#ticket-content").await;
        seat.sees("#thread .entry", "Er ist ersetzt.").await;
        let stands = seat.desk.read(ticket.id).await;
        assert_eq!(
            (stands.state, stands.closing_reason),
            (State::Solved, Some(ClosingReason::Data))
        );
        seat.take_strokes()
    }

    pub async fn assign_prioritise_and_fill(&self) -> Strokes {
        let seat = &self.seat;
        let ticket = self.ticket("Zahllauf bricht ab").await;
        self.add_fields().await;
        self.at_ticket(&ticket).await;
        seat.press("a").await;
        seat.focus_is_in("#fact-owner select").await;
        seat.choose("Derya Aksoy").await;
        self.send().await;
        seat.focus_is_in("#fact-owner a.edit").await;
        seat.press("p").await;
        seat.focus_is_in("#fact-priority select").await;
        seat.choose("Hoch").await;
        self.send().await;
        seat.focus_is_in("#fact-priority a.edit").await;

        self.open_next_field("vorgang").await;
        seat.write("KN-4102").await;
        seat.press(Key::Enter).await;
        self.is_filled("vorgang").await;
        self.open_next_field("umfang").await;
        seat.choose("Alle").await;
        self.send().await;
        self.is_filled("umfang").await;
        self.open_next_field("eilt").await;
        seat.choose("Ja").await;
        self.send().await;
        self.is_filled("eilt").await;

        let stands = seat.desk.read(ticket.id).await;
        assert_eq!(
            (stands.owner_id, stands.priority),
            (Some(self.derya.id), Priority::High)
        );
        let sheet = read::sheet(&seat.desk.db, &CONSOLE, &stands).await;
        assert_eq!(sheet.unwrap().values.len(), 3);
        seat.take_strokes()
    }

    /// A text, a choice and a yes or no, which an enquiry to the vendor needs.
    async fn add_fields(&self) {
        let kinds = [
            ("vorgang", Kind::Text),
            ("umfang", Kind::Choice),
            ("eilt", Kind::YesNo),
        ];
        for (place, (key, kind)) in (0..).zip(kinds) {
            let mut facts = FieldFacts::new(key, kind, Words::new(key, key));
            facts.position = place;
            facts.settings.required = vec![Moment::VendorEnquiry];
            if kind == Kind::Choice {
                facts.options = vec![Choice::new("Alle", "All")];
            }
            self.seat.desk.field(facts).await;
        }
    }

    async fn open_next_field(&self, key: &str) {
        self.seat.press("e").await;
        self.seat
            .focus_is_in(&format!("#fact-field-{key} form"))
            .await;
    }

    async fn is_filled(&self, key: &str) {
        let row = format!("#fact-field-{key}");
        let filled = format!(
            "document.querySelector('{row}') && !document.querySelector('{row} form, {row} .need')"
        );
        self.seat
            .until(&format!("{key} is not filled"), &filled)
            .await;
    }

    pub async fn link_two(&self) -> Strokes {
        let seat = &self.seat;
        let ticket = self.ticket("Zahllauf steht").await;
        let other = self.ticket("Kasse umgestellt").await;
        self.at_ticket(&ticket).await;
        seat.press("l").await;
        seat.focus_is_in("#pick-q").await;
        seat.write("Kasse").await;
        seat.until("no hit", "document.querySelector('#pick-hits input')")
            .await;
        seat.press(Key::Tab + " ").await;
        seat.press(Key::Enter).await;
        seat.sees("#facts-links .links a", "Kasse umgestellt").await;
        let links = link::between(&seat.desk.db, ticket.id, other.id).await;
        assert_eq!(links.unwrap(), [LinkKind::Related]);
        seat.take_strokes()
    }

    pub async fn watch(&self) -> Strokes {
        let seat = &self.seat;
        let ticket = self.ticket("Umlaute fehlen").await;
        self.at_ticket(&ticket).await;
        seat.press("w").await;
        let watched = "document.querySelector('#ticket-star[aria-pressed=true]')";
        seat.until("it is not watched", watched).await;
        let watchers = watch::of(&seat.desk.db, &ticket).await.unwrap();
        assert_eq!(watchers.len(), 1);
        seat.take_strokes()
    }
}
