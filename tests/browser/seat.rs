//! A place at the desk for somebody who has signed in: one browser with scripts, and the desk behind it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::{Persona, TestDesk};
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Seat {
    pub desk: Arc<TestDesk>,
    pub browser: Browser,
}

impl Seat {
    pub async fn of(desk: impl Into<Arc<TestDesk>>, person: &Persona) -> Seat {
        let desk = desk.into();
        let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
        let name = "lotse_session";
        let session = person.sign_in().await.cookie(name).unwrap();
        let cookie = format!("{name}={session}");
        browser.give_cookie(&desk.base(), &cookie).await;
        Seat { desk, browser }
    }

    pub async fn goto(&self, path: &str) {
        self.browser.open(&self.desk.base(), path).await;
    }

    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.browser.press(keys).await;
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: Key, key: impl Into<TypingData>) {
        let keys = self.browser.action_chain().key_down(held.clone());
        let keys = keys.send_keys(key).key_up(held);
        keys.perform().await.unwrap();
    }

    /// Clicks while a key is held.
    pub async fn click_with(&self, held: Key, selector: &str) {
        let element = self.browser.element(selector).await;
        let hand = self.browser.action_chain().key_down(held.clone());
        let hand = hand.click_element(&element).key_up(held);
        hand.perform().await.unwrap();
    }

    /// Waits until a script says so; also across the moment in which one page follows another.
    pub async fn until(&self, what: &str, script: &str) {
        let start = Instant::now();
        let script = format!("return Boolean({script})");
        loop {
            let said = self.browser.execute(&script, vec![]).await;
            if said.is_ok_and(|said| *said.json() == true) {
                return;
            }
            if start.elapsed() > PATIENCE {
                panic!("{what}\n{}", self.browser.text().await);
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    pub async fn focus_is_in(&self, selector: &str) {
        let script = format!("document.activeElement?.closest('{selector}')");
        self.until(&format!("the focus is not in {selector}"), &script)
            .await;
    }

    /// Waits until some element of a selector shows these words.
    pub async fn sees(&self, selector: &str, words: &str) {
        let script = format!(
            "[...document.querySelectorAll('{selector}')].some(o => o.textContent.includes('{words}'))"
        );
        self.until(&format!("no “{words}” in {selector}"), &script)
            .await;
    }

    pub async fn must_be_accessible(&self) {
        self.browser.must_be_accessible().await;
    }
}
