//! The demo's unit with its teams, districts, providers, vendors and data centre.

/// The name shown as the unit's own.
pub const UNIT_NAME: &str = "Servicedesk Jugendhilfe Berlin";
/// The domain of the unit's mailboxes and agents.
pub const UNIT_DOMAIN: &str = "servicedesk.example";
/// The unit's functional address.
pub const UNIT_ADDRESS: &str = "jugend@servicedesk.example";
/// The unit's switchboard.
pub const UNIT_PHONE: &str = "030 23125 100";

/// What an organisation is to the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganisationKind {
    OwnUnit,
    DistrictOffice,
    Provider,
    Vendor,
    DataCentre,
}

/// An organisation of the demo; `short_name` is the tile.
#[derive(Debug, Clone, Copy)]
pub struct Organisation {
    pub name: &'static str,
    pub short_name: &'static str,
    pub kind: OrganisationKind,
    pub domain: &'static str,
}

/// A team with its functional address.
#[derive(Debug, Clone, Copy)]
pub struct Team {
    pub name: &'static str,
    pub address: &'static str,
}

pub const JUGEND_1: usize = 0;
pub const JUGEND_2: usize = 1;
pub const ZAHLUNGEN: usize = 2;
pub const TECHNIK: usize = 3;
pub const ZUGANG: usize = 4;

/// Teams; services and memberships name them by index.
pub const TEAMS: [Team; 5] = [
    Team {
        name: "Jugend 1",
        address: "jugend1@servicedesk.example",
    },
    Team {
        name: "Jugend 2",
        address: "jugend2@servicedesk.example",
    },
    Team {
        name: "Zahlungen",
        address: "zahlungen@servicedesk.example",
    },
    Team {
        name: "Technik",
        address: "technik@servicedesk.example",
    },
    Team {
        name: "Zugang",
        address: "zugang@servicedesk.example",
    },
];

pub const OWN_UNIT: usize = 0;
/// Indexes of the twelve district offices.
pub const DISTRICTS: std::ops::Range<usize> = 1..13;
/// Indexes of the providers.
pub const PROVIDERS: std::ops::Range<usize> = 13..19;
/// Indexes of the vendors.
pub const VENDORS: std::ops::Range<usize> = 19..23;
pub const NORDLICHT: usize = 19;
pub const HAVELCODE: usize = 20;
pub const LINDWURM: usize = 21;
pub const MARKGRAF: usize = 22;
pub const DATA_CENTRE: usize = 23;

const fn organisation(
    kind: OrganisationKind,
    short_name: &'static str,
    name: &'static str,
    domain: &'static str,
) -> Organisation {
    Organisation {
        name,
        short_name,
        kind,
        domain,
    }
}

use OrganisationKind::{DataCentre, DistrictOffice, OwnUnit, Provider, Vendor};

/// All organisations; people and services name them by index.
#[rustfmt::skip]
pub const ORGANISATIONS: [Organisation; 24] = [
    organisation(OwnUnit, "SD", UNIT_NAME, UNIT_DOMAIN),
    organisation(DistrictOffice, "MI", "Jugendamt Mitte", "mitte.berlin.example"),
    organisation(DistrictOffice, "FK", "Jugendamt Friedrichshain-Kreuzberg", "friedrichshain-kreuzberg.berlin.example"),
    organisation(DistrictOffice, "PA", "Jugendamt Pankow", "pankow.berlin.example"),
    organisation(DistrictOffice, "CW", "Jugendamt Charlottenburg-Wilmersdorf", "charlottenburg-wilmersdorf.berlin.example"),
    organisation(DistrictOffice, "SP", "Jugendamt Spandau", "spandau.berlin.example"),
    organisation(DistrictOffice, "SZ", "Jugendamt Steglitz-Zehlendorf", "steglitz-zehlendorf.berlin.example"),
    organisation(DistrictOffice, "TS", "Jugendamt Tempelhof-Schöneberg", "tempelhof-schoeneberg.berlin.example"),
    organisation(DistrictOffice, "NK", "Jugendamt Neukölln", "neukoelln.berlin.example"),
    organisation(DistrictOffice, "TK", "Jugendamt Treptow-Köpenick", "treptow-koepenick.berlin.example"),
    organisation(DistrictOffice, "MH", "Jugendamt Marzahn-Hellersdorf", "marzahn-hellersdorf.berlin.example"),
    organisation(DistrictOffice, "LI", "Jugendamt Lichtenberg", "lichtenberg.berlin.example"),
    organisation(DistrictOffice, "RD", "Jugendamt Reinickendorf", "reinickendorf.berlin.example"),
    organisation(Provider, "KS", "Kinderhaus Spreebogen gGmbH", "kinderhaus-spreebogen.example"),
    organisation(Provider, "BL", "Bunte Laube e. V.", "bunte-laube.example"),
    organisation(Provider, "WJ", "Wegwarte Jugendhilfe gGmbH", "wegwarte-jugendhilfe.example"),
    organisation(Provider, "SK", "Sonnenkiez Kitas gGmbH", "sonnenkiez-kitas.example"),
    organisation(Provider, "AH", "Ankerhof Familienhilfe e. V.", "ankerhof.example"),
    organisation(Provider, "LT", "Lernturm Ganztag gGmbH", "lernturm-ganztag.example"),
    organisation(Vendor, "NL", "Nordlicht Software GmbH", "nordlicht-software.example"),
    organisation(Vendor, "HC", "Havelcode AG", "havelcode.example"),
    organisation(Vendor, "LW", "Lindwurm Systeme GmbH", "lindwurm-systeme.example"),
    organisation(Vendor, "MG", "Markgraf Datentechnik GmbH", "markgraf-datentechnik.example"),
    organisation(DataCentre, "DS", "Datenhafen Spree", "datenhafen-spree.example"),
];

/// The district's name without the office, for texts: "Pankow".
pub fn district_name(organisation: usize) -> &'static str {
    ORGANISATIONS.get(organisation).map_or("Berlin", |office| {
        office.name.strip_prefix("Jugendamt ").unwrap_or("Berlin")
    })
}
