//! Joins the soft line breaks of `format=flowed` (RFC 3676).

/// Whether the space before a soft break belongs to the text (`DelSp=no`) or was added (`yes`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spacing {
    Kept,
    Cut,
}

pub(super) fn unflow(text: &str, spacing: Spacing) -> String {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let depth = line.bytes().take_while(|&byte| byte == b'>').count();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content == "-- ";
        match out.last_mut() {
            Some((last_depth, last))
                if open && *last_depth == depth && !signature && !content.is_empty() =>
            {
                if spacing == Spacing::Cut {
                    last.pop();
                }
                last.push_str(content);
            }
            _ => out.push((depth, content.to_owned())),
        }
        open = content.ends_with(' ') && !signature;
    }
    let lines = out.into_iter().map(|(depth, content)| {
        let space = if depth > 0 && !content.is_empty() {
            " "
        } else {
            ""
        };
        let content = if content == "-- " {
            &content
        } else {
            content.trim_end()
        };
        format!("{}{space}{content}", ">".repeat(depth))
    });
    lines.collect::<Vec<_>>().join("\n")
}
