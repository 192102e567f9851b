package update

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"aead.dev/minisign"

	"rentbell/core"
)

var program = bytes.Repeat([]byte("MZ, a setup program. "), 5000)

// makers publish releases on this computer.
type makers struct {
	*httptest.Server
	keys  [2]minisign.PublicKey
	files map[string][]byte // by path
}

type fields map[string]any

func newMakers(t *testing.T) (*makers, [2]minisign.PrivateKey) {
	t.Helper()
	m := &makers{files: map[string][]byte{"/setup.exe": program}}
	var private [2]minisign.PrivateKey
	for i := range m.keys {
		var err error
		if m.keys[i], private[i], err = minisign.GenerateKey(rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	m.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, ok := m.files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(file) // the client may hang up
	}))
	t.Cleanup(m.Close)
	return m, private
}

// publish signs a manifest in which some fields differ from a good one.
func (m *makers) publish(t *testing.T, key minisign.PrivateKey, change fields) {
	t.Helper()
	sum := sha256.Sum256(program)
	all := fields{
		"version": "1.5.0", "expires": time.Now().Add(24 * time.Hour), "page": "https://rentbell.example/1.5.0",
		"new":           core.News{"en": {"The bell rings for\r\n owners too."}, "es": {"Suena también para dueños."}},
		"windows_setup": core.ReleasedFile{URL: m.URL + "/setup.exe", Size: int64(len(program)), SHA256: hex.EncodeToString(sum[:])},
	}
	for name, value := range change {
		all[name] = value
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	m.files["/rentbell.json"] = text
	m.files["/rentbell.json.minisig"] = minisign.Sign(key, text)
}

// source is that of a program of a version.
func (m *makers) source(t *testing.T, version string) *Source {
	t.Helper()
	s, err := NewSource(m.URL+"/rentbell.json", m.keys[0].String()+", "+m.keys[1].String(), version, "")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNewerVersionIsFound(t *testing.T) {
	m, keys := newMakers(t)
	for i, key := range keys { // the second counts as much as the first
		m.publish(t, key, nil)
		r, found, err := m.source(t, "v1.4.9").Latest(t.Context())
		if err != nil || !found || r.Version != "1.5.0" || r.Page != "https://rentbell.example/1.5.0" {
			t.Errorf("key %d: got %+v, %t, %v", i, r, found, err)
		}
		if got := r.News["en"]; !slices.Equal(got, []string{"The bell rings for owners too."}) {
			t.Errorf("new is %q, want one line", got)
		}
	}
}

// TestReleasesPublishWhatIsRead reads what .packaging/manifest prints and minisign's
// own program signs.
func TestReleasesPublishWhatIsRead(t *testing.T) {
	for _, tool := range []string{"sh", "jq", "git", "sha256sum", "minisign"} {
		if _, err := exec.LookPath(tool); err != nil && os.Getenv("CI") == "" {
			t.Skipf("%v: make deps installs it", err)
		}
	}
	dir := t.TempDir()
	setup, list, key := filepath.Join(dir, "setup.exe"), filepath.Join(dir, "rentbell.json"), filepath.Join(dir, "key")
	if err := os.WriteFile(setup, program, 0o600); err != nil {
		t.Fatal(err)
	}
	m, _ := newMakers(t)
	print := exec.CommandContext(t.Context(), "sh", "../../.packaging/manifest", setup, "https://rentbell.example/page",
		m.URL+"/setup.exe", time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
	print.Stderr = os.Stderr
	text, err := print.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-G", "-W", "-s", key, "-p", key + ".pub"}, {"-S", "-s", key, "-m", list}} {
		if out, err := exec.CommandContext(t.Context(), "minisign", args...).CombinedOutput(); err != nil {
			t.Fatalf("minisign %q: %v\n%s", args, err, out)
		}
	}
	if m.keys[1], err = minisign.PublicKeyFromFile(key + ".pub"); err != nil {
		t.Fatal(err)
	}
	m.files["/rentbell.json"] = text
	if m.files["/rentbell.json.minisig"], err = os.ReadFile(list + ".minisig"); err != nil {
		t.Fatal(err)
	}
	s := m.source(t, "0.0.1")
	r, found, err := s.Latest(t.Context())
	if err != nil || !found {
		t.Fatalf("got %+v, %t, %v", r, found, err)
	}
	for _, language := range []string{"en", "es", "zh"} {
		if len(r.News[language]) == 0 {
			t.Errorf("nothing is new in %q", language)
		}
	}
	if _, err := s.Download(t.Context(), r, filepath.Join(t.TempDir(), "updates")); err != nil {
		t.Error(err)
	}
}

func TestOnlyHigherVersionsCount(t *testing.T) {
	m, keys := newMakers(t)
	for _, tt := range []struct {
		release, program string
		want             bool
	}{
		{"1.5.0", "v1.5.0", false},
		{"1.5.0", "1.5.1", false},
		{"1.5.0", "1.10.0", false},
		{"1.5.0", "1.5.0-dev.0f5249e", true},
		{"1.5.0-rc.1", "1.5.0", false},
		{"1.5.0", "unknown", true},
	} {
		m.publish(t, keys[0], fields{"version": tt.release})
		if _, found, err := m.source(t, tt.program).Latest(t.Context()); err != nil || found != tt.want {
			t.Errorf("release %s for program %s: found %t, %v; want %t", tt.release, tt.program, found, err, tt.want)
		}
	}
}

func TestManifestThatCannotBeBelieved(t *testing.T) {
	_, stranger, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change  fields
		spoil   func(m *makers)
		want    error
		message string
	}{
		"signed by a stranger": {
			spoil: func(m *makers) {
				m.files["/rentbell.json.minisig"] = minisign.Sign(stranger, m.files["/rentbell.json"])
			},
			want: core.ErrForgedUpdate,
		},
		"changed after it was signed": {
			spoil: func(m *makers) {
				m.files["/rentbell.json"] = bytes.ReplaceAll(m.files["/rentbell.json"], []byte("1.5.0"), []byte("9.9.9"))
			},
			want: core.ErrForgedUpdate,
		},
		"signature of another file": {
			spoil: func(m *makers) { m.files["/rentbell.json.minisig"] = []byte("untrusted comment: none\nAAAA") },
			want:  core.ErrForgedUpdate,
		},
		"no signature": {
			spoil:   func(m *makers) { delete(m.files, "/rentbell.json.minisig") },
			message: "404",
		},
		"interrupted": {
			spoil: func(m *makers) { m.files["/rentbell.json"] = m.files["/rentbell.json"][:40] },
			want:  core.ErrForgedUpdate,
		},
		"larger than it may be": {
			spoil: func(m *makers) { m.files["/rentbell.json"] = bytes.Repeat([]byte(" "), manifestMost+1) },
			want:  core.ErrBadUpdate,
		},
		"signature larger than it may be": {
			spoil: func(m *makers) { m.files["/rentbell.json.minisig"] = bytes.Repeat([]byte("A"), signatureMost+1) },
			want:  core.ErrBadUpdate,
		},
		"expired":               {change: fields{"expires": time.Now().Add(-time.Second)}, want: core.ErrExpiredUpdate},
		"without an expiry":     {change: fields{"expires": nil}, want: core.ErrExpiredUpdate},
		"no version":            {change: fields{"version": "newest"}, message: "no version"},
		"a page that is a file": {change: fields{"page": "file:///C:/Windows"}, message: "https"},
		"a setup program in the clear": {
			change:  fields{"windows_setup": core.ReleasedFile{URL: "http://rentbell.example/setup.exe", Size: 1, SHA256: strings.Repeat("00", 32)}},
			message: "https",
		},
		"a setup program that fills the disk": {
			change: fields{"windows_setup": core.ReleasedFile{URL: "https://rentbell.example/setup.exe", Size: setupMost + 1, SHA256: strings.Repeat("00", 32)}},
			want:   core.ErrBadUpdate,
		},
		"a setup program without a sum": {
			change:  fields{"windows_setup": core.ReleasedFile{URL: "https://rentbell.example/setup.exe", Size: 1, SHA256: "00"}},
			message: "SHA-256",
		},
	} {
		t.Run(name, func(t *testing.T) {
			m, keys := newMakers(t)
			m.publish(t, keys[0], tt.change)
			if tt.spoil != nil {
				tt.spoil(m)
			}
			r, found, err := m.source(t, "1.0.0").Latest(t.Context())
			if found || r.Version != "" {
				t.Errorf("found %+v", r)
			}
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.message) {
				t.Errorf("error is %v, want %v %s", err, tt.want, tt.message)
			}
		})
	}
}

