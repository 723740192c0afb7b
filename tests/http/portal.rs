//! The portal as people of a vendor see it: what is shared with them, what they answer, fill in and hand over.

use entities::ticket::Then;
use entities::ticket::message::{Address, Addresses};
use entities::ticket::share::Repair;
use entities::ticket::share::justification::Gate;
use entities::ticket::share::{VendorShare, Way, read};
use entities::ticket::{Audience, Channel, MoveRepair, TellVendor, Ticket, WithdrawShare, thread};
use entities::{Actor, Permit, Rule, Uuid};
use support::desk::{Client, File, Persona, TestDesk};

const CONSOLE: Actor = Actor::System(Rule::Console);

struct Office {
    desk: TestDesk,
    ticket: Ticket,
    share: VendorShare,
    nordlicht: Uuid,
    jonas: Persona,
}

/// A ticket of Sabine Kowalke's, shared with Nordlicht Software.
async fn office() -> Office {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let service = desk.service("KITA-Netz", team).await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let sabine = desk.requester("Sabine Kowalke").await;
    let ticket = desk
        .ticket("Frau Öz bekommt keinen Bescheid")
        .saying("Frau Öz wartet seit Montag.")
        .from(&sabine)
        .in_team(team)
        .about(service)
        .await;
    let share = desk.share(&ticket, nordlicht).await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let ticket = desk.read(ticket.id).await;
    Office {
        desk,
        ticket,
        share,
        nordlicht,
        jonas,
    }
}

impl Office {
    fn address(&self) -> String {
        format!("/portal/tickets/{}", self.ticket.number)
    }

    async fn share(&self) -> VendorShare {
        read::one(&self.desk.db, &self.ticket, self.share.id)
            .await
            .unwrap()
    }

    async fn tell(&self, body: &str) {
        let command = TellVendor {
            share: self.share().await,
            message_id: entities::new_id(),
            body: body.to_owned(),
            files: vec![],
            way: Way::Portal,
            gate: Gate::default(),
            then: Then::WaitForVendor,
            undo_seconds: 0,
            once: None,
        };
        let permit = Permit::ask(&CONSOLE, self.ticket.clone()).unwrap();
        self.desk.db.change(permit, command).await.unwrap();
    }

    async fn step(&self, to: Repair) {
        let share = self.share().await;
        let permit = Permit::ask(&CONSOLE, self.ticket.clone()).unwrap();
        let done = self.desk.db.change(permit, MoveRepair { share, to }).await;
        done.unwrap();
    }
}

async fn done(browser: &Client, page: &support::desk::Page, form: &str, typed: &[(&str, &str)]) {
    let answer = browser.submit(page, form, typed).await;
    assert_eq!(answer.status, 303, "{}", answer.describe());
}

#[tokio::test]
async fn signing_in_leads_people_of_a_vendor_to_the_portal_in_their_language() {
    let desk = TestDesk::new().await;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let jonas = desk
        .vendor_user("Jonas Ehlers")
        .of(nordlicht)
        .with_password("Leuchtturm am Wattenmeer")
        .await;
    let browser = desk.visitor();
    let door = browser.get("/sign-in").await;
    let typed = [
        ("email", jonas.email.as_str()),
        ("password", "Leuchtturm am Wattenmeer"),
    ];
    let in_now = browser.submit(&door, "#sign-in-form", &typed).await;
    assert_eq!(in_now.status, 303, "{}", in_now.describe());
    let start = browser.follow(&in_now).await;
    assert_eq!(start.location().as_deref(), Some("/portal"));
    let portal = browser.follow(&start).await;
    portal.must_say("Noch nichts geteilt");
    portal.must_say("Jonas Ehlers · Nordlicht Software");
    assert!(!portal.has("[hx-sse\\:connect]"));
    let links = portal.attributes("a", "href");
    assert!(
        !links.iter().any(|to| to == "/tickets" || to == "/settings"),
        "{links:?}"
    );
    let english = browser
        .submit(&portal, ".topbar form", &[("language", "en")])
        .await;
    assert_eq!(english.status, 303, "{}", english.describe());
    browser.get("/portal").await.must_say("Nothing shared yet");
    // The account is theirs too, in the portal's frame.
    let account = browser.get("/account").await;
    assert!(account.has(".topbar--portal"), "{}", account.describe());
    let lost = browser.get("/tickets").await;
    assert_eq!(lost.status, 404);
    assert!(lost.has(".topbar--portal") && !lost.has(".sidenav"));
}

