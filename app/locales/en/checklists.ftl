# Checklists in tickets and their templates
checklist = Checklist
checklist-progress = { $done } of { $all } done
checklist-add = Add items
checklist-edit = Change “{ $text }”
checklist-edit-short = Change the item
checklist-tick = { $text }
checklist-is-done = done
checklist-is-open = open
checklist-due = by { $day }
checklist-overdue = overdue since { $day }
checklist-open-warning = { $count ->
    [one] 1 item of the checklist is still open.
   *[other] { $count } items of the checklist are still open.
  }
checklist-line = Item
checklist-responsible = Responsible
checklist-nobody = nobody in particular
checklist-owner = whoever works on the ticket
checklist-due-on = Due on
checklist-template = Template
checklist-take = Insert template
checklist-add-line = Add item
checklist-up = Move up
checklist-down = Move down
checklist-remove = Remove item
checklist-fault-empty = Please say what is to be done.
checklist-fault-long = An item has at most 300 characters.
checklist-fault-sees = This person does not see the ticket. Choose somebody else or nobody.
checklist-fault-days = Please enter a whole number of days, at most 3650.
checklist-fault-none = A checklist needs at least one item.
checklists = Checklists
checklist-new = New checklist
checklist-none-yet = There is no template of a checklist yet.
checklist-services = Offered for
checklist-for-all = all
checklist-steps = Items
checklist-steps-hint = In their order; empty rows are left out. The days count from the day the checklist is put into the ticket. Without a service it is offered everywhere.
checklist-step = Item { $number }
checklist-days = Days until due
checklist-count = { $count ->
    [one] 1 item
   *[other] { $count } items
  }
event-checklist-added = Checklist extended
event-checklist-changed = Item of the checklist changed
event-checklist-ticked = Item of the checklist done
event-checklist-unticked = Item of the checklist open again
event-checklist-moved = Item of the checklist moved
event-checklist-removed = Item of the checklist removed
rejected-too-many-steps = These are too many items for a checklist.
start-lines = Your checklist items
