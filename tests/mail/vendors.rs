//! Mail to and from vendors a ticket is shared with: what they write is theirs and ours, and nobody else's.

use entities::ticket::share::VendorShare;
use entities::ticket::share::{Way, justification::Gate};
use entities::ticket::vendor_number::VendorNumber;
use entities::ticket::{
    Audience, SetVendorNumber, State, TellVendor, Then, Ticket, WaitingFor, WithdrawShare,
};
use entities::{Permit, Uuid};
use lotse::mail::answer;
use support::desk::TestDesk;

use super::office::{CONSOLE, delivered, letter, message_of};

const JONAS: &str = "Jonas Ehlers <jonas.ehlers@nordlicht.example>";
const RZ: &str = "Leitstand <leitstand@rz.example>";
const ANNA: &str = "Anna Brandt <anna.brandt@pankow.example>";

struct Case {
    desk: TestDesk,
    ticket: Ticket,
    ours: VendorShare,
    theirs: VendorShare,
}

/// Anna's ticket, shared with a maker and a data centre.
async fn case() -> Case {
    let desk = TestDesk::new().await;
    let nordlicht = desk.vendor("Nordlicht Software", "nordlicht.example").await;
    let centre = desk.data_centre("Rechenzentrum", "rz.example").await;
    let mail = delivered(&desk, &letter(ANNA, "Zahllauf", "eins@pankow.example", &[])).await;
    let ticket = desk.read(mail.ticket_id.unwrap()).await;
    let ours = desk.share(&ticket, nordlicht).await;
    let theirs = desk.share(&ticket, centre).await;
    Case {
        ticket: desk.read(ticket.id).await,
        desk,
        ours,
        theirs,
    }
}

impl Case {
    /// Writes to a vendor by mail; the Message-ID.
    async fn told(&self, share: &VendorShare, to: &str) -> String {
        let message_id = entities::new_id();
        let mail_id = answer::reply_ids(&self.desk, &self.ticket, message_id);
        let address = entities::ticket::message::Address {
            name: None,
            address: to.to_owned(),
        };
        let command = TellVendor {
            share: share.clone(),
            message_id,
            body: "Bitte prüfen Sie das Protokoll.".to_owned(),
            files: vec![],
            way: Way::Mail {
                mail_id: mail_id.clone(),
                in_reply_to: None,
                mail_references: vec![],
                mailbox_id: None,
                addresses: Box::new(entities::ticket::message::Addresses {
                    to: vec![address],
                    ..Default::default()
                }),
                subject: "Anfrage".to_owned(),
            },
            gate: Gate::default(),
            then: Then::WaitForVendor,
            undo_seconds: 0,
            once: None,
        };
        let permit = Permit::ask(&CONSOLE, self.desk.read(self.ticket.id).await).unwrap();
        self.desk.db.change(permit, command).await.unwrap();
        mail_id
    }

    /// What a mail became: its audience and share.
    async fn became(&self, raw: &str) -> (Audience, Option<Uuid>) {
        let mail = delivered(&self.desk, raw).await;
        assert_eq!(mail.ticket_id, Some(self.ticket.id), "{mail:?}");
        let message = message_of(&self.desk, &mail).await;
        (message.audience, message.share_id)
    }
}

fn answer_to(token: &str) -> String {
    format!("In-Reply-To: <{token}>")
}

#[tokio::test]
async fn a_vendors_answer_by_token_stands_in_their_share_and_wakes_the_ticket() {
    let case = case().await;
    let token = case.told(&case.ours, "support@nordlicht.example").await;
    let waiting = case.desk.read(case.ticket.id).await;
    assert_eq!(waiting.waiting_for, Some(WaitingFor::Vendor));
    let raw = letter(
        JONAS,
        "AW: Anfrage",
        "a@nordlicht.example",
        &[&answer_to(&token)],
    );
    let became = case.became(&raw).await;
    assert_eq!(became, (Audience::Vendor, Some(case.ours.id)));
    assert_eq!(case.desk.read(case.ticket.id).await.state, State::Open);
}

#[tokio::test]
async fn a_vendors_number_or_ours_in_the_subject_leads_into_their_share() {
    let case = case().await;
    let command = SetVendorNumber {
        organisation_id: case.theirs.organisation_id,
        number: VendorNumber::parse("RZ-2026-77").ok(),
    };
    let permit = Permit::ask(&CONSOLE, case.ticket.clone()).unwrap();
    case.desk.db.change(permit, command).await.unwrap();
    let raw = letter(RZ, "Störung RZ-2026-77 behoben", "b@rz.example", &[]);
    let became = case.became(&raw).await;
    assert_eq!(became, (Audience::Vendor, Some(case.theirs.id)));
    // Whoever it is shared with takes part, so our number is enough too.
    let subject = format!("Zu #{}", case.ticket.number);
    let raw = letter(JONAS, &subject, "c@nordlicht.example", &[]);
    let became = case.became(&raw).await;
    assert_eq!(became, (Audience::Vendor, Some(case.ours.id)));
}

#[tokio::test]
async fn a_mail_of_one_vendor_never_stands_in_anothers_share() {
    let case = case().await;
    let token = case.told(&case.ours, "support@nordlicht.example").await;
    // The data centre answers what was forwarded to it.
    let raw = letter(RZ, "AW: Anfrage", "d@rz.example", &[&answer_to(&token)]);
    let became = case.became(&raw).await;
    assert_eq!(became, (Audience::Vendor, Some(case.theirs.id)));
    // So does a vendor that nothing is shared with, and the requester.
    case.desk.vendor("Südwind", "suedwind.example").await;
    let stranger = "Max <max@suedwind.example>";
    let raw = letter(
        stranger,
        "AW: Anfrage",
        "e@suedwind.example",
        &[&answer_to(&token)],
    );
    assert_eq!(case.became(&raw).await, (Audience::Vendor, None));
    let raw = letter(
        ANNA,
        "AW: Anfrage",
        "f@pankow.example",
        &[&answer_to(&token)],
    );
    assert_eq!(case.became(&raw).await, (Audience::Vendor, None));
}

#[tokio::test]
async fn what_comes_after_sharing_ended_stays_with_the_desk() {
    let case = case().await;
    let token = case.told(&case.ours, "support@nordlicht.example").await;
    let command = WithdrawShare {
        share: case.ours.clone(),
    };
    let permit = Permit::ask(&CONSOLE, case.desk.read(case.ticket.id).await).unwrap();
    case.desk.db.change(permit, command).await.unwrap();
    let raw = letter(
        JONAS,
        "AW: Anfrage",
        "g@nordlicht.example",
        &[&answer_to(&token)],
    );
    let became = case.became(&raw).await;
    assert_eq!(became, (Audience::Vendor, Some(case.ours.id)));
    // Our number alone opens nothing any more.
    let subject = format!("Zu #{}", case.ticket.number);
    let raw = letter(
        "Neu <neu@nordlicht.example>",
        &subject,
        "h@nordlicht.example",
        &[],
    );
    let mail = delivered(&case.desk, &raw).await;
    assert_ne!(mail.ticket_id, Some(case.ticket.id));
}