#[tokio::test]
async fn a_vendor_reads_what_is_shared_and_nothing_of_the_ticket() {
    let office = office().await;
    let browser = office.jonas.sign_in().await;
    let list = browser.get("/portal").await;
    list.must_say("Bescheid bricht mit Fehler KN-4102 ab");
    list.must_say("KITA-Netz · Wir warten auf Sie");
    office.tell("Bitte prüfen Sie **auch** den Druck.").await;
    let page = browser.get(&office.address()).await;
    for words in [
        "Bescheiddruck bricht ab.",
        "Bescheid wird gedruckt.",
        "Gemeldet",
    ] {
        page.must_say(words);
    }
    assert_eq!(page.text(".entry__text strong"), "auch");
    for body in [list.body(), page.body()] {
        for word in ["Öz", "Sabine", "Kowalke", "Jugend 1"] {
            assert!(!body.contains(word), "{word}");
        }
    }
}

#[tokio::test]
async fn an_answer_with_a_file_stands_in_the_thread_for_both_sides() {
    let office = office().await;
    let browser = office.jonas.sign_in().await;
    let address = office.address();
    let page = browser.get(&address).await;
    let empty = browser
        .submit(&page, "#answer-form", &[("text", " ")])
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("#text-fault"), "{}", empty.describe());
    let file = File {
        field: "files",
        name: "protokoll.txt",
        content_type: "text/plain",
        bytes: b"KN-4102 in Zeile 7",
    };
    let typed = [
        ("text", "Ursache gefunden.\nKorrektur <morgen>."),
        ("once", "einmal"),
    ];
    for _ in 0..2 {
        let sent = browser
            .upload(&format!("{address}/answers"), &typed, &[file_again(&file)])
            .await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
    }
    let page = browser.get(&address).await;
    page.must_say("Korrektur <morgen>.");
    assert_eq!(page.count(".entry--vendor"), 1);
    page.must_say("Jonas Ehlers");
    let at = page.attribute("a.file", "href").unwrap();
    let bytes = browser.get(&at).await;
    assert_eq!(bytes.bytes, b"KN-4102 in Zeile 7");
    assert!(
        bytes
            .header("content-disposition")
            .starts_with("attachment")
    );
    let all = thread::thread(&office.desk.db, &office.ticket)
        .await
        .unwrap();
    let last = &all.last().unwrap().message;
    assert_eq!(
        (last.audience, last.channel),
        (Audience::Vendor, Channel::Portal)
    );
    assert_eq!(last.share_id, Some(office.share.id));
    browser.get("/portal").await.must_say("Ihre Antwort ist da");
}

fn file_again<'a>(file: &File<'a>) -> File<'a> {
    File {
        field: file.field,
        name: file.name,
        content_type: file.content_type,
        bytes: file.bytes,
    }
}

#[tokio::test]
async fn a_vendor_fills_in_their_fields_and_is_told_when_somebody_was_faster() {
    let office = office().await;
    let browser = office.jonas.sign_in().await;
    let page = browser.get(&office.address()).await;
    let mut typed = vec![
        ("number", "NL"),
        ("assessment", "fault_confirmed"),
        ("fixed_in", "7.4.2"),
        ("planned_for", "24.11.2026"),
        ("effort", "viel"),
    ];
    let refused = browser.submit(&page, "#fields-form", &typed).await;
    assert_eq!(refused.status, 422);
    for field in ["#number-fault", "#effort-fault"] {
        assert!(refused.has(field), "{field}");
    }
    let kept = refused.attribute("#fixed_in", "value");
    assert_eq!(kept.as_deref(), Some("7.4.2"));
    typed[0].1 = "NL-58213";
    typed[4].1 = "3,5";
    done(&browser, &refused, "#fields-form", &typed).await;
    let saved = browser.get(&office.address()).await;
    let value = |id: &str| saved.attribute(id, "value").unwrap();
    assert_eq!(value("#number"), "NL-58213");
    assert_eq!(value("#planned_for"), "2026-11-24");
    assert_eq!(value("#effort"), "3,5");
    saved.must_say("Ihre Nummer NL-58213");
    assert_eq!(office.share().await.effort_hundredths, Some(350));
    // The page from before shows what a colleague has not seen.
    let late = browser
        .submit(&page, "#fields-form", &[("fixed_in", "7.5")])
        .await;
    assert_eq!(late.status, 422);
    let kept = late.attribute("#fixed_in", "value");
    assert_eq!(kept.as_deref(), Some("7.5"));
    done(&browser, &late, "#fields-form", &[]).await;
    assert_eq!(office.share().await.fixed_in.as_deref(), Some("7.5"));
}

#[tokio::test]
async fn a_vendor_takes_their_own_steps_and_no_others() {
    let office = office().await;
    let browser = office.jonas.sign_in().await;
    let steps = format!("{}/steps", office.address());
    for (to, words) in [
        ("accepted", "Angenommen"),
        ("in_work", "In Arbeit"),
        ("delivered", "Geliefert"),
    ] {
        let page = browser.get(&office.address()).await;
        assert_eq!(
            page.attribute("button[name=to]", "value").as_deref(),
            Some(to)
        );
        let taken = browser.post(&steps, &[("to", to)]).await;
        assert_eq!(taken.status, 303, "{}", taken.describe());
        browser.get(&office.address()).await.must_say(words);
        // Twice is once.
        assert_eq!(browser.post(&steps, &[("to", to)]).await.status, 422);
    }
    assert!(!browser.get(&office.address()).await.has("button[name=to]"));
    for to in ["installed", "live", "confirmed"] {
        assert_eq!(
            browser.post(&steps, &[("to", to)]).await.status,
            422,
            "{to}"
        );
    }
    assert_eq!(
        browser.post(&steps, &[("to", "nirgends")]).await.status,
        400
    );
    browser.get("/portal").await.must_say("Wir sind am Zug");
    office.step(Repair::InWork).await;
    let page = browser.get(&office.address()).await;
    assert!(page.has("button[name=to][value=delivered]"));
}

