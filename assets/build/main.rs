//! Builds what the browser gets: one style sheet, scripts, one icon sprite and the fonts, all under hashed names.

mod output;
mod packages;
mod scripts;
mod styles;
mod syntax;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use output::Output;

const FONTS: [(&str, &str); 8] = [
    (
        "fira-sans-400.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-400-normal.woff2",
    ),
    (
        "fira-sans-400-ext.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-ext-400-normal.woff2",
    ),
    (
        "fira-sans-400-italic.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-400-italic.woff2",
    ),
    (
        "fira-sans-500.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-500-normal.woff2",
    ),
    (
        "fira-sans-500-ext.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-ext-500-normal.woff2",
    ),
    (
        "fira-sans-600.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-600-normal.woff2",
    ),
    (
        "fira-sans-600-ext.woff2",
        "@fontsource/fira-sans/files/fira-sans-latin-ext-600-normal.woff2",
    ),
    (
        "fira-mono-400.woff2",
        "@fontsource/fira-mono/files/fira-mono-latin-400-normal.woff2",
    ),
];

/// What letters are set in, from the first that is asked for a sign to the last.
const LETTER_FONTS: [&str; 5] = [
    "@expo-google-fonts/fira-sans/400Regular/FiraSans_400Regular.ttf",
    "@expo-google-fonts/fira-sans/400Regular_Italic/FiraSans_400Regular_Italic.ttf",
    "@expo-google-fonts/fira-sans/600SemiBold/FiraSans_600SemiBold.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",
    "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
];

fn main() -> Result<()> {
    for path in [
        "build",
        "css",
        "js",
        "ticket",
        "editor",
        "paper",
        "icons.svg",
        "favicon.svg",
        "package.json",
        "package-lock.json",
        ".npmrc",
    ] {
        println!("cargo::rerun-if-changed={path}");
    }
    println!("cargo::rerun-if-env-changed={}", packages::MODULES_VARIABLE);

    let source = folder("CARGO_MANIFEST_DIR")?;
    let target = folder("OUT_DIR")?;
    let modules = packages::fetch(&source, &target)?;
    let icons = read(&source.join("icons.svg"))?;

    let mut output = Output::new(&target)?;
    let mut style = styles::collect(&source.join("css"))?;
    for (name, path) in FONTS {
        let bytes = std::fs::read(modules.join(path)).with_context(|| format!("font {path}"))?;
        let file = output.add(name, bytes)?;
        style = style.replace(&format!("\"{name}\""), &format!("\"{file}\""));
    }
    let kern = read(&modules.join("@kern-ux/native/dist/kern.min.css"))?;
    output.add(
        "desk.css",
        styles::build(&style, &kern, &icons)?.into_bytes(),
    )?;
    let script = scripts::all(&modules, &source.join("js"))?;
    output.add("desk.js", script.into_bytes())?;
    // Of use on some pages alone, and no part of the first view.
    for name in ["ticket", "editor"] {
        let script = scripts::own(&source.join(name))?;
        output.add(&format!("{name}.js"), script.into_bytes())?;
    }
    let letter = read(&source.join("paper/letter.css"))?;
    output.add("letter.css", syntax::minify(&letter).into_bytes())?;
    output.add("icons.svg", syntax::join_lines(&icons).into_bytes())?;
    output.add(
        "favicon.svg",
        syntax::join_lines(&read(&source.join("favicon.svg"))?).into_bytes(),
    )?;
    for path in LETTER_FONTS {
        let bytes = std::fs::read(modules.join(path)).with_context(|| format!("font {path}"))?;
        output.add_letter_font(path, &bytes)?;
    }
    output.write_table()
}

fn folder(variable: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(
        std::env::var_os(variable).with_context(|| format!("{variable} is not set"))?,
    ))
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// Every file with this ending below `folder`, in the order of its path.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
