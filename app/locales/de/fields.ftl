field-kind-text = Text
field-kind-long-text = Langer Text
field-kind-choice = Auswahl
field-kind-choices = Mehrfachauswahl
field-kind-tree = Auswahl mit Unterpunkten
field-kind-yes-no = Ja oder Nein
field-kind-whole = Ganze Zahl
field-kind-decimal = Dezimalzahl
field-kind-money = Geldbetrag
field-kind-date = Datum
field-kind-moment = Datum und Uhrzeit
field-kind-person = Person
field-kind-organisation = Organisation
field-kind-ticket = Ticket
field-kind-external = Externe Nummer
field-needed-create = beim Anlegen
field-needed-classify = beim Zuordnen eines Fachverfahrens
field-needed-vendor = vor einer Anfrage beim Hersteller
field-needed-close = vor dem Lösen und Schließen
field-yes = Ja
field-no = Nein
field-fault-missing = Bitte füllen Sie dieses Feld aus.
field-fault-short = Bitte geben Sie mindestens { $count } Zeichen ein.
field-fault-long = Möglich sind höchstens { $count } Zeichen.
field-fault-small = Bitte geben Sie mindestens { $bound } ein.
field-fault-large = Bitte geben Sie höchstens { $bound } ein.
field-fault-pattern = Die Angabe hat nicht die erwartete Form.
field-fault-pattern-help = Die Angabe hat nicht die erwartete Form. { $help }
field-fault-offered = Dieser Wert steht hier nicht (mehr) zur Auswahl. Bitte wählen Sie einen anderen.
field-fault-whole = Bitte geben Sie eine ganze Zahl ein, zum Beispiel 4.
field-fault-money = Bitte geben Sie einen Betrag ein, zum Beispiel 12,50.
field-fault-number = Bitte geben Sie eine Zahl ein, zum Beispiel 2,5.
field-fault-date = Bitte geben Sie einen Tag an, den es gibt, zum Beispiel 24.11.2026.
field-fault-found = Das wurde nicht gefunden. Bitte wählen Sie aus der Liste.
field-needed = Pflicht
field-option-old = { $option } (nicht mehr zur Auswahl)
field-find = Tippen, um zu suchen
field-hits = Treffer
fields-filled = { $filled } von { $count } Feldern
fields-empty = { $count ->
    [one] Ein leeres Feld zeigen
   *[other] { $count } leere Felder zeigen
}
fields-next = { $count ->
    [one] Noch eine Pflichtangabe
   *[other] Noch { $count } Pflichtangaben
}
fields-same = Wie im letzten Ticket dieser Person
fields-missing-in = Bitte ergänzen Sie zuerst: { $fields }.
settings-fields = Dynamische Felder
settings-field-new = Neues Feld
field-label-de = Bezeichnung (Deutsch)
field-label-en = Bezeichnung (Englisch)
field-kind = Feldart
field-key = Kennung
field-key-hint = Steht in Adressen und Exporten und bleibt, zum Beispiel release-stand
field-help-de = Hilfetext (Deutsch)
field-help-en = Hilfetext (Englisch)
field-group-de = Gruppe (Deutsch)
field-group-en = Gruppe (Englisch)
field-position = Platz in der Reihenfolge
field-limits = Prüfung
field-min = Kleinster Wert oder kürzeste Länge
field-max = Größter Wert oder längste Länge
field-pattern = Muster für den ganzen Text
field-link = Adresse zur Nummer
field-examples = Beispiele für das Muster
field-examples-hint = Eine Zeile je Beispiel. Die Vorschau zeigt, welche passen.
field-examples-none = Noch keine Beispiele.
field-example-fits = passt
field-example-fails = passt nicht
field-options = Auswahlwerte
field-options-text = Auswahlwerte, eine Zeile je Wert
field-options-hint = Deutsch | Englisch. Ein Strich am Anfang stellt den Wert unter den vorigen. Eine Tilde legt ihn still. Hinter „ @ “ steht, wozu er gehört, mehrere mit Semikolon. Die Kennung am Ende lassen Sie stehen: So bleibt ein Wert derselbe, auch wenn Sie ihn umbenennen oder verschieben.
field-options-use = Verwendung der Auswahlwerte
field-options-empty = Zeile { $line } hat keine Bezeichnung.
field-options-long = Zeile { $line } ist zu lang.
field-options-level = Zeile { $line } ({ $option }) hat keinen Wert eine Stufe darüber.
field-options-mark = Zeile { $line }: Die Kennung { $option } gehört zu keinem Wert dieses Felds. Löschen Sie sie, dann wird es ein neuer Wert.
field-options-mark-twice = Zeile { $line }: Die Kennung { $option } steht schon in einer Zeile davor.
field-option-renamed = Umbenannt:
field-options-twice = Zeile { $line }: „{ $option }“ steht dort schon.
field-options-giver = Zeile { $line }: „{ $option }“ ist nicht bekannt.
field-options-more = Dazu { $count ->
    [one] eine weitere Zeile
   *[other] { $count } weitere Zeilen
} mit Fehlern.
field-options-told = { $count } Auswahlwerte sind in Gebrauch, { $retired } stillgelegt.
field-option = Auswahlwert
field-use = Tickets
field-depends = Auswahlwerte hängen ab von
field-depends-hint = Dann gelten die Angaben hinter „ @ “.
field-depends-nothing = nichts
field-depends-service = Fachverfahren oder Modul des Tickets
field-required = Wann ist die Angabe Pflicht?
field-shown = Wo erscheint das Feld?
field-shown-hint = Ohne Haken erscheint es überall.
field-shown-kinds = Bei diesen Arten
field-shown-teams = Bei diesen Teams
field-shown-services = Bei diesen Fachverfahren und ihren Modulen
field-defaults = Vorbelegung
field-default = Für alle neuen Tickets
field-by-service = Nach Fachverfahren
field-by-mailbox = Nach Postfach
field-by-hint = Eine Zeile je Eintrag: Name = Wert
field-preset-unknown = „{ $line }“: Diesen Namen gibt es nicht.
field-personal = Der Inhalt ist personenbezogen
field-personal-hint = Wer gelöste Fälle nur ohne Namen lesen darf, sieht dieses Feld nie, und was in ihm steht, ist für diese Personen auch in Titel und Texten geschwärzt. Freie Texte, Personen und Stellen sehen sie ohnehin nie.
field-personal-mark = personenbezogen
field-rights = Rechte der Rollen
field-rights-hint = Wer mehrere Rollen hat, für den gilt die weiteste.
field-hidden = Diese Rollen sehen das Feld nicht
field-readonly = Diese Rollen sehen es, ändern es aber nicht
field-used = { $count ->
    [0] Noch kein Ticket hat hier eine Angabe.
    [one] Das Feld ist in einem Ticket gefüllt.
   *[other] Das Feld ist in { $count } Tickets gefüllt.
}
field-used-more = Art und Kennung bleiben, damit alte Angaben ihren Sinn behalten.
field-preview = Vorschau
field-preview-live = ändert sich beim Tippen
field-preview-form = In Formularen
field-preview-fault = Bei ungültiger Eingabe
field-preview-fact = Im Faktenbereich
field-preview-pattern = Muster und Beispiele
list-order = Sortieren nach
list-order-down = { $field }, absteigend
list-order-own = wie gewählt
list-field-begins = beginnt mit …
list-field-range = 5 oder 5..20
list-field-dates = 1.11.2026..30.11.2026
field-differing = Gespeichert ist inzwischen etwas anderes. Wenn Sie erneut speichern, gilt, was Sie hier sehen:
field-differs = anders gespeichert
field-label = Bezeichnung
field-help = Hilfetext
field-group = Gruppe
field-history = Historie der Definition
field-history-of = Historie von { $field }
field-history-back = Zum Feld
field-history-options = { $count } Auswahlwerte
field-history-option-new = neu { $option }
field-history-option-retired = stillgelegt { $option }
field-event-created = Angelegt
field-event-updated = Geändert
field-event-retired = Stillgelegt
field-event-restored = Wieder in Gebrauch
