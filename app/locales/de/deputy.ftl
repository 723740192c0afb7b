# Vertretung
deputy = Vertretung
deputy-title = Vertretung
deputy-how = Wer Sie vertritt, bekommt dadurch keine Rechte. In dieser Zeit erhält die Vertretung auch Ihre Hinweise, soweit sie die Tickets sehen darf, und was sie mit Ihren Tickets tut, steht im Verlauf mit beiden Namen.
deputy-who = Vertreten durch
deputy-choose = Bitte wählen
deputy-from = Von
deputy-to = Bis einschließlich
deputy-end = Vertretung beenden
deputy-nobody = Bitte wählen Sie, wer Sie vertritt.
deputy-no-day = Bitte geben Sie einen Tag an.
deputy-banner = Sie vertreten { $name } bis { $day }.
deputy-tickets = { $count ->
    [one] 1 Ticket
   *[other] { $count } Tickets
  }
event-on-behalf = { $name } in Vertretung für { $absent }
