# Tickets
ticket-word = Ticket
ticket-unread = New message:
ticket-place = { $place } of { $count }
ticket-previous = Previous ticket
ticket-next = Next ticket
ticket-print = Print view
ticket-rename = Change the title
ticket-watch = Watch
ticket-reminder = Follow-up
ticket-reminder-since = { $duration } ago
ticket-reminder-since-moment = since { $moment }
ticket-reminder-at = Follow-up { $time }
ticket-reminder-passed = Follow-up overdue: { $time }
ticket-tabs = Parts of the ticket
ticket-tab-thread = Thread
ticket-tab-facts = Facts
ticket-tab-files = Files
ticket-tab-history = History
pane-to-filter = To the list with filters
pane-empty-title = Nothing is open here
pane-empty-text = There is no ticket in this list.
channel-mail = Email
channel-phone = Phone
channel-note = Note
thread-new-since = New since your last visit
thread-new = New
message-by = Entry by { $name }
message-quoted = Quoted messages
message-receipt-show = Show the text
message-from-system = Automatic
message-from-unknown = Unknown sender
message-kind-note = Internal note · only your team sees it
message-kind-call-in = Call
message-kind-call-in-minutes = Call, { $minutes } min
message-kind-call-out = Called
message-kind-call-out-minutes = Called, { $minutes } min
message-kind-mail = Email
message-kind-mail-from = Email from { $address }
message-kind-receipt = Receipt
message-kind-closing-note = Closing note
message-kind-reply-to = Reply to { $name }
message-to = To:
message-cc = Copy:
message-bcc = Blind copy:
message-withdrawn-text = Taken back before the email was sent.
message-warning = Something stood out when this email was read.
message-warning-raw = You can download the original.
message-table = Table
message-text-cut = The text is very long. It is complete in the original email.
message-original = Original view of the email
message-original-link = Open original view
message-remote-images = { $count ->
    [one] 1 picture from the internet was not loaded.
   *[other] { $count } pictures from the internet were not loaded.
}
message-pixels = { $count ->
    [one] 1 tracking pixel blocked ({ $hosts }).
   *[other] { $count } tracking pixels blocked ({ $hosts }).
}
message-absence = Absence note from { $name }
message-report = Report of the mail server
message-automatic = Automatic email from { $name }
message-signed-smime = Signed (S/MIME), not verified
message-signed-pgp = Signed (PGP), not verified
message-signature-file = Download signature
message-encrypted-smime = This email is encrypted (S/MIME).
message-encrypted-pgp = This email is encrypted (PGP).
message-encrypted-what-to-do = Download the original and open it in a mail program that has the key.
warning-missing-from = The sender is missing.
warning-several-from = Several senders are given; the first one is shown.
warning-missing-date = The date is missing or cannot be read.
warning-missing-message-id = The email has no identifier. Answers to it are harder to assign.
warning-undeclared-header-bytes = Special letters in the head of the email were not declared and had to be guessed.
warning-charset-guessed = The character set was wrong and had to be guessed. Special letters may be wrong.
warning-charset-unknown = The character set is unknown. Some characters may be wrong.
warning-broken-encoding = A part was badly encoded. Text or files may be incomplete.
warning-missing-closing-boundary = The end of the email is missing. It may be incomplete.
warning-nested-too-deep = The email is nested very deeply. Not all parts were read.
warning-nul-removed = Characters that are not allowed were removed.
warning-invisible-removed = Invisible characters in subject or sender were removed. Such characters are sometimes meant to deceive.
warning-file-name-cleaned = A file name held invisible characters or ones that are not allowed, and was changed.
warning-header-cut = A header line was far too long and was cut.
warning-tnef = Outlook has packed parts of the email into the file winmail.dat.
warning-html-cut = The email is very long. Only its beginning is shown here; the original view shows more.
warning-message-id-seen-before = Another email with the same identifier has come in before.
warning-encrypted = The email is encrypted.
warning-other = The email was damaged and was read as well as possible.
original-back = Back to the ticket
original-frame = Email in its own design
original-load-images = Load pictures from the internet
original-load-images-hint = The sender can then see that the email is being read.
original-remote-shown = Your browser loads pictures from the internet. The sender can see that.
message-raw = Download the original email
message-send-again = Send again
threaded-token = Filed by our own mark.
threaded-bounce = Filed as a report of the mail server.
threaded-references = Filed as an answer to an earlier email.
threaded-number = Filed by the number in the subject.
threaded-stranger = Names { $number } in the subject, but the sender does not take part there.
threaded-closed = Belongs to { $number }; that ticket has been closed for long.
threaded-by-hand = Filed by hand.
delivery-queued = being sent
delivery-limited = waits for the hourly limit until
delivery-sent = sent
delivery-withdrawn = taken back
delivery-failed = not sent
delivery-bounced = not delivered
facts-label = Facts of the ticket
facts-scroll = Facts, scrollable
facts-case = Case
facts-classification = Classification
facts-requester = Requester
facts-origin = Origin
facts-others = Other open tickets
facts-all-of-requester = All tickets of this person
fact-change = Change { $fact }:
fact-none = not given
fact-unknown = unknown
fact-state = State
fact-reason = Reason
fact-owner = Owner
fact-team = Team
fact-priority = Priority
fact-reminder = Follow-up
fact-watchers = Watched by
fact-service = Service
fact-kind = Kind
fact-district = District
fact-created = Opened
fact-channel = Channel
fact-mailbox = Mailbox
fact-first-reply = First reply
fact-solved = Solved
fact-name = Name
fact-email = Email
fact-phone = Phone
fact-organisation = Organisation
rule-mail-intake = Incoming mail
rule-mail-delivery = Outgoing mail
rule-receipt = Receipt
rule-closing-note = Closing note
rule-reminder = Follow-up
rule-deadline = Deadline
rule-imported-deadline = Deadline (brought in)
rule-auto-close = Automatic closing
rule-reconciliation = Mail reconciliation
rule-import = Import
rule-own-account = Link in a mail
rule-sign-on = Sign-in by a provider
rule-console = Server administration
rule-system = System
fact-title = Title
fact-save = Apply
fact-cancel = Cancel
fact-change-title = Change { $fact }
owner-nobody = nobody
team-choose = Please choose
team-missing = Please choose a team.
state-until = Follow-up
reminder-tomorrow = Tomorrow, 9:00
reminder-in-a-week = In a week
reminder-remove = Remove
reminder-missing = Please give a date and a time.
files-empty-title = No files
files-empty-text = Files of emails, replies and notes are listed here.
file-view = View { $name }
file-tnef = Outlook package (TNEF)
file-view-short = View
print-back = Back to the ticket
print-how = To print: Ctrl P
print-with-notes = With internal notes
print-without-notes = Without internal notes
print-letter-open = Print as a letter
print-letter-hint = Where something of the address is missing, type it into the dashed field before you print. It is kept nowhere.
print-letter-address = Address
print-letter-enclosed = Enclosed
chain-whole = Complete.
chain-whole-text = { $count ->
    [one] The one entry is unchanged.
   *[other] All { $count } entries are chained and unchanged.
}
chain-broken = The chain is broken.
chain-broken-text = From entry { $number } on the history does not hold. Please tell the administrators.
chain-checked = Checked { $time }
chain-hash = Final checksum
chain-anchored = covered by an anchor
chain-not-anchored = not anchored yet
chain-check = Check again
history-caption = History of the ticket, newest first
history-number = No.
history-who = Time and person
history-event = Event
history-hash = Checksum
event-nothing = empty
event-removed = removed
event-waiting = Waiting
event-opened = Ticket opened
event-received = Email received
event-replied = Reply written
event-note-written = Internal note
event-call-logged = Call logged
event-assigned = Owner changed
event-deputised = Passed on because of an absence
event-moved = Team changed
event-classified = Service changed
event-district-changed = District changed
event-kind-changed = Kind changed
event-prioritised = Priority changed
event-state-changed = State changed
event-reminder-set = Follow-up changed
event-reminder-reached = Follow-up due
event-renamed = Title changed
event-withdrawn = Reply taken back
event-delivery = Sending
event-sent-again = Sent again
event-receipt-sent = Receipt sent
event-receipt-suppressed = No receipt
event-closing-note-sent = Closing note sent
event-closing-note-suppressed = No closing note
event-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
event-minutes = { $minutes } min
suppressed-limit = too many emails in a short time
suppressed-off = switched off for the mailbox
suppressed-header = header { $header }
suppressed-limit-recipient = too many emails to this address in a short time
suppressed-limit-all = automatic answers were stopped
suppressed-no-mail = no email to answer
suppressed-unreadable = the email cannot be read
suppressed-own-address = comes from an address of our own
suppressed-own-token = carries our own mark
suppressed-filter = by a filter
suppressed-reopened = the ticket is open again
suppressed-many-recipients = too many addresses to answer to
suppressed-unread-address = address that nobody reads
suppressed-subject = absence note
fact-service-short = Service
owner-me = me
list-number = No.
list-subject = Subject
list-district-short = Distr.
list-priority-short = Prio
list-changed = Changed
list-module = Module
list-modules-of = Modules of { $service }
list-created = Opened
list-columns = Choose columns
list-columns-apply = Show
list-group = Group by
list-group-not = not
list-group-none = none
list-group-open-only = There are groups only while the list shows nothing but open tickets.
list-facets-bounded = What has ended is counted up to a limit; there may be more.
list-more-services = { $count ->
    [one] 1 more service
   *[other] { $count } more services
}
list-more-options = { $count ->
    [one] 1 more option
   *[other] { $count } more options
}
list-more-people = { $count ->
    [one] 1 more person
   *[other] { $count } more people
}
list-more-teams = { $count ->
    [one] 1 more team
   *[other] { $count } more teams
}
list-due = Deadline
due-is-overdue = Overdue
due-is-today = Today
due-is-week = This week
due-is-later = Later
due-is-none = No running deadline
list-choose-all = Select all tickets
list-choose = Select ticket { $number }
list-region = List of tickets
list-to-filter = To the filter
list-filter = Filter
list-filter-form = Filter the list
list-filter-apply = Filter
list-reset = reset
list-any = all
list-age = Age
list-age-days = { $days ->
    [one] older than 1 day
   *[other] older than { $days } days
}
list-no-team = no team
list-no-district = no district
list-no-service = no service
list-no-reminder = no follow-up
list-silent = Last message
list-lacking = Required fields
list-lacking-fields = incomplete
list-silent-days = { $days ->
    [one] over 1 day ago
   *[other] over { $days } days ago
}
list-age-hours = { $hours ->
    [one] older than 1 hour
   *[other] older than { $hours } hours
}
list-reminder-passed = overdue
list-reminder-today = by today
list-reminder-week = within 7 days
list-search = Search
list-chip-lift = Remove the filter { $field }
list-left = Ticket { $number } has been changed and is no longer in your area.
list-left-to = Ticket { $number } is now with the team { $team } and no longer in your area.
list-show-all = Show all open tickets
list-empty-title = All done
list-empty-text = There is no open ticket. New emails appear here by themselves.
list-empty-filtered-title = No ticket found
list-empty-filtered-text = No ticket matches this filter. Remove a filter.
list-news = { $count ->
    [one] show 1 new
   *[other] show { $count } new
}
kind-incident = Incident
kind-service-request = Service request
kind-question = Question
kind-change = Change
kind-requirement = Requirement
reason-user-error = Handling
reason-software-fault = Software fault
reason-data = Data
reason-rights = Permissions
reason-interface = Interface
reason-law-change = Change of law
reason-duplicate = Reported twice
reason-no-action = No action
ticket-tab-answer = Reply
event-fields-set = Details changed
event-watched = Watching began
event-unwatched = Watching ended
event-fields-erased = The content was erased, its digest remains
reusable-question = Reusable
reusable-question-more = – the solution helps others too
reusable-is = Reusable
reusable-say = Note as reusable
reusable-take-back = Take the note back
event-reusable = Noted as reusable
event-reusable-taken-back = No longer noted as reusable
event-article-drawn = Article begun
lesson-page = Article from ticket { $number }
lesson-title = Article from this case
lesson-begin-here = Article from this case
lesson-begin = Begin the draft
lesson-show = Renew the preview
lesson-draft = How the draft begins
lesson-removals = { $count ->
    [0] Nothing removed
    [one] 1 detail removed
   *[other] { $count } details removed
}
lesson-removals-hint = On the left what stood in the ticket, on the right what stands in the draft now. The program does not recognise what else points to people or cases: please read the draft.
lesson-keep = Keep it
lesson-keep-what = Keep it: { $what }
lesson-symptom = Symptom
lesson-cause = Cause
lesson-solution = Solution
lesson-reproduction = Reproduction
lesson-data = Data
lesson-steps = Steps
lesson-expected = Expected
lesson-seen = Seen
event-article-used = Article used
