//! How somebody uses the desk: with a mouse, by keys alone, or in a browser without scripts.

use std::path::Path;
use std::time::{Duration, Instant};

use support::browser::{Browser, JavaScript, Scheme, Size};
use thirtyfour::components::SelectElement;
use thirtyfour::error::no_such_element;
use thirtyfour::prelude::*;

use crate::names::{FOCUSED, control, field, is_named, link};
use crate::office::Office;

const PATIENCE: Duration = Duration::from_secs(20);
const MOST_TABS: usize = 200;

/// One way to use the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Mouse,
    Keyboard,
    /// Without scripts.
    Plain,
}

/// Somebody in front of a browser.
pub struct Hands {
    pub browser: Browser,
    pub way: Way,
    /// Where the desk is.
    base: String,
}

impl Hands {
    /// Opens a browser at the desk's first page.
    pub async fn at(office: &Office, way: Way) -> Hands {
        let javascript = match way {
            Way::Plain => JavaScript::Off,
            Way::Mouse | Way::Keyboard => JavaScript::On,
        };
        let browser = Browser::start(Size::WIDE, Scheme::Light, javascript).await;
        let base = office.desk.base();
        browser.open(&base, "").await;
        Hands { browser, way, base }
    }

    /// Opens a page by its address.
    pub async fn goto(&self, path: &str) {
        self.browser.open(&self.base, path).await;
    }

    /// The page has no fault that axe-core finds.
    pub async fn must_be_accessible(&self) {
        self.browser.must_be_accessible().await;
    }

    /// Signs in through the page.
    pub async fn sign_in(&self, email: &str, password: &str) {
        self.write("E-Mail-Adresse", email).await;
        self.write("Kennwort", password).await;
        match self.way {
            Way::Keyboard => self.browser.press(Key::Enter).await,
            Way::Mouse | Way::Plain => self.press("Anmelden").await,
        }
        self.sees("Tickets").await;
    }

    /// Presses a button or follows a link by its words.
    pub async fn press(&self, words: &str) {
        match self.way {
            Way::Keyboard => {
                self.tab_to(words).await;
                self.browser.press(Key::Enter).await;
            }
            Way::Mouse | Way::Plain => self.click(&control(words)).await,
        }
    }

    /// The same for what ends with something else, such as a count.
    pub async fn press_beginning(&self, words: &str) {
        match self.way {
            Way::Keyboard => {
                self.tab_until(|names| names.iter().any(|name| name.starts_with(words)))
                    .await;
                self.browser.press(Key::Enter).await;
            }
            Way::Mouse | Way::Plain => self.click(&link(words)).await,
        }
    }

    /// Opens what a list calls by these words.
    pub async fn open_listed(&self, words: &str) {
        if self.way == Way::Keyboard {
            self.row_with(words).await;
            self.browser.press(Key::Enter).await;
        } else {
            self.click(&link(words)).await;
        }
    }

    /// Goes down a list of rows with J until one holds these words.
    async fn row_with(&self, words: &str) {
        self.sees(words).await;
        for _ in 0..MOST_TABS {
            self.browser.press("j").await;
            let names = self.focused().await;
            if names.iter().any(|name| name.contains(words)) {
                return;
            }
        }
        panic!("no row with “{words}”\n{}", self.browser.text().await);
    }

    /// Uses a key of the map; in a field it would be a letter, so the focus leaves that first.
    pub async fn key(&self, key: &str) {
        let typing = "return document.activeElement.matches('input, select, textarea')";
        while self.browser.run(typing).await == true {
            self.browser.press(Key::Tab).await;
        }
        self.browser.press(key).await;
    }

    /// Presses Ctrl and Enter.
    pub async fn send_by_key(&self) {
        let keys = self.browser.action_chain().key_down(Key::Control);
        let keys = keys.send_keys(Key::Enter).key_up(Key::Control);
        keys.perform().await.unwrap();
    }

    /// Types into a field by its label.
    pub async fn write(&self, label: &str, text: &str) {
        if self.way == Way::Keyboard {
            self.tab_to_field(label).await;
            self.browser.press(text).await;
        } else {
            self.again(async || {
                let found = self.find(&field(label)).await?;
                found.send_keys(text).await
            })
            .await;
        }
    }

    /// Chooses in a list by what it says.
    pub async fn choose(&self, label: &str, option: &str) {
        if self.way == Way::Keyboard {
            self.tab_to_field(label).await;
            self.browser.press(Key::Home).await;
            for _ in 0..MOST_TABS {
                let script =
                    "return document.activeElement.selectedOptions?.[0]?.textContent.trim()";
                if self.browser.run(script).await == option {
                    return;
                }
                self.browser.press(Key::Down).await;
            }
            panic!("{label} offers no “{option}”");
        }
        self.again(async || {
            let found = self.find(&field(label)).await?;
            let list = SelectElement::new(&found).await?;
            list.select_by_exact_text(option).await
        })
        .await;
    }

