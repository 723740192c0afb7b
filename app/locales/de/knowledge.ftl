knowledge = Wissen
article-new = Neuer Artikel
article-edit = Bearbeiten
article-edit-title = Bearbeiten: { $title }
article-back = Artikel
article-print = Drucken
article-find = Artikel finden
article-words = Suchwort
article-all = Alle Artikel
article-categories = Artikel nach Rubrik
article-title = Titel
article-owner = Verantwortlich
article-author = Geschrieben von
article-written = Geschrieben
article-published = Veröffentlicht
article-state = Stand
article-every-state = Alle außer stillgelegten
article-state-draft = Entwurf
article-state-in-review = In Prüfung
article-state-published = Veröffentlicht
article-state-retired = Stillgelegt
article-mine = Meine Artikel
article-due = Prüfung fällig
article-none-found = Kein Artikel gefunden
article-none-found-more = Zu diesen Angaben gibt es keinen Artikel.
article-none = Noch kein Artikel
article-none-more = Hier stehen Anleitungen und Lösungen, sobald eine davon veröffentlicht ist.
article-newer-draft = Eine neue Fassung ist in Arbeit.
article-to-newest = Neue Fassung ansehen
article-not-published = Diese Fassung ist noch nicht veröffentlicht.
article-to-published = Veröffentlichte Fassung ansehen
article-old-version = Das ist eine ältere Fassung.
article-to-current = Geltende Fassung ansehen
article-is-retired = Dieser Artikel ist stillgelegt.
article-is-retired-more = Lesende finden ihn nicht mehr.
article-path = Pfad
article-reviewed = Fachlich geprüft
article-version = Fassung { $number }
article-version-number = Fassung
article-versions = Fassungen
article-all-versions = Alle Fassungen
article-version-restore = Wieder aufnehmen
article-version-restore-number = Fassung { $number } wieder aufnehmen
article-restored-from = Fassung { $number } wieder aufgenommen
article-change = Änderung
article-compare = Vergleichen
article-compare-from = Von
article-compare-to = Nach
article-compare-same = Beide Fassungen sagen dasselbe.
article-compare-lines = { $count ->
    [one] 1 unveränderte Zeile
   *[other] { $count } unveränderte Zeilen
}
article-compare-published = Mit der veröffentlichten Fassung vergleichen
article-conflict-words = Was sich unterscheidet
article-conflict-yours = Ihr Text
article-about = Angaben zum Artikel
article-about-scroll = Angaben zum Artikel, scrollbar
article-contents = Auf dieser Seite
article-facts = Angaben
article-anchor = Link zum Abschnitt „{ $heading }“
article-anchor-copied = Der Link zum Abschnitt ist kopiert.
article-table = Tabelle, scrollbar
article-audience = Sichtbar für
article-for-internal = Nur Servicedesk
article-for-requesters = Servicedesk und Anfragende
article-for-vendors = Servicedesk und gewählte Hersteller
article-for-public = Alle
article-vendors = Hersteller
article-services = Gilt für
article-language = Sprache
article-language-de = Deutsch
article-language-en = Englisch
article-keywords = Stichwörter
article-keywords-hint = Mit Komma getrennt.
article-review-due = Nächste Prüfung
article-review-due-hint = Bis zu diesem Tag sieht jemand nach, ob der Artikel noch stimmt.
article-review-late = überfällig
article-summary = Kurz gesagt
article-summary-hint = Ein Satz, der in Listen und Treffern steht.
article-body = Text
article-body-hint = Markdown ist möglich.
article-note = Was haben Sie geändert?
article-note-hint = Steht bei der Fassung.
article-files = Dateien
article-files-hint = Bilder und andere Dateien. Beim Speichern gehören sie zu dieser Fassung; ältere Fassungen behalten ihre. Nach außen gehen nur Dateien, auf die der Text außerhalb interner Abschnitte verweist.
article-file-put = { $name } in den Text setzen
article-file-remove = { $name } entfernen
article-picture-gone = Bild nicht vorhanden
article-fault-summary = Bitte kürzen Sie den Text auf 300 Zeichen.
article-fault-body = Der Text ist zu lang. Bitte teilen Sie ihn auf mehrere Artikel auf.
article-syntax = So schreiben Sie Überschriften, Listen und Hinweise
article-syntax-heading = Überschrift; mit drei Rauten eine darunter
article-syntax-list = Liste
article-syntax-steps = Schritt für Schritt
article-syntax-strong = fett
article-syntax-code = Eingabe, Kennung oder Meldung
article-syntax-table = Zeile einer Tabelle
article-syntax-callout = Hinweiskasten; auch NOTE, TIP, IMPORTANT und CAUTION
article-syntax-link = Link
article-syntax-internal = Abschnitt, den nur das Haus sieht
article-internal = Nur intern
article-syntax-picture = Bild aus den Dateien des Artikels
callout-note = Hinweis
callout-tip = Tipp
callout-important = Wichtig
callout-warning = Warnung
callout-caution = Vorsicht
article-filing = Veröffentlichung
article-filing-scroll = Veröffentlichung, scrollbar
article-preview = Vorschau
article-preview-show = Vorschau zeigen
article-save-and-send = Speichern und zur Prüfung geben
article-conflict = { $name } hat diesen Artikel inzwischen geändert.
article-conflict-more = Ihr Text steht unverändert im Formular. Übernehmen Sie, was fehlt, und speichern Sie noch einmal; dann gilt Ihre Fassung. So ist der Artikel jetzt gespeichert:
article-conflict-body = Gespeicherter Text
article-somebody = Jemand
article-flow = Ablauf
article-send = Zur Prüfung geben
article-publish = Veröffentlichen
article-retire = Stilllegen
article-bring-back = Wieder als Entwurf aufnehmen
article-own-work = Sie haben an dieser Fassung geschrieben. Jemand anderes prüft und veröffentlicht sie.
article-lacks = Vor der Prüfung fehlt noch:
article-lack-summary = Der Artikel braucht einen Satz unter „Kurz gesagt“.
article-lack-body = Der Artikel braucht einen Text.
article-lack-category = Wählen Sie eine Rubrik.
article-lack-owner = Wählen Sie, wer für den Artikel verantwortlich ist.
article-lack-review-due = Geben Sie an, wann der Artikel wieder geprüft wird.
article-remarks = Anmerkungen
article-remark = Anmerkung zur Fassung
article-remark-hint = Nur wer an Artikeln arbeitet, liest sie.
article-say = Anmerken
article-give-back = Zurückgeben
article-given-back = zurückgegeben
article-done-saved = Der Artikel ist gespeichert.
article-done-unchanged = Am Artikel hat sich nichts geändert.
article-done-sent = Die Fassung liegt zur Prüfung bereit.
article-done-said = Die Anmerkung ist gespeichert.
article-done-returned = Die Fassung ist wieder ein Entwurf. Ihre Anmerkung steht daneben.
article-done-published = Die Fassung ist veröffentlicht.
article-done-retired = Der Artikel ist stillgelegt.
article-done-restored = Der Artikel ist wieder ein Entwurf.
category = Rubrik
categories = Rubriken
category-new = Neue Rubrik
category-parent = Liegt unter
category-top = Ganz oben
category-articles = Artikel dieser Rubrik

