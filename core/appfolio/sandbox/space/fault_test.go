package space_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox"
)

func TestEveryPartOfASpaceMeetsItsBadDay(t *testing.T) {
	s, base := play(t, quiet())
	keys := func() *http.Request {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/.well-known/jwks.json", nil)
		if err != nil {
			t.Fatal(err)
		}
		return req
	}
	records := func() *http.Request { return databaseRequest(t, base+"/api/v0/units?filters[Id]=x") }
	reports := func() *http.Request {
		return reportRequest(t, base+incomeRegister, `{"receipt_date_from":"2026-01-01","receipt_date_to":"2026-01-01"}`)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // or it would repeat a read that was cut
	parts := []struct {
		name string
		fail func(int, sandbox.Fault)
		read func() *http.Request
		n    func() int
	}{
		{"keys", s.Keys.Fail, keys, s.Keys.Calls},
		{"database", s.Database.Fail, records, s.Database.Calls},
		{"reports", s.Reports.Fail, reports, s.Reports.Calls},
	}
	for _, p := range parts {
		p.fail(1, sandbox.Fault{Status: 503, RetryAfter: "7"})
		p.fail(1, sandbox.Fault{Status: 200, Body: "<html>"})
		p.fail(1, sandbox.Fault{Reset: true})
		p.fail(1, sandbox.Fault{Slow: time.Millisecond})
		p.fail(1, sandbox.Fault{Slow: time.Millisecond, Status: 533})
		want := []struct {
			status int
			text   string
		}{{503, `"code":"503"`}, {200, "<html>"}, {0, ""}, {200, `{`}, {533, `"code":"533"`}, {200, `{`}}
		for i, w := range want {
			resp, err := client.Do(p.read())
			if err != nil {
				if w.status != 0 {
					t.Errorf("%s %d: %v", p.name, i, err)
				}
				continue
			}
			body, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode != w.status || !strings.Contains(string(body), w.text) || resp.Header.Get("X-Request-Id") == "" {
				t.Errorf("%s %d: got %d %.60s, want %d %s", p.name, i, resp.StatusCode, body, w.status, w.text)
			}
		}
		if p.n() != len(want) {
			t.Errorf("%s: counted %d reads, want %d", p.name, p.n(), len(want))
		}
	}
}
