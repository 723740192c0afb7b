//! What a file may be named, how it begins, how long it gets, and what may not stand in it.

use super::tree;

const MOST_LINES: usize = 500;

/// Services and views are things of the desk itself.
const FORBIDDEN_NAMES: [&str; 7] = [
    "handlers", "utils", "util", "helpers", "manager", "dto", "common",
];

#[test]
fn every_file_begins_with_what_it_is_for() {
    let faults: Vec<_> = tree::rust()
        .into_iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| file.path)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let faults: Vec<_> = tree::rust()
        .into_iter()
        .map(|file| (file.text.lines().count(), file.path))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_file_is_named_after_nothing() {
    let faults: Vec<_> = tree::rust()
        .into_iter()
        .map(|file| file.path)
        .filter(|path| {
            path.trim_end_matches(".rs")
                .split('/')
                .any(|part| FORBIDDEN_NAMES.contains(&part))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn unescaped_html_gives_its_reason() {
    let mut faults = Vec::new();
    for file in tree::files("app/src", &["rs"]) {
        let lines: Vec<_> = file.text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let is_use = line.contains("PreEscaped(") && !line.trim_start().starts_with("//");
            let reason = lines[index.saturating_sub(2)..index]
                .iter()
                .any(|above| above.contains("// XSS: "));
            if is_use && !reason {
                faults.push(format!("{}:{}", file.path, index + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What these look for in what others wrote is data, not a sentence of ours.
const RECOGNISED: [&str; 3] = [
    "app/src/mail/quote.rs",
    "app/src/mail/read/",
    "entities/src/redaction/",
];

/// German sentences betray themselves by their letters; tests and invented data may hold them.
#[test]
fn words_for_people_are_not_in_the_code() {
    let mut faults = Vec::new();
    let folders = ["app/src", "entities/src", "search/src", "migration/src"];
    for file in folders
        .iter()
        .flat_map(|folder| tree::files(folder, &["rs"]))
    {
        let is_invented = ["/demo", "tests"]
            .iter()
            .any(|part| file.path.contains(part))
            || RECOGNISED.iter().any(|path| file.path.starts_with(path));
        let shipped = file.text.split("#[cfg(test)]").next().unwrap();
        for (index, line) in shipped.lines().enumerate() {
            let has_word = tree::literals(line).iter().any(|text| {
                let has_umlaut = text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', 'ß']);
                // Single letters and their replacements are data, for example of a search or a header.
                has_umlaut && text.chars().filter(|c| c.is_alphabetic()).count() > 2
            });
            if has_word && !is_invented && !line.contains("// data: ") {
                faults.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_left_for_later() {
    let words = [
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["un", "implemented!"].concat(),
    ];
    let faults: Vec<_> = tree::rust()
        .into_iter()
        .filter(|file| words.iter().any(|word| file.text.contains(word.as_str())))
        .map(|file| file.path)
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
