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
mail-reset-subject = Neues Kennwort für { $desk }
mail-reset =
    Guten Tag { $name },

    für Ihr Konto wurde ein neues Kennwort angefordert. Hier wählen Sie es:

    { $link }

    Der Link gilt eine Stunde und nur einmal. Wenn Sie nichts angefordert haben, müssen Sie nichts tun: Ihr Kennwort bleibt, wie es ist.

    Freundliche Grüße
    { $desk }
mail-by-provider-subject = Ihre Anmeldung bei { $desk }
mail-by-provider =
    Guten Tag { $name },

    für Ihr Konto wurde ein neues Kennwort angefordert. Sie haben hier keines: Sie melden sich mit Ihrem dienstlichen Konto an.

    { $link }

    Wenn Sie nichts angefordert haben, müssen Sie nichts tun.

    Freundliche Grüße
    { $desk }
mail-password-set-subject = Ihr Kennwort für { $desk } wurde geändert
mail-password-set =
    Guten Tag { $name },

    Ihr Kennwort wurde soeben geändert.

    Waren Sie das nicht, fordern Sie bitte gleich ein neues an („Kennwort vergessen“ auf { $link }) und sagen Sie der Verwaltung des Servicedesks Bescheid.

    Freundliche Grüße
    { $desk }
