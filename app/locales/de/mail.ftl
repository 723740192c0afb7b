# Mails, die hinausgehen
mail-quotation = Am { $at } schrieb { $name }:
mail-no-subject = (ohne Betreff)
