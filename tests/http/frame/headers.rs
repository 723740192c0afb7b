//! Every answer forbids the browser what no page of ours needs.

use reqwest::Method;
use support::desk::{Page, TestDesk};

fn must_be_strict(page: &Page) {
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'self'"), "{}", page.describe());
    assert!(!policy.contains("unsafe-"), "{policy}");
    for part in [
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert_eq!(page.header("referrer-policy"), "same-origin");
    assert!(page.header("strict-transport-security").is_empty());
    assert_eq!(page.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn pages_redirects_files_and_errors_carry_them() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    let page = browser.get("/sign-in").await;
    let style = page.attribute("link[rel=stylesheet]", "href").unwrap();
    must_be_strict(&page);
    must_be_strict(&browser.get(&style).await);
    must_be_strict(&browser.get("/views").await);
    must_be_strict(&browser.get("/nowhere").await);
    must_be_strict(&signed_in.get("/views").await);
    must_be_strict(&signed_in.get("/tickets/2026-999999-0").await);
    let refused = signed_in.request(Method::POST, "/sign-out");
    must_be_strict(&signed_in.send(refused).await);
}

#[tokio::test]
async fn pages_of_people_are_kept_by_nobody_in_between() {
    let desk = TestDesk::new().await;
    let signed_in = desk.agent("Annika Brandt").await.sign_in().await;
    for path in ["/views", "/tickets/2026-999999-0"] {
        let page = signed_in.get(path).await;
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_request_id_sent_by_the_visitor_is_not_believed() {
    let desk = TestDesk::new().await;
    let browser = desk.visitor();
    let request = browser
        .request(Method::GET, "/nowhere")
        .header("X-Request-Id", "<script>");
    let page = browser.send(request).await;
    assert_ne!(page.header("x-request-id"), "<script>");
    assert!(!page.body().contains("<script>"));
}
