# Mails, die hinausgehen
mail-quotation = Am { $at } schrieb { $name }:
mail-no-subject = (ohne Betreff)
mail-receipt =
    Guten Tag,

    Ihre Nachricht „{ $title }“ ist bei uns eingegangen. Sie hat die Nummer { $number }.

    Wenn Sie etwas ergänzen möchten, antworten Sie bitte auf diese Mail.

    Freundliche Grüße
    { $sender }
mail-receipt-deputy = In Vertretung kümmert sich { $name } um Ihre Nachricht.
mail-closing-note =
    Guten Tag,

    Ihre Anfrage „{ $title }“ mit der Nummer { $number } ist abgeschlossen.

    Wenn noch etwas offen ist, antworten Sie bitte auf diese Mail.

    Freundliche Grüße
    { $sender }
mail-test-subject = Testmail
mail-test-text = Diese Mail zeigt, dass der Versand funktioniert. Sie müssen nichts tun.
mail-invited-subject = Einladung in das Portal „{ $desk }“
mail-invited =
    Guten Tag { $name },

    Sie sind eingeladen, für { $organisation } das Portal „{ $desk }“ zu nutzen. Dort lesen und beantworten Sie, was der Servicedesk mit Ihrem Unternehmen teilt.

    Hier richten Sie Ihren Zugang ein:

    { $link }

    Der Link gilt bis { $until } und nur einmal. Wenn Sie nicht wissen, wozu diese Einladung dient, müssen Sie nichts tun, oder fragen Sie uns mit einer Antwort auf diese Mail.

    Freundliche Grüße
    { $desk }
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
mail-factor-set-subject = Zweiter Faktor für { $desk } eingerichtet
mail-factor-set =
    Guten Tag { $name },

    für Ihr Konto wurde soeben ein zweiter Faktor eingerichtet. Ab jetzt brauchen Sie zum Kennwort einen Code aus Ihrer App.

    Waren Sie das nicht, sagen Sie bitte gleich der Verwaltung des Servicedesks Bescheid.

    { $link }

    Freundliche Grüße
    { $desk }
mail-recovery-used-subject = Anmeldung bei { $desk } mit einem Wiederherstellungscode
mail-recovery-used =
    Guten Tag { $name },

    mit Ihrem Kennwort und einem Wiederherstellungscode hat sich soeben jemand angemeldet. Der Code ist damit verbraucht.

    Waren Sie das nicht, ändern Sie bitte gleich Ihr Kennwort und sagen Sie der Verwaltung des Servicedesks Bescheid.

    { $link }

    Freundliche Grüße
    { $desk }
mail-factor-removed-subject = Zweiter Faktor für { $desk } entfernt
mail-factor-removed =
    Guten Tag { $name },

    der zweite Faktor Ihres Kontos wurde soeben entfernt. Ihr Kennwort allein genügt wieder, bis Sie einen neuen einrichten.

    Haben Sie das nicht veranlasst, ändern Sie bitte gleich Ihr Kennwort und sagen Sie der Verwaltung des Servicedesks Bescheid.

    { $link }

    Freundliche Grüße
    { $desk }
mail-passkey-added-subject = Neuer Passkey für { $desk }
mail-passkey-added =
    Guten Tag { $name },

    für Ihr Konto wurde soeben ein Passkey angelegt: Ein Gerät kann Sie jetzt ohne Kennwort anmelden.

    Waren Sie das nicht, entfernen Sie ihn bitte gleich („Mein Konto“), ändern Sie Ihr Kennwort, und sagen Sie der Verwaltung des Servicedesks Bescheid.

    { $link }

    Freundliche Grüße
    { $desk }
