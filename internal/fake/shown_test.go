package fake

import (
	"regexp"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// What a description shows in passing is a value; a word of its sentence is none.
func TestShown(t *testing.T) {
	for doc, want := range map[string]string{
		"The product identifier. For example, prod-abcdzk7xy33qa.":       "prod-abcdzk7xy33qa",
		"The place (e.g. SouthCentralUS, SouthEastAsia).":                "SouthCentralUS SouthEastAsia",
		"The package, e.g. \"com.example.foo\", of the app.":             "com.example.foo",
		"The status, such as PENDING, AVAILABLE, and VPC_CONFIG_FAILED.": "PENDING AVAILABLE VPC_CONFIG_FAILED",
		"The ref. For example, main for the main branch.":                "",
		"The type of animal (e.g. mammal, bird or reptile).":             "mammal bird reptile",
		"Whatever is asked, such as the weather or the news.":            "",
		"For example, without a description it shows nothing.":           "",
		"The bucket, for example `my-bucket` or `<name>`.":               "",
	} {
		if got := strings.Join(Shown(doc), " "); got != want {
			t.Errorf("%s: %q, want %q", doc, got, want)
		}
	}
}

// Ids drawn by lot are drawn anew; what is written with care keeps its words.
func TestLike(t *testing.T) {
	for example, form := range map[string]string{
		"prod-abcdzk7xy33qa":                   `^prod-[a-z][a-z0-9]{12}$`,
		"i-0a1b2c3d4e5f60718":                  `^i-[0-9a-f]{17}$`,
		"824cede0-abc7-4f84-8dbc-12345EXAMPLE": `^[0-9a-f]{8}-`,
		"3f1b4c1e-9a54-4f5e-8a53-6f2f0a9d6c11": `^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		"t3.medium":                            `^t3\.medium$`,
		"us-east-1":                            `^us-east-\d$`,
		"python3.12":                           `^python3\.\d\d$`,
		"skill-42":                             `^skill-\d\d$`,
	} {
		drawn := map[string]bool{}
		for i := range 20 {
			v := New(scaler.Rand(uint64(i), "like"), now).like(example)
			if !regexp.MustCompile(form).MatchString(v) {
				t.Errorf("like %s: %s", example, v)
			}
			drawn[v] = true
		}
		if Lot(example) && len(drawn) < 20 {
			t.Errorf("like %s: only %d of 20 differ", example, len(drawn))
		}
	}
}

// What one tool shows of a field is how the world writes it everywhere.
func TestFormsAreShared(t *testing.T) {
	schema := scaler.Schema{Tables: []scaler.Table{{Name: "artifacts", Entity: "artifact", Key: "Id", Columns: []scaler.Column{{Name: "Id", Type: "string"}, {Name: "ProductId", Type: "string"}}}}}
	in := SettingOf(schema, scaler.WorldTool{Name: "get", Table: "artifacts", Parameters: []byte(`{"type": "object", "properties": {
		"ArtifactId": {"type": "string", "description": "Which one, for example, pa-4abcdjnxjj6ne."}, "ProductId": {"type": "string", "description": "For example, prod-abcdzk7xy33qa."}}}`)})
	for column, form := range map[string]string{"Id": `^pa-[0-9][a-z0-9]+$|^pa-4abc`, "ProductId": `^prod-[a-z0-9]{13}$`} {
		c, _ := schema.Tables[0].Column(column)
		s := Column(c, "artifact")
		in.Teach(s)
		if v := Value(scaler.Rand(1), now, s); !regexp.MustCompile(form).MatchString(asText(v)) {
			t.Errorf("%s: %v", column, v)
		}
	}
}
