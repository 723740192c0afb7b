field-kind-text = Text
field-kind-long-text = Long text
field-kind-choice = Choice
field-kind-choices = Multiple choice
field-kind-tree = Choice with levels
field-kind-yes-no = Yes or no
field-kind-whole = Whole number
field-kind-decimal = Decimal number
field-kind-money = Amount of money
field-kind-date = Date
field-kind-moment = Date and time
field-kind-person = Person
field-kind-organisation = Organisation
field-kind-ticket = Ticket
field-kind-external = External number
field-needed-create = when creating
field-needed-classify = when assigning a service
field-needed-vendor = before asking the vendor
field-needed-close = before solving and closing
field-yes = Yes
field-no = No
field-fault-missing = Please fill in this field.
field-fault-short = Please enter at least { $count } characters.
field-fault-long = At most { $count } characters are possible.
field-fault-small = Please enter at least { $bound }.
field-fault-large = Please enter at most { $bound }.
field-fault-pattern = This does not have the expected form.
field-fault-pattern-help = This does not have the expected form. { $help }
field-fault-offered = This value is not offered here (any more). Please choose another one.
field-fault-whole = Please enter a whole number, for example 4.
field-fault-money = Please enter an amount, for example 12.50.
field-fault-number = Please enter a number, for example 2.5.
field-fault-date = Please enter a day that exists, for example 24/11/2026.
field-fault-found = This was not found. Please choose from the list.
field-needed = Required
field-option-old = { $option } (no longer offered)
field-find = Type to search
field-hits = Results
fields-filled = { $filled } of { $count } fields
fields-empty = { $count ->
    [one] Show one empty field
   *[other] Show { $count } empty fields
}
fields-next = { $count ->
    [one] One required detail left
   *[other] { $count } required details left
}
fields-same = As in the last ticket of this person
fields-missing-in = Please fill in first: { $fields }.
settings-fields = Dynamic fields
settings-field-new = New field
field-label-de = Label (German)
field-label-en = Label (English)
field-kind = Kind of field
field-key = Key
field-key-hint = Stands in addresses and exports and stays, for example release-state
field-help-de = Help text (German)
field-help-en = Help text (English)
field-group-de = Group (German)
field-group-en = Group (English)
field-position = Place in the order
field-limits = Validation
field-min = Smallest value or shortest length
field-max = Largest value or longest length
field-pattern = Pattern for the whole text
field-link = Address for the number
field-examples = Examples for the pattern
field-examples-hint = One line per example. The preview shows which ones fit.
field-examples-none = No examples yet.
field-example-fits = fits
field-example-fails = does not fit
field-options = Options
field-options-text = Options, one per line
field-options-hint = German | English. A dash at the start puts the option below the one before. A tilde retires it. Behind “ @ ” stands what it belongs to, several with semicolons. Leave the mark at the end: it keeps an option the same when you rename or move it.
field-options-use = Use of the options
field-options-empty = Line { $line } has no label.
field-options-long = Line { $line } is too long.
field-options-level = Line { $line } ({ $option }) has no option one level above.
field-options-mark = Line { $line }: The mark { $option } belongs to no option of this field. Delete it and it becomes a new option.
field-options-mark-twice = Line { $line }: The mark { $option } stands in an earlier line already.
field-option-renamed = Renamed:
field-options-twice = Line { $line }: “{ $option }” already stands there.
field-options-giver = Line { $line }: “{ $option }” is not known.
field-options-more = There { $count ->
    [one] is one more line
   *[other] are { $count } more lines
} with mistakes.
field-options-told = { $count } options are in use, { $retired } are retired.
field-option = Option
field-use = Tickets
field-depends = Options depend on
field-depends-hint = Then what stands behind “ @ ” counts.
field-depends-nothing = nothing
field-depends-service = the ticket's service or module
field-required = When is it required?
field-shown = Where does the field appear?
field-shown-hint = Without ticks it appears everywhere.
field-shown-kinds = For these kinds
field-shown-teams = For these teams
field-shown-services = For these services and their modules
field-defaults = Defaults
field-default = For all new tickets
field-by-service = By service
field-by-mailbox = By mailbox
field-by-hint = One line per entry: name = value
field-preset-unknown = “{ $line }”: there is no such name.
field-personal = Its contents are personal
field-personal-hint = Whoever may read solved cases only without names never sees this field, and what it holds is blacked out for them in titles and texts too. They never see free texts, people and offices anyway.
field-personal-mark = personal
field-rights = Rights of roles
field-rights-hint = Whoever has several roles has the widest of their rights.
field-hidden = These roles do not see the field
field-readonly = These roles see it but do not change it
field-used = { $count ->
    [0] No ticket has a value here yet.
    [one] The field is filled in one ticket.
   *[other] The field is filled in { $count } tickets.
}
field-used-more = Kind and key stay, so that old values keep their meaning.
field-preview = Preview
field-preview-live = changes while you type
field-preview-form = In forms
field-preview-fault = With an invalid value
field-preview-fact = In the facts panel
field-preview-pattern = Pattern and examples
list-order = Sort by
list-order-down = { $field }, descending
list-order-own = as chosen
list-field-begins = begins with …
list-field-range = 5 or 5..20
list-field-dates = 2026-11-01..2026-11-30
field-differing = Something else has been saved meanwhile. If you save again, what you see here counts:
field-differs = saved differently
field-label = Label
field-help = Help
field-group = Group
field-history = History of the definition
field-history-of = History of { $field }
field-history-back = To the field
field-history-options = { $count } options
field-history-option-new = new { $option }
field-history-option-retired = retired { $option }
field-event-created = Created
field-event-updated = Changed
field-event-retired = Retired
field-event-restored = In use again
