package world

import "strings"

// calculates says whether the tool works out an arithmetic expression.
func (o *op) calculates() bool {
	if len(o.params) != 1 || !o.params[0].Required || o.params[0].Schema.Type() != "string" {
		return false
	}
	p := o.params[0]
	said := strings.ToLower(o.tool.Description + " " + p.Schema.Text("description"))
	return expressions[snake(p.Name)] && (strings.Contains(said, "mathematical") || strings.Contains(said, "arithmetic") || strings.Contains(said, "math expression"))
}

var expressions = wordSet("expression expr formula equation calculation")

// calculator is the tool code that works out an expression: an operator waits
// until one comes that binds no more strongly.
const calculator = `def applied(numbers, operator):
    """The numbers after an operator took the last of them."""
    right = numbers.pop()
    if operator == "negative":
        return numbers + [-right]
    left = numbers.pop()
    if operator == "+":
        return numbers + [left + right]
    if operator == "-":
        return numbers + [left - right]
    if operator == "*":
        return numbers + [left * right]
    if right == 0:
        refuse("invalid_arguments", "Nothing can be divided by zero.")
    return numbers + [left / right]


def calculated(text):
    """The value of an arithmetic expression; refuses what is none."""
    tokens, last = [], " "
    for char in text.elems():
        number = char.isdigit() or char == "."
        if number and (last.isdigit() or last == "."):
            tokens[-1] += char
        elif number or char in "+-*/()":
            tokens.append(char)
        elif char != " ":
            refuse("invalid_arguments", "An expression may hold numbers, + - * / and parentheses, but not %s." % char)
        last = char
    rank = {"(": 0, "+": 1, "-": 1, "*": 2, "/": 2, "negative": 3}
    numbers, waiting, complete = [], [], False
    for token in ["("] + tokens + [")"]:
        if not complete and token in ["+", "-"]:
            waiting += ["negative"] if token == "-" else []
            continue
        operand = token[0].isdigit() or token[0] == "."
        if (operand or token == "(") == complete or token == "." or token.count(".") > 1:
            refuse("invalid_arguments", "The expression %s cannot be worked out." % text)
        if operand:
            numbers.append(float(token) if "." in token else int(token, 10))
            complete = True
            continue
        if token == "(":
            waiting.append(token)
            continue
        for _ in range(len(waiting)):
            if rank[waiting[-1]] < rank.get(token, 1):
                break
            numbers = applied(numbers, waiting.pop())
        if token != ")":
            waiting.append(token)
            complete = False
        elif waiting:
            waiting.pop()
        else:
            refuse("invalid_arguments", "The expression %s cannot be worked out." % text)
    if waiting or len(numbers) != 1:
        refuse("invalid_arguments", "The expression %s cannot be worked out." % text)
    return numbers[0]
`
