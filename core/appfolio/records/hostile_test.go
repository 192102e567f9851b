package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

func TestNextPageIsOnlyOneOfTheSameAPI(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a stranger was asked %s with %v", r.URL, r.Header)
	}))
	defer elsewhere.Close()
	stranger := strings.TrimPrefix(elsewhere.URL, "http://")
	for _, next := range []string{
		elsewhere.URL + "/api/v0/units", "//" + stranger + "/api/v0/units", "https:" + elsewhere.URL, "/api/v1/units", "/api/v0/../../admin",
		"/api/v0/%2e%2e/%2e%2e/admin", "units?page=2", "/", "//", "http:", "javascript:1", `/\` + stranger, "@" + stranger, ":", "%zz", "/api/v0\x7f",
		"/api/v0/" + strings.Repeat("x", longestNext), "mailto:a@b",
	} {
		asked := 0
		c, _, a := served(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			_ = json.NewEncoder(w).Encode(map[string]any{"data": []any{map[string]string{"Id": "u1"}}, "next_page_path": next})
		})
		units, err := all(c.Units(t.Context(), a, Filter{}))
		if refused := new(core.Refused); !errors.As(err, &refused) || !errors.Is(err, errStray) || asked != 1 || len(units) != 1 {
			t.Errorf("%.60q: got %v, %v after %d requests, want the first page and a refusal", next, units, err, asked)
		}
		if _, err = c.Receipts(t.Context(), a, date(2026, 6, 1), date(2026, 6, 2)); !errors.Is(err, errStray) {
			t.Errorf("%.60q: got %v from receipts, want a refusal", next, err)
		}
	}
}

func TestNextPageMayNameItsOwnServer(t *testing.T) {
	for _, base := range []string{"https://sandbox.example", "https://sandbox.example:443"} {
		asked := 0
		c := New(Config{Transport: transport(func(*http.Request) (*http.Response, error) {
			if asked++; asked == 2 {
				return response(200, `{"data":[{"Id":"b"}]}`), nil
			}
			return response(200, `{"data":[{"Id":"a"}],"next_page_path":"https://Sandbox.example/api/v0/units?page=2"}`), nil
		})})
		a := oakLine()
		a.Base = base
		units, err := all(c.Units(t.Context(), a, Filter{}))
		check(t, units, err, Unit{ID: "a"}, Unit{ID: "b"})
	}
}

func TestPagesThatNeverEndAreGivenUp(t *testing.T) {
	asked := 0
	c, _, a := served(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = fmt.Fprintf(w, `{"data":[],"next_page_path":"/api/v0/units?page=%d"}`, asked%3)
	})
	if _, err := all(c.Units(t.Context(), a, Filter{})); !errors.Is(err, errRepeats) || asked > 5 {
		t.Errorf("got %v after %d requests", err, asked)
	}
	synctest.Test(t, func(t *testing.T) {
		asked = 0
		c := New(Config{Transport: transport(func(*http.Request) (*http.Response, error) {
			asked++
			return response(200, fmt.Sprintf(`{"data":[],"next_page_path":"/api/v0/units?page=%d"}`, asked)), nil
		})})
		if _, err := all(c.Units(t.Context(), oakLine(), Filter{})); !errors.Is(err, errManyPages) || asked != mostPages {
			t.Errorf("got %v after %d requests", err, asked)
		}
	})
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("a redirect led to %s with %v", r.URL, r.Header)
	}))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL+r.URL.Path, status) })
		for name, err := range everything(t, c, a) {
			if refused := new(core.Refused); !errors.As(err, &refused) || refused.Status != status || !refused.Temporary() {
				t.Errorf("%s: got %v, want status %d", name, err, status)
			}
		}
	}
}

func TestCredentialsGoToAppFolioOrToTheNamedBaseOnly(t *testing.T) {
	asked := ""
	c := New(Config{Transport: transport(func(r *http.Request) (*http.Response, error) {
		asked = r.URL.Scheme + "://" + r.URL.Host
		return response(200, `{"data":[]}`), nil
	})})
	receipts := func(company, base string) error {
		a := oakLine()
		a.Space.Company, a.Space.ReportsURL, asked = company, base, ""
		_, err := c.Receipts(t.Context(), a, date(2026, 6, 1), date(2026, 6, 2))
		return err
	}
	for _, company := range []string{"evil.example/", "evil.example#", "evil.example?", "evil.example:443/", "a@evil.example/", "a b", "a\n", "%2e", `evil.example\`} {
		if err := receipts(company, ""); !errors.Is(err, core.ErrBadCompany) || asked != "" {
			t.Errorf("company %q: got %v, asked %q", company, err, asked)
		}
	}
	for _, base := range []string{"ftp://x", "oakline", "http://", "http://user:password@x", "://"} {
		if err := receipts("oakline", base); !errors.Is(err, core.ErrBadReportsURL) || asked != "" {
			t.Errorf("base %q: got %v, asked %q", base, err, asked)
		}
		a := oakLine()
		a.Base = base
		if _, err := all(c.Units(t.Context(), a, Filter{})); !errors.Is(err, core.ErrBadAppFolioURL) || asked != "" {
			t.Errorf("base %q: got %v, asked %q", base, err, asked)
		}
	}
	if err := receipts("evil.example/", "http://127.0.0.1:9"); err != nil || asked != "http://127.0.0.1:9" {
		t.Errorf("got %v, asked %q", err, asked)
	}
}

func TestAnswersThatAreNoPages(t *testing.T) {
	ssn := `"SocialSecurityNumber":"078-05-1120","BirthDate":"1984-02-29","LastName":"Whitfield"`
	for name, body := range map[string]string{
		"nothing": "", "a web page": "<html>Welcome to the hotel", "a number": "7", "null": "null", "no list": `{"next_page_path":null}`,
		"a list of another kind": `{"data":{"Id":"t1"}}`, "a text": `"data"`, "cut off": `{"data":[{"Id":"t1",` + ssn + `},{"Id"`,
		"no JSON in a row": `{"data":[{"Id":"t1",` + ssn + `,x}]}`, "no JSON after the rows": `{"data":[{"Id":"t1",` + ssn + `}]`,
		"no JSON in between": `{"data":[] 078-05-1120}`, "cut off in a value": `{"data":[],"more":"078-05-1120`,
	} {
		c, log, a := answering(t, 200, body)
		for call, err := range everything(t, c, a) {
			refused := new(core.Refused)
			if !errors.As(err, &refused) || refused.Status != 200 || !errors.Is(err, errNoPage) || !refused.Temporary() {
				t.Errorf("%s: %s: got %v, want a refusal", name, call, err)
			}
			if text := fmt.Sprintf("%v %+v %#v", err, refused, log); strings.Contains(text, "078") || strings.Contains(text, "1984") || strings.Contains(text, "Whitfield") {
				t.Errorf("%s: %s: %s", name, call, text)
			}
		}
	}
}

func TestAnswersAreReadUpToASize(t *testing.T) {
	c, _, a := served(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"data":[{"Id":"`)
		for range largestPage>>16 + 2 {
			if _, err := io.WriteString(w, strings.Repeat("x", 1<<16)); err != nil {
				return
			}
		}
	})
	if _, err := all(c.Units(t.Context(), a, Filter{})); !errors.Is(err, errTooLarge) {
		t.Errorf("got %v, want a page that is too large", err)
	}
	c, _, a = answering(t, 200, `{"data":[`+strings.Repeat("{},", mostRows)+`{}]}`)
	if _, err := all(c.Units(t.Context(), a, Filter{})); !errors.Is(err, errTooLarge) {
		t.Errorf("got %v, want too many rows", err)
	}
}

// dripping is a body that never ends and never says much.
type dripping struct{ ctx context.Context }

func (d dripping) Read(p []byte) (int, error) {
	if err := sleep(d.ctx, time.Second); err != nil {
		return 0, err
	}
	p[0] = ' '
	return 1, nil
}

func (dripping) Close() error { return nil }

func TestSlowAnswersAreGivenUp(t *testing.T) {
	for name, answer := range map[string]transport{
		"no answer": func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() },
		"a body without end": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{}, Body: dripping{r.Context()}}, nil
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, start := New(Config{Transport: answer}), time.Now()
			_, err := all(c.Units(t.Context(), oakLine(), Filter{}))
			var slow interface{ Timeout() bool }
			if !errors.As(err, &slow) || !slow.Timeout() || time.Since(start) != pageTimeout {
				t.Errorf("%s: got %v after %v", name, err, time.Since(start))
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if _, err = all(c.Units(ctx, oakLine(), Filter{})); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: got %v, want what ended the wait", name, err)
			}
		})
	}
}

func TestTenantsKeepNoSecrets(t *testing.T) {
	c, log, a := answering(t, 200, `{"data":[{"Id":"t1","SocialSecurityNumber":"078-05-1120","ssn":"078051120","BirthDate":"1984-02-29","FirstName":"Dana"}]}`)
	tenants, err := all(c.Tenants(t.Context(), a, Filter{}))
	if err != nil || len(tenants) != 1 {
		t.Fatalf("got %v, %v", tenants, err)
	}
	if text := fmt.Sprintf("%#v %s", tenants, log); strings.Contains(text, "078") || strings.Contains(text, "1984") {
		t.Errorf("kept %s", text)
	}
}

func TestProxyThatIsNoneIsNotRepeated(t *testing.T) {
	for _, proxy := range []string{"http://user:hunter2000\x7f@proxy:1", "hunter2000", "http://"} {
		c := New(Config{})
		a := oakLine()
		a.Proxy = proxy
		for name, err := range everything(t, c, a) {
			if !errors.Is(err, core.ErrBadProxy) || strings.Contains(err.Error(), "hunter2000") {
				t.Errorf("%q %s: got %v, want ErrBadProxy", proxy, name, err)
			}
		}
	}
}

// tunnelTo serves a proxy that leads every CONNECT to the server with the address.
func tunnelTo(t *testing.T, address string) (proxy string) {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Authorization") != "" {
			t.Errorf("the proxy saw %s %s", r.Method, r.URL)
			return
		}
		there, err := net.Dial("tcp", address)
		if err != nil {
			t.Error(err)
			return
		}
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		var back sync.WaitGroup
		back.Go(func() {
			_, _ = io.Copy(here, there)
			_ = here.Close()
		})
		_, _ = io.Copy(there, here)
		_ = there.Close()
		back.Wait()
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestEverythingGoesThroughTheProxy(t *testing.T) {
	seen := map[string]bool{}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen[r.URL.Path] = true
		_, _ = io.WriteString(w, `{"data":[]}`)
	}))
	defer server.Close()
	c := New(Config{})
	defer c.Close()
	a := oakLine()
	a.Base, a.Space.ReportsURL, a.Proxy = "https://example.com", "https://example.com/reports", tunnelTo(t, server.Listener.Addr().String())
	if _, err := c.way(a.Proxy); err != nil {
		t.Fatal(err)
	}
	c.direct.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
	for name, err := range everything(t, c, a) {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(seen) != 7 {
		t.Errorf("by the proxy came %v", seen)
	}
	a.Proxy = "http://127.0.0.1:1" // another one, where nobody is
	if _, err := all(c.Units(t.Context(), a, Filter{})); err == nil {
		t.Error("the old proxy still serves")
	}
}
