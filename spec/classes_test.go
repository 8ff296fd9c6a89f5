package spec

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/agentscaler/scaler"
)

// What a specification says of its tools, and what was made of that, is not read
// when words are scored: the names here are made of methods, and say nothing.
func TestScoreClassesReadsWordsOnly(t *testing.T) {
	scores := scoreOf(t, `{"openapi": "3.0.0", "info": {"title": "Shelf", "version": "1"}, "paths": {
		"/books": {
			"get": {"operationId": "listBooks", "description": "The books on the shelf.", "responses": {}},
			"post": {"operationId": "addBook", "description": "Puts a book on the shelf.", "responses": {}},
			"delete": {"responses": {}}},
		"/books/{id}": {
			"parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
			"put": {"responses": {}},
			"get": {"operationId": "removeBook", "description": "One book, badly named.", "responses": {}},
			"delete": {"operationId": "dropBook", "description": "Takes a book off the shelf.", "responses": {}}}}}`)
	if len(scores) != 1 {
		t.Fatalf("one source that says it one way has %d scores", len(scores))
	}
	s := scores[0]
	if s.Says != "method" || s.N != 5 || s.Right != 2 || s.Wrong != 1 || s.Abstained != 2 {
		t.Errorf("%+v; want 2 of 5 right, the badly named wrong, two nameless abstained, the POST not counted", s)
	}
	if m := s.Misses[0]; m.Says != scaler.Read || m.Words != scaler.Write || m.Why != "verb remove" {
		t.Errorf("the miss says %+v", m)
	}
}

// Words of hinted tools are scored apart from those of methods.
func TestScoreClassesTellsHintsApart(t *testing.T) {
	scores := scoreOf(t, `{"tools": [
		{"name": "list_books", "description": "Lists the books.", "inputSchema": {"type": "object"}, "annotations": {"readOnlyHint": true}},
		{"name": "drop_book", "description": "Drops a book.", "inputSchema": {"type": "object"}, "annotations": {"destructiveHint": true}},
		{"name": "lend_book", "description": "Lends a book.", "inputSchema": {"type": "object"}}]}`)
	if len(scores) != 2 || scores[0].Says != "destructiveHint" || scores[1].Says != "readOnlyHint" {
		t.Fatalf("%+v", scores)
	}
	if scores[0].Accuracy() != 1 || scores[1].Accuracy() != 1 {
		t.Errorf("%+v", scores)
	}
}

// Return is what a tool does unless its name says that a customer does it; and
// what stands behind an article is no verb.
func TestLeadingWordsOfDescriptions(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       scaler.Effect
	}{
		{"patientById", "Return the patient with the given id.", scaler.Read},
		{"return_order_items", "Return items of an order. Its status will be changed to returned.", scaler.Write},
		{"listShelf", "The book on top.", scaler.Read},
	} {
		if got, why := (evidence{name: c.name, description: c.text}).decide(); got != c.want {
			t.Errorf("%s is a %s by %q, want %s", c.name, got, why, c.want)
		}
	}
}

func scoreOf(t *testing.T, document string) []ClassScore {
	t.Helper()
	file := filepath.Join(t.TempDir(), "document.json")
	if err := os.WriteFile(file, []byte(document), 0o644); err != nil {
		t.Fatal(err)
	}
	scores, err := Reader{KeepWeak: true}.ScoreClasses(t.Context(), []string{file})
	if err != nil {
		t.Fatal(err)
	}
	return scores
}
