//! A person's initials in a coloured disc; the colour follows the name and means nothing.

use maud::{Markup, html};

/// The name is read aloud; beside a visible name use the shape without it.
pub fn face(name: &str) -> Markup {
    html! {
        span class="face" data-hue=(hue(name)) role="img" aria-label=(name) title=(name) { (initials(name)) }
    }
}

/// For places where the name stands beside it.
pub fn face_beside_name(name: &str) -> Markup {
    html! {
        span class="face" data-hue=(hue(name)) aria-hidden="true" { (initials(name)) }
    }
}

/// First letters of the first and the last word: "Annika Brandt" → "AB".
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

fn hue(name: &str) -> u32 {
    name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    }) % 5
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("Annika Brandt"), "AB");
        assert_eq!(initials("özge von der (Heide)"), "ÖH");
        assert_eq!(initials("Leitstelle"), "L");
        assert_eq!(initials(" - "), "");
    }
}
