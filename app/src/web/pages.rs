//! Which addresses are pages, so that nobody is sent to one that only takes forms.

use poem::http::Method;

use super::routing::{Gate, Listed};

/// Every route with a path, each with whether a browser can open it.
#[derive(Debug)]
pub struct Pages(Vec<(&'static str, bool)>);

impl Pages {
    /// Those of a table of routes.
    pub fn of(listed: &[Listed]) -> Pages {
        let opens = |path| {
            listed.iter().any(|route| {
                route.path == path && route.method == Method::GET && route.gate != Gate::Token
            })
        };
        Pages(
            listed
                .iter()
                .map(|route| (route.path, opens(route.path)))
                .collect(),
        )
    }

    /// The address itself if it is a page, else the nearest above it that is one.
    pub fn at_or_above<'a>(&self, address: &'a str) -> Option<&'a str> {
        let mut path = address.split(['?', '#']).next().unwrap_or_default();
        if self.is_page(path) {
            return Some(address);
        }
        while let Some((above, _)) = path.rsplit_once('/') {
            if self.is_page(above) {
                return Some(above);
            }
            path = above;
        }
        None
    }

    /// Asks the route that answers there: words of its path go before places for something.
    fn is_page(&self, path: &str) -> bool {
        let fitting = self
            .0
            .iter()
            .filter_map(|(route, opens)| Some((fit(route, path)?, *opens)));
        fitting
            .max_by(|(a, _), (b, _)| a.cmp(b))
            .is_some_and(|(_, opens)| opens)
    }
}

/// For each part of the path whether the route says it in so many words; none if the route is another.
fn fit(route: &str, path: &str) -> Option<Vec<bool>> {
    let (route, path): (Vec<&str>, Vec<&str>) =
        (route.split('/').collect(), path.split('/').collect());
    if route.len() != path.len() {
        return None;
    }
    let parts = route.into_iter().zip(path);
    parts
        .map(|(word, part)| match word.starts_with(':') {
            true => (!part.is_empty()).then_some(false),
            false => (word == part).then_some(true),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes;

    #[test]
    fn what_only_takes_forms_leads_to_the_page_above() {
        let pages = Pages::of(routes::table().list());
        for (from, to) in [
            ("/portal/tickets/7?page=2", Some("/portal/tickets/7?page=2")),
            ("/portal/tickets/7/answers", Some("/portal/tickets/7")),
            ("/portal/people/7", Some("/portal/people")),
            (
                "/account/second-factor/codes",
                Some("/account/second-factor"),
            ),
            ("/account/password", Some("/account")),
            ("/account/preferences?x=1", Some("/account")),
            // Not the ticket called “bulk”.
            ("/tickets/bulk", Some("/tickets")),
            ("/api/tickets", None),
            ("/", Some("/")),
            ("", None),
        ] {
            assert_eq!(pages.at_or_above(from), to, "{from}");
        }
    }

    #[test]
    fn every_form_of_ones_own_stands_below_a_page() {
        let table = routes::table();
        let pages = Pages::of(table.list());
        let own = table
            .list()
            .iter()
            .filter(|r| matches!(r.gate, Gate::Own | Gate::Portal));
        for route in own {
            assert!(pages.at_or_above(route.path).is_some(), "{}", route.path);
        }
    }
}
