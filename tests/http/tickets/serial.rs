//! Serial letters: for many tickets, looked at before, made one by one, refused where something is missing.

use std::io::Cursor;

use entities::document_template::DocumentTemplate;
use entities::field::change::Sets;
use entities::policy::Scope;
use entities::setting::Retire;
use entities::text_block::BlockKind;
use entities::ticket::assign::Assignee;
use entities::ticket::{Assign, Merge, Ticket, Withdraw, thread};
use entities::{Actor, Permission, Permit, Rule};
use support::desk::{Client, Page, TestDesk, block, pages_of_pdf, said_in_pdf, written_in};

const CONSOLE: Actor = Actor::System(Rule::Console);

struct Case {
    desk: TestDesk,
    browser: Client,
    tickets: Vec<Ticket>,
    template: String,
}

impl Case {
    /// Two tickets whose requesters have addresses, and one nobody asked about.
    async fn new(paragraphs: &[&str]) -> Case {
        let desk = TestDesk::new().await;
        let team = desk.team("Jugend 1").await;
        let annika = desk.agent("Annika Brandt").in_team(team).await;
        let mut tickets = vec![];
        for (name, address) in [
            ("Sabine Kowalke", "sabine@pankow.example"),
            ("Jan Meier", "jan@mitte.example"),
        ] {
            let requester = desk.requester(name).writing_from(address).await;
            let title = format!("Fall von {name}");
            tickets.push(desk.ticket(&title).from(&requester).in_team(team).await);
        }
        tickets.push(desk.ticket("Ohne Namen").in_team(team).await);
        let template = desk.template("Bestätigung", paragraphs).await.to_string();
        let browser = annika.sign_in().await;
        Case {
            desk,
            browser,
            tickets,
            template,
        }
    }

    /// Chooses all tickets and says what is to be made; the sheet with its preview.
    async fn say(&self, way: &str, text: &str) -> (String, Page) {
        let ids: Vec<String> = self.tickets.iter().map(|t| t.id.to_string()).collect();
        let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        form.push(("do", "serial"));
        let sent = self.browser.post("/tickets/bulk", &form).await;
        assert_eq!(sent.status, 303, "{}", sent.describe());
        let sheet = sent.location().unwrap();
        let typed = [
            ("template", self.template.as_str()),
            ("form", "docx"),
            ("way", way),
            ("text", text),
        ];
        let said = self.browser.post(&sheet, &typed).await;
        assert_eq!(said.status, 303, "{}", said.describe());
        let page = self.browser.get(&sheet).await;
        (sheet, page)
    }

    /// Begins what the preview shows; it goes on behind the pages.
    async fn begin(&self, sheet: &str, preview: &Page) {
        let seen = preview.attribute("[name=seen]", "value").unwrap();
        let run = format!("{sheet}/run");
        let begun = self.browser.post(&run, &[("seen", &seen)]).await;
        assert_eq!(begun.status, 303, "{}", begun.describe());
    }

    /// Does what the preview shows; what became of it.
    async fn run(&self, sheet: &str, preview: &Page) -> Page {
        self.begin(sheet, preview).await;
        let running = self.browser.get(sheet).await;
        assert!(running.has("progress"), "{}", running.describe());
        self.desk.run_jobs().await;
        self.browser.get(sheet).await
    }

    /// Goes on with a text block, and with somebody who asked about the third ticket too.
    async fn plain(&mut self, text: &str) {
        let id = self.desk.offer(block("Umgehung", BlockKind::Answer, text));
        self.template = format!("block:{}", id.await);
        let requester = self.desk.requester("Ayla Demir");
        let requester = requester.writing_from("ayla@spandau.example").await;
        let team = self.tickets[0].team_id.unwrap();
        let ticket = self.desk.ticket("Fall von Ayla Demir").from(&requester);
        self.tickets[2] = ticket.in_team(team).await;
    }

    /// Goes on as somebody who sees the tickets of her own team alone.
    async fn own_team_only(&mut self) {
        let team = self.tickets[0].team_id.unwrap();
        let rights = [Permission::ReadTickets, Permission::Note].map(|one| (one, Scope::OwnTeams));
        let karin = self.desk.person_with("Karin Voss", &rights).in_team(team);
        self.browser = karin.await.sign_in().await;
    }

    /// What the archive says of the tickets without a letter.
    async fn report(&self, sheet: &str) -> String {
        let archive = self.browser.get(&format!("{sheet}/letters")).await;
        let mut zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
        std::io::read_to_string(zip.by_name("Nicht erstellt.csv").unwrap()).unwrap()
    }