#[tokio::test]
async fn vendors_of_one_ticket_do_not_see_each_other() {
    let office = office().await;
    let desk = &office.desk;
    let centre = desk.data_centre("Rechenzentrum Nord", "rz.example").await;
    desk.share(&office.ticket, centre).await;
    let stranger = desk
        .vendor_user("Eva Sturm")
        .of(centre)
        .await
        .sign_in()
        .await;
    let jonas = office.jonas.sign_in().await;
    let answers = format!("{}/answers", office.address());
    let file = File {
        field: "files",
        name: "nordlicht-intern.txt",
        content_type: "text/plain",
        bytes: b"geheim",
    };
    let sent = jonas
        .upload(&answers, &[("text", "Nur für den Servicedesk")], &[file])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.describe());
    let own = jonas.get(&office.address()).await;
    let at = own.attribute("a.file", "href").unwrap();
    let page = stranger.get(&office.address()).await;
    assert_eq!(page.status, 200);
    for word in ["Nur für den", "nordlicht", "Nordlicht", "Jonas"] {
        assert!(!page.body().contains(word), "{word}");
    }
    assert_eq!(stranger.get(&at).await.status, 404);
    assert!(
        !stranger
            .get("/portal/contacts")
            .await
            .body()
            .contains("Nordlicht")
    );
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_at_once() {
    let office = office().await;
    let browser = office.jonas.sign_in().await;
    let page = browser.get(&office.address()).await;
    let share = office.share().await;
    let permit = Permit::ask(&CONSOLE, office.ticket.clone()).unwrap();
    let withdrawn = office.desk.db.change(permit, WithdrawShare { share }).await;
    withdrawn.unwrap();
    assert_eq!(browser.get(&office.address()).await.status, 404);
    let late = browser
        .submit(&page, "#answer-form", &[("text", "Noch etwas")])
        .await;
    assert_eq!(late.status, 404);
    browser.get("/portal").await.must_say("Noch nichts geteilt");
}

#[tokio::test]
async fn the_release_plan_holds_the_vendors_own_services_only() {
    let office = office().await;
    let desk = &office.desk;
    let team = desk.team("Zahlstelle").await;
    let other = desk.service("StatJug", team).await;
    let office_hours = desk.calendar("Büro").await;
    desk.release(office.ticket.service_id.unwrap(), "7.4.2")
        .await;
    desk.release(other, "3.1").await;
    let browser = office.jonas.sign_in().await;
    let page = browser.get(&office.address()).await;
    done(&browser, &page, "#fields-form", &[("fixed_in", "7.4.2")]).await;
    let plan = browser.get("/portal/releases").await;
    plan.must_say("noch offen");
    plan.must_say("Bescheid bricht mit Fehler KN-4102 ab");
    assert!(!plan.says("StatJug"));
    desk.contract("Pflege", office.nordlicht, other, office_hours)
        .await;
    browser.get("/portal/releases").await.must_say("StatJug");
}

#[tokio::test]
async fn a_mail_that_can_still_be_taken_back_is_not_read_in_the_portal() {
    let office = office().await;
    let message_id = entities::new_id();
    let to = Address {
        name: None,
        address: office.jonas.email.clone(),
    };
    let command = TellVendor {
        share: office.share().await,
        message_id,
        body: "Vorschnell geschrieben".to_owned(),
        files: vec![],
        way: Way::Mail {
            mail_id: format!("{}@desk.example", message_id.simple()),
            in_reply_to: None,
            mail_references: vec![],
            mailbox_id: None,
            addresses: Box::new(Addresses {
                to: vec![to],
                ..Addresses::default()
            }),
            subject: "Rückfrage".to_owned(),
        },
        gate: Gate::default(),
        then: Then::WaitForVendor,
        undo_seconds: 10,
        once: None,
    };
    let permit = Permit::ask(&CONSOLE, office.ticket.clone()).unwrap();
    office.desk.db.change(permit, command).await.unwrap();
    let browser = office.jonas.sign_in().await;
    let page = browser.get(&office.address()).await;
    assert!(!page.says("Vorschnell"), "{}", page.describe());
    office.desk.send_everything().await;
    browser
        .get(&office.address())
        .await
        .must_say("Vorschnell geschrieben");
}
