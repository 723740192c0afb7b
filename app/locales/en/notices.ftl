# Notices: what somebody should know about their tickets
nav-notices = Notices
nav-notices-unread = { $count ->
    [one] Notices, 1 unread
   *[other] Notices, { $count } unread
}
nav-notices-many = Notices, more than { $count } unread
notices-title = Notices
notices-read-all = Mark all as read
notices-new = new
notices-empty = No notices.
notices-empty-text = When a deadline of your tickets, your team’s or those you watch is approaching, you will read it here.

notices-why = because { $why }
notifications-settings = Notification settings
notice-deadline-near = Deadline soon
notice-deadline-passed = Deadline passed
notice-vendor-answered = The vendor answered
notice-repair-moved = The vendor’s repair moved on
notice-review-due = Article to review
notice-article-published = New version published
notice-article-retired = Article retired
notice-recheck-due = Article to check after a release
notice-mentioned = You were mentioned
notice-assigned = Assigned to you
notice-requester-wrote = New message
notice-colleague-wrote = New entry in the thread
notice-solved = Solved
notice-reminder-reached = Follow-up due
notice-ticket-opened = New ticket
notice-classified = Service assigned
notice-came-in = Came into a view
notice-deputised = Passed on because of an absence
notice-reopened = Open again
notice-redaction-asked = Redaction requested
notice-other = News
notice-why-mentioned = you are mentioned in a note
notice-why-owner = you own this ticket
notice-why-deputy = you stand in for the owner of this ticket
notice-why-absent = the person working on this ticket is away and you are there for them
notice-why-left = the person who worked on this ticket works on tickets no more and you are there for them
notice-why-approver = you decide on redactions here
notice-why-team = nobody owns this ticket of your team
notice-why-watch = you watch this ticket
notice-why-service = you watch this service
notice-why-view = you watch this view
notice-why-article-owner = you answer for this article
notice-why-article-watch = you watch this article
notice-why-other = it concerns you

# How somebody is told
notifications-title = Notification settings
notifications-lead = The page “Notices” holds everything that you do not switch off. Here you choose what you are told of by mail too. You are never told of what you do yourself, and what you have read already is not mailed.
notifications-what = What
notifications-off = not at all
notifications-page = here only
notifications-at-once = mail at once
notifications-hourly = mail hourly
notifications-daily = mail daily
notifications-daily-at = The daily mail comes at
notifications-quiet = Quiet hours
notifications-quiet-hours = No mail at these times
notifications-quiet-from = from
notifications-quiet-to = to
notifications-quiet-weekend = No mail on Saturdays and Sundays
notifications-quiet-hint = What falls into quiet hours comes afterwards, bundled in one mail.
notifications-time-fault = Please enter a time such as 07:30.
notifications-quiet-fault = Quiet hours must end at another time than they begin.
notifications-saved = Saved. This is how you are told from now on.
topic-mentioned = Somebody mentions me in a note
topic-assigned = Somebody assigns a ticket to me
topic-own = Something happens in my tickets
topic-own-more = messages, entries by others, answers of vendors, solved by others
topic-team = Something happens in tickets of my team that nobody owns
topic-deputy = Something happens in tickets of people I stand in for
topic-deadline = A deadline is near or has passed
topic-reminder = A follow-up is due
topic-redaction = Somebody asks for a redaction that I decide on
topic-watched = Something happens in tickets I watch
topic-watched-more = deadlines and follow-ups too
topic-service = Something happens in a service I watch
topic-view = A ticket comes into a view I watch
topic-article = Articles I answer for or watch
topic-article-more = Lotse always reminds of reviews by mail too.

# Watching
watch-view = Watch view
watch-service = Watch service
watch-end = Stop watching
watch-service-more = Another service
watched-title = What I watch
watched-lead = When you watch a view, you are told of each ticket that comes into it. When you watch a service, you are told of its new tickets and of what happens in them; its modules are included.
watched-views = Views
watched-views-none = None. The button above a list says “Watch view”.
watched-services = Services
watched-services-none = None. Choose one below.
watched-tickets = Tickets
watched-tickets-none = None. The star in the head of a ticket watches it.
watched-articles = Articles
watched-articles-none = None. In an article the button says “Watch this article”.
watched-since = since
watched-gone = No longer there
watched-end = Stop watching { $name }

# Notices by mail
outgoing-told-notices = Notices
mail-notices-subject-one = { $what }: { $title }
mail-notices-subject = Lotse: news in { $count } tickets and articles
mail-notices-why = You are told because { $why }. Change: { $stop }
mail-notices =
    Hello { $name },

    { $told }
    Choose here how and when you are told: { $settings }
    You cannot answer this mail.

    Kind regards,
    { $desk }
