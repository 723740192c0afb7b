# Checklisten in Tickets und ihre Vorlagen
checklist = Checkliste
checklist-progress = { $done } von { $all } erledigt
checklist-add = Punkte hinzufügen
checklist-edit = „{ $text }“ ändern
checklist-edit-short = Punkt ändern
checklist-tick = { $text }
checklist-is-done = erledigt
checklist-is-open = offen
checklist-due = bis { $day }
checklist-overdue = seit { $day } überfällig
checklist-open-warning = { $count ->
    [one] 1 Punkt der Checkliste ist noch offen.
   *[other] { $count } Punkte der Checkliste sind noch offen.
  }
checklist-line = Punkt
checklist-responsible = Zuständig
checklist-nobody = niemand Bestimmtes
checklist-owner = wer das Ticket bearbeitet
checklist-due-on = Fällig am
checklist-template = Vorlage
checklist-take = Vorlage einfügen
checklist-add-line = Punkt hinzufügen
checklist-up = Nach oben
checklist-down = Nach unten
checklist-remove = Punkt entfernen
checklist-fault-empty = Bitte schreiben Sie, was zu tun ist.
checklist-fault-long = Ein Punkt hat höchstens 300 Zeichen.
checklist-fault-sees = Diese Person sieht das Ticket nicht. Wählen Sie jemand anderen oder niemanden.
checklist-fault-days = Bitte geben Sie eine ganze Zahl von Tagen an, höchstens 3650.
checklist-fault-none = Eine Checkliste braucht mindestens einen Punkt.
checklists = Checklisten
checklist-new = Neue Checkliste
checklist-none-yet = Noch gibt es keine Vorlage für Checklisten.
checklist-services = Angeboten für
checklist-for-all = alle
checklist-steps = Punkte
checklist-steps-hint = Der Reihe nach; leere Zeilen entfallen. Die Tage zählen ab dem Tag, an dem die Checkliste ins Ticket kommt. Ohne Fachverfahren wird sie überall angeboten.
checklist-step = Punkt { $number }
checklist-days = Tage bis fällig
checklist-count = { $count ->
    [one] 1 Punkt
   *[other] { $count } Punkte
  }
event-checklist-added = Checkliste ergänzt
event-checklist-changed = Punkt der Checkliste geändert
event-checklist-ticked = Punkt der Checkliste erledigt
event-checklist-unticked = Punkt der Checkliste wieder offen
event-checklist-moved = Punkt der Checkliste verschoben
event-checklist-removed = Punkt der Checkliste entfernt
rejected-too-many-steps = Das sind zu viele Punkte für eine Checkliste.
start-lines = Ihre Punkte aus Checklisten