    /// Changes a fact of a ticket by its menu.
    pub async fn change(&self, fact: &str, value: &str) {
        let change = format!("{fact} ändern");
        self.press(&change).await;
        self.choose(fact, value).await;
        self.press("Übernehmen").await;
        self.sees_control(&change, value).await;
    }

    /// Ticks a box by its label.
    pub async fn tick(&self, label: &str) {
        match self.way {
            Way::Keyboard => {
                self.tab_to_field(label).await;
                self.browser.press(" ").await;
            }
            Way::Mouse | Way::Plain => self.click(&field(label)).await,
        }
    }

    /// Adds a file. The system's own window for choosing one is beyond a driver's reach.
    pub async fn attach(&self, label: &str, file: &Path) {
        let path = file.display().to_string();
        if self.way == Way::Keyboard {
            self.tab_to(label).await;
            let input = self.browser.active_element().await.unwrap();
            input.send_keys(path).await.unwrap();
        } else {
            let inputs = By::XPath(format!("{}[@type='file']", field(label)));
            let input = self.browser.query(inputs).first().await.unwrap();
            input.send_keys(path).await.unwrap();
        }
    }

    /// Waits until the page shows these words; without scripts it is loaded again and again.
    pub async fn sees(&self, words: &str) {
        let start = Instant::now();
        loop {
            let text = self.text().await;
            if text.contains(words) {
                return;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{:?} does not see “{words}” at {}:\n{text}",
                self.way,
                self.browser.current_url().await.unwrap(),
            );
            tokio::time::sleep(Duration::from_millis(25)).await;
            if self.way == Way::Plain && start.elapsed() > Duration::from_secs(1) {
                self.browser.refresh().await.unwrap();
            }
        }
    }

    /// Waits until the page does not show these words any more.
    pub async fn gone(&self, words: &str) {
        let start = Instant::now();
        while self.text().await.contains(words) {
            assert!(start.elapsed() < PATIENCE, "“{words}” stays");
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Waits until some element of a selector shows these words.
    pub async fn sees_in(&self, selector: &str, words: &str) {
        self.again(async || {
            for found in self.browser.find_all(By::Css(selector)).await? {
                if found.text().await?.contains(words) {
                    return Ok(());
                }
            }
            Err(no_such_element(format!("no “{words}” in {selector}")))
        })
        .await;
    }

    /// Waits until a control says so after its own words, as facts that can be changed do.
    pub async fn sees_control(&self, words: &str, value: &str) {
        self.again(async || {
            let text = self.find(&control(words)).await?.text().await?;
            if text.contains(value) {
                return Ok(());
            }
            Err(no_such_element(format!("{words}: {text}")))
        })
        .await;
    }

    /// What the page shows; nothing while it is being replaced.
    pub async fn text(&self) -> String {
        match self.browser.find(By::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until exactly this stands in a field.
    pub async fn reads_in(&self, label: &str, text: &str) {
        self.again(async || {
            let found = self.find(&field(label)).await?.value().await?;
            let found = found.unwrap_or_default();
            if found == text {
                return Ok(());
            }
            Err(no_such_element(format!("{label} holds “{found}”")))
        })
        .await;
    }

    /// Waits until a field holds this, among other things.
    pub async fn holds(&self, label: &str, part: &str) {
        self.again(async || {
            let found = self.find(&field(label)).await?.value().await?;
            let found = found.unwrap_or_default();
            if found.contains(part) {
                return Ok(());
            }
            Err(no_such_element(format!("{label} holds “{found}”")))
        })
        .await;
    }

    async fn click(&self, xpath: &str) {
        self.again(async || self.find(xpath).await?.click().await)
            .await;
    }

    async fn find(&self, xpath: &str) -> WebDriverResult<WebElement> {
        let found = self.browser.query(By::XPath(xpath)).and_displayed();
        found
            .wait(PATIENCE, Duration::from_millis(50))
            .first()
            .await
    }

    /// Tries again while fragments come in and replace what was found.
    async fn again(&self, act: impl AsyncFn() -> WebDriverResult<()>) {
        let start = Instant::now();
        while let Err(error) = act().await {
            if start.elapsed() > PATIENCE {
                let text = self.text().await;
                panic!("{:?}: {error}\n{text}", self.way);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Presses Tab until the focus is on what has these words.
    async fn tab_to(&self, words: &str) {
        self.tab_until(|names| is_named(names, words)).await;
    }

    /// The same for a field, which may have been asked for just now.
    async fn tab_to_field(&self, label: &str) {
        self.again(async || self.find(&field(label)).await.map(drop))
            .await;
        self.tab_to(label).await;
    }

    async fn tab_until(&self, is_there: impl Fn(&[String]) -> bool) {
        let mut passed = Vec::new();
        for _ in 0..MOST_TABS {
            let names = self.focused().await;
            if is_there(&names) {
                return;
            }
            passed.push(names.join(" | "));
            self.browser.press(Key::Tab).await;
        }
        panic!("Tab does not lead there, but to {passed:#?}");
    }

    async fn focused(&self) -> Vec<String> {
        let names = self.browser.run(FOCUSED).await;
        serde_json::from_value(names).unwrap()
    }
}
