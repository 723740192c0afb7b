# Standarddokumente: Vorlagen als DOCX, Schreiben aus Tickets, Serienbriefe
documents = Dokumentvorlagen
document-new = Neue Dokumentvorlage
document-caption = Schreiben als DOCX, deren Platzhalter aus dem Ticket gefüllt werden. Eine neue Datei gilt erst, wenn eine zweite Person sie freigegeben hat.
document-none-yet = Noch gibt es keine Dokumentvorlage.
document-no-pdf = PDF entstehen hier nicht: In der Konfiguration nennt documents.libreoffice kein Programm dafür.
document-language = Sprache
document-services = Für diese Fachverfahren (keins: für alle)
document-file = Datei
document-file-choose = Datei auswählen
document-file-hint = Eine Datei aus Word oder LibreOffice (DOCX). Platzhalter: { $places }; dazu Felder wie { $field }, Tage wie { $days }, Ersatz wie { $or } und Abschnitte von { $if } bis { $end }. Ohne neue Datei bleibt die bisherige.
document-in-use = in Gebrauch
document-one-file = Bitte wählen Sie genau eine Datei.
document-waiting = wartet auf Freigabe
document-waiting-newer = Die neue Datei wartet auf Freigabe; bis dahin gilt die bisherige.
document-waiting-first = Die Vorlage wartet auf Freigabe; bis dahin wird sie nicht angeboten.
document-own-work = Sie haben die Datei selbst hochgeladen. Freigeben kann sie jemand anderes.
document-by = Hochgeladen von { $name }.
document-not-docx = Das ist keine Word-Datei (DOCX). Speichern Sie die Vorlage in Word oder LibreOffice als „Word-Dokument (.docx)“.
document-too-large = Die Datei ist entpackt zu groß: höchstens 32 MB. Verkleinern Sie die Bilder darin.
document-damaged = Die Datei ist beschädigt: { $part } lässt sich nicht lesen. Speichern Sie sie in Word oder LibreOffice neu.
document-dtd = Die Datei vereinbart in { $part } eigene Bausteine (DTD). Das tut keine Textverarbeitung; so eine Datei wird nicht angenommen.
document-macro = Die Datei enthält Makros. Speichern Sie sie als „Word-Dokument (.docx)“ ohne Makros.
document-embedded = Die Datei enthält ein eingebettetes Objekt, etwa eine Tabelle oder ein Steuerelement. Fügen Sie es als Bild oder als Word-Tabelle ein.
document-external = Die Datei holt beim Öffnen etwas von außen: { $target }. Betten Sie Bilder ein und lösen Sie die Verbindung zu anderen Dateien und Vorlagen.
document-code = Das Feld { $code } holt beim Öffnen etwas von außen oder führt etwas aus. Entfernen Sie es.
document-unbalanced = Zu jedem „if“ gehört ein „end“ im selben Teil des Dokuments: im Text, in derselben Tabellenzelle oder in derselben Kopfzeile.
rejected-no-file = Eine Dokumentvorlage braucht eine Datei.
rejected-place-open = Ein Platzhalter des Schreibens bleibt leer.
letter = Schreiben
letter-title = Schreiben zu { $number }
letter-intro = Wählen Sie eine Dokumentvorlage, einen Textbaustein oder eine gesendete Antwort und sehen Sie, was das Schreiben sagt. Aus Textbausteinen und Antworten wird ein Brief als PDF.
letter-template = Vorlage
letter-choose = Bitte wählen
letter-missing = Bitte wählen Sie eine Vorlage.
letter-gone = Diese Vorlage gibt es nicht mehr.
letter-none = Für dieses Ticket gibt es weder eine Dokumentvorlage noch einen Textbaustein noch eine gesendete Antwort. Vorlagen verwaltet, wer auch Textbausteine verwaltet.
letter-group-templates = Dokumentvorlagen
letter-group-blocks = Textbausteine
letter-group-answers = Gesendete Antworten
letter-answer = Antwort vom { $day }: { $begin }
letter-plain-name = Brief
letter-says = Das steht im Brief
letter-to = An
letter-about = Betreff
letter-subject = { $title } (Ticket { $number })
letter-pages = Seite { $number } von { $count }
letter-closing = Mit freundlichen Grüßen
letter-fact-reference = Unser Zeichen
letter-fact-agent = Auskunft gibt
letter-fact-phone = Telefon
letter-fact-email = E-Mail
letter-fact-date = Datum
letter-no-address = Keine Anschrift bekannt
letter-no-address-more = Im Fenster des Umschlags steht nur der Name. Die Anschrift kommt aus der Stelle des Tickets.
letter-lacking = Einige Zeichen lassen sich nicht drucken
letter-lacking-more = Dafür steht im Brief ein Ersatzzeichen: { $signs }
letter-show = Anzeigen
letter-places = Das wird eingesetzt
letter-no-places = Diese Vorlage hat keine Platzhalter; sie wird so verwendet, wie sie ist.
letter-open = { $count ->
    [one] Ein Platzhalter bleibt leer
   *[other] { $count } Platzhalter bleiben leer
}
letter-open-more = Ergänzen Sie das im Ticket oder bei der Person: { $places }
letter-fresh = Das Schreiben wurde inzwischen geändert. Bitte sehen Sie es sich noch einmal an.
letter-form = Als
letter-docx = DOCX, zum Weiterbearbeiten
letter-pdf = PDF
letter-to-reply = An die Antwort anhängen
letter-to-note = An eine interne Notiz anhängen
letter-look = DOCX ansehen
letter-look-pdf = PDF ansehen
letter-failed = Das PDF ist nicht entstanden. Versuchen Sie es noch einmal; aus einer Dokumentvorlage können Sie auch das DOCX nehmen.
letter-cancel = Abbrechen
serial = Serienbrief
serial-all = Serienbrief
serial-way = Wohin mit den Schreiben
serial-way-note = Je Ticket eine interne Notiz mit dem Schreiben; alle zusammen als ZIP, PDF auch in einer Datei zum Drucken
serial-way-mail = Je Ticket eine Mail an die meldende Person mit dem Schreiben als Anhang
serial-template-hint = Aus einem Textbaustein wird je Ticket ein Brief als PDF, mit Anschrift, Betreff und Gruß.
serial-text = Text der Mail oder Notiz
serial-text-hint = Platzhalter: { $places }
serial-note-text = Schreiben „{ $name }“
serial-what = Schreiben
serial-said = „{ $name }“ als { $form }
serial-by-note = { $said }, je Ticket als Notiz
serial-by-mail = { $said }, je Ticket als Mail
serial-zip = Alle als ZIP herunterladen
serial-zip-report = Nicht erstellt
serial-print = Alle in einem PDF
serial-print-too-much = Für ein gemeinsames PDF sind es zu viele oder zu große Schreiben. Im ZIP ist jedes einzeln.
serial-print-failed = Das gemeinsame PDF ließ sich nicht erstellen. Im ZIP ist jedes Schreiben einzeln.
serial-without = { $count ->
    [0] Nicht dabei: { $numbers }. Die Gründe stehen auch im ZIP.
   *[other] Nicht dabei: { $numbers } und { $count } weitere. Alle Gründe stehen im ZIP.
}
serial-unseen = { $count ->
    [one] Nicht dabei ist ein Schreiben zu einem Ticket, das Sie nicht mehr sehen.
   *[other] Nicht dabei sind { $count } Schreiben zu Tickets, die Sie nicht mehr sehen.
}
serial-open = { $count ->
    [one] Zu einem Ticket wurde kein Schreiben mehr erstellt.
   *[other] Zu { $count } Tickets wurde kein Schreiben mehr erstellt.
}
serial-why-withdrawn = Die Mail mit dem Schreiben wurde zurückgenommen.
serial-why-moved = Das Schreiben liegt jetzt in einem Ticket, das Sie nicht sehen.
serial-why-removed = Das Schreiben wurde entfernt.
serial-why-template = Die Vorlage oder der Textbaustein gilt für dieses Ticket nicht.
serial-why-broken = Das Schreiben ließ sich nicht erstellen.
serial-would = Schreiben werden erstellt: { $done }. Abgelehnt: { $refused }.
serial-did = Schreiben erstellt: { $done }. Abgelehnt: { $refused }.
serial-sort-would = Bekommen ein Schreiben
serial-sort-did = Schreiben erstellt
serial-run = { $count ->
    [one] 1 Schreiben erstellen
   *[other] { $count } Schreiben erstellen
}
