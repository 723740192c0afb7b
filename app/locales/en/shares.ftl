# What is shared with vendors.
channel-portal = Portal
message-kind-portal-in = from the portal
message-kind-portal-out = to the portal
message-kind-portal-to = to the portal for { $name }
repair-reported = Reported
repair-accepted = Accepted
repair-in-work = In work
repair-delivered = Delivered
repair-installed = Installed in test
repair-tested = Tested
repair-approved = Approved
repair-live = Live
repair-confirmed = Confirmed
assessment-fault-confirmed = Software fault confirmed
assessment-not-reproduced = Cannot be reproduced
assessment-as-designed = Works as designed
assessment-configuration = Setting or environment
assessment-change-request = Change request
share-product = Product
share-release = Version
share-environment = Environment
share-observed = Observed
share-expected = Expected
share-steps = Steps
share-frequency = Frequency
share-effect = Effect
share-deadline = Deadline
share-assessment = Assessment
share-fixed-in = Fixed in
share-planned-for = Planned for
share-effort = Effort
share-hours = { $hours } hr
share-reaction-until = Reaction by { $time }
share-delivery-until = Delivery by { $time }
found-names = { $count ->
    [one] 1 name
   *[other] { $count } names
}
found-mail-addresses = { $count ->
    [one] 1 email address
   *[other] { $count } email addresses
}
found-phones = { $count ->
    [one] 1 telephone number
   *[other] { $count } telephone numbers
}
found-postal-addresses = { $count ->
    [one] 1 postal address
   *[other] { $count } postal addresses
}
found-case-numbers = { $count ->
    [one] 1 case number
   *[other] { $count } case numbers
}
found-birth-dates = { $count ->
    [one] 1 birth date
   *[other] { $count } birth dates
}
found-ibans = { $count ->
    [one] 1 IBAN
   *[other] { $count } IBANs
}
gate-blacked = blacked out: { $what }
gate-justified = let through for a reason: { $what }
event-shared = Shared with vendor
event-share-withdrawn = Sharing with vendor withdrawn
event-repair-moved = Repair: step noted
event-repair-moved-by-vendor = Repair: step of the vendor
event-repair-moved-on-word = Repair: step of the vendor, noted on their word
event-vendor-told = Message to vendor
event-vendor-answered = Answer of the vendor
event-vendor-filled = Details of the vendor changed
event-gate-passed = Personal details checked
shares-title = Shared with vendors
shares-none = The ticket is shared with no vendor.
share-heading = Share with vendor
share-intro = The vendor sees only what stands here, messages to them, and files you choose. They do not see the ticket itself.
share-vendor = Vendor
share-vendor-choose = Please choose
share-contact = Contact
share-contact-none = nobody
share-block = Text block
share-block-choose = Please choose
share-block-fill = Fill in
share-title = Subject for the vendor
share-files = Files to pass on
share-files-none = The ticket has no files.
share-files-hint = Check their content yourself: only file names are searched.
share-file-name = File name
share-way = Way
share-way-hint = The enquiry is always in the portal.
share-by-mail = Send by email too
share-to = Email to
share-send = Check and send
share-cancel = Cancel
share-fault-vendor = Please choose the vendor.
share-fault-title = Please enter a subject.
share-fault-observed = Please describe what was observed.
share-fault-date = Please enter a date, for example 30/11/2026.
share-fault-to = Please enter the addresses on one line.
share-repair = Repair
share-reaction = Reaction
share-delivery = Delivery
share-number = Number
share-since = Shared since
share-kept = kept
share-late = late
share-turn-vendor = with the vendor
share-turn-unit = with us
share-turn-nobody = finished
share-on-word = Note on the vendor’s word:
share-withdrawn = withdrawn
share-withdraw = Withdraw sharing
share-withdraw-text = { $vendor } will see nothing of this ticket any more. The thread stays here.
share-withdraw-do = Withdraw
step-accepted = Accepted
step-in-work = In work
step-delivered = Delivered
step-installed = Installed in test
step-tested = Test passed
step-approve = Approve
step-live = Gone live
step-confirm = Confirm
step-refuse = Refuse delivery
step-failed = Test failed
step-persists = Fault persists
gate-title = { $count ->
    [one] One finding before sending
   *[other] { $count } findings before sending
}
gate-open = { $count ->
    [one] One finding is not decided yet.
   *[other] { $count } findings are not decided yet.
}
gate-hint = Black out what the vendor does not need. What they need you give a reason for; the reason is kept in the history.
gate-all-black = Black out all that are open
gate-decision = Decision on “{ $what }”
gate-reason = Reason for “{ $what }”
gate-reason-short = Reason
gate-choose = Please decide
gate-black = Black out
gate-through = Let through
gate-fault = Please decide: black out or let through.
gate-fault-reason = Please give a reason for letting it through.
found-name = Name
found-mail-address = Email address
found-phone = Telephone number
found-postal-address = Postal address
found-case-number = Case number
found-birth-date = Birth date
found-iban = IBAN
settings-text-blocks = Text blocks
settings-text-block-new = New text block
text-block-caption = A text block is a text that one person writes and another approves: for answers, calls, enquiries to vendors and messages to requesters.
text-block-kind = Kind
text-block-kind-enquiry = Vendor enquiry
text-block-valid = Valid
text-block-always = always
text-block-from = from { $from }
text-block-until = until { $until }
text-block-between = { $from } to { $until }
text-block-valid-from = Valid from
text-block-valid-to = Valid to
text-block-hint = The ticket fills these placeholders. Empty parts leave what is entered already.
text-block-unknown = There is no placeholder “{ $name }”.
text-block-place-title = title of the ticket
text-block-place-number = number of the ticket
text-block-place-service = service
text-block-place-module = module
text-block-place-district = district
text-block-place-description = first message of the requester
text-block-place-field = a field by its key
composer-send-to-vendor = Send to vendor
composer-label-vendor = Write a message to the vendor
composer-mode-vendor = Vendor
composer-placeholder-vendor = Message to the vendor. Do not name any personal details.
share-told = The message is in the portal.
text-block-kind-answer = Answer
text-block-kind-opening = Greeting at the beginning of an answer
text-block-kind-closing = Signature at the end of an answer
text-block-kind-letterhead = Letterhead for printed letters and tickets
text-block-letterhead-hint = First name and address, after an empty line how you are reached. The letterhead of the service goes before that of the team, and that before the one for all.
text-block-kind-phone = Phone script
text-block-texts = Texts
text-block-answer-hint = Where one language is empty, the other stands in its place.
text-block-places = Placeholders and conditions
text-block-place-dear = formal greeting, such as “Dear Ms Kowalke”
text-block-place-address = name for an address, such as “Mr Jan Meier”
text-block-place-organisation = organisation of the requester
text-block-place-today = today's date
text-block-place-due = day by which the solution is promised
text-block-place-reminder = day of the follow-up
text-block-place-agent = your name
text-block-place-agent-email = your mail address
text-block-place-agent-phone = your phone number
text-block-place-team = team of the ticket
text-block-place-workday = the third working day from today
text-block-place-ahead = in fourteen days
text-block-place-or = with a text in case nothing is entered
text-block-place-if = only for this type: incident, service_request, question, change, requirement; likewise language=de or en
text-block-place-if-service = only for this service; without “=”: only if something is entered
text-block-never-so = “{ $value }” is never true of this condition.
text-block-unbalanced = Each “if” needs an “end”, at most one “else”, and at most four may lie within each other.
text-block-acts = What else happens when it is sent
text-block-acts-hint = It is shown below the answer before it is sent, and can be left out there.
block-state = Status after sending
block-state-none = as chosen
block-reminder-days = Follow-up in days
block-reminder-fault = Please enter a whole number from 1 to 365.
block-priority-none = unchanged
block-fields = Fields
block-fields-hint = One line for each field: key = value
block-fields-fault = Please write a key, an equals sign and a value on each line.
block-field-unknown = There is no field with the key “{ $name }”.
text-block-reserved = This text names fields that not everybody at the desk may see: { $fields }.
text-block-reserved-leaves = What they hold leaves the desk with it. Please check whether that is meant.
text-block-offered = Where and when it is offered
text-block-category = Category
text-block-team = Team
text-block-every-team = every team
text-block-services = Only for these services
text-block-review = Look at it again on
text-block-review-due = Please check whether this text still holds.
text-block-review-mark = check
text-block-times = Used
text-block-waiting = waits for approval
text-block-waiting-first = This text waits for approval and is not offered yet.
text-block-waiting-newer = This wording waits for approval. Until then the one before is offered.
text-block-own-work = You wrote it; somebody else has to approve it.
text-block-by = Written by { $name }.
text-block-approve = Approve
text-block-approved-by = Approved by { $name }.
greeting = Hello { $name }
greeting-nobody = Hello
formal-frau = Ms { $name }
formal-herr = Mr { $name }
dear-frau = Dear Ms { $name }
dear-herr = Dear Mr { $name }
address-frau = Ms { $name }
address-herr = Mr { $name }
text-block-files = Files
text-block-files-hint = They are approved with the text and are attached to the answer it is put into. Ten at most.
text-block-files-more = Choose files
text-block-files-attach = Attach and save
text-block-no-file = Please choose a file.
text-block-offered-now = What is offered now
text-block-own-title = Text blocks of your own
text-block-own-lead = Only you see them. While writing, :: and the beginning of its name put one in.
text-block-own-none = You have no text blocks of your own yet.
text-block-own-new = New text block of your own
text-block-own-saved = Saved.
text-block-own-removed = Removed.
text-block-own-change = Edit
text-block-own-remove = Remove
text-block-own-keep = Save
text-block-ends-early = The last day is before the first one.
text-block-find = Find text blocks
text-block-find-words = Name or text
text-block-every-kind = all
text-block-every-category = all
text-block-none-found = No text block fits.
text-block-text-long = The text is too long: { $most } characters at most.
text-block-many-fields = A text block sets { $most } fields at most.
