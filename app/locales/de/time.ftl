# Zeiten und Daten
time-today = heute
time-yesterday = gestern
time-tomorrow = morgen
time-now = gerade eben
time-ago = vor { $duration }
time-in = in { $duration }
time-day-and-time = { $day }, { $time }
time-weekday-and-date = { $weekday }, { $date }
time-date = %d.%m.%Y
time-date-in-year = %d.%m.
time-weekday = { $number ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
}
duration-minutes = { $count } Min.
duration-hours = { $count } Std.
duration-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
