package pylit

import (
	"strings"
	"testing"
)

// A module of our own: everything the reader tells apart, and a line that is no
// Python at all.
const module = `
"""What it is for."""
from shop.data import (
    Order,
    Item as Thing,  # a comment
)
import os

GREETING = """
Hello {name}: {{}}
""".strip()
LIMIT: int = 3
this is no Python (
BROKEN = 1

class Tools(Base, Generic[T]):
    """Tools of a shop."""

    db: Order
    STOP = "###"

    @tool(Kind.WRITE)
    async def sell(
        self, item: "Thing | dict", *rest, count: int = 1, **more
    ) -> list[Order]:
        """Sells.

        Args:
            item: What is sold.
        """
        if count:
            text = f"""a {item} costs""" + ""
        prompt = f"sold {item}\n" "for {less}"

        def inner():
            "Nested."
            self.log.lines = [item]
            display = (
                ("for " + item)
                if item is not None
                else ""
            )
            shown = rf"\d{(' in ' + item) if item else ''}" f"{{\t}}"
            return (display + " (" + str(count) + ")")
        return {"sum": -1.5, "of": (1, [True, None]), 2: "a" "b"}
`

func TestModule(t *testing.T) {
	m := Module(module)
	if m.Doc != "What it is for." || len(m.Imports) != 2 || m.Imports[1] != (Import{"Thing", "shop.data", "Item"}) {
		t.Errorf("doc %q, imports %v", m.Doc, m.Imports)
	}
	greeting, _ := m.Value("GREETING")
	if text, ok := Text(greeting); !ok || text != "Hello {name}: {{}}" {
		t.Errorf("greeting %q", text)
	}
	c := m.Class("Tools")
	if c == nil || len(c.Bases) != 2 || c.Bases[1].Source() != "Generic[T]" || c.Doc != "Tools of a shop." || len(c.Values) != 2 {
		t.Fatalf("class %+v", c)
	}
	f := c.Function("sell")
	if f == nil || len(f.Decorators) != 1 || f.Decorators[0].Source() != "tool(Kind.WRITE)" {
		t.Fatalf("function %+v", f)
	}
	var params []string
	for _, p := range f.Params {
		params = append(params, p.Star+p.Name)
	}
	if got := strings.Join(params, " "); got != "self item *rest count **more" {
		t.Errorf("params %s", got)
	}
	prompt, ok := f.Value("prompt")
	if !ok || f.Function("inner") == nil || f.Function("inner").Doc != "Nested." {
		t.Fatalf("body %+v", f.Scope)
	}
	inner := f.Function("inner")
	if len(inner.Values) != 3 || inner.Values[0].Name != "self.log.lines" || len(inner.Returns) != 1 {
		t.Fatalf("inner %+v", inner)
	}
	display, err := Fill(inner.Values[1].X, map[string]string{"item": "tea"})
	if err != nil || display != "for tea" {
		t.Errorf("%q %v", display, err)
	}
	if text, err := Fill(inner.Values[2].X, map[string]string{"item": "tea"}); err != nil || text != "\\d in tea{\t}" {
		t.Errorf("%q %v", text, err)
	}
	if text, err := Fill(inner.Returns[0], map[string]string{"display": display, "str(count)": "2"}); err != nil || text != "for tea (2)" {
		t.Errorf("%q %v", text, err)
	}
	if v, err := Literal(f.Returns[0]); err != nil || Repr(v) != "{'sum': -1.5, 'of': (1, [True, None]), 2: 'ab'}" {
		t.Errorf("%s %v", Repr(v), err)
	}
	if v, err := Literal(inner.Returns[0]); err == nil {
		t.Errorf("a name is no literal: %v", v)
	}
	if text, err := Fill(prompt, map[string]string{"item": "tea"}); err != nil || text != "sold tea\nfor {less}" {
		t.Errorf("%q %v", text, err)
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{a} and {{a}}", "1 and {a}"},
		{"no {b}", ""},
		{"no {}", ""},
	} {
		got, err := Format(c.text, map[string]string{"a": "1"})
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", c.text, got, err)
		}
	}
}

func FuzzModule(f *testing.F) {
	f.Add(module)
	f.Add("class A(\n def x(")
	f.Fuzz(func(t *testing.T, src string) { Module(src) })
}
