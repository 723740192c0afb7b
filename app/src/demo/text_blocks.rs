//! The texts that the demo's unit writes again and again, each written by one person and approved by another.

use chrono::Days;
use entities::article::File;
use entities::clock::day;
use entities::permit::Desk;
use entities::text_block::{
    self, Acts, BlockKind, BlockThen, NewOwner, Notice, TextBlock, TextBlockFacts, Wording,
};
use entities::ticket::ClosingReason;
use entities::ticket::share::Enquiry;
use entities::{Db, Permit};

use super::database::{Unit, importer};
use super::unit::JUGEND_1;

/// What a block says in each language.
struct Text {
    name: &'static str,
    kind: BlockKind,
    category: &'static str,
    de: &'static str,
    en: &'static str,
}

#[rustfmt::skip]
const TEXTS: [Text; 9] = [
    Text {
        name: "Anrede", kind: BlockKind::Opening, category: "Rahmen",
        de: "{{greeting}},",
        en: "{{greeting}},",
    },
    Text {
        name: "Gruß", kind: BlockKind::Closing, category: "Rahmen",
        de: "Mit freundlichen Grüßen\n{{agent}}\nServicedesk Jugendhilfe{{if agent_phone}}, Telefon {{agent_phone}}{{end}}",
        en: "Kind regards\n{{agent}}\nService desk youth welfare{{if agent_phone}}, phone {{agent_phone}}{{end}}",
    },
    Text {
        name: "Briefkopf", kind: BlockKind::Letterhead, category: "Rahmen",
        de: "Servicedesk Jugendhilfe\nMusterallee 12\n12345 Musterstadt\n\nTelefon 030 9000-0\nservicedesk@servicedesk.example",
        en: "Service desk youth welfare\nMusterallee 12\n12345 Musterstadt\n\nPhone +49 30 9000-0\nservicedesk@servicedesk.example",
    },
    Text {
        name: "Umgehung bis zur Korrektur", kind: BlockKind::Answer, category: "Störungen",
        de: "der Fehler im Verfahren {{service|Ihres Bereichs}} ist bekannt und an den Hersteller gemeldet.{{if field.fixed-in}} Die \
             Korrektur kommt mit der Fassung {{field.fixed-in}}.{{end}}\n\n\
             {{if field.workaround}}Bis dahin hilft dies:\n\n{{field.workaround}}{{else}}Eine Umgehung gibt es bisher nicht. \
             Wir melden uns spätestens am {{workday+5}}.{{end}}",
        en: "the fault in {{service|your application}} is known and has been reported to the vendor.{{if field.fixed-in}} The \
             correction comes with release {{field.fixed-in}}.{{end}}\n\n\
             {{if field.workaround}}Until then this helps:\n\n{{field.workaround}}{{else}}There is no workaround yet. \
             We will be in touch by {{workday+5}}.{{end}}",
    },
    Text {
        name: "Angaben fehlen", kind: BlockKind::Answer, category: "Rückfragen",
        de: "damit wir Ihr Anliegen „{{title}}“ nachstellen können, brauchen wir noch:\n\n\
             - das Aktenzeichen oder die Nummer des Falls\n- den Zeitpunkt, an dem es zuletzt auftrat\n- ein Bild des Fensters mit \
             der Meldung\n\nBitte antworten Sie bis zum {{workday+5}}. Bitte senden Sie keine Namen von Kindern oder Eltern mit.",
        en: "to reproduce “{{title}}” we still need:\n\n\
             - the file number or the number of the case\n- when it last happened\n- a picture of the window with the message\n\n\
             Please answer by {{workday+5}}. Please do not send names of children or parents.",
    },
    Text {
        name: "Kennwort zurückgesetzt", kind: BlockKind::Answer, category: "Zugang",
        de: "Ihr Kennwort ist zurückgesetzt. Das neue erhalten Sie von Ihrer örtlichen Betreuung; ändern Sie es bitte bei der \
             ersten Anmeldung.",
        en: "your password has been reset. Your local support will give you the new one; please change it when you sign in first.",
    },
    Text {
        name: "Termin vereinbaren", kind: BlockKind::Answer, category: "Rückfragen",
        de: "gern sehen wir uns das gemeinsam mit Ihnen an. Passt Ihnen der {{workday+2}} zwischen 9 und 11 Uhr? Wir rufen Sie dann an.",
        en: "we would like to look at this together with you. Does {{workday+2}} between 9 and 11 suit you? We would call you.",
    },
    Text {
        name: "Annahme am Telefon", kind: BlockKind::PhoneScript, category: "Telefon",
        de: "Anruf zu {{service|welchem Verfahren?}}\n\n- Was wollten Sie tun?\n- Was geschah stattdessen, mit welcher Meldung?\n\
             - Seit wann, und wie viele sind betroffen?\n- Gibt es heute eine Frist?\n- Rückruf unter:",
        en: "Call about {{service|which application?}}\n\n- What did you want to do?\n- What happened instead, with which message?\n\
             - Since when, and how many are affected?\n- Is there a deadline today?\n- Call back at:",
    },
    Text {
        name: "Störung behoben", kind: BlockKind::RequesterNotice, category: "Störungen",
        de: "{{greeting}},\n\ndie Störung in {{service}}, zu der Sie sich mit {{number}} gemeldet haben, ist behoben. Bitte prüfen Sie, \
             ob Ihr Vorgang nun durchläuft.",
        en: "{{greeting}},\n\nthe fault in {{service}} that you reported with {{number}} is repaired. Please check whether your case \
             now goes through.",
    },
];

