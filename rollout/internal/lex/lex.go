// Package lex compares what people say with what tools and forms are called:
// words in their stems, verbs with their synonyms, and nothing beyond words.
package lex

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/agentscaler/scaler/internal/words"
)

// Words returns the stems of a text or name, without the words that carry no
// meaning by themselves.
func Words(text string) []string {
	var out []string
	for _, w := range words.Split(plain.Replace(text)) {
		if !stop[w] {
			out = append(out, Stem(w))
		}
	}
	return out
}

// plain undoes spellings that would fall apart into letters.
var plain = strings.NewReplacer("e-mail", "email", "E-mail", "email", "e-Mail", "email", "'s", "", "’s", "", "’", "", "'", "",
	"check-in", "checkin", "check-out", "checkout", "check in", "checkin", "check out", "checkout", "check_in", "checkin", "check_out", "checkout")

// Stem cuts a word back to what its forms share: cancel, cancelled and
// cancellation are one, order and orders are one. Stems are not words.
func Stem(w string) string {
	if s, ok := stems.Load(w); ok {
		return s.(string)
	}
	s := stem(w)
	if kept.Add(1) < 100_000 {
		stems.Store(w, s)
	}
	return s
}

// stems remembers words that were cut before: conversations use few.
var (
	stems sync.Map
	kept  atomic.Int64
)

func stem(w string) string {
	w = words.Singular(w)
	if s, ok := irregular[w]; ok {
		return s
	}
	for _, e := range endings {
		root, ok := strings.CutSuffix(w, e.suffix)
		if !ok || len(root) < e.least {
			continue
		}
		w = root + e.put
		if n := len(w); e.put == "" && n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("slz", rune(w[n-1])) {
			w = w[:n-1] // shipped
		} else if n > 5 && strings.HasSuffix(w, "ll") {
			w = w[:n-1] // cancelled, but billing
		}
		break
	}
	if strings.HasSuffix(w, "e") && len(w) > 3 {
		w = w[:len(w)-1]
	}
	if strings.HasSuffix(w, "y") && len(w) > 3 {
		w = w[:len(w)-1] + "i"
	}
	return w
}

type ending struct {
	suffix string
	least  int // letters that must be left
	put    string
}

var endings = []ending{
	{"ization", 4, "ize"}, {"isation", 4, "ize"}, {"ication", 4, "y"}, {"ations", 4, ""}, {"ation", 4, ""}, {"ment", 3, ""}, {"ised", 4, "ize"}, {"ise", 4, "ize"},
	{"ied", 2, "y"}, {"ings", 3, ""}, {"ing", 3, ""}, {"ed", 3, ""}, {"wal", 3, "w"}, {"val", 4, "v"}, {"very", 4, "v"},
}

// irregular are forms that endings would spoil or miss.
var irregular = map[string]string{
	"paid": "pay", "sent": "send", "bought": "buy", "found": "find", "lost": "lost", "made": "make", "took": "take", "taken": "take",
	"held": "hold", "shown": "show", "known": "know", "statement": "statement", "department": "department", "apartment": "apartment",
	"document": "document", "billing": "bill", "string": "string", "building": "building", "meeting": "meeting", "rating": "rate",
	"reservation": "reserv", "booking": "book", "delivery": "deliver", "deliveries": "deliver", "delivered": "deliver", "subscription": "subscrib",
	"registration": "regist", "register": "regist", "registered": "regist", "prescription": "prescrib", "renewal": "renew", "approval": "approv",
	"removal": "remov", "refusal": "refus", "arrival": "arriv", "transferred": "transfer", "shipping": "ship", "shipment": "ship",
	"activation": "activat", "deactivation": "deactivat", "reactivation": "reactivat", "termination": "terminat", "suspension": "suspend",
	"extension": "extend", "completion": "complet", "collection": "collect", "cancellation": "cancel", "confirmation": "confirm",
	"application": "appli", "expiry": "expir", "expires": "expir", "expire": "expir", "expired": "expir", "expiration": "expir", "decision": "decid", "purchase": "purchas", "payment": "pay", "repayment": "repay", "upgrade": "upgrad",
}

// stop are words that carry no meaning by themselves.
var stop = set(`a an the this that these those is are was were be been being am do does did done doing have has had having will would shall should can
	could may might must i me my mine we us our you your he him his she her it its they them their and or but if then so as of at by for from in
	into on onto to with without within about over under again further once here there all any both each few more most other some such no nor not
	only own same than too very just now please thanks thank hi hello hey there who whom whose which what when where why how im ive ill
	like want need wish help sure also well ok okay yes got let lets going go one ones out up down off per via`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}
