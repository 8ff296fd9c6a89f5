package fake

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/internal/words"
)

// hex makes n hexadecimal digits.
func (m *Maker) hex(n int) string { return m.letters("0123456789abcdef", n) }

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

func (m *Maker) letters(alphabet string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[m.Rand.IntN(len(alphabet))]
	}
	return string(b)
}

func hexOf(n int) func(*Maker, *Shape) any {
	return func(m *Maker, _ *Shape) any { return m.hex(n) }
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// self is the address of the row itself.
func (m *Maker) self(s *Shape) any {
	thing := strings.Join(words.Split(words.Plural(cmp.Or(s.Entity, "resource"))), "-")
	return fmt.Sprintf("https://api.example.com/v1/%s/%s", thing, m.own(s))
}

// own identifies the row: its key where that is known, else a slug of its name.
func (m *Maker) own(s *Shape) string {
	if m.Key != "" && len(m.path) == 0 {
		return m.Key
	}
	return slugged(m.nameOf(s))
}

// nameOf is what the thing that a field belongs to is called.
func (m *Maker) nameOf(s *Shape) string {
	name, _ := m.name(&Shape{Entity: s.Entity, Name: "name", Words: []string{"name"}, MaxLength: -1}).(string)
	return name
}

// fault is what is wrong with a row: nothing, unless it has failed.
func (m *Maker) fault(s *Shape) any {
	if s.allowsText("") && !m.failed() {
		return ""
	}
	switch last := s.Words[len(s.Words)-1]; {
	case last == "code" || last == "type":
		return m.one([]string{"ResourceNotFound", "AccessDenied", "LimitExceeded", "InvalidParameter", "InternalFailure", "Timeout"})
	case m.In.Cloud != "":
		return m.one(cloudFaults)
	}
	return m.one([]string{"Connection timed out after 30 seconds", "Access denied", "Invalid input: field is required", "Quota exceeded", "Upstream returned 503"})
}

// failed says whether the row, or the object inside it, is in a state of failure.
func (m *Maker) failed() bool {
	return slices.ContainsFunc(words.Split(m.Status), func(w string) bool { return failing[w] })
}

var cloudFaults = []string{"The execution role is not authorized to perform this action.", "The request was throttled; the rate of requests exceeds the limit of the account.", "The resource could not be found or is being deleted.",
	"An internal error occurred. The operation was rolled back.", "The quota of this resource type has been reached in the region.", "The operation timed out after 60 minutes.", "The encryption key is disabled or cannot be used.",
	"The value of a parameter is not valid for this configuration."}

var failing = flags("failed failure fail error errored rejected unhealthy degraded exception bounced declined invalid denied impaired inconclusive unsuccessful timedout faulted partially drifted")

// whole makes a number that is counted or set from a few values.
func whole(values ...int64) func(*Maker, *Shape) any {
	return func(m *Maker, s *Shape) any {
		x := m.Rand.Float64()
		return values[int(float64(len(values))*x*x)]
	}
}

// upTo makes a whole number from least to most.
func upTo(least, most int) func(*Maker, *Shape) any {
	return func(m *Maker, _ *Shape) any { return int64(least + m.Rand.IntN(most-least+1)) }
}

// share makes a number between 0 and 1.
func share(m *Maker, _ *Shape) any {
	x := m.Rand.Float64()
	return float64(int64(100*(1-float64(x*x)))) / 100
}

// blob makes bytes as text.
func blob(m *Maker, _ *Shape) any {
	return base64.StdEncoding.EncodeToString([]byte(m.sentences(2)))
}

func (m *Maker) sentences(n int) string {
	return strings.Join([]string{m.one(workloads), m.one(parts)}[:n], " ")
}

// by is who did something: by login where source code is kept, else by name.
func by(m *Maker, s *Shape) any {
	switch {
	case m.In.Cloud == "aws" && hasWord(s, "arn"):
		return m.arn(s)
	case m.In.Code:
		return m.person(s).user
	case m.In.Technical:
		return m.person(s).email
	}
	return personName(m, s)
}

// owner is who something belongs to: an organisation or a login where source
// code is kept.
func owner(m *Maker, s *Shape) any {
	if !m.In.Code {
		if m.In.Cloud == "aws" {
			return m.In.account()
		}
		if hasWord(s, "org") {
			return slugged(m.company(s))
		}
		return by(m, s)
	}
	return m.sourceOf(s).owner
}

// A sourceRepo is where source code is kept, and by whom.
type sourceRepo struct{ owner, name string }

// sourceRepos is how many of them a world has.
const sourceRepos = 12

// sourceOf is the repository that the row is about: all rows speak of the same
// few, most of one organisation.
func (m *Maker) sourceOf(s *Shape) *sourceRepo {
	sub := m.subject(&Shape{Entity: s.Entity})
	if sub.repo == nil {
		other := New(scaler.Rand(m.In.mark, "repository", fmt.Sprint(m.Rand.IntN(sourceRepos))), m.Now)
		other.In = m.In
		owner := strings.ToLower(firmNames[m.In.number(len(firmNames))]) + "-labs"
		if other.chance(0.25) {
			owner = other.person(s).user
		}
		sub.repo = &sourceRepo{owner, other.called(&Shape{Words: []string{"repository", "name"}, MaxLength: -1})}
	}
	return sub.repo
}

func repository(m *Maker, s *Shape) any {
	if !m.In.Code {
		return tidy(m.called(&Shape{Entity: s.Entity, Words: []string{"repository", "name"}, MaxLength: -1}))
	}
	repo := m.sourceOf(s)
	if hasWord(s, "full") {
		return repo.owner + "/" + repo.name
	}
	return repo.name
}

var technicalSemantics = []Semantic{
	{"arn", "string", []string{"arn", "arns", "amazon resource name", "kms key", "kms key id", "kms key name", "crypto key name", "kms key version name", "encryption key", "customer managed key", "kms key identifier"}, (*Maker).arn},
	{"self", "string", []string{"self", "self link", "resource uri", "resource url", "html url", "permalink url"}, (*Maker).self},
	{"by", "string", []string{"created by", "updated by", "modified by", "last modified by", "last updated by", "approved by", "requested by", "uploaded by", "deleted by", "assigned by", "added by",
		"submitted by", "opened by", "closed by", "reviewed by", "posted by", "by", "requester", "initiator", "submitter", "uploader", "editor", "principal", "created by user", "actor name"}, by},
	{"owner", "string", []string{"owner", "owner name", "owner login", "org", "organization login", "repo owner", "repository owner"}, owner},
	{"repository", "string", []string{"repo", "repository", "repo name", "repository name", "repo full name", "repository full name", "git repo"}, repository},
	{"fault", "string", []string{"error", "error message", "failure reason", "failure message", "status reason", "error description", "error code", "last error", "error detail", "error details",
		"failure code", "state reason", "err", "errors", "warning", "exception", "status message", "state message", "status detail", "status details", "state detail", "state details", "status description",
		"state description", "failure detail", "failure details", "failure description", "failed reason", "error reason", "error text", "invalid details", "health reason", "status reason code", "state change reason"}, (*Maker).fault},
	{"sha1", "string", []string{"sha1", "thumbprint", "fingerprint", "commit", "sha", "commit sha", "commit id", "commit hash", "head sha", "revision id", "tree sha", "base tree"}, hexOf(40)},
	{"sha256", "string", []string{"sha256", "sha 256", "hash", "checksum", "digest", "content hash", "signature"}, hexOf(64)},
	{"md5", "string", []string{"md5", "md5 hash", "etag", "e tag", "content md5"}, hexOf(32)},
	{"block.hash", "string", []string{"tx hash", "transaction hash", "txid", "block hash", "tx id"}, func(m *Maker, _ *Shape) any { return "0x" + m.hex(64) }},
	{"wallet", "string", []string{"pubkey", "public key", "wallet", "wallet address", "mint", "mint address", "blockhash", "token address", "contract address", "account address"},
		func(m *Maker, _ *Shape) any { return m.letters(base58, 44) }},
	{"bitcoin", "string", []string{"bitcoin address", "btc address"}, func(m *Maker, _ *Shape) any { return "bc1q" + m.letters("023456789acdefghjklmnpqrstuvwxyz", 38) }},
	{"ether", "string", []string{"ethereum address", "eth address"}, func(m *Maker, _ *Shape) any { return "0x" + m.hex(40) }},
	{"archive", "string", []string{"build zip", "deploy zip", "release zip", "artifact zip", "function zip", "package zip", "source zip", "zip file", "zip archive"}, func(m *Maker, s *Shape) any { return m.called(s) + ".zip" }},
	{"visitors", "string integer number", []string{"unique visitor", "unique visitors", "unique user", "unique users", "new visitor", "new visitors", "returning visitor", "returning visitors", "page views"}, upTo(40, 9000)},
	{"blob", "string", []string{"base64", "blob", "binary", "bytes", "ciphertext", "encoded", "encrypted value", "encrypted"}, blob},
	{"http.code", "integer number string", []string{"status code", "http status code", "response code", "http code", "http response code"}, whole(200, 200, 200, 201, 404, 500)},
	{"port", "integer number string", []string{"port", "port number", "target port", "container port", "node port", "from port", "to port", "listen port", "server port"}, whole(443, 443, 80, 8080, 5432, 22)},
	{"replicas", "integer number", []string{"replicas", "replica count", "node count", "instance count", "desired count", "desired capacity", "desired replicas", "running count", "min size", "max size"}, upTo(1, 5)},
	{"order", "integer number", []string{"position", "index", "order", "rank", "sequence", "sequence number", "seq", "seq no", "ordinal", "level", "depth level", "step", "priority", "row number", "line number", "sort order"}, upTo(1, 20)},
	{"revision", "integer number", []string{"version", "revision", "version number", "generation", "major version", "build number", "schema version"}, upTo(1, 9)},
	{"page", "integer number", []string{"page", "current page", "page number", "start page"}, whole(1)},
	{"pages", "integer number", []string{"pages", "total pages", "page count", "num pages", "last page"}, upTo(1, 12)},
	{"page.size", "integer number", []string{"limit", "per page", "page size", "max results", "page limit"}, whole(20, 20, 50, 100)},
	{"offset", "integer number", []string{"offset", "start index", "skip", "from index", "skipped"}, whole(0)},
	{"status.integer", "integer number", []string{"status", "http status"}, whole(200, 200, 200, 404)},
	{"type.integer", "integer number", []string{"type", "kind", "mode", "class"}, whole(1, 1, 2, 3)},
	{"code.integer", "integer", []string{"code", "result code", "return code", "exit code", "errno"}, whole(0)},
	{"share", "number", []string{"confidence", "similarity", "probability", "score ratio", "relevance", "certainty", "ratio", "fraction", "confidence score", "relevance score"}, share},
	{"nanos", "integer", []string{"nanos", "nanoseconds", "microseconds", "microsecond"}, func(m *Maker, _ *Shape) any { return int64(1000000 * m.Rand.IntN(1000)) }},
	{"day", "integer", []string{"day", "day of month"}, upTo(1, 28)},
	{"hour", "integer", []string{"hour", "hours"}, upTo(0, 23)},
	{"minute", "integer", []string{"minute", "second"}, upTo(0, 59)},
	{"bytes", "integer number", []string{"size bytes", "bytes", "file size", "content length", "size in bytes", "content size", "total bytes", "byte size", "length bytes"},
		func(m *Maker, _ *Shape) any { return int64(900 + m.Rand.ExpFloat64()*180000) }},
	{"memory", "integer number", []string{"memory", "memory mb", "memory size", "ram", "memory in mb", "memory limit"}, whole(2048, 4096, 512, 1024, 8192)},
	{"cores", "integer number", []string{"cpu", "cpus", "vcpu", "vcpus", "cores", "cpu count", "core count"}, whole(2, 4, 8, 1)},
	{"disk", "integer number", []string{"disk", "disk size", "storage", "allocated storage", "storage gb", "disk size gb", "volume size", "storage size", "size gb", "capacity gb"}, whole(20, 50, 100, 250, 500)},
	{"coordinate", "number integer", []string{"x", "y", "z", "top", "left", "right", "bottom"}, upTo(0, 800)},
	{"pixels", "integer number", []string{"width px", "height px", "image width", "image height", "px"}, whole(1280, 1920, 800, 640)},
	{"population", "integer number", []string{"population", "inhabitants"}, func(m *Maker, _ *Shape) any { return int64(9000 + m.Rand.ExpFloat64()*900000) }},
	{"asn", "integer string", []string{"asn", "as number"}, upTo(64496, 64511)},
	{"cidr", "string", []string{"cidr", "cidr block", "subnet", "subnetwork", "ip range", "network cidr", "address prefix", "cidr ip"}, func(m *Maker, _ *Shape) any { return fmt.Sprintf("10.%d.%d.0/24", m.Rand.IntN(40), m.Rand.IntN(250)) }},
	{"mac", "string", []string{"mac", "mac address", "bssid", "hardware address"}, func(m *Maker, _ *Shape) any {
		h := m.hex(6)
		return fmt.Sprintf("02:00:5e:%s:%s:%s", h[:2], h[2:4], h[4:])
	}},
	{"ssid", "string", []string{"ssid", "wifi name", "network name"}, func(m *Maker, s *Shape) any { return m.company(s) + " " + m.one([]string{"Guest", "Staff", "IoT"}) }},
	{"vin", "string", []string{"vin", "vehicle identification number"}, func(m *Maker, _ *Shape) any { return m.letters("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 17) }},
	{"asin", "string", []string{"asin"}, func(m *Maker, _ *Shape) any { return "B0" + m.letters("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 8) }},
	{"imei", "string", []string{"imei"}, func(m *Maker, _ *Shape) any { return "35" + m.faker.DigitN(13) }},
	{"cloud.region", "string", []string{"region name", "aws region", "cloud region", "region code", "data center", "datacenter", "region id", "location id"}, func(m *Maker, s *Shape) any { return m.region(s) }},
	{"cloud.zone", "string", []string{"availability zone", "az", "zone"}, func(m *Maker, s *Shape) any {
		if !m.In.Technical {
			return "Zone " + m.one([]string{"A", "B", "C", "North", "South"})
		}
		return m.region(s) + m.one([]string{"a", "b", "c"})
	}},
	{"resource", "string", []string{"resource", "resource path", "resource name"}, func(m *Maker, s *Shape) any {
		if m.In.Cloud != "" {
			return tidy(m.called(s))
		}
		return fmt.Sprintf("%s/%d", m.one([]string{"orders", "customers", "invoices", "projects", "users"}), 1000+m.Rand.IntN(9000))
	}},
	{"workload", "string", []string{"service", "index", "cluster", "node", "server", "table", "parent", "cluster name", "node name", "server name", "target name", "index name", "parent name"}, func(m *Maker, s *Shape) any {
		if !m.In.Technical {
			return m.filler(s)
		}
		return slugged(m.one(m.works()) + " " + m.one(environments))
	}},
	{"dimensions", "string", []string{"dimensions", "product dimensions", "item dimensions", "resolution", "size text"}, func(m *Maker, s *Shape) any {
		if m.In.Technical || hasWord(s, "resolution") {
			return m.one([]string{"1920x1080", "1280x720", "2560x1440"})
		}
		return fmt.Sprintf("%d x %d x %d cm", 10+m.Rand.IntN(60), 8+m.Rand.IntN(40), 3+m.Rand.IntN(30))
	}},
	{"resource.group", "string", []string{"resource group", "resource group name"}, func(m *Maker, s *Shape) any { return m.one(m.In.groups()) }},
	{"subscription", "string", []string{"subscription id", "azure subscription id"}, func(m *Maker, s *Shape) any {
		if m.In.Cloud == "azure" {
			return m.In.subscription()
		}
		return m.id(s)
	}},
	{"project", "string", []string{"project id", "projects id", "gcp project", "gcp project id", "cloud project"}, func(m *Maker, s *Shape) any {
		if m.In.Cloud == "google" {
			return m.In.project()
		}
		return m.id(s)
	}},
	{"bucket", "string", []string{"bucket", "bucket name", "s3 bucket", "storage bucket"}, func(m *Maker, s *Shape) any {
		return strings.ToLower(firmNames[m.In.number(len(firmNames))]) + "-" + tidy(m.called(&Shape{Words: append(slices.Clone(groupWords(s.Words)), "bucket", "name"), MaxLength: -1}))
	}},
	{"account.number", "string", []string{"aws account", "aws account id", "account id", "creator account", "owner account", "source account", "customer aws id", "aws id"}, func(m *Maker, s *Shape) any {
		if m.In.Cloud == "aws" {
			return m.accountOf(s)
		}
		return m.id(s)
	}},
	{"json", "string", []string{"json", "json string", "json body"}, func(*Maker, *Shape) any { return `{"version": "1.0"}` }},
	{"name.server", "string", []string{"name server", "name servers", "nameserver", "dns server"}, func(m *Maker, s *Shape) any {
		return fmt.Sprintf("ns%d.%s", 1+m.Rand.IntN(4), m.domain())
	}},
	{"security.group", "string", []string{"security group", "security groups", "security group id", "security group ids"}, func(m *Maker, s *Shape) any {
		switch {
		case m.In.Cloud == "aws":
			return "sg-0" + m.hex(16)
		case m.In.Cloud == "azure" && hasWord(s, "id") && len(m.path) > 0:
			return m.resourceID(s)
		}
		return tidy(m.called(s))
	}},
	{"cve", "string", []string{"cve", "cve id", "cve ids"}, func(m *Maker, _ *Shape) any {
		return fmt.Sprintf("CVE-%d-%d", 2024+m.Rand.IntN(2), 10000+m.Rand.IntN(40000))
	}},
	{"ghsa", "string", []string{"ghsa", "ghsa id"}, func(m *Maker, _ *Shape) any {
		const letters = "23456789cfghjmpqrvwx"
		return "GHSA-" + m.letters(letters, 4) + "-" + m.letters(letters, 4) + "-" + m.letters(letters, 4)
	}},
	{"cwe", "string", []string{"cwe", "cwe id", "cwes"}, one("CWE-79", "CWE-89", "CWE-22", "CWE-400", "CWE-502")},
	{"utc.offset", "string", []string{"utc offset", "gmt offset", "timezone offset"}, one("+00:00", "-05:00", "+01:00", "-08:00", "+09:00")},
	{"abbreviation", "string", []string{"abbreviation", "abbr", "short code", "initials", "acronym"}, func(m *Maker, s *Shape) any {
		if s.Entity == "country" || s.Entity == "state" {
			return m.code(s)
		}
		short := ""
		for _, w := range words.Split(plainAscii(m.nameOf(s))) {
			short += strings.ToUpper(w[:1])
		}
		return cmp.Or(short, "N")
	}},
	{"value", "string", []string{"value", "default value", "string value", "current value", "text value", "new value", "old value"}, one("production", "billing", "true", "standard", "12", "eu", "2026-01-15", "finance")},
	{"script", "string", []string{"script", "source code", "snippet", "code snippet", "query string", "sql", "sql query", "statement"}, one("SELECT id, status FROM orders WHERE status = 'open'", "SELECT count(*) FROM customers", "UPDATE jobs SET state = 'done' WHERE id = 7")},
	{"next.token", "string", []string{"next token", "next page token", "cursor", "next cursor", "continuation token", "page token", "next link", "marker", "next marker", "next"}, func(*Maker, *Shape) any { return "" }},
}
