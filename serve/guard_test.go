package serve

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// A request says by which name it calls the server. A page that had its own name
// pointed at loopback says so too.
func TestHost(t *testing.T) {
	for _, c := range []struct {
		host  string
		hosts []string
		want  int
	}{
		{host: "", want: 200}, // that of the URL
		{host: "localhost:8080", want: 200},
		{host: "127.0.0.5", want: 200},
		{host: "[::1]:9", want: 200},
		{host: "rebound.example", want: 403},
		{host: "localhost.rebound.example", want: 403},
		{host: "10.1.2.3", want: 403},
		{host: "twin.example:443", hosts: []string{"other", "Twin.example"}, want: 200},
		{host: "twin.example", hosts: []string{"*"}, want: 200},
	} {
		url := listening(t, start(t, Options{Hosts: c.hosts}, library(t)))
		r, err := http.NewRequest("GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = c.host
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode != c.want {
			t.Errorf("%q with %q allowed: %d, want %d", c.host, c.hosts, got.StatusCode, c.want)
		}
	}
}

// A body that does not arrive ends the request; a connection whose requests did
// arrive stays, however long the next one takes.
func TestSlowBodies(t *testing.T) {
	const patience = 150 * time.Millisecond
	url := listening(t, start(t, Options{Patience: patience}, library(t)))
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	answers := bufio.NewReader(c)
	post := func(body string) *http.Response {
		fmt.Fprintf(c, "POST /_twin/tools/get_book HTTP/1.1\r\nHost: localhost\r\nContent-Length: 19\r\n\r\n%s", body)
		got, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, got.Body); err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := post(`{"book_id":"B-101"}`); got.StatusCode != 200 {
		t.Fatal(got.Status)
	}
	time.Sleep(2 * patience)
	if got := post(`{"book_id":"B-101"}`); got.StatusCode != 200 {
		t.Fatal(got.Status)
	}
	if got := post(`{"book_id":`); got.StatusCode != http.StatusRequestTimeout {
		t.Fatal(got.Status)
	}
}

// What comes after the body, such as a stream, may take longer than the body.
func TestStreamsOutliveBodies(t *testing.T) {
	const patience = 100 * time.Millisecond
	s := start(t, Options{Patience: patience}, library(t))
	l := httptest.NewServer(s.guarded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-r.Context().Done():
			w.WriteHeader(http.StatusTeapot)
		case <-time.After(3 * patience):
		}
	})))
	defer l.Close()
	got, err := http.Post(l.URL, "text/plain", strings.NewReader("short"))
	if err != nil {
		t.Fatal(err)
	}
	got.Body.Close()
	if got.StatusCode != 200 {
		t.Error("its context ended before it did")
	}
}
