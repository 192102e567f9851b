package appfolio

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"rentbell/core"
)

const (
	defaultBase  = "https://api.appfolio.com"
	webhooksPath = "/v1/webhooks"

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
	transport.Proxy = proxyOf
	return &http.Client{
		Transport:     transport,
		Timeout:       subscribeTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// proxyKey is where a request carries the proxy of its Subscription.
type proxyKey struct{}

// proxyOf takes the proxy that the settings name, else the environment's.
func proxyOf(r *http.Request) (*url.URL, error) {
	if named, _ := r.Context().Value(proxyKey{}).(string); named != "" {
		return url.Parse(named)
	}
	return http.ProxyFromEnvironment(r)
}

// exchange sends one request to AppFolio, signed in with the key, and reads at
// most limit bytes of what comes back. An answer other than 2xx, or none, is a
// *core.SubscribeError.
func (s *Source) exchange(ctx context.Context, sub core.Subscription, c call) ([]byte, error) {
	ctx = context.WithValue(ctx, proxyKey{}, sub.Proxy)
	req, err := http.NewRequestWithContext(ctx, c.method, cmp.Or(sub.Base, defaultBase)+c.path, c.body)
	if err != nil {
		return nil, unanswered(err, sub.Secrets)
	}
	req.Header.Set("Authorization", "Bearer "+sub.Secrets.APIKey.Reveal())
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Rentbell")
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, unanswered(err, sub.Secrets)
	}
	defer func() { _ = resp.Body.Close() }() // read as far as it matters
	answer, err := io.ReadAll(io.LimitReader(resp.Body, cmp.Or(c.limit, maxAnswer)))
	if err != nil {
		answer = nil // the status says enough
	}
	if resp.StatusCode/100 == 2 {
		return answer, nil
	}
	return nil, &core.SubscribeError{
		Status:     resp.StatusCode,
		Message:    message(answer, sub.Secrets),
		RetryAfter: retryAfter(resp.Header),
	}
}

// call is one request.
type call struct {
	method, path string
	body         io.Reader // JSON; nil: none
	limit        int64     // bytes of the answer that are read; 0: maxAnswer
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
