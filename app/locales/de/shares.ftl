# Was mit Herstellern geteilt ist.
channel-portal = Portal
message-kind-portal-in = aus dem Portal
message-kind-portal-out = ins Portal
repair-reported = Gemeldet
repair-accepted = Angenommen
repair-in-work = In Arbeit
repair-delivered = Geliefert
repair-installed = Im Test installiert
repair-tested = Getestet
repair-approved = Freigegeben
repair-live = In Betrieb
repair-confirmed = Bestätigt
assessment-fault-confirmed = Softwarefehler bestätigt
assessment-not-reproduced = Nicht nachstellbar
assessment-as-designed = Verhält sich wie vorgesehen
assessment-configuration = Einstellung oder Umgebung
assessment-change-request = Änderungswunsch
share-product = Produkt
share-release = Version
share-environment = Umgebung
share-observed = Beobachtet
share-expected = Erwartet
share-steps = Nachstellen
share-frequency = Häufigkeit
share-effect = Auswirkung
share-deadline = Frist
share-assessment = Einschätzung
share-fixed-in = Korrektur in
share-planned-for = Geplant für
share-effort = Aufwand
share-hours = { $hours } Std.
share-reaction-until = Reaktion bis { $time }
share-delivery-until = Lieferung bis { $time }
found-names = { $count ->
    [one] 1 Name
   *[other] { $count } Namen
}
found-mail-addresses = { $count ->
    [one] 1 E-Mail-Adresse
   *[other] { $count } E-Mail-Adressen
}
found-phones = { $count ->
    [one] 1 Telefonnummer
   *[other] { $count } Telefonnummern
}
found-postal-addresses = { $count ->
    [one] 1 Anschrift
   *[other] { $count } Anschriften
}
found-case-numbers = { $count ->
    [one] 1 Aktenzeichen
   *[other] { $count } Aktenzeichen
}
found-birth-dates = { $count ->
    [one] 1 Geburtsdatum
   *[other] { $count } Geburtsdaten
}
found-ibans = { $count ->
    [one] 1 IBAN
   *[other] { $count } IBAN
}
gate-blacked = geschwärzt: { $what }
gate-justified = mit Begründung freigegeben: { $what }
event-shared = Mit Hersteller geteilt
event-share-withdrawn = Freigabe für Hersteller zurückgenommen
event-repair-moved = Korrektur: Schritt eingetragen
event-repair-moved-by-vendor = Korrektur: Schritt des Herstellers
event-repair-moved-on-word = Korrektur: Schritt des Herstellers eingetragen, nach dessen Auskunft
event-vendor-told = Nachricht an Hersteller
event-vendor-answered = Antwort des Herstellers
event-vendor-filled = Angaben des Herstellers geändert
event-gate-passed = Personenbezug geprüft
