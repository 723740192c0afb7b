pass-on-open = Hand over to who is responsible …
pass-on-title = Hand over to who is responsible
pass-on-intro = The email goes on unchanged; answers go from there to the person who sent it. This ends the ticket.
pass-on-tell = Tell { $address } about it
pass-on-text = Message to the person who asked
pass-on-text-proposed = Hello,

    another office is responsible for your request. We have handed your email on to them; you will hear from there.
pass-on-send = Hand over and end
message-kind-passed-on = handed on unchanged to { $name }
event-passed-on = Email handed over to who is responsible
