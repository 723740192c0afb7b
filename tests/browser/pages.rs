//! A furnished desk and the address of every page in it.

use entities::article::{Audience, Content, Filing};
use entities::field::{Choice, FieldFacts, Kind, Moment, Words};
use entities::first_start::AGENT;
use entities::language::Language;
use entities::recurring::Repeat;
use entities::text_block::BlockKind;
use entities::ticket::Ticket;
use entities::{Permit, Uuid, role};
use lotse::jobs::indexing;
use lotse::mail::deliver::deliver;
use lotse::routes;
use lotse::web::routing::{Gate, Listed};
use poem::http::Method;
use support::desk::{Client, Page, Persona, TestDesk, block, reply};

use crate::letters::{TITLE, request};

/// A mail with markup, a picture and a bad charset, so that the thread shows a warning.
const DAMAGED: &[u8] = b"From: Jan M\xfcller <jan.mueller@spandau.example>\r\nTo: desk@desk.example\r\n\
    Subject: Bescheid falsch\r\nMessage-ID: <bescheid@spandau.example>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/html; charset=nonsense\r\n\r\n<h1>Bescheid</h1><p>Der <b>Betrag</b> stimmt nicht:</p>\
    <table><tr><th>Monat</th><th>Betrag</th></tr><tr><td>M\xe4rz</td><td>1.200</td></tr></table>\
    <blockquote>Von: Servicedesk</blockquote>\r\n";

/// A desk where everything that can be shown is there at least once.
pub struct Furnished {
    pub desk: TestDesk,
    pub administrator: Persona,
    /// Somebody of the vendor, who sees all of the portal.
    pub coordinator: Persona,
    ticket: Ticket,
    /// The address of an answer as a letter.
    letter: String,
    ids: Ids,
}

/// Something of each kind of setting.
struct Ids {
    article: Uuid,
    translation: Uuid,
    category: Uuid,
    synonyms: Uuid,
    text_block: Uuid,
    document: Uuid,
    checklist: Uuid,
    activity: Uuid,
    task: Uuid,
    field: Uuid,
    service: Uuid,
    team: Uuid,
    organisation: Uuid,
    vendor: Uuid,
    person: Uuid,
    agent: Uuid,
    provider: Uuid,
    claim_rule: Uuid,
    role: Uuid,
    mailbox: Uuid,
    mail: Uuid,
    import: Uuid,
}

