//! Sets of UIDs as IMAP writes them: `1:5,9`.

use std::collections::BTreeSet;

/// Neighbours become ranges; empty for no UID.
pub(super) fn write(uids: &BTreeSet<u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for uid in uids {
        match ranges.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*uid) => *last = *uid,
            _ => ranges.push((*uid, *uid)),
        }
    }
    let words: Vec<String> = ranges
        .into_iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}:{last}"),
        })
        .collect();
    words.join(",")
}

/// Reads what `write` wrote.
pub(super) fn read(text: &str) -> BTreeSet<u32> {
    let mut uids = BTreeSet::new();
    for word in text.split(',') {
        let (first, last) = word.split_once(':').unwrap_or((word, word));
        if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
            uids.extend(first..=last);
        }
    }
    uids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_ranges_and_come_back() {
        let uids = BTreeSet::from([1, 2, 3, 7, 9, 10, u32::MAX]);
        let text = write(&uids);
        assert_eq!(text, "1:3,7,9:10,4294967295");
        assert_eq!(read(&text), uids);
        assert_eq!(write(&BTreeSet::new()), "");
        assert!(read("").is_empty());
    }
}
