# Links, merging, moving, the vendor's number
links-other-hidden = another ticket
link-related = Related to
link-duplicate-of = Duplicate of
link-has-duplicate = Has duplicate
link-caused-by = Caused by
link-causes = Causes
link-child-of = Parent
link-parent-of = Child
link-follows = Follows
link-followed-by = Continued in
threaded-vendor-number = Filed by the vendor’s number.
event-linked = Linked
event-unlinked = Link removed
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
