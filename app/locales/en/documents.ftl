# Standard documents: templates as DOCX, letters from tickets, serial letters
documents = Document templates
document-new = New document template
document-caption = Letters as DOCX with placeholders that are filled from the ticket. A new file is used only after a second person has approved it.
document-none-yet = There is no document template yet.
document-no-pdf = No PDF is made here: the configuration names no program for it in documents.libreoffice.
document-language = Language
document-services = For these services (none: for all)
document-file = File
document-file-choose = Choose a file
document-file-hint = A file from Word or LibreOffice (DOCX). Placeholders: { $places }; also fields such as { $field }, days such as { $days }, fallbacks such as { $or } and passages from { $if } to { $end }. Without a new file the present one stays.
document-in-use = in use
document-one-file = Please choose exactly one file.
document-waiting = waits for approval
document-waiting-newer = The new file waits for approval; until then the present one is used.
document-waiting-first = The template waits for approval; until then it is not offered.
document-own-work = You have uploaded the file yourself. Somebody else can approve it.
document-by = Uploaded by { $name }.
document-not-docx = This is no Word file (DOCX). Save the template in Word or LibreOffice as “Word document (.docx)”.
document-too-large = The file is too large when unpacked: 32 MB at most. Make the pictures in it smaller.
document-damaged = The file is damaged: { $part } cannot be read. Save it anew in Word or LibreOffice.
document-dtd = The file declares types of its own (DTD) in { $part }. No word processor does that; such a file is not taken.
document-macro = The file contains macros. Save it as “Word document (.docx)” without macros.
document-embedded = The file contains an embedded object, such as a sheet or a control. Insert it as a picture or as a table of Word.
document-external = The file fetches something from outside when it is opened: { $target }. Embed pictures and break links to other files and templates.
document-code = The field { $code } fetches something from outside or runs something when the file is opened. Remove it.
document-unbalanced = Each “if” needs an “end” in the same part of the document: in the text, in the same cell of a table or in the same header.
rejected-no-file = A document template needs a file.
rejected-place-open = A placeholder of the letter stays empty.
letter = Letter
letter-title = Letter for { $number }
letter-intro = Choose a document template, a text block or an answer that was sent, and see what the letter says. Text blocks and answers become a letter as PDF.
letter-template = Template
letter-choose = Please choose
letter-missing = Please choose a template.
letter-gone = This template is not there any more.
letter-none = For this ticket there is no document template, no text block and no answer that was sent. Whoever manages text blocks manages templates too.
letter-group-templates = Document templates
letter-group-blocks = Text blocks
letter-group-answers = Answers that were sent
letter-answer = Answer of { $day }: { $begin }
letter-plain-name = Letter
letter-says = What the letter says
letter-to = To
letter-about = Subject
letter-subject = { $title } (ticket { $number })
letter-pages = Page { $number } of { $count }
letter-closing = Yours sincerely
letter-fact-reference = Our reference
letter-fact-agent = Contact
letter-fact-phone = Phone
letter-fact-email = Email
letter-fact-date = Date
letter-no-address = No postal address is known
letter-no-address-more = The window of the envelope shows the name alone. The address comes from the organisation of the ticket.
letter-lacking = Some characters cannot be printed
letter-lacking-more = The letter shows a substitute for them: { $signs }
letter-show = Show
letter-places = Filled in from the ticket
letter-no-places = This template has no placeholders; it is used as it is.
letter-open = { $count ->
    [one] One placeholder stays empty
   *[other] { $count } placeholders stay empty
}
letter-open-more = Add it in the ticket or to the person: { $places }
letter-fresh = The letter has been changed meanwhile. Please look at it again.
letter-form = As
letter-docx = DOCX, for further editing
letter-pdf = PDF
letter-to-reply = Attach to the answer
letter-to-note = Attach to an internal note
letter-look = View the DOCX
letter-look-pdf = View the PDF
letter-failed = The PDF could not be made. Try again; from a document template you can also take the DOCX.
letter-cancel = Cancel
serial = Serial letter
serial-all = Serial letter
serial-way = Where the letters go
serial-way-note = An internal note with the letter in each ticket; all together as ZIP, PDFs also as one file to print
serial-way-mail = A mail to the requester of each ticket with the letter attached
serial-template-hint = A text block becomes a letter as PDF for each ticket, with address, subject and closing.
serial-text = Text of the mail or note
serial-text-hint = Placeholders: { $places }
serial-note-text = Letter “{ $name }”
serial-what = Letter
serial-said = “{ $name }” as { $form }
serial-by-note = { $said }, as a note in each ticket
serial-by-mail = { $said }, as a mail for each ticket
serial-zip = Download all as ZIP
serial-zip-report = Not made
serial-print = All as one PDF
serial-print-too-much = The letters are too many or too large for one PDF. The ZIP has each by itself.
serial-print-failed = The PDF of all letters could not be made. The ZIP has each by itself.
serial-without = { $count ->
    [0] Not included: { $numbers }. The ZIP says why, too.
   *[other] Not included: { $numbers } and { $count } more. The ZIP says why.
}
serial-unseen = { $count ->
    [one] Not included is a letter of a ticket that you do not see any more.
   *[other] Not included are { $count } letters of tickets that you do not see any more.
}
serial-open = { $count ->
    [one] No letter was made for the one ticket that was left.
   *[other] No letters were made for the { $count } tickets that were left.
}
serial-why-withdrawn = The mail with the letter was taken back.
serial-why-moved = The letter now lies in a ticket that you do not see.
serial-why-removed = The letter was removed.
serial-why-template = The template or text block is not for this ticket.
serial-why-broken = The letter could not be made.
serial-would = Letters will be made: { $done }. Refused: { $refused }.
serial-did = Letters made: { $done }. Refused: { $refused }.
serial-sort-would = Get a letter
serial-sort-did = Letter made
serial-run = { $count ->
    [one] Make 1 letter
   *[other] Make { $count } letters
}