article-draft = Ihr Entwurf, zuletzt geändert: { $time }. Gespeichert ist er noch nicht.
article-draft-discard = Entwurf verwerfen
editor-tools = Formatierung
editor-heading = Überschrift
editor-bold = Fett (Strg+B)
editor-list = Liste
editor-steps = Schritte
editor-code = Eingabe oder Kennung
editor-callout = Hinweiskasten
editor-internal = Nur intern sichtbarer Abschnitt
editor-table = Tabelle
editor-table-cells = | Spalte | Spalte |\n|---|---|\n| Zelle | Zelle |
editor-link = Verweis einfügen
editor-link-find = Artikel oder Ticket
editor-link-hint = Wörter aus dem Titel, oder die Nummer des Tickets.
editor-link-hits = Treffer
editor-link-nothing = Nichts gefunden.
article-checks = Textprüfung
article-checks-empty = Noch kein Text.
article-checks-sentences = { $count ->
    [one] Sätze im Schnitt ein Wort
   *[other] Sätze im Schnitt { $count } Wörter
}
article-checks-headings = Überschriften folgen aufeinander
article-checks-skips = Eine Ebene der Überschriften fehlt
article-checks-no-headings = Langer Text ohne Überschriften
article-checks-images = Alle Bilder haben Alternativtexte
article-checks-unnamed = { $count ->
    [one] Ein Bild hat keinen Alternativtext
   *[other] { $count } Bilder haben keinen Alternativtext
}
article-cases = Aus diesen Fällen
editor-image = Bild oder Datei
article-pasted-plain = Als einfacher Text eingefügt: Überschriften, Tabellen und Listen waren nicht lesbar.
article-pasted-pictures = Bilder kommen beim Einfügen nicht mit. Bitte laden Sie sie als Dateien hoch.
article-done-feedback = Danke für Ihre Rückmeldung.
feedback-title = Hat dieser Artikel geholfen?
feedback-yes = Ja
feedback-no = Nein
feedback-word = Was fehlt oder stimmt nicht?
feedback-word-hint = Das lesen die Verantwortlichen des Artikels, ohne Ihren Namen.
feedback-given-yes = Ihre Antwort: Ja
feedback-given-no = Ihre Antwort: Nein
feedback-older = Sie galt einer älteren Fassung.
feedback-facts = Nutzen
feedback-uses = { $count ->
    [one] 1-mal in Antworten
   *[other] { $count }-mal in Antworten
}
feedback-uses-version = { $count ->
    [one] davon 1-mal diese Fassung
   *[other] davon { $count }-mal diese Fassung
}
feedback-counts = Geholfen: { $yes } ja, { $no } nein
feedback-none = Noch keine Rückmeldung zu dieser Fassung
gaps-title = Was dem Wissen fehlt
gaps-way = Was fehlt
gaps = Lücken
gaps-hint = { $count ->
    [one] Fachverfahren und Ursachen mit mindestens einem gelösten Fall ohne Artikel
   *[other] Fachverfahren und Ursachen mit mindestens { $count } gelösten Fällen in den letzten { $days } Tagen, aus denen seitdem kein Artikel entstand
}
gaps-none = Keine Lücken: Zu allem, was sich häuft, gibt es einen Artikel.
gaps-cases = { $count ->
    [one] 1 Fall
   *[other] { $count } Fälle
}
gaps-newest = Die zuletzt gelösten Fälle
gaps-begin = Artikel beginnen
gaps-begin-from = Artikel beginnen aus { $number }
gaps-reusable = Vorgemerkte Fälle
gaps-reusable-hint = Als wiederverwendbar vorgemerkt und noch ohne Artikel
gaps-reusable-none = Kein Fall ist vorgemerkt. Beim Lösen eines Tickets fragt Lotse, ob die Lösung auch anderen hilft.
gaps-poor = Wenig hilfreich
gaps-poor-hint = Mindestens die Hälfte der Rückmeldungen zur geltenden Fassung sagt nein
gaps-poor-none = Kein Artikel hat überwiegend schlechte Rückmeldungen.