// silence takes requests and never answers.
type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestServerThatSaysNothingIsGivenUp(t *testing.T) {
	m, keys := newMakers(t)
	m.publish(t, keys[0], nil)
	s := m.source(t, "1.0.0")
	s.client.Transport = silence{}
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		_, found, err := s.Latest(t.Context())
		if found || !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != manifestTime {
			t.Errorf("found %t, %v, after %v", found, err, time.Since(began))
		}
	})
}

func TestRedirectionsStaySecret(t *testing.T) {
	m, keys := newMakers(t)
	m.publish(t, keys[0], nil)
	away := httptest.NewServer(http.RedirectHandler("http://rentbell.example/rentbell.json", http.StatusFound))
	t.Cleanup(away.Close)
	s := m.source(t, "1.0.0")
	s.url = away.URL
	if _, _, err := s.Latest(t.Context()); err == nil || !strings.Contains(err.Error(), "https") {
		t.Errorf("a redirection to plain HTTP ends with %v", err)
	}
}

func TestBuildsWithoutASourceSaySo(t *testing.T) {
	for _, tt := range [][2]string{{"", ""}, {"https://rentbell.example/rentbell.json", ""}} {
		if _, err := NewSource(tt[0], tt[1], "1.0.0", ""); !errors.Is(err, ErrNoSource) {
			t.Errorf("NewSource%q: %v", tt, err)
		}
	}
	m, _ := newMakers(t)
	if _, err := NewSource("http://rentbell.example/rentbell.json", m.keys[0].String(), "1.0.0", ""); err == nil {
		t.Error("a source in the clear is taken")
	}
}

