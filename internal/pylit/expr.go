package pylit

import (
	"math"
	"strings"
)

// An Expr is a Python expression. The types are those of Python's module ast,
// as far as they are told apart here.
type Expr interface{ Source() string }

type (
	// Constant is a literal; Ellipsis says that it is "...".
	Constant struct {
		Value    any
		Ellipsis bool
	}
	// Name is an identifier.
	Name struct{ ID string }
	// Attribute is X.Name.
	Attribute struct {
		X    Expr
		Name string
	}
	// Subscript is X[Index].
	Subscript struct{ X, Index Expr }
	// Call is Func(Args..., Keywords...).
	Call struct {
		Func     Expr
		Args     []Expr
		Keywords []Keyword
	}
	// Keyword is one Name=Value; a Name of "" stands for **Value.
	Keyword struct {
		Name  string
		Value Expr
	}
	// ListExpr is [Items...].
	ListExpr struct{ Items []Expr }
	// TupleExpr is (Items...).
	TupleExpr struct{ Items []Expr }
	// SetExpr is {Items...}.
	SetExpr struct{ Items []Expr }
	// DictExpr is {Keys: Values}; a nil key stands for **value.
	DictExpr struct{ Keys, Values []Expr }
	// Unary is Op X: one of "-", "+", "~", "not".
	Unary struct {
		Op string
		X  Expr
	}
	// Binary is X Op Y with an arithmetic or bit operator.
	Binary struct {
		Op   string
		X, Y Expr
	}
	// Other is an expression of which only the kind (the class in Python's
	// module ast) and the text matter: comparisons, lambdas, comprehensions ...
	Other struct{ Kind, Text string }
)

// Source writes the constant as ast.unparse does.
func (e *Constant) Source() string {
	if e.Ellipsis {
		return "..."
	}
	if f, ok := e.Value.(float64); ok && math.IsInf(f, 0) {
		return "1e309"
	}
	return Repr(e.Value)
}

// Source is the name.
func (e *Name) Source() string { return e.ID }

// Source writes X.Name.
func (e *Attribute) Source() string {
	dot := "."
	if c, ok := e.X.(*Constant); ok && TypeName(c.Value) == "int" {
		dot = " ." // or it would belong to the number
	}
	return bound(e.X, atom) + dot + e.Name
}

// Source writes X[Index]; a tuple in it has no parentheses.
func (e *Subscript) Source() string {
	index := e.Index.Source()
	if t, ok := e.Index.(*TupleExpr); ok && len(t.Items) > 0 {
		index = strings.TrimSuffix(strings.TrimPrefix(index, "("), ")")
	}
	return bound(e.X, atom) + "[" + index + "]"
}

// Source writes the call.
func (e *Call) Source() string {
	parts := sources(e.Args)
	for _, k := range e.Keywords {
		if k.Name == "" {
			parts = append(parts, "**"+k.Value.Source())
		} else {
			parts = append(parts, k.Name+"="+k.Value.Source())
		}
	}
	return bound(e.Func, atom) + "(" + strings.Join(parts, ", ") + ")"
}

// Source writes the list.
func (e *ListExpr) Source() string { return "[" + strings.Join(sources(e.Items), ", ") + "]" }

// Source writes the tuple.
func (e *TupleExpr) Source() string {
	if len(e.Items) == 1 {
		return "(" + e.Items[0].Source() + ",)"
	}
	return "(" + strings.Join(sources(e.Items), ", ") + ")"
}

// Source writes the set.
func (e *SetExpr) Source() string { return "{" + strings.Join(sources(e.Items), ", ") + "}" }

// Source writes the dict.
func (e *DictExpr) Source() string {
	parts := make([]string, len(e.Keys))
	for i, k := range e.Keys {
		if k == nil {
			parts[i] = "**" + e.Values[i].Source()
		} else {
			parts[i] = k.Source() + ": " + e.Values[i].Source()
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// Source writes the operator before its operand.
func (e *Unary) Source() string {
	if e.Op == "not" {
		return "not " + e.X.Source()
	}
	return e.Op + bound(e.X, sign)
}

// Source writes both operands, in parentheses where they need them.
func (e *Binary) Source() string {
	p := precedence[e.Op]
	left, right := p, p+1
	if e.Op == "**" { // it binds to the right
		left, right = atom, p
	}
	return bound(e.X, left) + " " + e.Op + " " + bound(e.Y, right)
}

// Source is the text as it was read.
func (e *Other) Source() string { return e.Text }

// How tightly expressions bind that are no binary operators.
const (
	loose = 0
	sign  = 7
	atom  = 9
)

// bound is the source of what must bind at least so tightly, in parentheses if
// it does not.
func bound(x Expr, least int) string {
	level := atom
	switch x := x.(type) {
	case *Unary:
		level = sign
		if x.Op == "not" {
			level = loose
		}
	case *Binary:
		level = precedence[x.Op]
	case *Other:
		if x.Kind != "JoinedStr" && !strings.HasSuffix(x.Kind, "Comp") && x.Kind != "GeneratorExp" {
			level = loose
		}
	}
	if level < least {
		return "(" + x.Source() + ")"
	}
	return x.Source()
}

func sources(list []Expr) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Source()
	}
	return out
}
