//! Which parts of the work an answer was read from: it is kept while only others change.

/// A part of what is known of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Owner,
    Team,
    Service,
    District,
    /// And for whom it waits.
    State,
    Priority,
    Channel,
    Due,
    Reminder,
    /// What its dynamic fields hold.
    Fields,
    /// Whatever else there is; every event changes it. The last one.
    Rest,
}

impl Part {
    /// How many there are.
    pub(crate) const COUNT: usize = Part::Rest as usize + 1;

    /// The part a column of tickets is; none for those that say which tickets there are, since nothing is kept when
    /// that changes.
    pub(crate) fn of_column(name: &str) -> Option<Part> {
        Some(match name {
            "ticket" | "id" | "active" | "created_at" => return None,
            // Of services, which are settings.
            "service" | "parent_id" => return None,
            "ticket_id" | "field_id" => return None,
            "owner_id" => Part::Owner,
            "team_id" => Part::Team,
            "service_id" => Part::Service,
            "district_id" => Part::District,
            "state" | "waiting_for" => Part::State,
            "priority" => Part::Priority,
            "channel" => Part::Channel,
            "due_at" => Part::Due,
            "reminder_at" => Part::Reminder,
            "field_value" | "ref_id" => Part::Fields,
            _ => Part::Rest,
        })
    }
}

/// Several parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Parts(u16);

impl Parts {
    pub(crate) const ALL: Parts = Parts((1 << Part::COUNT) - 1);
    pub(crate) const REST: Parts = Parts(1 << Part::Rest as u16);

    /// What a statement reads of tickets, by the names that are quoted in it; one that is not known may be anything.
    pub(crate) fn read_by(sql: &str) -> Parts {
        let names = sql.split('"').skip(1).step_by(2);
        names
            .filter_map(Part::of_column)
            .fold(Parts(0), Parts::with)
    }

    #[must_use]
    pub(crate) fn with(self, part: Part) -> Parts {
        Parts(self.0 | 1 << part as u16)
    }

    #[must_use]
    pub(crate) fn and(self, others: Parts) -> Parts {
        Parts(self.0 | others.0)
    }

    /// The places of their counters.
    pub(crate) fn places(self) -> impl Iterator<Item = usize> {
        (0..Part::COUNT).filter(move |place| self.0 & 1 << place != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_names_what_it_reads() {
        let read = Parts::read_by;
        assert_eq!(
            read(r#"SELECT 1 FROM "ticket" WHERE "ticket"."active""#),
            Parts(0)
        );
        let owner = Parts(0).with(Part::Owner);
        assert_eq!(read(r#""ticket"."owner_id" IS NULL"#), owner);
        let fields =
            r#""ticket"."id" IN (SELECT "ticket_id" FROM "field_value" WHERE "ref_id" = 1)"#;
        assert_eq!(read(fields), Parts(0).with(Part::Fields));
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        assert_eq!(Parts::read_by(r#""watch"."person_id" = 1"#), Parts::REST);
        // A text with a quotation mark moves the names to where none are looked for.
        let odd = Parts::read_by(r#"lower("title") LIKE '%"%' AND "ticket"."owner_id" = 1"#);
        assert_eq!(odd, Parts::REST);
    }
}
