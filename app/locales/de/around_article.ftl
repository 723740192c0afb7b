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
translation-begin = Übersetzung anlegen
translation-behind = Diese Übersetzung gibt eine ältere Fassung des Originals wieder.
translation-to-original = Fassung { $number } des Originals lesen
translation-original = Original
translation-original-version = Fassung des Originals
translation-follows = Entspricht Fassung { $number } des Originals
translation-followed = bisher entsprach sie Fassung { $number }
translation-newest = veröffentlicht ist Fassung { $number }
translations-behind = Übersetzungen, deren Original neuer ist
rejected-no-original = Als Original dient ein Artikel in einer anderen Sprache, der selbst keine Übersetzung ist.
rejected-translated-already = In dieser Sprache gibt es schon eine Übersetzung des Originals.
translation-read-de = Auf Deutsch lesen
translation-read-en = Auf Englisch lesen
outgoing-told-review = Erinnerung an eine Prüfung
mail-review-due-subject = Bitte prüfen Sie „{ $title }“
mail-review-due =
    Guten Tag { $name },

    Sie sind für den Artikel „{ $title }“ verantwortlich. Bis zum { $day } sieht jemand nach, ob er noch stimmt:

    { $link }

    Stimmt er noch, tragen Sie dort bitte den nächsten Prüftag ein. Sonst schreiben Sie eine neue Fassung oder legen ihn still.

    Freundliche Grüße
    { $desk }
