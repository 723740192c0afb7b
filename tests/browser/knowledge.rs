//! What a case teaches goes its way: solved, drafted, reviewed by another, found, put into an answer, asked about, checked
//! after a release, retired. By keyboard, on pages without faults.

use thirtyfour::prelude::*;

use crate::hands::{Hands, Way};
use crate::letters::{Read, TITLE, request};
use crate::office::{Office, Undo};

const PASSWORD: &str = "Leuchtturm am Wattenmeer";
const TIM: &str = "tim.berger@mitte.example";
const STEPS: &str = "Bitte stoßen Sie den Zahllauf noch einmal an.";

async fn at(office: &Office, email: &str) -> Hands {
    let hands = Hands::at(office, Way::Keyboard).await;
    hands.browser.carry_axe().await;
    hands.sign_in(email, PASSWORD).await;
    hands
}

/// The ticket is about a service, answered, and solved as one that helps others.
async fn solve(office: &Office, petra: &Hands) {
    office.deliver(&request());
    office.wait_for_messages(1).await;
    petra.key("g").await;
    petra.key("t").await;
    petra.open_listed(TITLE).await;
    petra.sees("bricht der Zahllauf").await;
    petra.change("Fachverfahren", "Zahllauf").await;
    petra.key("r").await;
    petra.write("Nachricht", STEPS).await;
    petra.send_by_key().await;
    petra.sees_control("Status ändern", "Rückfrage").await;
    petra.key("s").await;
    petra.choose("Status", "Gelöst").await;
    petra.choose("Grund", "Daten").await;
    petra
        .tick("Wiederverwendbar – die Lösung hilft auch anderen")
        .await;
    petra.press("Übernehmen").await;
    petra.sees_control("Status ändern", "Gelöst").await;
    petra.sees("Vormerkung aufheben").await;
}

/// One key from the case to the draft; the requester's name is not in it. Its address.
async fn draft(petra: &Hands) -> String {
    petra.key("v").await;
    petra.sees("So beginnt der Entwurf").await;
    petra.sees_in("#case-draft", "noch einmal an").await;
    petra.must_be_accessible().await;
    petra.press("Entwurf anlegen").await;
    petra.sees("Veröffentlichung").await;
    let body = petra.browser.find(By::Id("body")).await.unwrap();
    let body = body.value().await.unwrap().unwrap();
    assert!(body.contains(STEPS) && !body.contains("König"), "{body}");
    petra
        .write("Kurz gesagt", "Den Lauf noch einmal anstoßen.")
        .await;
    // From “Nur Servicedesk” on down to everybody.
    petra.tick("Nur Servicedesk").await;
    for _ in 0..3 {
        petra.browser.press(Key::Down).await;
    }
    petra.choose("Rubrik", "Zahlungen").await;
    petra.must_be_accessible().await;
    petra.press("Speichern und zur Prüfung geben").await;
    petra.sees("Die Fassung liegt zur Prüfung bereit.").await;
    petra.must_be_accessible().await;
    let url = petra.browser.current_url().await.unwrap();
    url.path().to_owned()
}

/// By words of its text, among articles alone; the case itself says them too.
async fn is_found(petra: &Hands) {
    let begun = std::time::Instant::now();
    loop {
        petra
            .goto("/search?kind=article&q=noch+einmal+anstosen")
            .await;
        if petra.text().await.contains(TITLE) {
            break;
        }
        assert!(begun.elapsed().as_secs() < 5, "it is not found");
    }
    petra.must_be_accessible().await;
}

/// Somebody else writes, and the article is the answer.
async fn answer(office: &Office, petra: &Hands) {
    let mail = format!(
        "From: Tim Berger <{TIM}>\r\nTo: {}\r\nSubject: Zahllauf steht still\r\nMessage-ID: <zweite@mitte.example>\r\n\
         Date: Sat, 28 Nov 2026 09:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEr steht.\r\n",
        Office::ADDRESS
    );
    office.deliver(mail.as_bytes());
    office.wait_for_mails(TIM, 1).await;
    petra.goto("/tickets").await;
    petra.open_listed("Zahllauf steht still").await;
    petra.sees("Er steht.").await;
    petra.key("r").await;
    petra.press("Artikel einfügen").await;
    petra.sees_in("#composer-articles", TITLE).await;
    petra.must_be_accessible().await;
    petra.press(&format!("Beides: {TITLE}")).await;
    petra.holds("Nachricht", "/help/articles/").await;
    petra.send_by_key().await;
    petra.sees_control("Status ändern", "Rückfrage").await;
    let mails = office.wait_for_mails(TIM, 2).await;
    let read = mails.iter().map(|raw| Read::mail(raw));
    let reply = read.into_iter().find(|mail| !mail.automatic).unwrap();
    assert!(reply.text.contains("/help/articles/"), "{reply:#?}");
}

/// A release of the service puts the article on the list, until somebody has looked.
async fn check_again(office: &Office, petra: &Hands, article: &str) {
    let services = entities::service::choices(&office.desk.db).await.unwrap();
    let service = services.iter().find(|one| one.name == "Zahllauf").unwrap();
    office.desk.release(service.id, "7.5").await;
    petra.goto(article).await;
    petra
        .sees("Seit Release 7.5 (Zahllauf) nicht geprüft.")
        .await;
    petra.goto("/knowledge/recheck").await;
    petra.sees("Zahllauf 7.5").await;
    petra.must_be_accessible().await;
    petra.press(TITLE).await;
    petra.press("Geprüft: gilt weiterhin").await;
    petra.sees("Geprüft: Der Artikel gilt weiterhin.").await;
    petra.gone("nicht geprüft").await;
    petra.must_be_accessible().await;
    petra.goto("/knowledge/recheck").await;
    petra.sees("Nichts zu prüfen").await;
}

#[tokio::test]
async fn what_a_case_teaches_helps_others_until_it_is_retired() {
    let office = Office::open(Undo::None).await;
    office.add_mailbox(TIM);
    office.desk.category("Zahlungen", None).await;
    let author = office.desk.administrator().with_password(PASSWORD).await;
    let reviewer = office
        .desk
        .reviewer("Marek Lindner")
        .with_password(PASSWORD)
        .await;
    let petra = at(&office, &author.email).await;
    solve(&office, &petra).await;
    let article = draft(&petra).await;

    let marek = at(&office, &reviewer.email).await;
    marek.goto(&article).await;
    marek.press("Veröffentlichen").await;
    marek.sees("Die Fassung ist veröffentlicht.").await;
    marek.must_be_accessible().await;

    is_found(&petra).await;
    answer(&office, &petra).await;

    marek.goto(&article).await;
    marek.press("Ja").await;
    marek.sees("Danke für Ihre Rückmeldung.").await;
    marek.sees("1-mal in Antworten").await;

    check_again(&office, &petra, &article).await;
    marek.goto(&article).await;
    marek.press("Stilllegen").await;
    marek.sees("Dieser Artikel ist stillgelegt.").await;
    marek.must_be_accessible().await;
    petra.goto("/knowledge").await;
    petra.gone(TITLE).await;
    petra.must_be_accessible().await;
    petra.browser.close().await;
    marek.browser.close().await;
}
