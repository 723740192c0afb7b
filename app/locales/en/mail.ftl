# Mails that go out
mail-quotation = On { $at }, { $name } wrote:
