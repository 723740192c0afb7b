//! The particulars of a case and the place where they enter a text.

use chrono::{Datelike, Days, NaiveDateTime};
use rand::{Rng, rngs::StdRng};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const WOMEN: [&str; 16] = [
    "Aylin Kaya",
    "Marta Wiśniewska",
    "Judith Albrecht",
    "Thi Mai Hoang",
    "Nadia Farouk",
    "Sophie Lorenz",
    "Büşra Erdoğan",
    "Carolin Weiß",
    "Irina Morozova",
    "Helene Sasse",
    "Mariam Osman",
    "Paula Fechner",
    "Gesine Ahlers",
    "Rosa Lindenau",
    "Yasmin Hakimi",
    "Teresa Blum",
];

/// The values for the slots of one case.
#[derive(Debug, Clone)]
pub(super) struct Slots {
    pub name: &'static str,
    pub fall: String,
    pub fall2: String,
    pub bezirk: &'static str,
    betrag: String,
    datum: String,
    frist: String,
    monat: &'static str,
    uhr: String,
}

impl Slots {
    pub fn draw(
        rng: &mut StdRng,
        created: NaiveDateTime,
        tile: &str,
        bezirk: &'static str,
    ) -> Self {
        let year = created.year().rem_euclid(100);
        let first = rng.random_range(100..9800);
        let second = first + rng.random_range(1..90);
        let before = created - Days::new(rng.random_range(1..10));
        let after = created + Days::new(rng.random_range(5..25));
        let hour = rng.random_range(7..16);
        Self {
            name: WOMEN[rng.random_range(0..WOMEN.len())],
            fall: format!("{year:02}-{tile}-{first:06}"),
            fall2: format!("{year:02}-{tile}-{second:06}"),
            bezirk,
            betrag: euros(rng.random_range(4_000..900_000)),
            datum: day(before),
            frist: day(after),
            monat: MONTHS[created.month0() as usize],
            uhr: format!("{hour:02}:{:02}", rng.random_range(0..60)),
        }
    }

    /// Makes the date shortly after the one that the case waits for.
    pub fn wait_until(&mut self, instant: NaiveDateTime) {
        self.frist = day(instant);
    }

    fn value(&self, slot: &str) -> Option<&str> {
        Some(match slot {
            "name" => self.name,
            "fall" => &self.fall,
            "fall2" => &self.fall2,
            "bezirk" => self.bezirk,
            "betrag" => &self.betrag,
            "datum" => &self.datum,
            "frist" => &self.frist,
            "monat" => self.monat,
            "uhr" => &self.uhr,
            _ => return None,
        })
    }

    /// Appends the text with its slots filled; an unknown slot stays visible as it is.
    pub fn fill_into(&self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            match after
                .split_once('}')
                .and_then(|(slot, tail)| Some((self.value(slot)?, tail)))
            {
                Some((value, tail)) => {
                    out.push_str(value);
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
    }

    pub fn fill(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        self.fill_into(text, &mut out);
        out
    }
}

fn day(instant: NaiveDateTime) -> String {
    format!("{}. {}", instant.day(), MONTHS[instant.month0() as usize])
}

fn euros(cents: u32) -> String {
    let whole = cents / 100;
    let rest = cents % 100;
    if whole >= 1000 {
        format!("{}.{:03},{rest:02} Euro", whole / 1000, whole % 1000)
    } else {
        format!("{whole},{rest:02} Euro")
    }
}
