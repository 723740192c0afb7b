//! One fault, many tickets: hung on it by number and from the list, and everybody told at once.

use entities::text_block::{self, BlockKind, Notice, TextBlockFacts, Wording};
use entities::ticket::share::{VendorShare, read};
use entities::ticket::{Ticket, link, thread};
use entities::{Actor, Rule, Uuid};
use support::desk::{Client, Page, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

struct Case {
    desk: TestDesk,
    browser: Client,
    fault: Ticket,
    share: VendorShare,
    nordlicht: Uuid,
    /// Of Sabine and Tim.
    others: Vec<Ticket>,
}

impl Case {
    /// Annika works on a fault that Nordlicht is to repair; two others ask because of it.
    async fn open() -> Case {
        let desk = TestDesk::new().await;
        let fault = desk.fault(&["Sabine Kowalke", "Tim Berger"]).await;
        Case {
            browser: fault.agent.sign_in().await,
            fault: fault.ticket,
            desk,
            share: fault.share,
            nordlicht: fault.vendor,
            others: fault.others,
        }
    }

    /// The same with both hanging on it and the repair live.
    async fn repaired() -> Case {
        let case = Case::open().await;
        for other in &case.others {
            case.desk.hang(other, &case.fault).await;
        }
        let share = case.desk.make_live(&case.share).await;
        Case { share, ..case }
    }

    fn page(&self) -> String {
        format!("/tickets/{}/fault", self.fault.number)
    }

    /// From the page of the fault to what is to be written.
    async fn sheet(&self) -> (String, Page) {
        let page = self.browser.get(&self.page()).await;
        let tell = format!("form[action$='/shares/{}/tell']", self.share.id);
        let sent = self.browser.submit(&page, &tell, &[]).await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
        let at = sent.location().unwrap();
        let sheet = self.browser.get(&at).await;
        (at, sheet)
    }

    async fn told(&self, ticket: &Ticket) -> Vec<String> {
        let ticket = self.desk.read(ticket.id).await;
        let all = thread::thread(&self.desk.db, &ticket).await.unwrap();
        let messages = all.into_iter().map(|entry| entry.message);
        let told = messages.filter(|m| m.told_of.is_some());
        told.map(|m| m.body).collect()
    }
}

fn form(at: &str) -> String {
    format!("form[action='{at}']")
}

#[tokio::test]
async fn tickets_are_hung_on_a_fault_by_their_numbers() {
    let case = Case::open().await;
    let page = case.browser.get(&case.page()).await;
    page.must_say("Sobald die Korrektur in Betrieb ist");
    let at = form(&case.page());
    let wrong = [("numbers", "2026-000000-1 4711")];
    let refused = case.browser.submit(&page, &at, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text("#numbers-fault")
            .contains("2026-000000-1, 4711")
    );
    assert_eq!(
        refused.attribute("#numbers", "value").as_deref(),
        Some("2026-000000-1 4711")
    );
    let empty = case.browser.submit(&page, &at, &[]).await;
    assert_eq!(empty.status, 422);
    let numbers = format!("{}, {}", case.others[0].number, case.others[1].number);
    let sent = case
        .browser
        .submit(&page, &at, &[("numbers", &numbers)])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let sheet = sent.location().unwrap();
    let preview = case.browser.get(&sheet).await;
    preview.must_say(&format!("Hängt an Störung: {}", case.fault.number));
    preview.must_say("Es ändern sich: 2.");
    let run = format!("form[action='{sheet}/run']");
    let done = case.browser.submit(&preview, &run, &[]).await;
    let page = case.browser.follow(&done).await;
    page.must_say("Sabine Kowalke");
    page.must_say("Tim Berger");
    assert!(page.text("#toasts .toast").contains("2 Tickets geändert"));
    let linked = link::of(&case.desk.db, &CONSOLE, case.fault.id).await;
    assert_eq!(linked.unwrap().len(), 2);
    let ticket = case
        .browser
        .get(&format!("/tickets/{}", case.fault.number))
        .await;
    ticket.must_say("Störung: 2 Tickets hängen daran");
}

#[tokio::test]
async fn tickets_are_hung_on_a_fault_from_the_list() {
    let case = Case::open().await;
    let ids: Vec<String> = case.others.iter().map(|t| t.id.to_string()).collect();
    let mut chosen: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    chosen.push(("do", "hang"));
    let sent = case.browser.post("/tickets/bulk", &chosen).await;
    let sheet = sent.location().unwrap();
    let page = case.browser.get(&sheet).await;
    page.must_say(&format!("{} Bescheid bricht ab", case.fault.number));
    let missing = case.browser.post(&sheet, &[]).await;
    assert_eq!(missing.status, 422);
    assert!(missing.has("#value-fault"));
    let wrong = case.browser.post(&sheet, &[("number", "4711")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("#number-fault"));
    let fault = case.fault.id.to_string();
    let said = case.browser.post(&sheet, &[("value", &fault)]).await;
    assert_eq!(said.status, 303, "{}", said.describe());
    let preview = case.browser.get(&sheet).await;
    let run = format!("form[action='{sheet}/run']");
    let done = case.browser.submit(&preview, &run, &[]).await;
    assert!(done.location().unwrap().starts_with("/tickets?"));
    let linked = link::of(&case.desk.db, &CONSOLE, case.fault.id).await;
    assert_eq!(linked.unwrap().len(), 2);
}

#[tokio::test]
async fn all_requesters_are_told_once_by_a_text_that_was_looked_at() {
    let case = Case::repaired().await;
    let ticket = case
        .browser
        .get(&format!("/tickets/{}", case.fault.number))
        .await;
    ticket.must_say("Alle Anfragenden benachrichtigen");
    let (at, sheet) = case.sheet().await;
    assert!(sheet.text("#text-de").contains("{{greeting}}"));
    let typed = [("release", "7.4.2")];
    let said = case.browser.submit(&sheet, &form(&at), &typed).await;
    assert_eq!(said.status, 303, "{}", said.describe());
    let preview = case.browser.get(&at).await;
    preview.must_say("Benachrichtigt werden: 3. Ausgelassen: 0.");
    preview.must_say("So liest es Karin Adam");
    preview.must_say("Guten Tag Karin Adam,");
    preview.must_say("Sabine Kowalke");
    assert!(case.told(&case.fault).await.is_empty());
    let run = format!("form[action='{at}/run']");
    let done = case.browser.submit(&preview, &run, &[]).await;
    let result = case.browser.follow(&done).await;
    result.must_say("Benachrichtigt: 3. Ausgelassen: 0.");
    // The same button once more, and the whole way once more.
    case.browser.submit(&preview, &run, &[]).await;
    let (at, sheet) = case.sheet().await;
    case.browser.submit(&sheet, &form(&at), &[]).await;
    let again = case.browser.get(&at).await;
    again.must_say("Benachrichtigt werden: 0. Ausgelassen: 3.");
    again.must_say("Schon benachrichtigt");
    assert!(!again.has("[name=seen]"));
    for ticket in case.others.iter().chain([&case.fault]) {
        let told = case.told(ticket).await;
        assert_eq!(told.len(), 1);
        assert!(told[0].contains(&ticket.number) && !told[0].contains("Nordlicht"));
    }
    case.desk.pass(chrono::Duration::minutes(1));
    case.desk.send_everything().await;
    let mails = case.desk.mails_to("sabine.kowalke@desk.example");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.starts_with("Guten Tag Sabine Kowalke,"));
    let history = format!("/tickets/{}/history", case.others[0].number);
    let history = case.browser.get(&history).await;
    history.must_say("Über die behobene Störung benachrichtigt");
    let page = case.browser.get(&case.page()).await;
    assert!(!page.says("noch nicht"));
}

#[tokio::test]
async fn what_is_wrong_with_the_message_is_said_at_its_field() {
    let case = Case::repaired().await;
    let (at, sheet) = case.sheet().await;
    let tries = [
        (vec![("text-de", " ")], "#text-de-fault"),
        (vec![("text-de", "Hallo {{vendor}}")], "#text-de-fault"),
        (vec![("text-de", "In {{ release }}.")], "#release-fault"),
        (vec![("solve", "1"), ("reason", "")], "#reason-fault"),
    ];
    for (typed, fault) in tries {
        let refused = case.browser.submit(&sheet, &form(&at), &typed).await;
        assert_eq!(refused.status, 422, "{fault}");
        assert!(refused.has(fault), "{fault}: {}", refused.describe());
    }
    let typed = [("text-de", "Mein Text"), ("solve", "1"), ("reason", "")];
    let kept = case.browser.submit(&sheet, &form(&at), &typed).await;
    assert!(kept.text("#text-de").contains("Mein Text"));
}

#[tokio::test]
async fn a_text_block_is_filled_in_and_can_be_changed() {
    let case = Case::repaired().await;
    let wording = Wording {
        notice: Notice {
            de: "{{greeting}}\n\nes geht wieder: {{number}}.".to_owned(),
            en: String::new(),
        },
        ..Wording::default()
    };
    let facts = TextBlockFacts {
        name: "Störung behoben".to_owned(),
        kind: BlockKind::RequesterNotice,
        approved: Some(wording.clone()),
        wording,
        ..TextBlockFacts::default()
    };
    let block = case
        .desk
        .console(text_block::Create { facts, once: None })
        .await;
    let (at, sheet) = case.sheet().await;
    let id = block.id.to_string();
    let typed = [("block", id.as_str()), ("act", "block")];
    let filled = case.browser.submit(&sheet, &form(&at), &typed).await;
    assert_eq!(filled.status, 200, "{}", filled.describe());
    assert!(filled.text("#text-de").contains("es geht wieder"));
    let said = case.browser.submit(&filled, &form(&at), &[]).await;
    assert_eq!(said.status, 303, "{}", said.describe());
    let preview = case.browser.get(&at).await;
    preview.must_say(&format!("es geht wieder: {}.", case.fault.number));
}

#[tokio::test]
async fn a_vendor_learns_nothing_of_the_other_tickets() {
    let case = Case::repaired().await;
    let (at, sheet) = case.sheet().await;
    case.browser.submit(&sheet, &form(&at), &[]).await;
    let preview = case.browser.get(&at).await;
    let run = format!("form[action='{at}/run']");
    case.browser.submit(&preview, &run, &[]).await;
    let jonas = case.desk.vendor_user("Jonas Ehlers").of(case.nordlicht);
    let jonas = jonas.await.sign_in().await;
    let shared = format!("/portal/tickets/{}", case.fault.number);
    for path in ["/portal", shared.as_str()] {
        let page = jonas.get(path).await;
        assert_eq!(page.status, 200);
        for hidden in ["Kowalke", "Berger", "Adam", "ist behoben"] {
            assert!(!page.says(hidden), "{path} says {hidden}");
        }
        assert!(!page.says(&case.others[0].number));
    }
    for path in [case.page(), at] {
        assert_eq!(jonas.get(&path).await.status, 404);
    }
}

#[tokio::test]
async fn whoever_may_not_write_to_requesters_cannot_tell_them() {
    let case = Case::repaired().await;
    let reads = [(
        entities::Permission::ReadTickets,
        entities::policy::Scope::Everything,
    )];
    let reader = case.desk.person_with("Rita Lehmann", &reads).await;
    let reader = reader.sign_in().await;
    let page = reader.get(&case.page()).await;
    assert_eq!(page.status, 200);
    assert!(!page.has("form[action$='/tell']"));
    let path = format!(
        "/tickets/{}/shares/{}/tell",
        case.fault.number, case.share.id
    );
    assert_eq!(reader.post(&path, &[]).await.status, 403);
    let hang = reader.post(&case.page(), &[("numbers", "1")]).await;
    assert_eq!(hang.status, 403);
    let share = read::one(&case.desk.db, &case.fault, case.share.id).await;
    assert!(share.unwrap().live_at.is_some());
}
