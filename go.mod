module github.com/agentscaler/scaler

go 1.26

require (
	github.com/brianvoe/gofakeit/v7 v7.18.1 // indirect
	github.com/rogpeppe/go-internal v1.16.0 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	golang.org/x/text v0.14.0 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)
require github.com/jinzhu/inflection v1.0.0 // indirect
