redact-open = Redact …
redact-title = Ask for a redaction
redact-intro = What is redacted is gone for good.
redact-intro-more = Another person has to approve. Until then the message stays as it is.
redact-proposed = What looks like personal data in this message
redact-passages = Passages
redact-passages-hint = One passage per line, just as it stands in the message. It is redacted in all messages of the ticket, quotations included.
redact-files = Files that should go
redact-reason = Reason
redact-reason-hint = For the person who decides. Please do not repeat the passage itself here.
redact-ask = Ask for it
redact-nothing = Please name at least one passage or file.
redact-many = Please name at most { $count } passages at once.
redact-short = “{ $passage }” is too short: a passage needs at least { $count } characters.
redact-missing = “{ $passage }” is not in the message as typed.
redact-reason-missing = Please say why it has to go.
redact-reason-long = At most { $count } characters, please.
redaction-title = Decide on a redaction
redaction-passages = These passages
redaction-files = These files
redaction-others = { $count ->
    [0] No other message of the ticket is affected.
    [one] One other message of the ticket is affected, too.
   *[other] { $count } other messages of the ticket are affected, too.
}
redaction-elsewhere = { $count ->
    [one] One other ticket is affected, too, because a copy of the message is in it or because it was merged into this one.
   *[other] { $count } other tickets are affected, too, because copies of the messages are in them or because they were merged into this one.
}
redaction-message = The message
redaction-for-ever = This cannot be undone.
redaction-for-ever-more = The passages are blacked out in messages, subject, drafts, enquiries to vendors and search; the original email and the formatted view are replaced by the text that remains. Files are not searched, and what was sent already stays with its recipients. Older backups still hold it.
redaction-approve = Redact for good
redaction-refuse = Refuse
redaction-open = Redaction asked for
redaction-done = Redacted
redaction-look = Look and decide
redaction-withdraw = Withdraw the request
event-redaction-asked = Redaction asked for
event-redaction-refused = Redaction refused
event-redaction-withdrawn = Request for redaction withdrawn
event-redacted = Redacted
event-redacted-asked-by = asked for by { $name }
event-redaction-passages = { $count ->
    [one] one passage
   *[other] { $count } passages
}
event-redaction-files = { $count ->
    [one] one file
   *[other] { $count } files
}
