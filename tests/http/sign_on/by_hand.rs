//! What ties a person to a provider's word, on the page of how they get in.

use support::desk::TestDesk;

#[tokio::test]
async fn an_administrator_ties_a_person_to_a_providers_word_and_cuts_it() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await;
    let annika = desk.agent("Annika Brandt").await;
    let admin = petra.sign_in().await;
    let here = format!("/settings/people/{}/access", annika.id);
    assert!(!admin.get(&here).await.says("Anmeldung über Anbieter"));

    let amt = desk.trust_nobody("Landesamt", "lotse").await;
    desk.trust_nobody("Rechenzentrum", "lotse").await;
    let page = admin.get(&here).await;
    page.must_say("Mit keinem Anbieter verknüpft.");
    let empty = admin.submit(&page, "#identity-form", &[]).await;
    assert_eq!(empty.status, 422);
    for field in ["#provider-fault", "#subject-fault"] {
        assert!(empty.has(field), "{field}: {}", empty.describe());
    }
    let provider = amt.to_string();
    let typed = [("provider", provider.as_str()), ("subject", " aB-4711 ")];
    let done = admin.submit(&empty, "#identity-form", &typed).await;
    let page = admin.follow(&done).await;
    for words in ["Landesamt", "https://login.invalid", "aB-4711"] {
        page.must_say(words);
    }
    // Who it is already is nobody else.
    let twice = format!("/settings/people/{}/access", petra.id);
    let page = admin.get(&twice).await;
    let taken = admin.submit(&page, "#identity-form", &typed).await;
    assert_eq!(taken.status, 422);
    taken.must_say("Diese Anmeldung gehört schon zu einer Person.");
    assert_eq!(
        taken.attribute("#subject", "value").as_deref(),
        Some(" aB-4711 ")
    );

    let browser = annika.sign_in().await;
    let link = format!("/settings/people/{}/identities", annika.id);
    let cut = format!("{link}/cut");
    for address in [&link, &cut] {
        assert_eq!(browser.post(address, &typed).await.status, 403);
    }
    let page = admin.get(&here).await;
    let tied = page.attribute("button[name=identity]", "value").unwrap();
    let done = admin.post(&cut, &[("identity", &tied)]).await;
    let page = admin.follow(&done).await;
    page.must_say("Mit keinem Anbieter verknüpft.");
    assert!(!page.says("aB-4711"));
}

#[tokio::test]
async fn the_last_way_in_of_the_last_administrator_is_kept_with_a_word() {
    let desk = TestDesk::new().await;
    let petra = desk.administrator().await;
    let amt = desk.trust_nobody("Landesamt", "lotse").await.to_string();
    let admin = petra.sign_in().await;
    let here = format!("/settings/people/{}/access", petra.id);
    let page = admin.get(&here).await;
    let typed = [("provider", amt.as_str()), ("subject", "petra")];
    assert_eq!(
        admin.submit(&page, "#identity-form", &typed).await.status,
        303
    );
    let page = admin.get(&here).await;
    let tied = page.attribute("button[name=identity]", "value").unwrap();
    let cut = format!("/settings/people/{}/identities/cut", petra.id);
    let refused = admin.post(&cut, &[("identity", &tied)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("[data-state=error]"), "{}", refused.describe());
    admin.get(&here).await.must_say("petra");
}
