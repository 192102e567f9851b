package remote_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/remote"
	"rentbell/store"
)

// FuzzControl asks the local socket anything at all. Only its owner can, but a
// question must not stop whoever receives.
func FuzzControl(f *testing.F) {
	f.Add(http.MethodGet, "/v1/about", []byte{})
	f.Add(http.MethodGet, "/v1/events", []byte{})
	f.Add(http.MethodGet, "/v1/payments?from=1780272000&to=1782864000&whole=true", []byte{})
	f.Add(http.MethodGet, "/v1/payments?from=-9223372036854775808&to=9223372036854775807&whole=false", []byte{})
	f.Add(http.MethodGet, "/v1/payments?from=1&to=0&whole=0", []byte{})
	f.Add(http.MethodPost, "/v1/show", []byte("x"))
	f.Add(http.MethodGet, "/v1/names?kind=lease", []byte{})
	f.Add(http.MethodPost, "/v1/names?dry=false", []byte(`[{"kind":"lease","id":"7","name":"Ana"},{"kind":"unit","id":"","name":""}]`))
	f.Add(http.MethodPost, "/v1/names?dry=true", []byte(`[{"kind":"boat"}]`))
	f.Add(http.MethodDelete, "/v1/../v1/events", []byte{})
	db, err := store.Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() }) // nothing is kept
	routes := remote.Server{
		Reader: db, Show: func() error { return nil }, Names: noNames{},
		Doctor: func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, "{}"); return err },
	}.Routes()
	f.Fuzz(func(t *testing.T, method, target string, body []byte) {
		if !strings.HasPrefix(target, "/") {
			return
		}
		req, err := http.NewRequestWithContext(t.Context(), method, "http://rentbell"+target, bytes.NewReader(body))
		if err != nil {
			return
		}
		defer func() {
			if why := recover(); why != nil && why != http.ErrAbortHandler { // breaks an answer off that failed midway
				panic(why)
			}
		}()
		w := httptest.NewRecorder()
		routes.ServeHTTP(w, req)
		if w.Code >= 500 {
			t.Fatalf("%s %s: %d %s", method, target, w.Code, w.Body)
		}
	})
}

// noNames are names that nobody gave.
type noNames struct{}

func (noNames) WriteNames(w io.Writer, _ core.NameKind) error {
	_, err := io.WriteString(w, "kind,id,name\n")
	return err
}

func (noNames) TakeNames(given map[core.NameKey]string, _ bool) (core.Taken, error) {
	return core.Taken{Added: len(given)}, nil
}

// FuzzParseDollars holds amounts as people type them against how they are shown.
func FuzzParseDollars(f *testing.F) {
	for _, text := range []string{"50", "$1,450.00", ".5", "", "-5", "1,00", "0.005", "9999999999999999.99", "$ 3", "１"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cents, err := core.ParseDollars(text)
		if err != nil {
			if cents != 0 || !errors.Is(err, core.ErrBadAmount) {
				t.Fatalf("%q: %d, %v", text, cents, err)
			}
			return
		}
		if again, err := core.ParseDollars(cents.Decimal()); err != nil || again != cents || cents < 0 {
			t.Fatalf("%q is %d, which is written %s and read as %d, %v", text, cents, cents.Decimal(), again, err)
		}
	})
}
