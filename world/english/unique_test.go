package english

import "testing"

func TestUnique(t *testing.T) {
	for text, want := range map[string]bool{
		"The e-mail address must not be in use by another member.":       true,
		"The email must be unique.":                                      true,
		"Creates a user with a unique email.":                            true,
		"No two members may have the same email.":                        true,
		"Fails with 409 if the email address is already in use.":         true,
		"Refused if a member with this email already exists.":            true,
		"Fails when the email already belongs to somebody.":              true,
		"Registers a member by name and email.":                          false,
		"If a contact with this email already exists, it is updated.":    false,
		"The member id must be unique. An email is sent.":                false,
		"Adds an alias; the email must already exist.":                   false,
		"The email uniquely identifies the member.":                      false,
		"Sends an email to members who have already left.":               false,
		"Adds a member, given by email, to a team that already has many": false,
	} {
		if got := Unique(text, "email"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if !Unique("Fails if the external ID is already taken", "external_id") {
		t.Error("names of two words")
	}
}
