//! Chromium shows pages as the tests ask and axe-core finds their faults.

use std::path::PathBuf;

use support::browser::{Browser, JavaScript, Scheme, Size};
use support::process::scratch;
use thirtyfour::prelude::*;

const PAGE: &str = r#"<!doctype html>
<html lang="de">
<head>
<meta name="viewport" content="width=device-width">
<title>Anmeldung</title>
<style>
  #dark { display: none }
  @media (prefers-color-scheme: dark) { #dark { display: block } #light { display: none } }
</style>
</head>
<body>
<main>
<h1>Anmeldung</h1>
<p id="light">hell</p>
<p id="dark">dunkel</p>
<noscript><p id="plain">ohne Skript</p></noscript>
<label>Name <input id="name"></label>
<button id="send">Senden</button>
<p id="greeting"></p>
<script>
  document.querySelector('#send').addEventListener('click', () => {
    document.querySelector('#greeting').textContent =
      'Guten Tag, ' + document.querySelector('#name').value + ' (' + navigator.language + ')'
  })
</script>
FAULT
</main>
</body>
</html>"#;

struct Page {
    file: PathBuf,
    _directory: tempfile::TempDir,
}

fn page(fault: &str) -> Page {
    let directory = scratch("page");
    let file = directory.path().join("page.html");
    std::fs::write(&file, PAGE.replace("FAULT", fault)).unwrap();
    Page {
        file,
        _directory: directory,
    }
}

async fn open(browser: &Browser, page: &Page) {
    let url = format!("file://{}", page.file.display());
    browser.goto(url).await.unwrap();
}

#[tokio::test]
async fn a_german_user_types_and_presses_keys() {
    let browser = Browser::start(Size::DESKTOP, Scheme::Light, JavaScript::On).await;
    open(&browser, &page("")).await;
    browser.type_into("#name", "Jürgen").await;
    browser.press(Key::Tab + Key::Enter).await;
    let text = browser.text().await;
    assert!(text.contains("Guten Tag, Jürgen (de"), "{text}");
    assert!(text.contains("hell") && !text.contains("dunkel"), "{text}");
    assert!(!text.contains("ohne Skript"), "{text}");
    browser.close().await;
}

#[tokio::test]
async fn axe_finds_a_planted_fault_and_no_other() {
    let browser = Browser::start(Size::DESKTOP, Scheme::Light, JavaScript::On).await;
    open(&browser, &page("")).await;
    assert_eq!(browser.accessibility_faults().await, Vec::<String>::new());
    open(&browser, &page(r#"<img src="data:,">"#)).await;
    let faults = browser.accessibility_faults().await;
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert!(faults[0].starts_with("image-alt (critical)"), "{faults:#?}");
    browser.close().await;
}

#[tokio::test]
async fn a_phone_without_scripts_in_the_dark() {
    let browser = Browser::start(Size::PHONE, Scheme::Dark, JavaScript::Off).await;
    open(&browser, &page("")).await;
    let text = browser.text().await;
    assert!(text.contains("ohne Skript"), "{text}");
    assert!(text.contains("dunkel") && !text.contains("hell"), "{text}");
    browser.type_into("#name", "Jürgen").await;
    browser.click("#send").await;
    assert!(!browser.text().await.contains("Guten Tag"));

    let pictures = scratch("pictures");
    let picture = pictures.path().join("phone.png");
    browser.screenshot_to(&picture).await;
    let bytes = std::fs::read(picture).unwrap();
    // The width and height in a PNG's header.
    assert_eq!(bytes[16..20], Size::PHONE.width.to_be_bytes());
    assert_eq!(bytes[20..24], Size::PHONE.height.to_be_bytes());
    browser.close().await;
}
