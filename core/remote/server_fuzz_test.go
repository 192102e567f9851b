package remote_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
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
	f.Add(http.MethodGet, "/v1/payments?from=1&to=2&whole=1&renames=7", []byte{})
	f.Add(http.MethodGet, "/v1/exports", []byte{})
	f.Add(http.MethodPost, "/v1/exports?format=xero", []byte("{}"))
	f.Add(http.MethodPost, "/v1/show", []byte("x"))
	f.Add(http.MethodGet, "/v1/names?kind=lease", []byte{})
	const layout = `{"kind":"lease","titles":"` + titlesOfNames + `","columns":{"id":0,"name":1}}`
	f.Add(http.MethodPost, "/v1/import?file=a.csv&dry=false&layout="+url.QueryEscape(layout), []byte("id,name\n7,Ana\n,\n"))
	f.Add(http.MethodPost, "/v1/import?dry=true&layout={}", []byte("id,name\n"))
	f.Add(http.MethodPost, "/v1/layouts?layout="+url.QueryEscape(layout), []byte{})
	f.Add(http.MethodGet, "/v1/layouts", []byte{})
	f.Add(http.MethodDelete, "/v1/../v1/events", []byte{})
	db, err := store.Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() }) // nothing is kept
	routes := remote.Server{
		Reader: db, Show: func() error { return nil }, Names: noNames{}, Tables: noTables{}, Exports: historyOf(db),
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

// noTables counts what is imported and keeps nothing.
type noTables struct{}

func (noTables) Import(_ context.Context, _ string, found imports.Found, _ bool) (core.Taken, error) {
	return core.Taken{Added: found.Count()}, nil
}

func (noTables) Layouts() ([]core.Layout, error) { return nil, nil }

func (noTables) KeepLayout(core.Layout) error { return nil }

// titlesOfNames is the digest of the titles id and name.
const titlesOfNames = "bb08add5a9980f332d8a1206f8fe42c8212262d92d8110a8749657101a720354"

// FuzzClaim takes any steps with a claim. Afterwards others can export, and what is
// remembered has been done.
func FuzzClaim(f *testing.F) {
	f.Add([]byte(`{"Begin":{"Format":"xero","Rows":1,"File":"June.csv","SHA256":"ab","Files":1}}{"Done":true}`))
	f.Add([]byte(`{"Begin":{"Format":"full","File":"-"}} {"Drop":true} {"Drop":true}`))
	f.Add([]byte(`{"Done":true}{}[`))
	db, err := store.Open(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = db.Close() }) // nothing is kept
	history := historyOf(db)
	f.Fuzz(func(t *testing.T, steps []byte) {
		claim, err := history.Claim(t.Context(), core.FormatXero, false)
		if err != nil {
			t.Fatal(err)
		}
		_ = remote.ServeClaim(claim, bytes.NewReader(steps), io.Discard) // what is no step is refused
		claim.Release()
		past, err := history.Past()
		if err != nil || slices.ContainsFunc(past, func(e core.PastExport) bool { return e.Begun }) {
			t.Fatalf("remembered %+v, %v", past, err)
		}
		if err := db.SaveExports(nil); err != nil {
			t.Fatal(err)
		}
	})
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
