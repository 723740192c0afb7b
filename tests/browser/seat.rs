//! A place at the desk for somebody who has signed in: one browser with scripts, and the desk behind it.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::{Persona, TestDesk};
use thirtyfour::prelude::*;

const PATIENCE: Duration = Duration::from_secs(20);
const MOST_TABS: usize = 200;

/// What the hands of somebody did at their seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strokes {
    pub clicks: usize,
    /// Keys that are no content: each counts, and so does one that is held.
    pub keys: usize,
    /// Words that are content.
    pub words: usize,
}

pub struct Seat {
    pub desk: Arc<TestDesk>,
    pub browser: Browser,
    strokes: Mutex<Strokes>,
}

impl Seat {
    pub async fn of(desk: impl Into<Arc<TestDesk>>, person: &Persona) -> Seat {
        let desk = desk.into();
        let browser = Browser::start(Size::WIDE, Scheme::Light, JavaScript::On).await;
        let name = "lotse_session";
        let session = person.sign_in().await.cookie(name).unwrap();
        let cookie = format!("{name}={session}");
        browser.give_cookie(&desk.base(), &cookie).await;
        Seat {
            desk,
            browser,
            strokes: Mutex::default(),
        }
    }

    pub async fn goto(&self, path: &str) {
        self.browser.open(&self.desk.base(), path).await;
    }

    /// What was done here since this was asked last.
    pub fn take_strokes(&self) -> Strokes {
        std::mem::take(&mut *self.strokes.lock().unwrap())
    }

    fn count(&self, stroke: impl FnOnce(&mut Strokes)) {
        stroke(&mut self.strokes.lock().unwrap());
    }

    pub async fn press(&self, keys: impl Into<TypingData>) {
        let keys: TypingData = keys.into();
        self.count(|strokes| strokes.keys += keys.as_vec().len());
        self.browser.press(keys).await;
    }

    /// The same for one letter that opens another page.
    pub async fn press_to_open(&self, letter: char) {
        self.count(|strokes| strokes.keys += 1);
        self.browser.press_to_open(letter).await;
    }

    /// Types content where the focus is.
    pub async fn write(&self, text: &str) {
        self.count(|strokes| strokes.words += text.split_whitespace().count());
        self.browser.press(text).await;
    }

    pub async fn click(&self, selector: &str) {
        self.count(|strokes| strokes.clicks += 1);
        self.browser.click(selector).await;
    }

    /// Presses Tab until the focus is there.
    pub async fn tab_to(&self, selector: &str) {
        let there = format!("return Boolean(document.activeElement?.closest('{selector}'))");
        for _ in 0..MOST_TABS {
            if self.browser.run(&there).await == true {
                return;
            }
            self.press(Key::Tab).await;
        }
        let text = self.browser.text().await;
        panic!("Tab does not lead to {selector}\n{text}");
    }

    /// Goes by arrows to what begins so in the list that has the focus.
    pub async fn choose(&self, words: &str) {
        let options = "[...document.activeElement.options].map(o => o.text.trim())";
        let steps = format!(
            "return {options}.findIndex(o => o.startsWith('{words}')) - document.activeElement.selectedIndex"
        );
        let steps = self.browser.run(&steps).await.as_i64().unwrap();
        for _ in 0..steps.unsigned_abs() {
            let arrow = if steps < 0 { Key::Up } else { Key::Down };
            self.press(arrow).await;
        }
        let chosen = format!(
            "document.activeElement.selectedOptions?.[0]?.text.trim().startsWith('{words}')"
        );
        self.until(&format!("“{words}” is not chosen"), &chosen)
            .await;
    }

    /// Types a day into the field that has the focus, in the order in which this browser asks for its parts.
    pub async fn write_day(&self, day: NaiveDate) {
        let trial = "window.dayField = document.activeElement;
            const trial = Object.assign(document.createElement('input'), { id: 'trial', type: 'date' });
            document.body.append(trial);
            trial.focus();";
        self.browser.run(trial).await;
        self.browser.press("01022031").await;
        let order = "const trial = document.getElementById('trial');
            window.dayField.focus();
            trial.remove();
            return trial.value;";
        let order = self.browser.run(order).await;
        let order = match order.as_str() {
            Some("2031-02-01") => "%d%m%Y",
            Some("2031-01-02") => "%m%d%Y",
            other => panic!("01022031 is {other:?}"),
        };
        self.write(&day.format(order).to_string()).await;
        let taken = format!("document.activeElement.value === '{day}'");
        self.until(&format!("{day} is not taken"), &taken).await;
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: Key, key: impl Into<TypingData>) {
        let key: TypingData = key.into();
        self.count(|strokes| strokes.keys += 1 + key.as_vec().len());
        let keys = self.browser.action_chain().key_down(held.clone());
        let keys = keys.send_keys(key).key_up(held);
        keys.perform().await.unwrap();
    }

    /// Clicks while a key is held.
    pub async fn click_with(&self, held: Key, selector: &str) {
        self.count(|strokes| {
            strokes.keys += 1;
            strokes.clicks += 1;
        });
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

    /// Waits until the page of an address is there.
    pub async fn comes_to(&self, path: &str) {
        let there = format!("location.pathname === '{path}' && document.readyState === 'complete'");
        self.until(&format!("the page is not {path}"), &there).await;
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