impl Furnished {
    pub async fn new() -> Furnished {
        let desk = TestDesk::as_demo().await;
        let team = desk.team("Jugendhilfe").await;
        let service = desk.service("Zahllauf", team).await;
        desk.module("Tagespflege", service).await;
        let field = fields(&desk).await;
        let organisation = desk.district("Pankow", "PA").await;
        let sabine = desk.requester("Sabine König").of(organisation);
        let sabine = sabine.writing_from("sabine.koenig@pankow.example").await;
        let administrator = desk.administrator().in_team(team).await;
        let other = desk.agent("Annika Brandt").in_team(team).await;
        for raw in [request(), DAMAGED.to_vec()] {
            deliver(&desk, "default", raw.as_slice()).await.unwrap();
        }
        let waiting = desk.ticket("Zugang zur Tagespflege").from(&sabine);
        let waiting = waiting.in_team(team).about(service).owned_by(&other).await;
        let unsent = reply("fehler@pankow.example", "Bitte prüfen Sie den Zugang.");
        let letter = format!(
            "/tickets/{}/messages/{}/print",
            waiting.number, unsent.message_id
        );
        let permit = Permit::ask(&other.actor().await, waiting).unwrap();
        desk.db.change(permit, unsent).await.unwrap();

        let client = administrator.sign_in().await;
        let ticket = ticket_called(&desk, TITLE).await;
        furnish(&client, &ticket, service).await;
        let (vendor, coordinator) = vendor(&desk, &ticket).await;
        let provider = desk.trust_nobody("Bezirksamt", "lotse").await;
        tie(&client, sabine.id, provider).await;
        let claim_rule = desk.claim_rule(provider, "groups", "Jugend", team).await;
        let role = role::shipped(&desk.db, AGENT).await.unwrap().unwrap().id;
        let mailbox = desk.first_mailbox().await.id;
        deliver(&desk, "default", &b"nothing of a mail"[..])
            .await
            .unwrap();
        let mail = id_of(&desk, "SELECT id FROM inbound_mail WHERE fate = 'failed'").await;
        let (article, category) = article(&desk).await;
        let translation = translation(&desk, article, category).await;
        let synonyms = desk.synonyms("Kita\nKindertagesstätte").await;
        let text = "{{greeting}}, bis zum {{workday+3}} hilft dies.";
        let text_block = block("Umgehung", BlockKind::Answer, text);
        let text_block = desk.offer(text_block).await;
        let document = desk
            .template("Bestätigung", &["{{title}}", "bis {{due}}"])
            .await;
        let (checklist, activity, task) = work(&client, &desk, &ticket, team, other.id).await;
        let table = support::desk::File {
            field: "file",
            name: "personen.csv",
            content_type: "text/csv",
            bytes: b"Name;E-Mail\nSabine Neu;neu@pankow.example\nOhne;\n",
        };
        client
            .upload("/settings/people/import", &[], &[table])
            .await;
        let import = id_of(&desk, "SELECT id FROM people_import").await;
        indexing::run_due(&desk).await.unwrap();
        Furnished {
            ids: Ids {
                article,
                translation,
                category,
                synonyms,
                text_block,
                document,
                checklist,
                activity,
                task,
                field,
                service,
                team,
                organisation,
                vendor,
                person: sabine.id,
                agent: other.id,
                provider,
                claim_rule,
                role,
                mailbox,
                mail,
                import,
            },
            ticket,
            letter,
            administrator,
            coordinator,
            desk,
        }
    }

    /// Every address for somebody who has signed in: those of the table of routes, and what stands behind a query.
    /// Some of them are fragments.
    pub fn pages(&self) -> Vec<String> {
        let number = &self.ticket.number;
        let (role, person) = (self.ids.role, self.ids.person);
        let cell = format!("{}.reply", role.simple());
        let others = [
            "/demo/mail".to_owned(),
            "/tickets?q=Zahllauf".to_owned(),
            "/tickets?q=nirgends".to_owned(),
            "/tickets?state=open&state=waiting&sort=priority".to_owned(),
            format!("/tickets/{number}?mode=note"),
            format!("/tickets/{number}?mode=call"),
            format!("/tickets/{number}/letter?template={}", self.ids.document),
            format!(
                "/tickets/{number}/letter?template=block:{}",
                self.ids.text_block
            ),
            "/tickets/2026-999999-0".to_owned(),
            self.letter.clone(),
            "/tickets?field=auswirkung:-&sort=f-auswirkung".to_owned(),
            "/search?q=Zahllauf".to_owned(),
            "/search?q=Zahllauf&state=open&kind=ticket".to_owned(),
            "/search?q=nirgends+feld:keins".to_owned(),
            "/gibt-es-nicht".to_owned(),
            "/knowledge?q=nirgends".to_owned(),
            format!("/knowledge?category={}&state=draft", self.ids.category),
            format!("/knowledge/{}?version=2", self.ids.article),
            format!("/knowledge/{}", self.ids.translation),
            format!("/knowledge/{}/edit", self.ids.translation),
            format!("/help/articles/{}", self.ids.translation),
            format!("/settings/roles?only={role}"),
            format!("/settings/roles?set={cell}=own_teams>everything"),
            format!("/settings/roles/choose?cell={cell}&only={role}"),
            format!("/settings/roles/effect?set={cell}=own_teams>everything"),
            format!("/settings/roles/compare?one={role}&other={role}"),
            format!("/settings/roles/sight?person={person}&ticket={number}"),
        ];
        self.listed(Gate::SignedIn)
            .chain(self.listed(Gate::Open))
            .chain(others)
            .collect()
    }

