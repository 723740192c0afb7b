# Standarddokumente: Vorlagen als DOCX, Schreiben aus Tickets, Serienbriefe
documents = Dokumentvorlagen
document-new = Neue Dokumentvorlage
document-caption = Schreiben als DOCX, deren Stellen aus dem Ticket gefüllt werden. Eine neue Datei gilt erst, wenn eine zweite Person sie freigegeben hat.
document-none-yet = Noch gibt es keine Dokumentvorlage.
document-no-pdf = PDF entstehen hier nicht: In der Konfiguration nennt documents.libreoffice kein Programm dafür.
document-language = Sprache
document-services = Für diese Fachverfahren (keins: für alle)
document-file = Datei
document-file-choose = Datei auswählen
document-file-hint = Eine Datei aus Word oder LibreOffice (DOCX). Stellen: { $places }; dazu Felder wie { $field }, Tage wie { $days }, Ersatz wie { $or } und Abschnitte von { $if } bis { $end }. Ohne neue Datei bleibt die bisherige.
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
rejected-place-open = Eine Stelle der Vorlage bleibt leer.
letter = Schreiben
letter-title = Schreiben zu { $number }
letter-intro = Wählen Sie eine Vorlage und sehen Sie, was aus dem Ticket eingesetzt wird.
letter-template = Vorlage
letter-choose = Bitte wählen
letter-missing = Bitte wählen Sie eine Vorlage.
letter-gone = Diese Vorlage gibt es nicht mehr.
letter-none = Für dieses Ticket gibt es keine Dokumentvorlage. Vorlagen verwaltet, wer auch Textbausteine verwaltet.
letter-show = Anzeigen
letter-places = Das wird eingesetzt
letter-no-places = Diese Vorlage hat keine Stellen; sie wird so verwendet, wie sie ist.
letter-open = { $count ->
    [one] Eine Stelle bleibt leer
   *[other] { $count } Stellen bleiben leer
}
letter-open-more = Ergänzen Sie das im Ticket oder bei der Person: { $places }
letter-fresh = Die Vorlage wurde inzwischen geändert. Bitte sehen Sie sich das Schreiben noch einmal an.
letter-form = Als
letter-docx = DOCX, zum Weiterbearbeiten
letter-pdf = PDF
letter-to-reply = An die Antwort anhängen
letter-to-note = An eine interne Notiz anhängen
letter-look = DOCX ansehen
letter-failed = Das PDF ist nicht entstanden. Nehmen Sie das DOCX, oder versuchen Sie es noch einmal.
letter-cancel = Abbrechen
serial = Serienbrief
serial-all = Serienbrief
serial-way = Wohin mit den Schreiben
serial-way-note = Je Ticket eine interne Notiz mit dem Schreiben; alle zusammen als ZIP
serial-way-mail = Je Ticket eine Mail an die meldende Person mit dem Schreiben als Anhang
serial-text = Text der Mail oder Notiz
serial-text-hint = Stellen: { $places }
serial-note-text = Schreiben „{ $name }“
serial-what = Schreiben
serial-said = „{ $name }“ als { $form }
serial-by-note = { $said }, je Ticket als Notiz
serial-by-mail = { $said }, je Ticket als Mail
serial-zip = Alle als ZIP herunterladen
serial-zip-report = Nicht erstellt
serial-why-template = Die Vorlage gilt für dieses Ticket nicht.
serial-why-broken = Das Schreiben ließ sich nicht erstellen.
serial-run = { $count ->
    [one] 1 Schreiben erstellen
   *[other] { $count } Schreiben erstellen
}
