package fake

import (
	"fmt"
	"math"
	"strings"
)

// A place is a real city with everything that goes with it.
type place struct {
	city, state, stateName, zip, code, country string
	lat, lon                                   float64
	zone, airport, currency                    string
	area                                       int // telephone area code, of North American style
}

var places = []place{
	{"New York", "NY", "New York", "100", "US", "United States", 40.7128, -74.0060, "America/New_York", "JFK", "USD", 212},
	{"Los Angeles", "CA", "California", "900", "US", "United States", 34.0522, -118.2437, "America/Los_Angeles", "LAX", "USD", 213},
	{"Chicago", "IL", "Illinois", "606", "US", "United States", 41.8781, -87.6298, "America/Chicago", "ORD", "USD", 312},
	{"Houston", "TX", "Texas", "770", "US", "United States", 29.7604, -95.3698, "America/Chicago", "IAH", "USD", 713},
	{"Phoenix", "AZ", "Arizona", "850", "US", "United States", 33.4484, -112.0740, "America/Phoenix", "PHX", "USD", 602},
	{"Philadelphia", "PA", "Pennsylvania", "191", "US", "United States", 39.9526, -75.1652, "America/New_York", "PHL", "USD", 215},
	{"San Diego", "CA", "California", "921", "US", "United States", 32.7157, -117.1611, "America/Los_Angeles", "SAN", "USD", 619},
	{"Dallas", "TX", "Texas", "752", "US", "United States", 32.7767, -96.7970, "America/Chicago", "DFW", "USD", 214},
	{"San Francisco", "CA", "California", "941", "US", "United States", 37.7749, -122.4194, "America/Los_Angeles", "SFO", "USD", 415},
	{"Seattle", "WA", "Washington", "981", "US", "United States", 47.6062, -122.3321, "America/Los_Angeles", "SEA", "USD", 206},
	{"Denver", "CO", "Colorado", "802", "US", "United States", 39.7392, -104.9903, "America/Denver", "DEN", "USD", 303},
	{"Boston", "MA", "Massachusetts", "021", "US", "United States", 42.3601, -71.0589, "America/New_York", "BOS", "USD", 617},
	{"Portland", "OR", "Oregon", "972", "US", "United States", 45.5152, -122.6784, "America/Los_Angeles", "PDX", "USD", 503},
	{"Atlanta", "GA", "Georgia", "303", "US", "United States", 33.7490, -84.3880, "America/New_York", "ATL", "USD", 404},
	{"Miami", "FL", "Florida", "331", "US", "United States", 25.7617, -80.1918, "America/New_York", "MIA", "USD", 305},
	{"Minneapolis", "MN", "Minnesota", "554", "US", "United States", 44.9778, -93.2650, "America/Chicago", "MSP", "USD", 612},
	{"Nashville", "TN", "Tennessee", "372", "US", "United States", 36.1627, -86.7816, "America/Chicago", "BNA", "USD", 615},
	{"Charlotte", "NC", "North Carolina", "282", "US", "United States", 35.2271, -80.8431, "America/New_York", "CLT", "USD", 704},
	{"Salt Lake City", "UT", "Utah", "841", "US", "United States", 40.7608, -111.8910, "America/Denver", "SLC", "USD", 801},
	{"Detroit", "MI", "Michigan", "482", "US", "United States", 42.3314, -83.0458, "America/Detroit", "DTW", "USD", 313},
	{"Columbus", "OH", "Ohio", "432", "US", "United States", 39.9612, -82.9988, "America/New_York", "CMH", "USD", 614},
	{"New Orleans", "LA", "Louisiana", "701", "US", "United States", 29.9511, -90.0715, "America/Chicago", "MSY", "USD", 504},
	{"Kansas City", "MO", "Missouri", "641", "US", "United States", 39.0997, -94.5786, "America/Chicago", "MCI", "USD", 816},
	{"Las Vegas", "NV", "Nevada", "891", "US", "United States", 36.1699, -115.1398, "America/Los_Angeles", "LAS", "USD", 702},
	{"Toronto", "ON", "Ontario", "M5V", "CA", "Canada", 43.6532, -79.3832, "America/Toronto", "YYZ", "CAD", 416},
	{"Vancouver", "BC", "British Columbia", "V6B", "CA", "Canada", 49.2827, -123.1207, "America/Vancouver", "YVR", "CAD", 604},
	{"Montreal", "QC", "Quebec", "H3B", "CA", "Canada", 45.5017, -73.5673, "America/Toronto", "YUL", "CAD", 514},
	{"London", "ENG", "England", "SW1", "GB", "United Kingdom", 51.5074, -0.1278, "Europe/London", "LHR", "GBP", 207},
	{"Manchester", "ENG", "England", "M1", "GB", "United Kingdom", 53.4808, -2.2426, "Europe/London", "MAN", "GBP", 161},
	{"Edinburgh", "SCT", "Scotland", "EH1", "GB", "United Kingdom", 55.9533, -3.1883, "Europe/London", "EDI", "GBP", 131},
	{"Dublin", "L", "Leinster", "D02", "IE", "Ireland", 53.3498, -6.2603, "Europe/Dublin", "DUB", "EUR", 353},
	{"Paris", "IDF", "Ile-de-France", "750", "FR", "France", 48.8566, 2.3522, "Europe/Paris", "CDG", "EUR", 331},
	{"Lyon", "ARA", "Auvergne-Rhone-Alpes", "690", "FR", "France", 45.7640, 4.8357, "Europe/Paris", "LYS", "EUR", 334},
	{"Berlin", "BE", "Berlin", "101", "DE", "Germany", 52.5200, 13.4050, "Europe/Berlin", "BER", "EUR", 303},
	{"Munich", "BY", "Bavaria", "803", "DE", "Germany", 48.1351, 11.5820, "Europe/Berlin", "MUC", "EUR", 893},
	{"Madrid", "MD", "Madrid", "280", "ES", "Spain", 40.4168, -3.7038, "Europe/Madrid", "MAD", "EUR", 914},
	{"Amsterdam", "NH", "North Holland", "101", "NL", "Netherlands", 52.3676, 4.9041, "Europe/Amsterdam", "AMS", "EUR", 205},
	{"Zurich", "ZH", "Zurich", "800", "CH", "Switzerland", 47.3769, 8.5417, "Europe/Zurich", "ZRH", "CHF", 443},
	{"Stockholm", "AB", "Stockholm", "111", "SE", "Sweden", 59.3293, 18.0686, "Europe/Stockholm", "ARN", "SEK", 468},
	{"Tokyo", "13", "Tokyo", "100", "JP", "Japan", 35.6762, 139.6503, "Asia/Tokyo", "HND", "JPY", 313},
	{"Singapore", "SG", "Singapore", "018", "SG", "Singapore", 1.3521, 103.8198, "Asia/Singapore", "SIN", "SGD", 656},
	{"Sydney", "NSW", "New South Wales", "200", "AU", "Australia", -33.8688, 151.2093, "Australia/Sydney", "SYD", "AUD", 292},
	{"Melbourne", "VIC", "Victoria", "300", "AU", "Australia", -37.8136, 144.9631, "Australia/Melbourne", "MEL", "AUD", 393},
	{"Auckland", "AUK", "Auckland", "101", "NZ", "New Zealand", -36.8509, 174.7645, "Pacific/Auckland", "AKL", "NZD", 649},
	{"Mumbai", "MH", "Maharashtra", "400", "IN", "India", 19.0760, 72.8777, "Asia/Kolkata", "BOM", "INR", 222},
	{"Sao Paulo", "SP", "Sao Paulo", "013", "BR", "Brazil", -23.5505, -46.6333, "America/Sao_Paulo", "GRU", "BRL", 113},
}

