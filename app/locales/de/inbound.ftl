# Eingang: jede E-Mail mit ihrem Verbleib, Klärung, Abgleich
inbound = Mail-Eingang
inbound-find = E-Mails suchen
inbound-all = Alle
inbound-search = Suchen
inbound-reset = Zurücksetzen
inbound-none = Keine E-Mail passt zu dieser Auswahl.
inbound-mailbox = Postfach
inbound-day = Tag
inbound-fate = Verbleib
inbound-sender = Absender
inbound-mail-id = Message-ID
inbound-subject = Betreff
inbound-at = Eingegangen
inbound-why = Grund
inbound-tries = Versuche
inbound-size = Größe
inbound-ticket = Ticket
inbound-hidden = Gehört zu einem Ticket, das Sie nicht sehen
inbound-fate-stored = Wartet
inbound-fate-message = Nachricht
inbound-fate-ticket = Neues Ticket
inbound-fate-copy = Kopie
inbound-fate-ignored = Nicht übernommen
inbound-fate-failed = Fehlgeschlagen
inbound-fate-refused = Abgewiesen
inbound-by-hand = Von Hand angelegt
inbound-copy-why = Dieselbe E-Mail ist schon einmal eingegangen.
inbound-tried = { $count ->
    [one] Ein Versuch ist gescheitert, der nächste folgt von selbst.
   *[other] { $count } Versuche sind gescheitert, der nächste folgt von selbst.
}
inbound-refused-more = Diese E-Mails wurden nicht angenommen. Der einliefernde Server behält sie und versucht es erneut.
inbound-too-large = Größer als erlaubt
inbound-no-mailbox = Kein Postfach dieses Namens
inbound-times = Versuche
inbound-last = Letzter Versuch
inbound-decisions = Entscheidungen
inbound-decided-retried = { $person } hat es erneut versuchen lassen.
inbound-decided-ignored = { $person } hat die E-Mail nicht übernommen:
inbound-decided-ticket = { $person } hat ein Ticket daraus gemacht.
inbound-ignore = Nicht übernehmen
inbound-ignore-hint = Die E-Mail bleibt mit Ihrer Begründung auffindbar.
inbound-make-ticket = Ticket von Hand anlegen
inbound-title = Betreff des Tickets
inbound-requester-email = E-Mail der meldenden Person
inbound-requester-hint = Ist die Adresse unbekannt, wird die Person angelegt.
inbound-requester-name = Name der meldenden Person
inbound-service = Fachverfahren
inbound-understood = Was gelesen werden konnte
inbound-nothing = Das ist keine lesbare E-Mail. So beginnt sie:
inbound-away = Das Original ist gerade nicht erreichbar.
inbound-away-more = Der Dateispeicher antwortet nicht. Nichts ist verloren, versuchen Sie es später erneut.
inbound-from = Von
inbound-to = An
inbound-cc = Kopie an
inbound-reply-to = Antwort an
inbound-in-reply-to = Antwort auf
inbound-automatic = Automatisch
inbound-date = Datum laut Absender
inbound-no-text = Die E-Mail hat keinen Text.
inbound-excerpt = Text der E-Mail
inbound-more-text = Der Text geht weiter. Laden Sie das Original herunter, um alles zu lesen.
inbound-files = Anlagen
inbound-files-more = Weitere Anlagen stehen im Original.
inbound-still-tried = Noch nicht gelungen
inbound-still-tried-more = Hier folgt der nächste Versuch von selbst. Dauert das an, prüfen Sie Datenbank und Dateispeicher.
inbound-alarm-more = Der Alarm bleibt, bis jede dieser E-Mails übernommen oder entschieden ist.
reconciliation = Mail-Abgleich
reconciliation-choose = Postfach wählen
reconciliation-more = Jede gesehene E-Mail muss gespeichert sein, und jede gespeicherte muss etwas geworden sein. Jede Nacht wird das geprüft.
reconciliation-none = In diesen Tagen ist keine E-Mail eingegangen.
reconciliation-seen = Gesehen
reconciliation-stored = Gespeichert
reconciliation-result = Ergebnis
reconciliation-adds-up = Stimmt
reconciliation-right = Alle Summen stimmen.
reconciliation-wrong = { $count ->
    [one] Die Summe eines Tages stimmt nicht.
   *[other] Die Summen von { $count } Tagen stimmen nicht.
}
reconciliation-wrong-more = Die nächtliche Prüfung eröffnet dazu je Tag ein Ticket.
reconciliation-off-stored = Gespeichert: { $count }
reconciliation-off-settled = Verbleib: { $count }
reconciliation-ticket-title = Mail-Abgleich: Postfach { $mailbox } am { $day } stimmt nicht
reconciliation-ticket-body = Der nächtliche Abgleich hat einen Fehler gefunden.

    Postfach: { $mailbox }
    Tag: { $day }
    Gesehen: { $seen }
    Gespeichert: { $stored }
    Nachrichten: { $messages }
    Neue Tickets: { $tickets }
    Kopien: { $copies }
    Nicht übernommen: { $ignored }
    Fehlgeschlagen: { $failed }
    Wartet: { $waiting }

    Bitte vergleichen Sie in der Verwaltung unter Mail-Abgleich, welche E-Mails fehlen, und sehen Sie im Postfach selbst nach.
