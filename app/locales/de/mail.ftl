# Mails, die hinausgehen
mail-quotation = Am { $at } schrieb { $name }:
