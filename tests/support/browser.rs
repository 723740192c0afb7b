//! A private Chromium, driven through WebDriver.

mod downloads;

use std::ops::Deref;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::process::{Process, Stop, free_port, package, scratch};

/// The page's part of the window in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    pub const DESKTOP: Self = Self {
        width: 1280,
        height: 800,
    };
    /// What desks are designed for.
    pub const WIDE: Self = Self {
        width: 1440,
        height: 900,
    };
    pub const PHONE: Self = Self {
        width: 390,
        height: 844,
    };
}

/// What the user's system prefers.
#[derive(Clone, Copy, Debug)]
pub enum Scheme {
    Light,
    Dark,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug)]
pub enum JavaScript {
    On,
    Off,
}

/// A running browser with a fresh profile. It derefs to the driver; end it
/// with [`Browser::close`], or it is killed with the value.
pub struct Browser {
    driver: WebDriver,
    address: String,
    _process: Process,
    profile: tempfile::TempDir,
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Browser {
    /// Starts a German browser.
    pub async fn start(size: Size, scheme: Scheme, javascript: JavaScript) -> Self {
        let profile = scratch("chromium");
        let port = free_port();
        let mut command = std::process::Command::new(package("chromedriver", "chromium-driver"));
        command
            .arg(format!("--port={port}"))
            .env("HOME", profile.path())
            // File names are UTF-8, wherever the tests run.
            .env("LC_ALL", "C.UTF-8")
            .env("LANGUAGE", "de");
        let log = profile.path().join("chromedriver.log");
        let process = Process::start("chromedriver", log, Stop::Kill, &command);
        process.wait_for_port(port);
        let capabilities = capabilities(profile.path(), size, scheme, javascript).unwrap();
        let address = format!("http://127.0.0.1:{port}");
        crate::certificates::install_provider();
        let driver = WebDriver::new(&address, capabilities)
            .await
            .unwrap_or_else(|error| panic!("no browser: {error}\n{}", process.log()));
        Self {
            driver,
            address,
            _process: process,
            profile,
        }
    }

    /// Ends the browser.
    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }

    /// Clicks the first element of a CSS selector.
    pub async fn click(&self, selector: &str) {
        self.element(selector).await.click().await.unwrap();
    }

    /// Types into the field of a CSS selector, after what it holds.
    pub async fn type_into(&self, selector: &str, text: &str) {
        self.element(selector).await.send_keys(text).await.unwrap();
    }

