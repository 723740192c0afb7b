# Solved cases without names
cases = Solved cases
cases-how = Solved and closed tickets without names. People, addresses, phone numbers, files, notes and fields of free text are missing; names the service desk knows around the case are replaced by […] in title and text. What somebody else wrote into the text can still point to people. Treat it as confidential.
cases-number = Number
cases-title = Matter
cases-service = Service
cases-every-service = Every service
cases-reason = Cause
cases-changed = Last changed
cases-solved = Solved
cases-none = No case is solved here yet.
cases-nothing-said = No text for the requester is kept of this case.
cases-asked = Request
cases-answered = Answer
cases-noted = Remark
permission-read-cases = Read solved cases without names