    /// Every address of the portal, and one's own as people of vendors see them.
    pub fn portal_pages(&self) -> Vec<String> {
        let english = [
            "/portal/people?lang=en".to_owned(),
            "/portal?q=Zahllauf".to_owned(),
            "/portal?q=nirgends".to_owned(),
        ];
        self.listed(Gate::Portal)
            .chain(self.listed(Gate::Own))
            .chain(english)
            .collect()
    }

    /// Every address for a visitor.
    pub fn open_pages(&self) -> Vec<String> {
        self.listed(Gate::Open).collect()
    }

    fn listed(&self, gate: Gate) -> impl Iterator<Item = String> {
        let is_meant = |listed: &&Listed| listed.method == Method::GET && listed.gate == gate;
        // A stream never ends.
        let ends = |listed: &&Listed| listed.path != "/events";
        let table = routes::table();
        let all = table.list().iter().filter(is_meant).filter(ends);
        let paths: Vec<String> = all
            .filter_map(|listed| self.concrete(listed.path))
            .collect();
        paths.into_iter()
    }

    /// A path of the table with something real in it; none for what is no page.
    fn concrete(&self, path: &str) -> Option<String> {
        let ids = &self.ids;
        let sub = match path.split('/').nth(2) {
            Some("fields") => ids.field,
            _ if path.contains("/fields/") => ids.field,
            Some("categories") => ids.category,
            Some("synonyms") => ids.synonyms,
            // The file of a block is no page.
            Some("text-blocks") if path.ends_with("/files") => return None,
            Some("text-blocks") => ids.text_block,
            _ if path.ends_with("/file") => return None,
            Some("documents") => ids.document,
            Some("checklists") => ids.checklist,
            Some("activities") => ids.activity,
            Some("tasks") => ids.task,
            Some("services") => ids.service,
            Some("teams") => ids.team,
            Some("organisations") => ids.organisation,
            // What is saved instead of shown.
            _ if path.ends_with("/raw") || path.ends_with("/refused") => return None,
            Some("people") if path.contains("/import/") => ids.import,
            Some("people") if path.ends_with("/deputy") => ids.agent,
            Some("people") => ids.person,
            Some("inbound") => ids.mail,
            Some("providers") => ids.provider,
            Some("claim-rules") => ids.claim_rule,
            Some("roles") => ids.role,
            Some("mailboxes") => ids.mailbox,
            // Bookings are found by whoever made them.
            _ if path == "/effort/:key" => return None,
            _ if path.contains("/:sub") => return None,
            _ => ids.team,
        };
        let key = match path.split('/').nth(1) {
            Some("knowledge" | "help") => self.ids.article.to_string(),
            Some("portal") if path.contains("/knowledge/") => self.ids.article.to_string(),
            Some("absences") => self.ids.agent.to_string(),
            Some("settings") if path.contains("/guests/") => self.ids.vendor.to_string(),
            _ => self.ticket.number.clone(),
        };
        let path = path.replace(":key", &key);
        let path = path.replace(":sub", &sub.to_string());
        assert!(!path.contains(':'), "{path} is not known to this test");
        Some(path)
    }
}

