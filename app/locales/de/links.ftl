# Verknüpfungen, Zusammenführen, Verschieben, Nummer beim Hersteller
links-title = Verknüpfungen
links-none = Noch keine Verknüpfung.
links-add = Verknüpfen
links-merge = Zusammenführen
links-remove = Verknüpfung mit { $number } entfernen
links-other-hidden = ein anderes Ticket
links-merged-here = Hier zusammengeführt
link-related = Gehört zu
link-duplicate-of = Doppelt zu
link-has-duplicate = Hat Dublette
link-caused-by = Verursacht durch
link-causes = Verursacht
link-child-of = Übergeordnet
link-parent-of = Untergeordnet
link-follows = Folgt auf
link-followed-by = Fortgesetzt in
link-form-title = Ticket verknüpfen
link-kind = Art der Verknüpfung
link-kind-related = gehört zum anderen Ticket
link-kind-duplicate-of = ist doppelt zum anderen Ticket
link-kind-has-duplicate = hat das andere Ticket als Dublette
link-kind-caused-by = wird vom anderen Ticket verursacht
link-kind-causes = verursacht das andere Ticket
link-kind-child-of = ist dem anderen Ticket untergeordnet
link-kind-parent-of = ist dem anderen Ticket übergeordnet
link-save = Verknüpfen
pick-label = Anderes Ticket
pick-hint = Nummer oder Wörter aus dem Titel
pick-found = Gefundene Tickets
pick-nothing = Kein Ticket gefunden. Prüfen Sie die Nummer oder nehmen Sie andere Wörter.
pick-choose = Bitte wählen Sie eines der gefundenen Tickets.
pick-empty = Bitte geben Sie eine Nummer oder Wörter aus dem Titel ein.
merge-title = Ticket zusammenführen
merge-intro = Alle Nachrichten und Dateien von { $number } kommen in das andere Ticket. Das lässt sich rückgängig machen, solange in beiden nichts weiter geschieht.
merge-preview = Vorschau
merge-preview-next = Vorschau zeigen
merge-source = Dieses Ticket endet
merge-target = Dieses Ticket bleibt
merge-messages = { $count ->
    [one] Eine Nachricht kommt hinzu, nach der Zeit eingeordnet.
   *[other] { $count } Nachrichten kommen hinzu, nach der Zeit eingeordnet.
}
merge-fields = Diese Angaben kommen hinzu, weil dort noch nichts steht: { $fields }
merge-links = Dateien, Verknüpfungen und Nummern der Hersteller kommen mit.
merge-answers = Antworten auf die alte Nummer kommen künftig in { $number } an.
merge-facts = Status, Zuständigkeit und anfragende Person von { $number } bleiben, wie sie sind.
merge-reopens = { $number } wird wieder geöffnet, weil dieses Ticket noch offen ist.
merge-requester = Die anfragenden Personen sind verschieden: { $source } und { $target }. Antworten gehen an { $target }.
merge-other-way = Andersherum zusammenführen
merge-do = Zusammenführen in { $number }
merge-cancel = Abbrechen
merge-other = Anderes Ticket wählen
merged-note = { $number } wurde mit diesem Ticket zusammengeführt.
merged-note-history = Historie von { $number }
merged-hidden = Dieses Ticket wurde mit einem anderen zusammengeführt, das Sie nicht sehen dürfen.
move-title = Nachricht verschieben
move-open = Nachricht in ein anderes Ticket verschieben
move-intro = Die Nachricht verlässt { $number }. Antworten darauf kommen künftig im anderen Ticket an.
move-save = Verschieben
message-origin = Kam aus { $number }.
message-origin-hidden = Kam aus einem anderen Ticket.
threaded-vendor-number = Zugeordnet über die Nummer des Herstellers.
suggestion-title = Gehört das zu { $number }?
suggestion-text = Der Betreff nennt das Ticket, aber wer schreibt, ist dort nicht beteiligt:
suggestion-merge = Zusammenführen
suggestion-link = Nur verknüpfen
suggestion-refuse = Ablehnen
vendor-number = Nummer beim Hersteller
vendor-number-vendor = Hersteller
vendor-number-number = Nummer
vendor-number-hint = Leer lassen, um die Nummer zu entfernen
event-linked = Verknüpft
event-unlinked = Verknüpfung entfernt
event-link-followed = Verknüpfung folgt der Zusammenführung
event-link-followed-to = { $to } statt { $from }
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
merge-share-goes = { $vendor } sieht weiter nur, was mit { $vendor } geteilt ist, künftig unter { $number }. Vom Inhalt des anderen Tickets kommt nichts hinzu.
merge-share-joins = Beide Tickets sind mit { $vendor } geteilt: Die Nachrichten von und an { $vendor } stehen dort künftig zusammen unter { $number }.
unmerge = Rückgängig
unmerge-number = Zusammenführung von { $number } rückgängig machen
unmerged-note = Die Zusammenführung mit { $number } ist rückgängig gemacht.
event-unmerged = Zusammenführung rückgängig gemacht, zurück aus
event-unmerged-from = Zusammenführung rückgängig gemacht, zurückgegeben an
merge-forbidden = Das andere Ticket dürfen Sie nicht zusammenführen. Sie können die beiden verknüpfen.
move-forbidden = In dieses Ticket dürfen Sie keine Nachricht verschieben.
vendor-number-choose = Bitte wählen Sie den Hersteller.
split-title = Neues Ticket aus dieser Nachricht
split-open = Neues Ticket aus dieser Nachricht
split-intro = Das neue Ticket beginnt mit dieser Nachricht und ihren Dateien. Es wird mit { $number } verknüpft.
split-requester = Anfragende Person
split-part = Was wird aus der Nachricht in { $number }?
split-copy = Sie bleibt dort; das neue Ticket beginnt mit einer Kopie.
split-move = Sie zieht um; Antworten darauf kommen künftig im neuen Ticket an.
split-only = Sie bleibt dort, weil sie die einzige des Tickets ist; das neue Ticket beginnt mit einer Kopie.
split-files = { $count ->
    [one] Eine Datei kommt mit.
   *[other] { $count } Dateien kommen mit.
}
split-save = Ticket anlegen
link-split-from = Abgeteilt von
link-split-into = Abgeteilt
event-message-copied-out = Nachricht kopiert in ein neues Ticket
event-message-copied-in = Nachricht kopiert aus
message-ways = Weitere Wege für diese Nachricht
links-tree-above = Weiter oben im Baum
links-tree-below = Weiter unten im Baum
links-children-open = { $count ->
    [one] Ein untergeordnetes Ticket ist noch offen.
   *[other] { $count } untergeordnete Tickets sind noch offen.
}
fault-ended-open = { $count ->
    [one] Ein Ticket, das an dieser Störung hängt, ist noch offen.
   *[other] { $count } Tickets, die an dieser Störung hängen, sind noch offen.
}
fault-answer-all = Allen auf einmal antworten
link-article = Artikel verknüpfen
link-article-title = Artikel verknüpfen
link-article-q = Wörter aus dem Artikel
link-article-search = Suchen
link-article-hits = Gefundene Artikel
link-article-none = Kein Artikel gefunden.
link-article-choose = Bitte wählen Sie einen der Artikel.
link-article-remove = Verknüpfung mit „{ $title }“ entfernen
link-article-linked = verknüpft
event-article-linked = Artikel verknüpft
event-article-unlinked = Verknüpfung mit Artikel entfernt
