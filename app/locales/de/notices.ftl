# Hinweise: was jemand über seine Tickets erfahren soll
nav-notices = Hinweise
nav-notices-unread = { $count ->
    [one] Hinweise, 1 ungelesen
   *[other] Hinweise, { $count } ungelesen
}
nav-notices-many = Hinweise, mehr als { $count } ungelesen
notices-title = Hinweise
notices-read-all = Alle als gelesen markieren
notices-new = neu
notices-empty = Keine Hinweise.
notices-empty-text = Läuft eine Frist Ihrer Tickets, Ihres Teams oder beobachteter Tickets bald ab, dann erfahren Sie es hier.
