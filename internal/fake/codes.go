package fake

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

var (
	hostParts  = strings.Fields("app api www cdn shop mail docs status portal assets auth static")
	tags       = strings.Fields("priority onboarding follow-up seasonal vip internal beta returning wholesale local new-arrival clearance review quarterly urgent training mobile export")
	extensions = []struct{ ext, mime string }{
		{"pdf", "application/pdf"}, {"png", "image/png"}, {"jpg", "image/jpeg"}, {"csv", "text/csv"}, {"txt", "text/plain"}, {"json", "application/json"},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, {"mp4", "video/mp4"},
	}
)

// code makes a short code in the style of the thing it stands for: ORD-48213.
func (m *Maker) code(s *Shape) any {
	switch last := s.Entity; {
	case m.In.Cloud != "" && len(s.Words) == 1 && s.MaxLength < 0:
		if m.failed() {
			return m.fault(s)
		}
		return "OK"
	case last == "airport":
		return m.place(s).airport
	case last == "country":
		return m.place(s).code
	case last == "currency":
		return m.place(s).currency
	}
	if s.MaxLength > 0 && s.MaxLength < 7 {
		return strings.ToUpper(m.faker.LetterN(uint(s.MaxLength)))
	}
	return fmt.Sprintf("%s-%05d", strings.ToUpper(Prefix(s.Entity)), m.Rand.IntN(90000)+10000)
}

// Prefix returns the short form of an entity's name that its keys start with:
// "ord" of order.
func Prefix(entity string) string {
	if p, ok := prefixes[entity]; ok {
		return p
	}
	list := words.Split(entity)
	if len(list) == 0 {
		return "row"
	}
	last := list[len(list)-1]
	if p, ok := prefixes[last]; ok {
		return p
	}
	letters := []rune(last)
	return string(letters[:min(3, len(letters))])
}

var prefixes = map[string]string{"customer": "cus", "user": "usr", "payment": "pay", "transaction": "txn", "message": "msg", "subscription": "sub",
	"shipment": "shp", "appointment": "apt", "reservation": "res", "employee": "emp", "address": "adr", "organization": "org", "comment": "cmt",
	"conversation": "cnv", "configuration": "cfg", "campaign": "cmp", "contact": "con", "contract": "ctr", "product": "prd", "project": "prj"}

