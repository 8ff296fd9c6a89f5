package world

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/sandbox"
)

// forum is a service of boards with posts on them that answer each other. Notices
// hang on a board that nobody names.
const forum = `[
{"name": "createPost", "method": "POST", "path": "/boards/{board_id}/posts", "in": {"board_id": "path"}, "effect": "write",
 "parameters": {"type": "object", "properties": {"board_id": {"type": "string"}, "text": {"type": "string"}, "parent_post_id": {"type": "string"}, "post_id": {"type": "string"}}, "required": ["board_id", "text"]}},
{"name": "getPost", "method": "GET", "path": "/boards/{board_id}/posts/{id}", "in": {"board_id": "path", "id": "path"}, "effect": "read",
 "parameters": {"type": "object", "properties": {"board_id": {"type": "string"}, "id": {"type": "string"}}, "required": ["board_id", "id"]}},
{"name": "listPosts", "method": "GET", "path": "/boards/{board_id}/posts", "in": {"board_id": "path", "page": "query", "limit": "query"}, "effect": "read",
 "parameters": {"type": "object", "properties": {"board_id": {"type": "string"}, "page": {"type": "integer"}, "limit": {"type": "integer"}}, "required": ["board_id"]}},
{"name": "listBoards", "method": "GET", "path": "/boards", "in": {"offset": "query", "limit": "query"}, "effect": "read",
 "parameters": {"type": "object", "properties": {"offset": {"type": "integer"}, "limit": {"type": "integer"}}}},
{"name": "deleteBoard", "method": "DELETE", "path": "/boards/{id}", "in": {"id": "path"}, "effect": "write",
 "parameters": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}},
{"name": "createNotice", "method": "POST", "path": "/notices", "effect": "write",
 "parameters": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
 "result_from": "declared", "result": {"type": "object", "required": ["id", "board_id", "text"], "properties": {"id": {"type": "string"}, "board_id": {"type": "string"}, "text": {"type": "string"}}}},
{"name": "getNotice", "method": "GET", "path": "/notices/{id}", "in": {"id": "path"}, "effect": "read",
 "parameters": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}}
]`

func openForum(t *testing.T) *sandbox.Session {
	t.Helper()
	var tools []scaler.Tool
	if err := json.Unmarshal([]byte(forum), &tools); err != nil {
		t.Fatal(err)
	}
	for i := range tools {
		tools[i].ID, tools[i].Service = scaler.ToolID("forum/"+tools[i].Name), "forum"
	}
	w := build(t, "forum", tools)
	env, err := sandbox.Open(w, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { env.Close() })
	s, err := env.Start(scaler.Init{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// given calls a tool that has to work.
func given(t *testing.T, s *sandbox.Session, tool, args string) any {
	t.Helper()
	r := s.Call(t.Context(), tool, []byte(args))
	if r.Err != nil || r.Refused != nil {
		t.Fatalf("%s %s: %v %v", tool, args, r.Err, r.Refused)
	}
	return r.Value
}

func refusedWith(t *testing.T, s *sandbox.Session, tool, args, message string) {
	t.Helper()
	if r := s.Call(t.Context(), tool, []byte(args)); r.Refused == nil || r.Refused.Message != message {
		t.Errorf("%s %s answers %s, refuses %v, want %s", tool, args, r.Text, r.Refused, message)
	}
}

func keyOf(row any) string {
	text, _ := value(row, "id").(string)
	return text
}

func keysOf(s *sandbox.Session, table string) []string {
	var keys []string
	for key := range s.Rows(table) {
		keys = append(keys, key)
	}
	return keys
}

// A page reaches to the end of the list at most, and begins there at the latest.
func TestPagesOfAnySize(t *testing.T) {
	s := openForum(t)
	all := len(keysOf(s, "boards"))
	for args, want := range map[string]int{
		`{"limit": 3}`:                                      3,
		`{"limit": 3.0, "offset": 1e0}`:                     3,
		`{"limit": 1152921504606846976}`:                    all,
		`{"limit": 1e300}`:                                  all,
		`{"limit": 1e300, "offset": 1}`:                     all - 1,
		`{"limit": 2, "offset": 1e300}`:                     0,
		`{"limit": 1e300, "offset": 18446744073709551616}`:  0,
		`{"limit": -1152921504606846976, "offset": -1e300}`: 1,
	} {
		if got := given(t, s, "listBoards", args).([]any); len(got) != want {
			t.Errorf("%s gives %d boards of %d, want %d", args, len(got), all, want)
		}
	}
	board := keysOf(s, "boards")[0]
	for _, page := range []string{"1e300", "1152921504606846976"} {
		if got := given(t, s, "listPosts", fmt.Sprintf(`{"board_id": %q, "page": %s, "limit": 1e300}`, board, page)).([]any); len(got) > 0 {
			t.Errorf("page %s has %d posts", page, len(got))
		}
	}
}

// What is stored as another row's key is one; the own number of a post is not
// taken for the key of another.
func TestStoredKeysAreOfRows(t *testing.T) {
	s := openForum(t)
	board := keysOf(s, "boards")[0]
	refusedWith(t, s, "createPost", fmt.Sprintf(`{"board_id": %q, "text": "Yes", "parent_post_id": "none"}`, board), "There is no post none.")
	first := keyOf(given(t, s, "createPost", fmt.Sprintf(`{"board_id": %q, "text": "Tea?", "post_id": "mine"}`, board)))
	given(t, s, "createPost", fmt.Sprintf(`{"board_id": %q, "text": "Yes", "parent_post_id": %q}`, board, first))
	if loose := s.Dangling(); len(loose) > 0 {
		t.Error(loose)
	}
}

// With a board go its posts, those that answer each other too, and nothing that
// is left points at them; where no board is left, nothing hangs on one.
func TestNothingPointsAtWhatWent(t *testing.T) {
	s := openForum(t)
	for _, board := range keysOf(s, "boards") {
		made := given(t, s, "createPost", fmt.Sprintf(`{"board_id": %q, "text": "Tea?"}`, board))
		given(t, s, "createPost", fmt.Sprintf(`{"board_id": %q, "text": "Yes", "parent_post_id": %q}`, board, keyOf(made)))
	}
	given(t, s, "createNotice", `{"text": "Closed on Monday"}`)
	for _, board := range keysOf(s, "boards") {
		given(t, s, "deleteBoard", fmt.Sprintf(`{"id": %q}`, board))
		if loose := s.Dangling(); len(loose) > 0 {
			t.Fatal(loose)
		}
	}
	if left := len(keysOf(s, "posts")) + len(keysOf(s, "notices")); left > 0 {
		t.Errorf("%d rows are left of boards that went", left)
	}
	refusedWith(t, s, "createNotice", `{"text": "Open again"}`, "There is no board.")
}
