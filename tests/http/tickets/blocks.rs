//! Text blocks while answering: offered by typing, put in place of what called them, and done along when it is sent.

use entities::article::File as BlockFile;
use entities::field::{Choice, FieldFacts, Kind, Value, Words, read};
use entities::text_block::{
    Acts, BlockKind, BlockThen, KeepOwn, NewOwner, TextBlockFacts, Wording, list,
};
use entities::ticket::{ClosingReason, Priority, State};
use entities::{Permit, Uuid, permit::Protected as _, person::OwnAccount};
use support::desk::{Page, block};

use super::case::Case;

const FORM: &str = "#composer";

pub(super) fn answer(name: &str, text: &str) -> TextBlockFacts {
    block(name, BlockKind::Answer, text)
}

/// Types in the answer what calls a block, and takes it.
pub(super) async fn put(case: &Case, text: &str, called: &str, id: Uuid) -> Page {
    let at = text.encode_utf16().count().to_string();
    let act = format!("block:{id}");
    let typed = [
        ("mode", "reply"),
        ("to", "sabine@pankow.example"),
        ("text", text),
        ("called", called),
        ("cursor", &at),
        ("act", &act),
    ];
    let page = case.browser.htmx_post(&case.at("composer"), &typed).await;
    assert_eq!(page.status, 200, "{}", page.describe());
    page
}

/// What a fragment says.
pub(super) fn says(page: &Page, words: &str) {
    assert!(
        page.body().contains(words),
        "no “{words}”:\n{}",
        page.body()
    );
}

pub(super) async fn times(case: &Case, id: Uuid) -> i64 {
    let counts = list::counts(&case.desk.db).await.unwrap();
    counts.get(&id).copied().unwrap_or_default()
}

#[tokio::test]
async fn what_is_typed_behind_two_colons_finds_blocks_and_shows_what_they_will_say() {
    let case = Case::open().await;
    let text = "{{greeting}}, der Vorgang {{number}} wird geprüft.";
    case.desk.offer(answer("Prüfung läuft", text)).await;
    case.desk
        .offer(answer("Angaben fehlen", "Bitte das Aktenzeichen."))
        .await;
    let script = block("Leitfaden", BlockKind::PhoneScript, "Seit wann?");
    case.desk.offer(script).await;
    let look = async |typed: &str| {
        let query = format!("composer/blocks?mode=reply&block_q={typed}");
        case.browser.htmx_get(&case.at(&query)).await
    };
    let found = look("pruf").await;
    assert_eq!(found.status, 200);
    says(&found, "<mark>Prüf</mark>ung läuft");
    says(&found, "Guten Tag Sabine Kowalke");
    says(&found, &case.ticket.number);
    assert!(!found.body().contains("Angaben fehlen"));
    // Found by its text too; what is for the phone is for the phone.
    says(&look("aktenzeichen").await, "Angaben fehlen");
    assert!(!look("").await.body().contains("Leitfaden"));
    says(&look("gibtsnicht").await, "Kein Textbaustein passt dazu.");
}

#[tokio::test]
async fn a_block_takes_the_place_of_what_called_it_and_is_counted_when_it_is_sent() {
    let case = Case::open().await;
    let id = case
        .desk
        .offer(answer("Umgehung", "bis morgen hilft dies."))
        .await;
    let put = put(&case, "Guten Tag,\n::umg", "::umg", id).await;
    let body = put.body();
    assert!(
        body.contains("Guten Tag,\nbis morgen hilft dies."),
        "{body}"
    );
    assert!(!body.contains("::umg"), "{body}");
    assert_eq!(times(&case, id).await, 0);
    // It was kept, so that nothing is lost when the browser closes.
    let page = case.browser.get(&case.page()).await;
    assert!(
        page.text("#composer-text")
            .contains("bis morgen hilft dies.")
    );
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(
        case.last().await.message.body,
        "Guten Tag,\nbis morgen hilft dies."
    );
    assert_eq!(times(&case, id).await, 1);
}

