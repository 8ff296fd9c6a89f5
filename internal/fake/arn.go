package fake

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// shared are kinds of things that other services of the one large cloud refer
// to, with the service that keeps them and how it names them.
var shared = map[string][2]string{
	"role": {"iam", "role/"}, "iam role": {"iam", "role/"}, "user": {"iam", "user/"}, "iam user": {"iam", "user/"}, "policy": {"iam", "policy/"}, "principal": {"iam", "role/"},
	"certificate": {"acm", "certificate/"}, "topic": {"sns", ""}, "sns topic": {"sns", ""}, "queue": {"sqs", ""}, "dead letter": {"sqs", ""}, "function": {"lambda", "function:"}, "lambda": {"lambda", "function:"},
	"key": {"kms", "key/"}, "kms": {"kms", "key/"}, "kms key": {"kms", "key/"}, "encryption": {"kms", "key/"}, "secret": {"secretsmanager", "secret:"}, "stream": {"kinesis", "stream/"}, "kinesis stream": {"kinesis", "stream/"},
	"delivery stream": {"firehose", "deliverystream/"}, "bus": {"events", "event-bus/"}, "event bus": {"events", "event-bus/"}, "log group": {"logs", "log-group:"}, "bucket": {"s3", ""}, "s3 bucket": {"s3", ""},
	"instance": {"ec2", "instance/"}, "vpc": {"ec2", "vpc/"}, "subnet": {"ec2", "subnet/"}, "security group": {"ec2", "security-group/"}, "load balancer": {"elasticloadbalancing", "loadbalancer/app/"},
	"repository": {"ecr", "repository/"}, "state machine": {"states", "stateMachine:"}, "parent account": {"organizations", "account/"}, "ou": {"organizations", "ou/"}, "organizational unit": {"organizations", "ou/"},
	"dynamodb table": {"dynamodb", "table/"}, "execution role": {"iam", "role/"}, "service role": {"iam", "role/"},
}

// arn makes the name by which one large cloud knows a thing; elsewhere what names
// a key.
func (m *Maker) arn(s *Shape) any {
	if m.In.Cloud == "azure" || m.In.Cloud == "google" {
		return m.keyName()
	}
	if shown := exampleText(s); strings.HasPrefix(shown, "arn:") {
		if v := m.arnLike(shown, s); s.allowsText(v) {
			return v
		}
	}
	service, prefix, own := m.kept(s)
	service, prefix = patternKept(s, service, prefix)
	names := m.arnNames(s, service, own)
	for _, name := range names {
		if v := m.spellARN(service, prefix, name); s.allowsText(v) {
			return v
		}
	}
	if v, ok := m.arnByParts(s, service, names); ok {
		return v
	}
	return m.spellARN(service, prefix, names[0])
}

// otherAccounts are words for those with whom an account deals.
var otherAccounts = flags("member receiver recipient sender customer partner consumer target invited invitation delegated linked grantee requester accepter external peer organization")

// accountOf is the account that a field names: the world's own, or that of somebody
// it deals with.
func (m *Maker) accountOf(s *Shape) string {
	if !slices.ContainsFunc(owners(s), func(w string) bool { return otherAccounts[w] }) || slices.ContainsFunc(s.Words, func(w string) bool { return w == "administrator" || w == "master" || w == "owner" }) {
		return m.In.account()
	}
	const accounts = 40
	rng := scaler.Rand(m.In.mark, "account", fmt.Sprint(m.Rand.IntN(accounts)))
	return fmt.Sprintf("%012d", 100000000000+rng.Int64N(900000000000))
}

// keyName is what the other clouds call the key that something is encrypted with.
func (m *Maker) keyName() string {
	name := m.one(m.works())
	if m.In.Cloud == "azure" {
		return fmt.Sprintf("https://kv-%s.vault.azure.net/keys/%s/%s", strings.ToLower(workloads[m.In.number(len(workloads))]), name, m.hex(32))
	}
	return fmt.Sprintf("projects/%s/locations/%s/keyRings/main/cryptoKeys/%s", m.In.project(), m.In.home(), name)
}

