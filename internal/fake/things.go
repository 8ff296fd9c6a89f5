package fake

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// A product is something with a name, a category and a price that fit together.
type product struct {
	name, category, brand, kind string
	price                       float64
}

// shelves lists what a shop may sell, by category, with what it usually costs.
var shelves = []shelf{
	{"Electronics", []offer{{"Wireless Headphones", 89}, {"Bluetooth Speaker", 59}, {"Mechanical Keyboard", 99}, {"Portable Charger", 34}, {"Smart Watch", 219}, {"Action Camera", 279}, {"E-Reader", 129}, {"Desk Monitor", 249}}},
	{"Kitchen", []offer{{"Chef's Knife", 64}, {"Cast Iron Skillet", 42}, {"Electric Kettle", 45}, {"Espresso Maker", 149}, {"Cutting Board", 24}, {"Water Filter", 32}, {"Stand Mixer", 229}, {"Glass Storage Set", 29}}},
	{"Clothing", []offer{{"Rain Jacket", 89}, {"Merino Sweater", 79}, {"Denim Shirt", 49}, {"Running Shorts", 32}, {"Wool Socks", 14}, {"Linen Trousers", 64}, {"Fleece Vest", 55}, {"Cotton T-Shirt", 19}}},
	{"Footwear", []offer{{"Trail Running Shoes", 119}, {"Leather Boots", 169}, {"Canvas Sneakers", 59}, {"Hiking Sandals", 74}, {"Slip-On Loafers", 84}, {"Winter Boots", 139}}},
	{"Home", []offer{{"Reading Lamp", 39}, {"Wall Shelf", 34}, {"Throw Blanket", 44}, {"Bath Towel Set", 36}, {"Floor Mirror", 119}, {"Scented Candle", 17}, {"Storage Basket", 22}, {"Bed Frame", 279}}},
	{"Office", []offer{{"Office Chair", 189}, {"Notebook Set", 13}, {"Desk Organizer", 24}, {"Standing Desk", 349}, {"Fountain Pen", 38}, {"Whiteboard", 69}, {"Paper Shredder", 79}}},
	{"Sports", []offer{{"Yoga Mat", 34}, {"Resistance Bands", 19}, {"Cycling Helmet", 64}, {"Tennis Racket", 99}, {"Dumbbell Pair", 49}, {"Camping Tent", 189}, {"Hiking Backpack", 129}}},
	{"Toys", []offer{{"Building Blocks", 29}, {"Wooden Puzzle", 18}, {"Board Game", 36}, {"Plush Bear", 22}, {"Model Train", 74}, {"Art Set", 27}}},
	{"Beauty", []offer{{"Face Serum", 34}, {"Hand Cream", 9}, {"Shampoo Bar", 11}, {"Sunscreen SPF 50", 16}, {"Lip Balm", 5}, {"Beard Oil", 19}}},
	{"Garden", []offer{{"Pruning Shears", 26}, {"Planter Box", 44}, {"Garden Hose", 39}, {"Bird Feeder", 24}, {"Solar Lantern", 29}, {"Compost Bin", 89}}},
	{"Grocery", []offer{{"Ground Coffee", 12}, {"Olive Oil", 15}, {"Dark Chocolate", 4}, {"Green Tea", 7}, {"Almond Butter", 10}, {"Wildflower Honey", 9}, {"Granola", 6}}},
	{"Pet Supplies", []offer{{"Dog Leash", 18}, {"Cat Scratching Post", 49}, {"Pet Carrier", 44}, {"Chew Toy", 8}, {"Aquarium Filter", 32}, {"Grooming Brush", 14}}},
}

type shelf struct {
	category string
	offers   []offer
}

type offer struct {
	kind  string
	price float64
}

var colors = []string{"Black", "White", "Navy", "Charcoal", "Forest Green", "Burgundy", "Sand", "Slate Blue", "Silver", "Olive"}

