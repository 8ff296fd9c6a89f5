package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
	"github.com/agentscaler/scaler/sandbox"
)

// What a clause can say of a tool besides a finding in words.
const (
	Pass   = "pass"
	Exempt = "exempt"
)

// Breaks says whether a result is a finding.
func Breaks(result string) bool {
	return result != "" && result != Pass && !strings.HasPrefix(result, Exempt)
}

func exempt(why string) string { return Exempt + ": " + why }

// A Clause is one demand of the world contract on every tool, judged from the
// evidence alone.
type Clause struct {
	Name    string
	judge   func(e *evidence) string
	Demands string // what it asks of a tool
	Mend    string // what to do about a tool that breaks it
}

// Clauses is the world contract. To add a clause, add a row.
var Clauses = []Clause{
	{"compiles", compiles, "tools.star compiles and has the tool's function",
		"the place is file:line:column; a tool needs def NAME(db, args), and nothing but what docs/dialect.md lists"},
	{"validates", validates, "arguments of a wrong type are refused before the code runs",
		"give the parameter a type in world.json"},
	{"reads_pure", readsPure, "a read changes nothing",
		"take the write out of the code, or set the tool's effect to write and list its tables under writes"},
	{"writes_declared", writesDeclared, "a write changes only the tables it declares",
		"add the table to the tool's writes in world.json, or leave it alone in the code"},
	{"atomic", atomic, "a refused call changes nothing",
		"this is the sandbox's promise: please report it"},
	{"unknown_id", unknownID, "an id that no row has is refused as not_found, in words that name it",
		"look the row up first: row = db.TABLE.get(id), and where it is None refuse(\"not_found\", \"There is no ... %s.\" % id)"},
	{"deterministic", deterministic, "the same call from the same state gives the same result and state",
		"this is the sandbox's promise: please report it"},
	{"foreign_keys", foreignKeys, "references point at rows that exist after every write",
		"refuse the write, or change or delete what refers to the row as well; loose seed data is mended in state.jsonl"},
	{"columns_fit", columnsFit, "what a write stores is of its column's type, and one of its values",
		"store what the column takes, or give it another type or more values in schema.json"},
	{"bounded", bounded, "no call runs into a limit of the sandbox",
		"look rows up by key, or with query(where = ...), and bound what is returned"},
	{"succeeds", succeeds, "some call succeeds on the world's own data",
		"see why calls are refused: either the code is too strict, or state.jsonl lacks a row on which the tool may run"},
	{"argument_matters", argumentMatters, "each required argument changes the result or the state",
		"use the argument, or make it optional in world.json"},
	{"observable", observable, "what a write changes can be seen through some read",
		"return the changed column from a read of its table, or give the tool the tier E if its effect lies outside the tables"},
	{"result_shape", resultShape, "results have the declared shape",
		"return what the tool's result schema in world.json says, or change the schema"},
}

// judge says what every clause of the contract found.
func judge(e *evidence) scaler.ToolCheck {
	out := scaler.ToolCheck{Name: e.Tool.Name, Results: map[string]string{}}
	if t, ok := e.best(); ok {
		out.Witness, out.Before = json.RawMessage(t.Args), t.calls
	}
	for _, c := range Clauses {
		if e.Broken != "" && c.Name != "compiles" {
			out.Results[c.Name] = exempt("it does not compile")
			continue
		}
		out.Results[c.Name] = c.judge(e)
	}
	return out
}

func compiles(e *evidence) string {
	if e.Broken != "" {
		return e.Broken
	}
	return Pass
}

// validates: wrong types are refused before the tool's code runs, in words that
// name the parameter.
func validates(e *evidence) string {
	n := 0
	for _, t := range e.Trials {
		if t.Why != wrongType {
			continue
		}
		n++
		switch r := t.Result.Refused; {
		case t.Fits && (r == nil || r.Code != sandbox.Internal):
		case r == nil:
			return fmt.Sprintf("accepts a wrong type for %s: %s", t.Param, t.Args)
		case t.Fits:
			return fmt.Sprintf("its schema lets anything pass as %s, and the code fails on it: %s", t.Param, Short(r.Message))
		case r.Code != sandbox.InvalidArguments:
			return fmt.Sprintf("a wrong type for %s is refused as %s: %s", t.Param, r.Code, Short(r.Message))
		case t.Like >= 0 && !strings.Contains(r.Message, t.Param):
			return fmt.Sprintf("the refusal of a wrong type does not name %s: %s", t.Param, Short(r.Message))
		}
	}
	if n == 0 {
		return exempt("it has no parameters")
	}
	return Pass
}