// arnByParts fills a pattern of such names part by part, where no plain one fits.
func (m *Maker) arnByParts(s *Shape, service string, names []string) (string, bool) {
	if s.Pattern == nil {
		return "", false
	}
	pattern := s.Pattern.String()
	if at := strings.Index(pattern, "arn:"); at > 0 { // (^$)|(^arn:...$)
		pattern = pattern[at:]
		for strings.Count(pattern, ")") > strings.Count(pattern, "(") && strings.HasSuffix(pattern, ")") {
			pattern = strings.TrimSuffix(pattern, ")")
		}
	}
	parts := colonParts(strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$"))
	if len(parts) < 6 {
		return "", false
	}
	if at := literalPart.FindString(parts[2]); at != "" {
		service = at
	}
	resource, err := regexp.Compile("^(?:" + strings.Join(parts[5:], ":") + ")$")
	if err != nil {
		return "", false
	}
	ends, kind := slices.Clone(names), strings.Join(m.thingOf(s), "-")
	for range 12 {
		end := m.fromPattern(&Shape{Entity: s.Entity, Name: s.Name, Words: s.Words, Pattern: resource, MaxLength: -1})
		if strings.HasPrefix(end, kind+"/") || strings.HasPrefix(end, kind+":") {
			ends = slices.Insert(ends, 0, end)
			break
		}
		ends = append(ends, end)
	}
	for _, end := range ends {
		for _, region := range []string{m.In.home(), ""} {
			for _, account := range []string{m.In.account(), "aws", ""} {
				if v := "arn:aws:" + service + ":" + region + ":" + account + ":" + end; s.allowsText(v) {
					return v, true
				}
			}
		}
	}
	return "", false
}

var literalPart = regexp.MustCompile(`[a-z][a-z0-9-]{2,}`)

// colonParts splits a pattern where it spells a colon outside of all brackets.
func colonParts(pattern string) []string {
	out, depth := []string{""}, 0
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern):
			out[len(out)-1] += pattern[i : i+2]
			i++
			continue
		case c == '[' || c == '(' || c == '{':
			depth++
		case c == ']' || c == ')' || c == '}':
			depth--
		case c == ':' && depth == 0:
			out = append(out, "")
			continue
		}
		out[len(out)-1] += string(c)
	}
	return out
}

// spellARN puts the name of a resource together. Some services know no region,
// and one no account either.
func (m *Maker) spellARN(service, prefix, name string) string {
	region, account := m.In.home(), m.In.account()
	switch service {
	case "iam", "organizations", "cloudfront", "route53", "globalaccelerator":
		region = ""
	case "s3":
		region, account = "", ""
	}
	return fmt.Sprintf("arn:aws:%s:%s:%s:%s%s", service, region, account, prefix, name)
}

// kept says in which service a thing is kept, and what its names begin with; own
// says that it is the thing itself that the field belongs to.
func (m *Maker) kept(s *Shape) (service, prefix string, own bool) {
	thing := m.thingOf(s)
	for i := range thing { // "execution role", then "role"
		kind := strings.Join(thing[i:], " ")
		if at, known := shared[words.Singular(kind)]; known && (len(s.Words) > 1 || i == 0) {
			return at[0], at[1], false
		}
	}
	for i := range thing { // the primary broker is a broker
		if m.In.things[strings.Join(thing[i:], " ")] {
			thing = thing[i:]
			break
		}
	}
	service = cmp.Or(m.In.Service, strings.Join(words.Split(s.Entity), ""), "service")
	own = len(s.Words) == 1 || strings.Join(words.Split(s.Entity), " ") == strings.Join(thing, " ")
	kind := strings.Join(thing, "-")
	if kind == "" || kind == "resource" || kind == "target" || kind == "source" {
		kind = cmp.Or(strings.Join(words.Split(s.Entity), "-"), "resource")
	}
	return service, words.Singular(kind) + "/", own
}

// thingOf are the words for what a field names: those before the arn of its own
// name, what its description says it is the name of, or what it belongs to.
func (m *Maker) thingOf(s *Shape) []string {
	if at := arnOf.FindStringSubmatch(s.Doc); at != nil {
		for of := singulars(words.Split(at[1])); len(of) > 0; of = of[1:] {
			if _, known := shared[strings.Join(of, " ")]; known || m.In.things[strings.Join(of, " ")] {
				return of
			}
		}
	}
	thing := slices.Clone(s.Words)
	if n := len(thing); n > 1 && (thing[n-1] == "by" || thing[n-2] == "by") {
		return []string{"user"}
	}
	for len(thing) > 0 && slices.Contains([]string{"arn", "arns", "id", "identifier", "name", "ref", "reference"}, thing[len(thing)-1]) {
		thing = thing[:len(thing)-1]
	}
	if n := len(thing); n == 0 || vagueThing[thing[n-1]] {
		thing = words.Split(s.Entity)
	}
	for len(thing) > 1 && asking[thing[0]] {
		thing = thing[1:]
	}
	return thing
}

