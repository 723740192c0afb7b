//! The letter set on paper: a fixed source, fonts that are part of the program, and the letter as data; no other file is there.

use anyhow::Context as _;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// What makes a letter of the data.
const SOURCE: &str = include_str!("letter.typ");

/// Lasting, and readable for those who do not see it.
const STANDARDS: [PdfStandard; 2] = [PdfStandard::A_2a, PdfStandard::Ua_1];

/// All that there is while a letter is set.
struct Paper {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    source: Source,
    letter: (FileId, Bytes),
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.source.id() {
            true => Ok(self.source.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id == self.letter.0 {
            true => Ok(self.letter.1.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    // The day of a letter is part of what it says.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The PDF of a letter, [`super::Plain`] as JSON, made at that second: year, month, day, hour, minute, second of UTC.
///
/// # Errors
/// What keeps it from being set.
pub fn pdf(letter: String, at: (i32, [u8; 5])) -> anyhow::Result<Vec<u8>> {
    let file = |name: &str| -> anyhow::Result<FileId> {
        let path = VirtualPath::new(name).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
    };
    let fonts: Vec<Font> = assets::LETTER_FONTS
        .iter()
        .flat_map(|font| Font::iter(Bytes::new(*font)))
        .collect();
    let paper = Paper {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        source: Source::new(file("letter.typ")?, SOURCE.to_owned()),
        letter: (file("letter.json")?, Bytes::from_string(letter)),
    };
    let set = typst::compile::<PagedDocument>(&paper).output;
    let set = set.map_err(|all| anyhow::anyhow!("not set: {}", said(&all)))?;
    let (year, [month, day, hour, minute, second]) = at;
    let at = Datetime::from_ymd_hms(year, month, day, hour, minute, second);
    let options = |standards| PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Lotse".to_owned())),
        timestamp: at.map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let strict = PdfStandards::new(&STANDARDS).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    match typst_pdf::pdf(&set, &options(strict)) {
        Ok(pdf) => Ok(pdf),
        // A letter that falls short of a standard is still a letter; it goes out tagged as well.
        Err(all) => {
            eprintln!("below the standard: {}", said(&all));
            let pdf = typst_pdf::pdf(&set, &options(PdfStandards::default()));
            pdf.map_err(|all| anyhow::anyhow!("{}", said(&all)))
                .context("no PDF was made")
        }
    }
}

fn said(all: &[SourceDiagnostic]) -> String {
    let all: Vec<&str> = all.iter().map(|one| one.message.as_str()).collect();
    all.join("; ")
}
