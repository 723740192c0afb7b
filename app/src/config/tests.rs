//! What the configuration promises: variables win, all mistakes at once, no secret shown, an example that is true.
#![allow(clippy::unwrap_used)]

use super::read::Reader;
use super::*;

fn variables(pairs: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    sources.add_variables(
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    sources
}

#[test]
fn an_empty_configuration_is_complete() {
    let config = Config::from_sources(&Sources::default()).unwrap();
    assert_eq!(config.listen, "127.0.0.1:8080");
    assert_eq!(config.public_url, "http://127.0.0.1:8080");
    assert_eq!(config.database.url, "sqlite://data/lotse.sqlite");
    assert_eq!(config.history.key_file, PathBuf::from("data/history.key"));
    assert_eq!(config.mail.domain, "127.0.0.1");
    assert_eq!((config.smtp.port, config.mail.undo_s), (587, 10));
    assert_eq!(config.smtp.host, None);
}

#[test]
fn a_variable_wins_over_the_file() {
    let mut sources = Sources::default();
    sources.add_file("a.toml", "listen = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]\n[smtp]\nport = 25\ntls = \"none\"\n");
    sources.add_variables([("LOTSE_SMTP_PORT".to_owned(), "2525".to_owned())]);
    let config = Config::from_sources(&sources).unwrap();
    assert_eq!(
        (config.listen.as_str(), config.smtp.port, config.smtp.tls),
        ("0.0.0.0:80", 2525, SmtpTls::None)
    );
    assert_eq!(
        config.trusted_proxies,
        ["10.0.0.1".parse::<IpAddr>().unwrap()]
    );
}

#[test]
fn all_mistakes_are_named_with_their_place() {
    let mut sources = Sources::default();
    sources.add_file("a.toml", "lissen = \"x\"\npublic_url = \"ftp://x\"\n[smtp]\nport = \"25\"\nhots = \"a\"\n[mail]\nundo_s = 90\n");
    sources.add_variables([
        ("LOTSE_LISTEN".to_owned(), "here".to_owned()),
        ("LOTSE_TIME_ZONE".to_owned(), "Mars".to_owned()),
        ("LOTSE_SMPT_HOST".to_owned(), "a".to_owned()),
    ]);
    let mistakes = Config::from_sources(&sources).unwrap_err();
    let mut places: Vec<_> = mistakes
        .0
        .iter()
        .map(|mistake| mistake.place.as_str())
        .collect();
    places.sort_unstable();
    assert_eq!(
        places,
        [
            "LOTSE_LISTEN",
            "LOTSE_SMPT_HOST",
            "LOTSE_TIME_ZONE",
            "a.toml, lissen",
            "a.toml, mail.undo_s",
            "a.toml, public_url",
            "a.toml, smtp.hots",
            "a.toml, smtp.port",
        ]
    );
    assert!(mistakes.to_string().contains("8 mistakes"));
}

#[test]
fn broken_toml_names_the_file() {
    let mut sources = Sources::default();
    sources.add_file("a.toml", "listen = ");
    let mistakes = Config::from_sources(&sources).unwrap_err();
    assert_eq!(mistakes.0.len(), 1);
    assert!(mistakes.to_string().contains("a.toml: is not valid TOML"));
}

#[test]
fn secrets_are_never_shown() {
    let sources = variables(&[
        ("LOTSE_SMTP_PASSWORD", "canary-1"),
        (
            "LOTSE_DATABASE_URL",
            "postgres://lotse:canary-2@db/lotse?password=canary-3&sslmode=require",
        ),
    ]);
    let config = Config::from_sources(&sources).unwrap();
    let shown = effective(&config, &sources);
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("postgres://lotse:********@db/lotse?password=********&sslmode=require"));
    assert!(shown.contains("# LOTSE_SMTP_PASSWORD"));
}

#[test]
fn what_is_shown_can_be_read_again() {
    let sources = Sources::default();
    let config = Config::from_sources(&sources).unwrap();
    let mut again = Sources::default();
    again.add_file("shown.toml", &effective(&config, &sources));
    assert_eq!(
        Config::from_sources(&again).unwrap().database.url,
        config.database.url
    );
}

#[test]
fn the_example_file_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/lotse.example.toml");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        text,
        example(),
        "write it anew: lotse config --example > deploy/lotse.example.toml"
    );
    let mut uncommented = Sources::default();
    let settings: Vec<_> = text
        .lines()
        .map(|line| {
            line.strip_prefix('#')
                .filter(|rest| !rest.starts_with(' '))
                .unwrap_or(line)
        })
        .collect();
    uncommented.add_file("example", &settings.join("\n"));
    Config::from_sources(&uncommented).unwrap();
}

#[test]
fn every_default_and_example_passes_its_own_check() {
    // Choosing a store asks for what reaching it needs.
    let goes_with = |chosen: &str, key: &str| {
        let together = [("files.store", "files."), ("search.engine", "search.")];
        together
            .iter()
            .any(|(one, all)| chosen == *one && key.starts_with(all))
    };
    for field in FIELDS {
        let mut sources = variables(&[(&field.variable(), field.example)]);
        for other in FIELDS.iter().filter(|o| goes_with(field.key, o.key)) {
            sources.add_variables([(other.variable(), other.example.to_owned())]);
        }
        Config::from_sources(&sources).unwrap();
        let sources = variables(&[(&field.variable(), field.default)]);
        Config::from_sources(&sources).unwrap();
    }
}

#[test]
fn every_setting_has_a_reader() {
    let sources = Sources::default();
    let source = [
        include_str!("../config.rs"),
        include_str!("files.rs"),
        include_str!("search.rs"),
    ]
    .concat();
    for field in FIELDS {
        assert!(
            source.contains(&format!("(\"{}\")", field.key)),
            "nothing reads {}",
            field.key
        );
    }
    let mut reader = Reader::new(&sources);
    reader.text("no.such.key");
    assert!(reader.finish().is_err());
}