    /// Puts one of the tickets into another, as a colleague does.
    async fn merge(&self, at: usize, into: &Ticket) {
        let source = self.desk.read(self.tickets[at].id).await;
        let target = self.desk.read(into.id).await;
        let permits = (
            Permit::ask(&CONSOLE, source).unwrap(),
            Permit::ask(&CONSOLE, target).unwrap(),
        );
        let command = Merge {
            fields: Sets::default(),
            once: None,
        };
        let merged = self.desk.db.change_pair(permits.0, permits.1, command);
        merged.await.unwrap();
    }

    async fn last(&self, at: usize) -> Option<thread::ThreadEntry> {
        let ticket = self.desk.read(self.tickets[at].id).await;
        let mut all = thread::after(&self.desk.db, &ticket, 1).await.unwrap();
        all.pop()
    }
}

#[tokio::test]
async fn letters_are_noted_at_each_ticket_and_come_together_in_an_archive() {
    let case = Case::new(&["{{dear}},", "zu {{number}}"]).await;
    let (sheet, preview) = case.say("note", "").await;
    preview.must_say("„Bestätigung“ als DOCX, je Ticket als Notiz");
    preview.must_say("Schreiben werden erstellt: 3.");
    assert!(case.last(0).await.is_none(), "looking makes nothing");
    let done = case.run(&sheet, &preview).await;
    done.must_say("Alle als ZIP herunterladen");
    // What was noted stays noted.
    assert!(!done.has(&format!("form[action='{sheet}/undo']")));
    for (at, greeting) in [
        "Guten Tag Sabine Kowalke",
        "Guten Tag Jan Meier",
        "Guten Tag",
    ]
    .into_iter()
    .enumerate()
    {
        let entry = case.last(at).await.unwrap();
        assert_eq!(entry.message.body, "Schreiben „Bestätigung“");
        let bytes = case.desk.db.blobs().get(&entry.files[0].sha256).await;
        let text = written_in(&bytes.unwrap());
        assert!(text.starts_with(greeting), "{text}");
        assert!(text.contains(&case.tickets[at].number));
    }
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    assert_eq!(archive.status, 200);
    let mut zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    assert_eq!(zip.len(), 3);
    let name = format!("{} Bestätigung.docx", case.tickets[0].number);
    assert!(zip.by_name(&name).is_ok());
    let other = case.desk.agent("Derya Aksoy").await.sign_in().await;
    let stolen = other.get(&format!("{sheet}/letters")).await;
    assert_eq!(stolen.status, 404);
    case.desk.must_verify().await;
}

#[tokio::test]
async fn letters_go_by_mail_and_who_has_no_address_is_told() {
    let case = Case::new(&["{{title}}"]).await;
    let (sheet, preview) = case.say("mail", "{{greeting}}, anbei das Schreiben.").await;
    preview.must_say("Guten Tag Sabine Kowalke, anbei das Schreiben.");
    preview.must_say("Schreiben werden erstellt: 2.");
    let done = case.run(&sheet, &preview).await;
    done.must_say("Ohne Namen");
    for (at, address) in ["sabine@pankow.example", "jan@mitte.example"]
        .into_iter()
        .enumerate()
    {
        let entry = case.last(at).await.unwrap();
        assert_eq!(entry.message.parties().to[0].address, address);
        assert_eq!(entry.files.len(), 1);
    }
    assert!(case.last(2).await.is_none());
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    let report = std::io::read_to_string(zip.by_name("Nicht erstellt.csv").unwrap()).unwrap();
    assert!(report.contains(&case.tickets[2].number) && report.contains("Ohne Namen"));
    // What is taken back before it leaves is no letter.
    let message = case.last(0).await.unwrap().message;
    let ticket = case.desk.read(case.tickets[0].id).await;
    let permit = Permit::ask(&CONSOLE, ticket).unwrap();
    case.desk
        .db
        .change(permit, Withdraw { message })
        .await
        .unwrap();
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    let zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    assert_eq!(zip.len(), 2, "the other letter and the report");
}

#[tokio::test]
async fn a_ticket_with_an_empty_place_is_refused_and_the_others_are_made() {
    let case = Case::new(&["{{name}}"]).await;
    let (sheet, preview) = case.say("note", "Schreiben zu {{number}}").await;
    preview.must_say("Ein Platzhalter des Schreibens bleibt leer.");
    preview.must_say("Schreiben werden erstellt: 2.");
    case.run(&sheet, &preview).await;
    let entry = case.last(0).await.unwrap();
    assert_eq!(
        entry.message.body,
        format!("Schreiben zu {}", case.tickets[0].number)
    );
    assert!(case.last(2).await.is_none());
}

