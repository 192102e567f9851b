// Package update looks for a newer version of Rentbell, for users who asked for
// that, and brings its setup program. It believes only what one of two keys
// has signed. It sends nothing but the request for two files.
package update

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"aead.dev/minisign"

	"rentbell/core"
)

// ErrNoSource: this program was built without the makers' address and keys.
var ErrNoSource = errors.New("this build does not know where new versions are")

const (
	manifestMost  = 64 << 10 // bytes
	signatureMost = 4 << 10  // bytes
	manifestTime  = 30 * time.Second
)

// Source is where new versions are published. Its methods may be called from
// any goroutine.
type Source struct {
	url     string // of the manifest
	keys    []minisign.PublicKey
	version string // of this program, semantic, with a v
	client  *http.Client
	now     func() time.Time
}

// NewSource makes a Source. manifest is the URL of the manifest; its signature
// has the same URL with ".minisig" at the end. keys are minisign's public keys
// (https://jedisct1.github.io/minisign/), separated by commas: the one in use,
// and one that is kept away for the day on which the first is lost. version is
// that of this program; one that is no semantic version counts as the oldest.
// proxy is that of the settings.
//
// ErrNoSource: manifest or keys are empty, as in what is built from source.
func NewSource(manifest, keys, version, proxy string) (*Source, error) {
	if manifest == "" || keys == "" {
		return nil, ErrNoSource
	}
	through, err := core.ProxyFunc(proxy)
	if err != nil {
		return nil, err
	}
	s := &Source{url: manifest, version: "v" + strings.TrimPrefix(version, "v"), now: time.Now}
	for text := range strings.SplitSeq(keys, ",") {
		var key minisign.PublicKey
		if err := key.UnmarshalText([]byte(strings.TrimSpace(text))); err != nil {
			return nil, fmt.Errorf("read the makers' key: %w", err)
		}
		s.keys = append(s.keys, key)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy = through
	s.client = &http.Client{Transport: transport, CheckRedirect: checkRedirect}
	if err := checkURL(manifest); err != nil {
		return nil, err
	}
	return s, nil
}

// Latest returns the newest release. found is false when this program is as new.
// It takes half a minute at most. Errors: core.ErrForgedUpdate,
// core.ErrExpiredUpdate, core.ErrBadUpdate, and those of the network.
func (s *Source) Latest(ctx context.Context) (r core.Release, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, manifestTime)
	defer cancel()
	text, err := s.read(ctx, s.url, manifestMost)
	if err != nil {
		return core.Release{}, false, fmt.Errorf("get the list of versions: %w", err)
	}
	signature, err := s.read(ctx, s.url+".minisig", signatureMost)
	if err != nil {
		return core.Release{}, false, fmt.Errorf("get its signature: %w", err)
	}
	if !s.signed(text, signature) {
		return core.Release{}, false, fmt.Errorf("check the list of versions: %w", core.ErrForgedUpdate)
	}
	m, err := parse(text)
	if err != nil {
		return core.Release{}, false, fmt.Errorf("%w: %w", core.ErrBadUpdate, err)
	}
	if !s.now().Before(m.Expires) {
		return core.Release{}, false, fmt.Errorf("%w: since %s", core.ErrExpiredUpdate, m.Expires.Format(time.DateOnly))
	}
	return m.Release, newer(m.Version, s.version), nil
}

func (s *Source) signed(text, signature []byte) bool {
	for _, key := range s.keys {
		if minisign.Verify(key, text, signature) {
			return true
		}
	}
	return false
}

// read returns an answer of at most most bytes.
func (s *Source) read(ctx context.Context, address string, most int64) ([]byte, error) {
	body, err := s.open(ctx, address)
	if err != nil {
		return nil, err
	}
	defer func() { _ = body.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(body, most+1))
	if err == nil && int64(len(text)) > most {
		err = core.ErrBadUpdate
	}
	return text, err
}

func (s *Source) open(ctx context.Context, address string) (io.ReadCloser, error) {
	if err := checkURL(address); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", "Rentbell") // without its version or the system's
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close() // it was only read
		return nil, fmt.Errorf("the server answers %s", answer.Status)
	}
	return answer.Body, nil
}

// checkURL allows plain HTTP on this computer alone, where tests are.
func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && core.IsLoopback(u.Hostname())) {
		return errors.New("an address for updates is no https:// URL")
	}
	return nil
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) >= 5 {
		return errors.New("too many redirections")
	}
	return checkURL(r.URL.String())
}
