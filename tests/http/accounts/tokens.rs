//! Tokens for programs: what they open, what they do not, and how they end.

use chrono::Duration;
use entities::Permission;
use entities::policy::Scope;
use reqwest::Method;
use serde_json::{Value, json};
use support::desk::{Client, Page, TestDesk};

use super::annika;

/// Makes a token by the form; what the page shows once.
async fn token(browser: &Client, permissions: &[&str]) -> String {
    let page = browser.get("/account/tokens").await;
    let mut typed = vec![("name", "Nachtlauf")];
    typed.extend(permissions.iter().map(|p| ("permissions", *p)));
    let page = browser.submit(&page, "#token-form", &typed).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    let token = page.text("#token");
    assert!(token.starts_with("lotse_"), "{token}");
    token
}

/// Asks as a program does.
async fn call(desk: &TestDesk, method: Method, path: &str, token: &str, body: &str) -> Page {
    let program = desk.visitor();
    let request = program.request(method, path).bearer_auth(token);
    program.send(request.body(body.to_owned())).await
}

async fn read(desk: &TestDesk, token: &str) -> Page {
    call(desk, Method::GET, "/api/tickets", token, "").await
}

fn json_of(page: &Page) -> Value {
    serde_json::from_slice(&page.bytes).unwrap_or_else(|_| panic!("{}", page.body()))
}

#[tokio::test]
async fn a_token_reads_what_its_person_reads() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Jugend 2").await);
    let rights = [(Permission::ReadTickets, Scope::Teams(vec![own]))];
    let jonas = desk.person_with("Jonas Weber", &rights).await;
    let mine = desk.ticket("Zahllauf bricht ab").in_team(own).await;
    desk.ticket("Fremdes Thema").in_team(other).await;
    let token = token(&jonas.sign_in().await, &["read_tickets"]).await;
    let page = read(&desk, &token).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("content-type"),
        "application/json; charset=utf-8"
    );
    let all = json_of(&page);
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert_eq!(all[0]["number"], mine.number.as_str());
    let found = call(&desk, Method::GET, "/api/tickets?q=Fremdes", &token, "").await;
    assert_eq!(json_of(&found), json!([]));
    let found = call(&desk, Method::GET, "/api/tickets?owner=me", &token, "").await;
    assert_eq!(json_of(&found), json!([]));
    assert_eq!(
        call(&desk, Method::GET, "/api/tickets?owner=x", &token, "")
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_token_does_no_more_than_it_is_for() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let reads = token(&browser, &["read_tickets"]).await;
    let opens = token(&browser, &["create_tickets"]).await;
    let new = json!({ "title": "Nachtlauf", "text": "Exit 1" }).to_string();
    assert_eq!(
        call(&desk, Method::POST, "/api/tickets", &reads, &new)
            .await
            .status,
        403
    );
    assert_eq!(read(&desk, &opens).await.status, 403);
    let page = call(&desk, Method::POST, "/api/tickets", &opens, &new).await;
    assert_eq!(page.status, 201, "{}", page.body());
    let number = json_of(&page)["number"].as_str().unwrap().to_owned();
    browser
        .get(&format!("/tickets/{number}"))
        .await
        .must_say("Exit 1");
    assert_eq!(json_of(&read(&desk, &reads).await)[0]["title"], "Nachtlauf");
}

#[tokio::test]
async fn the_same_key_opens_one_ticket() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let token = token(&browser, &["read_tickets", "create_tickets"]).await;
    let new = json!({ "title": "Nachtlauf", "text": "Exit 1", "once": "2026-11-28" }).to_string();
    let first = call(&desk, Method::POST, "/api/tickets", &token, &new).await;
    let second = call(&desk, Method::POST, "/api/tickets", &token, &new).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 200));
    assert_eq!(json_of(&first), json_of(&second));
    for (bad, status) in [
        ("{}", 400),
        ("no json", 400),
        (r#"{"title":" ","text":"x"}"#, 409),
    ] {
        let page = call(&desk, Method::POST, "/api/tickets", &token, bad).await;
        assert_eq!(page.status, status, "{bad}");
        assert!(json_of(&page)["error"].is_string());
    }
}

#[tokio::test]
async fn what_a_person_may_no_longer_a_token_may_not_either() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let token = token(&annika.sign_in().await, &["read_tickets"]).await;
    assert_eq!(read(&desk, &token).await.status, 200);
    let without = entities::person::SetRoles {
        id: annika.id,
        role_ids: vec![],
    };
    desk.console(without).await;
    assert_eq!(read(&desk, &token).await.status, 403);
    desk.console(entities::person::Retire::of(annika.id)).await;
    assert_eq!(read(&desk, &token).await.status, 401);
}