#[tokio::test]
async fn a_text_block_becomes_a_plain_letter_for_each_ticket() {
    let mut case = Case::new(&["x"]).await;
    let facts = block(
        "Umgehung",
        BlockKind::Answer,
        "bei {{name}} geht es wieder.",
    );
    let id = case.desk.offer(facts).await;
    case.template = format!("block:{id}");
    let (sheet, preview) = case.say("note", "").await;
    preview.must_say("\u{201e}Umgehung\u{201c} als PDF, je Ticket als Notiz");
    preview.must_say("Ein Platzhalter des Schreibens bleibt leer.");
    preview.must_say("Schreiben werden erstellt: 2.");
    case.run(&sheet, &preview).await;
    for (at, name) in ["Sabine Kowalke", "Jan Meier"].into_iter().enumerate() {
        let entry = case.last(at).await.unwrap();
        let number = &case.tickets[at].number;
        assert_eq!(entry.files[0].name, format!("{number} Umgehung.pdf"));
        let bytes = case.desk.db.blobs().get(&entry.files[0].sha256).await;
        let said = said_in_pdf(&bytes.unwrap());
        assert!(
            said.contains(&format!("bei {name} geht es wieder.")),
            "{said}"
        );
        assert!(said.contains(number), "{said}");
    }
    assert!(case.last(2).await.is_none(), "nobody asked there");
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    let zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    assert_eq!(zip.len(), 3, "two letters and what was refused");
    case.desk.must_verify().await;
}

#[tokio::test]
async fn a_template_that_is_retired_after_the_preview_makes_no_letters() {
    let case = Case::new(&["{{number}}"]).await;
    let (sheet, preview) = case.say("mail", "Anbei das Schreiben.").await;
    preview.must_say("Schreiben werden erstellt: 2.");
    let id = case.template.parse().unwrap();
    case.desk.console(Retire::<DocumentTemplate>::of(id)).await;
    case.run(&sheet, &preview).await;
    for at in 0..3 {
        assert!(case.last(at).await.is_none());
    }
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    let zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    let names = zip.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.collect();
    assert_eq!(names, ["Nicht erstellt.csv"]);
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_beside_its_field() {
    let case = Case::new(&["x"]).await;
    let id = case.tickets[0].id.to_string();
    let form = [("id", id.as_str()), ("do", "serial")];
    let sent = case.browser.post("/tickets/bulk", &form).await;
    let sheet = sent.location().unwrap();
    let nothing = case.browser.post(&sheet, &[("way", "note")]).await;
    assert_eq!(nothing.status, 422);
    nothing.must_say("Bitte wählen Sie eine Vorlage.");
    let typed = [
        ("template", case.template.as_str()),
        ("way", "mail"),
        ("text", "{{Titel}}"),
    ];
    let refused = case.browser.post(&sheet, &typed).await;
    refused.must_say("Den Platzhalter „Titel“ gibt es nicht.");
    let typed = [("template", case.template.as_str()), ("way", "mail")];
    let empty = case.browser.post(&sheet, &typed).await;
    assert_eq!(empty.status, 422);
}

#[tokio::test]
async fn all_letters_are_one_pdf_for_the_printer_in_the_order_in_which_they_were_chosen() {
    let mut case = Case::new(&["x"]).await;
    case.plain("bei {{name}} geht es wieder.").await;
    case.tickets.reverse();
    let (sheet, preview) = case.say("note", "").await;
    let done = case.run(&sheet, &preview).await;
    done.must_say("Alle in einem PDF");
    let way = format!("{sheet}/print");
    assert!(done.has(&format!("a[href='{way}']")));
    assert!(!done.says("Nicht dabei"));
    let printed = case.browser.get(&way).await;
    assert_eq!(printed.status, 200, "{}", printed.describe());
    assert_eq!(pages_of_pdf(&printed.bytes), 3);
    let said = said_in_pdf(&printed.bytes);
    let names = ["Ayla Demir", "Jan Meier", "Sabine Kowalke"];
    let places = names.map(|name| said.find(&format!("bei {name} geht es wieder")).unwrap());
    assert!(places.is_sorted(), "{said}");
    let other = case.desk.agent("Derya Aksoy").await.sign_in().await;
    assert_eq!(other.get(&way).await.status, 404);
}

#[tokio::test]
async fn letters_as_docx_are_no_pdf_and_who_has_no_letter_is_named_beside_the_button() {
    let case = Case::new(&["{{name}}"]).await;
    let (sheet, preview) = case.say("note", "").await;
    let done = case.run(&sheet, &preview).await;
    assert!(!done.says("Alle in einem PDF"));
    done.must_say(&format!("Nicht dabei: {}.", case.tickets[2].number));
    let printed = case.browser.get(&format!("{sheet}/print")).await;
    assert_eq!(printed.status, 404);
}

#[tokio::test]
async fn a_letter_whose_file_is_lost_stops_the_pdf_and_the_page_says_what_is_left() {
    let mut case = Case::new(&["x"]).await;
    case.plain("bei {{name}} geht es wieder.").await;
    let (sheet, preview) = case.say("note", "").await;
    case.run(&sheet, &preview).await;
    let lost = case.last(1).await.unwrap().files[0].sha256.clone();
    case.desk.db.blobs().remove(&lost).await.unwrap();
    let printed = case.browser.get(&format!("{sheet}/print")).await;
    assert_eq!(printed.status, 422);
    printed.must_say("Das gemeinsame PDF ließ sich nicht erstellen.");
    assert!(printed.has(&format!("a[href='{sheet}/letters']")));
}

#[tokio::test]
async fn a_letter_is_found_where_its_message_lies_now_and_named_where_nobody_may_look() {
    let mut case = Case::new(&["x"]).await;
    case.plain("bei {{name}} geht es wieder.").await;
    case.own_team_only().await;
    let (sheet, preview) = case.say("note", "").await;
    case.run(&sheet, &preview).await;
    let team = case.tickets[0].team_id.unwrap();
    let ours = case.desk.ticket("Sammelfall").in_team(team).await;
    case.merge(0, &ours).await;
    let housing = case.desk.team("Wohngeld").await;
    let theirs = case.desk.ticket("Fremder Fall").in_team(housing).await;
    case.merge(1, &theirs).await;
    let archive = case.browser.get(&format!("{sheet}/letters")).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(&archive.bytes[..])).unwrap();
    let name = |at: usize| format!("{} Umgehung.pdf", case.tickets[at].number);
    assert!(zip.by_name(&name(0)).is_ok());
    assert!(zip.by_name(&name(1)).is_err());
    assert!(zip.by_name(&name(2)).is_ok());
    let report = std::io::read_to_string(zip.by_name("Nicht erstellt.csv").unwrap()).unwrap();
    assert!(
        report.contains("in einem Ticket, das Sie nicht sehen"),
        "{report}"
    );
    assert!(report.contains(&case.tickets[1].number));
    assert!(!report.contains(&theirs.number) && !report.contains("Fremder Fall"));
    let printed = case.browser.get(&format!("{sheet}/print")).await;
    assert_eq!(pages_of_pdf(&printed.bytes), 2);
}

