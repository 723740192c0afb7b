//! On paper: the letterhead above the ticket, and an answer as a letter.

use entities::Permission;
use entities::policy::Scope;
use entities::text_block::BlockKind;
use support::desk::{Page, block};

use super::case::Case;

/// Sends an answer; the address of its letter.
async fn answered(case: &Case, text: &str) -> String {
    let page = case.browser.get(&case.page()).await;
    let typed = [("to", "sabine@pankow.example"), ("text", text)];
    let sent = case.browser.submit(&page, "#composer", &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    case.desk.send_everything().await;
    let id = case.last().await.message.id;
    case.at(&format!("messages/{id}/print"))
}

async fn letterhead(case: &Case) {
    let text =
        "Servicedesk Jugend\nMusterallee 12\n12345 Musterstadt\n\nTelefon 030 9000\nRaum {{agent}}";
    let head = block("Briefkopf", BlockKind::Letterhead, text);
    case.desk.offer(head).await;
}

fn must_have(page: &Page, at: &str, words: &str) {
    let said = page.text(at);
    assert!(said.contains(words), "{at}: {said}");
}

#[tokio::test]
async fn an_answer_is_printed_as_a_letter_with_the_head_the_address_and_the_text() {
    let case = Case::open().await;
    letterhead(&case).await;
    let text = "Guten Tag,\n\n- **erst** prüfen\n- dann [lesen](https://amt.example/hilfe)\n\n\
                Mit freundlichen Grüßen\nAnnika Brandt\n\nAm 1.11.2026 schrieb Sabine Kowalke:\n> Hilfe, der Lauf bricht ab";
    let way = answered(&case, text).await;
    let thread = case.browser.get(&case.page()).await;
    assert!(thread.has(&format!("#thread a[href='{way}']")), "{way}");
    let letter = case.browser.get(&way).await;
    assert_eq!(letter.status, 200, "{}", letter.describe());
    must_have(&letter, "header strong", "Servicedesk Jugend");
    must_have(
        &letter,
        ".from",
        "Servicedesk Jugend · Musterallee 12 · 12345 Musterstadt",
    );
    must_have(&letter, ".address", "Sabine Kowalke");
    assert!(letter.has(".address[contenteditable]"));
    for words in [
        "Unser Zeichen:",
        case.ticket.number.as_str(),
        "Annika Brandt",
        "Datum:",
        "Telefon 030 9000",
    ] {
        must_have(&letter, ".about", words);
    }
    let subject = format!("Zahllauf bricht ab (Ticket {})", case.ticket.number);
    assert_eq!(letter.text("h1"), subject);
    must_have(&letter, ".text li strong", "erst");
    must_have(&letter, ".text", "lesen (");
    must_have(&letter, ".text a", "https://amt.example/hilfe");
    must_have(&letter, ".text", "Mit freundlichen Grüßen");
    assert!(!letter.says("Hilfe, der Lauf"), "what is quoted stays away");
    assert!(!letter.has("script") && letter.has("nav a[href]"));
}

#[tokio::test]
async fn the_letterhead_of_the_team_goes_before_that_of_all_and_the_name_of_the_desk_stands_where_none_is()
 {
    let case = Case::open().await;
    let print = case.at("print");
    let bare = case.browser.get(&print).await;
    let name = case.desk.config.organisation.name.clone();
    must_have(&bare, ".letterhead", &name);
    letterhead(&case).await;
    let page = case.browser.get(&print).await;
    must_have(&page, ".letterhead", "Musterallee 12");
    must_have(&page, ".letterhead", "Telefon 030 9000");
    let mut own = block(
        "Kopf des Teams",
        BlockKind::Letterhead,
        "Jugend 1\nHafenstr. 3",
    );
    own.team_id = case.ticket.team_id;
    case.desk.offer(own).await;
    let page = case.browser.get(&print).await;
    must_have(&page, ".letterhead", "Hafenstr. 3");
    assert!(!page.text(".letterhead").contains("Musterallee"));
}

#[tokio::test]
async fn what_was_not_written_to_the_requester_is_no_letter_and_nobody_else_reads_one() {
    let case = Case::open().await;
    let way = answered(&case, "Vertraulich: bitte neu anmelden.").await;
    case.browser
        .htmx_post(
            &case.at("notes"),
            &[("mode", "note"), ("text", "Unter uns.")],
        )
        .await;
    let note = case.last().await.message.id;
    let thread = case.browser.get(&case.page()).await;
    assert_eq!(thread.count("#thread a[href$='/print']"), 1);
    let no_letter = case.at(&format!("messages/{note}/print"));
    assert_eq!(case.browser.get(&no_letter).await.status, 404);
    let elsewhere = case.desk.ticket("Anderes").await;
    let id = way.split('/').nth(4).unwrap();
    let wrong = format!("/tickets/{}/messages/{id}/print", elsewhere.number);
    assert_eq!(case.browser.get(&wrong).await.status, 404);
    let housing = case.desk.team("Wohngeld").await;
    let reads = [(Permission::ReadTickets, Scope::OwnTeams)];
    let derya = case
        .desk
        .person_with("Derya Aksoy", &reads)
        .in_team(housing);
    let page = derya.await.sign_in().await.get(&way).await;
    assert_eq!(page.status, 404);
    assert!(!page.body().contains("Vertraulich"));
}
