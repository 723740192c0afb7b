# Zustand und Priorität
state-new = Neu
state-open = In Bearbeitung
state-waiting-requester = Rückfrage
state-waiting-vendor = Beim Hersteller
state-waiting-date = Zurückgestellt
state-solved = Gelöst
state-closed = Geschlossen
state-merged = Zusammengeführt
priority-low = Niedrig
priority-normal = Normal
priority-high = Hoch
priority-very-high = Sehr hoch
priority-named = Priorität { $priority }
reason-choose = Bitte wählen
