# Fristen, Kalender und Zeitvorgaben
event-deadlines-set = Frist gesetzt
event-deadlines-answered = Erstreaktion erfolgt
event-deadlines-stopped = Frist angehalten
event-deadlines-resumed = Frist läuft weiter
event-deadlines-moved = Frist neu berechnet
event-deadlines-ended = Frist beendet
event-deadlines-lifted = Frist entfällt
deadline-first-answer-until = Erstreaktion bis { $time }
deadline-solution-until = Lösung bis { $time }
settings-time-limit = Zeitvorgabe
settings-service-time-limit-hint = Ohne Angabe gilt die des übergeordneten Fachverfahrens, sonst die allgemeine.
