//! The dynamic fields of the demo's unit.

use entities::field::{Choice, Depends, FieldFacts, Kind, Moment, Value, Words};
use entities::ticket;

use super::catalogue::SERVICES;
use super::database::Unit;

/// Topics with their parts, and the modules that have them; a topic without modules is everywhere.
type Topic = (
    (&'static str, &'static str),
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

#[rustfmt::skip]
const TOPICS: [Topic; 6] = [
    (("Bescheid und Druck", "Decision and printing"),
        &["Gutschein", "Bescheid", "Vorlage", "Vorlagen", "Auftrag", "Urkunde", "Bericht an das Gericht", "Kostenübernahme", "Dokumente"],
        &[("Inhalt falsch", "Wrong content"), ("Briefkopf oder Layout", "Letterhead or layout"), ("Druck bricht ab", "Printing fails"), ("Versand", "Dispatch")]),
    (("Zahlung", "Payment"),
        &["Zahlung", "Zahllauf", "Freigabe", "Rückläufer", "Abrechnung", "Pflegegeld", "Konto", "Mahnung", "Rückgriff", "Schnittstelle Kasse", "Übergabe", "Kassenzeichen", "Abgleich", "Zuschuss"],
        &[("Betrag falsch", "Wrong amount"), ("Zahllauf bricht ab", "Payment run fails"), ("Rückläufer", "Returned payment"), ("Kassenzeichen", "Cash reference")]),
    (("Zugang und Rechte", "Access and rights"), &[],
        &[("Anmeldung", "Sign-in"), ("Rolle fehlt", "Role missing"), ("Vertretung", "Cover"), ("Datenschutzsperre", "Privacy lock")]),
    (("Daten", "Data"), &[],
        &[("Dublette", "Duplicate"), ("Stammdaten", "Master data"), ("Übernahme aus Altverfahren", "Migration"), ("Statistik", "Statistics")]),
    (("Schnittstelle", "Interface"), &[],
        &[("Melderegister", "Population register"), ("Kasse", "Treasury"), ("E-Akte", "Electronic file"), ("Online-Antrag", "Online form")]),
    (("Bedienung", "Use"), &[],
        &[("Maske oder Suche", "Screen or search"), ("Wiedervorlage", "Follow-up"), ("Anleitung fehlt", "Guide missing"), ("Schulung", "Training")]),
];

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter().map(|(de, en)| Choice::new(*de, *en)).collect()
}

fn facts(key: &str, kind: Kind, de: &str, en: &str, help: (&str, &str)) -> FieldFacts {
    let mut facts = FieldFacts::new(key, kind, Words::new(de, en));
    facts.settings.help = Words::new(help.0, help.1);
    facts
}

fn topics(unit: &Unit) -> Vec<Choice> {
    let mut all = Vec::new();
    for ((de, en), modules, parts) in TOPICS {
        let mut topic = Choice::new(de, en);
        for service in &SERVICES {
            let own = service.modules.iter().filter(|m| modules.contains(m));
            topic
                .given
                .extend(own.filter_map(|m| unit.service(service.name, Some(m))));
        }
        let below = parts.iter().map(|(de, en)| Choice {
            parent_id: Some(topic.id),
            ..Choice::new(*de, *en)
        });
        let below: Vec<Choice> = below.collect();
        all.push(topic);
        all.extend(below);
    }
    all
}

