article-history = Historie
article-history-caption = Historie des Artikels, neueste zuerst
article-history-reader = Leserin oder Leser
article-watch = Diesen Artikel beobachten
article-watch-hint = Beobachten: Die Glocke meldet neue Fassungen, Prüfungen nach Releases und das Stilllegen.
article-related = Verwandte Artikel
article-event-recheck-told = Nach einem Release zu prüfen
article-event-imported = Von anderswo übernommen
article-event-feedback = Rückmeldung
article-event-helped = Hat geholfen, Fassung { $number }
article-event-not-helped = Hat nicht geholfen, Fassung { $number }
rule-site = Hilfeseiten
rejected-too-many-answers = Von hier kamen in der letzten Stunde zu viele Rückmeldungen. Bitte versuchen Sie es später noch einmal.
remark-quote = Stelle
remark-quote-hint = Aus dem Text der Fassung; leer gilt die Anmerkung der ganzen Fassung.
remark-take-selection = Markierte Stelle übernehmen
remark-settle = Erledigt
remark-reopen = Wieder öffnen
remark-done = Erledigt von
remarks-open = { $count ->
    [one] Eine Anmerkung ist noch offen.
   *[other] { $count } Anmerkungen sind noch offen.
}
remarks-none-open = Alle Anmerkungen sind erledigt.
remarks-done = Erledigte Anmerkungen
remarks-beside-hint = Auf der Seite des Artikels kreuzen Sie ab, was erledigt ist.
article-done-settled = Die Anmerkung ist geändert.
article-event-remark-settled = Anmerkung erledigt
article-event-remark-reopened = Anmerkung wieder geöffnet
rejected-not-in-text = Diese Stelle steht nicht in der Fassung. Bitte übernehmen Sie sie wörtlich oder lassen Sie das Feld leer.
