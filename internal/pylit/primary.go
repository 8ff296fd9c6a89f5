package pylit

// primary reads an atom with its calls, attributes and subscripts.
func (p *parser) primary() (Expr, error) {
	x, err := p.atom()
	for err == nil {
		switch {
		case p.accept("."):
			t := p.peek()
			if t.kind != name {
				return nil, p.fail("invalid syntax")
			}
			p.i++
			x = &Attribute{x, t.text}
		case p.accept("("):
			x, err = p.call(x)
		case p.accept("["):
			x, err = p.subscript(x)
		default:
			return x, nil
		}
	}
	return nil, err
}

func (p *parser) atom() (Expr, error) {
	t := p.peek()
	switch t.kind {
	case name:
		p.i++
		return &Name{t.text}, nil
	case literal, format:
		return p.literal()
	case word:
		if v, ok := map[string]any{"None": nil, "True": true, "False": false}[t.text]; ok {
			p.i++
			return &Constant{Value: v}, nil
		}
	case op:
		switch t.text {
		case "...":
			p.i++
			return &Constant{Ellipsis: true}, nil
		case "(":
			return p.group()
		case "[":
			return p.listed()
		case "{":
			return p.braces()
		}
	}
	return nil, p.fail("invalid syntax")
}

// literal reads a number, or strings that stand side by side.
func (p *parser) literal() (Expr, error) {
	from := p.i
	t := p.peek()
	p.i++
	if t.kind == literal {
		switch t.value.(type) {
		case string, Bytes:
		default:
			return &Constant{Value: t.value}, nil
		}
	}
	var text string
	formatted, bytes, strs := false, false, false
	for t := range p.strings(from) {
		switch v := t.value.(type) {
		case Bytes:
			bytes = true
			text += string(v)
		case string:
			strs = true
			text += v
		default:
			formatted, strs = true, true
		}
	}
	switch {
	case bytes && strs:
		return nil, p.fail("cannot mix bytes and nonbytes literals")
	case formatted:
		return p.other("JoinedStr", from), nil
	case bytes:
		return &Constant{Value: Bytes(text)}, nil
	}
	return &Constant{Value: text}, nil
}

// strings yields the string tokens from a place on, and moves behind them.
func (p *parser) strings(from int) func(yield func(token) bool) {
	return func(yield func(token) bool) {
		for p.i = from; ; p.i++ {
			t := p.peek()
			switch t.value.(type) {
			case string, Bytes:
			default:
				if t.kind != format {
					return
				}
			}
			if !yield(t) {
				return
			}
		}
	}
}

// item reads an item of a list, a set, a tuple or a call: an expression, one
// with a star, or the first of a comprehension.
func (p *parser) item() (Expr, error) {
	from := p.i
	if !p.accept("*") {
		return p.named()
	}
	if _, err := p.arithmetic(1); err != nil {
		return nil, err
	}
	return p.other("Starred", from), nil
}

// items reads items up to the closing bracket; comp says that they were one
// comprehension.
func (p *parser) items(closer string) (list []Expr, comp, comma bool, err error) {
	for !p.accept(closer) {
		if len(list) > 0 && !comma {
			return nil, false, false, p.fail("invalid syntax. Perhaps you forgot a comma?")
		}
		x, err := p.item()
		if err != nil {
			return nil, false, false, err
		}
		list = append(list, x)
		if len(list) == 1 && p.comprehends() {
			if err := p.clauses(); err != nil {
				return nil, false, false, err
			}
			return list, true, false, p.expect(closer)
		}
		comma = p.accept(",")
	}
	return list, false, comma, nil
}

func (p *parser) comprehends() bool { return p.is("for") || p.is("async") }

// clauses reads the "for ... in ... if ..." of a comprehension.
func (p *parser) clauses() error {
	for {
		switch {
		case p.accept("for"):
			if err := p.targets(); err != nil {
				return err
			}
			if _, err := p.logic(0); err != nil {
				return err
			}
		case p.accept("if"):
			if _, err := p.logic(0); err != nil {
				return err
			}
		case p.accept("async"):
		default:
			return nil
		}
	}
}

func (p *parser) targets() error {
	for {
		p.accept("*")
		if _, err := p.primary(); err != nil {
			return err
		}
		if !p.accept(",") || p.is("in") {
			return p.expect("in")
		}
	}
}

func (p *parser) group() (Expr, error) {
	from := p.i
	p.i++
	list, comp, comma, err := p.items(")")
	switch {
	case err != nil:
		return nil, err
	case comp:
		return p.other("GeneratorExp", from), nil
	case len(list) == 1 && !comma:
		if o, ok := list[0].(*Other); ok && o.Kind == "Starred" {
			return nil, p.fail("cannot use starred expression here")
		}
		return list[0], nil
	}
	return &TupleExpr{list}, nil
}

