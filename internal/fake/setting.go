package fake

import (
	"cmp"
	"encoding/binary"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// A Setting is what all values of one world have in common: what kind of
// service it is, and in which style it writes. The zero Setting is a plain one.
type Setting struct {
	Cloud     string          // the style of a cloud's names: "aws", "azure", "google"; empty elsewhere
	Service   string          // of that cloud: "events", "Microsoft.Network"; empty where nothing tells
	Technical bool            // it is about computers: what it holds is called billing-prod
	Office    bool            // it is about the work of a firm: what it holds is called Quarterly Planning
	Code      bool            // it is about source code: people are known by their logins
	Upper     bool            // it writes its states and kinds in capitals
	Locale    string          // a row of Locales; empty mixes
	mark      uint64          // of this world alone
	work      []string        // what its services are used for; nil where nothing tells
	things    map[string]bool // what its tables hold: "broker"
	forms     *forms          // how its tools show that fields are written; nil where nothing is known

	market  *market // of the table that is being filled, else of the world
	markets map[string]*market
}

// Of returns the setting of one table: of whose trade it is.
func (in Setting) Of(table string) Setting {
	if k := in.markets[table]; k != nil {
		in.market = k
	}
	return in
}

// technical are words of columns and entities that speak of computers.
var technical = flags(`cluster instance deployment repository repo branch commit endpoint node pod container namespace pipeline build
	hostname cpu subnet vpc arn bucket log metric certificate fingerprint queue server firewall snapshot volume database schema runtime lambda
	artifact webhook shard replica kubernetes docker vm machine cidr dns ssl tls ssh kms iam stack workload environment image registry secret
	token api proxy gateway router network interface script job worker trigger connector app key encryption resource query index config basket cloud memory plugin vector sync service event replay archive subscription tenant object`)

// office are words of columns and entities that speak of the work of a firm.
var office = flags(`employee customer invoice contract project department company organization supplier vendor workflow approval expense lead opportunity deal
	license dashboard document form ticket campaign workspace board subscription compliance audit procurement quote proposal timesheet payroll asset
	client stakeholder budget survey segment membership donor constituent fund case policy sharepoint site`)

// SettingOf tells the setting of a world from its tables, and from what its tools
// say where they are known.
func SettingOf(s scaler.Schema, tools ...scaler.WorldTool) Setting {
	var in Setting
	t := tally{seen: map[string]bool{}}
	var names []string
	in.things = map[string]bool{}
	for _, table := range s.Tables {
		in.things[strings.Join(words.Split(table.Entity), " ")] = true
		names = append(names, table.Name)
		t.count(table.Entity)
		for _, c := range table.Columns {
			t.count(c.Name)
			t.style(c)
		}
	}
	sum := scaler.ContentID(names...)
	in.mark = binary.BigEndian.Uint64([]byte(sum))
	switch {
	case t.seen["arn"]:
		in.Cloud, in.Service = "aws", t.service
	case t.seen["provisioning state"] || t.seen["subscription id"] && t.seen["resource group"] || t.seen["resource group name"]:
		in.Cloud = "azure"
	case t.google:
		in.Cloud = "google"
	}
	if cloud, service := cloudOf(tools); cloud != "" {
		in.Cloud, in.Service = cloud, cmp.Or(service, in.Service)
	}
	if in.Cloud == "aws" && in.Service == "" && len(tools) > 0 {
		in.Service = ownService(tools)
	}
	in.Code = (t.seen["repo"] || t.seen["repository"]) && (t.seen["branch"] || t.seen["commit"] || t.seen["sha"] || t.seen["pull"] || t.seen["owner"])
	in.Technical = in.Cloud != "" || in.Code || t.technical >= 3 && 12*t.technical >= t.words
	in.Office = t.office > 0
	in.Upper = t.upper > t.lower
	if len(tools) > 0 {
		in.forms = formsOf(s, tools)
	}
	if in.Technical {
		in.work = workOf(s, tools)
	}
	in.trade(s)
	return in
}

// trade says of each table which trades it is of.
func (in *Setting) trade(s scaler.Schema) {
	var told map[string][]string
	if !slices.ContainsFunc(s.Tables, func(t scaler.Table) bool { return len(t.Trades) > 0 }) {
		told = TradesOf(s, nil)
	}
	in.market, in.markets = &market{}, map[string]*market{}
	for _, t := range s.Tables {
		names := t.Trades
		if names == nil {
			names = told[t.Name]
		}
		in.markets[t.Name] = in.marketOf(names)
	}
}

// marketOf is what a table of some trades can ask. The services of the two
// clouds whose names tell them sell nothing, and book nothing.
func (in *Setting) marketOf(names []string) *market {
	k := &market{}
	if in.Technical {
		k.first = in.cloudTrades()
	}
	if k.alone = in.Cloud == "aws" || in.Cloud == "azure" || in.Code; !k.alone {
		k.trades = tradesNamed(names)
	}
	return k
}

// A tally counts what the names of a world's columns are made of.
type tally struct {
	seen                     map[string]bool // words, and whole names
	words, technical, office int             // different ones
	upper, lower             int             // enums
	google                   bool
	service                  string
}

func (t *tally) count(name string) {
	list := words.Split(name)
	t.seen[strings.Join(list, " ")] = true
	for _, w := range list {
		w = words.Singular(w)
		if counted := "word " + w; !t.seen[counted] {
			t.seen[counted], t.seen[w] = true, true
			t.words++
			if technical[w] {
				t.technical++
			}
			if office[w] {
				t.office++
			}
		}
	}
}

func (t *tally) style(c scaler.Column) {
	for _, v := range c.Enum {
		switch {
		case upperCase.Match(v):
			t.upper++
		case lowerCase.Match(v):
			t.lower++
		}
	}
	if at := arnPattern.FindSubmatch(c.Schema); at != nil && t.service == "" {
		t.service = string(at[1])
	}
	if c.Name == "selfLink" || resourcePath.MatchString(c.Doc) || resourcePath.Match(c.Schema) {
		t.google = true
	}
}

var (
	upperCase    = regexp.MustCompile(`^"[A-Z][A-Z_0-9]+"$`)
	lowerCase    = regexp.MustCompile(`^"[a-z][a-z_0-9-]+"$`)
	arnPattern   = regexp.MustCompile(`arn:[^"]{0,40}?:([a-z][a-z0-9-]{3,}):`)
	resourcePath = regexp.MustCompile(`projects/[^ ]+/(locations|[a-z]+)/`)
)

// number is one of n that this world has chosen.
func (in Setting) number(n int) int { return int(in.mark % uint64(n)) }