#[tokio::test]
async fn a_mail_with_an_empty_place_is_stopped_with_the_place_marked_and_the_text_kept() {
    let case = Case::open().await;
    let id = case
        .desk
        .offer(answer("Termin", "Termin am {{due}}?"))
        .await;
    let put = put(&case, "::ter", "::ter", id).await;
    says(&put, "Termin am {{due}}?");
    // The place is selected: it is overwritten by typing.
    assert!(
        put.body().contains("data-caret=\"10-17\""),
        "{}",
        put.body()
    );
    let page = case.browser.get(&case.page()).await;
    let stopped = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(stopped.status, 422);
    stopped.must_say("Der Platzhalter „due“ ist noch leer.");
    assert_eq!(
        stopped.attribute("#composer-text", "data-caret").unwrap(),
        "10-17"
    );
    assert!(
        stopped
            .text("#composer-text")
            .contains("Termin am {{due}}?")
    );
    assert!(case.added().await.is_empty());
    assert_eq!(times(&case, id).await, 0);
    let filled = [("text", "Termin am Freitag?")];
    let sent = case.browser.submit(&stopped, FORM, &filled).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.last().await.message.body, "Termin am Freitag?");
}

#[tokio::test]
async fn what_a_ticket_says_is_no_text_block() {
    let case = Case::open().await;
    let ticket = case.desk.ticket("{{title}} {{agent}}").from(&case.annika);
    let ticket = ticket.owned_by(&case.annika).await;
    let id = case.desk.offer(answer("Titel", "Zu: {{title}}")).await;
    let act = format!("block:{id}");
    let typed = [("mode", "reply"), ("text", ""), ("act", act.as_str())];
    let at = format!("/tickets/{}/composer", ticket.number);
    let put = case.browser.htmx_post(&at, &typed).await;
    // Its words are put in once and never filled again.
    says(&put, "Zu: {{title}} {{agent}}");
}

#[tokio::test]
async fn a_block_solves_raises_takes_over_and_brings_its_file() {
    let case = Case::open().await;
    let stored = case.desk.db.put_blob(b"Anleitung".to_vec()).await.unwrap();
    let file = BlockFile {
        name: "Anleitung.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
    };
    let mut facts = answer("Rechte gesetzt", "die Rechte sind gesetzt.");
    facts.wording = Wording {
        acts: Acts {
            then: Some(BlockThen::Solved(ClosingReason::Rights)),
            priority: Some(Priority::High),
            owner: Some(NewOwner::Sender),
            ..Acts::default()
        },
        files: vec![file],
        ..facts.wording
    };
    let id = case.desk.offer(facts).await;
    let put = put(&case, "/rech", "/rech", id).await;
    says(&put, "Senden, gelöst");
    says(&put, "Priorität");
    says(&put, "Anleitung.txt");
    let page = case.browser.get(&case.page()).await;
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let now = case.now().await;
    assert_eq!((now.state, now.priority), (State::Solved, Priority::High));
    assert_eq!(now.owner_id, Some(case.annika.id));
    let entry = case.last().await;
    let names: Vec<&str> = entry.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["Anleitung.txt"]);
}

/// A block that makes somebody the owner.
fn owned_by(owner: NewOwner) -> TextBlockFacts {
    let mut facts = answer("Weitergeben", "wir kümmern uns.");
    facts.wording.acts.owner = Some(owner);
    facts
}

#[tokio::test]
async fn a_block_gives_the_ticket_to_somebody_or_back_to_its_team() {
    let case = Case::open().await;
    let jonas = case.desk.agent("Jonas Weber").await;
    let person = NewOwner::Person(jonas.id);
    let id = case.desk.offer(owned_by(person)).await;
    let look = case.at("composer/blocks?mode=reply&block_q=weiter");
    says(
        &case.browser.htmx_get(&look).await,
        "Zuständig wird Jonas Weber",
    );
    let taken = put(&case, "/wei", "/wei", id).await;
    says(&taken, "Zuständig wird Jonas Weber");
    let page = case.browser.get(&case.page()).await;
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.now().await.owner_id, Some(jonas.id));
    // In its team once more, also where nobody owned it before.
    let mut waits = owned_by(NewOwner::Nobody);
    waits.name = "Zurückgeben".to_owned();
    let id = case.desk.offer(waits).await;
    let given = put(&case, "/zur", "/zur", id).await;
    says(&given, "das Ticket wartet im Team");
    let page = case.browser.get(&case.page()).await;
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.now().await.owner_id, None);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_block_that_names_somebody_who_left_says_so_and_gives_them_nothing() {
    let case = Case::open().await;
    let jonas = case.desk.agent("Jonas Weber").await;
    let id = case.desk.offer(owned_by(NewOwner::Person(jonas.id))).await;
    let retire = entities::person::Retire::of(jonas.id);
    case.desk.console(retire).await;
    let taken = put(&case, "/wei", "/wei", id).await;
    says(&taken, "bearbeitet keine Tickets mehr");
    assert!(!taken.body().contains("Jonas Weber"));
    let page = case.browser.get(&case.page()).await;
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let owner = case.now().await.owner_id;
    assert_eq!(owner, Some(case.annika.id), "as without the block");
}

