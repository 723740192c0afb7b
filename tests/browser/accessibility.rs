//! axe-core reads every page as people with other senses do, in light and dark, wide and narrow.
//! With `LOTSE_TEST_SCREENSHOTS=FOLDER` each page is kept as a picture for people to look at.

use std::collections::BTreeMap;
use std::path::PathBuf;

use support::browser::{Browser, JavaScript, Scheme, Size};
use support::desk::Persona;
use thirtyfour::Cookie;

use crate::pages::Furnished;

/// What is wrong, with the pages on which it is.
#[derive(Default)]
struct Faults {
    found: BTreeMap<String, Vec<String>>,
    looked_at: usize,
}

impl Faults {
    fn add(&mut self, page: &str, fault: String) {
        self.found.entry(fault).or_default().push(page.to_owned());
    }

    fn must_be_none(&self) {
        assert!(self.looked_at > 30, "only {} pages", self.looked_at);
        let lines = self
            .found
            .iter()
            .map(|(fault, pages)| format!("{fault}\n  on {}", pages.join(" ")));
        let lines: Vec<String> = lines.collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}

/// One look at all pages.
struct Look {
    name: &'static str,
    scheme: Scheme,
    size: Size,
}

#[tokio::test]
async fn no_page_has_faults_in_the_light() {
    look(Look {
        name: "light",
        scheme: Scheme::Light,
        size: Size::WIDE,
    })
    .await;
}

#[tokio::test]
async fn no_page_has_faults_in_the_dark() {
    look(Look {
        name: "dark",
        scheme: Scheme::Dark,
        size: Size::WIDE,
    })
    .await;
}

#[tokio::test]
async fn no_page_has_faults_on_a_phone() {
    look(Look {
        name: "phone",
        scheme: Scheme::Light,
        size: Size::PHONE,
    })
    .await;
}

async fn look(look: Look) {
    let furnished = Furnished::new().await;
    let browser = Browser::start(look.size, look.scheme, JavaScript::On).await;
    browser.carry_axe().await;
    let mut faults = Faults::default();
    for path in furnished.open_pages() {
        read(&look, &furnished, &browser, &path, &mut faults).await;
    }
    wrong_password(&look, &furnished, &browser, &mut faults).await;
    sign_in(&furnished.administrator, &browser).await;
    for path in furnished.pages() {
        read(&look, &furnished, &browser, &path, &mut faults).await;
    }
    sign_in(&furnished.coordinator, &browser).await;
    for path in furnished.portal_pages() {
        read(&look, &furnished, &browser, &path, &mut faults).await;
    }
    browser.close().await;
    faults.must_be_none();
}

async fn read(
    look: &Look,
    furnished: &Furnished,
    browser: &Browser,
    path: &str,
    faults: &mut Faults,
) {
    let url = format!("{}{path}", furnished.desk.base());
    browser.goto(url).await.unwrap();
    // A fragment is no page.
    if browser.run("return document.doctype !== null").await == true {
        examine(look, browser, path, faults).await;
    }
}

async fn examine(look: &Look, browser: &Browser, name: &str, faults: &mut Faults) {
    faults.looked_at += 1;
    let status = "return performance.getEntriesByType('navigation')[0].responseStatus";
    let status = browser.run(status).await.as_i64().unwrap();
    assert!(status < 500, "{name}: {status}");
    if let Some(folder) = std::env::var_os("LOTSE_TEST_SCREENSHOTS") {
        let folder = PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        let name = name.replace(|c: char| !c.is_alphanumeric(), "_");
        let file = folder.join(format!("{name}-{}.png", look.name));
        browser.screenshot_to(&file).await;
    }
    let found = browser.accessibility_faults().await;
    for fault in found {
        faults.add(name, fault);
    }
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let beyond = browser.run(wide).await.as_i64().unwrap();
    if beyond > 0 {
        faults.add(name, format!("{beyond} pixels stand beyond the edge"));
    }
}

/// The form for signing in with what was wrong about it.
async fn wrong_password(
    look: &Look,
    furnished: &Furnished,
    browser: &Browser,
    faults: &mut Faults,
) {
    let url = format!("{}/sign-in", furnished.desk.base());
    browser.goto(url).await.unwrap();
    // Beside a provider the password waits until it is wanted.
    browser.click(".login__alt summary").await;
    let email = &furnished.administrator.email;
    browser.type_into("input[name=email]", email).await;
    browser.type_into("input[name=password]", "falsch").await;
    browser.click("#sign-in-form button[type=submit]").await;
    let notice = browser.element("main [role=alert]").await;
    assert!(!notice.text().await.unwrap().is_empty());
    examine(look, browser, "/sign-in wrong", faults).await;
}

async fn sign_in(who: &Persona, browser: &Browser) {
    let client = who.sign_in().await;
    let name = "lotse_session";
    let mut cookie = Cookie::new(name, client.cookie(name).unwrap());
    cookie.set_path("/");
    browser.add_cookie(cookie).await.unwrap();
}