/// An article with all that a text can hold, published, remarked on and written anew; and its category.
async fn article(desk: &TestDesk) -> (Uuid, Uuid) {
    let author = desk.author("Mira Kessler").await;
    let reviewer = desk.reviewer("Marek Lindner").await;
    let text = "## Bevor Sie beginnen\n\n- Haushalt `GK` prüfen\n- Rolle **Gutschein** haben\n\n\
        > [!WARNING]\n> Erst sichern, siehe [Anleitung](https://example.org/hilfe).\n\n\
        ## Schritt für Schritt\n\n1. Öffnen\n2. Drucken\n\n### Meldungen\n\n| Meldung | Abhilfe |\n|---|---|\n\
        | KN-4102 | Stichtag setzen |\n\n```\nKN-4102 Stichtag fehlt\n```\n\n> Zitat\n";
    let content = Content {
        body: text.to_owned(),
        keywords: vec!["Gutschein".to_owned(), "Bonus".to_owned()],
        audience: Audience::Public,
        ..support::desk::content("Geschwisterbonus richtig erfassen")
    };
    let filing = desk.filing(&author).await;
    let category = filing.category_id.unwrap();
    let begun = desk.begin_article(&author, content.clone(), filing).await;
    let id = begun.unwrap().row.id;
    desk.send_to_review(&author, id).await.unwrap();
    desk.publish(&reviewer, id).await.unwrap();
    let newer = Content {
        note: "Bonus ergänzt".to_owned(),
        body: format!("{text}\nNeu.\n"),
        ..content
    };
    desk.write(&author, id, newer).await.unwrap();
    desk.send_to_review(&author, id).await.unwrap();
    let remark = [
        ("quote", "Rolle Gutschein haben"),
        ("text", "Bitte den Stichtag nennen."),
    ];
    let client = reviewer.sign_in().await;
    client
        .post(&format!("/knowledge/{id}/remarks"), &remark)
        .await;
    (id, category)
}

/// The same in English, of a version that nobody reads any more.
async fn translation(desk: &TestDesk, original: Uuid, category: Uuid) -> Uuid {
    let author = desk.author("Ute Sommer").await;
    let reviewer = desk.reviewer("Jan Peters").await;
    let content = Content {
        audience: Audience::Public,
        ..support::desk::content("Entering the bonus")
    };
    let filing = Filing {
        language: Language::En,
        category_id: Some(category),
        original_id: Some(original),
        ..desk.filing(&author).await
    };
    let begun = desk.begin_article(&author, content, filing).await;
    let id = begun.unwrap().row.id;
    desk.send_to_review(&author, id).await.unwrap();
    desk.publish(&reviewer, id).await.unwrap().row.id
}

/// A vendor with a shared ticket, somebody who coordinates, one who was invited, and one who is no more there.
async fn vendor(desk: &TestDesk, ticket: &Ticket) -> (Uuid, Persona) {
    let vendor = desk.maker("Nordlicht Software", "nordlicht.example").await;
    desk.share(ticket, vendor).await;
    let coordinator = desk.coordinator("Carla Voss").of(vendor);
    let coordinator = coordinator.with_password("Leuchtturm am Wattenmeer").await;
    let gone = desk.vendor_user("Ole Weg").of(vendor).await;
    desk.console(entities::person::Retire::of(gone.id)).await;
    let browser = coordinator.sign_in().await;
    let typed = [
        ("name", "Jonas Ehlers"),
        ("email", "jonas@nordlicht.example"),
    ];
    browser.post("/portal/people", &typed).await;
    (vendor, coordinator)
}

/// A field of every kind; the one that is shown by itself is a choice that is needed.
async fn fields(desk: &TestDesk) -> Uuid {
    for kind in Kind::ALL {
        let name = kind.name().replace('_', "-");
        let words = Words::new(format!("Angabe {name}"), format!("Detail {name}"));
        let mut facts = FieldFacts::new(&name, kind, words);
        facts.settings.help = Words::new("Wie im Vertrag", "As in the contract");
        let many = (1..20).map(|n| Choice::new(format!("Wert {n}"), format!("Value {n}")));
        facts.options = many.collect();
        desk.field(facts).await;
    }
    let words = Words::new("Auswirkung", "Impact");
    let mut facts = FieldFacts::new("auswirkung", Kind::Choice, words);
    facts.options = vec![
        Choice::new("Eine Person", "One person"),
        Choice::new("Alle", "All"),
    ];
    facts.settings.required = vec![Moment::Close];
    desk.field(facts).await.row.id
}

