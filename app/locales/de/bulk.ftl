bulk-region = Aktionen für ausgewählte Tickets
bulk-chosen = ausgewählt
bulk-all = Alle
bulk-all-more = Alle Tickets, die zum Filter passen, auch auf den anderen Seiten
bulk-none = Auswahl aufheben (Esc)
bulk-to-me = Mir zuweisen
bulk-assign = Zuweisen
bulk-state = Status
bulk-classify = Klassifizieren
bulk-more = Mehr
bulk-field = Feld
bulk-state-set = Status setzen
bulk-priority-set = Priorität setzen
bulk-field-set = Feld setzen
bulk-reminder-set = Wiedervorlage setzen
bulk-title = { $verb }: { $count ->
    [one] 1 Ticket
   *[other] { $count } Tickets
}
bulk-to-list = Zur Liste
bulk-nothing = Nichts ausgewählt
bulk-nothing-more = Bitte wählen Sie mindestens ein Ticket. Was Sie gewählt hatten, ist vielleicht nicht mehr da.
bulk-too-many = Die Liste hat mehr als { $count } Tickets. Diese Auswahl enthält die ersten { $count }.
bulk-say-other = Etwas anderes setzen
bulk-choose = Bitte wählen
bulk-next = Weiter
bulk-preview = Vorschau
bulk-run = { $count ->
    [one] 1 Ticket ändern
   *[other] { $count } Tickets ändern
}
bulk-discard = Verwerfen
bulk-stop = Anhalten
bulk-undo = Rückgängig
bulk-to-whom = An wen?
bulk-team = Team { $team }
bulk-reason = Grund (beim Lösen und Schließen)
bulk-reminder-remove = Wiedervorlage entfernen
bulk-which-field = Welches Feld?
bulk-field-empty = Leer lassen heißt: Das Feld wird geleert.
bulk-owner-missing = Bitte wählen Sie eine Person oder ein Team.
bulk-service-missing = Bitte wählen Sie ein Fachverfahren.
bulk-priority-missing = Bitte wählen Sie eine Priorität.
bulk-state-missing = Bitte wählen Sie einen Status.
bulk-field-missing = Bitte wählen Sie ein Feld.
bulk-would = Es ändern sich: { $done }. Es bleiben, wie sie sind: { $same }. Abgelehnt: { $refused }.
bulk-did = Geändert: { $done }. Unverändert: { $same }. Abgelehnt: { $refused }.
bulk-back = Zurückgenommen: { $done }. Unverändert: { $same }. Nicht zurückgenommen: { $refused }.
bulk-done = { $count ->
    [0] Kein Ticket geändert. { $act }
    [one] 1 Ticket geändert. { $act }
   *[other] { $count } Tickets geändert. { $act }
}
bulk-sort-would = Ändern sich
bulk-sort-did = Geändert
bulk-sort-back = Zurückgenommen
bulk-sort-same = Bleiben, wie sie sind
bulk-sort-refused = Abgelehnt
bulk-and-more = { $count ->
    [one] und 1 weiteres
   *[other] und { $count } weitere
}
bulk-why-gone = Nicht mehr da oder nicht mehr für Sie sichtbar
bulk-why-forbidden = Sie dürfen diese Tickets so nicht ändern
bulk-why-changed = Inzwischen geändert
bulk-why-fields = Eine Pflichtangabe fehlt
bulk-why-closed = Gelöst oder geschlossen
bulk-state-running = Wird ausgeführt.
bulk-state-undoing = Wird zurückgenommen.
bulk-state-done = Ausgeführt.
bulk-state-stopped = Angehalten.
bulk-state-undone = Zurückgenommen.
bulk-state-failed = Abgebrochen, weil Ihnen inzwischen ein Recht fehlt.
bulk-progress = { $done } von { $all } Tickets
bulk-begins = Das Fachverfahren füllt leere Felder mit seinen Vorgaben
bulk-begins-in = in { $count ->
    [one] 1 Ticket
   *[other] { $count } Tickets
}
bulk-reusable = Beim Lösen: Die Lösungen sind wiederverwendbar und helfen auch anderen.
bulk-reusable-set = wiederverwendbar
