# Eine Störung, mehrere Tickets: was an ihr hängt, und die Nachricht an alle Anfragenden.
fault-title = Störung: Tickets und Anfragende
fault-link = { $count ->
    [0] Störung: andere Tickets anhängen
    [one] Störung: 1 Ticket hängt daran
   *[other] Störung: { $count } Tickets hängen daran
}
fault-live-since = in Betrieb seit
fault-not-live = Sobald die Korrektur in Betrieb ist, können Sie alle Anfragenden auf einmal benachrichtigen.
fault-tickets = Tickets, die an der Störung hängen
fault-own = diese Störung
fault-told = Benachrichtigt
fault-not-told = noch nicht
fault-hidden = { $count ->
    [one] Ein weiteres Ticket hängt daran, das Sie nicht sehen dürfen.
   *[other] { $count } weitere Tickets hängen daran, die Sie nicht sehen dürfen.
}
fault-more = Weitere Tickets anhängen
fault-numbers = Ticketnummern
fault-numbers-hint = Mehrere Nummern trennen Sie mit Leerzeichen. In der Liste geht es auch: Tickets auswählen, dann „An Störung hängen“.
fault-numbers-missing = Bitte geben Sie mindestens eine Ticketnummer ein.
fault-numbers-many = Bitte geben Sie höchstens { $count } Nummern ein.
fault-numbers-unknown = Diese Tickets gibt es nicht oder Sie sehen sie nicht: { $numbers }
fault-add = Anhängen
bulk-hang = An Störung hängen
bulk-hang-set = Hängt an Störung
bulk-hang-intro = Die Tickets werden mit der Störung verknüpft („verursacht von“). Ist sie behoben, lassen sich alle Anfragenden auf einmal benachrichtigen.
bulk-fault = Störung
bulk-fault-number = Oder ihre Nummer
bulk-fault-missing = Bitte wählen Sie eine Störung oder geben Sie ihre Nummer ein.
bulk-to-fault = Zur Störung
bulk-why-no-address = Keine E-Mail-Adresse bekannt
bulk-why-fault = Es ist die Störung selbst
tell-all = Alle Anfragenden benachrichtigen
tell-intro = Jede anfragende Person bekommt eine eigene E-Mail in ihrem eigenen Ticket. Vom Hersteller und seinen Worten erfährt sie nichts, wenn Sie es nicht schreiben.
tell-label = Nachricht
tell-hint = Platzhalter: { $places }
tell-release = Version mit der Korrektur
tell-release-hint = Füllt den Platzhalter für die Version.
tell-release-missing = Bitte geben Sie die Version ein oder nehmen Sie ihren Platzhalter aus dem Text.
tell-solve = Tickets dabei lösen
tell-reason = Grund (beim Lösen)
tell-then = Nachricht an die Anfragenden, Status der Tickets
tell-as-they-are = bleibt
tell-change = Nachricht ändern
tell-would = Benachrichtigt werden: { $done }. Ausgelassen: { $refused }.
tell-did = Benachrichtigt: { $done }. Ausgelassen: { $refused }.
tell-run = { $count ->
    [one] 1 Nachricht senden
   *[other] { $count } Nachrichten senden
}
tell-sort-would = Werden benachrichtigt
tell-sort-did = Benachrichtigt
tell-sample = So liest es { $name }
tell-to = An
tell-subject = Betreff
tell-greeting = Guten Tag { $name },
tell-fault = die Störung, zu der Ihre Anfrage { $number } gehört, ist behoben.
tell-fault-in = die Störung in { $service }, zu der Ihre Anfrage { $number } gehört, ist behoben.
tell-live = Die Korrektur ist in Betrieb.
tell-live-with = Die Korrektur ist mit der Version { $release } in Betrieb.
tell-check = Bitte prüfen Sie, ob jetzt alles arbeitet, wie Sie es erwarten. Besteht der Fehler weiter, antworten Sie bitte auf diese Nachricht.
event-told-of-repair = Über die behobene Störung benachrichtigt
rejected-not-live = Die Korrektur ist nicht in Betrieb. Erst dann werden die Anfragenden benachrichtigt.
rejected-already-told = Schon benachrichtigt
text-block-kind-notice = Nachricht an Anfragende
text-block-notice-hint = Diese Platzhalter füllt das Ticket jeder anfragenden Person. Bleibt eine Sprache leer, steht für sie der Vorschlag des Hauses.
text-block-text-de = Text auf Deutsch
text-block-text-en = Text auf Englisch
text-block-place-greeting = Anrede mit dem Namen
text-block-place-name = Name der anfragenden Person
text-block-place-release = Version mit der Korrektur
repair-is-vendor = liegt beim Hersteller
repair-is-late = Hersteller in Verzug
repair-is-unit = liegt bei uns
list-vendor-due = Hersteller bis
