package fake

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// A subject is one thing that several values of a row are about: the customer
// whose name, e-mail address and city stand in three columns. What has not been
// asked for has not been drawn.
type subject struct {
	who  *person
	at   *place
	what *product
	repo *sourceRepo
	file int // one more than its place in extensions
	firm string

	name   any    // of the thing itself
	called string // where nothing says how such things are called
	car    string
	region string // where its cloud keeps it
}

type person struct{ first, last, email, user, gender string }

// topics are words of a name that say which property it is, not whose.
var topics = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`address addr location contact info information detail details data profile full
		first last given family middle name email mail phone mobile number telephone city town state province region zip postal
		postcode code country street line1 line2 line lat lng lon latitude longitude username user login gender timezone iso
		title author year genre price amount cost category brand sku product description currency unit total value id image url
		surname given forename fname lname principal preferred
		display friendly short label slug arn self link href key uri abbreviation`) {
		m[w] = true
	}
	return m
}()

// groupWords returns the words of a name that say whose property it is:
// "shipping" of shipping_city.
func groupWords(words []string) []string {
	var out []string
	for _, w := range words {
		if !topics[w] {
			out = append(out, w)
		}
	}
	return out
}

// subject returns what the value is about. Values whose names begin alike, and
// values with plain names beside each other, share one.
func (m *Maker) subject(s *Shape) *subject { return m.about(s, groupWords(s.Words)) }

func (m *Maker) about(s *Shape, group []string) *subject {
	var key []string
	for _, w := range slices.Concat(m.path, group) {
		if !strings.Contains(" "+strings.ReplaceAll(s.Entity, "_", " ")+" ", " "+w+" ") || strings.HasPrefix(w, "#") {
			key = append(key, w)
		}
	}
	name := strings.Join(key, " ")
	if m.subjects[name] == nil {
		m.subjects[name] = &subject{}
	}
	return m.subjects[name]
}

// sides are words of the several addresses that one person has: a work e-mail
// address is nobody else's.
var sides = flags("work business office official corporate company personal private home primary secondary main alternate other")

var atWork = flags("work business office official corporate company")

// human returns the subject of a shape that is about a person.
func (m *Maker) human(s *Shape) *subject {
	return m.about(s, slices.DeleteFunc(groupWords(s.Words), func(w string) bool { return sides[w] }))
}

func (m *Maker) person(s *Shape) *person {
	sub := m.human(s)
	if sub.who == nil {
		sub.who = m.newPerson(m.fullName())
	}
	return sub.who
}

// become makes an example's name the name of the person that the row is about,
// so that what follows fits it. It is too late where the person is known.
func (m *Maker) become(s *Shape, name string) bool {
	sub := m.human(s)
	if sub.who != nil {
		return false
	}
	first, last := m.fullName()
	switch words := strings.Fields(name); {
	case s.Semantic == "person.first_name":
		first = name
	case s.Semantic == "person.last_name":
		last = name
	case len(words) < 2:
		return true // no name of a person
	default:
		first, last = words[0], words[len(words)-1]
	}
	sub.who = m.newPerson(first, last)
	return true
}

// email returns the person's address; those of their several sides differ.
func (m *Maker) email(s *Shape) string {
	p := m.person(s)
	for _, w := range groupWords(s.Words) {
		if sides[w] {
			host := "mail.example.net"
			if atWork[w] {
				host = strings.ToLower(firmNames[m.In.number(len(firmNames))]) + ".example.com"
			}
			return fmt.Sprintf("%s.%s@%s", plain(p.first), plain(p.last), host)
		}
	}
	return p.email
}

func (m *Maker) newPerson(first, last string) *person {
	p := &person{first: first, last: last}
	p.gender = m.one([]string{"female", "male"})
	first, last = plain(first), plain(last)
	n := m.Rand.IntN(9000) + 1000
	switch m.Rand.IntN(3) {
	case 0:
		p.user = first + "-" + last
	case 1:
		p.user = fmt.Sprintf("%s%s%d", first[:1], last, n%100)
	default:
		p.user = first + last[:1] + fmt.Sprint(n%1000)
	}
	p.email = first + "." + last
	if m.chance(0.35) {
		p.email = fmt.Sprint(p.email, n%100)
	}
	p.email += "@" + m.one(mailHosts)
	return p
}

