//! Rows that are there without a desk having made them.

use sea_orm::FromQueryResult;

use super::Database;

#[derive(FromQueryResult)]
struct Column {
    name: String,
    kind: String,
}

/// Something that fits a column.
fn literal(kind: &str) -> &'static str {
    let known = [
        ("uuid_text", "x'01920000000070008000000000000001'"),
        ("uuid", "'01920000-0000-7000-8000-000000000001'"),
        ("bool", "true"),
        ("timestamp", "'2026-11-22 09:00:00+00:00'"),
        ("date", "'2026-11-22'"),
        ("blob", "x'00'"),
        ("bytea", "'\\x00'"),
        ("int", "1"),
        ("char", "'x'"),
        ("text", "'x'"),
        ("json", "'{}'"),
    ];
    let found = known.iter().find(|(part, _)| kind.contains(part));
    found.unwrap_or_else(|| panic!("no value for {kind}")).1
}

impl Database {
    /// Writes a row that fits a table, with the same id in each.
    pub async fn add_row(&self, table: &str) {
        let sql = if self.is_postgres() {
            "SELECT column_name::text AS name, data_type::text AS kind FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = $1"
        } else {
            "SELECT name, lower(type) AS kind FROM pragma_table_info($1)"
        };
        let columns: Vec<Column> = self.rows(sql, vec![table.into()]).await;
        let names: Vec<_> = columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let values: Vec<_> = columns.iter().map(|c| literal(&c.kind)).collect();
        let sql = format!(
            "INSERT INTO \"{table}\" ({}) VALUES ({})",
            names.join(", "),
            values.join(", ")
        );
        self.execute(&sql, vec![]).await;
    }
}
