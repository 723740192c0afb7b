//! Addresses of absences.

use entities::Uuid;
use entities::absence::Absentee;

use super::Url;

/// Who of the desk is away.
pub fn absences() -> Url {
    Url::path("/absences")
}

/// One's own.
pub fn own_absences() -> Url {
    Url::path("/account/absences")
}

/// Somebody's, one's own or a colleague's.
pub fn absences_of(absentee: &Absentee) -> Url {
    match absentee.is_own() {
        true => own_absences(),
        false => absences_of_colleague(absentee.person_id),
    }
}

/// A colleague's.
pub fn absences_of_colleague(person_id: Uuid) -> Url {
    Url::path(format!("/absences/of/{person_id}"))
}

/// The calendar one's absences are read from.
pub fn absence_calendar() -> Url {
    Url::path("/account/absences/calendar")
}

/// That it is read now.
pub fn read_absence_calendar() -> Url {
    Url::path("/account/absences/calendar/read")
}

/// That it is read no more.
pub fn end_absence_calendar() -> Url {
    Url::path("/account/absences/calendar/end")
}

/// That a colleague is away today.
pub fn away_today(person_id: Uuid) -> Url {
    Url::path(format!("/absences/of/{person_id}/today"))
}

/// What somebody hands over.
pub fn hand_over(person_id: Uuid) -> Url {
    Url::path(format!("/absences/of/{person_id}/hand-over"))
}

/// One absence.
pub fn absence(absentee: &Absentee, id: Uuid) -> Url {
    let all = absences_of(absentee);
    Url::path(format!("{all}/{id}"))
}

/// That somebody is back, or stays.
pub fn end_absence(absentee: &Absentee, id: Uuid) -> Url {
    let all = absences_of(absentee);
    Url::path(format!("{all}/{id}/end"))
}

/// That one has read what happened meanwhile.
pub fn meanwhile_seen() -> Url {
    Url::path("/meanwhile/seen")
}
