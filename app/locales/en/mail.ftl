# Mails that go out
mail-quotation = On { $at }, { $name } wrote:
mail-no-subject = (no subject)
mail-receipt =
    Hello,

    your message “{ $title }” has reached us. Its number is { $number }.

    To add something, please reply to this mail.

    Kind regards
    { $sender }
mail-receipt-deputy = { $name } is standing in and will look after your message.
mail-closing-note =
    Hello,

    your request “{ $title }”, number { $number }, is closed.

    If anything is left open, please reply to this mail.

    Kind regards
    { $sender }
mail-test-subject = Test mail
mail-test-text = This mail shows that sending works. There is nothing for you to do.
mail-invited-subject = Invitation into the portal “{ $desk }”
mail-invited =
    Hello { $name },

    You are invited to use the portal “{ $desk }” for { $organisation }. There you read and answer what the service desk shares with your company.

    Set up your access here:

    { $link }

    The link is valid until { $until } and only once. If you do not know what this invitation is for, there is nothing you need to do, or ask us by answering this mail.

    Kind regards
    { $desk }
mail-reset-subject = New password for { $desk }
mail-reset =
    Hello { $name },

    a new password was asked for your account. Choose it here:

    { $link }

    The link holds for one hour and only once. If you did not ask for it, there is nothing for you to do: your password stays as it is.

    Kind regards
    { $desk }
mail-by-provider-subject = Your sign-in at { $desk }
mail-by-provider =
    Hello { $name },

    a new password was asked for your account. You have none here: you sign in with your account at work.

    { $link }

    If you did not ask for it, there is nothing for you to do.

    Kind regards
    { $desk }
mail-password-set-subject = Your password for { $desk } was changed
mail-password-set =
    Hello { $name },

    your password has just been changed.

    If that was not you, please ask for a new one at once (“Forgotten your password?” at { $link }) and tell the administrators of the service desk.

    Kind regards
    { $desk }
mail-factor-set-subject = Second factor for { $desk } set up
mail-factor-set =
    Hello { $name },

    a second factor has just been set up for your account. From now on you need a code of your app beside the password.

    If that was not you, please tell the administrators of the service desk at once.

    { $link }

    Kind regards
    { $desk }
mail-recovery-used-subject = Sign-in at { $desk } with a recovery code
mail-recovery-used =
    Hello { $name },

    somebody has just signed in with your password and a recovery code. The code is used up.

    If that was not you, please change your password at once and tell the administrators of the service desk.

    { $link }

    Kind regards
    { $desk }
mail-factor-removed-subject = Second factor for { $desk } removed
mail-factor-removed =
    Hello { $name },

    the second factor of your account has just been removed. Your password alone is enough again until you set up a new one.

    If you did not ask for this, please change your password at once and tell the administrators of the service desk.

    { $link }

    Kind regards
    { $desk }
mail-passkey-added-subject = New passkey for { $desk }
mail-passkey-added =
    Hello { $name },

    a passkey has just been added to your account: a device can sign you in without a password now.

    If that was not you, please remove it at once (“My account”), change your password, and tell the administrators of the service desk.

    { $link }

    Kind regards
    { $desk }
