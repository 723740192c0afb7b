# Links, merging, moving, the vendor's number
links-title = Links
links-none = No links yet.
links-add = Link
links-merge = Merge
links-remove = Remove link with { $number }
links-other-hidden = another ticket
links-merged-here = Merged here
link-related = Related to
link-duplicate-of = Duplicate of
link-has-duplicate = Has duplicate
link-caused-by = Caused by
link-causes = Causes
link-child-of = Parent
link-parent-of = Child
link-follows = Follows
link-followed-by = Continued in
link-form-title = Link ticket
link-kind = Kind of link
link-kind-related = is related to the other ticket
link-kind-duplicate-of = is a duplicate of the other ticket
link-kind-has-duplicate = has the other ticket as a duplicate
link-kind-caused-by = is caused by the other ticket
link-kind-causes = causes the other ticket
link-kind-child-of = is a child of the other ticket
link-kind-parent-of = is the parent of the other ticket
link-save = Link
pick-label = Other ticket
pick-hint = Number or words of the title
pick-found = Tickets found
pick-nothing = No ticket found. Check the number or try other words.
pick-choose = Please choose one of the tickets found.
pick-empty = Please enter a number or words of the title.
merge-title = Merge ticket
merge-intro = All messages and files of { $number } go to the other ticket. This can be undone while nothing else happens in either.
merge-preview = Preview
merge-preview-next = Show preview
merge-source = This ticket ends
merge-target = This ticket stays
merge-messages = { $count ->
    [one] One message is added, sorted in by its time.
   *[other] { $count } messages are added, sorted in by their time.
}
merge-fields = These details are added, as nothing stands there yet: { $fields }
merge-links = Files, links and vendors’ numbers come along.
merge-answers = From now on answers to the old number arrive in { $number }.
merge-facts = State, owner and requester of { $number } stay as they are.
merge-reopens = { $number } is opened again, because this ticket is still open.
merge-requester = The requesters differ: { $source } and { $target }. Answers go to { $target }.
merge-other-way = Merge the other way round
merge-do = Merge into { $number }
merge-cancel = Cancel
merge-other = Choose another ticket
merged-note = { $number } was merged into this ticket.
merged-note-history = History of { $number }
merged-hidden = This ticket was merged into another one that you may not see.
move-title = Move message
move-open = Move message to another ticket
move-intro = The message leaves { $number }. From now on answers to it arrive in the other ticket.
move-save = Move
message-origin = Came from { $number }.
message-origin-hidden = Came from another ticket.
threaded-vendor-number = Filed by the vendor’s number.
suggestion-title = Does this belong to { $number }?
suggestion-text = The subject names the ticket, but the sender does not take part there:
suggestion-merge = Merge
suggestion-link = Link only
suggestion-refuse = Refuse
vendor-number = Vendor’s number
vendor-number-vendor = Vendor
vendor-number-number = Number
vendor-number-hint = Leave empty to remove the number
event-linked = Linked
event-unlinked = Link removed
event-link-followed = Link follows the merger
event-link-followed-to = { $to } instead of { $from }
event-merged-into = Merged into
event-merged-from = Merged here
event-merged-messages = { $count ->
    [one] one message
   *[other] { $count } messages
}
event-message-moved-out = Message moved to
event-message-moved-in = Message moved here from
event-suggestion-refused = Suggestion refused
event-vendor-number-set = Vendor’s number changed
event-vendor-number-removed = { $vendor }: removed
merge-share-goes = { $vendor } keeps seeing only what is shared with { $vendor }, from now on under { $number }. Nothing of the other ticket is added.
merge-share-joins = Both tickets are shared with { $vendor }: messages from and to { $vendor } stand together under { $number } from now on.
unmerge = Undo
unmerge-number = Undo the merge of { $number }
unmerged-note = The merge with { $number } was undone.
event-unmerged = Merge undone, back from
event-unmerged-from = Merge undone, given back to
merge-forbidden = You may not merge the other ticket. You can link the two.
move-forbidden = You may not move a message into that ticket.
vendor-number-choose = Please choose the vendor.
split-title = New ticket from this message
split-open = New ticket from this message
split-intro = The new ticket starts with this message and its files. It is linked to { $number }.
split-requester = Requester
split-part = What happens to the message in { $number }?
split-copy = It stays there; the new ticket starts with a copy.
split-move = It moves; from now on answers to it arrive in the new ticket.
split-only = It stays there, because it is the only one of that ticket; the new ticket begins with a copy.
split-files = { $count ->
    [one] One file comes along.
   *[other] { $count } files come along.
}
split-save = Open ticket
link-split-from = Split from
link-split-into = Split off
event-message-copied-out = Message copied to a new ticket
event-message-copied-in = Message copied from
message-ways = More ways for this message
links-tree-above = Further up the tree
links-tree-below = Further down the tree
links-children-open = { $count ->
    [one] One child is still open.
   *[other] { $count } children are still open.
}
fault-ended-open = { $count ->
    [one] One ticket that hangs on this fault is still open.
   *[other] { $count } tickets that hang on this fault are still open.
}
fault-answer-all = Answer all at once
link-article = Link article
link-article-title = Link article
link-article-q = Words of the article
link-article-search = Search
link-article-hits = Articles found
link-article-none = No article found.
link-article-choose = Please choose one of the articles.
link-article-remove = Remove link with “{ $title }”
link-article-linked = linked
event-article-linked = Article linked
event-article-unlinked = Link with article removed
