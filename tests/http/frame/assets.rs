//! Style sheet, scripts, icons and fonts: small, kept for a year, never sent twice.

use reqwest::Method;
use support::desk::{Client, TestDesk};

async fn addresses(browser: &Client) -> Vec<String> {
    let page = browser.get("/sign-in").await;
    let mut found = page.attributes("link[href^='/assets/']", "href");
    found.extend(page.attributes("script[src^='/assets/']", "src"));
    assert!(found.len() >= 2, "{found:?}");
    found
}

#[tokio::test]
async fn every_file_a_page_names_is_there_and_kept() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    for address in addresses(&browser).await {
        let file = browser.get(&address).await;
        assert_eq!(file.status, 200, "{address}");
        assert!(file.header("cache-control").contains("immutable"));
        assert!(file.header("etag").starts_with('"'));
        assert!(!file.bytes.is_empty());
        assert!(file.header("set-cookie").is_empty());
    }
}

#[tokio::test]
async fn the_headers_alone_are_those_of_the_file() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    for address in addresses(&browser).await {
        let whole = browser.get(&address).await;
        let head = browser.head(&address).await;
        assert_eq!(head.status, 200, "{address}");
        assert!(head.bytes.is_empty());
        for name in ["content-type", "content-length", "etag", "cache-control"] {
            assert_eq!(head.header(name), whole.header(name), "{address} {name}");
        }
    }
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    let address = addresses(&browser).await.remove(0);
    let etag = browser.get(&address).await.header("etag").to_owned();
    for known in [etag.clone(), format!("\"other\", W/{etag}"), "*".to_owned()] {
        let request = browser
            .request(Method::GET, &address)
            .header("If-None-Match", &known);
        let again = browser.send(request).await;
        assert_eq!(again.status, 304, "{known}");
        assert!(again.bytes.is_empty());
        assert_eq!(again.header("etag"), etag);
    }
}

#[tokio::test]
async fn a_file_comes_in_the_coding_the_browser_likes() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    let address = addresses(&browser).await.remove(0);
    let mut sizes = Vec::new();
    for coding in ["identity", "gzip", "br"] {
        let request = browser
            .request(Method::GET, &address)
            .header("Accept-Encoding", coding);
        let file = browser.send(request).await;
        let expected = coding.trim_start_matches("identity");
        assert_eq!(file.header("content-encoding"), expected);
        assert!(file.header("vary").contains("Accept-Encoding"));
        sizes.push(file.bytes.len());
    }
    assert!(sizes[0] > sizes[1] && sizes[1] > sizes[2], "{sizes:?}");
}

#[tokio::test]
async fn an_unknown_file_is_not_found() {
    let desk = TestDesk::new().await;
    for path in [
        "/assets/desk.0000000000000000.css",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/assets/",
    ] {
        let page = desk.visitor().get(path).await;
        assert_eq!(page.status, 404, "{path}");
    }
}
