# Mentioning colleagues in notes
mention-list = Who can be mentioned
mention-hint = Mention colleagues with @; they are notified.
mention-cannot-see = Cannot see this ticket
mention-nobody = Nobody has that name.
mention-refused = { $name } cannot see this ticket and so cannot be mentioned. Your text is still here: remove the @ before the name, or have somebody give access to the ticket.
