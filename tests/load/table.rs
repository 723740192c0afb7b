//! The table one run prints, as it stands in the README.

use crate::base::{Base, Kind};
use crate::wrk::{CONNECTIONS, Found};

pub struct Table {
    kind: Kind,
    constant: Option<f64>,
    notes: Vec<String>,
}

impl Table {
    pub fn new(kind: Kind) -> Table {
        println!("\n## {}\n", kind.name());
        Table {
            kind,
            constant: None,
            notes: Vec::new(),
        }
    }

    /// A line below the table.
    pub fn note(&mut self, note: String) {
        eprintln!("{note}");
        self.notes.push(note);
    }

    /// Everything else is compared to this page.
    pub fn constant(&mut self, found: Found) {
        println!(
            "| work | per second | p50 ms | p99 ms | p99 ms of {CONNECTIONS} at once | × constant page | bare SQL, ms | × bare SQL |"
        );
        println!("|---|---:|---:|---:|---:|---:|---:|---:|");
        self.constant = Some(found.per_second);
        self.row("constant page", found, None);
    }

    /// A kind of request; `bare_ms` is what its statements take without the program.
    pub fn row(&self, name: &str, found: Found, bare_ms: Option<f64>) {
        let Found {
            per_second,
            crowded_p99_ms,
            p50_ms,
            p99_ms,
        } = found;
        let crowded = crowded_p99_ms.map_or(String::new(), |ms| format!("{ms:.1}"));
        let constant = self.constant.unwrap_or(per_second) / per_second;
        let bare = bare_ms.map_or(" | ".to_owned(), |ms| {
            format!("{ms:.3} | {:.1}", 1000.0 / per_second / ms)
        });
        println!(
            "| {name} | {per_second:.0} | {p50_ms:.1} | {p99_ms:.1} | {crowded} | {constant:.1} | {bare} |"
        );
    }

    /// Work that is only counted.
    pub fn rate(&self, name: &str, per_second: f64) {
        println!("| {name} | {per_second:.0} | | | | | | |");
    }

    pub fn print(&self, base: &Base) {
        println!();
        for note in &self.notes {
            println!("- {note}");
        }
        println!(
            "- {} of {}, program on one core of {}",
            self.kind.name(),
            chrono::Utc::now().format("%Y-%m-%d"),
            std::thread::available_parallelism().map_or(0, usize::from),
        );
        println!("- data in {}", base.size());
    }
}
