# State and priority
state-new = New
state-open = In progress
state-waiting-requester = Waiting for reply
state-waiting-vendor = With the vendor
state-waiting-date = On hold
state-solved = Solved
state-closed = Closed
state-merged = Merged
priority-low = Low
priority-normal = Normal
priority-high = High
priority-very-high = Very high
priority-named = Priority { $priority }
reason-choose = Please choose
