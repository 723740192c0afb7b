//! The query of the list's address: what it filters and sorts by, as people can bookmark it.

use chrono::{Days, Duration, NaiveTime};
use entities::Uuid;
use entities::field::filter::{FieldOrder, known};
use entities::field::lacking::Lacking;
use entities::page::Cursor;
use entities::ticket::Channel;
use entities::ticket::filter::{DueIs, Filter, OwnerIs, Standing};
use entities::ticket::list::{Direction, Sort, SortBy};
use entities::view::{Grouping, ListColumn, View, ViewFacts, column};
use serde::Deserialize;

use super::list_fields;
use crate::error::Result;
use crate::fields::typed::PREFIX;
use crate::web::cx::Cx;
use crate::web::parts::named;
use crate::web::url::{self, Url};

/// The fields of the filter form and the sort links; unknown values select nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    pub state: Vec<String>,
    pub owner: String,
    /// `me` for what the reader watches.
    pub watched: String,
    pub team: String,
    pub service: String,
    /// From the filter's form: one of the modules of the service.
    pub module: String,
    pub priority: Vec<String>,
    pub district: String,
    /// Days since it was opened, or hours with an `h` behind.
    pub age: String,
    /// Days without a message.
    pub silent: String,
    /// `fields` where something is missing that was needed already.
    pub lacking: String,
    pub channel: String,
    /// Names of [`DueIs`].
    pub due: Vec<String>,
    /// `passed`, `today`, `week` or `none`.
    pub reminder: String,
    pub requester: String,
    pub q: String,
    /// Questions about dynamic fields: key, colon, what is asked.
    pub field: Vec<String>,
    pub sort: String,
    /// Columns by name, several at once between commas.
    pub column: Vec<String>,
    /// By what rows stand together.
    pub group: String,
    /// The view it began with.
    pub view: String,
    /// Not empty: beside a view the address says itself what it selects.
    pub own: String,
    pub after: String,
    /// Where the pages before this one began, without the first.
    pub back: Vec<String>,
    /// The number of a ticket that has just left the reader's sight.
    pub left: String,
    /// The team it went to.
    pub to: String,
}

/// The list a ticket was opened from, carried along in the ticket's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct From {
    pub from: String,
}

/// Asks for tickets without a team, service or reminder.
pub const NONE: &str = "none";
/// Asks for tickets in which a field is empty that was needed already.
pub const LACKING: &str = "fields";

/// Stands in an address for the list without any filter.
const ALL: &str = "all";
/// Stands in an address beside a view whose list it spells out.
pub const OWN: &str = "1";

