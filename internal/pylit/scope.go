package pylit

// A Scope is what a module, a class or a function defines, in the order in
// which it stands there. What stands under an if, a loop or a try belongs to the
// scope around it.
type Scope struct {
	Doc       string // the docstring as it is written; "" without one
	Imports   []Import
	Values    []Value
	Functions []*Function
	Classes   []*Class
	Returns   []Expr
}

// An Import is a Name that stands for From.Original.
type Import struct{ Name, From, Original string }

// A Value is an assignment "Name: Type = X"; Type and X are nil where they are
// left out. Name may be dotted: "self.size".
type Value struct {
	Name    string
	Type, X Expr
}

// A Class is a class of a scope.
type Class struct {
	Name  string
	Bases []Expr
	Scope
}

// A Function is a function or a method.
type Function struct {
	Name       string
	Decorators []Expr
	Params     []Param
	Scope
}

// A Param is a parameter; Star is "*" or "**" where it collects what is left.
type Param struct {
	Name, Star    string
	Type, Default Expr // nil where left out
}

// Module reads what a module defines. It is tolerant: what it does not
// understand it passes over.
func Module(src string) *Scope {
	s := &Scope{}
	s.read(blocks(src))
	return s
}

// Value returns what a name was given last.
func (s *Scope) Value(name string) (Expr, bool) {
	for i := len(s.Values) - 1; i >= 0; i-- {
		if v := s.Values[i]; v.Name == name && v.X != nil {
			return v.X, true
		}
	}
	return nil, false
}

// Class returns the class of a name, or nil.
func (s *Scope) Class(name string) *Class {
	for _, c := range s.Classes {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Function returns the function or method of a name, or nil.
func (s *Scope) Function(name string) *Function {
	for _, f := range s.Functions {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// compound statements have bodies of the same scope.
var compound = words("if elif else for while with try except finally async")

func (s *Scope) read(lines []*block) {
	var decorators []Expr
	for i, line := range lines {
		list, err := tokens(line.text)
		if err != nil {
			continue
		}
		p := &parser{src: line.text, list: list}
		switch first := p.peek(); {
		case p.accept("@"):
			if x, err := p.expression(); err == nil {
				decorators = append(decorators, x)
			}
			continue
		case p.accept("class"):
			s.class(p, line.body)
		case p.is("def"), p.is("async") && p.list[1].text == "def":
			p.accept("async")
			p.i++
			s.function(p, decorators, line.body)
		case p.accept("from"):
			s.imports(p)
		case p.accept("return"):
			if x, err := p.expressions(); err == nil {
				s.Returns = append(s.Returns, x)
			}
		case first.kind == word && compound[first.text]:
			s.read(line.body)
		default:
			s.simple(p, i == 0)
		}
		decorators = nil
	}
}

// identifier reads a name; "" where there is none.
func (p *parser) identifier() string {
	t := p.peek()
	if t.kind != name {
		return ""
	}
	p.i++
	return t.text
}

func (s *Scope) class(p *parser, body []*block) {
	c := &Class{Name: p.identifier()}
	if p.accept("(") {
		if call, err := p.call(nil); err == nil {
			c.Bases = call.(*Call).Args
		}
	}
	c.read(body)
	s.Classes = append(s.Classes, c)
}

func (s *Scope) function(p *parser, decorators []Expr, body []*block) {
	f := &Function{Name: p.identifier(), Decorators: decorators}
	if !p.accept("(") {
		return
	}
	for !p.accept(")") {
		param, err := p.param()
		if err != nil {
			return
		}
		if param.Name != "" {
			f.Params = append(f.Params, param)
		}
		if !p.accept(",") && !p.is(")") {
			return
		}
	}
	f.read(body)
	s.Functions = append(s.Functions, f)
}

// param reads a parameter; "*" and "/" by themselves are ones without a name.
func (p *parser) param() (param Param, err error) {
	for _, star := range []string{"*", "**", "/"} {
		if p.accept(star) {
			param.Star = star
		}
	}
	if param.Name = p.identifier(); param.Name == "" {
		return param, nil
	}
	if p.accept(":") {
		if param.Type, err = p.expression(); err != nil {
			return param, err
		}
	}
	if p.accept("=") {
		param.Default, err = p.expression()
	}
	return param, err
}

// imports reads "from MODULE import a, b as c" behind its first word.
func (s *Scope) imports(p *parser) {
	module := ""
	for !p.is("import") && p.peek().kind != end {
		module += p.peek().text
		p.i++
	}
	p.accept("import")
	p.accept("(")
	for name := p.identifier(); name != ""; name = p.identifier() {
		in := Import{name, module, name}
		if p.accept("as") {
			in.Name = p.identifier()
		}
		s.Imports = append(s.Imports, in)
		p.accept(",")
	}
}

// simple reads a docstring, where it stands first, or an assignment to a name or
// an attribute.
func (s *Scope) simple(p *parser, first bool) {
	x, err := p.expressions()
	if err != nil {
		return
	}
	if c, ok := x.(*Constant); ok && first {
		s.Doc, _ = c.Value.(string)
		return
	}
	switch x.(type) {
	case *Name, *Attribute:
	default:
		return
	}
	v := Value{Name: x.Source()}
	if p.accept(":") {
		if v.Type, err = p.expression(); err != nil {
			return
		}
	}
	if p.accept("=") {
		if v.X, err = p.expressions(); err != nil {
			return
		}
	}
	if v.Type != nil || v.X != nil {
		s.Values = append(s.Values, v)
	}
}
