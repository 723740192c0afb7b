# Mails that go out
mail-quotation = On { $at }, { $name } wrote:
mail-no-subject = (no subject)
