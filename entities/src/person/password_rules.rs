//! What a password must be: long enough, none of the common ones, and not made of what others know of its owner.

use zxcvbn::{Score, zxcvbn};

use crate::text;

/// The fewest characters of a password.
pub const FEWEST_CHARS: usize = 12;
/// The most characters of a password, so that hashing stays cheap to ask for.
pub const MOST_CHARS: usize = 200;

/// So many characters must be left once the owner's own words are taken out.
const FEWEST_OF_ITS_OWN: usize = 6;

/// Shorter words are in every sentence.
const FEWEST_OF_A_WORD: usize = 3;

/// Fewer letters between digits and signs are no word but chance.
const FEWEST_OF_A_CORE: usize = 4;

/// What stands on German lists of common passwords and not on the estimator's own, which are English.
const GERMAN: &[&str] = &[
    "passwort",
    "kennwort",
    "geheim",
    "hallo",
    "willkommen",
    "schatz",
    "sonnenschein",
    "sommer",
    "winter",
    "herbst",
    "fruehling",
    "januar",
    "februar",
    "maerz",
    "april",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "berlin",
    "hamburg",
    "muenchen",
    "deutschland",
    "fussball",
    "ficken",
    "qwertz",
    "qwertzuiop",
    "asdfghjkl",
    "yxcvbnm",
    "yxcvbn",
    "lassmichrein",
    "anmelden",
    "computer",
    "internet",
    "administrator",
    "verwaltung",
    "amt",
    "behoerde",
];

/// The desk's own names, which every attacker tries.
const OURS: [&str; 4] = ["lotse", "servicedesk", "service", "desk"];

/// Whose password it is to be, as far as others know.
#[derive(Clone, Debug, Default)]
pub struct Owner<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// What the desk calls itself.
    pub desk: &'a str,
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    TooLong,
    /// On a list of common ones, or soon guessed from them.
    Common,
    /// Little more than the owner's name or address, or the desk's name.
    Personal,
}

/// Whether it may be somebody's password.
///
/// # Errors
/// What is wrong with it.
pub async fn check(password: &str, owner: &Owner<'_>) -> Result<(), Weak> {
    let words = words(owner);
    let password = password.to_owned();
    let judged = tokio::task::spawn_blocking(move || judge(&password, &words));
    judged.await.unwrap_or(Err(Weak::Common))
}

fn judge(password: &str, words: &[String]) -> Result<(), Weak> {
    let chars = password.chars().count();
    if chars < FEWEST_CHARS {
        return Err(Weak::TooShort);
    }
    if chars > MOST_CHARS {
        return Err(Weak::TooLong);
    }
    let mut own = text::fold(password);
    for word in words {
        own = own.replace(word.as_str(), "");
    }
    if own.chars().filter(|c| c.is_alphanumeric()).count() < FEWEST_OF_ITS_OWN {
        return Err(Weak::Personal);
    }
    let known = words.iter().map(String::as_str);
    let known: Vec<&str> = known.chain(GERMAN.iter().copied()).collect();
    let score = |text: &str| zxcvbn(text, &known).score();
    // A year and a sign around a word are what everybody adds to it.
    let core = password.trim_matches(|c: char| !c.is_alphabetic());
    let is_one_word = core.chars().count() >= FEWEST_OF_A_CORE && score(core) == Score::Zero;
    match score(password) {
        Score::Three | Score::Four if !is_one_word => Ok(()),
        _ => Err(Weak::Common),
    }
}

/// The words others know, folded, the longest first.
fn words(owner: &Owner<'_>) -> Vec<String> {
    let whole = [owner.name, owner.email, owner.desk];
    let parts = whole
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> = parts
        .chain(OURS)
        .chain(whole)
        .map(text::fold)
        .filter(|word| word.chars().count() >= FEWEST_OF_A_WORD)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(password: &str) -> Result<(), Weak> {
        let owner = Owner {
            name: "Annika Br\u{fc}ckner",
            email: "annika.brueckner@jugendamt.example",
            desk: "Servicedesk Musterstadt",
        };
        judge(password, &words(&owner))
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(judged("k\u{f6}nig&gr\u{fc}n"), Err(Weak::TooShort));
        assert_eq!(judged(&"wie ein Fisch ".repeat(20)), Err(Weak::TooLong));
        assert_eq!(judged("Zahllauf im November"), Ok(()));
        assert_eq!(judged("vier Wale tanzen Walzer"), Ok(()));
    }

    #[test]
    fn common_ones_are_refused_however_long() {
        for common in [
            "passwordpassword",
            "123456789012",
            "aaaaaaaaaaaaaaaa",
            "qwertyuiopasdf",
            "qwertzuiop12",
            "Passwort1234!",
            "Passw0rd2026!",
            "Sommer2026!!",
            "iloveyou1234",
            "geheimgeheim",
        ] {
            assert_eq!(judged(common), Err(Weak::Common), "{common}");
        }
    }

    #[test]
    fn ones_own_name_is_no_secret() {
        for own in [
            "Annika.Br\u{fc}ckner1",
            "annika.brueckner@jugendamt.example",
            "Servicedesk2026",
            "Lotse-Lotse-1",
            "Musterstadt!12",
        ] {
            assert_eq!(judged(own), Err(Weak::Personal), "{own}");
        }
        assert_eq!(judged("Annika isst gern Pflaumen"), Ok(()));
    }
}