func (m *Maker) product(s *Shape) *product {
	sub := m.subject(s)
	if sub.what == nil {
		shelf := shelves[m.Rand.IntN(len(shelves))]
		offer := shelf.offers[m.Rand.IntN(len(shelf.offers))]
		p := &product{category: shelf.category, brand: m.one(firmNames), kind: offer.kind}
		p.name = p.brand + " " + p.kind
		if m.chance(0.4) {
			p.name += ", " + m.one(colors)
		}
		p.price = cents(float64(offer.price*(0.6+0.9*m.Rand.Float64())), m)
		sub.what = p
	}
	return sub.what
}

// cents rounds an amount the way shops do.
func cents(x float64, m *Maker) float64 {
	end := []float64{0.99, 0.99, 0.49, 0.95, 0, 0.5, 0.25, 0.75}[m.Rand.IntN(8)]
	if m.chance(0.25) {
		end = float64(m.Rand.IntN(100)) / 100
	}
	return math.Round(float64((math.Floor(x)+end)*100)) / 100
}

// named makes the names of things, by the word for the thing. It is filled at
// the start, as its makers name things themselves.
var named = map[string]func(m *Maker, s *Shape) any{}

func init() {
	maps.Copy(named, map[string]func(m *Maker, s *Shape) any{
		"product": productName, "item": productName, "good": productName, "article": articleTitle, "variant": productName, "inventory": productName,
		"company": companyName, "organization": companyName, "organisation": companyName, "vendor": companyName, "supplier": companyName,
		"merchant": companyName, "employer": companyName, "business": companyName, "partner": companyName, "brand": companyName,
		"provider": companyName, "carrier": companyName, "manufacturer": companyName, "publisher": companyName,
		"city": cityName, "town": cityName, "location": cityName, "destination": cityName, "airport": airportName,
		"domain": func(m *Maker, _ *Shape) any { return m.domain() }, "version": versionName, "zone": zoneName,
		"warehouse": siteName, "country": countryName, "branch": siteName, "store": siteName, "office": siteName, "depot": siteName, "site": siteName,
		"clinic": suffixed("Clinic"), "hospital": suffixed("Medical Center"), "hotel": suffixed("Hotel"), "property": suffixed("Residence"),
		"restaurant": suffixed("Kitchen"), "library": suffixed("Library"), "school": suffixed("School"), "gym": suffixed("Fitness"),
		"artist": personName, "pet": petName, "dog": petName, "cat": petName, "animal": petName,
		"dish": one(dishes...), "meal": one(dishes...), "recipe": one(dishes...), "menu": one("Lunch", "Dinner", "Brunch", "Seasonal", "Children", "Drinks"), "food": one(dishes...),
		"car": carName, "vehicle": carName, "aircraft": plane, "airline": suffixed("Air"), "bank": suffixed("Bank"),
		"category": categoryName, "department": one("Engineering", "Sales", "Marketing", "Finance", "Human Resources", "Customer Support", "Operations", "Legal", "Research", "Facilities", "Purchasing", "Security"),
		"team":       one("Platform", "Growth", "Payments", "Mobile", "Data", "Field Sales", "Onboarding", "Infrastructure", "Design", "Quality", "Search", "Billing"),
		"plan":       one("Basic", "Starter", "Plus", "Standard", "Premium", "Business", "Family", "Enterprise", "Student", "Unlimited"),
		"room":       one("Deluxe King", "Twin Standard", "Garden Suite", "Executive Queen", "Family Room", "Studio", "Harbor View Suite", "Conference Room A", "Board Room", "Quiet Room"),
		"role":       one("admin", "editor", "viewer", "billing manager", "support agent", "developer", "auditor", "owner"),
		"permission": one("read", "write", "delete", "manage users", "export data", "view reports", "approve payments"),
		"medication": one(medicines...), "medicine": one(medicines...), "drug": one(medicines...),
		"course":   one("Introduction to Statistics", "Modern Web Development", "Financial Accounting", "World History", "Creative Writing", "Data Structures", "Organic Chemistry", "Public Speaking", "Microeconomics", "Digital Photography"),
		"skill":    one("Go", "SQL", "Project Management", "Spanish", "Negotiation", "Data Analysis", "First Aid", "Copywriting", "Welding", "Accounting"),
		"language": one("English", "Spanish", "French", "German", "Japanese", "Portuguese", "Italian", "Dutch"),
		"tag":      one(tags...), "label": one(tags...), "topic": one(tags...),
		"document": fileTitle, "file": fileTitle, "attachment": fileTitle, "report": reportTitle, "dashboard": reportTitle,
		"event": eventTitle, "meeting": eventTitle, "appointment": eventTitle, "campaign": campaignTitle, "project": projectTitle,
		"channel": one("general", "announcements", "support", "engineering", "random", "sales-leads", "design-review", "incidents", "hiring", "release-notes"),
		"task":    taskTitle, "issue": issueTitle, "ticket": issueTitle, "incident": issueTitle, "bug": issueTitle, "case": issueTitle, "todo": taskTitle,
	})
	for _, e := range entries(namesText) {
		for _, p := range e.phrases {
			key := strings.ReplaceAll(p, " ", "_")
			if _, taken := named[key]; !taken {
				named[key] = one(e.values...)
			}
		}
	}
}

