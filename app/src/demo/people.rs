//! The demo's agents, requesters and vendor users, made from lists of names by a fixed scheme.

use super::unit::{
    DATA_CENTRE, DISTRICTS, HAVELCODE, JUGEND_1, LINDWURM, MARKGRAF, NORDLICHT, ORGANISATIONS,
    OWN_UNIT, PROVIDERS, TEAMS, TECHNIK, ZAHLUNGEN, ZUGANG,
};

pub const AGENTS: usize = 50;
pub const REQUESTERS: usize = 400;
/// The first requester who works for a provider; those before work in district offices.
pub const FIRST_PROVIDER_REQUESTER: usize = 360;

/// How a person is addressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salutation {
    Frau,
    Herr,
}

impl Salutation {
    pub fn word(self) -> &'static str {
        match self {
            Salutation::Frau => "Frau",
            Salutation::Herr => "Herr",
        }
    }
}

/// A person; `organisation` and `teams` are indexes of the unit's lists.
#[derive(Debug, Clone)]
pub struct Person {
    pub salutation: Salutation,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub address: String,
    pub phone: String,
    pub organisation: usize,
    pub teams: Vec<usize>,
}

impl Person {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Everybody in the demo.
#[derive(Debug, Clone)]
pub struct People {
    pub agents: Vec<Person>,
    pub requesters: Vec<Person>,
    pub vendors: Vec<Person>,
}

struct Names {
    /// Women at even places, men at odd ones.
    first: &'static [&'static str],
    last: &'static [&'static str],
}

// The lengths of the two lists of a group share no divisor: walking both gives every pair once.
#[rustfmt::skip]
const GROUPS: [Names; 5] = [
    Names {
        first: &["Sabine", "Thomas", "Petra", "Andreas", "Claudia", "Stefan", "Katrin", "Michael", "Susanne", "Jens", "Anja", "Torsten", "Birgit", "Frank", "Heike", "Uwe", "Nicole", "Matthias", "Julia", "Sebastian", "Franziska", "Florian", "Hannah", "Lukas", "Greta", "Jonas", "Ines", "Ralf", "Marlies", "Henning", "Silke", "Olaf", "Charlotte", "Konrad", "Antje", "Dirk", "Lena", "Moritz", "Wiebke", "Carsten"],
        last: &["Schulze", "Krüger", "Lehmann", "Zimmermann", "Noack", "Hoffmann", "Wernicke", "Paulsen", "Jahnke", "Richter", "Böhme", "Grunwald", "Seidel", "Lüdtke", "Ziegler", "Heinrich", "Bartsch", "Thiele", "Krause", "Franke", "Winkler", "Dietrich", "Schönfeld", "Möller", "Pohl", "Haase", "Graf", "Marquardt", "Buchholz", "Kühn", "Schröter", "Ebert", "Hartwig", "Reimann", "Falk", "Neubauer", "Stein", "Gerlach", "Wolff", "Behrendt", "Kluge", "Engelhardt", "Rudolph", "Voß", "Menzel", "Stahl", "Jäger"],
    },
    Names {
        first: &["Aylin", "Mehmet", "Zeynep", "Emre", "Fatma", "Can", "Esra", "Murat", "Selin", "Kerem", "Gülcan", "Hakan"],
        last: &["Kaya", "Demir", "Çelik", "Şahin", "Öztürk", "Arslan", "Doğan", "Koç", "Aydın", "Yavuz", "Polat", "Güneş", "Bulut"],
    },
    Names {
        first: &["Agnieszka", "Piotr", "Magdalena", "Tomasz", "Ewa", "Paweł", "Karolina", "Adam", "Joanna", "Krzysztof", "Dorota", "Jakub"],
        last: &["Nowak", "Kowalczyk", "Wójcik", "Lewandowski", "Mazur", "Kaczmarek", "Zając", "Król", "Wróbel", "Dudek", "Sikora", "Baran", "Pawlak"],
    },
    Names {
        first: &["Leila", "Omar", "Samira", "Karim", "Nour", "Yusuf", "Amira", "Tarek", "Rania", "Bilal", "Hanan", "Sami"],
        last: &["Haddad", "Al-Masri", "Khalil", "Nasser", "Saleh", "Mansour", "Darwish", "Aziz", "Hamdan", "Rahimi", "Karimi", "Youssef", "Barakat"],
    },
    Names {
        first: &["Linh", "Minh", "Olga", "Dmitri", "Thu", "Ivan", "Elena", "Marko", "Ana", "Mateo", "Grace", "Kwame"],
        last: &["Nguyen", "Petrović", "Tran", "Sokolov", "Mensah", "Popescu", "García", "Dimitrov", "Horvat", "Pham", "Rossi", "Costa", "Ivanov"],
    },
];

