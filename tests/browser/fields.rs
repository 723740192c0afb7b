//! A field of every kind: defined in the settings, filled by keys alone, filtered by, taken out, and retired.

use entities::field::{Field, Kind, Moment, read};
use entities::{Actor, Rule};
use lotse::people::sheet;
use support::desk::TestDesk;
use thirtyfour::components::SelectElement;
use thirtyfour::prelude::*;

use crate::seat::Seat;

const CONSOLE: Actor = Actor::System(Rule::Console);

/// What is asked of a field in the filter, and what a table that was taken out holds of it.
fn asked_and_told(kind: Kind, number: &str) -> (String, String) {
    let (asked, told) = match kind {
        Kind::Text | Kind::External => ("kn-41", "KN-4102"),
        Kind::LongText => ("neu", "Neu anmelden"),
        Kind::Choice | Kind::Tree | Kind::Choices => ("Erstens", "Erstens"),
        Kind::YesNo => ("Ja", "Ja"),
        Kind::Whole => ("10..20", "12"),
        Kind::Decimal => ("2,5", "2,5"),
        Kind::Money => ("12,50..13", "12,5"),
        Kind::Date => ("11.11.2026", "11.11.2026"),
        Kind::Moment => ("1.11.2026..30.11.2026", "11.11.2026 10:11"),
        Kind::Person => ("petra", "Petra Adler"),
        Kind::Organisation => ("pank", "Pankow"),
        Kind::Ticket => (number, number),
    };
    (asked.to_owned(), told.to_owned())
}

/// Somebody who cares for fields, and uses them.
struct Hand(Seat);

impl std::ops::Deref for Hand {
    type Target = Seat;

    fn deref(&self) -> &Seat {
        &self.0
    }
}

impl Hand {
    /// Defines a field that closing needs.
    async fn define(&self, kind: Kind) -> Field {
        let key = kind.name().replace('_', "-");
        self.goto("/settings/fields/new").await;
        self.browser
            .type_into("#label_de", &format!("Angabe {key}"))
            .await;
        self.browser.type_into("#key", &key).await;
        let choose = format!(
            "const kind = document.querySelector('#kind'); kind.value = '{}'; \
             kind.dispatchEvent(new Event('change', {{ bubbles: true }})); \
             document.querySelector('#required').closest('details').open = true; \
             document.querySelector('#required [value=close]').checked = true; return true",
            kind.name()
        );
        self.browser.run(&choose).await;
        if kind.has_options() {
            self.browser
                .type_into("#options", "Erstens\nZweitens")
                .await;
        }
        self.browser.click("#field-form .formfoot button").await;
        self.until(
            "it is created",
            "document.querySelector('.notice[data-state]') && location.search.includes('created')",
        )
        .await;
        let all = read::definitions(&self.desk.db).await.unwrap();
        all.into_iter().find(|f| f.row.kind == kind).unwrap()
    }

    /// Types a value of a kind into the control that has the focus.
    async fn fill(&self, kind: Kind, number: &str) {
        match kind {
            Kind::Text | Kind::External => self.press("KN-4102").await,
            Kind::LongText => self.press("Neu anmelden").await,
            Kind::Choice | Kind::Tree | Kind::YesNo => self.press(Key::Down).await,
            Kind::Choices => self.press(" ").await,
            Kind::Whole => self.press("12").await,
            Kind::Decimal => self.press("2,5").await,
            Kind::Money => self.press("12,50").await,
            Kind::Date => self.press("11112026").await,
            Kind::Moment => {
                self.press("11112026").await;
                self.press(Key::Right).await;
                self.press("1011A").await;
            }
            Kind::Person => self.find("Petra").await,
            Kind::Organisation => self.find("Pankow").await,
            Kind::Ticket => self.find(number).await,
        }
    }

    /// Types into a line that finds, and takes the first hit.
    async fn find(&self, typed: &str) {
        self.press(typed).await;
        let hit = format!(
            "[...document.querySelectorAll('[role=option][aria-selected=true]')].some(o => o.dataset.text.includes('{typed}'))"
        );
        self.until("a hit", &hit).await;
        self.press(Key::Enter).await;
    }

