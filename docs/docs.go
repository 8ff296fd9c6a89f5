// Package docs holds the pages that programs read as well as people: what a
// model is told about tool code is what the documentation says of it.
package docs

import _ "embed"

// Dialect is dialect.md, the language of tools.star.
//
//go:embed dialect.md
var Dialect string
