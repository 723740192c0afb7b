# Hinweise: was jemand über seine Tickets erfahren soll
nav-notices = Hinweise
nav-notices-unread = { $count ->
    [one] Hinweise, 1 ungelesen
   *[other] Hinweise, { $count } ungelesen
}
nav-notices-many = Hinweise, mehr als { $count } ungelesen
notices-title = Hinweise
notices-read-all = Alle als gelesen markieren
notices-new = neu
notices-empty = Keine Hinweise.
notices-empty-text = Was in Ihren Tickets, in denen Ihres Teams und in beobachteten geschieht, erfahren Sie hier; auch, wenn jemand Sie erwähnt.

notices-why = weil { $why }
notifications-settings = Hinweise einstellen
notice-deadline-near = Frist läuft bald ab
notice-deadline-passed = Frist überschritten
notice-vendor-answered = Der Hersteller hat geantwortet
notice-repair-moved = Die Reparatur beim Hersteller ist weiter
notice-review-due = Artikel zu prüfen
notice-article-published = Neue Fassung veröffentlicht
notice-article-retired = Artikel stillgelegt
notice-recheck-due = Artikel nach einer neuen Version zu prüfen
notice-mentioned = Sie wurden erwähnt
notice-assigned = Ihnen zugewiesen
notice-requester-wrote = Neue Nachricht
notice-colleague-wrote = Neuer Eintrag im Verlauf
notice-solved = Gelöst
notice-reminder-reached = Wiedervorlage erreicht
notice-ticket-opened = Neues Ticket
notice-classified = Fachverfahren zugeordnet
notice-came-in = In eine Ansicht gekommen
notice-deputised = Wegen Abwesenheit weitergegeben
notice-reopened = Wieder offen
notice-redaction-asked = Schwärzung erbeten
notice-other = Neuigkeit
notice-why-mentioned = Sie in einer Notiz erwähnt sind
notice-why-owner = Sie dieses Ticket bearbeiten
notice-why-deputy = Sie die Person vertreten, die dieses Ticket bearbeitet
notice-why-absent = die Person, die dieses Ticket bearbeitet, abwesend ist und Sie für sie da sind
notice-why-left = die Person, die dieses Ticket bearbeitet hat, nicht mehr an Tickets arbeitet und Sie für sie da sind
notice-why-approver = Sie hier über Schwärzungen entscheiden
notice-why-team = niemand dieses Ticket Ihres Teams bearbeitet
notice-why-watch = Sie dieses Ticket beobachten
notice-why-service = Sie dieses Fachverfahren beobachten
notice-why-view = Sie diese Ansicht beobachten
notice-why-article-owner = Sie für diesen Artikel zuständig sind
notice-why-article-watch = Sie diesen Artikel beobachten
notice-why-other = es Sie betrifft

# Wie jemand davon erfährt
notifications-title = Hinweise einstellen
notifications-lead = Auf der Seite „Hinweise“ steht alles, was Sie nicht abwählen. Hier legen Sie fest, wovon Sie auch per Mail erfahren. Von dem, was Sie selbst tun, erfahren Sie nie, und was Sie schon gelesen haben, kommt nicht per Mail.
notifications-what = Wovon
notifications-off = gar nicht
notifications-page = nur hier
notifications-at-once = Mail sofort
notifications-hourly = Mail stündlich
notifications-daily = Mail täglich
notifications-daily-at = Die tägliche Mail kommt um
notifications-quiet = Ruhezeit
notifications-quiet-hours = Zu diesen Zeiten keine Mail
notifications-quiet-from = von
notifications-quiet-to = bis
notifications-quiet-weekend = Samstags und sonntags keine Mail
notifications-quiet-hint = Was in die Ruhezeit fällt, kommt danach gesammelt in einer Mail.
notifications-time-fault = Bitte geben Sie eine Uhrzeit wie 07:30 ein.
notifications-quiet-fault = Die Ruhezeit muss zu einer anderen Zeit enden, als sie beginnt.
notifications-saved = Gespeichert. Ab jetzt erfahren Sie es so.
topic-mentioned = Jemand erwähnt mich in einer Notiz
topic-assigned = Jemand weist mir ein Ticket zu
topic-own = Etwas geschieht in meinen Tickets
topic-own-more = Nachrichten, Einträge von anderen, Antworten von Herstellern, gelöst durch andere
topic-team = Etwas geschieht in Tickets meines Teams, die niemand bearbeitet
topic-deputy = Etwas geschieht in Tickets von Personen, die ich vertrete
topic-deadline = Eine Frist läuft bald ab oder ist überschritten
topic-reminder = Eine Wiedervorlage ist erreicht
topic-redaction = Jemand bittet um eine Schwärzung, über die ich entscheide
topic-watched = Etwas geschieht in Tickets, die ich beobachte
topic-watched-more = auch Fristen und Wiedervorlagen
topic-service = Etwas geschieht in einem Fachverfahren, das ich beobachte
topic-view = Ein Ticket kommt in eine Ansicht, die ich beobachte
topic-article = Artikel, für die ich zuständig bin oder die ich beobachte
topic-article-more = An fällige Prüfungen erinnert Lotse immer auch per Mail.

# Beobachten
watch-view = Ansicht beobachten
watch-service = Fachverfahren beobachten
watch-end = Nicht mehr beobachten
watch-service-more = Noch ein Fachverfahren
watched-title = Was ich beobachte
watched-lead = Wenn Sie eine Ansicht beobachten, erfahren Sie von jedem Ticket, das hineinkommt. Wenn Sie ein Fachverfahren beobachten, erfahren Sie von neuen Tickets dazu und davon, was in ihnen geschieht; seine Module gehören dazu.
watched-views = Ansichten
watched-views-none = Keine. Über einer Liste heißt der Knopf „Ansicht beobachten“.
watched-services = Fachverfahren
watched-services-none = Keine. Wählen Sie unten eines aus.
watched-tickets = Tickets
watched-tickets-none = Keine. Der Stern im Kopf eines Tickets beobachtet es.
watched-articles = Artikel
watched-articles-none = Keine. In einem Artikel heißt der Knopf „Diesen Artikel beobachten“.
watched-since = seit
watched-gone = Gibt es nicht mehr
watched-end = { $name } nicht mehr beobachten

# Hinweise per Mail
outgoing-told-notices = Hinweise
mail-notices-subject-one = { $what }: { $title }
mail-notices-subject = Lotse: Neues in { $count } Tickets und Artikeln
mail-notices-why = Sie erfahren davon, weil { $why }. Ändern: { $stop }
mail-notices =
    Guten Tag { $name },

    { $told }
    Wie und wann Sie davon erfahren, legen Sie hier fest: { $settings }
    Auf diese Mail können Sie nicht antworten.

    Freundliche Grüße
    { $desk }
