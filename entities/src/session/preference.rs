//! What a person likes: language, colours, density, time to take back, single keys.

use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;

/// The choices of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// `de` or `en`; none follows the browser.
    pub locale: Option<String>,
    /// `light` or `dark`; none follows the system.
    pub theme: Option<String>,
    /// `normal`, `compact` or `wide`.
    pub density: String,
    /// Seconds in which a mail can be taken back: 0, 10, 20 or 60.
    pub undo_seconds: i32,
    /// Whether letters without Ctrl act.
    pub single_keys: bool,
    /// Which keys stand in the place of the desk's own, as a page holds them; none when all are the desk's.
    pub own_keys: Option<String>,
}

impl Default for Preference {
    fn default() -> Self {
        Preference {
            locale: None,
            theme: None,
            density: "normal".into(),
            undo_seconds: 10,
            single_keys: true,
            own_keys: None,
        }
    }
}

/// Keeps a person's keys alone.
pub async fn keep_keys(db: &Db, person_id: Uuid, keys: Option<String>) -> Result<()> {
    let usual = Preference::default();
    let sql = "INSERT INTO preference (person_id, density, undo_seconds, single_keys, keys) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (person_id) DO UPDATE SET keys = excluded.keys";
    let values = vec![
        person_id.into(),
        usual.density.into(),
        usual.undo_seconds.into(),
        usual.single_keys.into(),
        keys.into(),
    ];
    db.write_statement(sql, values).await?;
    Ok(())
}

/// Keeps the choices of a person; their keys stay as they are.
pub async fn keep(db: &Db, person_id: Uuid, p: &Preference) -> Result<()> {
    db.write_statement(
        "INSERT INTO preference (person_id, locale, theme, density, undo_seconds, single_keys) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person_id) DO UPDATE SET locale = excluded.locale, \
         theme = excluded.theme, density = excluded.density, undo_seconds = excluded.undo_seconds, \
         single_keys = excluded.single_keys",
        vec![
            person_id.into(),
            p.locale.clone().into(),
            p.theme.clone().into(),
            p.density.clone().into(),
            p.undo_seconds.into(),
            p.single_keys.into(),
        ],
    )
    .await?;
    Ok(())
}
