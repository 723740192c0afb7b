# Standard documents: templates as DOCX, letters from tickets, serial letters
documents = Document templates
document-new = New document template
document-caption = Letters as DOCX whose places are filled from the ticket. A new file is used only once a second person has approved it.
document-none-yet = There is no document template yet.
document-no-pdf = No PDF is made here: the configuration names no program for it in documents.libreoffice.
document-language = Language
document-services = For these services (none: for all)
document-file = File
document-file-choose = Choose a file
document-file-hint = A file from Word or LibreOffice (DOCX). Places: { $places }; also fields such as { $field }, days such as { $days }, fallbacks such as { $or } and passages from { $if } to { $end }. Without a new file the present one stays.
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
rejected-place-open = A place of the template stays empty.
letter = Letter
letter-title = Letter for { $number }
letter-intro = Choose a template and see what is put in from the ticket.
letter-template = Template
letter-choose = Please choose
letter-missing = Please choose a template.
letter-gone = This template is not there any more.
letter-none = There is no document template for this ticket. Whoever manages text blocks manages templates too.
letter-show = Show
letter-places = What is put in
letter-no-places = This template has no places; it is used as it is.
letter-open = { $count ->
    [one] One place stays empty
   *[other] { $count } places stay empty
}
letter-open-more = Fill it in at the ticket or at the person: { $places }
letter-fresh = The template has been changed meanwhile. Please look at the letter again.
letter-form = As
letter-docx = DOCX, to go on with
letter-pdf = PDF
letter-to-reply = Attach to the answer
letter-to-note = Attach to an internal note
letter-look = Look at the DOCX
letter-failed = The PDF could not be made. Take the DOCX, or try again.
letter-cancel = Cancel
serial = Serial letter
serial-all = Serial letter
serial-way = Where the letters go
serial-way-note = An internal note with the letter at each ticket; all together as ZIP
serial-way-mail = A mail to the requester of each ticket with the letter attached
serial-text = Text of the mail or note
serial-text-hint = Places: { $places }
serial-note-text = Letter “{ $name }”
serial-what = Letter
serial-said = “{ $name }” as { $form }
serial-by-note = { $said }, as a note at each ticket
serial-by-mail = { $said }, as a mail for each ticket
serial-zip = Download all as ZIP
serial-zip-report = Not made
serial-why-template = The template is not for this ticket.
serial-why-broken = The letter could not be made.
serial-run = { $count ->
    [one] Make 1 letter
   *[other] Make { $count } letters
}