func TestSetupIsDownloadedWhole(t *testing.T) {
	m, keys := newMakers(t)
	m.publish(t, keys[0], nil)
	s := m.source(t, "1.0.0")
	r, _, err := s.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "updates")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Rentbell-1.4.0-setup.exe"), program, 0o600); err != nil {
		t.Fatal(err)
	}
	path, err := s.Download(t.Context(), r, dir)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, program) || filepath.Base(path) != "Rentbell-1.5.0-setup.exe" {
		t.Errorf("%s has %d bytes, %v", path, len(got), err)
	}
	if names := names(t, dir); len(names) != 1 {
		t.Errorf("the directory holds %q", names)
	}
}

func TestSetupThatIsAnotherIsNotKept(t *testing.T) {
	other := bytes.Clone(program)
	other[100]++
	for name, tt := range map[string]struct {
		served []byte
		want   error
	}{
		"one byte changed": {other, core.ErrForgedUpdate},
		"longer":           {append(bytes.Clone(program), 0), core.ErrForgedUpdate},
		"interrupted":      {program[:1000], io.ErrUnexpectedEOF},
	} {
		t.Run(name, func(t *testing.T) {
			m, keys := newMakers(t)
			m.publish(t, keys[0], nil)
			m.files["/setup.exe"] = tt.served
			s := m.source(t, "1.0.0")
			r, _, err := s.Latest(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "updates")
			if path, err := s.Download(t.Context(), r, dir); !errors.Is(err, tt.want) {
				t.Errorf("got %q, %v; want %v", path, err, tt.want)
			}
			if names := names(t, dir); len(names) != 0 {
				t.Errorf("left behind: %q", names)
			}
		})
	}
}

func names(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// FuzzManifest: no answer of a stranger is believed, or ends the program.
func FuzzManifest(f *testing.F) {
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	good := []byte(`{"version":"1.5.0"}`)
	f.Add(good, minisign.Sign(private, good)[:60])
	f.Add([]byte(`{"version":"1.5.0","new":{"en":[null]},"windows_setup":{"size":-1}}`), []byte("untrusted comment: a\nb\ntrusted comment: c\nd"))
	f.Fuzz(func(t *testing.T, text, signature []byte) {
		s := &Source{keys: []minisign.PublicKey{public}}
		if s.signed(text, signature) {
			t.Error("a signature that nobody made is believed")
		}
		if m, err := parse(text); err == nil && fmt.Sprint(checkFile(m.Setup)) != "<nil>" {
			t.Error("a setup program is taken that cannot be checked")
		}
	})
}
