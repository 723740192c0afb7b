# Rahmen jeder Seite
nav-signed-in-as = Angemeldet als { $name }