    /// Presses keys one after the other where the focus is, for example
    /// `Key::Tab + Key::Enter`, or types a text there.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.driver
            .action_chain()
            .send_keys(keys)
            .perform()
            .await
            .unwrap();
    }

    /// Presses a key that opens another page. What `press` sends is the key and a while later its letter, which a field of
    /// the page that came in between would take; from a keyboard both come at once.
    pub async fn press_to_open(&self, letter: char) {
        let upper = letter.to_ascii_uppercase();
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({
                "type": kind,
                "key": letter.to_string(),
                "code": format!("Key{upper}"),
                "windowsVirtualKeyCode": u32::from(upper),
            });
            self.command("Input.dispatchKeyEvent", key).await;
        }
    }

    /// Waits for the first element of a CSS selector.
    ///
    /// # Panics
    /// With the page's text if it does not come within the driver's patience.
    pub async fn element(&self, selector: &str) -> WebElement {
        match self.driver.query(By::Css(selector)).first().await {
            Ok(element) => element,
            Err(error) => panic!("no `{selector}`: {error}\n{}", self.text().await),
        }
    }

    /// What the page shows as text.
    pub async fn text(&self) -> String {
        let body = self.driver.find(By::Css("body")).await.unwrap();
        body.text().await.unwrap()
    }

    /// Writes a picture of the visible part of the page.
    pub async fn screenshot_to(&self, file: &Path) {
        self.driver.screenshot(file).await.unwrap();
    }

    /// Lets every page from now on bring axe-core with it, which is faster than handing it to each.
    pub async fn carry_axe(&self) {
        let command = "Page.addScriptToEvaluateOnNewDocument";
        self.command(command, json!({ "source": axe() })).await;
    }

    /// Gives the browser a cookie for a place it has not been to.
    pub async fn give_cookie(&self, address: &str, cookie: &str) {
        let (name, value) = cookie.split_once('=').unwrap();
        let cookie = json!({ "url": address, "name": name, "value": value });
        self.command("Network.setCookie", cookie).await;
    }

    /// A command of the DevTools protocol.
    async fn command(&self, command: &str, params: Value) {
        let session = self.driver.session_id();
        let url = format!("{}/session/{session}/goog/cdp/execute", self.address);
        let command = json!({ "cmd": command, "params": params });
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answer = client.post(url).json(&command).send().await.unwrap();
        answer.error_for_status().unwrap();
    }

    /// Opens a page of the desk at that address.
    pub async fn open(&self, base: &str, path: &str) {
        self.driver.goto(format!("{base}{path}")).await.unwrap();
    }

    /// The page has no fault that axe-core finds.
    pub async fn must_be_accessible(&self) {
        let faults = self.accessibility_faults().await;
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    /// Runs axe-core on the page and returns a readable line for each fault;
    /// an empty list means it found none. Needs JavaScript.
    pub async fn accessibility_faults(&self) -> Vec<String> {
        let loaded = self.run("return typeof window.axe !== 'undefined'").await;
        if loaded != Value::Bool(true) {
            self.run(&axe()).await;
        }
        let script = "const done = arguments[0];
            axe.run(document, { resultTypes: ['violations'] })
                .then(found => done(found.violations), fault => done(String(fault)));";
        let found = self.driver.execute_async(script, Vec::new()).await.unwrap();
        let Value::Array(violations) = found.json() else {
            panic!("axe-core failed: {}", found.json());
        };
        violations.iter().flat_map(describe).collect()
    }

    /// The value of a script's `return`.
    pub async fn run(&self, script: &str) -> Value {
        let result = self.driver.execute(script, Vec::new()).await.unwrap();
        result.json().clone()
    }
}

/// One line for each place at which a rule is broken.
fn describe(violation: &Value) -> Vec<String> {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    nodes
        .iter()
        .map(|node| {
            format!(
                "{} ({}): {} at {} in {}: {}",
                text(violation, "id"),
                text(violation, "impact"),
                text(violation, "help"),
                node["target"],
                text(node, "html"),
                text(node, "failureSummary").replace('\n', " "),
            )
        })
        .collect()
}

fn axe() -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; run `npm ci` in tests/ (Debian package npm)",
            file.display()
        )
    })
}

fn capabilities(
    profile: &Path,
    size: Size,
    scheme: Scheme,
    javascript: JavaScript,
) -> WebDriverResult<thirtyfour::ChromeCapabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    let binary = package("chromium", "chromium");
    capabilities.set_binary(&binary.to_string_lossy())?;
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=de",
    ] {
        capabilities.add_arg(argument)?;
    }
    capabilities.add_arg(&format!(
        "--user-data-dir={}",
        profile.join("profile").display()
    ))?;
    // Blink's own numbers: 0 is dark, 1 is light.
    capabilities.add_arg(match scheme {
        Scheme::Dark => "--blink-settings=preferredColorScheme=0",
        Scheme::Light => "--blink-settings=preferredColorScheme=1",
    })?;
    let allow = 1;
    let block = 2;
    capabilities.add_experimental_option(
        "prefs",
        json!({
            "intl.accept_languages": "de-DE,de",
            "download.default_directory": downloads::folder(profile),
            "download.prompt_for_download": false,
            "profile.managed_default_content_settings.javascript": match javascript {
                JavaScript::On => allow,
                JavaScript::Off => block,
            },
        }),
    )?;
    // A window has a least width and a frame, an emulated device has neither.
    capabilities.add_experimental_option(
        "mobileEmulation",
        json!({ "deviceMetrics": {
            "width": size.width,
            "height": size.height,
            "pixelRatio": 1,
            "touch": false,
            "mobile": false,
        }}),
    )?;
    Ok(capabilities)
}
