//! The list of keys is complete: whatever acts by a key stands in it.

use std::collections::BTreeSet;

use lotse::web::keys::known;

use super::tree;

#[test]
fn every_key_that_acts_stands_in_the_list() {
    let known = known();
    let mut found = BTreeSet::new();
    for file in tree::files("app/src", &["rs"]) {
        for part in file.text.split("data-key=\"").skip(1) {
            let key = part.split('"').next().unwrap_or_default();
            found.insert(key.to_owned());
        }
    }
    assert!(found.len() > 10, "{found:?}");
    let missing: Vec<_> = found.iter().filter(|key| !known.contains(*key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
