//! Text blocks that name a field not everybody sees: said before what they say leaves the desk.

use entities::Uuid;
use entities::field::{FieldFacts, Kind, Right, Words};
use entities::text_block::Acts;
use entities::ticket::Priority;

use super::blocks::{answer, leave, put, says, times};
use super::case::Case;

const WARNING: &str = "nicht alle im Servicedesk sehen: Aktenzeichen";

/// A block that names a field not everybody sees, beside one that everybody does.
async fn offer_reserved(case: &Case, acts: Acts) -> Uuid {
    let searcher = entities::first_start::SEARCHER;
    let role = entities::role::shipped(&case.desk.db, searcher).await;
    let mut facts = FieldFacts::new("akte", Kind::Text, Words::new("Aktenzeichen", "File"));
    facts.settings.rights = vec![(role.unwrap().unwrap().id, Right::Hidden)];
    case.desk.field(facts).await;
    let open = FieldFacts::new("weg", Kind::Text, Words::new("Meldeweg", "Way"));
    case.desk.field(open).await;
    let mut facts = answer("Bezug", "zu {{field.akte}} auf {{field.weg}}");
    facts.wording.acts = acts;
    case.desk.offer(facts).await
}

#[tokio::test]
async fn a_block_that_names_a_field_not_everybody_sees_says_so_before_it_is_sent() {
    let case = Case::open().await;
    let id = offer_reserved(&case, Acts::default()).await;
    let look = case.at("composer/blocks?mode=reply&block_q=bezug");
    says(&case.browser.htmx_get(&look).await, WARNING);
    says(&put(&case, "/bez", "/bez", id).await, WARNING);
    // It is nothing that is done, so nothing that could be left.
    let page = case.browser.get(&case.page()).await;
    let told = page.text("#composer-acts");
    assert!(
        told.contains(WARNING) && !told.contains("Beim Senden"),
        "{told}"
    );
    assert!(!page.has("#composer-acts button"));
    let lead = case.desk.administrator().await.sign_in().await;
    let page = lead.get(&format!("/settings/text-blocks/{id}")).await;
    page.must_say("die im Servicedesk nicht alle sehen dürfen: Aktenzeichen.");
    assert!(!page.says("dürfen: Aktenzeichen, Meldeweg"));
}

#[tokio::test]
async fn a_message_to_a_vendor_is_warned_of_what_not_everybody_sees_and_does_nothing_besides() {
    let case = Case::open().await;
    let acts = Acts {
        priority: Some(Priority::High),
        ..Acts::default()
    };
    let id = offer_reserved(&case, acts).await;
    let look = case.at("composer/blocks?mode=vendor&block_q=bezug");
    let offered = case.browser.htmx_get(&look).await;
    says(&offered, WARNING);
    assert!(!offered.body().contains("Priorität"), "{}", offered.body());
    let act = format!("block:{id}");
    let typed = [("mode", "vendor"), ("text", ""), ("act", act.as_str())];
    let put = case.browser.htmx_post(&case.at("composer"), &typed).await;
    says(&put, WARNING);
    assert!(!put.body().contains("Priorität"), "{}", put.body());
}

#[tokio::test]
async fn a_block_whose_acts_are_left_is_warned_of_and_counted_all_the_same() {
    let case = Case::open().await;
    let acts = Acts {
        priority: Some(Priority::High),
        ..Acts::default()
    };
    let id = offer_reserved(&case, acts).await;
    put(&case, "::bez", "::bez", id).await;
    let page = case.browser.get(&case.page()).await;
    let page = leave(&case, &page).await;
    let told = page.text("#composer-acts");
    assert!(
        told.contains(WARNING) && !told.contains("Priorität"),
        "{told}"
    );
    let text = [("text", "zu 12/26 auf Papier")];
    let sent = case.browser.submit(&page, "#composer", &text).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.now().await.priority, Priority::Normal);
    assert_eq!(times(&case, id).await, 1);
}
