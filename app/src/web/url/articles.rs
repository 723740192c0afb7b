//! Addresses of articles: in the desk, for vendors, and for whoever comes.

use std::fmt;

use super::{Url, encode_into};

/// The knowledge base.
pub fn knowledge() -> Url {
    Url::path("/knowledge")
}

/// What is known of a service that has a new release.
pub fn recheck() -> Url {
    Url::path("/knowledge/recheck")
}

/// What is known and somebody is to look at again.
pub fn articles_due() -> Url {
    Url::path("/knowledge/due")
}

/// What the knowledge base lacks, for those who write it.
pub fn gaps() -> Url {
    Url::path("/knowledge/gaps")
}

/// Where an article is begun.
pub fn new_article() -> Url {
    Url::path("/knowledge/new")
}

/// One article; the address stays as long as the article.
pub fn article(id: impl fmt::Display) -> Url {
    Url::path(format!("/knowledge/{id}"))
}

/// The bytes of a file of an article.
pub fn article_file(id: impl fmt::Display, name: &str) -> Url {
    site_file("/knowledge/", id, name)
}

/// The bytes of a file of an article at a site whose articles lie there.
pub fn site_file(articles: &str, id: impl fmt::Display, name: &str) -> Url {
    let mut encoded = String::new();
    encode_into(&mut encoded, name);
    // In a path a plus is one.
    let name = encoded.replace('+', "%20");
    Url::path(format!("{articles}{id}/files/{name}"))
}

/// A passage of an article on its page, which browsers find by its words, or the beginning of the article.
pub fn passage(words: &str) -> String {
    let mut encoded = String::new();
    encode_into(&mut encoded, words);
    let words = encoded.replace('+', "%20").replace('-', "%2D");
    format!("#article-title:~:text={words}")
}

/// An article at a site whose articles lie there.
pub fn site_article(articles: &str, id: impl fmt::Display) -> Url {
    Url::path(format!("{articles}{id}"))
}

/// Where readers of a site say whether an article helped.
pub fn site_feedback(articles: &str, id: impl fmt::Display) -> Url {
    Url::path(format!("{articles}{id}/feedback"))
}

/// The bytes of a file that waits, sealed, in a form.
pub fn held_file(sealed: &str) -> Url {
    Url::path("/knowledge/new/files").with("file", sealed)
}

/// Something of an article or done to it, such as `edit`; of one not begun yet when the id is `new`.
pub fn article_part(id: impl fmt::Display, part: &str) -> Url {
    Url::path(format!("/knowledge/{id}/{part}"))
}

/// What is known for whoever comes.
pub fn help() -> Url {
    Url::path("/help")
}

/// One article for people of vendors.
pub fn portal_article(id: impl fmt::Display) -> Url {
    Url::path(format!("/portal/knowledge/{id}"))
}

/// One article for whoever comes.
pub fn help_article(id: impl fmt::Display) -> Url {
    Url::path(format!("/help/articles/{id}"))
}
