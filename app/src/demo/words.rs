//! Greetings and closings around a message's words, and the variations of a title.

use rand::{Rng, rngs::StdRng};

use super::cases::Kind;
use super::people::Person;
use super::slots::Slots;
use super::thread::Pool;
use super::unit::{ORGANISATIONS, UNIT_NAME};

const GREETINGS: [&str; 6] = [
    "Guten Tag,",
    "Guten Morgen,",
    "Hallo zusammen,",
    "Sehr geehrte Damen und Herren,",
    "Liebes Team vom Servicedesk,",
    "Hallo,",
];
const CLOSINGS: [&str; 4] = [
    "Mit freundlichen Grüßen",
    "Viele Grüße",
    "Freundliche Grüße",
    "Besten Dank im Voraus und viele Grüße",
];

pub(super) fn pick<T: Copy>(rng: &mut StdRng, list: &[T]) -> Option<T> {
    if list.is_empty() {
        return None;
    }
    list.get(rng.random_range(0..list.len())).copied()
}

/// Draws from the words for any case, for a fault also from those that suit only a fault.
pub(super) fn draw<T: Copy + Default>(rng: &mut StdRng, pool: &Pool<T>, kind: Kind) -> T {
    let fault = if kind == Kind::Incident {
        pool.fault
    } else {
        &[]
    };
    let place = rng.random_range(0..pool.any.len() + fault.len());
    pool.any
        .iter()
        .chain(fault)
        .nth(place)
        .copied()
        .unwrap_or_default()
}

fn choose(rng: &mut StdRng, list: &[&'static str]) -> &'static str {
    pick(rng, list).unwrap_or_default()
}

/// A first mail: greeting to nobody in particular, full signature.
pub(super) fn first_mail(rng: &mut StdRng, writer: &Person, slots: &Slots, body: &str) -> String {
    let mut text = String::with_capacity(body.len() + 200);
    text.push_str(choose(rng, &GREETINGS));
    text.push_str("\n\n");
    slots.fill_into(body, &mut text);
    text.push_str("\n\n");
    text.push_str(choose(rng, &CLOSINGS));
    text.push_str(&format!(
        "\n{} {}\n\n{}\nTelefon {}",
        writer.first_name, writer.last_name, ORGANISATIONS[writer.organisation].name, writer.phone
    ));
    text
}

/// A later mail of the requester or a vendor to the agent.
pub(super) fn later_mail(
    rng: &mut StdRng,
    writer: &Person,
    agent: &Person,
    slots: &Slots,
    body: &str,
) -> String {
    let mut text = format!(
        "Guten Tag {} {},\n\n",
        agent.salutation.word(),
        agent.last_name
    );
    slots.fill_into(body, &mut text);
    let closing = choose(rng, &CLOSINGS[..3]);
    text.push_str(&format!(
        "\n\n{closing}\n{} {}",
        writer.first_name, writer.last_name
    ));
    text
}

/// A mail of an agent to the requester or a vendor.
pub(super) fn reply(agent: &Person, reader: &Person, slots: &Slots, body: &str) -> String {
    let mut text = format!(
        "Guten Tag {} {},\n\n",
        reader.salutation.word(),
        reader.last_name
    );
    slots.fill_into(body, &mut text);
    text.push_str(&format!(
        "\n\nMit freundlichen Grüßen\n{} {}\n{UNIT_NAME}\nTelefon {}",
        agent.first_name, agent.last_name, agent.phone
    ));
    text
}

/// A title with what people add to subjects when they write for themselves.
pub(super) fn varied_title(rng: &mut StdRng, slots: &Slots, title: &str) -> String {
    let title = slots.fill(title);
    match rng.random_range(0..9) {
        0 => format!("{title} – Vorgang {}", slots.fall),
        1 => format!("{title} ({})", slots.bezirk),
        2 => format!("Dringend: {title}"),
        3 => format!("{title}, auch bei {}", slots.fall2),
        4 => slots.fill(&format!("{title} seit {{datum}}")),
        5 => format!("Frage zu: {title}"),
        _ => title,
    }
}
