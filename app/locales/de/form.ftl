# Eingaben
form-faults = { $count ->
    [one] Bitte prüfen Sie eine Angabe.
   *[other] Bitte prüfen Sie { $count } Angaben.
}
form-optional = (freiwillig)
