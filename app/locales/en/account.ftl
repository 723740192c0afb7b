# Signing in
sign-in-title = Sign in
sign-in-lead = With your email address and your password.
sign-in-email = Email address
sign-in-password = Password
sign-in-submit = Sign in
sign-in-help = Forgotten your password? The service desk's administrators set a new one for you.
sign-in-wrong = Signing in did not work.
sign-in-wrong-more = Address and password do not match. Please check both.
sign-in-too-many = Too many attempts.
sign-in-wait = You can sign in again in { $duration }.
