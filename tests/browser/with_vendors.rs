//! A fault goes its whole way between the unit and its vendors: shared, answered in the portal and by mail, delivered,
//! tested, live, and everybody who asked is told. By keyboard, on pages without faults, and nobody sees another's.

use entities::Uuid;
use sea_orm::FromQueryResult;
use thirtyfour::prelude::*;

use crate::hands::{Hands, Way};
use crate::letters::{Read, TITLE, request};
use crate::office::{Office, Undo};

const SUPPORT: &str = "support@nordlicht.example";
const TIM: &str = "tim.berger@mitte.example";
const PASSWORD: &str = "Leuchtturm am Wattenmeer";

/// What only one side or one vendor may read.
const TO_NORDLICHT: &str = "Der Zahllauf läuft bis zum Ende.";
const TO_CENTRE: &str = "Bitte prüfen Sie die Platte des Servers.";
const FROM_PORTAL: &str = "Wir haben den Abbruch nachgestellt.";
const FROM_MAIL: &str = "Ursache ist ein Überlauf im Zähler.";

struct Journey {
    office: Office,
    annika: Hands,
    number: String,
}

impl Journey {
    /// A mail has become a ticket; Annika has it open.
    async fn begin() -> Journey {
        let office = Office::open(Undo::None).await;
        office.add_mailbox(SUPPORT);
        office.add_mailbox(TIM);
        office.deliver(&request());
        office.wait_for_messages(1).await;
        office.wait_for_inbox(1).await;
        let annika = Hands::at(&office, Way::Keyboard).await;
        annika.browser.carry_axe().await;
        let email = office.agent.email.clone();
        annika.sign_in(&email, Office::AGENT_PASSWORD).await;
        annika.key("g").await;
        annika.key("t").await;
        annika.open_listed(TITLE).await;
        annika.sees("bricht der Zahllauf").await;
        let url = annika.browser.current_url().await.unwrap();
        let number = url.path_segments().unwrap().nth(1).unwrap().to_owned();
        Journey {
            office,
            annika,
            number,
        }
    }

    /// Somebody of a vendor at the page that the ticket is for them.
    async fn guest(&self, name: &str, vendor: Uuid) -> Hands {
        let guest = self.office.desk.vendor_user(name).of(vendor);
        let guest = guest.with_password(PASSWORD).await;
        let hands = Hands::at(&self.office, Way::Keyboard).await;
        hands.browser.carry_axe().await;
        hands.sign_in(&guest.email, PASSWORD).await;
        hands.sees("Mit Ihnen geteilt").await;
        hands.must_be_accessible().await;
        hands
    }

    async fn to_ticket(&self) {
        self.annika.goto(&format!("/tickets/{}", self.number)).await;
        self.annika.sees(TITLE).await;
    }

    async fn to_shared(&self, guest: &Hands) {
        guest
            .goto(&format!("/portal/tickets/{}", self.number))
            .await;
        guest.sees("Antwort an den Servicedesk").await;
    }

    /// Shares by hand what the form begins with; what is personal in it is blacked out.
    async fn share(&self, vendor: &str, expected: &str, by_mail: Option<&str>) {
        let hands = &self.annika;
        self.to_ticket().await;
        hands.press("Mit Hersteller teilen").await;
        hands.sees("Betreff für den Hersteller").await;
        hands.must_be_accessible().await;
        hands.choose("Hersteller", vendor).await;
        hands.write("Erwartet", expected).await;
        if let Some(address) = by_mail {
            hands.tick("Auch per E-Mail senden").await;
            hands.write("E-Mail an", address).await;
        }
        hands.press("Prüfen und senden").await;
        // The requester's name stands in her mail.
        hands.sees("noch nicht entschieden").await;
        hands.must_be_accessible().await;
        hands.press("Alle offenen schwärzen").await;
        hands.gone("noch nicht entschieden").await;
        hands.press("Prüfen und senden").await;
        hands.sees("Gemeldet").await;
        hands.sees(vendor).await;
    }

    /// Takes a step in the portal.
    async fn step(&self, guest: &Hands, words: &str, now: &str) {
        self.to_shared(guest).await;
        guest.press(words).await;
        guest.sees("Der Servicedesk weiß Bescheid").await;
        guest.sees(now).await;
        guest.must_be_accessible().await;
    }

    /// The number of the ticket with this title.
    async fn number_of(&self, title: &str) -> String {
        let sql = "SELECT number FROM ticket WHERE title = $1";
        let database = self.office.desk.database();
        let mut rows: Vec<Numbered> = database.rows(sql, vec![title.into()]).await;
        assert_eq!(rows.len(), 1, "{title}");
        rows.remove(0).number
    }
}

#[derive(FromQueryResult)]
struct Numbered {
    number: String,
}

/// Nobody reads here what is not theirs.
async fn hides(hands: &Hands, words: &[&str]) {
    let text = hands.text().await;
    for hidden in words {
        assert!(!text.contains(hidden), "“{hidden}” stands in\n{text}");
    }
}

/// What a vendor's mail program sends back.
fn answer(to: &Read, text: &str) -> Vec<u8> {
    format!(
        "From: Support Nordlicht <{SUPPORT}>\r\nTo: {}\r\nSubject: AW: {}\r\nMessage-ID: <antwort@nordlicht.example>\r\n\
         In-Reply-To: <{}>\r\nDate: Sat, 28 Nov 2026 09:00:00 +0100\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n",
        Office::ADDRESS, to.subject, to.message_id,
    )
    .into_bytes()
}

