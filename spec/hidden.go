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
	"oauth signature": true, "oauth token secret": true, "oauth access token": true, "access token secret": true,
	"authentication token": true, "authorization token": true, "consumer key": true, "consumer secret": true,
	"api secret": true, "api secret key": true, "app secret": true, "x amzn client token": true, "amzn client token": true,
	"client token": true, "client request token": true, "rapidapi key": true, "x rapid api key": true, "x rapid api host": true, "rapid api key": true, "x rapidapi proxy secret": true,
	"oauth timestamp": true, "oauth version": true, "jwt": true,
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
	if strings.HasSuffix(key, " version") && where == "header" {
		return true
	}
	if key == "version" && where != "body" {
		return strings.Contains(strings.ToLower(description), "api version") || strings.Contains(strings.ToLower(description), "version of the api")
	}
	if key == "callback" || key == "jsonp" {
		return strings.Contains(strings.ToLower(description), "jsonp")
	}
	if maybeCredential[key] || strings.HasSuffix(key, " api key") || strings.HasSuffix(key, " token secret") {
		return saysCredential(description)
	}
	return false
}

// maybeCredential are names that a credential shares with other things.
var maybeCredential = map[string]bool{
	"token": true, "key": true, "auth": true, "api token": true, "app token": true, "user token": true, "secret": true,
	"secret key": true, "app id": true, "client id": true, "instance token": true, "refresh token": true,
}

// continuations are parameters that go on with a list where an earlier answer
// stopped. They are opaque: a client turns the page by itself. How many entries
// to show, or which page, a user may well ask for; those are offered.
var continuations = map[string]bool{
	"page token": true, "next token": true, "next page token": true, "cursor": true, "next cursor": true, "page cursor": true,
	"skip token": true, "skiptoken": true, "continuation token": true, "continuation": true, "next marker": true,
	"pagination token": true, "scroll id": true, "max cursor": true, "end cursor": true, "start cursor": true,
	"starting token": true, "exclusive start key": true, "next link": true,
}

// isContinuation says whether an optional parameter only turns the page.
func isContinuation(name string, required bool) bool {
	return !required && continuations[strings.Join(words.Split(name), " ")]
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
