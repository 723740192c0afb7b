//! The query of the list's address: what it filters and sorts by, as people can bookmark it.

use entities::Uuid;
use entities::page::Cursor;
use entities::view::{Grouping, ListColumn, View, ViewFacts, column};
use serde::{Deserialize, Deserializer};

use crate::web::url::{self, Url};

/// The fields of the filter form and the sort links; unknown values select nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    #[serde(deserialize_with = "chosen")]
    pub state: Vec<String>,
    /// [`ME`], [`NOBODY`] or people.
    #[serde(deserialize_with = "chosen")]
    pub owner: Vec<String>,
    /// `me` for what the reader watches.
    pub watched: String,
    /// Teams, and [`NONE`].
    #[serde(deserialize_with = "chosen")]
    pub team: Vec<String>,
    /// Services, modules, and [`NONE`].
    #[serde(deserialize_with = "chosen")]
    pub service: Vec<String>,
    /// From the filter's form: modules that stand for the service above them.
    #[serde(deserialize_with = "chosen")]
    pub module: Vec<String>,
    #[serde(deserialize_with = "chosen")]
    pub priority: Vec<String>,
    /// District offices, and [`NONE`].
    #[serde(deserialize_with = "chosen")]
    pub district: Vec<String>,
    /// Days since it was opened, or hours with an `h` behind.
    pub age: String,
    /// Days without a message.
    pub silent: String,
    /// `fields` where something is missing that was needed already.
    pub lacking: String,
    #[serde(deserialize_with = "chosen")]
    pub channel: Vec<String>,
    /// Names of [`DueIs`].
    #[serde(deserialize_with = "chosen")]
    pub due: Vec<String>,
    /// `passed`, `today`, `week` or `none`.
    pub reminder: String,
    /// The name of a [`entities::ticket::filter::RepairIs`].
    pub repair: String,
    pub requester: String,
    pub q: String,
    /// Questions about dynamic fields: key, colon, what is asked.
    #[serde(deserialize_with = "chosen")]
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

/// What of several values was chosen; a form sends nothing chosen as an empty value.
fn chosen<'de, D: Deserializer<'de>>(values: D) -> Result<Vec<String>, D::Error> {
    let mut all = Vec::<String>::deserialize(values)?;
    all.retain(|one| !one.is_empty());
    Ok(all)
}

/// Asks for what the reader owns or watches.
pub const ME: &str = "me";
/// Asks for what nobody owns.
pub const NOBODY: &str = "nobody";
/// Asks for tickets without a team, service, district or reminder.
pub const NONE: &str = "none";
/// Asks for tickets in which a field is empty that was needed already.
pub const LACKING: &str = "fields";

/// Stands in an address for the list without any filter.
const ALL: &str = "all";
/// Stands in an address beside a view whose list it spells out.
pub const OWN: &str = "1";

impl ListQuery {
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
            &mut self.owner,
            &mut self.team,
            &mut self.service,
            &mut self.district,
            &mut self.priority,
            &mut self.channel,
            &mut self.due,
            &mut self.field,
        ] {
            several.sort_unstable();
            several.dedup();
        }
        self
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
        .normal()
    }

    /// Something done to this list, such as `bulk`.
    pub fn action(&self, part: &str) -> Url {
        self.written(url::tickets_part(part))
    }

    /// The ids it names, whatever they are of.
    pub fn ids(&self) -> Vec<Uuid> {
        let several = [&self.owner, &self.team, &self.service, &self.district];
        several
            .into_iter()
            .flatten()
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
            ("owner", &self.owner),
            ("team", &self.team),
            ("service", &self.service),
            ("district", &self.district),
            ("priority", &self.priority),
            ("channel", &self.channel),
            ("due", &self.due),
            ("field", &self.field),
            ("back", &self.back),
        ];
        let several = several
            .into_iter()
            .flat_map(|(name, all)| all.iter().map(move |one| (name, one.clone())));
        let columns = column::write(&self.columns());
        let single = [
            ("watched", &self.watched),
            ("age", &self.age),
            ("silent", &self.silent),
            ("lacking", &self.lacking),
            ("reminder", &self.reminder),
            ("repair", &self.repair),
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
