package task

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// label names a parameter or column in plain words: "order_id" is the order ID,
// "shipping_address.city" the shipping address city. entity is put before a
// name that says nothing without it ("id", "name"); empty leaves it out.
func label(path, entity string) string {
	var said []string
	for segment := range strings.SplitSeq(path, ".") {
		if i := strings.IndexByte(segment, '['); i >= 0 {
			segment = words.Singular(segment[:i])
		}
		for _, w := range words.Split(segment) {
			if len(said) == 0 || said[len(said)-1] != w {
				said = append(said, w)
			}
		}
	}
	if e := words.Split(entity); len(said) == 1 && bare[said[0]] && len(e) > 0 && !slices.Contains(e, said[0]) {
		said = append(slices.Clone(e), said...)
	}
	for i, w := range said {
		if s, ok := spoken[w]; ok {
			said[i] = s
		}
	}
	return strings.Join(dated(said), " ")
}

// dated turns what programs call a moment into what people do: created_at is the
// date created, expires_on the expiry date, execute_on the execute date.
func dated(said []string) []string {
	n := len(said)
	if n < 2 || said[n-1] != "at" && said[n-1] != "on" {
		return said
	}
	before, what := slices.Clone(said[:n-2]), said[n-2]
	switch {
	case strings.HasPrefix(what, "expire"):
		return append(before, "expiry", "date")
	case strings.HasSuffix(what, "ed") || what == "due" || what == "sent" || what == "paid" || what == "sold" || what == "made":
		return append(before, "date", what)
	}
	return append(before, what, "date")
}

// bare are names that people do not use without saying of what.
var bare = map[string]bool{
	"id": true, "key": true, "name": true, "title": true, "code": true, "number": true, "type": true, "status": true, "state": true,
	"uid": true, "uuid": true, "gid": true, "sid": true, "slug": true, "email": true, "phone": true, "url": true, "date": true,
}

// spoken replaces words of programs by words of people.
var spoken = map[string]string{
	"id": "ID", "ids": "IDs", "uid": "ID", "uuid": "ID", "gid": "ID", "sid": "ID", "url": "URL", "uri": "URL", "isbn": "ISBN", "sku": "SKU", "iban": "IBAN",
	"qty": "quantity", "dob": "date of birth", "desc": "description", "num": "number", "addr": "address", "msg": "message",
	"ts": "timestamp", "ip": "IP", "vat": "VAT", "zip": "ZIP", "api": "API", "imei": "IMEI", "vin": "VIN",
	"firstname": "first name", "lastname": "last name", "fullname": "full name", "phonenumber": "phone number", "datetime": "date and time",
}

// heading names a table's entity in words: "line_item" is a line item.
func heading(entity string) string { return strings.Join(words.Split(entity), " ") }

// plural puts the last word of a phrase into the plural.
func plural(phrase string) string {
	i := strings.LastIndexByte(phrase, ' ') + 1
	return phrase[:i] + words.Plural(phrase[i:])
}

// article puts a or an before a phrase.
func article(phrase string) string {
	if phrase == "" {
		return phrase
	}
	first, _, _ := strings.Cut(strings.ToLower(phrase), " ")
	an := strings.ContainsRune("aeiou", rune(first[0])) || slices.Contains([]string{"hour", "honest", "ip", "sms", "html", "xml", "mfa", "hr"}, first)
	for _, p := range []string{"uni", "use", "user", "url", "uri", "eu", "one", "utm", "uuid"} {
		if strings.HasPrefix(first, p) && !strings.HasPrefix(first, "unin") && !strings.HasPrefix(first, "unim") {
			an = false
		}
	}
	if an {
		return "an " + phrase
	}
	return "a " + phrase
}
