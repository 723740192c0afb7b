# Telefonat aufnehmen
phone-title = Telefonat aufnehmen
phone-who = Wer ruft an?
phone-what = Worum geht es?
phone-then = Wie geht es weiter?
phone-caller = Name, Telefonnummer oder E-Mail-Adresse
phone-callers = Gefundene Personen
phone-caller-fault = Bitte wählen Sie die anrufende Person aus oder legen Sie sie neu an.
phone-search = Person suchen
phone-new-person = „{ $typed }“ als neue Person anlegen
phone-new-name = Name der neuen Person
phone-new-email = E-Mail-Adresse
phone-open-tickets = { $count ->
    [one] ein offenes Ticket
   *[other] { $count } offene Tickets
}
phone-district = Bezirk
phone-number = Rückrufnummer
phone-number-line = Rückrufnummer: { $number }
phone-none = keine Angabe
phone-subject = Betreff
phone-text = Anliegen
phone-service = Fachverfahren und Modul
phone-kind = Art
phone-priority = Priorität
phone-outcome = Ergebnis des Gesprächs
phone-outcome-solved = Im Gespräch gelöst
phone-outcome-mine = Ich kümmere mich
phone-outcome-team = An Team weitergeben
phone-outcome-callback = Rückruf vereinbaren
phone-callback = Rückruf am
phone-callback-fault = Bitte geben Sie Tag und Uhrzeit des Rückrufs ein.
phone-create = Ticket anlegen
phone-discard = Verwerfen
phone-aside = Passt dazu
phone-aside-empty = Sobald feststeht, wer anruft, stehen hier die offenen Tickets dieser Person.
phone-aside-open = Offene Tickets von { $name }
phone-aside-none = Keine offenen Tickets.
phone-show-fields = Felder zu Fachverfahren und Art zeigen
