# Roles and rights
settings-roles = Roles and rights
role-new = New role
role-new-hint = A new role may do nothing at first. What it may do is set afterwards.
role-rights = See and change rights
roles-caption = Rights by role
roles-right = Right
roles-people = { $count ->
    [one] 1 person
   *[other] { $count } people
  }
roles-none = no
roles-everything = all
roles-own-teams = own teams
roles-own-organisation = own office
roles-narrower = named ones only
roles-teams = teams { $names }
roles-services = services { $names }
roles-values = { $field }: { $names }
roles-short-team = Team
roles-short-organisation = Office
roles-short-teams = { $count ->
    [one] 1 team
   *[other] { $count } teams
  }
roles-short-services = { $count ->
    [one] 1 service
   *[other] { $count } services
  }
roles-short-values = { $count ->
    [one] 1 value
   *[other] { $count } values
  }
roles-short-several = { $count } parts
roles-cell = { $right }, { $role }: { $level }
roles-cell-changed = { $right }, { $role }: { $level }, changed
roles-copy = Copy a role
roles-copy-of = Role to copy
roles-exactly = More exactly
roles-effect = See the effect
roles-save = Save changes ({ $count })
roles-how = A click on a level chooses the next one. Nothing is saved before “Save changes”. Less than “all” always includes tickets somebody works on themselves.
roles-change = “{ $role }”, { $right }: { $to } instead of { $from }
roles-unsaved = { $count ->
    [one] 1 change
   *[other] { $count } changes
  } not saved: { $changes }. { $people ->
    [0] Concerns nobody.
    [one] Concerns 1 person.
   *[other] Concerns { $people } people.
  }
roles-refused = “{ $role }” is not saved.
roles-choose = { $role }: { $right }
roles-choose-how = Tick where the right holds. Several together mean that one of them is enough. Nothing means no.
roles-choose-levels = Holds for
roles-choose-services = Services, with all below them
roles-choose-take = Take over
roles-choose-unsaved = Taking over changes nothing yet. It is saved in the overview.
roles-compare = Compare roles
roles-compare-one = First role
roles-compare-other = Second role
roles-compare-do = Compare
roles-compare-how = Choose two roles. What differs is marked.
roles-compare-differs = Difference
roles-compare-yes = differs
roles-compare-no = same
roles-effect-back = Back to the overview
roles-effect-people = { $count ->
    [0] Nobody has one of these roles.
    [one] 1 person has one of these roles.
   *[other] { $count } people have one of these roles.
  }
roles-effect-nothing = For nobody changes which tickets can be seen or worked on.
roles-effect-touched = { $count ->
    [one] For 1 person tickets come or go.
   *[other] For { $count } people tickets come or go.
  }
roles-effect-uncounted = { $count ->
    [one] 1 more person is not counted, because it took too long.
   *[other] { $count } more people are not counted, because it took too long.
  }
roles-effect-how = All tickets are counted. Only those you see yourself stand as examples. Other roles of these people are taken into account.
roles-effect-none = nothing
roles-effect-person = Person
roles-effect-comes = Comes
roles-effect-goes = Goes
roles-effect-amount = { $open } open, { $all } in all
roles-group-tickets = Tickets
roles-group-reports = Reports
roles-group-mail = Mail
roles-group-settings = Settings
permission-read-tickets = See tickets
permission-create-tickets = Open tickets
permission-reply = Reply
permission-note = Write notes
permission-assign = Assign
permission-classify = Classify and change fields
permission-set-priority = Change the priority
permission-set-state = Change state and follow-up
permission-close-tickets = Solve and close
permission-link-tickets = Link
permission-merge-tickets = Merge
permission-redact-messages = Approve redactions
permission-share-with-vendor = Share with vendor
permission-withdraw-share = Withdraw sharing
permission-use-portal = Use the vendor portal
permission-invite-vendors = Manage vendors' access
permission-book-effort = Book effort
permission-watch = Watch
permission-export-tickets = Export lists
permission-share-views = Share views
permission-enter-absences = Enter others’ absences
permission-settle-mail = Settle mail that got stuck
permission-manage-mailboxes = Manage mailboxes
permission-manage-people = Manage people
permission-manage-organisations = Manage offices
permission-manage-teams = Manage teams
permission-manage-services = Manage services, time limits, activities, tasks by date and words with the same meaning
permission-manage-fields = Manage fields
permission-manage-text-blocks = Manage text blocks, document templates and checklists
permission-read-articles = Read articles
permission-write-articles = Write articles
permission-review-articles = Remark on articles and give them back
permission-publish-articles = Publish and retire articles, keep categories
permission-manage-roles = Manage roles and sign-in
# Who sees what
sight = Who sees what and why
sight-person = Person
sight-ticket = Ticket number
sight-do = Look
sight-which = Person meant
sight-nobody = Nobody has such a name. Type a part of the name or address.
sight-no-ticket = There is no such ticket, or you do not see it.
sight-roles = Roles: { $names }.
sight-teams = Teams: { $names }.
sight-retired = This person is out of use and may do nothing.
sight-held = May
sight-why = Why
sight-yes = yes
sight-partly = in part
sight-no-role = No role of this person contains it.
sight-owned = works on it themselves
sight-own-team = lies with a team of theirs
sight-no-team = lies with no team
sight-team = lies with one of these teams
sight-service = is about one of these services
sight-organisation = comes from their own office
sight-value = holds one of these values
sight-not = does not reach this far
sight-not-own-team = lies with another team
sight-fields = Fields
sight-field = Field
sight-field-hidden = hidden
sight-field-read = read
sight-field-write = read and change
sight-field-no-role = Without a role every field is hidden.
sight-field-out-of-sight = does not see the ticket
sight-field-nameless = sees solved cases without names only
sight-field-not-classified = may not change fields of this ticket
