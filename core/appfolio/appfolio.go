// Package appfolio speaks AppFolio's wire format for the connection kind "webhook
// API". It verifies and decodes deliveries, and it makes, lists and removes the
// registrations of our address. No other package knows this format.
//
// A body is hostile until its signature is verified, and may be badly typed after
// that: the package never looks at an unverified body, and it reports a field of
// the wrong kind instead of guessing. Answers of AppFolio's server are limited in
// size and scrubbed of secrets before they leave the package. The account's key is
// sent to that server only.
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
	transport *http.Transport // each exchange takes a copy, because proxies differ
	keys      atomic.Pointer[keys]
}

// New returns a Source that keeps no connection open between exchanges.
func New() *Source { return &Source{transport: newTransport()} }

var _ core.Registrar = (*Source)(nil)

// Open verifies body against header and only then decodes it. It returns
// core.ErrForged when the signature does not hold, and core.ErrNoSecret when nobody can
// tell; an authentic body that is no event becomes a stray. The event's Body is body itself, not a copy, so the caller
// must not reuse it.
func (s *Source) Open(_ context.Context, a core.Account, header http.Header, body []byte, received time.Time) (core.Delivery, error) {
	signatures := header[SignatureHeader]
	switch {
	case !shaped(signatures):
		return core.Delivery{}, core.ErrForged
	case a.Secrets.WebhookSecret.IsZero():
		return core.Delivery{}, core.ErrNoSecret
	case !s.keyFor(a.Secrets.WebhookSecret).signed(signatures[0], body):
		return core.Delivery{}, core.ErrForged
	}
	e, malformed := Decode(body, received)
	if malformed != "" {
		return core.Delivery{Strays: []core.Quarantined{{ReceivedAt: received.UTC(), Reason: malformed, Body: body}}}, nil
	}
	return core.Delivery{Events: []core.Event{e}}, nil
}

// Sign returns the header with which Open accepts body, for Rentbell's test of its
// own address.
func (s *Source) Sign(secret core.Secret, body []byte) http.Header {
	return http.Header{SignatureHeader: {hex.EncodeToString(s.keyFor(secret).sum(body))}}
}
