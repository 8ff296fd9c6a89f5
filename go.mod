module github.com/agentscaler/scaler

go 1.26.0

require (
	github.com/jinzhu/inflection v1.0.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	pgregory.net/rapid v1.3.0 // indirect
)