const PATTERN: [usize; 10] = [0, 1, 0, 0, 2, 0, 3, 0, 4, 0];

struct Maker {
    drawn: [usize; 5],
    made: usize,
    phone: usize,
}

impl Maker {
    fn next_name(&mut self) -> (Salutation, &'static str, &'static str) {
        let group = PATTERN[self.made % PATTERN.len()];
        self.made += 1;
        let place = self.drawn[group];
        self.drawn[group] += 1;
        let names = &GROUPS[group];
        let first = place % names.first.len();
        let last = (place * 5) % names.last.len();
        let salutation = if first.is_multiple_of(2) {
            Salutation::Frau
        } else {
            Salutation::Herr
        };
        (salutation, names.first[first], names.last[last])
    }

    fn person(
        &mut self,
        (salutation, first_name, last_name): (Salutation, &'static str, &'static str),
        organisation: usize,
        teams: Vec<usize>,
    ) -> Person {
        let phone = format!("030 23125 {:03}", self.phone);
        self.phone += 1;
        Person {
            salutation,
            first_name,
            last_name,
            address: format!(
                "{}.{}@{}",
                ascii(first_name),
                ascii(last_name),
                ORGANISATIONS[organisation].domain
            ),
            phone,
            organisation,
            teams,
        }
    }
}

use Salutation::{Frau, Herr};

/// The place among the vendor users of who lets colleagues in and out.
pub const COORDINATOR: usize = 1;

const VENDOR_USERS: [(usize, (Salutation, &str, &str)); 10] = [
    (NORDLICHT, (Herr, "Jonas", "Ehlers")),
    (NORDLICHT, (Frau, "Svenja", "Carstens")),
    (NORDLICHT, (Herr, "Arne", "Matthiesen")),
    (HAVELCODE, (Frau, "Katja", "Drews")),
    (HAVELCODE, (Herr, "Viktor", "Lang")),
    (LINDWURM, (Frau, "Beate", "Siewert")),
    (LINDWURM, (Herr, "Timo", "Raschke")),
    (MARKGRAF, (Herr, "Rainer", "Opitz")),
    (DATA_CENTRE, (Frau, "Ulrike", "Hansen")),
    (DATA_CENTRE, (Herr, "Nico", "Wendt")),
];

/// Builds everybody; the same list every time.
pub fn people() -> People {
    // Numbers below 100 and the switchboard stay free.
    let mut maker = Maker {
        drawn: [0; 5],
        made: 0,
        phone: 101,
    };
    let mut agents: Vec<Person> = [
        ((Frau, "Annika", "Brandt"), vec![JUGEND_1]),
        ((Frau, "Derya", "Aksoy"), vec![JUGEND_1, ZAHLUNGEN]),
        ((Herr, "Marek", "Lindner"), vec![TECHNIK, JUGEND_1]),
        ((Herr, "Tobias", "Reuter"), vec![JUGEND_1, ZUGANG]),
        ((Frau, "Mira", "Kessler"), vec![ZAHLUNGEN]),
        ((Frau, "Jule", "Petersen"), vec![JUGEND_1]),
    ]
    .into_iter()
    .map(|(name, teams)| maker.person(name, OWN_UNIT, teams))
    .collect();
    for place in agents.len()..AGENTS {
        let mut teams = vec![place % TEAMS.len()];
        if place % 4 == 3 {
            teams.push((place + 2) % TEAMS.len());
        }
        let name = maker.next_name();
        agents.push(maker.person(name, OWN_UNIT, teams));
    }

    let mut requesters = vec![
        maker.person((Frau, "Elif", "Yıldırım"), 8, Vec::new()),
        maker.person((Frau, "Sabine", "Kowalke"), 3, Vec::new()),
    ];
    for place in requesters.len()..REQUESTERS {
        let organisation = if place < FIRST_PROVIDER_REQUESTER {
            DISTRICTS.start + place % DISTRICTS.len()
        } else {
            PROVIDERS.start + place % PROVIDERS.len()
        };
        let name = maker.next_name();
        requesters.push(maker.person(name, organisation, Vec::new()));
    }

    let vendors = VENDOR_USERS
        .into_iter()
        .map(|(organisation, name)| maker.person(name, organisation, Vec::new()))
        .collect();
    People {
        agents,
        requesters,
        vendors,
    }
}

/// Lower-case ASCII for addresses and file names, umlauts written out.
pub fn ascii(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'á' => out.push('a'),
            'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'é' | 'ę' => out.push('e'),
            'ğ' => out.push('g'),
            'í' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ó' => out.push('o'),
            'ş' => out.push('s'),
            'a'..='z' | '0'..='9' | '-' | '.' => out.push(letter),
            _ => {}
        }
    }
    out
}
