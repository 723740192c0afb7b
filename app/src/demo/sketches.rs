//! Small files for the demo's messages: pictures of error windows, logs and tables.

use std::io::Write;

use flate2::{Compression, Crc, write::ZlibEncoder};
use rand::{Rng, rngs::StdRng};

/// A file of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSketch {
    pub name: String,
    pub content_type: &'static str,
    pub bytes: Vec<u8>,
}

const WIDTH: usize = 360;
const HEIGHT: usize = 150;

/// A picture of an error window; `lines` are the lengths of its lines of text in pixels.
pub fn error_window(lines: &[usize]) -> Vec<u8> {
    let mut raw = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        // Every row starts with its filter: none.
        raw.push(0);
        raw.extend((0..WIDTH).map(|x| shade(x, y, lines)));
    }
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packer
        .write_all(&raw)
        .and_then(|()| packer.finish())
        .unwrap_or_default();

    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::with_capacity(13);
    header.extend_from_slice(&(WIDTH as u32).to_be_bytes());
    header.extend_from_slice(&(HEIGHT as u32).to_be_bytes());
    // Eight bits of grey, no interlacing.
    header.extend_from_slice(&[8, 0, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &packed);
    chunk(&mut png, b"IEND", &[]);
    png
}

fn shade(x: usize, y: usize, lines: &[usize]) -> u8 {
    let in_window = (40..320).contains(&x) && (20..130).contains(&y);
    if !in_window {
        return 226;
    }
    if y < 38 {
        return 96;
    }
    let button = (240..304).contains(&x) && (106..122).contains(&y);
    if button {
        return 150;
    }
    let row = (y - 38) / 14;
    let in_letters = (y - 38) % 14 >= 6 && (y - 38) % 14 < 12;
    match lines.get(row) {
        Some(length) if in_letters && x >= 56 && x < 56 + length && x % 7 < 5 => 40,
        _ => 255,
    }
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(body);
    png.extend_from_slice(&(body.len() as u32).to_be_bytes());
    png.extend_from_slice(kind);
    png.extend_from_slice(body);
    png.extend_from_slice(&sum.sum().to_be_bytes());
}

/// A log file around the excerpt quoted in a note.
pub fn log_file(name: String, excerpt: &str) -> FileSketch {
    let text = format!(
        "# Auszug, personenbezogene Daten entfernt\n00:00:01 INFO  Protokoll begonnen\n{excerpt}\n23:59:59 INFO  Protokoll beendet\n"
    );
    FileSketch {
        name,
        content_type: "text/plain; charset=utf-8",
        bytes: text.into_bytes(),
    }
}

/// A table of cases without names.
pub fn case_table(rng: &mut StdRng, case_number: &str) -> FileSketch {
    let mut text = String::from("Vorgang;Betrag;Stand\r\n");
    let stem = case_number.get(..6).unwrap_or(case_number);
    for _ in 0..rng.random_range(3..9) {
        let state = ["offen", "geprüft", "zurückgestellt"][rng.random_range(0..3)];
        text.push_str(&format!(
            "{stem}{:06};{},{:02};{state}\r\n",
            rng.random_range(1..9999),
            rng.random_range(20..900),
            rng.random_range(0..100),
        ));
    }
    FileSketch {
        name: "Fallliste_anonymisiert.csv".to_owned(),
        content_type: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
    }
}
