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
own-keys-lead = Go to a field and press the key you would rather use; two keys in a row work too. Shortcuts with Ctrl, Enter and Esc cannot be changed. While you are typing in a text field, keys only type.
own-keys-usual = default: { $key }
own-keys-reset = Restore all defaults
own-keys-saved = Saved. Your keys work this way from now on.
own-keys-are-off = You have switched single keys off.
own-keys-fault = Please press one key, or two in a row.
own-keys-taken = This key is already used for: { $does }.
keys-vendor = Write to the vendor
keys-in-article = In an article
keys-watch-article = Watch
keys-bold = Bold (while writing)
keys-in-fields = While writing
keys-mention = Mention somebody (in notes)
keys-block = Insert a text block (also with /)
keys-cancel = Cancel, close list or menu
