module github.com/agentscaler/scaler

go 1.26.0

require (
	github.com/brianvoe/gofakeit/v7 v7.18.1
	github.com/jinzhu/inflection v1.0.0
	pgregory.net/rapid v1.3.0
)
