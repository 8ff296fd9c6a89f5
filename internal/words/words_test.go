package words

import (
	"reflect"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for name, want := range map[string]string{
		"listProjectIDs":          "list project ids",
		"get_user_v2":             "get user v2",
		"HTTPServer":              "http server",
		"GetAPIKey":               "get api key",
		"orders/{order_id}/items": "orders order id items",
		"S3Bucket":                "s3 bucket",
		"userID":                  "user id",
		"IPv4Address":             "ipv4 address",
		"GITHUB_LIST_REPOS":       "github list repos",
		"x-ms-dynamic-values":     "x ms dynamic values",
		"OAuth2Token":             "oauth2 token",
		"größeÄndern":             "größe ändern",
		"3dModel":                 "3d model",
		"---":                     "",
	} {
		if got := strings.Join(Split(name), " "); got != want {
			t.Errorf("Split(%q) = %q, want %q", name, got, want)
		}
	}
}

// The quick way splits as the other does.
func TestSplitSmall(t *testing.T) {
	for _, name := range []string{"", "_", "order", "list_project_ids", "  the items' own-names.", "a/b//c"} {
		got, ok := splitSmall(name)
		if want := splitAny(name); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %q %v, want %q", name, got, ok, want)
		}
	}
	for _, name := range []string{"getOrder", "v2", "größe", "ID"} {
		if got, ok := splitSmall(name); ok {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestNumber(t *testing.T) {
	for plural, singular := range map[string]string{
		"orders": "order", "categories": "category", "addresses": "address", "statuses": "status",
		"indexes": "index", "people": "person", "caches": "cache", "movies": "movie", "boxes": "box",
		"analyses": "analysis", "databases": "database", "apis": "api", "classes": "class", "processes": "process",
	} {
		if got := Singular(plural); got != singular {
			t.Errorf("Singular(%q) = %q, want %q", plural, got, singular)
		}
	}
	for _, w := range []string{"status", "address", "analytics", "news", "data", "sms", "class", "is", "this"} {
		if got := Singular(w); got != w {
			t.Errorf("Singular(%q) = %q, want it unchanged", w, got)
		}
	}
	for singular, plural := range map[string]string{
		"order": "orders", "category": "categories", "address": "addresses", "status": "statuses",
		"person": "people", "class": "classes", "orders": "orders", "data": "data", "api": "apis", "campus": "campuses",
	} {
		if got := Plural(singular); got != plural {
			t.Errorf("Plural(%q) = %q, want %q", singular, got, plural)
		}
	}
}

func TestIdent(t *testing.T) {
	for _, c := range []struct {
		name string
		max  int
		want string
	}{
		{"get-user_1", 64, "get-user_1"},
		{"users / list all", 64, "users_list_all"},
		{"a.b.c", 64, "a_b_c"},
		{"日本語", 64, ""},
		{"alpha_beta_gamma", 12, "alpha_beta"},
		{"alphabetagamma", 5, "alpha"},
	} {
		if got := Ident(c.name, c.max); got != c.want {
			t.Errorf("Ident(%q, %d) = %q, want %q", c.name, c.max, got, c.want)
		}
	}
}

// A name made from words has the same words again.
func FuzzSnake(f *testing.F) {
	f.Add("listProjectIDs")
	f.Add("x-9É_Ab1s")
	f.Fuzz(func(t *testing.T, name string) {
		snake := Snake(name)
		if again := Snake(snake); ascii(name) && again != snake {
			t.Errorf("Snake(%q) = %q, but Snake of that is %q", name, snake, again)
		}
		if id := Ident(name, 10); len(id) > 10 {
			t.Errorf("Ident(%q, 10) = %q is too long", name, id)
		}
	})
}
