package spec

import (
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// hiddenNames are parameters that a client fills in by itself, whoever the user
// is and whatever the task: credentials, versions of the API, tracing, content
// negotiation. Names are compared by their words, so X-Api-Key is x api key.
var hiddenNames = map[string]bool{
	"authorization": true, "proxy authorization": true, "api key": true, "x api key": true, "apikey": true,
	"x apikey": true, "app key": true, "appkey": true, "app id header": true, "access token": true, "x access token": true,
	"auth token": true, "x auth token": true, "x authorization": true, "bearer token": true, "oauth token": true,
	"id token": true, "session token": true, "x session token": true, "client secret": true, "x amz security token": true,
	"subscription key": true, "ocp apim subscription key": true, "x rapidapi key": true, "x rapidapi host": true,
	"x csrf token": true, "x xsrf token": true, "csrf token": true, "oauth consumer key": true, "oauth nonce": true,
	"oauth signature": true, "oauth timestamp": true, "oauth version": true, "jwt": true,
	"api version": true, "apiversion": true, "x api version": true, "x ms version": true, "zumo api version": true,
	"x request id": true, "request id header": true, "x correlation id": true, "correlation id header": true,
	"traceparent": true, "tracestate": true, "x trace id": true, "x b3 traceid": true, "x ms client request id": true,
	"x ms return client request id": true, "return client request id": true, "client request id": true,
	"ocp date": true, "x ms date": true, "x ms request id": true,
}

// hiddenHeaders are set aside only where they are headers.
var hiddenHeaders = map[string]bool{
	"accept": true, "accept language": true, "accept encoding": true, "accept charset": true, "content type": true,
	"content length": true, "content encoding": true, "content md5": true, "user agent": true, "host": true,
	"cookie": true, "referer": true, "origin": true, "token": true, "auth": true, "key": true, "secret": true, "signature": true,
	"if match": true, "if none match": true, "if modified since": true, "if unmodified since": true,
	"x http method override": true, "prefer": true, "connection": true, "cache control": true, "date": true, "username": true, "password": true,
	"request id": true, "correlation id": true, "idempotency key": true, "x idempotency key": true, "x opaque id": true,
	"client id": true, "x client id": true, "x user agent": true, "x forwarded for": true, "x api token": true,
}

// isHidden says whether a parameter is set aside instead of being offered to an
// agent. where is path, query, header, cookie or body.
func isHidden(name, where, description string) bool {
	if where == "cookie" {
		return true
	}
	key := strings.Join(words.Split(name), " ")
	if where == "path" {
		return key == "api version" || key == "api key" || key == "access token"
	}
	if hiddenNames[key] || where == "header" && isHiddenHeader(key) {
		return true
	}
	if key == "token" || key == "key" || key == "auth" || key == "api token" || strings.HasSuffix(key, " api key") {
		return saysCredential(description)
	}
	return false
}

func isHiddenHeader(key string) bool {
	if hiddenHeaders[key] || strings.HasPrefix(key, "sec ") {
		return true
	}
	for _, end := range []string{" request id", " correlation id", " trace id", " signature", " access token", " auth token"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// saysCredential says whether a description tells of authentication: a key may
// also be the key of a map, and a token that of a page.
func saysCredential(description string) bool {
	low := strings.ToLower(firstSentence(description))
	for _, cue := range []string{"authenti", "authoriz", "authoris", "credential", "api key", "api token", "access token",
		"your key", "your token", "bearer", "oauth", "secret"} {
		if strings.Contains(low, cue) {
			return true
		}
	}
	return false
}