impl From {
    /// The list as a query; the reader's own open tickets when the ticket was opened from nowhere.
    pub fn query(&self) -> ListQuery {
        if self.from.is_empty() {
            return ListQuery {
                owner: "me".into(),
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

impl ListQuery {
    /// What the list selects.
    pub async fn filter(&self, cx: &Cx) -> Result<Filter> {
        let filter = self.plain_filter(cx);
        let fields = list_fields::filters(cx, &self.field, filter.active()).await?;
        Ok(Filter {
            fields,
            lacking: self.lacks(cx).await?,
            ..filter
        })
    }

    async fn lacks(&self, cx: &Cx) -> Result<Option<Lacking>> {
        Ok(match self.lacking.as_str() {
            LACKING => Some(Lacking::read(&cx.db, &cx.actor).await?),
            _ => None,
        })
    }

    /// The same for a count beside other lists: open work is asked all at once.
    pub async fn counting_filter(&self, cx: &Cx) -> Result<Filter> {
        let filter = self.plain_filter(cx);
        if filter.active() != Some(true) {
            return self.filter(cx).await;
        }
        let fields = list_fields::open_filters(cx, &self.field).await?;
        Ok(Filter {
            fields,
            lacking: self.lacks(cx).await?,
            ..filter
        })
    }

    /// The order of the list; by a field the reader does not know it is the usual one.
    pub async fn sort(&self, cx: &Cx) -> Result<Sort> {
        let sort = self.plain_sort();
        let key = self.sort.trim_start_matches('-').strip_prefix(PREFIX);
        let Some(key) = key else { return Ok(sort) };
        Ok(match known(&cx.db, &cx.actor, key).await? {
            None => sort,
            Some(field) => Sort {
                by: SortBy::Field(FieldOrder::of(&field)),
                direction: match self.sort.starts_with('-') {
                    true => Direction::Descending,
                    false => Direction::Ascending,
                },
            },
        })
    }

    /// What it selects beside fields.
    pub fn plain_filter(&self, cx: &Cx) -> Filter {
        let id = |text: &str| Uuid::try_parse(text).ok();
        let whole = |text: &str| text.parse().ok().filter(|n| (0..36_500).contains(n));
        let day_end = |days: u64| {
            let day = cx.now.today().checked_add_days(Days::new(days + 1));
            day.map(|day| cx.now.instant(day, NaiveTime::MIN))
        };
        Filter {
            standings: self
                .state
                .iter()
                .filter_map(|name| Standing::from_name(name))
                .collect(),
            owner: match self.owner.as_str() {
                "me" => Some(OwnerIs::Me),
                "nobody" => Some(OwnerIs::Nobody),
                other => id(other).map(OwnerIs::Person),
            },
            watched: self.watched == "me",
            team_id: id(&self.team),
            service_id: id(&self.service),
            priorities: self
                .priority
                .iter()
                .filter_map(|name| named(name))
                .collect(),
            district_id: id(&self.district),
            channel: match self.channel.as_str() {
                "mail" => Some(Channel::Mail),
                "phone" => Some(Channel::Phone),
                _ => None,
            },
            requester_id: id(&self.requester),
            older_than: match self.age.strip_suffix('h') {
                Some(hours) => whole(hours).map(Duration::hours),
                None => whole(&self.age).map(Duration::days),
            },
            silent_days: whole(&self.silent),
            no_team: self.team == NONE,
            no_service: self.service == NONE,
            no_reminder: self.reminder == NONE,
            reminder_passed: self.reminder == "passed",
            reminder_before: match self.reminder.as_str() {
                "today" => day_end(0),
                "week" => day_end(6),
                _ => None,
            },
            due: self
                .due
                .iter()
                .filter_map(|name| DueIs::from_name(name))
                .collect(),
            text: Some(self.q.trim().to_owned()).filter(|text| !text.is_empty()),
            fields: vec![],
            lacking: None,
            group: None,
        }
    }

    /// The order of the list where it is not by a field.
    pub fn plain_sort(&self) -> Sort {
        let (name, direction) = match self.sort.strip_prefix('-') {
            Some(name) => (name, Direction::Descending),
            None => (self.sort.as_str(), Direction::Ascending),
        };
        let by = match name {
            "created" => SortBy::Created,
            "priority" => SortBy::Priority,
            "reminder" => SortBy::Reminder,
            "due" => SortBy::Due,
            "changed" => SortBy::Changed,
            _ => return Sort::default(),
        };
        Sort { by, direction }
    }

    /// The columns that were chosen; none: the usual ones.
    pub fn columns(&self) -> Vec<ListColumn> {
        column::read(&self.column.join(","))
    }

    /// What a view keeps, as the list that it opens.
    pub fn of_view(view: &View) -> ListQuery {
        ListQuery {
            sort: view.sort.clone(),
            column: vec![view.columns.clone()],
            group: view.grouping.clone(),
            view: view.id.to_string(),
            own: OWN.to_owned(),
            ..Self::read(&view.query)
        }
        .normal()
    }

    /// Reads what `encoded` wrote.
    pub fn read(text: &str) -> ListQuery {
        serde_html_form::from_str(text).unwrap_or_default()
    }

    /// Its filter alone, as a view keeps it.
    pub fn kept_filter(&self) -> String {
        match self.filter_alone().encoded() {
            all if all == ALL => String::new(),
            some => some,
        }
    }

    /// What a view keeps of this list, with the rest of its facts.
    pub fn kept_in(&self, facts: ViewFacts) -> ViewFacts {
        ViewFacts {
            query: self.kept_filter(),
            columns: self.columns(),
            sort: self.sort.clone(),
            grouping: Grouping::from_name(&self.group),
            ..facts
        }
    }

    /// One way to write each list, so that two can be compared.
    #[must_use]
    pub fn normal(mut self) -> ListQuery {
        let columns = column::write(&self.columns());
        self.column = Some(columns)
            .filter(|c| !c.is_empty())
            .into_iter()
            .collect();
        for several in [
            &mut self.state,
            &mut self.priority,
            &mut self.due,
            &mut self.field,
        ] {
            several.retain(|one| !one.is_empty());
            several.sort_unstable();
            several.dedup();
        }
        self
    }

    /// By what its rows stand together; only open work stands in groups.
    pub fn grouping(&self, filter: &Filter) -> Option<Grouping> {
        Grouping::from_name(&self.group).filter(|_| filter.active() == Some(true))
    }

    /// Where the page begins.
    pub fn cursor(&self) -> Option<Cursor> {
        Cursor::decode(&self.after)
    }

    /// The address of this list.
    pub fn url(&self) -> Url {
        self.written(url::tickets())
    }

    /// The address of the view it is: the saved one it begins with, or its filter alone.
    pub fn view_url(&self) -> Url {
        if !self.view.is_empty() {
            return url::tickets().with("view", &self.view);
        }
        self.filter_alone().url()
    }

    /// Without order, columns and the view it began with.
    pub fn filter_alone(&self) -> ListQuery {
        ListQuery {
            sort: String::new(),
            column: Vec::new(),
            group: String::new(),
            view: String::new(),
            own: String::new(),
            ..self.first_page()
        }
    }

    /// Something done to this list, such as `bulk`.
    pub fn action(&self, part: &str) -> Url {
        self.written(url::tickets_part(part))
    }

    /// The ids it names, whatever they are of.
    pub fn ids(&self) -> Vec<Uuid> {
        let named = [&self.owner, &self.team, &self.service, &self.district];
        named
            .into_iter()
            .chain([&self.requester, &self.to])
            .filter_map(|text| Uuid::try_parse(text).ok())
            .collect()
    }

    /// The same list from its beginning.
    pub fn first_page(&self) -> ListQuery {
        ListQuery {
            after: String::new(),
            back: Vec::new(),
            left: String::new(),
            to: String::new(),
            ..self.clone()
        }
    }

    /// The query as one value in the address of a ticket.
    pub fn encoded(&self) -> String {
        let url = self.first_page().url();
        match url.as_str().split_once('?') {
            Some((_, query)) => query.to_owned(),
            None => ALL.to_owned(),
        }
    }

    /// What its address says, name by name; forms that change one thing of the list carry the others along.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let several = [
            ("state", &self.state),
            ("priority", &self.priority),
            ("due", &self.due),
            ("field", &self.field),
            ("back", &self.back),
        ];
        let several = several
            .into_iter()
            .flat_map(|(name, all)| all.iter().map(move |one| (name, one.clone())));
        let columns = column::write(&self.columns());
        let single = [
            ("owner", &self.owner),
            ("watched", &self.watched),
            ("team", &self.team),
            ("service", &self.service),
            ("district", &self.district),
            ("age", &self.age),
            ("silent", &self.silent),
            ("lacking", &self.lacking),
            ("channel", &self.channel),
            ("reminder", &self.reminder),
            ("requester", &self.requester),
            ("q", &self.q),
            ("sort", &self.sort),
            ("column", &columns),
            ("group", &self.group),
            ("view", &self.view),
            ("own", &self.own),
            ("after", &self.after),
            ("left", &self.left),
            ("to", &self.to),
        ];
        let single = single.map(|(name, one)| (name, one.clone()));
        several
            .chain(single)
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    fn written(&self, url: Url) -> Url {
        let pairs = self.pairs().into_iter();
        pairs.fold(url, |url, (name, value)| url.with(name, value))
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
        assert_eq!(From::default().query().owner, "me");
    }
}
