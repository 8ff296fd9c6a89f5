package words

// Person says whether a noun is one of those that people go by.
func Person(noun string) bool { return people[noun] }

var people = Set(`user customer person client patient employee member contact guest student teacher doctor author owner
	passenger driver agent candidate applicant lead subscriber player attendee participant borrower reader staff
	worker recipient instructor tenant artist actor assignee visitor resident beneficiary payee payer sender reviewer organizer volunteer physician nurse`)
