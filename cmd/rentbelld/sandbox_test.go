package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestSandboxPlaysTheDeveloperSpace(t *testing.T) {
	t.Parallel()
	rung := make(chan string, 100)
	listener := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		select {
		case rung <- r.Method + " " + r.URL.Path + " " + r.Header.Get("X-JWS-Signature") + " " + string(body):
		default: // the test has seen enough
		}
	}))
	defer listener.Close()
	p := start(t, nil, "sandbox", "--kind", "developer-space", "--listen", "127.0.0.1:0", "--deliver-to", listener.URL+core.WebhookPath)
	base := p.waitFor(t, p.out, `Space listens on (http://\S+)`)
	p.waitFor(t, p.out, `Ctrl-C`)
	told := func(name string) string {
		t.Helper()
		m := regexp.MustCompile(name + `=(\S+)`).FindStringSubmatch(p.out.String())
		if m == nil {
			t.Fatalf("%s is not told", name)
		}
		return m[1]
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v0/tenants?filters[Status]=Current", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(told("APPFOLIO_CLIENT_ID"), told("APPFOLIO_CLIENT_SECRET"))
	req.Header.Set("X-AppFolio-Developer-ID", told("APPFOLIO_DEVELOPER_ID"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var tenants struct{ Data []any }
	if err := json.NewDecoder(resp.Body).Decode(&tenants); err != nil || len(tenants.Data) < 30 {
		t.Errorf("got %d tenants, %v", len(tenants.Data), err)
	}
	select {
	case got := <-rung:
		if !strings.HasPrefix(got, "POST "+core.WebhookPath+" ey") || !strings.Contains(got, `"client_id":"`+told("APPFOLIO_CLIENT_ID")+`"`) {
			t.Errorf("it rang with %s", got)
		}
	case <-time.After(patience):
		t.Error("it did not ring")
	}
	p.stop(t)
}

func TestSandboxWritesReports(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "reports")
	p := start(t, nil, "sandbox", "--kind", "reports", "--dir", dir)
	p.waitFor(t, p.out, `(?s)--reports-dir .*Ctrl-C`)
	for _, kind := range core.ReportKinds() {
		if found, err := filepath.Glob(filepath.Join(dir, string(kind)+"-*.csv")); err != nil || len(found) != 1 {
			t.Errorf("%s: %v, %v", kind, found, err)
		}
	}
	name := p.waitFor(t, p.out, `\d  (\S+-\d{8}.*\.csv)`)
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
		t.Error(err)
	}
	p.stop(t)
}

func TestSandboxRefusesWrongFlags(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--kind", "something"},
		{"--deliver-to", "http://127.0.0.1:1/"},
		{"--kind", "developer-space", "--deliver-to", "://"},
		{"--kind", "reports"},
		{"--kind", "reports", "--dir", "x", "--deliver-to", "http://127.0.0.1:1/"},
		{"--dir", "x"},
		{"--kind", "developer-space", "--slow", "1s"},
	} {
		if code, _, errs := command(t, append([]string{"sandbox"}, args...)...); code != exitUsage || !strings.Contains(errs, "Usage:") {
			t.Errorf("%v: exit code %d\n%s", args, code, errs)
		}
	}
}
