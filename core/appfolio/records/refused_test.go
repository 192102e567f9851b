package records

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestRefusalsAreTold(t *testing.T) {
	tests := []struct {
		status    int
		body      string
		is        error
		code      string
		message   string
		temporary bool
	}{
		{701, `{"code":"bad_credential","message":"Unknown client."}`, core.ErrCredentials, "bad_credential", "Unknown client.", false},
		{401, ``, core.ErrCredentials, "", "", false},
		{403, `<html>no`, core.ErrCredentials, "", "", false},
		{400, `{"code":701,"message":"Unknown client."}`, core.ErrCredentials, "701", "Unknown client.", false},
		{400, `{"code":"missing_filter","message":"A filter\nis required."}`, nil, "missing_filter", "A filter is required.", false},
		{404, `{"code":"gone"}`, nil, "gone", "", false},
		{422, `no`, nil, "", "no", false},
		{408, ``, nil, "", "", true},
		{429, `{"message":"Slow down."}`, nil, "", "Slow down.", true},
		{500, `{"code":"oops"}`, nil, "oops", "", true},
		{503, `Down for maintenance`, core.ErrUnavailable, "", "Down for maintenance", true},
		{533, `{"code":533,"message":"Data is unavailable."}`, core.ErrUnavailable, "533", "Data is unavailable.", true},
		{400, `{"code":"533"}`, core.ErrUnavailable, "533", "", true},
		{500, `{"code":"` + strings.Repeat("x", 100) + `"}`, nil, strings.Repeat("x", 39) + "…", strings.Repeat("x", 100), true},
	}
	for _, tt := range tests {
		c := New(Config{Transport: transport(func(*http.Request) (*http.Response, error) {
			return response(tt.status, tt.body, "X-Request-Id", "req-42\x1b[1m"), nil
		})})
		_, err := all(c.Units(t.Context(), oakLine(), Filter{}))
		refused := new(core.Refused)
		if !errors.As(err, &refused) || refused.Status != tt.status || refused.Code != tt.code || refused.Message != tt.message ||
			refused.Temporary() != tt.temporary || refused.RequestID != "req-42[1m" {
			t.Errorf("%d %s: got %+v", tt.status, tt.body, refused)
		}
		for _, is := range []error{core.ErrCredentials, core.ErrUnavailable} {
			if errors.Is(err, is) != (is == tt.is) {
				t.Errorf("%d %s: got %v, want %v", tt.status, tt.body, err, tt.is)
			}
		}
		if !strings.HasPrefix(err.Error(), fmt.Sprintf("read units: AppFolio answered %d", tt.status)) || !strings.Contains(err.Error(), tt.message) {
			t.Errorf("%d %s: got %q", tt.status, tt.body, err)
		}
	}
}

func TestNoSecretIsToldWhateverAppFolioRepeats(t *testing.T) {
	for _, status := range []int{200, 302, 400, 401, 500, 533, 701} {
		c, log, a := served(t, func(w http.ResponseWriter, r *http.Request) {
			_, password, _ := r.BasicAuth()
			said := r.Header.Get("Authorization") + " " + password
			w.Header().Set("X-Request-Id", said)
			w.Header().Set("Location", "http://"+password+".example/")
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"code":%q,"message":%q,"next_page_path":%q,"data":[%q}`, said, said, said, said)
		})
		for name, err := range everything(t, c, a) {
			if err == nil {
				t.Errorf("%s: no error for status %d", name, status)
			}
			checkSecret(t, fmt.Sprint(name, " ", status), fmt.Sprintf("%v", err), fmt.Sprintf("%+v", errors.Unwrap(err)))
		}
		checkSecret(t, "the log", log)
	}
}

func TestNoSecretIsToldOfABrokenAnswer(t *testing.T) {
	c, log, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, password, _ := r.BasicAuth()
		_, _ = fmt.Fprintf(conn, "%s %s\r\n\r\n", r.Header.Get("Authorization"), password)
		_ = conn.Close()
	})
	for name, err := range everything(t, c, a) {
		if refused := new(core.Refused); !errors.As(err, &refused) || refused.Status != 0 || !refused.Temporary() {
			t.Errorf("%s: got %v, want no answer", name, err)
		}
		checkSecret(t, name, err)
	}
	checkSecret(t, "the log", log)
}

func TestRetryAfterIsBounded(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"7": 7 * time.Second, "999999": time.Hour, "": unsaidPause, "soon": unsaidPause,
		"Thu, 18 Jun 2026 12:02:00 GMT": 2 * time.Minute, "Fri, 19 Jun 2026 12:00:00 GMT": time.Hour,
	} {
		header := http.Header{"Retry-After": {value}, "Date": {"Thu, 18 Jun 2026 12:00:00 GMT"}}
		if got := refusal(&http.Response{StatusCode: 429, Header: header}, nil, core.Secrets{}).RetryAfter; got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}
