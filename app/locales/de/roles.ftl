# Rollen und Rechte
settings-roles = Rollen und Rechte
role-new = Neue Rolle
role-new-hint = Eine neue Rolle darf zuerst nichts. Was sie darf, legen Sie danach fest.
role-rights = Rechte ansehen und ändern
roles-caption = Rechte je Rolle
roles-right = Recht
roles-people = { $count ->
    [one] 1 Person
   *[other] { $count } Personen
  }
roles-none = nein
roles-everything = alle
roles-own-teams = eigene Teams
roles-own-organisation = eigene Stelle
roles-narrower = nur bestimmte
roles-teams = Teams { $names }
roles-services = Fachverfahren { $names }
roles-values = { $field }: { $names }
roles-short-team = Team
roles-short-organisation = Stelle
roles-short-teams = { $count ->
    [one] 1 Team
   *[other] { $count } Teams
  }
roles-short-services = { $count } Verfahren
roles-short-values = { $count ->
    [one] 1 Wert
   *[other] { $count } Werte
  }
roles-short-several = { $count } Bereiche
roles-cell = { $right }, { $role }: { $level }
roles-cell-changed = { $right }, { $role }: { $level }, geändert
roles-copy = Rolle kopieren
roles-copy-of = Vorbild
roles-exactly = Genauer
roles-effect = Wirkung prüfen
roles-save = Änderungen speichern ({ $count })
roles-how = Ein Klick auf eine Stufe wählt die nächste. Gespeichert wird erst mit „Änderungen speichern“. Kleiner als „alle“ gilt immer auch für Tickets, die jemand selbst bearbeitet.
roles-change = „{ $role }“, { $right }: { $to } statt { $from }
roles-unsaved = { $count ->
    [one] 1 Änderung
   *[other] { $count } Änderungen
  } nicht gespeichert: { $changes }. { $people ->
    [0] Betrifft niemanden.
    [one] Betrifft 1 Person.
   *[other] Betrifft { $people } Personen.
  }
roles-refused = „{ $role }“ ist nicht gespeichert.
roles-choose = { $role }: { $right }
roles-choose-how = Kreuzen Sie an, wo das Recht gilt. Mehreres zusammen heißt: Eines davon genügt. Nichts heißt nein.
roles-choose-levels = Gilt für
roles-choose-services = Fachverfahren, mit allem darunter
roles-choose-take = Übernehmen
roles-choose-unsaved = Übernehmen ändert noch nichts. Gespeichert wird erst in der Übersicht.
roles-compare = Rollen vergleichen
roles-compare-one = Erste Rolle
roles-compare-other = Zweite Rolle
roles-compare-do = Vergleichen
roles-compare-how = Wählen Sie zwei Rollen. Was sich unterscheidet, ist gekennzeichnet.
roles-compare-differs = Unterschied
roles-compare-yes = anders
roles-compare-no = gleich
roles-effect-back = Zurück zur Übersicht
roles-effect-people = { $count ->
    [0] Niemand hat eine dieser Rollen.
    [one] 1 Person hat eine dieser Rollen.
   *[other] { $count } Personen haben eine dieser Rollen.
  }
roles-effect-nothing = Für niemanden ändert sich, welche Tickets zu sehen oder zu bearbeiten sind.
roles-effect-touched = { $count ->
    [one] Für 1 Person kommen Tickets hinzu oder fallen weg.
   *[other] Für { $count } Personen kommen Tickets hinzu oder fallen weg.
  }
roles-effect-uncounted = { $count ->
    [one] 1 weitere Person ist nicht einzeln ausgezählt, weil es zu lange dauerte.
   *[other] { $count } weitere Personen sind nicht einzeln ausgezählt, weil es zu lange dauerte.
  }
roles-effect-how = Gezählt sind alle Tickets. Als Beispiele stehen nur solche, die Sie selbst sehen. Andere Rollen der Personen sind berücksichtigt.
roles-effect-none = nichts
roles-effect-person = Person
roles-effect-comes = Kommt hinzu
roles-effect-goes = Fällt weg
roles-effect-amount = { $open } offene, { $all } insgesamt
roles-group-tickets = Tickets
roles-group-reports = Auswertung
roles-group-mail = Post
roles-group-settings = Verwaltung
permission-read-tickets = Tickets sehen
permission-create-tickets = Tickets anlegen
permission-reply = Antworten
permission-note = Notizen schreiben
permission-assign = Zuweisen
permission-classify = Zuordnen und Felder ändern
permission-set-priority = Priorität ändern
permission-set-state = Zustand und Wiedervorlage ändern
permission-close-tickets = Lösen und schließen
permission-link-tickets = Verknüpfen
permission-merge-tickets = Zusammenführen
permission-redact-messages = Schwärzungen genehmigen
permission-share-with-vendor = Mit Hersteller teilen
permission-withdraw-share = Freigabe zurücknehmen
permission-use-portal = Herstellerportal nutzen
permission-invite-vendors = Zugänge von Herstellern verwalten
permission-book-effort = Aufwand buchen
permission-watch = Beobachten
permission-export-tickets = Listen ausgeben
permission-share-views = Ansichten teilen
permission-enter-absences = Abwesenheiten anderer eintragen
permission-settle-mail = Liegengebliebene Post klären
permission-manage-mailboxes = Postfächer verwalten
permission-manage-people = Personen verwalten
permission-manage-organisations = Stellen verwalten
permission-manage-teams = Teams verwalten
permission-manage-services = Fachverfahren, Fristen, Tätigkeiten, Aufgaben nach Termin und gleichbedeutende Wörter verwalten
permission-manage-fields = Felder verwalten
permission-manage-text-blocks = Textbausteine, Dokumentvorlagen und Checklisten verwalten
permission-read-articles = Artikel lesen
permission-write-articles = Artikel schreiben
permission-review-articles = Artikel anmerken und zurückgeben
permission-publish-articles = Artikel veröffentlichen, stilllegen und Rubriken pflegen
permission-manage-roles = Rollen und Anmeldung verwalten
# Wer sieht was
sight = Wer sieht was und warum
sight-person = Person
sight-ticket = Ticketnummer
sight-do = Ansehen
sight-which = Gemeinte Person
sight-nobody = Niemand heißt so. Geben Sie einen Teil des Namens oder der Adresse ein.
sight-no-ticket = Es gibt kein solches Ticket, oder Sie sehen es nicht.
sight-roles = Rollen: { $names }.
sight-teams = Teams: { $names }.
sight-retired = Diese Person ist außer Gebrauch gesetzt und darf nichts.
sight-held = Darf
sight-why = Warum
sight-yes = ja
sight-partly = teilweise
sight-no-role = Keine Rolle dieser Person enthält es.
sight-owned = bearbeitet es selbst
sight-own-team = liegt bei einem eigenen Team
sight-no-team = liegt bei keinem Team
sight-team = liegt bei einem dieser Teams
sight-service = gehört zu einem dieser Fachverfahren
sight-organisation = kommt von der eigenen Stelle
sight-value = trägt einen dieser Werte
sight-not = reicht nicht bis hierher
sight-not-own-team = liegt bei einem anderen Team
sight-fields = Felder
sight-field = Feld
sight-field-hidden = verborgen
sight-field-read = lesen
sight-field-write = lesen und ändern
sight-field-no-role = Ohne Rolle ist jedes Feld verborgen.
sight-field-out-of-sight = sieht das Ticket nicht
sight-field-nameless = sieht gelöste Fälle nur ohne Namen
sight-field-not-classified = darf Felder dieses Tickets nicht ändern
