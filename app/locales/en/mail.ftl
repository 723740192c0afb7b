# Mails that go out
mail-quotation = On { $at }, { $name } wrote:
mail-no-subject = (no subject)
mail-receipt =
    Hello,

    your message “{ $title }” has reached us. Its number is { $number }.

    To add something, please reply to this mail.

    Kind regards
    { $sender }
mail-closing-note =
    Hello,

    your request “{ $title }”, number { $number }, is closed.

    If anything is left open, please reply to this mail.

    Kind regards
    { $sender }
mail-test-subject = Test mail
mail-test-text = This mail shows that sending works. There is nothing for you to do.
