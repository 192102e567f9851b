package core

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Errors of a Source.
var (
	// ErrForged: the signature is missing, wrong, odd or given twice.
	ErrForged = errors.New("signature does not match")
	// ErrNoSecret: the signature has the shape of one, and there is no secret to check it
	// with. It is an ErrForged, unless the secret is only locked away.
	ErrNoSecret = fmt.Errorf("%w: there is no secret", ErrForged)
	// ErrNoKeys: the vendor's public keys could not be fetched, so that nobody can
	// tell. The sender should try again.
	ErrNoKeys = errors.New("AppFolio's public keys are out of reach")
)

// WebhookPath is the only path of the public address that takes deliveries; it is
// compared exactly.
const WebhookPath = "/webhooks/appfolio"

// Source is the vendor's side of one connection kind: it knows how deliveries
// are signed and spelt.
type Source interface {
	// Open verifies the raw body first and decodes it only then. It returns
	// ErrForged, ErrNoSecret, ErrNoKeys, or what the body holds; received is used for
	// ReceivedAt and stands in for a missing or invalid time in the delivery. ctx
	// bounds the wait for keys; the delivery's bodies are parts of body itself.
	Open(ctx context.Context, a Account, header http.Header, body []byte, received time.Time) (Delivery, error)
	// Reach asks the vendor's server for its time, without any key. ErrPortal: a
	// stranger answers in its place, as in a hotel; other errors are
	// *SubscribeError.
	Reach(ctx context.Context, s Subscription) (Reached, error)
}

// Delivery is what an authentic body holds: as a rule one event.
type Delivery struct {
	Events []Event       // without Seq
	Strays []Quarantined // parts that are no event, without Seq; each whole
	Others Others
}

// Others are parts of a delivery that the vendor signed for other accounts than
// ours. It signs for all its customers alike, so any of them can send theirs here.
type Others struct {
	Count   int
	Samples []Quarantined // of some of them, one an account and day
}

// Registrar is a Source whose vendor takes and lists registrations over the wire.
type Registrar interface {
	Source
	// Sign returns the header of a delivery of body that Open accepts.
	Sign(secret Secret, body []byte) http.Header
	// Subscribe asks the vendor to deliver to s.Address and returns the id of the
	// registration, empty when the vendor tells none. Its errors are
	// *SubscribeError, free of secrets; so are those of the next two.
	Subscribe(ctx context.Context, s Subscription) (id string, err error)
	// Subscriptions lists what is registered with the account of s.Secrets.
	// ErrNoList: this vendor has no list.
	Subscriptions(ctx context.Context, s Subscription) ([]Subscribed, error)
	// Unsubscribe takes a registration back; one that is not there is no error.
	Unsubscribe(ctx context.Context, s Subscription, id string) error
}

// Errors of a Source's registrations.
var (
	// ErrNoList: the vendor does not say what is registered.
	ErrNoList = errors.New("no list of registrations")
	// ErrPortal: the network wants its user to sign in first.
	ErrPortal = errors.New("a sign-in page answers in place of the internet")
)

// Subscription is one registration as it goes out.
type Subscription struct {
	Base    string // AppFolio's API, without a trailing slash; empty: the real one
	Address string // the full URL deliveries should go to
	Proxy   string // on the way out, as in Settings; empty: what the environment says
	Secrets Secrets
}

// Subscribed is one registration as the vendor lists it.
type Subscribed struct {
	ID      string
	Address string
	Events  []string // types; nil when the vendor does not say
}

// Reached is what a server that answers tells.
type Reached struct {
	Took time.Duration // there and back
	Skew time.Duration // how far this computer's clock is ahead, within a second; see ClockKnown
	// ClockKnown is false when the server told no time.
	ClockKnown bool
}

// SubscribeError is the vendor's refusal or silence.
type SubscribeError struct {
	Status     int           // HTTP status; 0 when there was no answer
	Message    string        // what the vendor said, scrubbed and shortened; may be empty
	RetryAfter time.Duration // what the vendor asked for; 0: nothing
	Err        error         // the transport's error when Status is 0
}

func (e *SubscribeError) Error() string {
	switch {
	case e.Status == 0:
		return fmt.Sprintf("register webhook: no answer: %v", e.Err)
	case e.Message == "":
		return fmt.Sprintf("register webhook: AppFolio answered %d", e.Status)
	}
	return fmt.Sprintf("register webhook: AppFolio answered %d: %s", e.Status, e.Message)
}

func (e *SubscribeError) Unwrap() error { return e.Err }

// Temporary reports whether trying again unchanged can help: no answer, 408,
// 429 and every 5xx.
func (e *SubscribeError) Temporary() bool {
	return e.Status == 0 || e.Status == http.StatusRequestTimeout ||
		e.Status == http.StatusTooManyRequests || e.Status >= 500
}
