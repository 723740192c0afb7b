//! What a file says about itself: which list, filtered by what, for whom, when, how many.

use entities::export::Model;

use super::columns::Shown;
use super::reader::Reader;
use super::xlsx::About;

/// Of an export that was begun.
pub async fn about(reader: &Reader, begun: &Model) -> entities::Result<About> {
    let t = |key: &str| reader.locale.t(key);
    let names = entities::history::names(&reader.db, &reader.actor, &[begun.person_id]).await?;
    let who = names.get(&begun.person_id).cloned().unwrap_or_default();
    let filter = match begun.about.as_str() {
        "" => t("fact-none"),
        words => words.to_owned(),
    };
    Ok(About {
        sheet: t("export-sheet"),
        headings: reader.headings(),
        widths: reader.columns.iter().map(Shown::width).collect(),
        about: t("export-about"),
        lines: vec![
            (t("export-about-list"), begun.name.clone()),
            (t("export-about-filter"), filter),
            (t("export-about-who"), who),
            (
                t("export-about-when"),
                reader.locale.exact(begun.begun_at, &reader.now),
            ),
        ],
        rows: t("export-about-rows"),
    })
}