func readsPure(e *evidence) string {
	if e.Tool.Effect != scaler.Read {
		return exempt("it writes")
	}
	for _, t := range e.Trials {
		if t.Result.Changed || t.Before != t.After {
			return fmt.Sprintf("it is a read and changed %s: %s", strings.Join(t.Result.Wrote, ", "), t.Args)
		}
	}
	return Pass
}

func writesDeclared(e *evidence) string {
	if e.Tool.Effect == scaler.Read {
		return exempt("it reads")
	}
	for _, t := range e.Trials {
		for _, table := range t.Result.Wrote {
			if !slices.Contains(e.Tool.Writes, table) {
				return fmt.Sprintf("it wrote %s and declares only [%s]", table, strings.Join(e.Tool.Writes, ", "))
			}
		}
	}
	return Pass
}

func atomic(e *evidence) string {
	for _, t := range e.Trials {
		if t.Result.Refused != nil && t.Before != t.After {
			return fmt.Sprintf("a refused call (%s) changed the state: %s", t.Result.Refused.Code, t.Args)
		}
	}
	return Pass
}

func unknownID(e *evidence) string {
	n := 0
	for _, t := range e.Trials {
		if t.Why != unknownKey {
			continue
		}
		n++
		switch r := t.Result.Refused; {
		case r == nil:
			return fmt.Sprintf("accepts %s %s, which does not exist", t.Param, t.ID)
		case r.Code != sandbox.NotFound:
			return fmt.Sprintf("refuses unknown %s %s as %s: %s", t.Param, t.ID, r.Code, Short(r.Message))
		case !strings.Contains(r.Message, t.ID):
			return fmt.Sprintf("the refusal does not name the unknown %s %s: %s", t.Param, t.ID, Short(r.Message))
		}
	}
	switch {
	case n > 0:
		return Pass
	case e.PointsAtRows && len(e.Good) == 0:
		return exempt(neverSucceeded)
	}
	return exempt("no parameter names a row that has to exist")
}

func deterministic(e *evidence) string {
	for _, t := range e.Trials {
		if t.Why != again {
			continue
		}
		first := e.Trials[t.Like]
		if t.Result.Text != first.Result.Text {
			return fmt.Sprintf("the same call gave %s, then %s", Short(first.Result.Text), Short(t.Result.Text))
		}
		if t.After != first.After {
			return "the same call led to two different states: " + t.Args
		}
	}
	return Pass
}

func columnsFit(e *evidence) string {
	if e.Tool.Effect == scaler.Read {
		return exempt("it reads")
	}
	for _, t := range e.Trials {
		if t.Odd != "" {
			return fmt.Sprintf("after %s %s", t.Args, t.Odd)
		}
	}
	return Pass
}

func foreignKeys(e *evidence) string {
	if e.Tool.Effect == scaler.Read {
		return exempt("it reads")
	}
	if len(e.Loose) > 0 {
		return "the seed data is loose already: " + e.Loose[0]
	}
	for _, t := range e.Trials {
		if len(t.Loose) > 0 {
			return fmt.Sprintf("after %s %s", t.Args, t.Loose[0])
		}
	}
	return Pass
}

func bounded(e *evidence) string {
	for _, t := range e.Trials {
		if t.Result.Err != nil {
			return fmt.Sprintf("%s: %v", t.Args, t.Result.Err)
		}
		if hitLimit(t.Result) {
			return fmt.Sprintf("%s: %s", t.Args, Short(t.Result.Refused.Message))
		}
	}
	return Pass
}