/// A checklist, effort and a task by date, and what of it stands in the ticket.
async fn work(
    client: &Client,
    desk: &TestDesk,
    ticket: &Ticket,
    team: Uuid,
    agent: Uuid,
) -> (Uuid, Uuid, Uuid) {
    let checklist = desk.checklist("Zahllauf", &["Sichern", "Prüfen"]).await;
    let activity = desk.activity("Auswertung").await;
    let rule = Repeat::MonthDay { day: 31 };
    let task = desk.task("Monatslauf", rule, team, agent).await;
    let at = |part: &str| format!("/tickets/{}/{part}", ticket.number);
    let template = checklist.to_string();
    client
        .post(&at("checklist/template"), &[("template", &template)])
        .await;
    let today = entities::clock::day(desk.db.clock().now()).to_string();
    let activity_id = activity.to_string();
    let booking = [
        ("minutes", "1:30"),
        ("day", &today),
        ("activity", &activity_id),
        ("remark", "Zahllauf nachgerechnet"),
    ];
    client.post(&at("effort"), &booking).await;
    client.post("/effort", &booking).await;
    let deputy = agent.to_string();
    let away = [
        ("from", "2099-07-01"),
        ("to", "2099-07-14"),
        ("deputy", &deputy),
    ];
    client.post("/account/absences", &away).await;
    client.post(&at("timer"), &[("act", "start")]).await;
    (checklist, activity, task)
}

/// A reply on its way, a note, a call, a service and a reminder.
async fn furnish(client: &Client, ticket: &Ticket, service: Uuid) {
    let at = |part: &str| format!("/tickets/{}/{part}", ticket.number);
    let service = service.to_string();
    let forms: [(&str, &[(&str, &str)]); 5] = [
        ("service", &[("value", &service)]),
        ("owner", &[("value", "me")]),
        (
            "replies",
            &[
                ("to", "sabine.koenig@pankow.example"),
                ("subject", "Re: Zahllauf"),
                (
                    "text",
                    "Guten Tag Frau König,\n\nwir prüfen das.\n\n> Können Sie das prüfen?",
                ),
                ("then", "waiting"),
                ("mode", "reply"),
                ("count", "1"),
            ],
        ),
        (
            "notes",
            &[("text", "Ursache: **Prüfziffer**"), ("mode", "note")],
        ),
        (
            "calls",
            &[
                ("text", "Frau König fragt nach."),
                ("direction", "in"),
                ("minutes", "4"),
                ("mode", "call"),
            ],
        ),
    ];
    for (part, fields) in forms {
        let answer = send(client, &at(part), fields).await;
        assert!(answer.status.is_redirection(), "{}", answer.describe());
    }
    let tomorrow = chrono::Utc::now() + chrono::Duration::days(1);
    let until = tomorrow.format("%Y-%m-%dT09:00").to_string();
    let form = [("value", "date"), ("until", until.as_str())];
    client.post(&at("state"), &form).await;
}

/// Ties somebody to what a provider calls them.
async fn tie(client: &Client, person: Uuid, provider: Uuid) {
    let path = format!("/settings/people/{person}/identities");
    let provider = provider.to_string();
    let typed = [("provider", provider.as_str()), ("subject", "s.koenig")];
    let answer = client.post(&path, &typed).await;
    assert!(answer.status.is_redirection(), "{}", answer.describe());
}

/// The composer's forms carry files, the others do not.
async fn send(client: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    if fields.iter().any(|(name, _)| *name == "mode") {
        client.upload(path, fields, &[]).await
    } else {
        client.post(path, fields).await
    }
}

async fn ticket_called(desk: &TestDesk, title: &str) -> Ticket {
    #[derive(sea_orm::FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let sql = "SELECT id FROM ticket WHERE title = $1";
    let found: Vec<Found> = desk.database().rows(sql, vec![title.into()]).await;
    desk.read(found[0].id).await
}

async fn id_of(desk: &TestDesk, sql: &str) -> Uuid {
    #[derive(sea_orm::FromQueryResult)]
    struct Found {
        id: Uuid,
    }
    let found: Vec<Found> = desk.database().rows(sql, vec![]).await;
    found[0].id
}
