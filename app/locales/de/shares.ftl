# Was mit Herstellern geteilt ist.
channel-portal = Portal
message-kind-portal-in = aus dem Portal
message-kind-portal-out = ins Portal
message-kind-portal-to = ins Portal für { $name }
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
shares-title = Herstellerfreigabe
shares-none = Das Ticket ist mit keinem Hersteller geteilt.
share-heading = Mit Hersteller teilen
share-intro = Der Hersteller sieht nur, was hier steht, die Nachrichten an ihn und die Dateien, die Sie auswählen. Das Ticket selbst sieht er nicht.
share-vendor = Hersteller
share-vendor-choose = Bitte wählen
share-contact = Ansprechperson
share-contact-none = niemand
share-block = Textbaustein
share-block-choose = Bitte wählen
share-block-fill = Einsetzen
share-title = Betreff für den Hersteller
share-files = Dateien weitergeben
share-files-none = Das Ticket hat keine Dateien.
share-files-hint = Prüfen Sie den Inhalt selbst: Durchsucht werden nur die Dateinamen.
share-file-name = Dateiname
share-way = Weg
share-way-hint = Im Portal steht die Anfrage immer.
share-by-mail = Auch per E-Mail senden
share-to = E-Mail an
share-send = Prüfen und senden
share-cancel = Abbrechen
share-fault-vendor = Bitte wählen Sie den Hersteller.
share-fault-title = Bitte geben Sie einen Betreff ein.
share-fault-observed = Bitte beschreiben Sie, was beobachtet wurde.
share-fault-date = Bitte geben Sie ein Datum ein, zum Beispiel 30.11.2026.
share-fault-to = Bitte geben Sie die Adressen in einer Zeile ein.
share-repair = Korrektur
share-reaction = Reaktion
share-delivery = Lieferung
share-number = Nummer
share-since = Geteilt seit
share-kept = eingehalten
share-late = verspätet
share-turn-vendor = liegt beim Hersteller
share-turn-unit = liegt bei uns
share-turn-nobody = abgeschlossen
share-on-word = Nach Auskunft des Herstellers eintragen:
share-withdrawn = zurückgenommen
share-withdraw = Freigabe zurücknehmen
share-withdraw-text = { $vendor } sieht danach nichts mehr von diesem Ticket. Der Verlauf bleibt hier erhalten.
share-withdraw-do = Zurücknehmen
step-accepted = Angenommen
step-in-work = In Arbeit
step-delivered = Geliefert
step-installed = Im Test installiert
step-tested = Test bestanden
step-approve = Freigeben
step-live = In Betrieb genommen
step-confirm = Bestätigen
step-refuse = Lieferung zurückweisen
step-failed = Test fehlgeschlagen
step-persists = Fehler besteht weiter
gate-title = { $count ->
    [one] Eine Fundstelle vor dem Senden
   *[other] { $count } Fundstellen vor dem Senden
}
gate-open = { $count ->
    [one] Über eine Fundstelle ist noch nicht entschieden.
   *[other] Über { $count } Fundstellen ist noch nicht entschieden.
}
gate-hint = Schwärzen Sie, was der Hersteller nicht braucht. Was er braucht, begründen Sie; die Begründung steht in der Historie.
gate-all-black = Alle offenen schwärzen
gate-decision = Entscheidung zu „{ $what }“
gate-reason = Begründung zu „{ $what }“
gate-reason-short = Begründung
gate-choose = Bitte entscheiden
gate-black = Schwärzen
gate-through = Freigeben
gate-fault = Bitte entscheiden Sie: schwärzen oder freigeben.
gate-fault-reason = Bitte begründen Sie die Freigabe.
found-name = Name
found-mail-address = E-Mail-Adresse
found-phone = Telefonnummer
found-postal-address = Anschrift
found-case-number = Aktenzeichen
found-birth-date = Geburtsdatum
found-iban = IBAN
settings-text-blocks = Textbausteine
settings-text-block-new = Neuer Textbaustein
text-block-caption = Ein Textbaustein ist ein Text, den eine Person schreibt und eine andere freigibt: für Antworten, Anrufe, Anfragen an den Hersteller und Nachrichten an Anfragende.
text-block-kind = Art
text-block-kind-enquiry = Anfrage an Hersteller
text-block-valid = Gültig
text-block-always = unbegrenzt
text-block-from = ab { $from }
text-block-until = bis { $until }
text-block-between = { $from } bis { $until }
text-block-valid-from = Gültig ab
text-block-valid-to = Gültig bis
text-block-hint = Diese Platzhalter füllt das Ticket. Leere Teile lassen stehen, was schon eingetragen ist.
text-block-unknown = Den Platzhalter „{ $name }“ gibt es nicht.
text-block-place-title = Titel des Tickets
text-block-place-number = Nummer des Tickets
text-block-place-service = Fachverfahren
text-block-place-module = Modul
text-block-place-district = Bezirk
text-block-place-description = erste Nachricht der anfragenden Person
text-block-place-field = ein Feld mit seiner Kennung
composer-send-to-vendor = An Hersteller senden
composer-label-vendor = Nachricht an den Hersteller schreiben
composer-mode-vendor = Hersteller
composer-placeholder-vendor = Nachricht an den Hersteller. Nennen Sie keine personenbezogenen Daten.
share-told = Die Nachricht steht im Portal.
text-block-kind-answer = Antwort
text-block-kind-opening = Anrede am Anfang einer Antwort
text-block-kind-closing = Signatur am Ende einer Antwort
text-block-kind-letterhead = Briefkopf für gedruckte Briefe und Tickets
text-block-letterhead-hint = Zuerst Name und Anschrift, nach einer freien Zeile, wie man Sie erreicht. Der Briefkopf des Fachverfahrens geht vor dem des Teams, dieser vor dem für alle.
text-block-kind-phone = Leitfaden am Telefon
text-block-texts = Texte
text-block-answer-hint = Bleibt eine Sprache leer, steht für sie die andere.
text-block-places = Platzhalter und Bedingungen
text-block-place-dear = förmliche Anrede, etwa „Sehr geehrte Frau Kowalke“
text-block-place-address = Name für eine Anschrift, etwa „Herrn Jan Meier“
text-block-place-organisation = Organisation der anfragenden Person
text-block-place-today = heutiges Datum
text-block-place-due = Tag, bis zu dem die Lösung zugesagt ist
text-block-place-reminder = Tag der Wiedervorlage
text-block-place-agent = Ihr Name
text-block-place-agent-email = Ihre E-Mail-Adresse
text-block-place-agent-phone = Ihre Telefonnummer
text-block-place-team = Team des Tickets
text-block-place-workday = der dritte Arbeitstag von heute an
text-block-place-ahead = in vierzehn Tagen
text-block-place-or = mit einem Text für den Fall, dass nichts eingetragen ist
text-block-place-if = nur bei dieser Art: incident, service_request, question, change, requirement; ebenso language=de oder en
text-block-place-if-service = nur bei diesem Fachverfahren; ohne „=“: nur wenn etwas eingetragen ist
text-block-never-so = „{ $value }“ trifft bei dieser Bedingung nie zu.
text-block-unbalanced = Zu jedem „if“ gehört ein „end“, höchstens ein „else“, und höchstens vier liegen ineinander.
text-block-acts = Was beim Senden noch geschieht
text-block-acts-hint = Es steht vor dem Senden unter der Antwort und lässt sich dort weglassen.
block-state = Status nach dem Senden
block-state-none = wie gewählt
block-reminder-days = Wiedervorlage in Tagen
block-reminder-fault = Bitte geben Sie eine ganze Zahl von 1 bis 365 ein.
block-priority-none = bleibt
block-fields = Felder
block-fields-hint = Eine Zeile je Feld: Kennung = Wert
block-fields-fault = Bitte schreiben Sie je Zeile eine Kennung, ein Gleichheitszeichen und einen Wert.
block-field-unknown = Ein Feld mit der Kennung „{ $name }“ gibt es nicht.
text-block-reserved = Dieser Text nennt Felder, die im Servicedesk nicht alle sehen dürfen: { $fields }.
text-block-reserved-leaves = Was darin steht, geht mit ihm nach außen. Bitte prüfen Sie, ob das so sein soll.
text-block-offered = Wo und wann er angeboten wird
text-block-category = Kategorie
text-block-team = Team
text-block-every-team = jedes Team
text-block-services = Nur bei diesen Fachverfahren
text-block-review = Wieder prüfen am
text-block-review-due = Bitte prüfen Sie, ob dieser Text noch stimmt.
text-block-review-mark = prüfen
text-block-times = Genutzt
text-block-waiting = wartet auf Freigabe
text-block-waiting-first = Dieser Text wartet auf seine Freigabe und wird noch nicht angeboten.
text-block-waiting-newer = Diese Fassung wartet auf ihre Freigabe. Bis dahin wird die vorige angeboten.
text-block-own-work = Sie haben ihn geschrieben; freigeben muss ihn jemand anderes.
text-block-by = Geschrieben von { $name }.
text-block-approve = Freigeben
text-block-approved-by = Freigegeben von { $name }.
greeting = Guten Tag { $name }
greeting-nobody = Guten Tag
formal-frau = Frau { $name }
formal-herr = Herr { $name }
dear-frau = Sehr geehrte Frau { $name }
dear-herr = Sehr geehrter Herr { $name }
address-frau = Frau { $name }
address-herr = Herrn { $name }
text-block-files = Dateien
text-block-files-hint = Sie werden mit dem Text freigegeben und hängen an der Antwort, in die er eingefügt wird. Höchstens zehn.
text-block-files-more = Dateien auswählen
text-block-files-attach = Anhängen und speichern
text-block-no-file = Bitte wählen Sie eine Datei aus.
text-block-offered-now = Was jetzt angeboten wird
text-block-own-title = Eigene Textbausteine
text-block-own-lead = Nur Sie sehen sie. Beim Schreiben fügen Sie einen mit :: und dem Anfang seines Namens ein.
text-block-own-none = Sie haben noch keine eigenen Textbausteine.
text-block-own-new = Neuer eigener Textbaustein
text-block-own-saved = Gespeichert.
text-block-own-removed = Entfernt.
text-block-own-change = Bearbeiten
text-block-own-remove = Entfernen
text-block-own-keep = Speichern
text-block-ends-early = Der letzte Tag liegt vor dem ersten.
text-block-find = Textbausteine suchen
text-block-find-words = Name oder Text
text-block-every-kind = alle
text-block-every-category = alle
text-block-none-found = Kein Textbaustein passt dazu.
text-block-text-long = Der Text ist zu lang: höchstens { $most } Zeichen.
text-block-many-fields = Ein Textbaustein setzt höchstens { $most } Felder.
