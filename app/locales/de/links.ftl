# Verknüpfungen, Zusammenführen, Verschieben, Nummer beim Hersteller
links-other-hidden = ein anderes Ticket
link-related = Gehört zu
link-duplicate-of = Doppelt zu
link-has-duplicate = Hat Dublette
link-caused-by = Verursacht durch
link-causes = Verursacht
link-child-of = Übergeordnet
link-parent-of = Untergeordnet
link-follows = Folgt auf
link-followed-by = Fortgesetzt in
threaded-vendor-number = Zugeordnet über die Nummer des Herstellers.
event-linked = Verknüpft
event-unlinked = Verknüpfung entfernt
event-merged-into = Zusammengeführt in
event-merged-from = Hierher zusammengeführt
event-merged-messages = { $count ->
    [one] eine Nachricht
   *[other] { $count } Nachrichten
}
event-message-moved-out = Nachricht verschoben nach
event-message-moved-in = Nachricht hierher verschoben aus
event-suggestion-refused = Vorschlag abgelehnt
event-vendor-number-set = Nummer beim Hersteller geändert
event-vendor-number-removed = { $vendor }: entfernt