var mailHosts = []string{"example.com", "example.com", "example.org", "mail.example.com", "example.net"}

// plain keeps the letters of a name, in lower case.
func plain(name string) string {
	s := strings.Map(func(r rune) rune {
		if r < 128 && unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	if s == "" {
		return "x"
	}
	return s
}

var personSemantics = []Semantic{
	{"person.name", "string", []string{"full name", "fullname", "person name", "customer name", "user name display", "assignee",
		"recipient", "sender", "cardholder", "cardholder name", "account holder", "contact name", "reviewer", "passenger", "guest", "driver",
		"doctor", "instructor", "teacher", "artist", "creator", "manager", "reporter", "speaker", "actor", "director", "beneficiary"},
		func(m *Maker, s *Shape) any {
			switch {
			case m.In.Code && !hasWord(s, "name"):
				return m.person(s).user
			case m.In.Cloud != "" && !hasWord(s, "name"):
				return m.person(s).email
			}
			return personName(m, s)
		}},
	{"author", "string", []string{"author", "author name", "written by"}, func(m *Maker, s *Shape) any {
		if m.In.Code && !hasWord(s, "name") {
			return m.person(s).user
		}
		return personName(m, s)
	}},
	{"person.first_name", "string", []string{"first name", "name first", "given name", "firstname", "fname", "forename", "middle name"},
		func(m *Maker, s *Shape) any { return m.person(s).first }},
	{"person.last_name", "string", []string{"last name", "name last", "family name", "lastname", "surname", "lname"},
		func(m *Maker, s *Shape) any { return m.person(s).last }},
	{"email", "string", []string{"email", "e mail", "mail", "email address", "user principal name", "upn", "sign in name", "user email", "contact email"},
		func(m *Maker, s *Shape) any { return m.email(s) }},
	{"username", "string", []string{"username", "user name", "login", "handle", "screen name", "auth user", "db user", "service login", "setup login", "twitter", "twitter handle", "instagram", "telegram"},
		func(m *Maker, s *Shape) any { return m.person(s).user }},
	{"phone", "string integer", []string{"phone", "phone number", "mobile", "mobile number", "telephone", "fax", "msisdn", "cell"}, (*Maker).phone},
	{"gender", "string", []string{"gender", "sex"}, func(m *Maker, s *Shape) any { return m.person(s).gender }},
	{"age", "integer number", []string{"age"}, func(m *Maker, s *Shape) any { return int64(18 + int(62*m.Rand.Float64()*m.Rand.Float64())) }},
	{"job", "string", []string{"job", "job title", "occupation", "position", "profession", "job role"},
		one(jobs...)},
	{"company", "string", []string{"company", "company name", "organization", "organisation", "employer", "vendor", "supplier", "manufacturer",
		"publisher", "organization name", "business name", "merchant", "merchant name", "carrier", "provider", "insurer", "brand", "make"},
		func(m *Maker, s *Shape) any { return m.company(s) }},
}

var jobs = []string{"Account Manager", "Software Engineer", "Product Manager", "Sales Representative", "Office Manager", "Accountant", "Marketing Specialist", "Customer Support Agent", "Operations Manager",
	"Data Analyst", "Project Manager", "HR Generalist", "Designer", "Warehouse Supervisor", "Financial Analyst", "Technician", "Team Lead", "Purchasing Manager", "Executive Assistant", "Field Engineer"}

func (m *Maker) company(s *Shape) string {
	sub := m.subject(s)
	if sub.firm == "" {
		sub.firm = m.one(firmNames) + " " + m.one(firmKinds)
	}
	return sub.firm
}

var (
	firmNames = strings.Fields(`Northpeak Lumina Harborview Cedarline Brightwater Ironwood Silverleaf Meridian Oakmont Bluefin Summitview
		Copperfield Redwood Evergreen Stonebridge Clearbrook Maplewood Westgate Granite Riverbend Highland Fairmont Aspenridge Windmill Lakeshore
		Pinecrest Ashford Kingsley Larkspur Thornton Wexford Delmar Solstice Orchard Beacon Juniper`)
	firmKinds = []string{"Ltd", "Inc", "Group", "Labs", "Supply Co", "Partners", "Logistics", "Foods", "Systems", "Health", "Media", "Works"}
)
