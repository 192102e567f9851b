// Package devspace is AppFolio's wire for the connection kind "Developer
// Space": it checks a doorbell's detached JWS against AppFolio's public keys
// and takes bodies and batches apart. It is the only importer of go-jose.
//
// The address is public, and so are AppFolio's keys and their names. So
// whatever comes is hostile until its signature holds, and must not cost much
// until then: nothing that a stranger sends makes Rentbell ask AppFolio more
// than once a minute, and bad signatures are looked at a few thousand times a
// second at most. No key that a delivery brings along is ever used. AppFolio
// signs for all its customers alike, so a good signature says nothing of the
// account: that is checked in the body.
package devspace

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// SignatureHeader is X-JWS-Signature as net/http spells it.
const SignatureHeader = "X-Jws-Signature"

// Config is what a Source is made of. All but Now is needed.
type Config struct {
	Reader  Reader
	Keys    KeyStore
	Webhook *appfolio.Source // how AppFolio's server is reached
	Log     *slog.Logger
	Now     func() time.Time // nil: time.Now
}

// Reader reads back what doorbells announce: the other half of
// core.DeveloperSpace.
type Reader interface {
	Run(ctx context.Context, d core.Desk)
	Try(ctx context.Context, a core.Account) (records, receipts error)
}

// KeyStore remembers the public keys from run to run; see core.Backlog.
type KeyStore interface {
	PublicKeys() ([]byte, error)
	SavePublicKeys([]byte) error
}

// Source implements core.DeveloperSpace. Its methods may be called from any
// goroutine.
type Source struct {
	Reader
	store   KeyStore
	webhook *appfolio.Source
	log     *slog.Logger
	now     func() time.Time
	gate    *gate

	mu   sync.Mutex
	ring *keyring // of the base last asked for
}

var _ core.DeveloperSpace = (*Source)(nil)

// New returns a Source that knows the keys of earlier runs. It asks AppFolio
// nothing before a delivery comes.
func New(c Config) *Source {
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Source{Reader: c.Reader, store: c.Keys, webhook: c.Webhook, log: c.Log, now: c.Now, gate: newGate()}
	s.ring = s.load()
	return s
}

// Open verifies body against header and takes it apart, as core.Source says.
// Beside its errors it returns ErrBusy. The cheapest checks come first: shape,
// key, then RSA.
func (s *Source) Open(ctx context.Context, a core.Account, header http.Header, body []byte, received time.Time) (core.Delivery, error) {
	signed, ok := parse(header[SignatureHeader], body)
	if !ok {
		return core.Delivery{}, core.ErrForged
	}
	key, err := s.key(ctx, a, signed.kid)
	if err != nil {
		return core.Delivery{}, err
	}
	if key.Size() != signed.size {
		return core.Delivery{}, core.ErrForged
	}
	genuine, err := s.gate.check(ctx, signed.cost(), func() bool { return signed.by(key) })
	switch {
	case err != nil:
		return core.Delivery{}, err
	case !genuine:
		return core.Delivery{}, core.ErrForged
	}
	return decode(body, a.Space, received.UTC()), nil
}

// Reach asks AppFolio's server for its time; see core.Source.
func (s *Source) Reach(ctx context.Context, sub core.Subscription) (core.Reached, error) {
	return s.webhook.Reach(ctx, sub)
}
