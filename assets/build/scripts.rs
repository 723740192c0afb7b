//! Joins scripts into one file: htmx, its event stream extension, and ours.

use std::path::Path;

use anyhow::Result;

/// One file saves visitors a request.
pub fn all(modules: &Path, folder: &Path) -> Result<String> {
    Ok(htmx(modules)? + &own(folder)?)
}

/// Our files, each in a scope of its own.
pub fn own(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for path in crate::files(folder, "js")? {
        all.push_str("(() => {\n'use strict';\n");
        for line in crate::read(&path)?.lines().map(str::trim) {
            if !line.is_empty() && !line.starts_with("//") {
                all.push_str(line);
                all.push('\n');
            }
        }
        all.push_str("})();\n");
    }
    Ok(all)
}

/// htmx with the one extension in use; the extension registers itself, so it comes second.
fn htmx(modules: &Path) -> Result<String> {
    let mut all = String::new();
    for name in ["htmx.min.js", "ext/hx-sse.min.js"] {
        let text = crate::read(&modules.join("htmx.org/dist").join(name))?;
        for line in text
            .lines()
            .filter(|line| !line.starts_with("//# sourceMappingURL"))
        {
            all.push_str(line);
            all.push('\n');
        }
        all.push_str(";\n");
    }
    Ok(all)
}