// north is how many of places lie in the United States; most rows do.
const north = 24

func (m *Maker) place(s *Shape) *place {
	sub := m.subject(s)
	if sub.at == nil {
		list := m.cities()
		m.move(sub, list[m.Rand.IntN(len(list))])
	}
	return sub.at
}

// move puts a subject somewhere in a city.
func (m *Maker) move(sub *subject, p place) {
	p.zip = m.zip(p)
	p.lat = degrees(p.lat + (m.Rand.Float64()-0.5)*0.08)
	p.lon = degrees(p.lon + (m.Rand.Float64()-0.5)*0.08)
	sub.at = &p
}

// placed are meanings that say where something is.
var placed = flags("city state region zip country")

// settleIn makes an example's place the place of the row, so that what follows
// lies there too. It is too late where the row has one, and of no use where the
// place is unknown.
func (m *Maker) settleIn(s *Shape, name string) bool {
	sub := m.subject(s)
	if sub.at != nil || s.Semantic == "zip" || len(name) == 3 && name == strings.ToUpper(name) {
		return false
	}
	if m.In.Locale != "" {
		return false
	}
	first := m.Rand.IntN(len(places))
	for i := range places {
		p := places[(first+i)%len(places)]
		if name == p.city || name == p.state || name == p.stateName || name == p.code || name == p.country {
			m.move(sub, p)
			return true
		}
	}
	return false
}

