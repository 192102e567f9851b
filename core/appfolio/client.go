package appfolio

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"rentbell/core"
)

const (
	defaultBase  = "https://api.appfolio.com"
	webhooksPath = "/v1/webhooks"

	changeTimeout = 10 * time.Second // for a whole exchange that changes something at AppFolio
	lookTimeout   = 5 * time.Second  // for one that only looks
	maxAnswer     = 64 << 10         // bytes of an answer that are read; AppFolio's are a few hundred
	maxHeader     = 64 << 10
	longestWait   = 24 * time.Hour // a Retry-After beyond it is taken for a mistake
)

// newTransport keeps no connection open, because exchanges are days apart.
func newTransport() *http.Transport {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	transport.MaxResponseHeaderBytes = maxHeader
	return transport
}

// Client returns an HTTP client for one exchange, through proxy unless that is
// empty. The caller ends with CloseIdleConnections, which stops dials that are still
// under way. It follows no redirect, because the key would go along. A proxy that
// is no URL gives core.ErrBadProxy.
func (s *Source) Client(proxy string, limit time.Duration) (*http.Client, error) {
	transport := s.transport.Clone()
	var err error
	if transport.Proxy, err = core.ProxyFunc(proxy); err != nil {
		return nil, err
	}
	return &http.Client{
		Transport:     transport,
		Timeout:       limit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// call is a request to AppFolio that carries the account's key.
type call struct {
	method string
	path   string // below the base, escaped
	body   []byte // JSON; nil: none
	limit  time.Duration
	most   int64 // bytes of the answer that are read
}

// reply is what AppFolio answered.
type reply struct {
	status int
	header http.Header
	body   []byte
	broken error // why the body ended early; the status is good all the same
}

func (r reply) accepted() bool { return r.status/100 == 2 }

// ask makes the exchange with the server of sub. Its errors come from unanswered.
func (s *Source) ask(ctx context.Context, sub core.Subscription, c call) (reply, error) {
	client, err := s.Client(sub.Proxy, c.limit)
	if err != nil {
		return reply{}, unanswered(err, sub.Secrets)
	}
	defer client.CloseIdleConnections()
	req, err := newRequest(ctx, sub, c)
	if err != nil {
		return reply{}, unanswered(err, sub.Secrets)
	}
	resp, err := client.Do(req)
	if err != nil {
		return reply{}, unanswered(err, sub.Secrets)
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	body, err := io.ReadAll(io.LimitReader(resp.Body, c.most))
	return reply{status: resp.StatusCode, header: resp.Header, body: body, broken: err}, nil
}

func newRequest(ctx context.Context, sub core.Subscription, c call) (*http.Request, error) {
	base := cmp.Or(sub.Base, defaultBase)
	if _, err := core.ParseBase(base); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, c.method, base+c.path, bytes.NewReader(c.body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+sub.Secrets.APIKey.Reveal())
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", userAgent)
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

const userAgent = "Rentbell"

// refusal is the error of an answer that is no success.
func (r reply) refusal(secrets core.Secrets) error {
	words := r.body[:min(len(r.body), maxAnswer)]
	if r.broken != nil {
		words = nil // the status says enough
	}
	return &core.SubscribeError{
		Status:     r.status,
		Message:    Message(words, secrets),
		RetryAfter: RetryAfter(r.header),
	}
}

// RetryAfter reads the Retry-After header (RFC 9110, section 10.2.3), in seconds or
// as a date; 0: there is none. A date is compared with the server's own Date, where
// there is one, because this computer's clock may be wrong. It is a day at most.
func RetryAfter(header http.Header) time.Duration {
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