/// Comes with a block, so that requesters know which picture is asked for.
const GUIDE: &str = "So erstellen Sie ein Bildschirmfoto\n\n1. Bitte öffnen Sie das Fenster mit der Meldung.\n\
    2. Drücken Sie Alt und Druck.\n3. Fügen Sie das Bild mit Strg und V in Ihre Antwort ein.\n";

/// Makes them, and draws up another that waits to be approved.
pub async fn build(db: &Db, unit: &Unit) -> anyhow::Result<()> {
    let today = day(db.clock().now());
    for text in &TEXTS {
        let mut facts = facts(unit, text, acts(text.name));
        if text.name == "Angaben fehlen" {
            facts.wording.files = vec![guide(db).await?];
        }
        if text.name == "Kennwort zurückgesetzt" {
            facts.review_on = today.checked_sub_days(Days::new(3));
        }
        facts.approved = Some(facts.wording.clone());
        make(db, facts).await?;
    }
    let mut enquiry = TextBlockFacts {
        name: "Fehlermeldung an den Hersteller".to_owned(),
        kind: BlockKind::VendorEnquiry,
        wording: Wording {
            enquiry: Enquiry {
                product: "{{service}}".to_owned(),
                release: "{{field.release}}".to_owned(),
                environment: "Produktion".to_owned(),
                observed: "Modul {{module}}: {{description}}".to_owned(),
                expected: "Der Vorgang läuft bis zum Ende durch.".to_owned(),
                ..Enquiry::default()
            },
            ..Wording::default()
        },
        category: "Hersteller".to_owned(),
        ..people(unit)
    };
    enquiry.approved = Some(enquiry.wording.clone());
    make(db, enquiry).await?;
    let draft = Text {
        name: "Elternbeitrag neu berechnet",
        kind: BlockKind::Answer,
        category: "Auskünfte",
        de: "der Elternbeitrag wurde neu berechnet. Der Bescheid geht Ihnen mit dem nächsten Drucklauf zu.",
        en: "the parental contribution has been calculated anew. The notice comes with the next print run.",
    };
    let mut facts = facts(unit, &draft, Acts::default());
    facts.team_id = unit.teams.get(JUGEND_1).copied();
    facts.service_ids = unit.service("KITA-Netz", None).into_iter().collect();
    facts.approved_by = None;
    make(db, facts).await
}

/// Who wrote them and who looked at them.
fn people(unit: &Unit) -> TextBlockFacts {
    TextBlockFacts {
        author_id: unit.agents.first().map(|agent| agent.id),
        approved_by: unit.agents.get(1).map(|agent| agent.id),
        ..TextBlockFacts::default()
    }
}

fn facts(unit: &Unit, text: &Text, acts: Acts) -> TextBlockFacts {
    TextBlockFacts {
        name: text.name.to_owned(),
        kind: text.kind,
        wording: Wording {
            notice: Notice {
                de: text.de.to_owned(),
                en: text.en.to_owned(),
            },
            acts,
            ..Wording::default()
        },
        category: text.category.to_owned(),
        ..people(unit)
    }
}

/// What an answer with the block does besides.
fn acts(name: &str) -> Acts {
    match name {
        "Angaben fehlen" => Acts {
            then: Some(BlockThen::Waiting),
            reminder_days: Some(7),
            ..Acts::default()
        },
        "Umgehung bis zur Korrektur" => Acts {
            then: Some(BlockThen::Vendor),
            reminder_days: Some(14),
            ..Acts::default()
        },
        "Kennwort zurückgesetzt" => Acts {
            then: Some(BlockThen::Solved(ClosingReason::Rights)),
            owner: Some(NewOwner::Sender),
            ..Acts::default()
        },
        _ => Acts::default(),
    }
}

async fn guide(db: &Db) -> anyhow::Result<File> {
    let stored = db.put_blob(GUIDE.as_bytes().to_vec()).await?;
    Ok(File {
        name: "Bildschirmfoto.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
    })
}

async fn make(db: &Db, facts: TextBlockFacts) -> anyhow::Result<()> {
    let permit = Permit::ask(&importer(), Desk)?;
    let create: text_block::Create = entities::setting::Create::<TextBlock> { facts, once: None };
    db.change(permit, create).await?;
    Ok(())
}