// id makes an id of no known table.
func (m *Maker) id(s *Shape) any {
	if s.Type == "integer" || s.Type == "number" {
		return int64(1000 + m.Rand.IntN(9000))
	}
	if s.Format == "uuid" || hasWord(s, "uuid") || hasWord(s, "guid") {
		return m.faker.UUID()
	}
	if rng, ok := m.pool(s); ok {
		other := New(rng, m.Now)
		other.In = m.In
		return other.id(s)
	}
	switch {
	case hasWord(s, "ulid"):
		return m.letters("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26)
	case m.In.Cloud == "azure" && armID.MatchString(s.Doc), m.In.Cloud == "azure" && len(s.Words) == 1 && s.Words[0] == "id" && len(m.path) == 0, m.In.Cloud == "azure" && hasWord(s, "resource"):
		return m.resourceID(s)
	case m.In.Cloud == "aws" && awsID(s) != "":
		return m.cloudID(s.Words)
	case (m.In.Cloud == "azure" || m.In.Cloud == "aws") && (s.MaxLength < 0 || s.MaxLength >= 36):
		return m.faker.UUID()
	case hasWord(s, "microsoft") || hasWord(s, "azure"):
		return m.faker.UUID()
	case m.In.Cloud == "google":
		return m.faker.DigitN(12)
	}
	owner := s.Entity
	if n := len(s.Words); n > 1 {
		owner = s.Words[n-2]
	}
	return fmt.Sprintf("%s_%d", Prefix(owner), 1000+m.Rand.IntN(9000))
}

// poolSize is how many things there are of a kind that no table holds.
const poolSize = 5

// pool returns where to draw an id from that names something else: the same few
// things all over the world. It reports false for what is each row's own.
func (m *Maker) pool(s *Shape) (*rand.Rand, bool) {
	n := len(s.Words)
	if !m.In.Technical || m.Key == "" || n < 2 {
		return nil, false
	}
	stem := strings.Join(s.Words[:n-1], " ")
	if slices.ContainsFunc(s.Words[:n-1], func(w string) bool { return eachOwn[w] }) || strings.HasSuffix(strings.Join(words.Split(s.Entity), " "), stem) {
		return nil, false
	}
	return scaler.Rand(m.In.mark, "pool", stem, fmt.Sprint(m.Rand.IntN(poolSize))), true
}

// eachOwn are things of which every row speaks of another.
var eachOwn = flags("request operation execution correlation transaction event message job run trace session token client external invocation build revision version unique")

// armID is how descriptions call an id that is the path of a resource.
var armID = regexp.MustCompile(`(?i)\b(resource|arm|azure resource manager) (id|identifier)\b|\bid of the [a-z ]*(resource|network|subnet|vault|workspace|account)\b`)

// awsID is the kind of thing of which a field holds an id such as vpc-0a1b; empty
// where it is none.
func awsID(s *Shape) string {
	n := len(s.Words)
	if n < 2 || s.Words[n-1] != "id" && s.Words[n-1] != "ids" {
		return ""
	}
	switch kind := words.Singular(s.Words[n-2]); kind {
	case "vpc", "subnet", "instance", "volume", "ami", "eni":
		return kind
	case "group":
		if n > 2 && s.Words[n-3] == "security" {
			return kind
		}
	case "interface":
		if n > 2 && s.Words[n-3] == "network" {
			return kind
		}
	}
	return ""
}

// inStore is how descriptions call an address in a store of files.
var inStore = regexp.MustCompile(`(?i)gs://|s3://|cloud storage|hcfs|\bs3 uri|\bgcs\b|amazon s3|\b(jar|archive|python) (file )?uri`)

func (m *Maker) link(s *Shape) string {
	if at := inStore.FindString(s.Doc + " " + strings.Join(s.Words, " ")); at != "" && m.In.Cloud != "" {
		scheme := map[bool]string{true: "s3://", false: "gs://"}[m.In.Cloud == "aws"]
		return scheme + strings.ToLower(firmNames[m.In.number(len(firmNames))]) + "-data/" + m.one(m.works()) + "/" + fileTitle(m, s).(string)
	}
	slug := strings.ReplaceAll(words.Snake(words.Plural(cmp.Or(s.Entity, "page"))), "_", "-")
	if hasWord(s, "image") || hasWord(s, "photo") || hasWord(s, "avatar") || hasWord(s, "thumbnail") || hasWord(s, "logo") {
		return fmt.Sprintf("https://cdn.example.net/%s/%d.jpg", slug, 1000+m.Rand.IntN(9000))
	}
	if len(groupWords(s.Words)) > 0 { // of something else than the row
		return fmt.Sprintf("https://www.example.com/%s/%d", strings.Join(groupWords(s.Words), "-"), 1000+m.Rand.IntN(9000))
	}
	return fmt.Sprintf("https://www.example.com/%s/%s", slug, m.own(s))
}

// domain is a domain of some firm, under one of the names set aside for examples.
func (m *Maker) domain() string {
	return strings.ToLower(m.one(firmNames)) + "." + m.one([]string{"example.com", "example.com", "example.org", "example.net"})
}

// machineImage is what a machine or a container starts from.
func (m *Maker) machineImage() string {
	switch m.In.Cloud {
	case "aws":
		return "ami-0" + m.hex(16)
	case "google":
		return "projects/debian-cloud/global/images/family/debian-12"
	}
	return m.one([]string{"nginx:1.27", "postgres:16", "redis:7.2", "python:3.12-slim", "node:20-alpine"})
}

// address makes an address of the networks set aside for documentation.
func (m *Maker) address() string {
	return fmt.Sprintf("%s.%d", m.one([]string{"192.0.2", "198.51.100", "203.0.113"}), 1+m.Rand.IntN(254))
}

// tender is the currency in which everything in the row is paid.
func (m *Maker) tender(s *Shape) any {
	switch {
	case m.In.Locale != "":
		return m.place(s).currency
	case m.currency != "":
	case m.chance(0.8):
		m.currency = "USD"
	default:
		m.currency = m.one([]string{"EUR", "GBP", "CAD"})
	}
	return m.currency
}

func (m *Maker) slug(s *Shape) any {
	return slugged(m.nameOf(s))
}

// iban makes an account number with right check digits, of a bank that does not exist.
func (m *Maker) iban(s *Shape) any {
	body := "37040044" + m.faker.DigitN(10)
	rest := 0
	for _, c := range body + "131400" { // DE00 moved to the end, letters as numbers
		rest = (rest*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("DE%02d%s", 98-rest, body)
}

var codeSemantics = []Semantic{
	{"id", "string integer number", []string{"id", "uuid", "guid", "identifier", "key", "uid", "number", "pk", "videoid", "sid", "oid"}, (*Maker).id},
	{"ref", "string integer", []string{"ref", "git ref"}, func(m *Maker, s *Shape) any {
		if m.In.Code {
			return m.one([]string{"refs/heads/main", "refs/heads/develop", "refs/tags/v1.2.0"})
		}
		return m.id(s)
	}},
	{"code", "string", []string{"code", "reference", "reference number", "cost center", "sort code", "routing number", "reason code", "confirmation number", "confirmation code", "tracking number", "order number", "invoice number",
		"serial number", "promo code", "coupon code", "coupon", "account number", "license number", "policy number", "case number", "barcode", "pnr"}, (*Maker).code},
	{"sku", "string", []string{"sku", "part number", "upc", "item code", "product code"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("%s-%04d", strings.ToUpper(m.product(s).category[:3]), m.Rand.IntN(10000))
	}},
	{"isbn", "string", []string{"isbn", "isbn13"}, func(m *Maker, s *Shape) any { return "978" + m.faker.DigitN(10) }},
	{"iban", "string", []string{"iban", "bank account", "bank account number"}, (*Maker).iban},
	{"flight", "string", []string{"flight", "flight number", "flight no"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("%s%d", m.one([]string{"UA", "DL", "AA", "BA", "LH", "AF", "NH", "QF"}), 100+m.Rand.IntN(900))
	}},
	{"seat", "string", []string{"seat", "seat number"}, func(m *Maker, s *Shape) any { return fmt.Sprintf("%d%c", 1+m.Rand.IntN(38), 'A'+rune(m.Rand.IntN(6))) }},
	{"currency", "string", []string{"currency", "currency code"}, (*Maker).tender},
	{"language", "string", []string{"language", "locale", "lang", "language code", "locale code", "culture", "lang code", "locale id"}, func(m *Maker, s *Shape) any {
		return m.one([]string{"en", "en", "en", "es", "fr", "de", "ja", "pt"})
	}},
	{"card", "string", []string{"last4", "last four", "card last four", "last four digits", "card last4"}, func(m *Maker, s *Shape) any { return m.faker.DigitN(4) }},
	{"card.number", "string", []string{"card number", "credit card", "credit card number"}, func(m *Maker, s *Shape) any {
		return "4242 4242 4242 " + m.faker.DigitN(4)
	}},
	{"card.brand", "string", []string{"card brand", "card type", "card network"}, one("visa", "mastercard", "amex", "discover")},
	{"url", "string", []string{"url", "uri", "link", "website", "href", "homepage", "webhook", "webhook url", "callback url", "endpoint"}, func(m *Maker, s *Shape) any { return m.link(s) }},
	{"image", "string", []string{"image", "photo", "avatar", "picture", "thumbnail", "logo", "image url", "avatar url", "photo url", "cover", "img", "thumb", "poster", "image src", "icon", "icon url", "thumbnail url", "profile picture", "banner", "cover image", "img url", "background image", "logo url"}, func(m *Maker, s *Shape) any {
		if m.In.Technical && s.Format == "" && s.Words[len(s.Words)-1] == "image" {
			return m.machineImage()
		}
		return fmt.Sprintf("https://cdn.example.net/images/%d.jpg", 1000+m.Rand.IntN(9000))
	}},
	{"ip", "string", []string{"ip", "ip address", "ipv4", "remote addr"}, func(m *Maker, s *Shape) any { return m.address() }},
	{"hostname", "string", []string{"hostname", "host name", "fqdn", "host", "host header", "server hostname"}, func(m *Maker, s *Shape) any { return m.one(hostParts) + "." + m.domain() }},
	{"domain", "string", []string{"domain", "domain name", "root domain", "dns name", "zone name", "hosted zone name", "dns zone", "custom domain", "custom domain name", "website domain", "domain url"}, func(m *Maker, s *Shape) any { return m.domain() }},
	{"version", "string", []string{"version", "app version", "firmware version", "firmware"}, versionName},
	{"filename", "string", []string{"filename", "file name", "file", "attachment", "document name"}, fileTitle},
	{"folder", "string", []string{"folder", "directory", "folder path", "directory path", "base path", "root path", "working directory"}, func(m *Maker, s *Shape) any {
		if m.In.Technical {
			return "/" + m.one([]string{"services", "apps", "deploy", "infra"}) + "/" + m.one(m.works())
		}
		return "/" + m.one([]string{"documents", "shared", "reports", "archive", "projects"}) + "/" + m.Now.Format("2006")
	}},
	{"path", "string", []string{"path", "file path", "filepath"}, func(m *Maker, s *Shape) any {
		switch file := hasWord(s, "file") || strings.Contains(strings.ToLower(s.Doc), "file"); {
		case m.In.Technical && file:
			return m.one(m.works()) + "/" + fileTitle(m, s).(string)
		case m.In.Technical:
			return "/" + m.one(m.works())
		}
		return "/" + m.one([]string{"documents", "shared", "reports", "archive", "projects"}) + "/" + fileTitle(m, s).(string)
	}},
	{"mime", "string", []string{"mime", "mime type", "content type", "mimetype", "media type"}, func(m *Maker, s *Shape) any { return extensions[m.fileKind(s)].mime }},
	{"slug", "string", []string{"slug", "permalink", "alias"}, (*Maker).slug},
	{"secret", "string", []string{"token", "secret", "password", "api key", "access token", "primary key", "secondary key", "access key", "account key", "shared key", "client secret", "refresh token", "private key"}, func(m *Maker, s *Shape) any { return "sample-" + m.faker.LetterN(16) }},
}
