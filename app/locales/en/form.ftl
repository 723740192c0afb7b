# Input
form-faults = { $count ->
    [one] Please check one entry.
   *[other] Please check { $count } entries.
}
form-optional = (optional)
