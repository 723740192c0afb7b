# Mails, die hinausgehen
mail-quotation = Am { $at } schrieb { $name }:
mail-no-subject = (ohne Betreff)
mail-receipt =
    Guten Tag,

    Ihre Nachricht „{ $title }“ ist bei uns eingegangen. Sie hat die Nummer { $number }.

    Wenn Sie etwas ergänzen möchten, antworten Sie bitte auf diese Mail.

    Freundliche Grüße
    { $sender }
mail-closing-note =
    Guten Tag,

    Ihre Anfrage „{ $title }“ mit der Nummer { $number } ist abgeschlossen.

    Wenn noch etwas offen ist, antworten Sie bitte auf diese Mail.

    Freundliche Grüße
    { $sender }
mail-test-subject = Testmail
mail-test-text = Diese Mail zeigt, dass der Versand funktioniert. Sie müssen nichts tun.
