site-title = Hilfe und Anleitungen
site-search = Suchen
site-categories = Themen
site-sign-in = Anmelden
site-to-desk = Zum Servicedesk
site-in-german = Es gibt auch Artikel auf Deutsch.
site-in-english = Es gibt auch Artikel auf Englisch.