// zip completes the first characters of a postal code in its country's style.
func (m *Maker) zip(p place) string {
	switch p.code {
	case "CA", "GB":
		return fmt.Sprintf("%s %d%c%c", p.zip, m.Rand.IntN(10), 'A'+rune(m.Rand.IntN(8)), 'N'+rune(m.Rand.IntN(8)))
	case "NL":
		return fmt.Sprintf("%s%d %c%c", p.zip, m.Rand.IntN(10), 'A'+rune(m.Rand.IntN(8)), 'N'+rune(m.Rand.IntN(8)))
	case "IE":
		return fmt.Sprintf("%s X%d%d0", p.zip, m.Rand.IntN(10), m.Rand.IntN(10))
	case "AU", "NZ", "CH":
		return p.zip + m.faker.DigitN(1)
	case "IN", "SG":
		return p.zip + m.faker.DigitN(3)
	case "JP":
		return p.zip + "-00" + m.faker.DigitN(2)
	case "BR":
		return p.zip + "10-" + m.faker.DigitN(3)
	}
	return p.zip + m.faker.DigitN(2)
}

func degrees(x float64) float64 { return math.Round(float64(x*10000)) / 10000 }

var placeSemantics = []Semantic{
	{"address.street", "string", []string{"street", "street address", "address line1", "address1", "line1", "address line 1", "address1 line", "street line", "street name"},
		func(m *Maker, s *Shape) any { return m.street() }},
	{"address.unit", "string", []string{"address2", "line2", "address line2", "address line 2", "address line3", "address line 3", "address3", "apartment", "suite"},
		func(m *Maker, s *Shape) any {
			return fmt.Sprintf("%s %d", m.one([]string{"Apt", "Suite", "Unit"}), 1+m.Rand.IntN(900))
		}},
	{"address", "string", []string{"address", "full address", "mailing address", "shipping address", "billing address"},
		func(m *Maker, s *Shape) any {
			p := m.place(s)
			return fmt.Sprintf("%s, %s, %s %s", m.street(), p.city, p.state, p.zip)
		}},
	{"district", "string", []string{"district", "neighborhood", "neighbourhood", "borough", "suburb", "quarter name"}, one("Old Town", "Riverside", "North End", "Harbor District", "University Quarter", "West Side", "Midtown")},
	{"city", "string", []string{"city", "capital", "capital city", "town", "city name", "locality", "municipality", "origin", "destination", "hometown"},
		func(m *Maker, s *Shape) any {
			if v := exampleText(s); len(v) == 3 && v == strings.ToUpper(v) { // a city by its airport
				return m.place(s).airport
			}
			return m.place(s).city
		}},
	{"state", "string", []string{"state", "state code", "province", "state province", "address state", "state abbr"},
		func(m *Maker, s *Shape) any { return m.place(s).state }},
	{"region", "string", []string{"region", "state name", "county"},
		func(m *Maker, s *Shape) any {
			if m.In.Technical {
				return m.region(s)
			}
			return m.place(s).stateName
		}},
	{"zip", "string integer", []string{"zip", "zip code", "postal code", "postcode", "zipcode", "postalcode"},
		func(m *Maker, s *Shape) any { return m.place(s).zip }},
	{"country", "string", []string{"country", "country code", "country name", "iso country", "country iso"},
		func(m *Maker, s *Shape) any {
			p := m.place(s)
			if s.MaxLength == 2 || hasWord(s, "code") || hasWord(s, "iso") || s.exampleLength() == 2 {
				return p.code
			}
			return p.country
		}},
	{"location", "string", []string{"location", "venue", "place", "area", "warehouse location", "site", "last seen", "club", "home club", "depot", "station", "branch office", "library branch"},
		func(m *Maker, s *Shape) any {
			if m.In.Technical && hasWord(s, "location") {
				return m.region(s)
			}
			p := m.place(s)
			return p.city + ", " + p.state
		}},
	{"nationality", "string", []string{"nationality", "citizenship", "demonym"}, func(m *Maker, s *Shape) any {
		p := m.place(s)
		if s.MaxLength == 2 || s.exampleLength() == 2 {
			return p.code
		}
		return demonyms[p.code]
	}},
	{"latitude", "number string", []string{"latitude", "lat"}, func(m *Maker, s *Shape) any { return m.place(s).lat }},
	{"longitude", "number string", []string{"longitude", "lon", "lng", "long"}, func(m *Maker, s *Shape) any { return m.place(s).lon }},
	{"timezone", "string", []string{"timezone", "time zone", "tz"}, func(m *Maker, s *Shape) any { return m.place(s).zone }},
	{"airport", "string", []string{"airport", "airport code", "iata", "iata code", "departure airport", "arrival airport"},
		func(m *Maker, s *Shape) any {
			if hasWord(s, "name") {
				return m.place(s).city + " International Airport"
			}
			return m.place(s).airport
		}},
}

