# Times and dates
time-today = today
time-yesterday = yesterday
time-tomorrow = tomorrow
time-now = just now
time-ago = { $duration } ago
time-in = in { $duration }
time-day-and-time = { $day }, { $time }
time-weekday-and-date = { $weekday }, { $date }
time-date = %-d %b %Y
time-date-in-year = %-d %b
time-weekday = { $number ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
duration-minutes = { $count } min
duration-hours = { $count } hr
duration-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
