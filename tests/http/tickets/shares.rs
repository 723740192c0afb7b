//! Sharing a ticket with a vendor: the enquiry, the gate before it, messages to one vendor, and the repair.

use entities::permit::Desk;
use entities::text_block::{self, BlockKind, TextBlockFacts, Wording};
use entities::ticket::share::{Enquiry, Repair, VendorShare, read};
use entities::ticket::{AnswerAsVendor, Audience, Channel, Delivery, Ticket, WaitingFor, thread};
use entities::{Actor, Permit, Rule, Uuid, history};
use support::desk::{Client, Page, TestDesk};

const FORM: &str = "#share-form";

struct Case {
    desk: TestDesk,
    browser: Client,
    ticket: Ticket,
    nordlicht: Uuid,
}

impl Case {
    /// Annika works on a ticket of Sabine Kowalke; Nordlicht makes the software.
    async fn open(text: &str) -> Case {
        let desk = TestDesk::new().await;
        let team = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let sabine = desk.requester("Sabine Kowalke").await;
        let nordlicht = desk.vendor("Nordlicht Software", "nordlicht.example").await;
        let service = desk.service("KITA-Netz", team).await;
        let ticket = desk
            .ticket("Bescheid bricht mit Fehler KN-4102 ab")
            .saying(text)
            .from(&sabine)
            .about(service)
            .in_team(team)
            .owned_by(&annika)
            .await;
        Case {
            browser: annika.sign_in().await,
            desk,
            ticket,
            nordlicht,
        }
    }

    fn at(&self, part: &str) -> String {
        format!("/tickets/{}{part}", self.ticket.number)
    }

    async fn form(&self) -> Page {
        let page = self.browser.get(&self.at("/shares/new")).await;
        assert_eq!(page.status, 200, "{}", page.describe());
        page
    }

    async fn shares(&self) -> Vec<VendorShare> {
        read::of(&self.desk.db, &self.ticket).await.unwrap()
    }

    async fn share(&self) -> VendorShare {
        self.desk
            .share(&self.desk.read(self.ticket.id).await, self.nordlicht)
            .await
    }

    async fn last(&self) -> entities::ticket::message::Model {
        let entries = thread::thread(&self.desk.db, &self.ticket).await.unwrap();
        entries.last().unwrap().message.clone()
    }
}

#[tokio::test]
async fn an_enquiry_begins_with_the_ticket_and_goes_to_the_vendor() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let form = case.form().await;
    let value = |css: &str| form.attribute(css, "value").unwrap_or_default();
    assert_eq!(value("#product"), "KITA-Netz");
    assert_eq!(value("#title"), "Bescheid bricht mit Fehler KN-4102 ab");
    assert!(form.text("#observed").contains("Bescheiddruck bricht ab."));
    let vendor = case.nordlicht.to_string();
    let typed = [
        ("vendor", vendor.as_str()),
        ("expected", "Der Bescheid wird gedruckt."),
    ];
    let done = case.browser.submit(&form, FORM, &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let share = case.shares().await.remove(0);
    assert_eq!(share.parts().expected, "Der Bescheid wird gedruckt.");
    let message = case.last().await;
    assert_eq!(
        (message.audience, message.channel, message.share_id),
        (Audience::Vendor, Channel::Portal, Some(share.id))
    );
    assert!(
        message
            .body
            .contains("**Erwartet:** Der Bescheid wird gedruckt.")
    );
    let page = case.browser.follow(&done).await;
    page.must_say("Nordlicht Software");
    page.must_say("Gemeldet");
    let ticket = case.desk.read(case.ticket.id).await;
    assert_eq!(ticket.waiting_for, Some(WaitingFor::Vendor));
}

#[tokio::test]
async fn what_is_missing_is_said_at_its_field_and_what_was_typed_stays() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let form = case.form().await;
    let typed = [
        ("title", ""),
        ("steps", "Bonus setzen, drucken."),
        ("by_mail", "1"),
        ("to", "kein Empfänger"),
    ];
    let refused = case.browser.submit(&form, FORM, &typed).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.has("#vendor-fault") && refused.has("#title-fault") && refused.has("#to-fault")
    );
    assert!(refused.text("#steps").contains("Bonus setzen, drucken."));
    assert!(case.shares().await.is_empty());
}