    /// Narrows the list to what is asked of a field, in the filter beside it.
    async fn filter(&self, field: &Field, asked: &str) {
        self.goto("/tickets").await;
        self.browser.click(".facet--fields > summary").await;
        let key = &field.row.key;
        if field.row.kind.has_options() {
            // What is held most stands first.
            self.sees(&format!("label:has([name=f-{key}])"), asked)
                .await;
            self.browser.click(&format!("[name=f-{key}]")).await;
            return self.narrowed(key).await;
        }
        let element = self.browser.element(&format!("#filter-f-{key}")).await;
        if element.tag_name().await.unwrap() == "select" {
            let select = SelectElement::new(&element).await.unwrap();
            select.select_by_partial_text(asked).await.unwrap();
        } else {
            element
                .send_keys(asked.to_owned() + Key::Enter)
                .await
                .unwrap();
        }
        self.narrowed(key).await;
    }

    /// Waits until the list shows the one ticket that holds what was asked for.
    async fn narrowed(&self, key: &str) {
        let narrowed = format!(
            "location.search.includes('field={key}%3A') && document.querySelector('td[data-col=field]') \
             && document.querySelectorAll('[data-row]').length === 1"
        );
        self.until(&format!("{key} narrows nothing to one"), &narrowed)
            .await;
    }

    /// Takes the list out; what the only line of the table holds below this heading.
    async fn take_out(&self, heading: &str) -> String {
        self.browser.forget_downloads();
        self.browser
            .click("#list .menu:has([name=format]) > summary")
            .await;
        self.browser.click("[name=format][value=csv]").await;
        let table = sheet::read(&self.browser.downloaded().await).unwrap();
        assert_eq!(table.lines.len(), 1, "{table:#?}");
        let place = table.headings.iter().position(|h| h == heading).unwrap();
        table.lines[0].cells[place].clone()
    }
}

#[tokio::test]
async fn a_field_of_every_kind_is_defined_filled_by_keys_filtered_by_taken_out_and_retired() {
    let desk = TestDesk::new().await;
    desk.district("Pankow", "PA").await;
    let petra = desk.administrator().await;
    let ticket = desk.ticket("Gutschein").await;
    // One that holds nothing, to be left out.
    desk.ticket("Bescheid").await;
    let desk = Hand(Seat::of(desk, &petra).await);
    let mut fields = Vec::new();
    for kind in Kind::ALL {
        let field = desk.define(kind).await;
        assert_eq!(field.settings.required, [Moment::Close]);
        fields.push(field);
    }
    desk.goto(&format!("/tickets/{}", ticket.number)).await;
    for field in &fields {
        let row = format!("#fact-field-{}", field.row.key);
        let asked = format!("document.querySelector('{row} .need')");
        desk.until("it is asked for", &asked).await;
        desk.press("e").await;
        let focus = format!("document.activeElement?.closest('{row}')");
        desk.until(&format!("the key leads to {row}"), &focus).await;
        desk.must_be_accessible().await;
        desk.fill(field.row.kind, &ticket.number).await;
        desk.press_with(Key::Control, Key::Enter).await;
        let held = format!(
            "document.querySelector('{row}') && !document.querySelector('{row} form') && !document.querySelector('{row} .need')"
        );
        desk.until(&format!("{row} is filled"), &held).await;
    }
    let here = desk.desk.read(ticket.id).await;
    let sheet = read::sheet(&desk.desk.db, &CONSOLE, &here).await.unwrap();
    assert_eq!(sheet.values.len(), fields.len(), "{:#?}", sheet.values);

    for field in &fields {
        let (asked, told) = asked_and_told(field.row.kind, &ticket.number);
        desk.filter(field, &asked).await;
        let heading = format!("Angabe {}", field.row.key);
        assert_eq!(desk.take_out(&heading).await, told, "{heading}");
    }
    desk.must_be_accessible().await;
    desk.goto("/tickets?field=whole:13..20").await;
    desk.until(
        "the list is empty",
        "document.querySelector('#list .empty')",
    )
    .await;

    for field in &fields {
        desk.goto(&format!("/settings/fields/{}", field.row.id))
            .await;
        desk.browser.click("button[formaction$=retire]").await;
        desk.until("it is retired", "location.search.includes('retired')")
            .await;
    }
    // What was there stays to be read.
    desk.goto(&format!("/tickets/{}", ticket.number)).await;
    desk.until(
        "old values stay",
        "document.querySelector('#fact-field-money')",
    )
    .await;
    desk.0.browser.close().await;
}
