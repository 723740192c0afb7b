//! A field of every kind: defined in the settings, filled by keys alone, filtered by, and retired.

use std::time::{Duration, Instant};

use entities::field::{Field, Kind, Moment, read};
use entities::{Actor, Rule};
use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::{Persona, TestDesk};
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(20);
const CONSOLE: Actor = Actor::System(Rule::Console);

struct Desk {
    desk: TestDesk,
    browser: Browser,
}

impl Desk {
    async fn open(desk: TestDesk, person: &Persona) -> Desk {
        let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
        let sign_in = format!("{}/sign-in", desk.base());
        browser.goto(sign_in).await.unwrap();
        let name = "lotse_session";
        let client = person.sign_in().await;
        let mut cookie = Cookie::new(name, client.cookie(name).unwrap());
        cookie.set_path("/");
        browser.add_cookie(cookie).await.unwrap();
        Desk { desk, browser }
    }

    async fn goto(&self, path: &str) {
        let address = format!("{}{path}", self.desk.base());
        self.browser.goto(address).await.unwrap();
    }

    async fn until(&self, what: &str, script: &str) {
        let start = Instant::now();
        while self.browser.run(&format!("return Boolean({script})")).await != true {
            let text = self.browser.text().await;
            assert!(start.elapsed() < PATIENCE, "{what}\n{text}");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

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

    async fn press(&self, keys: impl Into<TypingData>) {
        self.browser.press(keys).await;
    }

    async fn send(&self) {
        let keys = self.browser.action_chain().key_down(Key::Control);
        let keys = keys.send_keys(Key::Enter).key_up(Key::Control);
        keys.perform().await.unwrap();
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
}

#[tokio::test]
async fn a_field_of_every_kind_is_defined_filled_by_keys_filtered_by_and_retired() {
    let desk = TestDesk::new().await;
    desk.district("Pankow", "PA").await;
    let petra = desk.administrator().await;
    let ticket = desk.ticket("Gutschein").await;
    let desk = Desk::open(desk, &petra).await;
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
        let focus = format!("document.activeElement.closest('{row}')");
        desk.until(&format!("the key leads to {row}"), &focus).await;
        desk.fill(field.row.kind, &ticket.number).await;
        desk.send().await;
        let held = format!(
            "document.querySelector('{row}') && !document.querySelector('{row} form') && !document.querySelector('{row} .need')"
        );
        desk.until(&format!("{row} is filled"), &held).await;
    }
    let here = desk.desk.read(ticket.id).await;
    let sheet = read::sheet(&desk.desk.db, &CONSOLE, &here).await.unwrap();
    assert_eq!(sheet.values.len(), fields.len(), "{:#?}", sheet.values);

    desk.goto("/tickets?field=whole:10..20&sort=-f-money").await;
    desk.until(
        "the list shows both",
        "document.querySelectorAll('td[data-col=field]').length === 2",
    )
    .await;
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
    desk.browser.close().await;
}
