# Serienbriefe an Personen: Tickets für alle, dann die Schreiben daraus
mailing = Serienbrief an Personen
mailing-more = Jede Person bekommt ein eigenes Ticket, in dem ihr Schreiben liegt; Antworten kommen dorthin zurück. Zuerst sehen Sie eine Vorschau, bis dahin wird nichts angelegt.
mailing-subject = Betreff
mailing-subject-hint = Wird der Titel jedes Tickets und der Betreff jeder Mail.
mailing-lines = Personen
mailing-lines-hint = Eine Person je Zeile mit ihrer E-Mail-Adresse. Name und anderes dürfen daneben stehen, etwa so, wie Zeilen aus einer Tabelle kommen. Höchstens { $count } Personen.
mailing-organisation = Alle Personen dieser Stelle
mailing-organisation-hint = Kommt zu den Zeilen hinzu. Wer doppelt vorkommt, wird einmal angeschrieben.
mailing-organisation-partner = Personen von Herstellern und Rechenzentren bekommen keinen Serienbrief.
mailing-no-organisation = Keine
mailing-then = Nach dem Schreiben
mailing-then-hint = Gilt, sobald das Schreiben gesendet oder notiert ist. Antworten öffnen ein geschlossenes Ticket wieder, nach der Frist des Postfachs eröffnen sie ein neues.
mailing-then-closed = Ticket schließen
mailing-then-waiting = Auf Antwort warten
mailing-then-open = Ticket bleibt in Arbeit
mailing-reason = Grund (beim Schließen)
mailing-nobody = Bitte nennen Sie Personen oder wählen Sie eine Stelle.
mailing-too-much = Das ist zu lang. Gelesen werden höchstens { $count } Zeilen.
mailing-fields-needed = Dieses Fachverfahren verlangt beim Anlegen Angaben, die ein Serienbrief nicht machen kann: { $fields }. Geben Sie den Feldern eine Vorgabe oder wählen Sie ein anderes.
mailing-own = Ihre Serienbriefe
mailing-all = Alle Serienbriefe
mailing-at = Angelegt
mailing-staged = Wartet auf Ihre Prüfung.
mailing-running = Tickets werden angelegt.
mailing-done = Fertig.
mailing-stopped = Angehalten.
mailing-stopping = Wird angehalten. Begonnene Tickets werden noch angelegt.
mailing-failed = Abgebrochen, weil Ihnen inzwischen ein Recht fehlt.
mailing-would = { $count ->
    [0] Niemand bekommt ein Ticket.
    [one] 1 Person bekommt ein Ticket.
   *[other] { $count } Personen bekommen je ein Ticket.
}
mailing-refused = { $count ->
    [0] Keine Angabe ist abgelehnt.
    [one] 1 Angabe ist abgelehnt.
   *[other] { $count } Angaben sind abgelehnt.
}
mailing-would-more = Die Tickets gehören Ihnen. Danach wählen Sie die Vorlage und sehen jedes Schreiben, bevor es gesendet wird.
mailing-run = { $count ->
    [one] 1 Ticket anlegen
   *[other] { $count } Tickets anlegen
}
mailing-change = Angaben ändern
mailing-did = { $count ->
    [0] Kein Ticket ist angelegt.
    [one] 1 Ticket ist angelegt.
   *[other] { $count } Tickets sind angelegt.
}
mailing-left = Ohne Ticket
mailing-left-over = { $count ->
    [one] 1 Person ist ohne Ticket geblieben.
   *[other] { $count } Personen sind ohne Ticket geblieben.
}
mailing-line = Zeile { $line }:
mailing-letters = Weiter zum Schreiben
mailing-letters-more = Noch ist niemand angeschrieben. Wählen Sie nun die Vorlage und sehen Sie die Schreiben an.
mailing-letters-left = { $count ->
    [one] Das Schreiben wurde angehalten, 1 Person ist noch nicht angeschrieben.
   *[other] Das Schreiben wurde angehalten, { $count } Personen sind noch nicht angeschrieben.
}
mailing-letters-go-on = Weiter zum begonnenen Schreiben
mailing-letters-look = Zum Bericht der Schreiben
mailing-report-name = Nicht angeschrieben
mailing-note = Für den Serienbrief „{ $title }“ angelegt.
mailing-back = Zum Serienbrief
mailing-forgotten = Dieser Serienbrief ist zu alt. Bitte beginnen Sie einen neuen.
mailing-leave = { $said }, danach: { $state }
mailing-why-no-address = Hier steht keine E-Mail-Adresse.
mailing-why-several = Hier stehen mehrere E-Mail-Adressen.
mailing-why-long = Die Zeile ist zu lang.
mailing-why-unknown = Niemand mit dieser Adresse ist bekannt.
mailing-why-guest = Diese Person gehört zu einem Hersteller oder Rechenzentrum und bekommt keinen Serienbrief.
mailing-why-no-mail = Diese Person hat keine E-Mail-Adresse.
mailing-why-left = Der Serienbrief endete, bevor ein Ticket angelegt war.
mailing-why-many = Ein Serienbrief geht an höchstens { $count } Personen.
