package sandbox

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/agentscaler/scaler"
)

// dictsOfARow do with a row's dicts what may be done to them.
const dictsOfARow = `
def read(db, args):
    u = db.users.get(1)
    return {"home": u["home"], "cards": u["cards"]}

def grow(db, args):
    home = db.users.get(1)["home"]
    for i in range(args["n"]):
        home["room %d" % i] = {"n": i}
    return len(home)

def empty(db, args):
    u = db.users.get(1)
    u["home"].clear()
    for c in u["cards"]:
        c.pop("code")
    return u

def swap(db, args):
    u = db.users.get(1)
    u["cards"] = [pick(c, ["code"]) | {"home": u["home"]} for c in reversed(u["cards"])]
    return u

def die(db, args):
    for k in db.users.get(1)["home"]:
        fail(k)
`

// What a call did to the dicts it was lent is in no later call.
func TestDictsAreLentClean(t *testing.T) {
	const n = mostDicts + 3
	list := func(card string) string {
		cards := make([]string, n)
		for i := range cards {
			cards[i] = strings.ReplaceAll(card, "#", fmt.Sprint(i))
		}
		return "[" + strings.Join(cards, ", ") + "]"
	}
	user := func(home, cards string) string {
		return fmt.Sprintf(`{"id": 1, "home": %s, "cards": %s}`, home, cards)
	}
	row := scaler.Row{Table: "users", Key: "1", Value: []byte(user(`{"city": "Ulm"}`, list(`{"code": "#"}`)))}
	s := mustStart(t, openArena(t, withCode(dictsOfARow, row), Options{}))
	read := strings.Replace(string(row.Value), `"id": 1, `, "", 1)
	backwards := make([]string, n)
	for i := range backwards {
		backwards[i] = fmt.Sprintf(`{"code": "%d", "home": {"city": "Ulm"}}`, n-1-i)
	}
	for i := range mostCalls + 8 {
		rooms := i * 7 % 100
		for _, c := range []struct{ tool, want string }{
			{"grow", fmt.Sprint(rooms + 1)},
			{"read", read},
			{"swap", user(`{"city": "Ulm"}`, "["+strings.Join(backwards, ", ")+"]")},
			{"read", read},
			{"empty", user(`{}`, list(`{}`))},
			{"read", read},
			{"die", ""},
		} {
			r := s.Call(context.Background(), c.tool, fmt.Appendf(nil, `{"n": %d}`, rooms))
			if r.Refused == nil && r.Text != c.want || (r.Refused != nil) != (c.tool == "die") {
				t.Fatalf("round %d, %s: %v %s, want %s", i, c.tool, r.Refused, r.Text, c.want)
			}
			s.Reset()
		}
	}
}
