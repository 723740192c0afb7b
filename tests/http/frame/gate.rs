//! Nobody gets past the gate without a session.

use support::desk::TestDesk;

#[tokio::test]
async fn a_visitor_is_asked_to_sign_in_and_comes_back() {
    let desk = TestDesk::new().await;
    let page = desk.visitor().get("/views?x=1").await;
    assert_eq!(page.status, 303);
    assert_eq!(page.location().unwrap(), "/sign-in?next=%2Fviews%3Fx%3D1");
}

#[tokio::test]
async fn a_signed_in_agent_is_let_in() {
    let desk = TestDesk::new().await;
    let youth = desk.team("Jugend 1").await;
    let annika = desk.agent("Annika Brandt").in_team(youth).await;
    let page = annika.sign_in().await.get("/views").await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_retired_person_is_out_at_once() {
    let desk = TestDesk::new().await;
    let annika = desk.agent("Annika Brandt").await;
    let browser = annika.sign_in().await;
    desk.console(entities::person::Retire::of(annika.id)).await;
    assert_eq!(browser.get("/views").await.status, 303);
}
