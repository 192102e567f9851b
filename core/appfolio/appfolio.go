// Package appfolio is AppFolio's wire for the connection kind "webhook API":
// it checks a delivery's signature, decodes what was signed and asks AppFolio
// to deliver to our address. No other package knows how any of this is spelt.
//
// Everything that arrives is hostile until its signature holds, and badly
// typed after that: a body is not looked at before it is verified, and a field
// of the wrong kind is reported, never guessed at. Answers to a registration
// are bounded, stripped and scrubbed of secrets before they leave the package.
package appfolio

import (
	"net/http"
	"sync/atomic"
	"time"

	"rentbell/core"
)

// Source implements core.Source. Its methods may be called from any goroutine.
type Source struct {
	client *http.Client
	keys   [2]atomic.Pointer[key] // of the secret in force and the one it replaces
	oldest atomic.Uint32          // which of keys makes room for a third

	plainHost string // for tests, in place of the host that Reach suspects
}

// New returns a Source that registers over its own HTTP client.
func New() *Source { return &Source{client: newClient()} }

var _ core.Source = (*Source)(nil)

// Open verifies body against header and decodes it, as core.Source says. The
// event's Body is body itself, not a copy: the caller must not reuse it.
func (s *Source) Open(secret core.Secret, header http.Header, body []byte, received time.Time) (core.Event, error) {
	if !s.keyFor(secret).signed(header[SignatureHeader], body) {
		return core.Event{}, core.ErrForged
	}
	return decode(body, received.UTC())
}
