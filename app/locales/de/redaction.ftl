redact-open = Schwärzen …
redact-title = Schwärzung beantragen
redact-intro = Was geschwärzt wird, ist endgültig weg.
redact-intro-more = Eine andere Person muss zustimmen. Bis dahin bleibt die Nachricht, wie sie ist.
redact-proposed = Was in dieser Nachricht nach persönlichen Daten aussieht
redact-passages = Stellen
redact-passages-hint = Je Zeile eine Stelle, so wie sie in der Nachricht steht. Sie wird in allen Nachrichten des Tickets geschwärzt, auch in Zitaten.
redact-files = Dateien, die verschwinden sollen
redact-reason = Begründung
redact-reason-hint = Für die Person, die entscheidet. Nennen Sie die Stelle selbst hier bitte nicht.
redact-ask = Beantragen
redact-nothing = Bitte nennen Sie mindestens eine Stelle oder eine Datei.
redact-many = Bitte höchstens { $count } Stellen auf einmal.
redact-short = „{ $passage }“ ist zu kurz: Eine Stelle braucht mindestens { $count } Zeichen.
redact-missing = „{ $passage }“ steht so nicht in der Nachricht.
redact-reason-missing = Bitte begründen Sie, warum das weg muss.
redact-reason-long = Bitte höchstens { $count } Zeichen.
redaction-title = Über eine Schwärzung entscheiden
redaction-passages = Diese Stellen
redaction-files = Diese Dateien
redaction-others = { $count ->
    [0] Andere Nachrichten des Tickets sind nicht betroffen.
    [one] Auch eine andere Nachricht des Tickets ist betroffen.
   *[other] Auch { $count } andere Nachrichten des Tickets sind betroffen.
}
redaction-elsewhere = { $count ->
    [one] Auch ein anderes Ticket ist betroffen, weil dort eine Kopie der Nachricht steht oder weil es hierher zusammengeführt wurde.
   *[other] Auch { $count } andere Tickets sind betroffen, weil dort Kopien der Nachrichten stehen oder weil sie hierher zusammengeführt wurden.
}
redaction-message = Die Nachricht
redaction-for-ever = Das lässt sich nicht rückgängig machen.
redaction-for-ever-more = Die Stellen werden in Nachrichten, Betreff, Entwürfen, Anfragen an Hersteller und Suche geschwärzt, die Original-Mail und die formatierte Ansicht werden durch den verbliebenen Text ersetzt. In Dateien wird nicht gesucht, und was schon verschickt ist, bleibt bei den Empfängern. Ältere Datensicherungen enthalten es noch.
redaction-approve = Endgültig schwärzen
redaction-refuse = Ablehnen
redaction-open = Schwärzung beantragt
redaction-done = Geschwärzt
redaction-look = Ansehen und entscheiden
redaction-withdraw = Antrag zurückziehen
event-redaction-asked = Schwärzung beantragt
event-redaction-refused = Schwärzung abgelehnt
event-redaction-withdrawn = Antrag auf Schwärzung zurückgezogen
event-redacted = Geschwärzt
event-redacted-asked-by = beantragt von { $name }
event-redaction-passages = { $count ->
    [one] eine Stelle
   *[other] { $count } Stellen
}
event-redaction-files = { $count ->
    [one] eine Datei
   *[other] { $count } Dateien
}
