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

# Eigene Tasten
own-keys-title = Tasten ändern
own-keys-lead = Drücken Sie in einem Feld die Taste, die dasselbe tun soll; zwei nacheinander gehen auch. Kürzel mit Strg, Enter und Esc bleiben, wie sie sind. In Eingabefeldern schreiben Tasten immer.
own-keys-usual = üblich: { $key }
own-keys-reset = Alle zurücksetzen
own-keys-saved = Gespeichert. Die Tasten wirken ab jetzt so.
own-keys-are-off = Einzelne Tasten sind bei Ihnen abgeschaltet.
own-keys-fault = Bitte drücken Sie eine Taste, oder zwei nacheinander.
own-keys-taken = Diese Taste ist schon belegt: { $does }.
keys-vendor = An den Hersteller schreiben
keys-in-article = In einem Artikel
keys-watch-article = Beobachten
keys-bold = Fett (beim Schreiben)
keys-in-fields = Beim Schreiben
keys-mention = Jemanden erwähnen (in Notizen)
keys-block = Textbaustein einfügen (auch mit /)
keys-cancel = Abbrechen, Liste oder Menü schließen
