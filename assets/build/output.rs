//! Writes the files under names that carry their content, compressed beside them, and the table of all.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

pub struct Output {
    target: PathBuf,
    table: String,
    letter_fonts: String,
}

impl Output {
    pub fn new(target: &Path) -> Result<Self> {
        let folder = target.join("files");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            target: target.to_owned(),
            table: String::new(),
            letter_fonts: String::new(),
        })
    }

    /// Stores one file and returns the name it is served under.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<String> {
        let (stem, ending) = name
            .rsplit_once('.')
            .with_context(|| format!("{name} has no ending"))?;
        let content_type = match ending {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => anyhow::bail!("no content type for {name}"),
        };
        let hash = hex::encode(&Sha256::digest(&bytes)[..8]);
        let file = format!("{stem}.{hash}.{ending}");
        self.write(&file, &bytes)?;
        let (mut br, mut gzip) = ("None".to_owned(), "None".to_owned());
        if ending != "woff2" {
            br = self.coded(&file, &hash, "br", &brotli(&bytes)?)?;
            gzip = self.coded(&file, &hash, "gz", &gzipped(&bytes)?)?;
        }
        writeln!(
            self.table,
            "Asset {{ name: {name:?}, file: {file:?}, url: {:?}, content_type: {content_type:?}, etag: {:?}, bytes: {}, br: {br}, gzip: {gzip} }},",
            format!("/assets/{file}"),
            format!("\"{hash}\""),
            include(&file),
        )?;
        Ok(file)
    }

    /// Stores a font that no browser gets.
    pub fn add_letter_font(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.write(name, bytes)?;
        writeln!(self.letter_fonts, "{},", include(name))?;
        Ok(())
    }

    pub fn write_table(&self) -> Result<()> {
        for (name, lines) in [
            ("table.rs", &self.table),
            ("letter_fonts.rs", &self.letter_fonts),
        ] {
            std::fs::write(self.target.join(name), format!("&[\n{lines}]\n"))
                .context("writing the table")?;
        }
        Ok(())
    }

    /// An entity tag names one coding of a file, so each coding has its own.
    fn coded(&self, file: &str, hash: &str, coding: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{file}.{coding}");
        self.write(&name, bytes)?;
        Ok(format!(
            "Some(Coded {{ etag: {:?}, bytes: {} }})",
            format!("\"{hash}-{coding}\""),
            include(&name)
        ))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        std::fs::write(self.target.join("files").join(name), bytes)
            .with_context(|| format!("writing {name}"))
    }
}

fn include(file: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/files/{file}\"))")
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

fn gzipped(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
