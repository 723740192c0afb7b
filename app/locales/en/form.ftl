# Input
form-faults = { $count ->
    [one] Please check one entry.
   *[other] Please check { $count } entries.
}
form-optional = (optional)
find-more = { $shown } of { $total }, type on to narrow
find-narrow = Narrow
