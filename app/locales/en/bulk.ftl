bulk-region = Actions for selected tickets
bulk-chosen = selected
bulk-all = All
bulk-all-more = All tickets that match the filter, on the other pages too
bulk-none = Clear the selection (Esc)
bulk-to-me = Assign to me
bulk-assign = Assign
bulk-state = State
bulk-classify = Classify
bulk-more = More
bulk-field = Field
bulk-state-set = Set the state
bulk-priority-set = Set the priority
bulk-field-set = Set a field
bulk-reminder-set = Set the follow-up
bulk-title = { $verb }: { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
}
bulk-to-list = To the list
bulk-nothing = Nothing selected
bulk-nothing-more = Please select at least one ticket. What you had selected may no longer be there.
bulk-too-many = The list has more than { $count } tickets. This selection holds the first { $count }.
bulk-say-other = Set something else
bulk-choose = Please choose
bulk-next = Next
bulk-preview = Preview
bulk-run = { $count ->
    [one] Change 1 ticket
   *[other] Change { $count } tickets
}
bulk-discard = Discard
bulk-stop = Stop
bulk-undo = Undo
bulk-to-whom = To whom?
bulk-team = Team { $team }
bulk-reason = Reason (for solving and closing)
bulk-reminder-remove = Remove the follow-up
bulk-which-field = Which field?
bulk-field-empty = Left empty, the field is cleared.
bulk-owner-missing = Please choose a person or a team.
bulk-service-missing = Please choose a service.
bulk-priority-missing = Please choose a priority.
bulk-state-missing = Please choose a state.
bulk-field-missing = Please choose a field.
bulk-would = Will change: { $done }. Stay as they are: { $same }. Refused: { $refused }.
bulk-did = Changed: { $done }. Unchanged: { $same }. Refused: { $refused }.
bulk-back = Undone: { $done }. Unchanged: { $same }. Not undone: { $refused }.
bulk-done = { $count ->
    [0] No ticket changed. { $act }
    [one] 1 ticket changed. { $act }
   *[other] { $count } tickets changed. { $act }
}
bulk-sort-would = Will change
bulk-sort-did = Changed
bulk-sort-back = Undone
bulk-sort-same = Stay as they are
bulk-sort-refused = Refused
bulk-and-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
bulk-why-gone = No longer there, or no longer visible to you
bulk-why-forbidden = You may not change these tickets so
bulk-why-changed = Changed meanwhile
bulk-why-fields = A required field is empty
bulk-why-closed = Solved or closed
bulk-state-running = Under way.
bulk-state-undoing = Being undone.
bulk-state-done = Done.
bulk-state-stopped = Stopped.
bulk-state-undone = Undone.
bulk-state-failed = Ended early, because you lack a right by now.
bulk-progress = { $done } of { $all } tickets
bulk-begins = The service fills empty fields with its defaults
bulk-begins-in = in { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
}
bulk-reusable = When solving: the solutions are reusable and help others too.
bulk-reusable-set = reusable