#[tokio::test]
async fn nobody_gives_a_token_more_than_they_have() {
    let desk = TestDesk::new().await;
    let browser = desk.requester("Sabine Krüger").await.sign_in().await;
    browser
        .get("/account/tokens")
        .await
        .must_say("nichts, wofür es Token gibt");
    let typed = [
        ("name", "x"),
        ("permissions", "read_tickets"),
        ("days", "30"),
    ];
    assert_eq!(browser.post("/account/tokens", &typed).await.status, 422);
    let agent = annika(&desk).await.sign_in().await;
    for wrong in ["manage_people", "manage_roles", "receive_mail"] {
        let typed = [("name", "x"), ("permissions", wrong), ("days", "30")];
        let page = agent.post("/account/tokens", &typed).await;
        assert_eq!(page.status, 422, "{wrong}");
        assert_eq!(page.attribute("#name", "value").as_deref(), Some("x"));
    }
}

#[tokio::test]
async fn tokens_end_by_time_by_their_owner_and_by_administrators() {
    let desk = TestDesk::new().await;
    let annika = annika(&desk).await;
    let browser = annika.sign_in().await;
    let (one, two) = (
        token(&browser, &["read_tickets"]).await,
        token(&browser, &["read_tickets"]).await,
    );
    let page = browser.get("/account/tokens").await;
    assert!(!page.body().contains(&one), "it is shown once");
    page.must_say("Nie");
    let newest = page.attributes("button[name=token]", "value").remove(0);
    // Nobody ends a token of others by their own page.
    let derya = desk.agent("Derya Aksoy").await.sign_in().await;
    derya
        .post("/account/tokens/end", &[("token", &newest)])
        .await;
    assert_eq!(read(&desk, &two).await.status, 200);
    browser
        .post("/account/tokens/end", &[("token", &newest)])
        .await;
    assert_eq!(read(&desk, &two).await.status, 401);
    let admin = desk.administrator().await.sign_in().await;
    let access = format!("/settings/people/{}/access", annika.id);
    let page = admin.get(&access).await;
    let left = page.attributes("button[name=token]", "value");
    assert_eq!(left.len(), 1);
    let address = format!("/settings/people/{}/tokens", annika.id);
    assert_eq!(
        derya.post(&address, &[("token", &left[0])]).await.status,
        403
    );
    assert_eq!(read(&desk, &one).await.status, 200);
    admin.post(&address, &[("token", &left[0])]).await;
    assert_eq!(read(&desk, &one).await.status, 401);
    let three = token(&annika.sign_in().await, &["read_tickets"]).await;
    desk.pass(Duration::days(91));
    assert_eq!(
        read(&desk, &three).await.status,
        401,
        "ninety days are over"
    );
}

#[tokio::test]
async fn a_token_opens_no_page_and_no_cookie_goes_with_it() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let token = token(&browser, &["read_tickets", "create_tickets"]).await;
    for page in ["/", "/account", "/tickets", "/account/tokens"] {
        assert_eq!(
            call(&desk, Method::GET, page, &token, "").await.status,
            303,
            "{page}"
        );
    }
    let both = browser
        .request(Method::GET, "/api/tickets")
        .bearer_auth(&token);
    assert_eq!(browser.send(both).await.status, 400);
    assert_eq!(
        browser.get("/api/tickets").await.status,
        400,
        "a session is no token"
    );
    let answer = read(&desk, &token).await;
    assert!(answer.headers.get("set-cookie").is_none());
}

#[tokio::test]
async fn guessing_tokens_ends_soon() {
    let desk = TestDesk::with(&[("LOTSE_SIGN_IN_ATTEMPTS_PER_ADDRESS", "3")]).await;
    let browser = annika(&desk).await.sign_in().await;
    let right = token(&browser, &["read_tickets"]).await;
    for status in [401, 401, 401, 429] {
        assert_eq!(read(&desk, "lotse_guessed").await.status, status);
    }
    assert_eq!(
        read(&desk, &right).await.status,
        200,
        "whoever has a token does not guess"
    );
}

#[tokio::test]
async fn only_the_hash_is_stored_and_the_use_is_noted() {
    let desk = TestDesk::new().await;
    let browser = annika(&desk).await.sign_in().await;
    let token = token(&browser, &["read_tickets"]).await;
    let sql = "SELECT count(*) FROM api_token WHERE hash = $1";
    let plain = token.clone().into_bytes();
    assert_eq!(desk.database().number(sql, vec![plain.into()]).await, 0);
    let sql = "SELECT count(*) FROM event WHERE payload LIKE '%' || $1 || '%'";
    assert_eq!(
        desk.database()
            .number(sql, vec![token.clone().into()])
            .await,
        0
    );
    read(&desk, &token).await;
    let used = "SELECT count(*) FROM api_token WHERE used_at IS NOT NULL";
    assert_eq!(desk.database().number(used, vec![]).await, 1);
    assert!(!browser.get("/account/tokens").await.says("Nie"));
}