/// Tim asks because of the same fault.
fn from_tim() -> Vec<u8> {
    format!(
        "From: Tim Berger <{TIM}>\r\nTo: {}\r\nSubject: Zahllauf geht nicht\r\nMessage-ID: <tim@mitte.example>\r\n\
         Date: Sat, 28 Nov 2026 09:10:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\nBei uns auch.\r\n",
        Office::ADDRESS,
    )
    .into_bytes()
}

#[tokio::test]
async fn a_fault_goes_from_the_share_to_the_last_requester() {
    let journey = Journey::begin().await;
    let (office, annika) = (&journey.office, &journey.annika);
    let nordlicht = office
        .desk
        .maker("Nordlicht Software", "nordlicht.example")
        .await;
    let centre = office
        .desk
        .data_centre("Rechenzentrum Spree", "rz.example")
        .await;

    // Shared with both, with one by mail too.
    let to = Some(SUPPORT);
    journey.share("Nordlicht Software", TO_NORDLICHT, to).await;
    journey.share("Rechenzentrum Spree", TO_CENTRE, None).await;
    let enquiry = Read::mail(&office.wait_for_mails(SUPPORT, 1).await[0]);
    assert!(enquiry.text.contains(TO_NORDLICHT), "{enquiry:#?}");
    assert!(!enquiry.text.contains("König"), "{enquiry:#?}");

    // Answered in the portal.
    let jonas = journey.guest("Jonas Ehlers", nordlicht).await;
    let rita = journey.guest("Rita Sommer", centre).await;
    journey.to_shared(&jonas).await;
    jonas.must_be_accessible().await;
    jonas.sees(TO_NORDLICHT).await;
    journey.step(&jonas, "Meldung annehmen", "Angenommen").await;
    jonas.write("Antwort an den Servicedesk", FROM_PORTAL).await;
    jonas.press("Antwort senden").await;
    jonas.sees("Ihre Antwort ist beim Servicedesk").await;
    jonas.must_be_accessible().await;
    journey.to_ticket().await;
    annika.sees(FROM_PORTAL).await;
    annika.must_be_accessible().await;

    // Answered by mail.
    let stored = office.messages().await;
    office.deliver(&answer(&enquiry, FROM_MAIL));
    office.wait_for_messages(stored + 1).await;
    annika.sees(FROM_MAIL).await;
    journey.to_shared(&jonas).await;
    jonas.sees(FROM_MAIL).await;

    // The other vendor sees its own, and the requester nothing of it.
    journey.to_shared(&rita).await;
    rita.sees(TO_CENTRE).await;
    let not_hers = [TO_NORDLICHT, FROM_PORTAL, FROM_MAIL, "Nordlicht", "König"];
    hides(&rita, &not_hers).await;
    let not_his = [TO_CENTRE, "Spree", "Rita", "König"];
    hides(&jonas, &not_his).await;
    assert_eq!(office.inbox().len(), 1);

    // Delivered, tested, approved, live.
    journey.step(&jonas, "Arbeit beginnen", "In Arbeit").await;
    journey.step(&jonas, "Korrektur melden", "Geliefert").await;
    journey.to_ticket().await;
    for (button, now) in [
        ("Im Test installiert", "Im Test installiert"),
        ("Test bestanden", "Getestet"),
        ("Freigeben", "Freigegeben"),
        ("In Betrieb genommen", "In Betrieb"),
    ] {
        annika.press(button).await;
        annika.sees_in("#facts-shares .chip", now).await;
    }
    annika.must_be_accessible().await;

    // Tim asked because of the same fault; both are told in one go.
    let stored = office.messages().await;
    office.deliver(&from_tim());
    office.wait_for_messages(stored + 1).await;
    let other = journey.number_of("Zahllauf geht nicht").await;
    journey.to_ticket().await;
    annika.press("Alle Anfragenden benachrichtigen").await;
    annika.sees("Weitere Tickets anhängen").await;
    annika.must_be_accessible().await;
    annika.write("Ticketnummern", &other).await;
    annika.browser.press(Key::Enter).await;
    annika.sees("Es ändern sich: 1").await;
    annika.must_be_accessible().await;
    annika.press("1 Ticket ändern").await;
    annika.sees("Tim Berger").await;
    annika.press("Alle Anfragenden benachrichtigen").await;
    annika.sees("Jede anfragende Person bekommt").await;
    annika.must_be_accessible().await;
    annika.press("Vorschau").await;
    annika
        .sees("Benachrichtigt werden: 2. Ausgelassen: 0.")
        .await;
    annika.must_be_accessible().await;
    annika.press("2 Nachrichten senden").await;
    annika.sees("Benachrichtigt: 2. Ausgelassen: 0.").await;
    annika.must_be_accessible().await;
    for (address, name, number) in [
        (Office::REQUESTER, "Sabine König", journey.number.as_str()),
        (TIM, "Tim Berger", other.as_str()),
    ] {
        let mails = office.wait_for_mails(address, 2).await;
        let told = mails.iter().map(|raw| Read::mail(raw));
        let told = told.filter(|mail| !mail.automatic).collect::<Vec<_>>();
        assert_eq!(told.len(), 1, "{told:#?}");
        let text = told[0]
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(text.contains(&format!("Guten Tag {name},")), "{text}");
        assert!(told[0].subject.contains(number), "{told:#?}");
        assert!(
            !text.contains("Nordlicht") && !text.contains("Spree"),
            "{text}"
        );
    }

    // Whoever repaired it sees that it is live, and nothing of whom it concerned.
    journey.to_shared(&jonas).await;
    jonas.sees("In Betrieb").await;
    hides(&jonas, &[&other, "Tim", "König"]).await;
    jonas.must_be_accessible().await;
    for hands in [journey.annika, jonas, rita] {
        hands.browser.close().await;
    }
}
