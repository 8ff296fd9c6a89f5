#!/usr/bin/env bash
# Checks everything that can be checked without a network service:
# tidy, gofmt, vet, staticcheck, race tests, generated files clean.
set -euo pipefail
cd "$(dirname "$0")"

step() { printf '\n== %s\n' "$*"; }

step tidy
go mod tidy -diff
go mod verify >/dev/null

step gofmt
unformatted=$(gofmt -l .)
[ -z "$unformatted" ] || { printf 'gofmt would change:\n%s\n' "$unformatted"; exit 1; }

step vet
go vet ./...

step staticcheck
go tool -modfile=tools/go.mod staticcheck ./...

step cross-builds
GOOS=darwin GOARCH=arm64 go build -o /dev/null ./cmd/agentscaler
GOOS=windows GOARCH=amd64 go build -o /dev/null ./cmd/agentscaler

step race tests
go test -race -short "$@" ./...

step all tests
go test "$@" ./...

step generated files
go generate ./...
if [ -n "${CI:-}" ]; then git diff --exit-code; fi
