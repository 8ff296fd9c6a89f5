package scaler

import (
	"encoding/json"
	"strings"
)

// A World is a domain made executable: a database and tools that read and
// write it. On disk it is a folder; see docs/data-format.md.
type World struct {
	ID      WorldID     `json:"id"`
	Domain  DomainID    `json:"domain"`
	Name    string      `json:"name"`
	Summary string      `json:"summary"`
	Builder string      `json:"builder"` // "builtin", "llm" or "hand"
	Seed    uint64      `json:"seed"`
	Now     string      `json:"now"` // the clock of every session, RFC 3339 in UTC; it stands still
	Tools   []WorldTool `json:"tools"`
	Scopes  [][]string  `json:"scopes,omitempty"` // tool names a task may use together; empty means all
	Rules   []Rule      `json:"rules,omitempty"`
	Dropped []Dropped   `json:"dropped,omitempty"`

	Schema Schema `json:"-"` // schema.json
	Code   string `json:"-"` // tools.star
	Policy string `json:"-"` // policy.md
	Rows   []Row  `json:"-"` // state.jsonl
	Check  Check  `json:"-"` // check.json
}

// Tool returns the tool of that name.
func (w *World) Tool(name string) (WorldTool, bool) {
	for _, t := range w.Tools {
		if t.Name == name {
			return t, true
		}
	}
	return WorldTool{}, false
}

