pass-on-open = Abgeben an zuständige Stelle …
pass-on-title = An die zuständige Stelle abgeben
pass-on-intro = Die E-Mail geht unverändert weiter; Antworten gehen von dort an die absendende Person. Das Ticket endet damit.
pass-on-tell = { $address } darüber informieren
pass-on-text = Nachricht an die anfragende Person
pass-on-text-proposed = Guten Tag,

    für Ihr Anliegen ist eine andere Stelle zuständig. Wir haben Ihre E-Mail dorthin weitergegeben; Sie hören von dort.
pass-on-send = Abgeben und beenden
message-kind-passed-on = unverändert weitergegeben an { $name }
event-passed-on = E-Mail an zuständige Stelle abgegeben