#[tokio::test]
async fn each_finding_is_blacked_out_or_let_through_for_a_reason() {
    let text =
        "Frau Kowalke sieht IBAN DE89 3704 0044 0532 0130 00 nicht. Rückfragen: 030 90227-5050.";
    let case = Case::open(text).await;
    let form = case.form().await;
    let vendor = case.nordlicht.to_string();
    let asked = case
        .browser
        .submit(&form, FORM, &[("vendor", &vendor)])
        .await;
    assert_eq!(asked.status, 422);
    assert_eq!(asked.count(".gate__item"), 3);
    assert!(
        asked
            .text("#gate")
            .contains("Über 3 Fundstellen ist noch nicht entschieden.")
    );
    assert!(case.shares().await.is_empty());
    // One is let through, without a reason at first; the others are blacked out by one button.
    let found = asked.attributes(".gate__item input[name=found]", "value");
    let named = found
        .iter()
        .position(|key| key.starts_with("name:"))
        .unwrap();
    let decide: Vec<&str> = (0..found.len())
        .map(|at| if at == named { "through" } else { "black" })
        .collect();
    let with_reason = |reason: &'static str| {
        let mut fields: Vec<(&str, &str)> =
            vec![("vendor", vendor.as_str()), ("title", "Bescheid")];
        fields.push(("observed", text));
        for (at, key) in found.iter().enumerate() {
            fields.push(("found", key));
            fields.push(("decide", decide[at]));
            fields.push(("reason_for", if at == named { reason } else { "" }));
        }
        fields
    };
    let refused = case
        .browser
        .post(&case.at("/shares"), &with_reason(""))
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text("#gate")
            .contains("Bitte begründen Sie die Freigabe.")
    );
    let done = case
        .browser
        .post(&case.at("/shares"), &with_reason("Testet am Montag mit."))
        .await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let share = case.shares().await.remove(0);
    assert_eq!(
        share.parts().observed,
        "Frau Kowalke sieht IBAN █████ nicht. Rückfragen: █████."
    );
    let message = case.last().await;
    assert!(!message.body.contains("DE89") && !message.body.contains("90227"));
    let history = case.browser.get(&case.at("/history")).await;
    history.must_say("Personenbezug geprüft");
    history.must_say("mit Begründung freigegeben: 1 Name");
    let events = history::of(&case.desk.db, case.ticket.id, None, 50)
        .await
        .unwrap();
    assert!(events.iter().all(|event| !event.payload.contains("Montag")));
}

#[tokio::test]
async fn a_block_fills_the_parts_of_an_enquiry_from_the_ticket() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let wording = Wording {
        enquiry: Enquiry {
            observed: "In {{service}}: {{description}}".to_owned(),
            expected: "Wie im Handbuch.".to_owned(),
            ..Enquiry::default()
        },
        ..Wording::default()
    };
    let facts = TextBlockFacts {
        name: "Fehlermeldung".to_owned(),
        kind: BlockKind::VendorEnquiry,
        approved: Some(wording.clone()),
        wording,
        ..TextBlockFacts::default()
    };
    let console = Actor::System(Rule::Console);
    let kita = case.desk.team("Kita").await;
    let elsewhere = TextBlockFacts {
        name: "Nur für das Kita-Portal".to_owned(),
        service_ids: vec![case.desk.service("Kita-Portal", kita).await],
        ..facts.clone()
    };
    case.desk.offer(elsewhere).await;
    let command = text_block::Create { facts, once: None };
    let permit = Permit::ask(&console, Desk).unwrap();
    let block = case.desk.db.change(permit, command).await.unwrap().subject;
    let form = case.form().await;
    let offered = form.texts("select[name=block] option").join(", ");
    assert!(offered.contains("Fehlermeldung"), "{offered}");
    assert!(!offered.contains("Kita-Portal"), "{offered}");
    let id = block.id.to_string();
    let typed = [
        ("block", id.as_str()),
        ("act", "block"),
        ("steps", "Drucken."),
    ];
    let filled = case.browser.submit(&form, FORM, &typed).await;
    assert_eq!(filled.status, 200, "{}", filled.describe());
    assert!(
        filled
            .text("#observed")
            .contains("In KITA-Netz: Der Bescheiddruck bricht ab.")
    );
    assert!(filled.text("#expected").contains("Wie im Handbuch."));
    assert!(filled.text("#steps").contains("Drucken."));
}