/// The definitions, in the order in which they stand on tickets.
pub fn definitions(unit: &Unit) -> Vec<FieldFacts> {
    let none = ("", "");
    let mut topic = facts(
        "topic",
        Kind::Tree,
        "Thema",
        "Topic",
        ("Worum geht es fachlich?", "What is it about?"),
    );
    topic.options = topics(unit);
    topic.settings.depends = Depends::Service;
    topic.settings.required = vec![Moment::Close];

    let mut impact = facts("impact", Kind::Choice, "Auswirkung", "Impact", none);
    impact.options = choices(&[
        ("Eine Person", "One person"),
        ("Mehrere Personen", "Several people"),
        ("Ein Bezirk", "One district"),
        ("Alle Bezirke", "All districts"),
    ]);
    impact.settings.default = impact.options.first().map(|o| Value::Options(vec![o.id]));

    let mut class = facts(
        "error-class",
        Kind::Choice,
        "Fehlerklasse",
        "Error class",
        ("Nach dem Pflegevertrag", "As in the maintenance contract"),
    );
    class.options = choices(&[
        ("1 – Arbeit nicht möglich", "1 – work not possible"),
        ("2 – Arbeit behindert", "2 – work hindered"),
        ("3 – leichter Fehler", "3 – minor fault"),
    ]);
    class.settings.shown.kinds = vec![ticket::Kind::Incident];
    class.settings.required = vec![Moment::VendorEnquiry];

    let mut environment = facts("environment", Kind::Choice, "Umgebung", "Environment", none);
    environment.options = choices(&[
        ("Produktion", "Production"),
        ("Test", "Test"),
        ("Schulung", "Training"),
    ]);
    environment.settings.default = environment
        .options
        .first()
        .map(|o| Value::Options(vec![o.id]));

    let version = ("Zum Beispiel 7.4.1", "For example 7.4.1");
    let mut release = facts("release", Kind::Text, "Release", "Release", version);
    release.settings.limits.pattern = Some(r"\d{1,2}(\.\d{1,3}){1,2}".to_owned());
    let mut fixed = facts("fixed-in", Kind::Text, "Korrektur in", "Fixed in", version);
    fixed
        .settings
        .limits
        .pattern
        .clone_from(&release.settings.limits.pattern);

    let mut external = facts(
        "external-number",
        Kind::External,
        "Externes Vorgangszeichen",
        "External case number",
        ("Zum Beispiel KN-4102", "For example KN-4102"),
    );
    external.settings.limits.pattern = Some("[A-Z]{2,4}-[0-9]{3,6}".to_owned());
    external.settings.limits.link =
        Some("https://vorgang.nordlicht-software.example/{value}".to_owned());

    let mut affected = facts(
        "affected",
        Kind::Whole,
        "Betroffene Vorgänge",
        "Affected cases",
        ("Eine Schätzung genügt.", "An estimate will do."),
    );
    affected.settings.limits.min = Some(1);
    affected.settings.limits.max = Some(10_000);

    let mut roles = facts(
        "affected-roles",
        Kind::Choices,
        "Betroffene Rollen",
        "Affected roles",
        none,
    );
    roles.options = choices(&[
        ("Sachbearbeitung", "Case work"),
        ("Leitung", "Management"),
        ("Kasse", "Treasury"),
        ("Freie Träger", "Providers"),
        ("Eltern", "Parents"),
    ]);

    let mut reproducible = facts(
        "reproducible",
        Kind::YesNo,
        "Nachstellbar",
        "Reproducible",
        (
            "Lässt sich der Fehler nachstellen?",
            "Can the fault be reproduced?",
        ),
    );
    reproducible.settings.group = Words::new("Lösung", "Solution");
    let mut workaround = facts("workaround", Kind::LongText, "Umgehung", "Workaround", none);
    workaround.settings.group = reproducible.settings.group.clone();
    fixed.settings.group = reproducible.settings.group.clone();

    let mut amount = facts(
        "amount",
        Kind::Money,
        "Strittiger Betrag",
        "Disputed amount",
        none,
    );
    amount.settings.shown.teams = unit
        .teams
        .get(super::unit::ZAHLUNGEN)
        .copied()
        .into_iter()
        .collect();
    amount.settings.limits.min = Some(0);
    let mut provider = facts(
        "provider",
        Kind::Organisation,
        "Betroffener Träger",
        "Provider concerned",
        none,
    );
    provider.settings.shown.teams = amount.settings.shown.teams.clone();

    let wishes = vec![ticket::Kind::Change, ticket::Kind::Requirement];
    let mut effort = facts(
        "effort",
        Kind::Decimal,
        "Aufwand in Personentagen",
        "Effort in person days",
        none,
    );
    effort.settings.shown.kinds.clone_from(&wishes);
    effort.settings.limits.min = Some(0);
    let mut wanted = facts("wanted-by", Kind::Date, "Gewünscht bis", "Wanted by", none);
    wanted.settings.shown.kinds = wishes;
    let visit = facts(
        "visit-at",
        Kind::Moment,
        "Termin vor Ort",
        "Visit on site",
        none,
    );
    let expert = facts(
        "expert",
        Kind::Person,
        "Fachliche Ansprechperson",
        "Subject expert",
        none,
    );
    let cause = facts(
        "caused-by",
        Kind::Ticket,
        "Auslösendes Ticket",
        "Causing ticket",
        none,
    );

    let mut all = vec![
        topic,
        impact,
        class,
        environment,
        release,
        external,
        affected,
        roles,
        amount,
        provider,
        effort,
        wanted,
        visit,
        expert,
        cause,
        reproducible,
        workaround,
        fixed,
    ];
    for (facts, place) in all.iter_mut().zip(1..) {
        facts.position = place * 10;
    }
    all
}