// hitLimit says whether the sandbox stopped the call: too many steps, too much
// memory or text.
func hitLimit(r sandbox.Result) bool {
	return r.Refused != nil && strings.HasPrefix(r.Refused.Rule, "sandbox.")
}

const neverSucceeded = "no call of it succeeded"

func succeeds(e *evidence) string {
	for _, t := range e.Trials {
		if r := t.Result.Refused; t.Why == drawn && r != nil && r.Code == sandbox.Internal && !hitLimit(t.Result) {
			return fmt.Sprintf("fails on valid arguments %s: %s", t.Args, Short(r.Message))
		}
	}
	if len(e.Good) > 0 {
		return Pass
	}
	if Breaks(bounded(e)) {
		return exempt("every call ran into a limit")
	}
	tries, last := 0, ""
	for _, t := range e.Trials {
		if t.Why == drawn && t.Result.Refused != nil {
			tries++
			last = fmt.Sprintf("%s was refused as %s: %s", t.Args, t.Result.Refused.Code, Short(t.Result.Refused.Message))
		}
	}
	if tries == 0 {
		return "no arguments can be drawn: there is no row whose key its parameters allow"
	}
	return fmt.Sprintf("no call of %d succeeded; %s", tries, last)
}

func argumentMatters(e *evidence) string {
	if len(e.Required) == 0 {
		return exempt("it has no required arguments")
	}
	if len(e.Good) == 0 {
		return exempt(neverSucceeded)
	}
	checked := 0
	for _, param := range e.Required {
		if spares(e.Tool, param) {
			continue // its evidence says why it need not
		}
		tried, matters := 0, false
		for _, t := range e.Trials {
			if (t.Why != varied && t.Why != unknownKey) || t.Param != param || t.Like < 0 {
				continue
			}
			tried++
			first := e.Trials[t.Like]
			if t.Result.Text != first.Result.Text || t.After != first.After {
				matters = true
				break
			}
		}
		if tried > 0 && !matters {
			return fmt.Sprintf("%s changes neither the result nor the state, in %s", param, words.Count(tried, "variation"))
		}
		if matters {
			checked++
		}
	}
	if checked == 0 {
		return exempt("its required arguments allow one value only")
	}
	return Pass
}

// spares says whether a required argument of a tool may make no difference: it was
// found to be of that kind, or pages and orders rows that are few.
func spares(t scaler.WorldTool, param string) bool {
	return slices.ContainsFunc(t.Binds, func(b scaler.Bind) bool {
		return b.Param == param && (b.Op == "scope" || b.Role == "limit" || b.Role == "offset" || b.Role == "sort")
	})
}

func observable(e *evidence) string {
	switch {
	case e.Tool.Effect == scaler.Read:
		return exempt("it reads")
	case e.Tool.Tier == scaler.TierEvent:
		return exempt("an acknowledged effect outside the tables")
	case len(e.Good) == 0:
		return exempt(neverSucceeded)
	case len(e.Seen) == 0:
		return fmt.Sprintf("it changed nothing in %s", words.Count(len(e.Good), "successful call"))
	}
	for _, s := range e.Seen {
		if s.By != "" {
			return Pass
		}
	}
	s := e.Seen[0]
	if s.Tried == 0 {
		return fmt.Sprintf("no read tool shows %s", s.Table)
	}
	return fmt.Sprintf("its change of %s %s shows in none of %d reads, such as %s", s.Table, s.Key, s.Tried, s.First)
}

func resultShape(e *evidence) string {
	switch {
	case len(e.Tool.Result) == 0:
		return exempt("no result schema is declared")
	case e.ShapeError != "":
		return exempt("the declared schema cannot be used: " + Short(e.ShapeError))
	case len(e.Good) == 0:
		return exempt(neverSucceeded)
	}
	for _, i := range e.Good {
		if t := e.Trials[i]; t.Misfit != "" {
			return fmt.Sprintf("%s: %s%s", t.Args, t.Misfit, e.blame(t.Result.Text))
		}
	}
	return Pass
}

// Short cuts a text for a finding.
func Short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 160 {
		return string(r[:157]) + "..."
	}
	return text
}