#[tokio::test]
async fn a_message_goes_to_one_vendor_by_mail_and_passes_the_gate_too() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let share = case.share().await;
    let page = case.browser.get(&case.at("/composer?mode=vendor")).await;
    page.must_say("Nordlicht Software");
    let typed = [
        ("text", "Sabine Kowalke testet heute."),
        ("by_mail", "1"),
        ("to", "support@nordlicht.example"),
    ];
    let refused = case.browser.submit(&page, "#composer", &typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text("#gate").contains("Sabine Kowalke"));
    let black = [
        ("text", "Sabine Kowalke testet heute."),
        ("decide", "black"),
    ];
    let done = case.browser.submit(&refused, "#composer", &black).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let message = case.last().await;
    assert_eq!(message.body, "█████ testet heute.");
    assert_eq!(
        (message.channel, message.delivery, message.share_id),
        (Channel::Mail, Delivery::Queued, Some(share.id))
    );
    // The ticket's own title is not the vendor's to read.
    let subject = message.subject.unwrap();
    assert_eq!(
        subject,
        format!("[#{}] {}", case.ticket.number, share.title)
    );
    let taken = format!("/messages/{}/withdraw", message.id);
    let back = case.browser.post(&case.at(&taken), &[]).await;
    assert_eq!(back.status, 303);
    assert!(back.location().unwrap().ends_with("mode=vendor"));
}

#[tokio::test]
async fn the_repair_is_taken_on_from_the_ticket_and_a_late_button_is_told() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let share = case.share().await;
    let way = case.at(&format!("/shares/{}/repair", share.id));
    let step = |from: &'static str, to: &'static str| [("from", from), ("to", to)];
    let page = case.browser.get(&case.at("")).await;
    page.must_say("Nach Auskunft des Herstellers eintragen:");
    let done = case.browser.post(&way, &step("reported", "accepted")).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let late = case.browser.post(&way, &step("reported", "accepted")).await;
    assert_eq!(late.status, 409);
    let skipped = case.browser.post(&way, &step("accepted", "live")).await;
    assert_eq!(skipped.status, 409);
    assert_eq!(case.shares().await[0].repair, Repair::Accepted);
    let withdraw = case.at(&format!("/shares/{}/withdraw", share.id));
    let gone = case.browser.post(&withdraw, &[]).await;
    assert_eq!(gone.status, 303);
    assert!(case.shares().await[0].withdrawn_at.is_some());
    let elsewhere = case.desk.ticket("Anderes").await;
    let foreign = format!("/tickets/{}/shares/{}/withdraw", elsewhere.number, share.id);
    assert_eq!(case.browser.post(&foreign, &[]).await.status, 404);
}

#[tokio::test]
async fn an_enquiry_by_mail_speaks_the_language_of_whoever_reads_it() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let jonas = case
        .desk
        .vendor_user("Jonas Ehlers")
        .of(case.nordlicht)
        .await;
    let door = jonas.sign_in().await;
    let english = [("language", "en")];
    assert_eq!(door.post("/account/language", &english).await.status, 303);
    let form = case.form().await;
    let vendor = case.nordlicht.to_string();
    let typed = [
        ("vendor", vendor.as_str()),
        ("title", "Druck bricht ab"),
        ("observed", "Bescheiddruck bricht ab."),
        ("by_mail", "1"),
        ("to", jonas.email.as_str()),
    ];
    let done = case.browser.submit(&form, FORM, &typed).await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let body = case.last().await.body;
    assert!(body.contains("**Observed:** Bescheiddruck"), "{body}");
}

#[tokio::test]
async fn messages_to_and_from_a_vendor_name_it() {
    let case = Case::open("Der Bescheiddruck bricht ab.").await;
    let share = case.share().await;
    let jonas = case
        .desk
        .vendor_user("Jonas Ehlers")
        .of(case.nordlicht)
        .await;
    let answer = AnswerAsVendor {
        share: share.clone(),
        message_id: entities::new_id(),
        body: "Ursache gefunden.".to_owned(),
        files: vec![],
        once: None,
    };
    let permit = Permit::ask(&jonas.actor().await, share).unwrap();
    case.desk.db.change(permit, answer).await.unwrap();
    let page = case.browser.get(&case.at("")).await;
    page.must_say("ins Portal für Nordlicht Software");
    page.must_say("Nordlicht Software · Jonas Ehlers");
    let door = jonas.sign_in().await;
    let number = &case.ticket.number;
    let portal = door.get(&format!("/portal/tickets/{number}")).await;
    assert!(
        portal
            .texts(".entry .who")
            .contains(&"Nordlicht Software · Jonas Ehlers".to_owned())
    );
}
