//! Forms that may carry files: their fields as a value, their files as bytes.

use poem::web::Multipart;
use poem::{FromRequest, Request, RequestBody};
use serde::de::DeserializeOwned;

use crate::error::Error;

/// The most bytes of one form with its files.
const MOST_BYTES: usize = 40 * 1024 * 1024;
/// The most characters of a file's name.
const MOST_NAME_CHARS: usize = 150;

/// A posted form and the files it brought, whether it was sent with files or without.
#[derive(Debug)]
pub struct Upload<T> {
    pub form: T,
    pub files: Vec<File>,
}

/// A file as the browser sent it; only its name is made safe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl<'a, T: DeserializeOwned + Send> FromRequest<'a> for Upload<T> {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let is_multipart = request
            .content_type()
            .is_some_and(|kind| kind.starts_with("multipart/form-data"));
        if !is_multipart {
            let super::form::Form(form) = super::form::Form::from_request(request, body).await?;
            return Ok(Upload {
                form,
                files: vec![],
            });
        }
        let bad = |e: &dyn std::fmt::Display| Error::Request(e.to_string());
        let mut parts = Multipart::from_request(request, body).await?;
        let (mut pairs, mut files, mut left) = (Vec::new(), Vec::new(), MOST_BYTES);
        while let Some(part) = parts.next_field().await.map_err(|e| bad(&e))? {
            let field = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let content_type = part.content_type().map(str::to_owned);
            let bytes = read(part, &mut left).await?;
            match file_name {
                // An empty file input sends a part without name and bytes.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => files.push(File {
                    name: safe_name(&name),
                    content_type: safe_type(content_type.as_deref()),
                    bytes,
                }),
                None => {
                    let text = String::from_utf8(bytes).map_err(|e| bad(&e))?;
                    pairs.push((field, text));
                }
            }
        }
        let encoded = serde_html_form::to_string(&pairs).map_err(|e| bad(&e))?;
        let form = serde_html_form::from_str(&encoded).map_err(|e| bad(&e))?;
        Ok(Upload { form, files })
    }
}

async fn read(part: poem::web::Field, left: &mut usize) -> Result<Vec<u8>, Error> {
    use tokio::io::AsyncReadExt as _;
    let mut bytes = Vec::new();
    let limit = *left as u64 + 1;
    part.into_async_read()
        .take(limit)
        .read_to_end(&mut bytes)
        .await
        .map_err(|e| Error::Request(e.to_string()))?;
    *left = left.checked_sub(bytes.len()).ok_or(Error::TooLarge)?;
    Ok(bytes)
}

/// The last part of a path, on one line, at a bearable length with its ending kept.
fn safe_name(name: &str) -> String {
    // Browsers send a quotation mark as %22 and nothing else that way.
    let name = name.replace("%22", "\"");
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let line = last.replace(char::is_control, " ");
    let line = line.trim().trim_start_matches('.');
    if line.is_empty() {
        return "file".to_owned();
    }
    let length = line.chars().count();
    if length <= MOST_NAME_CHARS {
        return line.to_owned();
    }
    let start: String = line.chars().take(MOST_NAME_CHARS - 20).collect();
    let end: String = line.chars().skip(length - 20).collect();
    start + &end
}

/// The sent type when it is one, otherwise bytes of any kind.
fn safe_type(sent: Option<&str>) -> String {
    let is_type = |text: &&str| {
        text.split_once('/').is_some_and(|(a, b)| {
            let token = |t: &str| {
                !t.is_empty()
                    && t.bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b))
            };
            token(a) && token(b)
        })
    };
    let sent = sent.map(|text| text.split(';').next().unwrap_or_default().trim());
    sent.filter(is_type)
        .unwrap_or("application/octet-stream")
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_paths_and_line_breaks_but_keep_their_ending() {
        assert_eq!(safe_name("C:\\Daten\\Bescheid.pdf"), "Bescheid.pdf");
        assert_eq!(safe_name("a\r\nBcc: x.txt"), "a  Bcc: x.txt");
        assert_eq!(safe_name("../"), "file");
        assert_eq!(safe_name("Teil %22B%22, 5 %.pdf"), "Teil \"B\", 5 %.pdf");
        let long = safe_name(&("ä".repeat(300) + ".pdf"));
        assert!(long.chars().count() == MOST_NAME_CHARS && long.ends_with(".pdf"));
    }

    #[test]
    fn types_are_tokens() {
        assert_eq!(safe_type(Some("Text/Plain; charset=x")), "text/plain");
        assert_eq!(safe_type(Some("a b/c")), "application/octet-stream");
        assert_eq!(safe_type(Some("x/y\r\nz: 1")), "application/octet-stream");
        assert_eq!(safe_type(None), "application/octet-stream");
    }
}
