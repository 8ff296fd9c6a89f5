module github.com/agentscaler/scaler

go 1.26
