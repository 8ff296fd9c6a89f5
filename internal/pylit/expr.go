package pylit

import "strings"

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
	return Repr(e.Value)
}

// Source is the name.
func (e *Name) Source() string { return e.ID }

// Source writes X.Name.
func (e *Attribute) Source() string { return operand(e.X) + "." + e.Name }

// Source writes X[Index]; a tuple in it has no parentheses.
func (e *Subscript) Source() string {
	index := e.Index.Source()
	if t, ok := e.Index.(*TupleExpr); ok && len(t.Items) > 0 {
		index = strings.TrimSuffix(strings.TrimPrefix(index, "("), ")")
	}
	return operand(e.X) + "[" + index + "]"
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
	return operand(e.Func) + "(" + strings.Join(parts, ", ") + ")"
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
		return "not " + operand(e.X)
	}
	return e.Op + operand(e.X)
}

// Source writes both operands, in parentheses where they need them.
func (e *Binary) Source() string {
	left, right := e.X.Source(), e.Y.Source()
	if x, ok := e.X.(*Binary); ok && (precedence[x.Op] < precedence[e.Op] || e.Op == "**") {
		left = "(" + left + ")"
	}
	if y, ok := e.Y.(*Binary); ok && (precedence[y.Op] < precedence[e.Op] || precedence[y.Op] == precedence[e.Op] && e.Op != "**") {
		right = "(" + right + ")"
	}
	return left + " " + e.Op + " " + right
}

// Source is the text as it was read.
func (e *Other) Source() string { return e.Text }

// operand puts parentheses around what does not bind tightly by itself.
func operand(x Expr) string {
	switch x := x.(type) {
	case *Unary, *Binary, *Other:
		return "(" + x.Source() + ")"
	case *Constant:
		if _, ok := x.Value.(int64); ok {
			return "(" + x.Source() + ")"
		}
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
