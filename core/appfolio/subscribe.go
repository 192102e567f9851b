package appfolio

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"rentbell/core"
)

const (
	defaultBase   = "https://api.appfolio.com"
	subscribePath = "/v1/webhooks"

	subscribeTimeout = 10 * time.Second // for the whole exchange
	maxAnswer        = 64 << 10         // bytes of an answer that are read; AppFolio's are a few hundred
	maxAnswerHeader  = 64 << 10
	longestWait      = 24 * time.Hour // a Retry-After beyond it is taken for a mistake
)

// newClient follows no redirect, because the key would go along, and keeps no
// connection, because a registration happens once in a blue moon.
func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	transport.MaxResponseHeaderBytes = maxAnswerHeader
	return &http.Client{
		Transport:     transport,
		Timeout:       subscribeTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// registration is the body of the request, in the contract's spelling.
type registration struct {
	URL    string   `json:"url"`
	Events []string `json:"events"`
	Secret string   `json:"secret"`
}

// Subscribe asks AppFolio to deliver every known type to s.Address. See
// core.Source.
func (s *Source) Subscribe(ctx context.Context, sub core.Subscription) (id string, err error) {
	return "", s.subscribe(ctx, sub)
}

func (s *Source) subscribe(ctx context.Context, sub core.Subscription) error {
	req, err := newRequest(ctx, sub)
	if err != nil {
		return unanswered(err, sub.Secrets)
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return unanswered(err, sub.Secrets)
	}
	defer func() { _ = resp.Body.Close() }() // read as far as it matters
	if resp.StatusCode/100 == 2 {
		return nil
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		answer = nil // the status says enough
	}
	return &core.SubscribeError{
		Status:     resp.StatusCode,
		Message:    message(answer, sub.Secrets),
		RetryAfter: retryAfter(resp.Header),
	}
}

func newRequest(ctx context.Context, sub core.Subscription) (*http.Request, error) {
	body, err := json.Marshal(registration{
		URL:    sub.Address,
		Events: core.KnownTypes(),
		Secret: sub.Secrets.WebhookSecret.Reveal(),
	})
	if err != nil {
		return nil, err
	}
	target := cmp.Or(sub.Base, defaultBase) + subscribePath
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+sub.Secrets.APIKey.Reveal())
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Rentbell")
	return req, nil
}

// retryAfter reads seconds or an HTTP date. A date is held against the
// server's own clock where it tells it: the laptop's may be wrong.
func retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, uint64(longestWait/time.Second))) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(at.Sub(now), 0), longestWait)
}

// unanswered wraps a transport error. Its text may quote what the other side
// sent, and that may quote a secret, so the text is scrubbed and the error
// underneath stays out of reach: errors.Is still sees through to it.
func unanswered(err error, secrets core.Secrets) error {
	return &core.SubscribeError{Err: &transportError{text: clean(err.Error(), secrets), cause: err}}
}

type transportError struct {
	text  string
	cause error
}

func (e *transportError) Error() string        { return e.text }
func (e *transportError) Is(target error) bool { return errors.Is(e.cause, target) }

// As finds what stands in the way and repeats nothing of what was sent.
func (e *transportError) As(target any) bool {
	switch target.(type) {
	case **net.DNSError, *x509.UnknownAuthorityError, *x509.CertificateInvalidError, *x509.HostnameError:
		return errors.As(e.cause, target)
	}
	return false
}

// Timeout is net.Error's word for "it took too long".
func (e *transportError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.cause, &timeout) && timeout.Timeout()
}

// Temporary completes net.Error, so that errors.As finds one. Every silence
// may end.
func (e *transportError) Temporary() bool { return true }
