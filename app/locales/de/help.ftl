# Hilfe
keys-off = Einzelne Tasten lassen sich abschalten:
accessibility-title = Barrierefreiheit
accessibility-aim = Dieser Servicedesk soll für alle bedienbar sein: mit Tastatur, Vorleseprogramm, großer Schrift und ohne JavaScript. Maßstab ist die BITV 2.0 mit den WCAG 2.2, Stufe AA.
accessibility-checked-title = Was geprüft ist
accessibility-checked = Die Seiten werden bei jeder Änderung automatisch mit axe geprüft. Eine Prüfung durch eine unabhängige Stelle gibt es noch nicht.
accessibility-barriers-title = Bekannte Barrieren
accessibility-barriers = E-Mails und Anhänge stammen von anderen Personen. Sie können Bilder ohne Beschreibung oder Dateien enthalten, die nicht barrierefrei sind.
accessibility-report-title = Barriere melden
accessibility-report = Schreiben Sie uns, was Sie hindert und auf welcher Seite. Daraus wird ein Ticket, und Sie erhalten eine Antwort.
accessibility-report-nobody = Sagen Sie der Verwaltung dieses Servicedesks, was Sie hindert und auf welcher Seite.
