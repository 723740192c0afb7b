# Gelöste Fälle ohne Namen
cases = Gelöste Fälle
cases-how = Gelöste und geschlossene Tickets ohne Namen. Personen, Adressen, Rufnummern, Dateien, Notizen und Felder mit freiem Text fehlen; Namen, die der Servicedesk rund um den Fall kennt, sind in Titel und Text durch […] ersetzt. Was jemand sonst in den Text geschrieben hat, kann noch auf Personen hinweisen. Behandeln Sie es vertraulich.
cases-number = Nummer
cases-title = Anliegen
cases-service = Fachverfahren
cases-every-service = Alle Fachverfahren
cases-reason = Ursache
cases-changed = Zuletzt geändert
cases-solved = Gelöst
cases-none = Hier ist noch kein Fall gelöst.
cases-nothing-said = Zu diesem Fall ist kein Text für die anfragende Stelle festgehalten.
cases-asked = Anfrage
cases-answered = Antwort
cases-noted = Vermerk
permission-read-cases = Gelöste Fälle ohne Namen lesen
