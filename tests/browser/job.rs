//! The main job, step by step: a mail becomes a ticket, an agent answers, the requester answers back.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use lotse::upkeep::verify::verify;
use support::process::scratch;

use crate::hands::{Hands, Way};
use crate::letters::{PROTOCOL, Read, TITLE, answer, request};
use crate::office::{Office, Undo};

const SOLUTION: &str = "Lösungsweg für Pankow.txt";
const SOLUTION_TEXT: &[u8] = "Bitte den Abschnitt „Überprüfung“ erneut ausführen.\n".as_bytes();
const REPLY: &str = "Guten Tag Frau König, bitte führen Sie die Überprüfung noch einmal aus.";
const ANSWER: &str = "Danke, die Überprüfung läuft jetzt durch.";
/// From the commit to the screen.
const LIVE_WITHIN: Duration = Duration::from_secs(2);

/// One agent doing the whole job in one way.
pub struct Job {
    office: Office,
    hands: Hands,
    number: String,
}

impl Job {
    /// From the arrival of a mail to a proven history.
    pub async fn do_all(way: Way) {
        let office = Office::open(Undo::None).await;
        let hands = Hands::at(&office, way).await;
        let mut job = Job {
            office,
            hands,
            number: String::new(),
        };
        job.take_in().await;
        job.classify().await;
        let reply = job.reply_with_file().await;
        job.hear_back(&reply).await;
        job.note_and_call().await;
        job.close().await;
        job.prove().await;
        job.hands.browser.close().await;
    }

    /// The mail arrives; the agent signs in and finds it.
    async fn take_in(&mut self) {
        self.office.deliver(&request());
        self.office.wait_for_messages(1).await;
        let email = &self.office.agent.email;
        self.hands.sign_in(email, Office::AGENT_PASSWORD).await;
        match self.hands.way {
            Way::Keyboard => {
                self.hands.key("g").await;
                self.hands.key("t").await;
            }
            Way::Mouse | Way::Plain => self.hands.press("Tickets").await,
        }
        self.hands.open_listed(TITLE).await;
        self.hands
            .sees("bricht der Zahllauf für Tagespflege ab")
            .await;
        self.hands.sees(PROTOCOL).await;
        self.number = self.number_in_address().await;
        // The receipt.
        let receipt = Read::mail(&self.office.wait_for_inbox(1).await[0]);
        assert!(receipt.automatic, "{receipt:#?}");
    }

    async fn number_in_address(&self) -> String {
        let url = self.hands.browser.current_url().await.unwrap();
        url.path_segments().unwrap().nth(1).unwrap().to_owned()
    }

    /// Service, priority and owner.
    async fn classify(&self) {
        let facts = [
            ("Fachverfahren", "Zahllauf"),
            ("Priorität", "Hoch"),
            ("Zuständig", "Annika Brandt"),
        ];
        for (fact, value) in facts {
            self.hands.change(fact, value).await;
        }
    }

    /// The reply with its file reaches her mailbox, and her program sees that it belongs to her mail.
    async fn reply_with_file(&self) -> Read {
        let folder = scratch("solution");
        let file: PathBuf = folder.path().join(SOLUTION);
        std::fs::write(&file, SOLUTION_TEXT).unwrap();
        let before = self.office.inbox().len();
        let hands = &self.hands;
        if hands.way == Way::Keyboard {
            hands.key("r").await;
        }
        hands.write("Nachricht", REPLY).await;
        hands.attach("Datei anhängen", &file).await;
        if hands.way != Way::Plain {
            hands.sees(SOLUTION).await;
        }
        match hands.way {
            Way::Keyboard => hands.send_by_key().await,
            Way::Mouse | Way::Plain => hands.press("Senden, Rückfrage").await,
        }
        let mails = self.office.wait_for_inbox(before + 1).await;
        let read: Vec<Read> = mails.iter().map(|raw| Read::mail(raw)).collect();
        let reply = read.into_iter().find(|mail| !mail.automatic).unwrap();
        reply.check_reply(&self.number, "desk.example");
        let words: Vec<&str> = reply.text.split_whitespace().collect();
        assert!(words.join(" ").contains(REPLY), "{reply:#?}");
        let files = [(SOLUTION.to_owned(), SOLUTION_TEXT.to_vec())];
        assert_eq!(reply.files, files, "{reply:#?}");
        hands.sees(REPLY).await;
        hands.sees_control("Status ändern", "Rückfrage").await;
        reply
    }

    /// Her answer stands in the same ticket, on the open page, within two seconds after it was stored.
    async fn hear_back(&self, reply: &Read) {
        let hands = &self.hands;
        if hands.way != Way::Plain {
            // The page shows what has been stored, so a message that is there before it counts for nothing.
            assert!(!hands.text().await.contains(ANSWER));
        }
        let stored = self.office.messages().await;
        self.office.deliver(&answer(reply, ANSWER));
        self.office.wait_for_messages(stored + 1).await;
        let start = Instant::now();
        hands.sees(ANSWER).await;
        if hands.way != Way::Plain {
            assert!(start.elapsed() < LIVE_WITHIN, "{:?}", start.elapsed());
        }
        assert_eq!(self.number_in_address().await, self.number);
        assert_eq!(self.office.tickets().await, 1);
    }

    async fn note_and_call(&self) {
        let hands = &self.hands;
        match hands.way {
            Way::Keyboard => hands.key("m").await,
            Way::Mouse | Way::Plain => hands.press("Notiz").await,
        }
        hands.sees("Nur Ihr Servicedesk liest sie").await;
        hands
            .write("Nachricht", "Ursache: fehlende Prüfziffer")
            .await;
        match hands.way {
            Way::Keyboard => hands.send_by_key().await,
            Way::Mouse | Way::Plain => hands.press("Notiz speichern").await,
        }
        hands
            .sees("Interne Notiz · nur für Ihr Team sichtbar")
            .await;
        hands.sees("Ursache: fehlende Prüfziffer").await;

        hands.press("Anruf").await;
        hands.write("Minuten", "4").await;
        hands
            .write("Nachricht", "Frau König bestätigt die Lösung")
            .await;
        match hands.way {
            Way::Keyboard => hands.send_by_key().await,
            Way::Mouse | Way::Plain => hands.press("Anruf eintragen").await,
        }
        hands.sees("Anruf, 4 Min.").await;
        hands.sees("Frau König bestätigt die Lösung").await;
    }

    async fn close(&self) {
        let hands = &self.hands;
        match hands.way {
            Way::Keyboard => hands.key("s").await,
            Way::Mouse | Way::Plain => hands.press("Status ändern").await,
        }
        hands.choose("Status", "Geschlossen").await;
        hands.choose("Grund", "Daten").await;
        hands.press("Übernehmen").await;
        hands.sees_control("Status ändern", "Geschlossen").await;
    }

    /// The history tells everything, and nothing in it was changed.
    async fn prove(&self) {
        let hands = &self.hands;
        hands.press_beginning("Historie").await;
        hands.sees("Lückenlos.").await;
        for event in [
            "Ticket eröffnet",
            "Fachverfahren geändert",
            "Priorität geändert",
            "Zuständigkeit geändert",
            "Antwort geschrieben",
            "Versand",
            "E-Mail eingegangen",
            "Interne Notiz",
            "Anruf erfasst",
            "Status geändert",
        ] {
            hands.sees(event).await;
        }
        let verified = verify(&self.office.desk).await.unwrap();
        let intact = verified.unwrap_or_else(|broken| panic!("{broken:?}"));
        assert!(intact.events >= 10, "{intact:?}");
    }
}
