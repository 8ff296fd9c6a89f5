package pylit

import "fmt"

// Parse reads one expression, as Python's ast.parse does in the mode "eval".
// Its error is a *SyntaxError or ErrIndent.
func Parse(src string) (Expr, error) {
	list, err := tokens(src)
	if err != nil {
		return nil, err
	}
	p := &parser{src: src, list: list}
	x, err := p.expressions()
	if err != nil {
		return nil, err
	}
	for p.peek().kind == newline {
		p.i++
	}
	if p.peek().kind != end {
		return nil, p.fail("invalid syntax")
	}
	return x, nil
}

const maxDepth = 1000

type parser struct {
	src   string
	list  []token
	i     int
	depth int
}

func (p *parser) peek() token { return p.list[p.i] }

func (p *parser) fail(reason string) error { return &SyntaxError{p.peek().start, reason} }

// is reports whether an operator or a keyword comes next.
func (p *parser) is(text string) bool {
	t := p.peek()
	return (t.kind == op || t.kind == word) && t.text == text
}

func (p *parser) accept(text string) bool {
	if p.is(text) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if !p.accept(text) {
		return p.fail(fmt.Sprintf("%q expected", text))
	}
	return nil
}

// other ends an expression of which only the text is kept.
func (p *parser) other(kind string, from int) Expr {
	return &Other{kind, p.src[p.list[from].start:p.list[p.i-1].end]}
}

// expressions reads a tuple without parentheses, or one expression.
func (p *parser) expressions() (Expr, error) {
	x, err := p.expression()
	if err != nil || !p.is(",") {
		return x, err
	}
	items := []Expr{x}
	for p.accept(",") {
		if !p.begins() {
			break
		}
		if x, err = p.expression(); err != nil {
			return nil, err
		}
		items = append(items, x)
	}
	return &TupleExpr{items}, nil
}

// begins reports whether an expression can begin here.
func (p *parser) begins() bool {
	t := p.peek()
	switch t.kind {
	case name, literal, format:
		return true
	case word:
		return t.text == "not" || t.text == "lambda" || t.text == "None" || t.text == "True" || t.text == "False"
	case op:
		switch t.text {
		case "(", "[", "{", "-", "+", "~", "...", "*":
			return true
		}
	}
	return false
}

func (p *parser) expression() (Expr, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail("too deep")
	}
	defer func() { p.depth-- }()
	from := p.i
	if p.accept("lambda") {
		return p.lambda(from)
	}
	x, err := p.logic(0)
	if err != nil || !p.accept("if") {
		return x, err
	}
	if _, err = p.logic(0); err != nil {
		return nil, err
	}
	if err = p.expect("else"); err != nil {
		return nil, err
	}
	if _, err = p.expression(); err != nil {
		return nil, err
	}
	return p.other("IfExp", from), nil
}

func (p *parser) lambda(from int) (Expr, error) {
	for !p.is(":") {
		t := p.peek()
		switch {
		case t.kind == name || p.is(",") || p.is("*") || p.is("**") || p.is("/"):
			p.i++
		case p.accept("="):
			if _, err := p.expression(); err != nil {
				return nil, err
			}
		default:
			return nil, p.fail("invalid syntax")
		}
	}
	p.i++
	if _, err := p.expression(); err != nil {
		return nil, err
	}
	return p.other("Lambda", from), nil
}

// named reads an expression that may be NAME := value.
func (p *parser) named() (Expr, error) {
	from := p.i
	x, err := p.expression()
	if err != nil || !p.is(":=") {
		return x, err
	}
	if _, ok := x.(*Name); !ok {
		return nil, p.fail("cannot use assignment expressions with that")
	}
	p.i++
	if _, err = p.expression(); err != nil {
		return nil, err
	}
	return p.other("NamedExpr", from), nil
}

// logic reads "or" (level 0), "and" (1), "not" (2) and comparisons (3).
func (p *parser) logic(level int) (Expr, error) {
	from := p.i
	switch level {
	case 2:
		if p.accept("not") {
			if p.depth++; p.depth > maxDepth {
				return nil, p.fail("too deep")
			}
			defer func() { p.depth-- }()
			x, err := p.logic(2)
			return &Unary{"not", x}, err
		}
		return p.logic(3)
	case 3:
		return p.comparison(from)
	}
	x, err := p.logic(level + 1)
	if err != nil {
		return nil, err
	}
	sign := [...]string{"or", "and"}[level]
	for many := false; ; many = true {
		if !p.accept(sign) {
			if many {
				x = p.other("BoolOp", from)
			}
			return x, nil
		}
		if _, err = p.logic(level + 1); err != nil {
			return nil, err
		}
	}
}

func (p *parser) comparison(from int) (Expr, error) {
	x, err := p.arithmetic(1)
	for many := false; err == nil; many = true {
		if !p.comparator() {
			if many {
				x = p.other("Compare", from)
			}
			return x, nil
		}
		_, err = p.arithmetic(1)
	}
	return nil, err
}

func (p *parser) comparator() bool {
	for _, sign := range []string{"==", "!=", "<=", ">=", "<", ">", "in"} {
		if p.accept(sign) {
			return true
		}
	}
	if p.accept("is") {
		p.accept("not")
		return true
	}
	if p.is("not") && p.i+1 < len(p.list) && p.list[p.i+1].text == "in" {
		p.i += 2
		return true
	}
	return false
}

// precedence of the operators that compute; "**" binds tighter than a sign.
var precedence = map[string]int{
	"|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "//": 6, "%": 6, "@": 6, "**": 8,
}

func (p *parser) arithmetic(least int) (Expr, error) {
	x, err := p.unary()
	for err == nil {
		t := p.peek()
		level := precedence[t.text]
		if t.kind != op || level < least || t.text == "**" {
			return x, nil
		}
		p.i++
		var y Expr
		if y, err = p.arithmetic(level + 1); err == nil {
			x = &Binary{t.text, x, y}
		}
	}
	return nil, err
}

func (p *parser) unary() (Expr, error) {
	t := p.peek()
	if t.kind == op && (t.text == "-" || t.text == "+" || t.text == "~") {
		if p.depth++; p.depth > maxDepth {
			return nil, p.fail("too deep")
		}
		defer func() { p.depth-- }()
		p.i++
		x, err := p.unary()
		return &Unary{t.text, x}, err
	}
	x, err := p.primary()
	if err != nil || !p.accept("**") {
		return x, err
	}
	y, err := p.unary()
	return &Binary{"**", x, y}, err
}
