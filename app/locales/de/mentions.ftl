# Erwähnen von Kolleginnen und Kollegen in Notizen
mention-list = Wer erwähnt werden kann
mention-hint = Mit @ erwähnen Sie Kolleginnen und Kollegen; sie erhalten einen Hinweis.
mention-cannot-see = Kann dieses Ticket nicht sehen
mention-nobody = Niemand heißt so.
mention-refused = { $name } kann dieses Ticket nicht sehen und darum nicht erwähnt werden. Ihr Text ist noch da: Nehmen Sie das @ vor dem Namen weg, oder lassen Sie jemanden das Ticket zugänglich machen.