var people = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`user customer person member employee patient guest passenger driver doctor physician nurse student
		teacher author agent contact owner staff client subscriber instructor candidate recipient sender traveler traveller tenant borrower
		assignee manager player lead buyer seller reviewer attendee participant worker technician contractor donor applicant holder
		trainer coach therapist consultant courier lawyer advisor caregiver policyholder translator
		userinfo me whoami payee payer adjuster underwriter auditor analyst broker dealer tutor librarian nanny cleaner chef surgeon dentist vet caller subscriber shopper insured claimant
		counselor advisor organizer volunteer supervisor signer signatory inspector engineer researcher scientist investor shareholder pilot actor athlete voter attorney judge mentor cardholder beneficiary creator host visitor resident personnel adult child courier profile account`) {
		m[w] = true
	}
	return m
}()

// name makes the name of whatever the value belongs to: a person's, a
// product's, or that of a thing we have no words for.
func (m *Maker) name(s *Shape) any {
	sub := m.subject(s)
	if sub.name == nil {
		sub.name = m.newName(s)
	}
	if m.In.Technical && sub.called == "" {
		if text, ok := sub.name.(string); ok && !m.ofPerson(s) {
			sub.called = text
		}
	}
	if text, ok := sub.name.(string); ok && m.In.Cloud != "" && !m.ofPerson(s) {
		return spelledFor(s, text)
	}
	return sub.name
}

