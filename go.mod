module github.com/agentscaler/scaler

go 1.26

require github.com/jinzhu/inflection v1.0.0 // indirect