// A WorldTool is a tool as a world offers it. Its Name is also the name of
// the function in tools.star.
type WorldTool struct {
	Tool        ToolID            `json:"tool"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Parameters  json.RawMessage   `json:"parameters"`       // JSON Schema of type object
	Result      json.RawMessage   `json:"result,omitempty"` // JSON Schema, where declared
	Effect      Effect            `json:"effect"`           // as implemented
	Kind        Kind              `json:"kind"`
	Table       string            `json:"table,omitempty"`  // the table it is about
	Writes      []string          `json:"writes,omitempty"` // the tables it may change
	Binds       []Bind            `json:"binds,omitempty"`  // what its parameters mean to the tables
	Calls       []json.RawMessage `json:"calls,omitempty"`  // arguments of calls that succeed on the seed data, where drawn ones hardly would
	Tier        Tier              `json:"tier"`
	By          string            `json:"by,omitempty"`       // the model that wrote its code; empty: the built-in builder, or a person
	Evidence    []string          `json:"evidence,omitempty"` // why this kind and tier; "assumed: ..." where the text is silent
	Method      string            `json:"method,omitempty"`
	Path        string            `json:"path,omitempty"`
	In          map[string]string `json:"in,omitempty"`       // parameter -> path, query, header, body, as of a Tool
	Statuses    []int             `json:"statuses,omitempty"` // HTTP status codes that are declared, the one of a success first
}

// A Kind says how a tool behaves.
type Kind string

const (
	Get        Kind = "get"        // one row by its key
	List       Kind = "list"       // rows by filters, with sort and paging
	Create     Kind = "create"     // a new row
	Update     Kind = "update"     // the given fields of one row
	Delete     Kind = "delete"     // one row and what hangs on it
	Transition Kind = "transition" // one row to another status
	Relate     Kind = "relate"     // adds or removes a link or nested item
	Aggregate  Kind = "aggregate"  // count, sum, statistics
	Compute    Kind = "compute"    // pure: no state
	Event      Kind = "event"      // an acknowledged effect outside the tables
)

// A Tier grades how much of a tool its world really does.
type Tier string

const (
	TierStateful Tier = "A" // reads or writes a keyed table that others share
	TierKeyed    Tier = "B" // a keyed look-up over seeded content
	TierSearch   Tier = "C" // a filter over a generated table
	TierCompute  Tier = "D" // pure computation
	TierEvent    Tier = "E" // a write that no tool shows: logged, or kept unseen
	TierNone     Tier = "F" // unsupported, left out
)

// A Bind says what a parameter means: Role "key" and "ref" point at a row of
// Table by Column; "filter" selects on Column; "set" stores into Column;
// "limit", "offset", "sort" page and order; "input" feeds a computation.
type Bind struct {
	Param  string `json:"param"` // dotted where the parameter is nested: "address.city"
	Role   string `json:"role"`
	Table  string `json:"table,omitempty"`
	Column string `json:"column,omitempty"`
	Op     string `json:"op,omitempty"` // of a filter: "" equals, "contains", "min", "max", "in"; "scope" of what makes no difference here
}

// A Rule is one precondition that the code enforces and the policy states.
type Rule struct {
	ID      string   `json:"id"` // "cancel_order.status"
	Tool    string   `json:"tool"`
	Kind    string   `json:"kind"` // state, exists, unique, stock, balance, limit
	Text    string   `json:"text"` // one sentence of a service handbook
	Table   string   `json:"table,omitempty"`
	Column  string   `json:"column,omitempty"`
	Allowed []string `json:"allowed,omitempty"` // for kind state: the statuses from which the tool may run
	To      string   `json:"to,omitempty"`      // for kind state: the status it leads to
}

// Dropped is a tool of the domain that its world leaves out, and why.
type Dropped struct {
	Tool   ToolID `json:"tool"`
	Name   string `json:"name,omitempty"` // as a world would have offered it
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
	Clause string `json:"clause"` // the clause of the contract that it breaks; "outside" of any database; "unsupported"
	Reason string `json:"reason"`
}

// A Schema is the database of a world. Order matters: it is the order in which
// seed data is made, so a table follows the tables it refers to where it can.
type Schema struct {
	Tables []Table `json:"tables"`
}

// Table returns the table of that name.
func (s Schema) Table(name string) (Table, bool) {
	for _, t := range s.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return Table{}, false
}

// A Table holds rows of one entity, keyed by one column.
type Table struct {
	Name    string   `json:"name"`   // plural, snake_case: "orders"
	Entity  string   `json:"entity"` // singular: "order"
	Key     string   `json:"key"`    // a column; its values are unique strings or integers
	Columns []Column `json:"columns"`
	Status  *Status  `json:"status,omitempty"`
	Size    int      `json:"size,omitempty"`   // rows of seed data; 0 lets the builder choose
	Trades  []string `json:"trades,omitempty"` // lines of business it is of, the clearest first, for what its rows hold: "travel"
}

// Column returns the column of that name.
func (t Table) Column(name string) (Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return Column{}, false
}

// Has says whether the table has a column, or the object that a dotted name
// reaches into.
func (t Table) Has(name string) bool {
	head, _, _ := strings.Cut(name, ".")
	_, whole := t.Column(name)
	_, object := t.Column(head)
	return whole || object
}

// A Column is one field of a table's rows.
type Column struct {
	Name      string            `json:"name"`
	Type      string            `json:"type"`               // string, integer, number, boolean, object, array
	Format    string            `json:"format,omitempty"`   // date, date-time, email, uuid, uri, ...
	Semantic  string            `json:"semantic,omitempty"` // what it is about, for seed data: "money", "person.first_name", "city", "count", ...
	Enum      []json.RawMessage `json:"enum,omitempty"`
	Ref       string            `json:"ref,omitempty"` // foreign key: the table whose key this is (for an array: of each item)
	Nullable  bool              `json:"nullable,omitempty"`
	Unique    bool              `json:"unique,omitempty"`
	Unordered bool              `json:"unordered,omitempty"` // an array whose order carries no meaning, for the digest
	Min       *float64          `json:"min,omitempty"`       // of a number, or of how many items an array has
	Max       *float64          `json:"max,omitempty"`
	Schema    json.RawMessage   `json:"schema,omitempty"`   // JSON Schema of an object, of the items of an array, or of text with a pattern or length
	Examples  []json.RawMessage `json:"examples,omitempty"` // values the specification shows
	Doc       string            `json:"doc,omitempty"`
	Assumed   bool              `json:"assumed,omitempty"` // no specification speaks of it: it is what such things usually have
}

// A Status is a column that moves between named states.
type Status struct {
	Column  string `json:"column"`
	Initial string `json:"initial"`
	Moves   []Move `json:"moves"`
}

// A Move says that Tool takes a row from any state of From to To.
type Move struct {
	Tool string   `json:"tool"`
	From []string `json:"from"`
	To   string   `json:"to"`
}

// A Row is one row of a state.
type Row struct {
	Table string          `json:"table"`
	Key   string          `json:"key"` // the key column's value as text
	Value json.RawMessage `json:"row"` // JSON object in column order
}

// A Check is what the world contract found, tool by tool.
type Check struct {
	World   WorldID     `json:"world"`
	Of      string      `json:"of,omitempty"` // content ID of the files that were checked
	Clauses []Clause    `json:"clauses"`      // totals over tools
	Tools   []ToolCheck `json:"tools"`
	Rules   []RuleCheck `json:"rules,omitempty"`
	Flaws   []Flaw      `json:"flaws,omitempty"`
	Grade   Grade       `json:"grade"`
}

// A Grade says how much of a domain its world really does. Each tool of the
// domain is counted once: as sound, or as one of the others.
type Grade struct {
	Share   float64 `json:"share"` // of the domain's tools that are sound
	Tools   int     `json:"tools"` // of the domain
	Sound   int     `json:"sound"`
	LeftOut int     `json:"left_out,omitempty"` // not in the world
	Logged  int     `json:"logged,omitempty"`   // accepted and noted, and nothing shows it
	Hollow  int     `json:"hollow,omitempty"`   // about rows of which nothing is known but a key and what is asked for
}

// A RuleCheck says whether the code enforces a rule as the handbook states it.
type RuleCheck struct {
	ID     string `json:"id"`
	Result string `json:"result"` // "pass", "exempt: why" or the finding
}

// A Flaw is something in a world's files that does not fit together, and for
// which no single call of a tool is to blame.
type Flaw struct {
	Place string `json:"place"` // file and what in it: "schema.json: orders.user_id"
	Text  string `json:"text"`
	Minor bool   `json:"minor,omitempty"` // worth knowing; the world works all the same
}

// A Clause counts the tools that meet one clause of the contract.
type Clause struct {
	Name   string `json:"name"`
	Pass   int    `json:"pass"`
	Fail   int    `json:"fail"`
	Exempt int    `json:"exempt"` // the clause does not apply: a read has no write to observe
}

// A ToolCheck is one tool's result for every clause of the contract.
type ToolCheck struct {
	Name    string            `json:"name"`
	Results map[string]string `json:"results"`           // clause -> "pass", "exempt" or the finding
	Witness json.RawMessage   `json:"witness,omitempty"` // arguments with which it succeeds
	Before  []Call            `json:"before,omitempty"`  // calls that have to go before, where the base state does not allow it
}
