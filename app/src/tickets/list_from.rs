//! The list a ticket was opened from: carried along in the ticket's address, so that one finds back.

use serde::Deserialize;

use super::list_query::{ListQuery, ME};
use crate::web::url::Url;

/// The list a ticket was opened from, carried along in the ticket's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    pub from: String,
}

impl From {
    /// The list as a query; the reader's own open tickets when the ticket was opened from nowhere.
    pub fn query(&self) -> ListQuery {
        if self.from.is_empty() {
            return ListQuery {
                owner: vec![ME.into()],
                ..ListQuery::default()
            };
        }
        ListQuery::read(&self.from)
    }

    /// The same address, remembering the list.
    pub fn keep(&self, url: Url) -> Url {
        url.with("from", &self.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_survives_the_address_of_a_ticket() {
        let query = ListQuery {
            state: vec!["new".into(), "vendor".into()],
            q: "Zahllauf & Co".into(),
            sort: "-created".into(),
            after: "cursor".into(),
            ..ListQuery::default()
        };
        let from = From {
            from: query.encoded(),
        };
        assert_eq!(from.query(), query.first_page());
        assert_eq!(ListQuery::default().encoded(), "all");
        let from = From { from: "all".into() };
        assert_eq!(from.query(), ListQuery::default());
    }

    #[test]
    fn a_ticket_from_nowhere_stands_among_my_own() {
        assert_eq!(From::default().query().owner, ["me"]);
    }
}
