# The frame of every page
nav-signed-in-as = Signed in as { $name }