/// Presses the button that leaves what the blocks in the answer do besides.
pub(super) async fn leave(case: &Case, page: &Page) -> Page {
    let mut form = page.fill(FORM, &[("act", "acts")]).fields;
    form.retain(|(name, _)| name != "csrf");
    let fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let left = case.browser.post(&case.at("composer"), &fields).await;
    assert_eq!(left.status, 303, "{}", left.describe());
    case.browser.get(&case.page()).await
}

#[tokio::test]
async fn what_a_block_does_besides_can_be_left() {
    let case = Case::open().await;
    let mut facts = answer("Eilt", "wir kümmern uns.");
    facts.wording.acts.priority = Some(Priority::High);
    let id = case.desk.offer(facts).await;
    put(&case, "::eilt", "::eilt", id).await;
    let page = case.browser.get(&case.page()).await;
    assert!(page.has("#composer-acts button"));
    let page = leave(&case, &page).await;
    assert!(!page.has("#composer-acts button"));
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.now().await.priority, Priority::Normal);
}

/// A block that sets these fields, put into Annika's answer.
async fn put_setting(case: &Case, sets: &[(&str, &str)]) {
    let mut facts = answer("Einordnen", "wir kümmern uns.");
    let set = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
    facts.wording.acts.fields = sets.iter().map(set).collect();
    let id = case.desk.offer(facts).await;
    put(case, "::ein", "::ein", id).await;
}

#[tokio::test]
async fn a_block_fills_fields_as_a_person_would_type_them_and_leaves_those_the_ticket_has_not() {
    let case = Case::open().await;
    let facts = |key, kind| FieldFacts::new(key, kind, Words::new("Feld", "Field"));
    let way = FieldFacts {
        options: vec![Choice::new("Fax", "Fax"), Choice::new("Mail", "Mail")],
        ..facts("way", Kind::Choice)
    };
    let way = case.desk.field(way).await;
    let urgent = case.desk.field(facts("urgent", Kind::YesNo)).await;
    let elsewhere = case.desk.team("Kita").await;
    let service = case.desk.service("KITA-Netz", elsewhere).await;
    let mut other = facts("other", Kind::Text);
    other.settings.shown.services = vec![service];
    case.desk.field(other).await;
    let sets = [("way", "mail"), ("urgent", "Ja"), ("other", "x")];
    put_setting(&case, &sets).await;
    let page = case.browser.get(&case.page()).await;
    let told = page.text("#composer-acts");
    assert!(
        told.contains("mail") && !told.contains("other"),
        "not told of what is not done: {told}"
    );
    let sent = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let annika = case.annika.actor().await;
    let sheet = read::sheet(&case.desk.db, &annika, &case.now().await).await;
    let values = sheet.unwrap().values;
    let mail = Value::Options(vec![way.options[1].id]);
    assert_eq!(values.get(&way.row.id), Some(&mail));
    assert_eq!(values.get(&urgent.row.id), Some(&Value::YesNo(true)));
    assert_eq!(values.len(), 2);
}

#[tokio::test]
async fn a_value_that_a_field_does_not_take_stops_the_answer_until_it_is_left() {
    let case = Case::open().await;
    let words = Words::new("Verfahren", "Procedure");
    let way = FieldFacts {
        options: vec![Choice::new("Fax", "Fax")],
        ..FieldFacts::new("way", Kind::Choice, words)
    };
    case.desk.field(way).await;
    put_setting(&case, &[("way", "Brief")]).await;
    let page = case.browser.get(&case.page()).await;
    let stopped = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(stopped.status, 422);
    stopped.must_say("„Verfahren“ nimmt „Brief“ nicht an.");
    assert!(stopped.text("#composer-text").contains("wir kümmern uns."));
    assert!(case.added().await.is_empty());
    let left = case.browser.submit(&stopped, FORM, &[("blocks", "")]).await;
    assert_eq!(left.status, 303, "{}", left.describe());
    assert_eq!(case.last().await.message.body, "wir kümmern uns.");
}

