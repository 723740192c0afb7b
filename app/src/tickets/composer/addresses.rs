//! Recipients between the fields of the form and the message.

use entities::ticket::message::{Address, Addresses};
use entities::ticket::show::Names;

use super::written::{BCC, CC, SUBJECT, TO, Written};
use crate::locale::Locale;
use crate::mail::address;

/// The requester's own address.
pub fn of_requester(names: &Names) -> Option<Address> {
    names.requester_email.as_ref().map(|email| Address {
        name: names.requester.clone(),
        address: email.clone(),
    })
}

/// Addresses as a person would type them.
pub fn line(addresses: &[Address]) -> String {
    let one = |a: &Address| match a.name.as_deref().filter(|name| !name.is_empty()) {
        Some(name) if name.contains([',', ';', '"', '<', '>', '@']) => {
            format!("\"{}\" <{}>", name.replace('"', "\\\""), a.address)
        }
        Some(name) => format!("{name} <{}>", a.address),
        None => a.address.clone(),
    };
    addresses.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The names, or failing that the addresses, in a field; what cannot be read stands for itself.
pub fn chips(typed: &str) -> Vec<String> {
    match address::parse_list(typed) {
        Ok(list) => list
            .into_iter()
            .map(|m| m.name.unwrap_or(m.address))
            .collect(),
        Err(_) => vec![typed.trim().to_owned()],
    }
}

/// The recipients of a reply, or what is wrong with them: field and sentence.
pub fn read(locale: Locale, written: &Written) -> Result<Addresses, Vec<(String, String)>> {
    let mut faults = Vec::new();
    let mut field = |id: &str, typed: &str| match list(typed) {
        Ok(list) => list,
        Err(part) => {
            let sentence = locale.t_with("composer-address-fault", &[("part", part.into())]);
            faults.push((id.to_owned(), sentence));
            vec![]
        }
    };
    let addresses = Addresses {
        to: field(TO, &written.to),
        cc: field(CC, &written.cc),
        bcc: field(BCC, &written.bcc),
        ..Addresses::default()
    };
    if faults.is_empty() && addresses.to.is_empty() {
        faults.push((TO.to_owned(), locale.t("rejected-no-recipient")));
    }
    if written.subject.chars().any(char::is_control) {
        faults.push((SUBJECT.to_owned(), locale.t("composer-subject-fault")));
    }
    if faults.is_empty() {
        Ok(addresses)
    } else {
        Err(faults)
    }
}

/// A list in one field. It is one line, so a line break in it was not typed by a person.
///
/// # Errors
/// The part that is no address.
pub fn list(typed: &str) -> Result<Vec<Address>, String> {
    let shown = |part: &str| part.replace(char::is_control, " ").trim().to_owned();
    if typed.trim().chars().any(char::is_control) {
        return Err(shown(typed));
    }
    let mut all: Vec<Address> = Vec::new();
    for mailbox in address::parse_list(typed).map_err(|bad| shown(&bad.part))? {
        if !all
            .iter()
            .any(|a| a.address.eq_ignore_ascii_case(&mailbox.address))
        {
            all.push(Address {
                name: mailbox.name,
                address: mailbox.address,
            });
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again() {
        let addresses = vec![
            Address {
                name: Some("Kowalke, Sabine".into()),
                address: "s.kowalke@pankow.example".into(),
            },
            Address {
                name: None,
                address: "a@b.example".into(),
            },
        ];
        assert_eq!(list(&line(&addresses)), Ok(addresses));
    }

    #[test]
    fn a_line_break_is_no_part_of_an_address() {
        assert!(list("a@b.example\r\nBcc: c@d.example").is_err());
        assert!(list("a@b.example,\r\nc@d.example").is_err());
        assert_eq!(list("kaputt, a@b.example"), Err("kaputt".into()));
        assert_eq!(list(" "), Ok(vec![]));
    }
}
