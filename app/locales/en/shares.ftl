# What is shared with vendors.
channel-portal = Portal
message-kind-portal-in = from the portal
message-kind-portal-out = to the portal
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
