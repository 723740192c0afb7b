# One fault, many tickets: what hangs on it, and the message to all requesters.
fault-title = Fault: tickets and requesters
fault-link = { $count ->
    [0] Fault: hang other tickets on it
    [one] Fault: 1 ticket hangs on it
   *[other] Fault: { $count } tickets hang on it
}
fault-live-since = live since
fault-not-live = Once the repair is live, you can tell all requesters at once.
fault-tickets = Tickets that hang on the fault
fault-own = this fault
fault-told = Told
fault-not-told = not yet
fault-hidden = { $count ->
    [one] One more ticket hangs on it that you may not see.
   *[other] { $count } more tickets hang on it that you may not see.
}
fault-more = Hang more tickets on it
fault-numbers = Ticket numbers
fault-numbers-hint = Separate several numbers by spaces. It works in the list too: choose tickets, then “Hang on a fault”.
fault-numbers-missing = Please enter at least one ticket number.
fault-numbers-many = Please enter no more than { $count } numbers.
fault-numbers-unknown = These tickets do not exist or you do not see them: { $numbers }
fault-add = Hang on it
bulk-hang = Hang on a fault
bulk-hang-set = Hangs on fault
bulk-hang-intro = The tickets are linked to the fault (“caused by”). Once it is repaired, all requesters can be told at once.
bulk-fault = Fault
bulk-fault-number = Or its number
bulk-fault-missing = Please choose a fault or enter its number.
bulk-to-fault = To the fault
bulk-why-no-address = No mail address known
bulk-why-fault = It is the fault itself
tell-all = Tell all requesters
tell-intro = Each requester gets a mail of their own in their own ticket. They learn nothing of the vendor or the vendor’s words unless you write it.
tell-label = Message
tell-hint = Placeholders: { $places }
tell-release = Version with the repair
tell-release-hint = Fills the placeholder for the version.
tell-release-missing = Please enter the version, or take its placeholder out of the text.
tell-solve = Solve the tickets along with it
tell-reason = Reason (when solving)
tell-then = Message to the requesters, state of the tickets
tell-as-they-are = stays
tell-change = Change the message
tell-would = Will be told: { $done }. Left out: { $refused }.
tell-did = Told: { $done }. Left out: { $refused }.
tell-run = { $count ->
    [one] Send 1 message
   *[other] Send { $count } messages
}
tell-sort-would = Will be told
tell-sort-did = Told
tell-sample = What { $name } reads
tell-to = To
tell-subject = Subject
tell-greeting = Dear { $name },
tell-fault = the fault that your request { $number } is about has been repaired.
tell-fault-in = the fault in { $service } that your request { $number } is about has been repaired.
tell-live = The repair is live.
tell-live-with = The repair is live with version { $release }.
tell-check = Please check whether everything now works as you expect. If the fault persists, please answer this message.
event-told-of-repair = Told of the repaired fault
rejected-not-live = The repair is not live. Requesters are told only then.
rejected-already-told = Told already
text-block-kind-notice = Message to requesters
text-block-notice-hint = The ticket of each requester fills these placeholders. Where a language stays empty, the desk’s own proposal stands.
text-block-text-de = Text in German
text-block-text-en = Text in English
text-block-place-greeting = Greeting with the name
text-block-place-name = Name of the requester
text-block-place-release = Version with the repair
repair-is-vendor = lies with the vendor
repair-is-late = vendor is late
repair-is-unit = lies with us
list-vendor-due = Vendor until
