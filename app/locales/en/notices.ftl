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