// spelledFor writes a name as the field wants it: billing-prod, or Billing Prod
// where people read it.
func spelledFor(s *Shape, name string) string {
	switch {
	case strings.ContainsAny(name, "./:_"):
		return name
	case toShow(s) && !strings.Contains(name, " "):
		list := words.Split(name)
		for i, w := range list {
			list[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		return strings.Join(list, " ")
	case !toShow(s):
		return tidy(name)
	}
	return name
}

func (m *Maker) newName(s *Shape) any {
	if v, ok := m.nameInTrade(s); ok {
		return v
	}
	if m.ofPerson(s) {
		return personName(m, s)
	}
	if list := heads(s); m.In.Code && len(list) > 0 && list[0] == "label" {
		return m.one([]string{"bug", "enhancement", "documentation", "good first issue", "question", "wontfix", "duplicate", "dependencies", "security", "performance", "ci", "refactoring"})
	}
	if f := m.nameMaker(s); f != nil {
		if name, ok := f(m, s).(string); ok && m.In.Cloud != "" && !toShow(s) && !strings.Contains(name, ".") {
			return slugged(name)
		} else {
			return name
		}
	}
	return m.label(s)
}

// ofPerson says whether name would make the name of a person.
func (m *Maker) ofPerson(s *Shape) bool {
	if m.In.market.calls(s) {
		return false
	}
	for _, w := range heads(s) {
		if m.isPerson(w) || named[w] != nil {
			return m.isPerson(w)
		}
	}
	return false
}

// heads are the owners that a name can be the name of: what its own words say,
// else the last word of its entity. A customer's invoice is no customer.
func heads(s *Shape) []string {
	list := owners(s)
	return list[:min(len(list), max(len(s.Words), 1))]
}

// isPerson says whether a word means somebody; where computers are meant, a
// tenant is none.
func (m *Maker) isPerson(w string) bool {
	if m.In.Cloud != "" {
		return humans[w]
	}
	return people[w] && !(m.In.Technical && machines[w])
}

// humans are the people that the services of a cloud know.
var humans = flags("user customer person employee contact member patient author assignee approver subscriber student teacher caller recipient attendee participant")

var machines = flags("tenant account agent client worker driver host profile reader holder consultant")

// plainer are things that computers have too, under other names.
var plainer = flags(`event meeting appointment room property template title track plan store office site branch item product show game model note form list
	board label tag location destination instrument exchange stage library collection space service case report task target grant bar network flow process`)

// nameMaker makes names of the thing that a value belongs to: of a word for it,
// or of the last two of its entity.
func (m *Maker) nameMaker(s *Shape) func(*Maker, *Shape) any {
	if _, known := m.In.namesOf(s); known != nil {
		return func(m *Maker, s *Shape) any { return m.label(s) }
	}
	list := owners(s)
	for i, w := range heads(s) {
		if m.In.Technical && plainer[w] {
			return nil
		}
		if i+1 < len(list) {
			if f, ok := named[list[i+1]+"_"+w]; ok {
				return f
			}
		}
		if f, ok := named[w]; ok {
			return f
		}
	}
	return nil
}

// owners lists the words for the thing a value belongs to, the nearest first:
// those before the last word of its name, then those of its entity.
func owners(s *Shape) []string {
	if s.owned != nil && s.ownedBy == s.Entity {
		return s.owned
	}
	var out []string
	add := func(list []string) {
		for i := len(list) - 1; i >= 0; i-- {
			out = append(out, words.Singular(list[i]))
		}
	}
	if len(s.Words) > 1 {
		add(s.Words[:len(s.Words)-1])
	}
	add(words.Split(s.Entity))
	return out
}

func productName(m *Maker, s *Shape) any {
	if m.In.Cloud == "aws" || m.In.Cloud == "azure" {
		return m.label(&Shape{Entity: s.Entity, Words: []string{"product", "name"}, MaxLength: -1})
	}
	return m.product(s).name
}

// categoryName is a shelf of a shop where there are wares, else what its trade
// sorts things by.
func categoryName(m *Maker, s *Shape) any {
	list := owners(s)
	switch {
	case m.In.mark == 0 || m.In.Cloud == "" && slices.ContainsFunc(list, func(w string) bool { return wares[w] }):
		return m.product(s).category
	case m.In.Technical:
		return m.one([]string{"Availability", "Configuration", "Security", "Performance", "Networking", "Storage"})
	case slices.ContainsFunc(list, func(w string) bool { return sights[w] }):
		return m.one([]string{"Restaurant", "Museum", "Park", "Hotel", "Cafe", "Shop", "Viewpoint"})
	case m.In.Office:
		return m.one([]string{"Operations", "Finance", "Customer Service", "Travel", "Training", "Marketing", "Other"})
	}
	return m.one([]string{"General", "News", "Science", "Sports", "Culture", "Travel", "Technology"})
}

var (
	wares  = flags("product item offer listing catalog inventory shop sku good article price cart store variant brand deal purchase")
	sights = flags("place location venue landmark attraction poi spot")
)

func personName(m *Maker, s *Shape) any  { p := m.person(s); return p.first + " " + p.last }
func companyName(m *Maker, s *Shape) any { return m.company(s) }
func countryName(m *Maker, s *Shape) any { return m.place(s).country }
func cityName(m *Maker, s *Shape) any    { return m.place(s).city }
func airportName(m *Maker, s *Shape) any { return m.place(s).city + " International Airport" }
func petName(m *Maker, s *Shape) any     { return m.faker.PetName() }
func carName(m *Maker, s *Shape) any     { return m.car(s) }

// car is what a vehicle is: make and model stand in columns of their own.
func (m *Maker) car(s *Shape) string {
	sub := m.subject(&Shape{Entity: s.Entity})
	if sub.car == "" {
		sub.car = m.one(cars)
	}
	return sub.car
}

// versionName is what a version is called: by its number.
func versionName(m *Maker, _ *Shape) any {
	return fmt.Sprintf("%d.%d.%d", 1+m.Rand.IntN(4), m.Rand.IntN(12), m.Rand.IntN(20))
}

// zoneName is a zone of the net where computers are meant.
func zoneName(m *Maker, s *Shape) any {
	switch {
	case m.In.Cloud == "google":
		return m.label(s)
	case m.In.Technical:
		return m.domain()
	}
	return "Zone " + m.one([]string{"A", "B", "C", "North", "South"})
}

func plane(m *Maker, s *Shape) any { return m.faker.AirlineAirplane() }

func siteName(m *Maker, s *Shape) any {
	return m.place(s).city + " " + m.one([]string{"Downtown", "North", "Riverside", "Central", "Airport", "Old Town"})
}

func suffixed(kind string) func(*Maker, *Shape) any {
	return func(m *Maker, s *Shape) any { return m.one(firmNames) + " " + kind }
}

func one(list ...string) func(*Maker, *Shape) any {
	return func(m *Maker, s *Shape) any { return m.one(list) }
}

// words for particular things, told by their names alone.
var (
	medicines = []string{"Amoxicillin", "Lisinopril", "Metformin", "Atorvastatin", "Ibuprofen", "Omeprazole", "Albuterol", "Sertraline", "Levothyroxine", "Cetirizine"}
	dishes    = []string{"Margherita Pizza", "Chicken Tikka Masala", "Beef Tacos", "Pad Thai", "Caesar Salad", "Mushroom Risotto", "Grilled Salmon", "Falafel Wrap", "Ramen Bowl",
		"Lamb Kebab", "Vegetable Curry", "Fish and Chips", "Spaghetti Carbonara", "Tomato Soup", "Bibimbap", "Apple Pie", "Tiramisu", "Club Sandwich"}
	cars = []string{"Toyota Corolla", "Honda Civic", "Ford Focus", "Volkswagen Golf", "Hyundai Tucson", "Tesla Model 3", "BMW 320i", "Kia Sportage", "Volvo XC40", "Renault Clio"}
)

var thingSemantics = []Semantic{
	{"medicine", "string", []string{"medicine", "medication", "drug", "medicine name", "medication name", "drug name"}, one(medicines...)},
	{"dose", "string", []string{"dose", "dosage"}, one("10 mg once a day", "20 mg at night", "500 mg twice a day", "250 mg three times a day", "5 ml every six hours", "one tablet in the morning")},
	{"allergy", "string", []string{"allergy", "allergies", "allergen"}, one("penicillin", "peanuts", "latex", "shellfish", "pollen", "ibuprofen", "eggs")},
	{"diagnosis", "string", []string{"diagnosis", "condition", "symptom", "symptoms", "complaint"}, one("hypertension", "seasonal allergies", "lower back pain", "migraine", "type 2 diabetes", "sprained ankle", "sore throat")},
	{"schedule", "string", []string{"schedule", "opening hours", "hours", "class time", "business hours"}, one("Mon and Wed 10:00-11:30", "Tue and Thu 14:00-15:30", "Fri 09:00-12:00", "Mon to Fri 09:00-17:00", "Sat 10:00-14:00", "Daily 08:00-20:00")},
	{"room", "string", []string{"room", "room number", "office", "gate", "terminal", "desk", "lab", "shelf", "bay", "locker"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("%c-%d", 'A'+rune(m.Rand.IntN(5)), 101+m.Rand.IntN(320))
	}},
	{"cuisine", "string", []string{"cuisine"}, one("Italian", "Mexican", "Japanese", "Indian", "Thai", "Greek", "American", "Lebanese")},
	{"dish", "string", []string{"dish", "dish name", "meal", "food"}, one(dishes...)},
	{"vehicle", "string", []string{"vehicle", "car"}, carName},
	{"vehicle.make", "string", []string{"vehicle make", "car make", "truck make"}, func(m *Maker, s *Shape) any { brand, _, _ := strings.Cut(m.car(s), " "); return brand }},
	{"vehicle.model", "string", []string{"vehicle model", "car model"}, func(m *Maker, s *Shape) any { _, model, _ := strings.Cut(m.car(s), " "); return model }},
	{"plate", "string", []string{"plate", "license plate", "licence plate", "registration", "plate number"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("%s-%d", strings.ToUpper(m.faker.LetterN(3)), 1000+m.Rand.IntN(9000))
	}},
	{"species", "string", []string{"species", "breed", "animal"}, one("Labrador", "Beagle", "Siamese", "Maine Coon", "Parakeet", "Rabbit", "Golden Retriever", "Tabby")},
	{"method", "string", []string{"payment method", "pay method", "method of payment"}, one("credit_card", "bank_transfer", "paypal", "cash", "gift_card")},
	{"priority", "string", []string{"priority", "severity", "urgency"}, one("low", "normal", "normal", "high", "urgent")},
	{"subject", "string", []string{"major", "program", "specialty", "field of study", "discipline"}, one("Biology", "Economics", "Computer Science", "History", "Mechanical Engineering", "Psychology", "Nursing")},
	{"relation", "string", []string{"relationship", "relation"}, one("spouse", "parent", "sibling", "friend", "colleague")},
	{"name", "string", []string{"name", "display name"}, (*Maker).name},
	{"called", "string", nil, func(m *Maker, s *Shape) any {
		thing := s.Words[len(s.Words)-1]
		return m.newName(&Shape{Entity: thing, Words: []string{"name"}, MaxLength: -1})
	}},
	{"product", "string", []string{"product", "product name", "item name", "item"}, productName},
	{"category", "string", []string{"category", "department", "product category", "category name"}, categoryName},
	{"color", "string", []string{"color", "colour"}, func(m *Maker, s *Shape) any {
		if m.In.Code {
			return m.hex(6)
		}
		if s.exampleLength() == 7 || hasWord(s, "hex") {
			return strings.ToUpper(m.faker.HexColor())
		}
		return m.one(colors)
	}},
	{"condition", "string", []string{"provisioning state"}, one("Succeeded", "Succeeded", "Succeeded", "Updating", "Failed")},
	{"size", "string", []string{"size"}, one("S", "M", "L", "XL", "XS")},
	{"material", "string", []string{"material", "fabric"}, one("cotton", "wool", "leather", "oak", "steel", "glass", "bamboo", "aluminum")},
	{"genre", "string", []string{"genre"}, one("Fiction", "Mystery", "Science Fiction", "Biography", "History", "Fantasy", "Romance", "Thriller")},
	{"model", "string", []string{"model", "model name"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("%c%c-%d", 'A'+rune(m.Rand.IntN(26)), 'A'+rune(m.Rand.IntN(26)), 100+10*m.Rand.IntN(90))
	}},
}
