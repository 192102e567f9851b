package core

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Errors of a Source.
var (
	// ErrForged: the signature is missing, wrong, odd or given twice.
	ErrForged = errors.New("signature does not match")
	// ErrMalformed: authentic, but no event; a *MalformedError says why.
	ErrMalformed = errors.New("delivery is no event")
)

// MalformedError carries the reason an authentic delivery is no event.
type MalformedError struct{ Reason Reason }

func (e *MalformedError) Error() string        { return fmt.Sprintf("%v: %s", ErrMalformed, e.Reason) }
func (e *MalformedError) Is(target error) bool { return target == ErrMalformed }

// Source is the vendor's side: it knows how deliveries are signed and spelt,
// and how an address is registered.
type Source interface {
	// Open verifies the raw body first and decodes it only then. It returns
	// ErrForged, ErrMalformed, or the event without Seq; received is used for
	// ReceivedAt and stands in for a missing or invalid created_at.
	Open(secret Secret, header http.Header, body []byte, received time.Time) (Event, error)
	// Subscribe asks the vendor to deliver to s.Address. Its errors are
	// *SubscribeError, free of secrets.
	Subscribe(ctx context.Context, s Subscription) error
}

// Subscription is one registration as it goes out.
type Subscription struct {
	Base    string // AppFolio's API, without a trailing slash; empty: the real one
	Address string // the full URL deliveries should go to
	Secrets Secrets
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

// Tunnel opens the public door.
type Tunnel interface {
	// Open returns once deliveries can arrive. While it waits, and after that
	// until the endpoint is closed, it reports each change to notify, from any
	// goroutine. ctx bounds the whole life of the endpoint, not only its
	// opening. A *TunnelError with Refused set needs the user.
	Open(ctx context.Context, o TunnelOptions, notify func(TunnelState)) (Endpoint, error)
}

// Endpoint is an open door: a listener in this process with a public address.
type Endpoint interface {
	net.Listener
	// URL is the public base address, e.g. "https://oakline.ngrok.app",
	// without a trailing slash.
	URL() string
}

// TunnelOptions is what a Tunnel needs to know.
type TunnelOptions struct {
	Authtoken  Secret
	URL        string // a reserved address to ask for; empty: the account's own
	ConnectURL string // HOST:PORT of the tunnel service; empty: its own
	ConnectCAs string // PEM file that signs the service; empty: its own
}

// TunnelState is one change in a tunnel's life.
type TunnelState struct {
	Up  bool
	Err error // why it is down; nil right after a start or a clean close
}

// TunnelError is why a tunnel is not there.
type TunnelError struct {
	Code    string // the service's own, e.g. "ERR_NGROK_105"; empty when it had none
	Refused bool   // trying again unchanged is no use
	Err     error  // scrubbed of the authtoken
}

func (e *TunnelError) Error() string {
	what := "tunnel interrupted"
	if e.Refused {
		what = "tunnel refused"
	}
	if e.Code != "" {
		what += " (" + e.Code + ")"
	}
	if e.Err == nil {
		return what
	}
	return what + ": " + e.Err.Error()
}

func (e *TunnelError) Unwrap() error { return e.Err }
