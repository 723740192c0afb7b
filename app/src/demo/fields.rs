//! The dynamic fields of the demo's unit, and what its cases hold in them.

use chrono::{Days, NaiveDate};
use entities::field::change::{Catalogue, Sets};
use entities::field::{Choice, Depends, Field, FieldFacts, Kind, Moment, Value, Words};
use entities::ticket;
use entities::{Db, Uuid};

use super::case::{Case, Fate};
use super::cases::{Kind as CaseKind, Reason};
use super::catalogue::SERVICES;
use super::database::Unit;
use super::unit::PROVIDERS;

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

    let mut reusable = facts(
        "reusable",
        Kind::YesNo,
        "Wiederverwendbar",
        "Reusable",
        (
            "Hilft die Lösung auch anderen?",
            "Does the solution help others too?",
        ),
    );
    reusable.settings.group = Words::new("Lösung", "Solution");
    let mut workaround = facts("workaround", Kind::LongText, "Umgehung", "Workaround", none);
    workaround.settings.group = reusable.settings.group.clone();
    fixed.settings.group = reusable.settings.group.clone();

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
        reusable,
        workaround,
        fixed,
    ];
    for (facts, place) in all.iter_mut().zip(1..) {
        facts.position = place * 10;
    }
    all
}

/// A value with the name of what it points at.
type Made = Option<(Value, Option<String>)>;

/// What makes a value of a field out of a lot.
type Make<'a> = &'a dyn Fn(&Field, u64) -> Made;

/// The fields as the database has them, for cases to fill.
#[derive(Clone, Debug)]
pub struct Fields(Catalogue);

/// A number that is the same for the same case.
fn lot(case: &Case, salt: u64) -> u64 {
    let seed = case
        .title
        .bytes()
        .fold(salt ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    let mixed =
        (seed ^ case.created_minutes_ago.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 29
}

impl Fields {
    /// Reads them.
    pub async fn read(db: &Db) -> Result<Fields, entities::DeskError> {
        Ok(Fields(Catalogue::read(db).await?))
    }

    /// What a case holds, as whoever took it has seen it.
    pub fn of(&self, case: &Case, unit: &Unit, created_on: NaiveDate) -> Sets {
        let mut values: Vec<(Uuid, Value, Option<String>)> = Vec::new();
        let mut put = |key: &str, chance: u64, make: Make<'_>| {
            let lot = lot(case, key.len() as u64 * 31 + u64::from(key.as_bytes()[0]));
            let Some(field) = self.0.by_key(key) else {
                return;
            };
            if lot % 100 < chance
                && let Some((value, name)) = make(field, lot / 100)
            {
                values.push((field.row.id, value, name));
            }
        };
        let one = |field: &Field, lot: u64| {
            let place = usize::try_from(lot)
                .ok()?
                .checked_rem(field.options.len())?;
            Some((Value::Options(vec![field.options[place].id]), None))
        };
        // Most of what comes in concerns one person and the real thing.
        let skewed = |field: &Field, lot: u64| one(field, (lot % 8).saturating_sub(4));
        let number = |from: i64, to: i64, lot: u64| {
            let span = (to - from).unsigned_abs().max(1);
            Value::Number(from + i64::try_from(lot % span).unwrap_or(0))
        };
        let is_over = matches!(case.fate, Fate::Solved { .. } | Fate::Closed { .. });
        let is_incident = matches!(case.kind, CaseKind::Incident);
        let topic = if is_over { 100 } else { 70 };
        put("topic", topic, &|field, lot| {
            self.topic(field, case, unit, lot)
        });
        put("impact", 90, &skewed);
        put("environment", 95, &skewed);
        if is_incident {
            put(
                "error-class",
                if case.vendor.is_some() { 100 } else { 60 },
                &one,
            );
            put("release", 75, &|_, lot| {
                let text = format!("7.{}.{}", lot % 5, lot / 5 % 4);
                Some((Value::Text(text), None))
            });
        }
        if case.vendor.is_some() {
            put("external-number", 80, &|_, lot| {
                let text = format!("KN-{}", 1000 + lot % 9000);
                Some((Value::Text(text), None))
            });
        }
        put("affected", 55, &|_, lot| {
            Some((number(1, 60, lot * lot % 61), None))
        });
        put("affected-roles", 40, &|field, lot| {
            let first = usize::try_from(lot).ok()? % field.options.len();
            let mut ids = vec![field.options[first].id];
            if lot.is_multiple_of(3) {
                ids.push(field.options[(first + 1) % field.options.len()].id);
            }
            Some((Value::Options(ids), None))
        });
        if case.team == super::unit::ZAHLUNGEN {
            put("amount", 70, &|_, lot| {
                Some((number(500, 250_000, lot), None))
            });
            put("provider", 40, &|_, lot| {
                let place = PROVIDERS.start + usize::try_from(lot).ok()? % PROVIDERS.len();
                let name = super::unit::ORGANISATIONS[place].name.to_owned();
                Some((Value::Reference(unit.organisations[place]), Some(name)))
            });
        }
        if matches!(case.kind, CaseKind::Change | CaseKind::Requirement) {
            put("effort", 70, &|_, lot| {
                Some((Value::Number(i64::try_from(lot % 40).ok()? * 500_000), None))
            });
            put("wanted-by", 60, &|_, lot| {
                let day = created_on.checked_add_days(Days::new(20 + lot % 120))?;
                Some((Value::Date(day), None))
            });
        }
        put("expert", 12, &|_, lot| {
            let all = &unit.requesters;
            let person = &all[usize::try_from(lot).ok()? % all.len()];
            Some((Value::Reference(person.id), person.address.name.clone()))
        });
        if let Fate::Solved { reason } | Fate::Closed { reason } = case.fate {
            put("reusable", 80, &|_, lot| {
                Some((Value::YesNo(lot.is_multiple_of(3)), None))
            });
            if matches!(reason, Reason::SoftwareFault) {
                put("fixed-in", 60, &|_, lot| {
                    Some((Value::Text(format!("7.{}.0", 5 + lot % 3)), None))
                });
            }
        }
        self.0.sets(values)
    }

    fn topic(&self, field: &Field, case: &Case, unit: &Unit, lot: u64) -> Made {
        let module = case
            .module
            .and_then(|m| unit.service(case.service, Some(m)));
        let fits = |option: &Choice| {
            option.given.is_empty() || module.is_some_and(|m| option.given.contains(&m))
        };
        let parts: Vec<&Choice> = field
            .options
            .iter()
            .filter(|o| {
                o.parent_id
                    .and_then(|id| field.option(id))
                    .is_some_and(&fits)
            })
            .collect();
        // What belongs to the module alone comes first.
        let own: Vec<&&Choice> = parts
            .iter()
            .filter(|o| {
                o.parent_id
                    .and_then(|id| field.option(id))
                    .is_some_and(|p| !p.given.is_empty())
            })
            .collect();
        let from: Vec<&Choice> = match own.is_empty() || lot.is_multiple_of(4) {
            true => parts,
            false => own.into_iter().copied().collect(),
        };
        let place = usize::try_from(lot / 4).ok()?.checked_rem(from.len())?;
        Some((Value::Options(vec![from[place].id]), None))
    }
}
