# Incoming mail: every mail with its fate, settling, reconciliation
inbound = Incoming mail
inbound-find = Find emails
inbound-all = All
inbound-search = Search
inbound-reset = Reset
inbound-none = No email matches this choice.
inbound-mailbox = Mailbox
inbound-day = Day
inbound-fate = Fate
inbound-sender = Sender
inbound-mail-id = Message-ID
inbound-subject = Subject
inbound-at = Received
inbound-why = Reason
inbound-tries = Tries
inbound-size = Size
inbound-ticket = Ticket
inbound-hidden = Belongs to a ticket you do not see
inbound-fate-stored = Waiting
inbound-fate-message = Message
inbound-fate-ticket = New ticket
inbound-fate-copy = Copy
inbound-fate-ignored = Ignored
inbound-fate-failed = Failed
inbound-fate-refused = Turned away
inbound-by-hand = Made by hand
inbound-copy-why = The same email came before.
inbound-tried = { $count ->
    [one] One try failed, the next follows by itself.
   *[other] { $count } tries failed, the next follows by itself.
}
inbound-refused-more = These emails were not accepted. The server that delivers them keeps them and tries again.
inbound-too-large = Larger than permitted
inbound-no-mailbox = No mailbox of this name
inbound-times = Tries
inbound-last = Last try
inbound-decisions = Decisions
inbound-decided-retried = { $person } had it tried again.
inbound-decided-ignored = { $person } ignored the email:
inbound-decided-ticket = { $person } made it a ticket.
inbound-ignore = Ignore
inbound-ignore-hint = The email can still be found, with your reason.
inbound-make-ticket = Make a ticket by hand
inbound-title = Title of the ticket
inbound-requester-email = Email of the requester
inbound-requester-hint = A person is created when the address is unknown.
inbound-requester-name = Name of the requester
inbound-service = Service
inbound-understood = What could be read
inbound-nothing = This is no readable email. It begins like this:
inbound-away = The original cannot be reached at the moment.
inbound-away-more = The file store does not answer. Nothing is lost, try again later.
inbound-from = From
inbound-to = To
inbound-cc = Copy to
inbound-reply-to = Reply to
inbound-in-reply-to = In reply to
inbound-automatic = Automatic
inbound-date = Date of the sender
inbound-no-text = The email has no text.
inbound-excerpt = Text of the email
inbound-more-text = The text goes on. Download the original to read all of it.
inbound-files = Attachments
inbound-files-more = Further attachments are in the original.
inbound-still-tried = Not yet successful
inbound-still-tried-more = The next try follows by itself. If this goes on, check the database and the file store.
inbound-alarm-more = The alarm stays until each of these emails is taken in or settled.
reconciliation = Mail reconciliation
reconciliation-choose = Choose a mailbox
reconciliation-more = Every email seen must be stored, and every email stored must have become something. This is checked every night.
reconciliation-none = No email came in on these days.
reconciliation-seen = Seen
reconciliation-stored = Stored
reconciliation-result = Result
reconciliation-adds-up = Adds up
reconciliation-right = All sums add up.
reconciliation-wrong = { $count ->
    [one] The sum of one day is wrong.
   *[other] The sums of { $count } days are wrong.
}
reconciliation-wrong-more = The nightly check opens one ticket a day for them.
reconciliation-off-stored = Stored: { $count }
reconciliation-off-settled = Fates: { $count }
reconciliation-ticket-title = Mail reconciliation: mailbox { $mailbox } is wrong on { $day }
reconciliation-ticket-body = The nightly reconciliation has found a fault.

    Mailbox: { $mailbox }
    Day: { $day }
    Seen: { $seen }
    Stored: { $stored }
    Messages: { $messages }
    New tickets: { $tickets }
    Copies: { $copies }
    Ignored: { $ignored }
    Failed: { $failed }
    Waiting: { $waiting }

    Please compare in the settings under mail reconciliation which emails are missing, and look into the mailbox itself.
