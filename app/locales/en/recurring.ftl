# Tasks by date
recurring = Tasks by date
recurring-new = New task by date
recurring-none = No recurring task yet.
recurring-title = Name
recurring-title-hint = The title of each ticket starts with it, followed by the day.
recurring-text = What is to be done
recurring-every = Rule
recurring-working-day = every working day
recurring-week = on certain weekdays
recurring-month-day = on a day of each month
recurring-month-weekday = on a weekday of each month
recurring-last-working-day = on the last working day of the month
recurring-year = on a day of the year
recurring-week-on = weekly: { $days }
recurring-month-on = monthly on day { $day }
recurring-month-weekday-on = monthly on the { $nth } { $weekday }
recurring-year-on = yearly on { $day } { $month }
recurring-weekdays = Weekdays
recurring-day-of-month = Day of the month
recurring-which = Which one
recurring-one-weekday = Weekday
recurring-in-month = Month
recurring-first = first
recurring-second = second
recurring-third = third
recurring-fourth = fourth
recurring-last = last
recurring-weekday = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
  }
recurring-month = { $number ->
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
recurring-from = First day
recurring-until = Last day
recurring-to-working-day = If the day is not a working day, the next working day is meant
recurring-ahead = Open days before
recurring-ahead-hint = The ticket is opened at 6 in the morning; 0 means on the day itself.
recurring-main = Responsible
recurring-deputy = Deputy
recurring-no-deputy = no deputy
recurring-who-hint = When the responsible person is away, the deputy gets the ticket. When both are away, it waits in the team.
recurring-next = Next dates
recurring-next-day = Next date
recurring-never = This rule gives no further dates.
recurring-nobody = nobody there, waits in the team
recurring-opened = Last opened
recurring-left = no longer here
recurring-away = On { $day } neither the responsible person nor the deputy is there.
recurring-away-more = The ticket will wait in the team. Choose somebody else if that is not meant.
recurring-fault-text = Please say what is to be done.
recurring-fault-rule = Please choose a rule.
recurring-fault-day = There is no such day.
recurring-fault-ahead = Please enter a whole number from 0 to 60.
recurring-fault-deputy = Nobody stands in for themselves.
rejected-no-weekday = Please choose at least one weekday.
start-tasks-away = “{ $name }”: on { $day } nobody is there to do the task.
event-recurred = Opened by date
rule-recurring = Task by date
