# Eingaben
form-faults = { $count ->
    [one] Bitte prüfen Sie eine Angabe.
   *[other] Bitte prüfen Sie { $count } Angaben.
}
form-optional = (freiwillig)
find-more = { $shown } von { $total }, zum Eingrenzen weitertippen
find-narrow = Eingrenzen
