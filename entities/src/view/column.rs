//! What a list of tickets shows of each: facts by name, and dynamic fields.

/// One column of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Number,
    /// With the sign of the state before it.
    Title,
    State,
    Kind,
    District,
    Service,
    Module,
    Team,
    Priority,
    /// The next deadline.
    Due,
    /// With whom it is shared.
    Vendor,
    /// How far each repair has come.
    Repair,
    /// Until when vendors have to do something.
    VendorDue,
    Reminder,
    Requester,
    Channel,
    Created,
    Changed,
    Owner,
    /// A dynamic field, by its key. Whether the reader may know it is asked when the list is read.
    Field(String),
}

/// Begins the name of a dynamic field's column.
const FIELD: &str = "f-";
/// The most columns of a list.
const MOST: usize = 40;

impl Column {
    /// Every fact that can have a column, in the usual order.
    pub const FACTS: [Column; 19] = [
        Column::Number,
        Column::Title,
        Column::State,
        Column::Kind,
        Column::District,
        Column::Service,
        Column::Module,
        Column::Team,
        Column::Priority,
        Column::Due,
        Column::Vendor,
        Column::Repair,
        Column::VendorDue,
        Column::Reminder,
        Column::Requester,
        Column::Channel,
        Column::Created,
        Column::Changed,
        Column::Owner,
    ];

    /// What a list shows when nobody has chosen.
    pub const USUAL: [Column; 9] = [
        Column::Number,
        Column::Title,
        Column::District,
        Column::Service,
        Column::Team,
        Column::Priority,
        Column::Due,
        Column::Changed,
        Column::Owner,
    ];

    /// What stands about the shares of a ticket.
    pub const OF_SHARES: [Column; 3] = [Column::Vendor, Column::Repair, Column::VendorDue];

    /// What a list about repairs shows when nobody has chosen: the clock of the vendor in place of its own.
    pub const OF_REPAIRS: [Column; 8] = [
        Column::Number,
        Column::Title,
        Column::Service,
        Column::Priority,
        Column::Vendor,
        Column::Repair,
        Column::VendorDue,
        Column::Owner,
    ];

    /// Where it stands in a list; fields stand before the times.
    fn place(&self) -> usize {
        let fact = match self {
            Column::Field(_) => &Column::Created,
            fact => fact,
        };
        let place = Column::FACTS.iter().position(|c| c == fact);
        place.unwrap_or_default() * 2 + usize::from(!matches!(self, Column::Field(_)))
    }

    /// The form in addresses and in the database.
    pub fn name(&self) -> String {
        let name = match self {
            Column::Number => "number",
            Column::Title => "title",
            Column::State => "state",
            Column::Kind => "kind",
            Column::District => "district",
            Column::Service => "service",
            Column::Module => "module",
            Column::Team => "team",
            Column::Priority => "priority",
            Column::Due => "due",
            Column::Vendor => "vendor",
            Column::Repair => "repair",
            Column::VendorDue => "vendor-due",
            Column::Reminder => "reminder",
            Column::Requester => "requester",
            Column::Channel => "channel",
            Column::Created => "created",
            Column::Changed => "changed",
            Column::Owner => "owner",
            Column::Field(key) => return format!("{FIELD}{key}"),
        };
        name.to_owned()
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Column> {
        if let Some(key) = name.strip_prefix(FIELD) {
            return (!key.is_empty()).then(|| Column::Field(key.to_owned()));
        }
        Column::FACTS.into_iter().find(|c| c.name() == name)
    }
}

/// Columns as one text, in their order.
pub fn write(columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(Column::name).collect();
    names.join(",")
}

/// Reads what `write` wrote, in the usual order; unknown names are left out, and of two alike the second.
pub fn read(text: &str) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in text.split(',').filter_map(Column::from_name) {
        if columns.len() < MOST && !columns.contains(&column) {
            columns.push(column);
        }
    }
    columns.sort_by_key(Column::place);
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_survive_an_address() {
        let mut all = Column::FACTS.to_vec();
        let times = all.iter().position(|c| *c == Column::Created);
        all.insert(times.unwrap_or_default(), Column::Field("topic".to_owned()));
        assert_eq!(read(&write(&all)), all);
        assert_eq!(
            read("owner,gone,f-,owner,title"),
            [Column::Title, Column::Owner]
        );
        assert!(read("").is_empty());
    }
}
