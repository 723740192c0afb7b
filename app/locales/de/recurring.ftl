# Aufgaben nach Termin
recurring = Aufgaben nach Termin
recurring-new = Neue Aufgabe nach Termin
recurring-none = Noch kommt keine Aufgabe von selbst wieder.
recurring-title = Bezeichnung
recurring-title-hint = Damit beginnt der Titel jedes Tickets; dahinter steht der Tag.
recurring-text = Was zu tun ist
recurring-every = Regel
recurring-working-day = jeden Arbeitstag
recurring-week = an bestimmten Wochentagen
recurring-month-day = an einem Tag jedes Monats
recurring-month-weekday = an einem Wochentag jedes Monats
recurring-last-working-day = am letzten Arbeitstag des Monats
recurring-year = an einem Tag im Jahr
recurring-week-on = wöchentlich: { $days }
recurring-month-on = monatlich am { $day }.
recurring-month-weekday-on = monatlich am { $nth } { $weekday }
recurring-year-on = jährlich am { $day }. { $month }
recurring-weekdays = Wochentage
recurring-day-of-month = Tag im Monat
recurring-which = Der wievielte
recurring-one-weekday = Wochentag
recurring-in-month = Monat
recurring-first = ersten
recurring-second = zweiten
recurring-third = dritten
recurring-fourth = vierten
recurring-last = letzten
recurring-weekday = { $number ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
  }
recurring-month = { $number ->
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
recurring-from = Erster Tag
recurring-until = Letzter Tag
recurring-to-working-day = Fällt der Tag auf einen freien Tag, ist der nächste Arbeitstag gemeint
recurring-ahead = Tage vorher öffnen
recurring-ahead-hint = Das Ticket entsteht morgens um 6 Uhr; 0 heißt am Tag selbst.
recurring-main = Zuständig
recurring-deputy = Vertretung
recurring-no-deputy = keine Vertretung
recurring-who-hint = Ist die zuständige Person nicht da, bekommt die Vertretung das Ticket. Sind beide nicht da, wartet es im Team.
recurring-next = Nächste Termine
recurring-next-day = Nächster Termin
recurring-never = Nach dieser Regel kommt kein Termin mehr.
recurring-nobody = niemand da, wartet im Team
recurring-opened = Zuletzt geöffnet
recurring-left = nicht mehr da
recurring-away = Am { $day } sind weder die zuständige Person noch die Vertretung da.
recurring-away-more = Das Ticket wartet dann im Team. Wählen Sie jemand anderen, wenn das nicht gemeint ist.
recurring-fault-text = Bitte schreiben Sie, was zu tun ist.
recurring-fault-rule = Bitte wählen Sie eine Regel.
recurring-fault-day = Diesen Tag gibt es nicht.
recurring-fault-ahead = Bitte geben Sie eine ganze Zahl von 0 bis 60 an.
recurring-fault-deputy = Niemand vertritt sich selbst.
rejected-no-weekday = Bitte wählen Sie mindestens einen Wochentag.
start-tasks-away = „{ $name }“: Am { $day } ist niemand da, der die Aufgabe erledigt.
event-recurred = Nach Termin geöffnet
rule-recurring = Aufgabe nach Termin
