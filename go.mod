module github.com/agentscaler/scaler

go 1.26.0

require (
	github.com/brianvoe/gofakeit/v7 v7.18.1
	github.com/jinzhu/inflection v1.0.0
	github.com/rogpeppe/go-internal v1.16.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	go.starlark.net v0.0.0-20260908191801-89a6a09411d5
	golang.org/x/sys v0.49.0
	golang.org/x/text v0.14.0
	pgregory.net/rapid v1.3.0
)
