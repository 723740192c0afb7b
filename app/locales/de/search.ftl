search-title = Suche
search-form = Tickets und Wissen durchsuchen
search-words = Suchbegriffe
search-go = Suchen
search-kinds = Art der Treffer
search-all = Alles
search-hits = Treffer
search-article = Artikel
search-narrow = Eingrenzen
search-narrow-none = Sobald etwas gefunden ist, grenzen Sie es hier ein.
search-more = { $count } weitere
search-year = Jahr
search-count = { $count ->
    [0] Kein Treffer.
    [one] 1 Treffer.
   *[other] { $count } Treffer.
}
search-count-at-least = Mindestens { $count } Treffer.
search-corrected = Tippfehler berücksichtigt:
search-exactly = Genau so suchen
search-is-exact = Ohne Tippfehler gesucht.
search-with-typos = Tippfehler berücksichtigen
search-relaxed = Auch Treffer, in denen Wörter fehlen.
search-by-fit = Sortiert nach Passung
search-by-newest = Sortiert nach Datum
search-to-fit = nach Passung
search-to-newest = nach Datum
search-no-service = „{ $value }“ ist kein Fachverfahren.
search-no-district = „{ $value }“ ist kein Bezirk.
search-no-state = „{ $value }“ ist kein Status.
search-no-person = Niemand heißt „{ $value }“.
search-no-day = „{ $value }“ ist kein Tag. Schreiben Sie 3.11.2026, 11/2026 oder 2026.
search-no-field = „{ $value }“ ist kein Feld mit Auswahl. Schreiben Sie feld:Name=Wert.
search-none = Nichts gefunden
search-none-more = Versuchen Sie weniger oder allgemeinere Wörter, oder suchen Sie nach dem Wortlaut einer Meldung.
search-wider = Überall suchen
search-away = Die Suche antwortet gerade nicht. Alles andere geht weiter; Tickets finden Sie solange in den Listen.
search-away-list = Zur Liste der Tickets
search-how = So finden Sie mehr
search-how-words = Jedes Wort kommt vor, auch als Teil eines zusammengesetzten; Tippfehler stören nicht.
search-how-phrase = In Anführungszeichen: genau diese Wortfolge.
search-how-without = Mit Minus davor: dieses Wort kommt nicht vor.
search-how-operators = Nur Tickets und Artikel dieses Fachverfahrens, in diesem Status.
search-how-people = Von dieser Person, seit diesem Monat.
