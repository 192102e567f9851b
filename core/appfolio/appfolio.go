// Package appfolio is AppFolio's wire for the connection kind "webhook API":
// it checks a delivery's signature, decodes what was signed and makes, lists
// and takes back the registrations of our address. No other package knows how
// any of this is spelt.
//
// Everything that arrives is hostile until its signature holds, and badly
// typed after that: a body is not looked at before it is verified, and a field
// of the wrong kind is reported, never guessed at. AppFolio's answers are
// bounded, stripped and scrubbed of secrets before they leave the package, and
// the key goes to its server only.
package appfolio

import (
	"context"
	"encoding/hex"
	"net/http"
	"sync/atomic"
	"time"

	"rentbell/core"
)

// Source implements core.Source. Its methods may be called from any goroutine.
type Source struct {
	transport *http.Transport // each exchange takes a copy: they differ in their proxy
	keys      atomic.Pointer[keys]
}

// New returns a Source with an HTTP transport of its own.
func New() *Source { return &Source{transport: newTransport()} }

var _ core.Registrar = (*Source)(nil)

// Open verifies body against header and decodes it, as core.Source says. The
// event's Body is body itself, not a copy: the caller must not reuse it.
func (s *Source) Open(_ context.Context, a core.Account, header http.Header, body []byte, received time.Time) (core.Delivery, error) {
	if !s.keyFor(a.Secrets.WebhookSecret).signed(header[SignatureHeader], body) {
		return core.Delivery{}, core.ErrForged
	}
	e, malformed := Decode(body, received)
	if malformed != "" {
		return core.Delivery{Strays: []core.Quarantined{{ReceivedAt: received.UTC(), Reason: malformed, Body: body}}}, nil
	}
	return core.Delivery{Events: []core.Event{e}}, nil
}

// Sign returns the header by which Open knows body; see core.Source.
func (s *Source) Sign(secret core.Secret, body []byte) http.Header {
	return http.Header{SignatureHeader: {hex.EncodeToString(s.keyFor(secret).sum(body))}}
}
