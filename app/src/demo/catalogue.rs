//! The 33 services of the demo's unit with their modules, teams and vendors.

use super::unit::{
    DATA_CENTRE, HAVELCODE, JUGEND_1, JUGEND_2, LINDWURM, MARKGRAF, NORDLICHT, TECHNIK, ZAHLUNGEN,
    ZUGANG,
};

/// A service with its modules; `team` and `vendor` are indexes of the unit's lists.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    pub name: &'static str,
    pub description: &'static str,
    pub team: usize,
    pub vendor: usize,
    pub modules: &'static [&'static str],
}

const fn service(
    team: usize,
    vendor: usize,
    name: &'static str,
    description: &'static str,
    modules: &'static [&'static str],
) -> Service {
    Service {
        name,
        description,
        team,
        vendor,
        modules,
    }
}

/// All services, by team.
#[rustfmt::skip]
pub const SERVICES: [Service; 33] = [
    service(JUGEND_1, NORDLICHT, "KITA-Netz", "Kita-Gutscheine, Platzvergabe und Elternbeiträge", &["Gutschein", "Bescheid", "Platzvergabe", "Elternportal", "Datenpflege"]),
    service(JUGEND_1, NORDLICHT, "HortPlan", "Ganztagsbetreuung an Grundschulen", &["Vertrag", "Zahlung", "Schnittstelle Kasse", "Auswertung"]),
    service(JUGEND_1, HAVELCODE, "UVG-Plus", "Unterhaltsvorschuss", &["Antrag", "Bescheid", "Zahlung", "Rückgriff"]),
    service(JUGEND_1, HAVELCODE, "EG-Direkt", "Elterngeld", &["Antrag", "Berechnung", "Bescheid"]),
    service(JUGEND_1, NORDLICHT, "BedarfCheck", "Bedarfsprüfung für Kita und Hort", &["Prüfung", "Vorlagen"]),
    service(JUGEND_1, NORDLICHT, "KitaAufsicht", "Betriebserlaubnis und Begehungen", &["Einrichtungen", "Begehung", "Meldungen"]),
    service(JUGEND_1, LINDWURM, "TagesPflege", "Kindertagespflege", &["Pflegeerlaubnis", "Vertrag", "Zahlung"]),
    service(JUGEND_1, LINDWURM, "SprachStart", "Sprachstand und Sprachförderung", &["Einladung", "Ergebnis"]),
    service(JUGEND_2, HAVELCODE, "HzE-Akte", "Hilfen zur Erziehung", &["Hilfeplan", "Berechtigung", "Fallübergabe", "Dokumente", "Kostenübernahme"]),
    service(JUGEND_2, HAVELCODE, "RSD-Desk", "Arbeitsplatz des Regionalen Sozialdienstes", &["Fallliste", "Vertretung", "Kalender"]),
    service(JUGEND_2, HAVELCODE, "KiSchutz", "Meldungen nach § 8a SGB VIII", &["Meldung", "Einschätzung", "Bereitschaft"]),
    service(JUGEND_2, LINDWURM, "Vormund 3", "Vormundschaften und Pflegschaften", &["Mündelakte", "Vermögen", "Bericht an das Gericht"]),
    service(JUGEND_2, LINDWURM, "PflegeKind", "Pflegekinderdienst", &["Pflegefamilien", "Vermittlung", "Pflegegeld"]),
    service(JUGEND_2, LINDWURM, "JGH-Web", "Jugendhilfe im Strafverfahren", &["Verfahren", "Weisungen"]),
    service(JUGEND_2, LINDWURM, "Adoptio", "Adoptionsvermittlung", &["Bewerbung", "Herkunftsakte"]),
    service(JUGEND_2, MARKGRAF, "FrühHilfe", "Netzwerk Frühe Hilfen", &["Angebote", "Begleitung"]),
    service(JUGEND_2, MARKGRAF, "JugBeruf", "Jugendberufsagentur", &["Beratung", "Übergabe", "Termine"]),
    service(JUGEND_2, MARKGRAF, "FerienWerk", "Ferienreisen und Erholung", &["Anmeldung", "Zuschuss"]),
    service(ZAHLUNGEN, HAVELCODE, "Beistand 4", "Beistandschaften und Beurkundung", &["Beistandschaft", "Zahlung", "Urkunde", "Unterhaltsrechner"]),
    service(ZAHLUNGEN, MARKGRAF, "ZahlWeg", "Zahlläufe aller Fachverfahren", &["Zahllauf", "Freigabe", "Rückläufer"]),
    service(ZAHLUNGEN, MARKGRAF, "KostenBeitrag", "Heranziehung zu den Kosten", &["Berechnung", "Bescheid", "Mahnung"]),
    service(ZAHLUNGEN, NORDLICHT, "TrägerPortal", "Abrechnung der freien Träger", &["Abrechnung", "Export", "Nachrichten", "Konto"]),
    service(ZAHLUNGEN, NORDLICHT, "EntgeltSatz", "Entgelte und Rahmenverträge", &["Sätze", "Verträge"]),
    service(ZAHLUNGEN, MARKGRAF, "KassenBrücke", "Schnittstelle zur Landeskasse", &["Übergabe", "Kassenzeichen", "Abgleich"]),
    service(TECHNIK, LINDWURM, "StatJug", "Kinder- und Jugendhilfestatistik", &["Erhebung", "Plausibilität", "Lieferung"]),
    service(TECHNIK, DATA_CENTRE, "DruckStraße", "Zentraler Druck und Versand", &["Auftrag", "Vorlage", "Rückläufer"]),
    service(TECHNIK, DATA_CENTRE, "AktenSchrank", "Elektronische Akte", &["Ablage", "Scannen", "Recherche"]),
    service(TECHNIK, MARKGRAF, "FormularServer", "Online-Anträge", &["Formular", "Eingang", "Nachweise"]),
    service(TECHNIK, DATA_CENTRE, "MeldeAbgleich", "Abgleich mit dem Melderegister", &["Abfrage", "Nachtlauf"]),
    service(ZUGANG, DATA_CENTRE, "Zugang", "Benutzerkonten und Anmeldung", &["Benutzerkonto", "Kennwort", "Chipkarte", "Vertretung"]),
    service(ZUGANG, DATA_CENTRE, "RollenWerk", "Rollen und Rechte", &["Rollen", "Prüfung"]),
    service(ZUGANG, DATA_CENTRE, "MobilZugang", "Mobiles Arbeiten", &["Einwahl", "Gerät"]),
    service(ZUGANG, MARKGRAF, "SchulungsPlatz", "Schulungen und Übungsumgebung", &["Anmeldung", "Übungsdaten"]),
];

/// The index of a service by its name.
pub fn index_of(name: &str) -> Option<usize> {
    SERVICES.iter().position(|service| service.name == name)
}