var demonyms = map[string]string{"US": "American", "CA": "Canadian", "GB": "British", "IE": "Irish", "FR": "French", "DE": "German", "ES": "Spanish", "NL": "Dutch", "CH": "Swiss",
	"SE": "Swedish", "JP": "Japanese", "SG": "Singaporean", "AU": "Australian", "NZ": "New Zealander", "IN": "Indian", "BR": "Brazilian", "PT": "Portuguese", "IT": "Italian"}

func (m *Maker) street() string {
	return fmt.Sprintf("%d %s %s", 10+m.Rand.IntN(9800), m.one(streets), m.one(streetKinds))
}

var (
	streets = strings.Fields(`Oak Maple Cedar Pine Elm Washington Lake Hill Walnut Spring North Ridge Church Willow Meadow Forest
		Highland Park River Sunset Jackson Franklin Chestnut Cherry Lincoln Jefferson Madison Adams Mill Prospect Grove Harbor`)
	streetKinds = []string{"Street", "Avenue", "Road", "Lane", "Drive", "Boulevard", "Court", "Way"}
)

func hasWord(s *Shape, word string) bool {
	for _, w := range s.Words {
		if w == word {
			return true
		}
	}
	return false
}

// exampleLength returns the length of the first example that is a text.
func (s *Shape) exampleLength() int { return len(exampleText(s)) }

func exampleText(s *Shape) string {
	for _, v := range s.Examples {
		if t, ok := v.(string); ok {
			return t
		}
	}
	return ""
}
