//! Markdown of letters: its shape, links on paper, and what is made to do harm.

use super::*;

fn plain(text: &str) -> Run {
    Run::Text {
        text: text.to_owned(),
        bold: false,
        italic: false,
        struck: false,
    }
}

fn paragraph(runs: Vec<Run>) -> Block {
    Block::Paragraph { runs }
}

#[test]
fn paragraphs_and_lists_keep_their_shape() {
    let found = blocks("Guten Tag,\nanbei:\n\n- eins\n- zwei\n  1. innen\n\nEnde");
    let lines = paragraph(vec![plain("Guten Tag,"), Run::Break, plain("anbei:")]);
    let inner = Block::Numbers {
        start: 1,
        items: vec![vec![paragraph(vec![plain("innen")])]],
    };
    let items = vec![
        vec![paragraph(vec![plain("eins")])],
        vec![paragraph(vec![plain("zwei")]), inner],
    ];
    assert_eq!(
        found,
        [
            lines,
            Block::Bullets { items },
            paragraph(vec![plain("Ende")])
        ]
    );
}

#[test]
fn links_say_where_they_lead() {
    let said = |text: &str| match blocks(text).remove(0) {
        Block::Paragraph { runs } => runs
            .into_iter()
            .map(|run| match run {
                Run::Text { text, .. } => text,
                Run::Break => "\n".to_owned(),
            })
            .collect::<String>(),
        other => format!("{other:?}"),
    };
    assert_eq!(
        said("[Hilfe](https://desk.example/h)"),
        "Hilfe (https://desk.example/h)"
    );
    assert_eq!(said("<https://desk.example>"), "https://desk.example");
    assert_eq!(said("<post@desk.example>"), "post@desk.example");
}

#[test]
fn no_line_is_swallowed_as_a_mark() {
    let lines = |said: [&str; 3]| {
        let [first, second, third] = said.map(plain);
        paragraph(vec![first, Run::Break, second, Run::Break, third])
    };
    let note = "[1]: Dienstanweisung";
    assert_eq!(
        blocks(&format!("Ende\n-- \nAnna\n\n{note}")),
        [lines(["Ende", "--", "Anna"]), paragraph(vec![plain(note)])]
    );
}

#[test]
fn a_table_has_a_head_and_rows() {
    let found = blocks("| Monat | Zahl |\n|---|---|\n| Mai | 3 |\n| Juni | 4 |");
    let Block::Table(table) = &found[0] else {
        panic!("{found:?}");
    };
    assert_eq!(table.columns, 2);
    assert_eq!(table.head.len(), 2);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[1][1].runs, [plain("4")]);
}

#[test]
fn what_looks_like_source_is_text() {
    let hostile = "#import \"x\" $ \\ ] #{panic()}";
    let found = blocks(hostile);
    assert_eq!(found, [paragraph(vec![plain(hostile)])]);
}

#[test]
fn what_is_nested_without_end_stays_flat() {
    let deep = format!("{} tief", ">".repeat(5_000));
    let mut at = blocks(&deep);
    let mut depth = 0;
    while let Some(Block::Quote { blocks }) = at.first().cloned() {
        at = blocks;
        depth += 1;
    }
    assert!(depth <= 2 * DEEPEST, "{depth}");
    assert_eq!(at, [paragraph(vec![plain("tief")])]);
}
