# Deadlines, calendars and time limits
event-deadlines-set = Deadline set
event-deadlines-answered = First answer given
event-deadlines-stopped = Deadline on hold
event-deadlines-resumed = Deadline running again
event-deadlines-moved = Deadline recalculated
event-deadlines-ended = Deadline ended
event-deadlines-lifted = Deadline removed
deadline-first-answer-until = First answer by { $time }
deadline-solution-until = Solution by { $time }
settings-time-limit = Time limit
settings-service-time-limit-hint = If none is chosen, that of the service above applies, otherwise the general one.
