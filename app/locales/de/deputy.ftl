# Vertretung
deputy = Vertretung
deputy-title = Vertretung
deputy-how = Wer Sie vertritt, bekommt dadurch keine Rechte. In dieser Zeit erhält die Vertretung auch Ihre Hinweise, soweit sie die Tickets sehen darf, und was sie mit Ihren Tickets tut, steht im Verlauf mit beiden Namen.
deputy-how-other = Für Personen, die nicht da sind und es nicht selbst eintragen können. Die Vertretung bekommt dadurch keine Rechte. In dieser Zeit erhält sie auch deren Hinweise, soweit sie die Tickets sehen darf, und was sie mit deren Tickets tut, steht im Verlauf mit beiden Namen. Die Person sieht, wer es eingetragen hat.
deputy-who = Vertreten durch
deputy-choose = Bitte wählen
deputy-from = Von
deputy-to = Bis einschließlich
deputy-end = Vertretung beenden
deputy-nobody = Bitte wählen Sie, wer Sie vertritt.
deputy-nobody-other = Bitte wählen Sie, wer die Vertretung übernimmt.
deputy-no-day = Bitte geben Sie einen Tag an.
deputy-of = Vertretung: { $name }
deputy-set-by = { $name } hat diese Vertretung eingetragen.
deputy-banner = Sie vertreten { $name } bis { $day }.
deputy-tickets = { $count ->
    [one] 1 Ticket
   *[other] { $count } Tickets
  }
event-on-behalf = { $name } in Vertretung für { $absent }
