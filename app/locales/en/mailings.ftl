# Serial letters to people: a ticket for each, then the letters from there
mailing = Serial letter to people
mailing-more = Each person is given a ticket of their own that holds their letter; answers come back to it. You see a preview first; nothing is created before.
mailing-subject = Subject
mailing-subject-hint = Becomes the title of each ticket and the subject of each mail.
mailing-lines = People
mailing-lines-hint = One person a line with their mail address. A name and other things may stand beside it, as lines come out of a spreadsheet. At most { $count } people.
mailing-organisation = Everybody at this organisation
mailing-organisation-hint = Added to the lines. Whoever comes twice is written to once.
mailing-organisation-partner = People of vendors and data centres get no serial letter.
mailing-no-organisation = None
mailing-then = After the letter
mailing-then-hint = Applies once the letter is sent or noted. Answers reopen a closed ticket; after the mailbox’s time limit they open a new one.
mailing-then-closed = Close the ticket
mailing-then-waiting = Wait for an answer
mailing-then-open = The ticket stays open
mailing-reason = Reason (when closing)
mailing-nobody = Please name people or choose an organisation.
mailing-too-much = This is too long. At most { $count } lines are read.
mailing-fields-needed = This service asks for things when a ticket is created that a serial letter cannot say: { $fields }. Give these fields a default or choose another service.
mailing-own = Your serial letters
mailing-all = All serial letters
mailing-at = Created
mailing-staged = Waits for you to check it.
mailing-running = Tickets are being created.
mailing-done = Done.
mailing-stopped = Stopped.
mailing-stopping = Being stopped. Tickets already begun are still created.
mailing-failed = Ended because you no longer have a permission it needs.
mailing-would = { $count ->
    [0] Nobody is given a ticket.
    [one] 1 person is given a ticket.
   *[other] { $count } people are given a ticket each.
}
mailing-refused = { $count ->
    [0] Nothing is refused.
    [one] 1 entry is refused.
   *[other] { $count } entries are refused.
}
mailing-would-more = The tickets are yours. Then you choose the template and see each letter before it is sent.
mailing-run = { $count ->
    [one] Create 1 ticket
   *[other] Create { $count } tickets
}
mailing-change = Change what was said
mailing-did = { $count ->
    [0] No ticket is created.
    [one] 1 ticket is created.
   *[other] { $count } tickets are created.
}
mailing-left = Without a ticket
mailing-left-over = { $count ->
    [one] 1 person is left without a ticket.
   *[other] { $count } people are left without a ticket.
}
mailing-line = Line { $line }:
mailing-letters = On to the letter
mailing-letters-more = Nobody is written to yet. Now choose the template and look at the letters.
mailing-letters-left = { $count ->
    [one] The letters were stopped, 1 person is not written to yet.
   *[other] The letters were stopped, { $count } people are not written to yet.
}
mailing-letters-go-on = On to the letter you began
mailing-letters-look = To the report of the letters
mailing-report-name = Not written to
mailing-note = Created for the serial letter “{ $title }”.
mailing-back = To the serial letter
mailing-forgotten = This serial letter is too old. Please begin a new one.
mailing-leave = { $said }, then: { $state }
mailing-why-no-address = There is no mail address here.
mailing-why-several = There are several mail addresses here.
mailing-why-long = The line is too long.
mailing-why-unknown = Nobody with this address is known.
mailing-why-guest = This person belongs to a vendor or data centre and gets no serial letter.
mailing-why-no-mail = This person has no mail address.
mailing-why-left = The serial letter ended before a ticket was created.
mailing-why-many = A serial letter takes no more than { $count } people.