#[tokio::test]
async fn a_ticket_that_goes_out_of_sight_before_its_letter_is_counted_and_not_named() {
    let mut case = Case::new(&["x"]).await;
    case.plain("bei {{name}} geht es wieder.").await;
    case.own_team_only().await;
    let (sheet, preview) = case.say("note", "").await;
    let housing = case.desk.team("Wohngeld").await;
    let ticket = case.desk.read(case.tickets[1].id).await;
    let permit = Permit::ask(&CONSOLE, ticket).unwrap();
    let to = Assignee::Team { id: housing };
    case.desk.db.change(permit, Assign { to }).await.unwrap();
    let done = case.run(&sheet, &preview).await;
    let words = "Nicht dabei ist ein Schreiben zu einem Ticket, das Sie nicht mehr sehen.";
    done.must_say(words);
    let report = case.report(&sheet).await;
    assert!(report.contains(words), "{report}");
    assert!(!report.contains(&case.tickets[1].number), "{report}");
    assert!(!report.contains("Jan Meier"), "{report}");
}

#[tokio::test]
async fn a_serial_letter_that_is_stopped_says_how_many_letters_were_not_made() {
    let case = Case::new(&["{{number}}"]).await;
    let (sheet, preview) = case.say("note", "").await;
    case.begin(&sheet, &preview).await;
    case.browser.post(&format!("{sheet}/stop"), &[]).await;
    case.desk.run_jobs().await;
    let stopped = case.browser.get(&sheet).await;
    stopped.must_say("Angehalten.");
    let words = "Zu 3 Tickets wurde kein Schreiben mehr erstellt.";
    stopped.must_say(words);
    let report = case.report(&sheet).await;
    assert!(report.contains(words), "{report}");
    assert!(case.last(0).await.is_none());
}
