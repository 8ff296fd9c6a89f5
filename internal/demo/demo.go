// Package demo holds the specifications that `agentscaler demo` runs on: the
// APIs and tool servers of a small imaginary town, written for this project in
// the forms real ones come in (OpenAPI 3, Swagger 2, MCP tools/list results,
// OpenAI function lists). They are the fixture of the whole project as well.
package demo

import (
	"embed"
	"io/fs"
)

//go:embed specs
var files embed.FS

// FS returns the specifications, one file per service, at the root of a file
// system.
func FS() fs.FS {
	specs, err := fs.Sub(files, "specs")
	if err != nil {
		panic(err) // unreachable: the folder is embedded above
	}
	return specs
}
