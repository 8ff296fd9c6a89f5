package fake

import (
	"regexp"
	"strings"
	"testing"

	scaler "github.com/agentscaler/scaler"
)

// The files of clouds are read, and every subject says what reveals it.
func TestCloudFiles(t *testing.T) {
	for _, name := range sorted(allClouds()) {
		tr := allClouds()[name]
		for _, phrases := range [][]string{sorted(tr.tells), sorted(tr.names), sorted(tr.columns), sorted(tr.texts)} {
			for _, p := range phrases {
				tr.checkPhrase(t, p)
			}
		}
		for _, lists := range []map[string][]string{tr.lists, tr.names, tr.columns, tr.texts} {
			for _, key := range sorted(lists) {
				tr.checkValues(t, key, lists[key])
			}
		}
		if subject := strings.HasPrefix(name, "subjects/"); subject != (len(tr.tells) > 0) || subject && len(tr.lists["work"]) < 4 {
			t.Errorf("%s: a subject has words that reveal it and words for its work", name)
		}
	}
}

// amazonian is a world of one service of the cloud that names things by arn.
func amazonian(t *testing.T) (Setting, func(column scaler.Column) string) {
	t.Helper()
	schema := scaler.Schema{Tables: []scaler.Table{{Name: "brokers", Entity: "broker", Key: "BrokerId", Columns: []scaler.Column{{Name: "BrokerId", Type: "string"}, {Name: "BrokerArn", Type: "string"}}}}}
	in := SettingOf(schema, scaler.WorldTool{Tool: "orchard-mq/2020-01-01/describe_broker", Table: "brokers", Description: "Describes a broker in Amazon Web Services.",
		Parameters: []byte(`{"type": "object", "properties": {"BrokerArn": {"type": "string", "description": "Such as arn:aws:orchardmq:us-east-1:123456789012:broker:b-1234."}}}`)})
	return in, func(c scaler.Column) string {
		m := New(scaler.Rand(7, c.Name, c.Doc), now)
		m.In = in
		return asText(m.Value(Column(c, "broker")))
	}
}

// All names of resources are of one account and region, and of the service that
// keeps such things.
func TestResourceNames(t *testing.T) {
	in, value := amazonian(t)
	if in.Cloud != "aws" || in.Service != "orchardmq" {
		t.Fatalf("taken for %q %q", in.Cloud, in.Service)
	}
	account, region := in.account(), in.home()
	for _, c := range []struct {
		column scaler.Column
		want   string
	}{
		{scaler.Column{Name: "BrokerArn"}, `^arn:aws:orchardmq:` + region + `:` + account + `:broker/[a-z0-9_./-]+$`},
		{scaler.Column{Name: "KmsKeyId"}, `^arn:aws:kms:` + region + `:` + account + `:key/[0-9a-f-]{36}$`},
		{scaler.Column{Name: "RoleArn"}, `^arn:aws:iam::` + account + `:role/[a-z0-9-]+$`},
		{scaler.Column{Name: "roleAliasArn"}, `^arn:aws:orchardmq:` + region + `:` + account + `:role-alias/`},
		{scaler.Column{Name: "DeadLetterArn", Doc: "The ARN of the queue that takes what failed."}, `^arn:aws:sqs:` + region + `:` + account + `:`},
		{scaler.Column{Name: "DataReplicationPrimaryBrokerArn"}, `:broker/`},
		{scaler.Column{Name: "SubnetId"}, `^subnet-0[0-9a-f]{16}$`},
		{scaler.Column{Name: "modelArn", Schema: []byte(`{"type": "string", "pattern": "^arn:aws[a-z-]*:bakery:[a-z0-9-]*:[0-9]{12}:model/[a-z0-9]{12}$"}`)}, `^arn:aws:bakery:` + region + `:` + account + `:model/`},
		{scaler.Column{Name: "targetArn", Schema: []byte(`{"type": "string", "pattern": "^arn:aws[\\w-]*:(bakery|grocery):.+:[0-9]{12}:host\\/.+$"}`)}, `^arn:aws:(bakery|grocery):` + region + `:` + account + `:host/`},
		{scaler.Column{Name: "OwnerAccountId", Doc: "The Amazon Web Services account ID."}, `^` + account + `$`},
	} {
		c.column.Type = "string"
		if v := value(c.column); !regexp.MustCompile(c.want).MatchString(v) {
			t.Errorf("%s: %s, want %s", c.column.Name, v, c.want)
		}
	}
}

// A name is that of a thing of its kind, in words of what the service is for.
func TestNamesFitTheKind(t *testing.T) {
	in, _ := amazonian(t)
	in.work = []string{"radiology-intake"}
	for entity, want := range map[string]string{"bucket": `radiology-intake-(assets|exports|uploads)-|-backups$|-logs$|data-lake`, "alarm": `radiology|disk-almost-full`, "web acl": `common-threats|rate-limit|allow-list|bot-control|geo-block`} {
		m := New(scaler.Rand(5, entity), now)
		m.In = in
		if v := asText(m.Value(Column(scaler.Column{Name: "Name", Type: "string"}, entity))); !regexp.MustCompile(want).MatchString(v) {
			t.Errorf("%s: %s", entity, v)
		}
	}
}

// Only what failed says why, also inside a row.
func TestOnlyWhatFailedSaysWhy(t *testing.T) {
	in, _ := amazonian(t)
	schema := []byte(`{"type": "object", "properties": {"status": {"type": "string", "enum": ["CREATED", "CREATE_FAILED"]}, "statusMessage": {"type": "string"}}, "required": ["status", "statusMessage"]}`)
	seen := map[string]bool{}
	for i := range 40 {
		m := New(scaler.Rand(uint64(i), "why"), now)
		m.In = in
		v := asText(m.Value(Schema(schema, "state", "broker")))
		failed := strings.Contains(v, "CREATE_FAILED")
		if says := !strings.Contains(v, `"statusMessage":""`) && !strings.Contains(v, `"statusMessage": ""`); says != failed {
			t.Fatal(v)
		}
		seen[map[bool]string{true: "failed", false: "fine"}[failed]] = true
	}
	if len(seen) < 2 {
		t.Errorf("only %v", seen)
	}
}