#[tokio::test]
async fn a_note_does_not_promise_what_only_an_answer_does() {
    let case = Case::open().await;
    let mut facts = answer("Eilt", "wir kümmern uns.");
    facts.wording.acts.priority = Some(Priority::High);
    let id = case.desk.offer(facts).await;
    let act = format!("block:{id}");
    let typed = [("mode", "note"), ("text", ""), ("act", act.as_str())];
    let put = case.browser.htmx_post(&case.at("composer"), &typed).await;
    says(&put, "wir kümmern uns.");
    let page = case
        .browser
        .get(&format!("{}?mode=note", case.page()))
        .await;
    assert!(!page.has("#composer-acts button"));
}

#[tokio::test]
async fn only_blocks_that_are_offered_are_counted() {
    let case = Case::open().await;
    let id = case.desk.offer(answer("Umgehung", "Dies hilft.")).await;
    let page = case.browser.get(&case.page()).await;
    let blocks = format!("{id} {id} {}", Uuid::now_v7());
    let typed = [("text", "Dies hilft."), ("blocks", blocks.as_str())];
    let sent = case.browser.submit(&page, FORM, &typed).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let counts = list::counts(&case.desk.db).await.unwrap();
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(id, 1)]);
}

#[tokio::test]
async fn without_scripts_a_block_is_taken_from_a_page_and_stands_behind_what_was_written() {
    let case = Case::open().await;
    let id = case.desk.offer(answer("Umgehung", "Dies hilft.")).await;
    let begun = [("mode", "reply"), ("text", "Guten Tag, ")];
    case.browser.post(&case.at("draft"), &begun).await;
    let page = case
        .browser
        .get(&case.at("composer/blocks?mode=reply"))
        .await;
    assert!(page.is_whole());
    page.must_say("Dies hilft.");
    let act = format!("put:{id}");
    let taken = [("act", act.as_str())];
    let taken = case.browser.submit(&page, "form.offer", &taken).await;
    assert_eq!(taken.status, 303, "{}", taken.describe());
    let page = case.browser.follow(&taken).await;
    let text = page.text("#composer-text");
    assert!(text.contains("Guten Tag, Dies hilft."), "{text}");
}

#[tokio::test]
async fn an_answer_begins_and_ends_with_what_its_service_says_and_is_nothing_by_itself() {
    let case = Case::open().await;
    let opening = block("Anrede", BlockKind::Opening, "{{greeting}},");
    let closing = block(
        "Gruß",
        BlockKind::Closing,
        "Mit freundlichen Grüßen\n{{agent}}",
    );
    case.desk.offer(opening).await;
    case.desk.offer(closing).await;
    let page = case.browser.get(&case.page()).await;
    let text = page.text("#composer-text");
    assert!(text.contains("Guten Tag Sabine Kowalke,"), "{text}");
    assert!(text.contains("Annika Brandt"), "{text}");
    let refused = case.browser.submit(&page, FORM, &[]).await;
    assert_eq!(refused.status, 422);
    refused.must_say("Bitte schreiben Sie einen Text.");
    let whole = "Guten Tag Sabine Kowalke,\r\n\r\nerledigt.\r\n\r\nMit freundlichen Grüßen\r\nAnnika Brandt";
    let sent = case.browser.submit(&page, FORM, &[("text", whole)]).await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    assert_eq!(case.last().await.message.body, whole.replace("\r\n", "\n"));
}

#[tokio::test]
async fn a_block_of_somebodys_own_is_offered_to_them_alone() {
    let case = Case::open().await;
    let annika = case.annika.actor().await;
    let on = OwnAccount::find(&case.desk.db, &annika, "").await.unwrap();
    let own = KeepOwn {
        id: None,
        name: "Mein Gruß".to_owned(),
        category: String::new(),
        wording: answer("", "Schönen Feierabend!").wording,
        once: None,
    };
    let permit = Permit::ask(&annika, on).unwrap();
    case.desk.db.change(permit, own).await.unwrap();
    let at = case.at("composer/blocks?mode=note&block_q=mein");
    says(&case.browser.htmx_get(&at).await, "Mein Gruß");
    let derya = case.desk.agent("Derya Aksoy").await.sign_in().await;
    let hers = derya.htmx_get(&at).await;
    assert_eq!(hers.status, 200);
    assert!(!hers.body().contains("Mein Gruß"), "{}", hers.body());
}
