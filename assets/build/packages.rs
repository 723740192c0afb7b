//! Fetches the pinned npm packages into the build folder, once for each state of the lock file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};

/// Points to a `node_modules` folder that already holds the packages, for builds without a network.
pub const MODULES_VARIABLE: &str = "LOTSE_NODE_MODULES";

/// The folder `node_modules` with exactly the packages that `package.json` pins.
pub fn fetch(source: &Path, target: &Path) -> Result<PathBuf> {
    let modules = match std::env::var_os(MODULES_VARIABLE).filter(|value| !value.is_empty()) {
        Some(given) => PathBuf::from(given),
        None => install(source, &target.join("npm"))?,
    };
    check(source, &modules)?;
    Ok(modules)
}

fn install(source: &Path, folder: &Path) -> Result<PathBuf> {
    let lock = crate::read(&source.join("package-lock.json"))?;
    let state = hex::encode(Sha256::digest(&lock));
    let stamp = folder.join("installed");
    let modules = folder.join("node_modules");
    if std::fs::read_to_string(&stamp).is_ok_and(|done| done == state) {
        return Ok(modules);
    }
    std::fs::create_dir_all(folder)?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        std::fs::copy(source.join(name), folder.join(name))
            .with_context(|| format!("copying {name}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args([
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
        ])
        .current_dir(folder)
        .output();
    let done = match run {
        Ok(done) => done,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!(
            "npm was not found. It fetches the pinned style sheets, fonts and scripts: \
             install it (on Debian: apt install npm), or set {MODULES_VARIABLE} to a node_modules folder that holds them."
        ),
        Err(error) => return Err(error).context("starting npm"),
    };
    ensure!(
        done.status.success(),
        "npm ci failed ({}). Without a network, set {MODULES_VARIABLE} to a node_modules folder that holds the packages.\n{}",
        done.status,
        String::from_utf8_lossy(&done.stderr)
    );
    std::fs::write(&stamp, state)?;
    Ok(modules)
}

fn check(source: &Path, modules: &Path) -> Result<()> {
    let wanted: serde_json::Value =
        serde_json::from_str(&crate::read(&source.join("package.json"))?)?;
    let pins = wanted["dependencies"]
        .as_object()
        .context("package.json has no dependencies")?;
    for (name, version) in pins {
        let path = modules.join(name).join("package.json");
        let found: serde_json::Value = serde_json::from_str(&crate::read(&path)?)?;
        ensure!(
            found["version"] == *version,
            "{name} in {} is version {}, but {version} is pinned",
            modules.display(),
            found["version"]
        );
    }
    Ok(())
}
