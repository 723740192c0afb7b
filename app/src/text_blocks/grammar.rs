//! How people are addressed: by salutation and last name where they are known, never wrongly where they are not.

use entities::person::Salutation;

use crate::locale::Locale;

/// What stands before a name and belongs to it.
const TITLES: [&str; 4] = ["prof", "professor", "pd", "dipl"];
const PARTICLES: [&str; 9] = ["von", "van", "de", "del", "der", "den", "zu", "zur", "al"];

/// Who is addressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addressed {
    pub name: String,
    pub salutation: Option<Salutation>,
}

impl Addressed {
    /// `Guten Tag Frau Dr. von Berg`; how one speaks to somebody.
    pub fn greeting(&self, locale: Locale) -> String {
        match (self.name.trim(), self.formal(locale)) {
            ("", _) => locale.t("greeting-nobody"),
            (_, Some(formal)) => locale.t_with("greeting", &[("name", formal.into())]),
            (name, None) => locale.t_with("greeting", &[("name", name.into())]),
        }
    }

    /// `Sehr geehrte Frau Dr. von Berg`; how one writes a letter.
    pub fn dear(&self, locale: Locale) -> String {
        let key = match self.salutation {
            Some(Salutation::Frau) => "dear-frau",
            Some(Salutation::Herr) => "dear-herr",
            None => return self.greeting(locale),
        };
        match self.last() {
            Some(last) => locale.t_with(key, &[("name", last.into())]),
            None => self.greeting(locale),
        }
    }

    /// `Frau Dr. Sabine von Berg`, `Herrn Jan Meier`; the first line of an address.
    pub fn address(&self, locale: Locale) -> String {
        let key = match self.salutation {
            Some(Salutation::Frau) => "address-frau",
            Some(Salutation::Herr) => "address-herr",
            None => return self.name.trim().to_owned(),
        };
        locale.t_with(key, &[("name", self.name.trim().into())])
    }

    fn formal(&self, locale: Locale) -> Option<String> {
        let key = match self.salutation? {
            Salutation::Frau => "formal-frau",
            Salutation::Herr => "formal-herr",
        };
        Some(locale.t_with(key, &[("name", self.last()?.into())]))
    }

    /// Titles and last name.
    fn last(&self) -> Option<String> {
        let name = match self.name.split_once(',') {
            Some((last, first)) => format!("{} {}", first.trim(), last.trim()),
            None => self.name.clone(),
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_title = |word: &&&str| {
            let bare = word.trim_end_matches('.').to_lowercase();
            word.ends_with('.') || TITLES.contains(&bare.as_str())
        };
        let titles = words.iter().take_while(is_title).count();
        let mut from = words.len().checked_sub(1)?;
        if from < titles {
            return None;
        }
        while from > titles && PARTICLES.contains(&words[from - 1].to_lowercase().as_str()) {
            from -= 1;
        }
        let said = words[..titles].iter().chain(&words[from..]);
        Some(said.copied().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, salutation: Option<Salutation>) -> Addressed {
        Addressed {
            name: name.to_owned(),
            salutation,
        }
    }

    #[test]
    fn people_are_addressed_by_title_and_last_name() {
        let frau = |name| person(name, Some(Salutation::Frau)).greeting(Locale::De);
        assert_eq!(frau("Sabine Kowalke"), "Guten Tag Frau Kowalke");
        assert_eq!(
            frau("Dr. Sabine von der Berg"),
            "Guten Tag Frau Dr. von der Berg"
        );
        assert_eq!(frau("Kowalke, Sabine"), "Guten Tag Frau Kowalke");
        assert_eq!(
            frau("Prof. Dr. Ada Li-Weber"),
            "Guten Tag Frau Prof. Dr. Li-Weber"
        );
        assert_eq!(frau("Dr."), "Guten Tag Dr.");
    }

    #[test]
    fn nobody_is_addressed_wrongly() {
        let unknown = person("Sascha Klein", None);
        assert_eq!(unknown.greeting(Locale::De), "Guten Tag Sascha Klein");
        assert_eq!(unknown.dear(Locale::De), "Guten Tag Sascha Klein");
        assert_eq!(person(" ", None).greeting(Locale::De), "Guten Tag");
    }

    #[test]
    fn letters_bend_the_words() {
        let herr = person("Jan Meier", Some(Salutation::Herr));
        assert_eq!(herr.dear(Locale::De), "Sehr geehrter Herr Meier");
        assert_eq!(herr.address(Locale::De), "Herrn Jan Meier");
        assert_eq!(herr.dear(Locale::En), "Dear Mr Meier");
    }
}
