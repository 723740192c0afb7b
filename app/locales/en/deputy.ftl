# Standing in
deputy = Cover
deputy-title = Cover
deputy-how = Whoever stands in for you gets no rights by it. In that time they also get your notices, as far as they may see the tickets, and what they do with your tickets stands in the history with both names.
deputy-how-other = For people who are away and cannot set it themselves. Whoever stands in gets no rights by it. In that time they also get the other person’s notices, as far as they may see the tickets, and what they do with those tickets stands in the history with both names. The person sees who set it.
deputy-who = Covered by
deputy-choose = Please choose
deputy-from = From
deputy-to = Up to and including
deputy-end = End the cover
deputy-nobody = Please choose who stands in for you.
deputy-nobody-other = Please choose who stands in.
deputy-no-day = Please give a day.
deputy-of = Cover: { $name }
deputy-set-by = { $name } set this cover.
deputy-banner = You stand in for { $name } until { $day }.
deputy-tickets = { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
  }
event-on-behalf = { $name } standing in for { $absent }
