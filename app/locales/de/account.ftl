# Anmeldung
sign-in-title = Anmelden
sign-in-lead = Mit Ihrer E-Mail-Adresse und Ihrem Kennwort.
sign-in-email = E-Mail-Adresse
sign-in-password = Kennwort
sign-in-submit = Anmelden
sign-in-help = Kennwort vergessen? Die Verwaltung des Servicedesks setzt Ihnen ein neues.
sign-in-wrong = Die Anmeldung hat nicht geklappt.
sign-in-wrong-more = Adresse und Kennwort passen nicht zusammen. Bitte prüfen Sie beides.
sign-in-too-many = Zu viele Versuche.
sign-in-wait = Sie können sich in { $duration } wieder anmelden.
