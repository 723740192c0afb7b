# Tickets
ticket-word = Ticket
ticket-unread = Neue Nachricht:
ticket-place = { $place } von { $count }
ticket-previous = Vorheriges Ticket
ticket-next = Nächstes Ticket
ticket-print = Druckansicht
ticket-rename = Titel ändern
ticket-watch = Beobachten
ticket-reminder = Wiedervorlage
ticket-reminder-since = seit { $duration }
ticket-reminder-since-moment = seit { $moment }
ticket-reminder-at = Wiedervorlage { $time }
ticket-reminder-passed = Wiedervorlage überschritten: { $time }
ticket-tabs = Bereiche des Tickets
ticket-tab-thread = Verlauf
ticket-tab-facts = Fakten
ticket-tab-files = Dateien
ticket-tab-history = Historie
pane-to-filter = Zur Liste mit Filter
pane-empty-title = Hier ist nichts offen
pane-empty-text = In dieser Liste steht kein Ticket.
channel-mail = E-Mail
channel-phone = Telefon
channel-note = Notiz
thread-new-since = Neu seit Ihrem letzten Besuch
thread-new = Neu
message-by = Eintrag von { $name }
message-quoted = Zitierter Verlauf
message-receipt-show = Text anzeigen
message-from-system = Automatisch
message-from-unknown = Unbekannter Absender
message-kind-note = Interne Notiz · nur für Ihr Team sichtbar
message-kind-call-in = Anruf
message-kind-call-in-minutes = Anruf, { $minutes } Min.
message-kind-call-out = Angerufen
message-kind-call-out-minutes = Angerufen, { $minutes } Min.
message-kind-mail = E-Mail
message-kind-mail-from = E-Mail von { $address }
message-kind-receipt = Eingangsbestätigung
message-kind-closing-note = Schlussnachricht
message-kind-reply-to = Antwort an { $name }
message-to = An:
message-cc = Kopie:
message-bcc = Blindkopie:
message-withdrawn-text = Zurückgeholt, bevor die E-Mail versendet wurde.
message-warning = Beim Lesen dieser E-Mail ist etwas aufgefallen.
message-warning-raw = Das Original können Sie herunterladen.
message-table = Tabelle
message-text-cut = Der Text ist sehr lang. Vollständig steht er im Original der E-Mail.
message-original = Originalansicht der E-Mail
message-original-link = Originalansicht öffnen
message-remote-images = { $count ->
    [one] 1 Bild aus dem Netz wurde nicht geladen.
   *[other] { $count } Bilder aus dem Netz wurden nicht geladen.
}
message-pixels = { $count ->
    [one] 1 Zählpixel blockiert ({ $hosts }).
   *[other] { $count } Zählpixel blockiert ({ $hosts }).
}
message-absence = Abwesenheitsnotiz von { $name }
message-report = Rückmeldung des Mailservers
message-automatic = Automatische E-Mail von { $name }
message-signed-smime = Signiert (S/MIME), nicht geprüft
message-signed-pgp = Signiert (PGP), nicht geprüft
message-signature-file = Signatur herunterladen
message-encrypted-smime = Diese E-Mail ist verschlüsselt (S/MIME).
message-encrypted-pgp = Diese E-Mail ist verschlüsselt (PGP).
message-encrypted-what-to-do = Laden Sie das Original herunter und öffnen Sie es in einem Mailprogramm, das den Schlüssel hat.
warning-missing-from = Der Absender fehlt.
warning-several-from = Es sind mehrere Absender angegeben; gezeigt wird der erste.
warning-missing-date = Das Datum fehlt oder ist unlesbar.
warning-missing-message-id = Die Kennung der E-Mail fehlt. Antworten darauf lassen sich schwerer zuordnen.
warning-undeclared-header-bytes = Umlaute im Kopf der E-Mail waren nicht gekennzeichnet und wurden erraten.
warning-charset-guessed = Der Zeichensatz stimmte nicht und wurde erraten. Umlaute können falsch sein.
warning-charset-unknown = Der Zeichensatz ist unbekannt. Einzelne Zeichen können falsch sein.
warning-broken-encoding = Ein Teil war fehlerhaft kodiert. Text oder Dateien können unvollständig sein.
warning-missing-closing-boundary = Das Ende der E-Mail fehlt. Sie kann unvollständig sein.
warning-nested-too-deep = Die E-Mail ist sehr tief verschachtelt. Nicht alle Teile wurden gelesen.
warning-nul-removed = Unzulässige Zeichen wurden entfernt.
warning-invisible-removed = Unsichtbare Zeichen in Betreff oder Absender wurden entfernt. Solche Zeichen sollen manchmal täuschen.
warning-file-name-cleaned = Ein Dateiname enthielt unzulässige oder unsichtbare Zeichen und wurde geändert.
warning-header-cut = Eine Kopfzeile war übermäßig lang und wurde gekürzt.
warning-tnef = Outlook hat Teile der E-Mail in der Datei winmail.dat verpackt.
warning-html-cut = Die E-Mail ist sehr lang. Hier steht nur der Anfang; die Originalansicht zeigt mehr.
warning-message-id-seen-before = Eine andere E-Mail mit derselben Kennung ist schon eingegangen.
warning-encrypted = Die E-Mail ist verschlüsselt.
warning-other = Die E-Mail war beschädigt und wurde so gut wie möglich gelesen.
original-back = Zurück zum Ticket
original-frame = E-Mail in ihrer eigenen Gestaltung
original-load-images = Bilder aus dem Netz laden
original-load-images-hint = Der Absender kann dann sehen, dass die E-Mail gelesen wird.
original-remote-shown = Bilder aus dem Netz werden von Ihrem Browser geladen. Der Absender kann das sehen.
message-raw = Original der E-Mail herunterladen
message-send-again = Erneut senden
threaded-token = Zugeordnet über unser Kennzeichen.
threaded-bounce = Zugeordnet als Rückmeldung des Mailservers.
threaded-references = Zugeordnet als Antwort auf eine frühere E-Mail.
threaded-number = Zugeordnet über die Nummer im Betreff.
threaded-stranger = Nennt { $number } im Betreff, kommt aber von jemandem, der dort nicht beteiligt ist.
threaded-closed = Gehört zu { $number }; das Ticket ist schon lange geschlossen.
threaded-by-hand = Von Hand zugeordnet.
delivery-queued = wird gesendet
delivery-limited = wartet wegen der Stundengrenze bis
delivery-sent = gesendet
delivery-withdrawn = zurückgeholt
delivery-failed = nicht gesendet
delivery-bounced = nicht zugestellt
facts-label = Fakten zum Ticket
facts-scroll = Fakten, scrollbar
facts-case = Vorgang
facts-classification = Klassifizierung
facts-requester = Anfragende Person
facts-origin = Herkunft
facts-others = Weitere offene Tickets
facts-all-of-requester = Alle Tickets dieser Person
fact-change = { $fact } ändern:
fact-none = keine Angabe
fact-unknown = unbekannt
fact-state = Status
fact-reason = Grund
fact-owner = Zuständig
fact-team = Team
fact-priority = Priorität
fact-reminder = Wiedervorlage
fact-watchers = Beobachtet von
fact-service = Fachverfahren
fact-kind = Art
fact-district = Bezirk
fact-created = Eröffnet
fact-channel = Kanal
fact-mailbox = Postfach
fact-first-reply = Erste Antwort
fact-solved = Gelöst
fact-name = Name
fact-email = E-Mail
fact-phone = Telefon
fact-organisation = Stelle
rule-mail-intake = Posteingang
rule-mail-delivery = Postausgang
rule-receipt = Eingangsbestätigung
rule-closing-note = Schlussnachricht
rule-reminder = Wiedervorlage
rule-deadline = Frist
rule-imported-deadline = Frist (übernommen)
rule-auto-close = Automatisches Schließen
rule-reconciliation = Mail-Abgleich
rule-import = Übernahme
rule-own-account = Link aus einer E-Mail
rule-sign-on = Anmeldung durch einen Anbieter
rule-console = Verwaltung des Servers
rule-system = System
fact-title = Titel
fact-save = Übernehmen
fact-cancel = Abbrechen
fact-change-title = { $fact } ändern
owner-nobody = niemand
team-choose = Bitte wählen
team-missing = Bitte wählen Sie ein Team.
state-until = Wiedervorlage
reminder-tomorrow = Morgen, 9 Uhr
reminder-in-a-week = In einer Woche
reminder-remove = Entfernen
reminder-missing = Bitte geben Sie Datum und Uhrzeit an.
files-empty-title = Keine Dateien
files-empty-text = Dateien aus E-Mails, Antworten und Notizen stehen hier.
file-view = { $name } ansehen
file-tnef = Outlook-Paket (TNEF)
file-view-short = Ansehen
print-back = Zurück zum Ticket
print-how = Zum Drucken: Strg P
print-with-notes = Mit internen Notizen
print-without-notes = Ohne interne Notizen
print-letter-open = Als Brief drucken
print-letter-hint = Fehlt etwas in der Anschrift, schreiben Sie es vor dem Drucken in das gestrichelte Feld. Gespeichert wird das nicht.
print-letter-address = Anschrift
print-letter-enclosed = Anlagen
chain-whole = Lückenlos.
chain-whole-text = { $count ->
    [one] Der eine Eintrag ist unverändert.
   *[other] Alle { $count } Einträge sind verkettet und unverändert.
}
chain-broken = Die Kette ist gebrochen.
chain-broken-text = Ab Eintrag { $number } stimmt die Historie nicht mehr. Bitte melden Sie das der Verwaltung.
chain-checked = Geprüft { $time }
chain-hash = Schlussprüfsumme
chain-anchored = durch einen Anker gesichert
chain-not-anchored = noch ohne Anker
chain-check = Erneut prüfen
history-caption = Historie des Tickets, neueste zuerst
history-number = Nr.
history-who = Zeit und Person
history-event = Ereignis
history-hash = Prüfsumme
event-nothing = leer
event-removed = entfernt
event-waiting = Wartend
event-opened = Ticket eröffnet
event-received = E-Mail eingegangen
event-replied = Antwort geschrieben
event-note-written = Interne Notiz
event-call-logged = Anruf erfasst
event-assigned = Zuständigkeit geändert
event-deputised = Wegen Abwesenheit weitergegeben
event-moved = Team geändert
event-classified = Fachverfahren geändert
event-district-changed = Bezirk geändert
event-kind-changed = Art geändert
event-prioritised = Priorität geändert
event-state-changed = Status geändert
event-reminder-set = Wiedervorlage geändert
event-reminder-reached = Wiedervorlage erreicht
event-renamed = Titel geändert
event-withdrawn = Antwort zurückgeholt
event-delivery = Versand
event-sent-again = Erneut gesendet
event-receipt-sent = Eingangsbestätigung gesendet
event-receipt-suppressed = Keine Eingangsbestätigung
event-closing-note-sent = Schlussnachricht gesendet
event-closing-note-suppressed = Keine Schlussnachricht
event-files = { $count ->
    [one] 1 Datei
   *[other] { $count } Dateien
}
event-minutes = { $minutes } Min.
suppressed-limit = zu viele E-Mails in kurzer Zeit
suppressed-off = im Postfach abgeschaltet
suppressed-header = Kopfzeile { $header }
suppressed-limit-recipient = zu viele E-Mails an diese Adresse in kurzer Zeit
suppressed-limit-all = automatische Antworten waren angehalten
suppressed-no-mail = keine E-Mail, auf die zu antworten wäre
suppressed-unreadable = die E-Mail ist nicht lesbar
suppressed-own-address = kommt von einer eigenen Adresse
suppressed-own-token = trägt unser eigenes Kennzeichen
suppressed-filter = durch einen Filter
suppressed-reopened = das Ticket ist wieder offen
suppressed-many-recipients = zu viele Antwortadressen
suppressed-unread-address = Adresse, die niemand liest
suppressed-subject = Abwesenheitsnotiz
fact-service-short = Verfahren
owner-me = ich
list-number = Nr.
list-subject = Betreff
list-district-short = Bez.
list-priority-short = Prio
list-changed = Geändert
list-module = Modul
list-modules-of = Module von { $service }
list-created = Eröffnet
list-columns = Spalten wählen
list-columns-apply = Anzeigen
list-group = Gruppieren nach
list-group-not = nicht
list-group-none = ohne Angabe
list-group-open-only = Gruppen gibt es nur, wenn die Liste allein offene Tickets zeigt.
list-facets-bounded = Abgeschlossenes ist nur bis zu einer Grenze gezählt; es können mehr sein.
list-more-services = { $count ->
    [one] 1 weiteres Verfahren
   *[other] { $count } weitere Verfahren
}
list-more-options = { $count ->
    [one] 1 weitere Angabe
   *[other] { $count } weitere Angaben
}
list-more-people = { $count ->
    [one] 1 weitere Person
   *[other] { $count } weitere Personen
}
list-more-teams = { $count ->
    [one] 1 weiteres Team
   *[other] { $count } weitere Teams
}
list-due = Frist
due-is-overdue = Überfällig
due-is-today = Heute
due-is-week = Diese Woche
due-is-later = Später
due-is-none = Ohne laufende Frist
list-choose-all = Alle Tickets auswählen
list-choose = Ticket { $number } auswählen
list-region = Ticketliste
list-to-filter = Zum Filter
list-filter = Filter
list-filter-form = Liste filtern
list-filter-apply = Filtern
list-reset = zurücksetzen
list-any = alle
list-age = Alter
list-age-days = { $days ->
    [one] älter als 1 Tag
   *[other] älter als { $days } Tage
}
list-no-team = ohne Team
list-no-district = ohne Bezirk
list-no-service = ohne Fachverfahren
list-no-reminder = ohne Wiedervorlage
list-silent = Letzte Nachricht
list-lacking = Pflichtfelder
list-lacking-fields = unvollständig
list-silent-days = { $days ->
    [one] vor über 1 Tag
   *[other] vor über { $days } Tagen
}
list-age-hours = { $hours ->
    [one] älter als 1 Stunde
   *[other] älter als { $hours } Stunden
}
list-reminder-passed = überschritten
list-reminder-today = bis heute
list-reminder-week = in 7 Tagen
list-search = Suche
list-chip-lift = Filter { $field } entfernen
list-left = Ticket { $number } ist geändert und steht nicht mehr in Ihrem Bereich.
list-left-to = Ticket { $number } ist jetzt beim Team { $team } und steht nicht mehr in Ihrem Bereich.
list-show-all = Alle offenen Tickets zeigen
list-empty-title = Alles erledigt
list-empty-text = Es gibt kein offenes Ticket. Neue E-Mails erscheinen hier von selbst.
list-empty-filtered-title = Kein Ticket gefunden
list-empty-filtered-text = Zu diesem Filter gibt es kein Ticket. Nehmen Sie einen Filter weg.
list-news = { $count ->
    [one] 1 neues zeigen
   *[other] { $count } neue zeigen
}
kind-incident = Störung
kind-service-request = Serviceauftrag
kind-question = Frage
kind-change = Änderung
kind-requirement = Anforderung
reason-user-error = Bedienung
reason-software-fault = Softwarefehler
reason-data = Daten
reason-rights = Berechtigung
reason-interface = Schnittstelle
reason-law-change = Gesetzesänderung
reason-duplicate = Doppelt gemeldet
reason-no-action = Ohne Maßnahme
ticket-tab-answer = Antworten
event-fields-set = Angaben geändert
event-watched = Beobachtung begonnen
event-unwatched = Beobachtung beendet
event-fields-erased = Der Inhalt wurde gelöscht, seine Prüfsumme bleibt
reusable-question = Wiederverwendbar
reusable-question-more = – die Lösung hilft auch anderen
reusable-is = Wiederverwendbar
reusable-say = Als wiederverwendbar vormerken
reusable-take-back = Vormerkung aufheben
event-reusable = Als wiederverwendbar vorgemerkt
event-reusable-taken-back = Nicht mehr als wiederverwendbar vorgemerkt
event-article-drawn = Artikel begonnen
lesson-page = Artikel aus Ticket { $number }
lesson-title = Artikel aus diesem Fall
lesson-begin-here = Artikel aus diesem Fall
lesson-begin = Entwurf anlegen
lesson-show = Vorschau erneuern
lesson-draft = So beginnt der Entwurf
lesson-removals = { $count ->
    [0] Nichts entfernt
    [one] 1 Angabe entfernt
   *[other] { $count } Angaben entfernt
}
lesson-removals-hint = Links steht, was im Ticket stand, rechts, was jetzt im Entwurf steht. Was sonst auf Personen oder Vorgänge hinweist, erkennt das Programm nicht: Bitte lesen Sie den Entwurf.
lesson-keep = Stehen lassen
lesson-keep-what = Stehen lassen: { $what }
lesson-symptom = Symptom
lesson-cause = Ursache
lesson-solution = Lösung
lesson-reproduction = Nachstellung
lesson-data = Daten
lesson-steps = Schritte
lesson-expected = Erwartet
lesson-seen = Gesehen
event-article-used = Artikel verwendet
