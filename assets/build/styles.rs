//! The one style sheet: what we use of KERN in its own layer, then our files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::syntax;

/// Files that declare, in this order, before all others.
const FIRST: [&str; 2] = ["layers.css", "fonts.css"];
const TOKEN: &str = "--kern-";

/// Our files one after the other. The layers decide who wins, so beyond the first ones the order is free.
pub fn collect(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for name in FIRST {
        all.push_str(&crate::read(&folder.join(name))?);
    }
    for path in crate::files(folder, "css")? {
        if !FIRST.iter().any(|name| path == folder.join(name)) {
            all.push_str(&crate::read(&path)?);
        }
    }
    Ok(all)
}

/// The finished sheet: layer names, the extract of `kern`, our rules. `icons` use tokens too.
pub fn build(own: &str, kern: &str, icons: &str) -> Result<String> {
    let own = syntax::minify(own);
    let layers = own.find(';').context("layers.css declares no layers")? + 1;
    let extract = extract(kern, &format!("{own}{icons}"))?;
    Ok(format!(
        "{}@layer kern{{{extract}}}{}",
        &own[..layers],
        &own[layers..]
    ))
}

fn extract(kern: &str, used_in: &str) -> Result<String> {
    let kern = syntax::minify(kern.trim_start_matches("@charset \"UTF-8\";"));
    let mut wanted: BTreeSet<&str> = syntax::names(used_in, TOKEN).collect();
    let buttons = buttons(&kern, used_in);
    wanted.extend(syntax::names(&buttons, TOKEN));
    loop {
        let before = wanted.len();
        for (name, value) in definitions(&kern) {
            if wanted.contains(name) {
                wanted.extend(syntax::names(value, TOKEN));
            }
        }
        if wanted.len() == before {
            break;
        }
    }
    let defined: BTreeSet<&str> = definitions(&kern).map(|(name, _)| name).collect();
    let missing: Vec<&str> = syntax::names(used_in, TOKEN)
        .filter(|name| !defined.contains(name))
        .collect();
    ensure!(
        missing.is_empty(),
        "tokens that KERN does not define: {}",
        missing.join(", ")
    );
    Ok(format!("{}{buttons}", tokens(&kern, &wanted)))
}

/// The definitions of the tokens wanted, in their themes.
fn tokens(text: &str, wanted: &BTreeSet<&str>) -> String {
    let mut out = String::new();
    for rule in syntax::rules(text) {
        let Some(block) = rule.block else { continue };
        let kept = if rule.prelude.starts_with("@media") {
            tokens(block, wanted)
        } else if rule.prelude.starts_with(".kern-level") {
            // We draw our own surfaces; no element carries a level.
            continue;
        } else {
            let lines = syntax::split(block, ';');
            let lines: Vec<&str> = lines
                .into_iter()
                .filter(|line| definition(line).is_some_and(|(name, _)| wanted.contains(name)))
                .collect();
            lines.join(";")
        };
        if !kept.is_empty() {
            let _ = write!(out, "{}{{{kept}}}", rule.prelude);
        }
    }
    out
}

/// The rules of KERN's button, as far as our sheet mentions every class in the selector.
fn buttons(text: &str, used_in: &str) -> String {
    let mut out = String::new();
    for rule in syntax::rules(text) {
        let Some(block) = rule.block else { continue };
        if rule.prelude.starts_with("@media") {
            let inner = buttons(block, used_in);
            if !inner.is_empty() {
                let _ = write!(out, "{}{{{inner}}}", rule.prelude);
            }
            continue;
        }
        let selectors: Vec<&str> = syntax::split(rule.prelude, ',')
            .into_iter()
            .filter(|selector| selector.trim_start_matches('a').starts_with(".kern-btn"))
            .filter(|selector| {
                syntax::names(selector, ".kern-")
                    .all(|class| syntax::names(used_in, class).any(|own| own == class))
            })
            .collect();
        if !selectors.is_empty() {
            let _ = write!(out, "{}{{{block}}}", selectors.join(","));
        }
    }
    out
}

fn definitions(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(['{', '}', ';']).filter_map(definition)
}

fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    name.starts_with(TOKEN).then_some((name, value))
}
