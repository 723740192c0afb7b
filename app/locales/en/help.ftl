# Help
keys-off = Single keys can be switched off:
accessibility-title = Accessibility
accessibility-aim = Everybody should be able to use this service desk: by keyboard, screen reader, large type and without JavaScript. The measure is BITV 2.0 with WCAG 2.2, level AA.
accessibility-checked-title = What has been checked
accessibility-checked = With every change the pages are checked automatically by axe. An independent body has not checked them yet.
accessibility-barriers-title = Known barriers
accessibility-barriers = Emails and attachments come from other people. They may contain images without descriptions, or files that are not accessible.
accessibility-report-title = Report a barrier
accessibility-report = Write to us what hinders you and on which page. It becomes a ticket, and you get an answer.
accessibility-report-nobody = Tell the administrators of this service desk what hinders you and on which page.

# Own keys
own-keys-title = Change keys
own-keys-lead = Press in a field the key that is to do the same; two in a row work too. Shortcuts with Ctrl, Enter and Esc stay as they are. In text fields keys always write.
own-keys-usual = usual: { $key }
own-keys-reset = All as usual
own-keys-saved = Saved. The keys act like this from now on.
own-keys-are-off = You have switched single keys off.
own-keys-fault = Please press one key, or two in a row.
own-keys-taken = This key already does: { $does }.
keys-vendor = Write to the vendor
keys-in-article = In an article
keys-watch-article = Watch
keys-bold = Bold (while writing)
keys-in-fields = While writing
keys-mention = Mention somebody (in notes)
keys-cancel = Cancel, close list or menu
