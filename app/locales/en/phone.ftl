# Taking a call
phone-title = Take a call
phone-who = Who is calling?
phone-what = What is it about?
phone-then = How does it go on?
phone-caller = Name, phone number or email address
phone-callers = People found
phone-caller-fault = Please pick the caller or create them as a new person.
phone-search = Find person
phone-new-person = Create “{ $typed }” as a new person
phone-new-name = Name of the new person
phone-new-email = Email address
phone-open-tickets = { $count ->
    [one] one open ticket
   *[other] { $count } open tickets
}
phone-district = District
phone-number = Number to call back
phone-number-line = Number to call back: { $number }
phone-none = not given
phone-subject = Subject
phone-text = Request
phone-service = Service and module
phone-kind = Kind
phone-priority = Priority
phone-outcome = Outcome of the call
phone-outcome-solved = Solved during the call
phone-outcome-mine = I take care of it
phone-outcome-team = Hand to the team
phone-outcome-callback = Arrange to call back
phone-callback = Call back at
phone-callback-fault = Please enter day and time to call back.
phone-create = Create ticket
phone-discard = Discard
phone-aside = Goes with this
phone-aside-empty = As soon as the caller is known, their open tickets stand here.
phone-aside-open = Open tickets of { $name }
phone-aside-none = No open tickets.
phone-show-fields = Show the fields of service and kind