func (p *parser) listed() (Expr, error) {
	from := p.i
	p.i++
	list, comp, _, err := p.items("]")
	if err == nil && comp {
		return p.other("ListComp", from), nil
	}
	return &ListExpr{list}, err
}

// braces reads a dict, a set or a comprehension of either.
func (p *parser) braces() (Expr, error) {
	from := p.i
	p.i++
	d := &DictExpr{}
	if p.accept("}") {
		return d, nil
	}
	if !p.is("**") {
		back := p.i
		if _, err := p.item(); err != nil {
			return nil, err
		}
		dict := p.is(":")
		p.i = back
		if !dict {
			list, comp, _, err := p.items("}")
			if err == nil && comp {
				return p.other("SetComp", from), nil
			}
			return &SetExpr{list}, err
		}
	}
	for {
		if err := p.pair(d); err != nil {
			return nil, err
		}
		if len(d.Keys) == 1 && p.comprehends() {
			if err := p.clauses(); err != nil {
				return nil, err
			}
			if err := p.expect("}"); err != nil {
				return nil, err
			}
			return p.other("DictComp", from), nil
		}
		if !p.accept(",") {
			return d, p.expect("}")
		}
		if p.accept("}") {
			return d, nil
		}
	}
}

func (p *parser) pair(d *DictExpr) error {
	var key Expr
	var err error
	if !p.accept("**") {
		if key, err = p.expression(); err != nil {
			return err
		}
		if err = p.expect(":"); err != nil {
			return err
		}
	}
	value, err := p.expression()
	d.Keys, d.Values = append(d.Keys, key), append(d.Values, value)
	return err
}

// call reads arguments: positional ones stand before those with names.
func (p *parser) call(f Expr) (Expr, error) {
	c := &Call{Func: f}
	unpacked := false // a ** was met
	for comma := true; !p.accept(")"); comma = p.accept(",") {
		if !comma {
			return nil, p.fail("invalid syntax. Perhaps you forgot a comma?")
		}
		if p.accept("**") {
			x, err := p.expression()
			if err != nil {
				return nil, err
			}
			c.Keywords = append(c.Keywords, Keyword{Value: x})
			unpacked = true
			continue
		}
		if p.peek().kind == name && p.list[p.i+1].kind == op && p.list[p.i+1].text == "=" {
			key := p.peek().text
			p.i += 2
			x, err := p.expression()
			if err != nil {
				return nil, err
			}
			c.Keywords = append(c.Keywords, Keyword{key, x})
			continue
		}
		if err := p.positional(c, unpacked); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (p *parser) positional(c *Call, unpacked bool) error {
	from := p.i
	x, err := p.item()
	if err != nil {
		return err
	}
	starred := false
	if o, ok := x.(*Other); ok {
		starred = o.Kind == "Starred"
	}
	if unpacked || len(c.Keywords) > 0 && !starred {
		return p.fail("positional argument follows keyword argument")
	}
	if p.comprehends() {
		if err := p.clauses(); err != nil {
			return err
		}
		if len(c.Args) > 0 || !p.is(")") {
			return p.fail("Generator expression must be parenthesized")
		}
		x = p.other("GeneratorExp", from)
	}
	c.Args = append(c.Args, x)
	return nil
}

func (p *parser) subscript(x Expr) (Expr, error) {
	from := p.i
	var list []Expr
	comma := false
	for !p.accept("]") {
		if len(list) > 0 && !comma {
			return nil, p.fail("invalid syntax. Perhaps you forgot a comma?")
		}
		index, err := p.slice()
		if err != nil {
			return nil, err
		}
		list = append(list, index)
		comma = p.accept(",")
	}
	switch {
	case len(list) == 0:
		p.i = from
		return nil, p.fail("invalid syntax")
	case len(list) == 1 && !comma:
		return &Subscript{x, list[0]}, nil
	}
	return &Subscript{x, &TupleExpr{list}}, nil
}

func (p *parser) slice() (Expr, error) {
	from := p.i
	var x Expr
	var err error
	if !p.is(":") {
		if x, err = p.item(); err != nil || !p.is(":") {
			return x, err
		}
	}
	for n := 0; n < 2 && p.accept(":"); n++ {
		if !p.is(":") && !p.is("]") && !p.is(",") {
			if _, err = p.expression(); err != nil {
				return nil, err
			}
		}
	}
	return p.other("Slice", from), nil
}