// asking are words for a call that begin the names of what it answers with.
var asking = flags("list get batch describe search associated")

// arnOf finds in a description what the resource is that it speaks of.
var arnOf = regexp.MustCompile(`(?:\bARN\b|\(ARN\)|Amazon [Rr]esource [Nn]ame)\S* (?:of|for) (?:the |an? |your )?((?:[A-Za-z]+ ){0,2}[A-Za-z]+?)(?: that| which| to| for| in| associated| used|[.,]|$)`)

// vagueThing are words for any resource.
var vagueThing = flags("resource target source parent parameter item object entity amazon")

// patternKept corrects both by what the field's pattern spells out.
func patternKept(s *Shape, service, prefix string) (string, string) {
	if s.Pattern == nil {
		return service, prefix
	}
	pattern := s.Pattern.String()
	if at := arnService.FindStringSubmatch(pattern); at != nil {
		if service != at[1] {
			service, prefix = at[1], strings.TrimSuffix(prefix, "/")+"/"
		}
		if service == "sns" || service == "sqs" || service == "s3" { // whose names stand alone
			prefix = ""
		}
	}
	parts := colonParts(pattern)
	if len(parts) < 6 {
		return service, prefix
	}
	switch kind := literalKind.FindStringSubmatch(parts[5]); {
	case kind == nil:
	case kind[2] != "":
		prefix = kind[1] + "/"
	case len(parts) > 6:
		prefix = kind[1] + ":"
	}
	return service, prefix
}

// literalKind is the kind of thing that the last part of such a pattern spells.
var literalKind = regexp.MustCompile(`^([a-z][A-Za-z-]+)(\\?/|$)`)

// arnNames are the last parts that the name of a resource may have, the likeliest
// first.
func (m *Maker) arnNames(s *Shape, service string, own bool) []string {
	of := &Shape{Entity: s.Entity, MaxLength: -1}
	if !own {
		of.Words = append(m.thingOf(s), "name")
	}
	name := tidy(m.called(of))
	switch service {
	case "kms", "acm":
		return []string{m.faker.UUID()}
	case "organizations":
		return []string{"o-" + m.In.account()[:10] + "/ou-" + m.letters("abcdefghijklmnopqrstuvwxyz0123456789", 4) + "-" + m.letters("abcdefghijklmnopqrstuvwxyz0123456789", 8)}
	case "ec2":
		return []string{m.cloudID(s.Words)}
	case "elasticloadbalancing":
		return []string{name + "/" + m.hex(16)}
	}
	out := []string{name}
	if own && m.Key != "" && len(m.path) == 0 && plainID.MatchString(m.Key) {
		out = []string{m.Key, name}
	}
	return append(out, strings.ReplaceAll(name, "-", ""), m.faker.UUID(), m.hex(12), m.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 12), m.hex(32))
}

// plainID is what can stand at the end of a path as it is.
var plainID = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)

// arnLike writes another resource of the kind that one shows.
func (m *Maker) arnLike(shown string, s *Shape) string {
	parts := strings.SplitN(shown, ":", 6)
	if len(parts) < 6 {
		return m.like(shown)
	}
	if parts[3] != "" {
		parts[3] = m.In.home()
	}
	if parts[4] != "" {
		parts[4] = m.In.account()
	}
	at := strings.LastIndexAny(parts[5], "/:") + 1
	last := parts[5][at:]
	if v := m.like(last); v != last && (Lot(last) || isUUID(last)) {
		parts[5] = parts[5][:at] + v
	} else {
		parts[5] = parts[5][:at] + m.arnNames(s, parts[2], true)[0]
	}
	return strings.Join(parts, ":")
}

// cloudIDs are kinds of things that one large cloud numbers in hexadecimal, with
// what their ids begin with.
var cloudIDs = map[string]string{"vpc": "vpc", "subnet": "subnet", "instance": "i", "group": "sg", "volume": "vol", "snapshot": "snap", "image": "ami", "ami": "ami", "gateway": "igw", "interface": "eni",
	"acl": "acl", "endpoint": "vpce", "reservation": "r", "template": "lt", "table": "rtb", "allocation": "eipalloc", "attachment": "eni-attach", "transit": "tgw"}

// cloudID is an id such as vpc-0a1b2c3d4e5f60718; empty for what has none.
func (m *Maker) cloudID(name []string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if prefix, ok := cloudIDs[words.Singular(name[i])]; ok {
			return prefix + "-0" + m.hex(16)
		}
	}
	return "r-0" + m.hex(16)
}
