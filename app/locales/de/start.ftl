# Startseite
start-good-morning = Guten Morgen, { $name }
start-good-day = Guten Tag, { $name }
start-good-evening = Guten Abend, { $name }
start-frau = Frau { $name }
start-herr = Herr { $name }
start-date = { $weekday }, { $day }. { $month } { $year } · { $time } Uhr
start-weekday = { $number ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
start-month = { $number ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
start-count-overdue = überfällig
start-count-due = heute fällig
start-count-today = { $count ->
    [one] Wiedervorlage heute
   *[other] Wiedervorlagen heute
}
start-count-new = neu
start-count-mine = { $count ->
    [one] eigenes offenes
   *[other] eigene offene
}
start-mine = Ihr Tag nach Fristen
start-mine-empty = Sie haben keine offenen Tickets.
start-mine-empty-text = Übernehmen Sie ein neues Ticket Ihres Teams, dann steht es hier.
start-nothing-today = Heute ist nichts fällig. Legen Sie im Ticket eine Wiedervorlage an, dann erinnern wir Sie hier.
start-all-mine = Alle { $count } zeigen
start-next = Nächstes Ticket öffnen
start-passed = Überfällig
start-now = jetzt
start-new = Neu für Ihr Team
start-new-empty = Nichts Neues. Was ankommt, erscheint hier von selbst.
start-take-oldest = Ältestes übernehmen
start-service-open = Verfahren noch offen
start-calendar-fails = Der Kalender mit Ihren Abwesenheiten lässt sich seit mehr als einem Tag nicht lesen.
start-undelivered = E-Mails konnten nicht gesendet werden.
start-returned = E-Mails kamen zurück. Die Empfänger haben sie nicht erhalten.
start-undelivered-look = Sehen Sie nach in
start-unread-mail = { $count ->
    [one] Eine E-Mail ist zu keinem Ticket geworden.
   *[other] { $count } E-Mails sind zu keinem Ticket geworden.
}
start-mail-alarm = { $count ->
    [one] Alarm: Eine E-Mail ließ sich in drei Versuchen nicht übernehmen.
   *[other] Alarm: { $count } E-Mails ließen sich in drei Versuchen nicht übernehmen.
}
start-unread-mail-look = Ansehen
