# Start page
start-good-morning = Good morning, { $name }
start-good-day = Hello, { $name }
start-good-evening = Good evening, { $name }
start-frau = Ms { $name }
start-herr = Mr { $name }
start-date = { $weekday }, { $day } { $month } { $year } · { $time }
start-weekday = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
start-month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
start-count-overdue = overdue
start-count-due = due today
start-count-today = { $count ->
    [one] follow-up today
   *[other] follow-ups today
}
start-count-new = new
start-count-mine = { $count ->
    [one] own open
   *[other] own open
}
start-mine = Your day by deadlines
start-mine-empty = You have no open tickets.
start-mine-empty-text = Take a new ticket of your team, and it appears here.
start-nothing-today = Nothing is due today. Set a follow-up in a ticket, and we remind you here.
start-all-mine = Show all { $count }
start-next = Open next ticket
start-passed = Overdue
start-now = now
start-new = New for your team
start-new-empty = Nothing new. What arrives appears here by itself.
start-take-oldest = Take the oldest
start-service-open = Service still open
start-calendar-fails = The calendar with your absences could not be read for more than a day.
start-undelivered = Emails could not be sent.
start-returned = Emails came back. Their recipients never received them.
start-undelivered-look = Please look at
start-unread-mail = { $count ->
    [one] One email became no ticket.
   *[other] { $count } emails became no ticket.
}
start-mail-alarm = { $count ->
    [one] Alarm: one email could not be taken in after three tries.
   *[other] Alarm: { $count } emails could not be taken in after three tries.
}
start-unread-mail-look = Look at them
