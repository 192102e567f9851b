// Package devspace speaks AppFolio's wire format for the connection kind "Developer
// Space". It verifies a doorbell's detached JWS (RFC 7515, appendix F) with
// AppFolio's public keys and takes bodies and batches apart. It is the only importer
// of go-jose.
//
// The address is public, and so are AppFolio's keys and their names. So a delivery
// is hostile until its signature is verified, and must cost little until then:
// whatever strangers send, Rentbell asks AppFolio for keys once a minute at most and
// checks a few thousand bad signatures a second at most. It never uses a key that a
// delivery brings along. AppFolio signs for all its customers with the same keys,
// so a good signature does not tell the account; decode checks that in the body.
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

// Config is what a Source is made of. All but Now is required.
type Config struct {
	Reader  Reader
	Keys    KeyStore
	Webhook *appfolio.Source // makes the HTTP clients
	Log     *slog.Logger
	Now     func() time.Time // nil: time.Now
}

// Reader reads back what doorbells announce. It is the part of
// core.DeveloperSpace that package readback implements.
type Reader interface {
	Run(ctx context.Context, d core.Desk)
	Try(ctx context.Context, a core.Account) (records, receipts error)
}

// KeyStore keeps the fetched set of public keys on disk. PublicKeys returns nil when
// none was ever saved.
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
	replays replays

	mu   sync.Mutex
	ring *keyring // of the server that was last asked
}

var _ core.DeveloperSpace = (*Source)(nil)

// New returns a Source with the keys that earlier runs saved. It asks AppFolio
// nothing before a delivery comes.
func New(c Config) *Source {
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Source{Reader: c.Reader, store: c.Keys, webhook: c.Webhook, log: c.Log, now: c.Now, gate: newGate()}
	s.ring = s.load()
	return s
}

// Open verifies body against header and only then takes it apart. It returns
// core.ErrForged when the signature does not hold, core.ErrNoKeys when the keys
// could not be fetched, and ErrBusy under a flood. The cheapest checks come first:
// shape, key, then RSA, which a known delivery for other accounts is spared.
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
	seen := replayKey(signed, a.Space, received)
	if bells := s.replays.bells(seen, body); bells > 0 {
		return core.Delivery{Others: core.Others{Count: bells}}, nil
	}
	genuine, err := s.gate.check(ctx, signed.cost(), func() bool { return signed.by(key) })
	switch {
	case err != nil:
		return core.Delivery{}, err
	case !genuine:
		return core.Delivery{}, core.ErrForged
	}
	d := decode(body, a.Space, received.UTC())
	s.replays.note(seen, body, d)
	return d, nil
}

// Reach asks AppFolio's server for its time, as appfolio.Source does.
func (s *Source) Reach(ctx context.Context, sub core.Subscription) (core.Reached, error) {
	return s.webhook.Reach(ctx, sub)
}
