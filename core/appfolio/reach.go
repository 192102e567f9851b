package appfolio

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rentbell/core"
)

const (
	reachTimeout = 5 * time.Second
	// clockFar is from where on the clock is the reason why certificates seem
	// to have expired.
	clockFar = time.Hour
)

// Reach implements core.Source. It sends no key.
func (s *Source) Reach(ctx context.Context, sub core.Subscription) (core.Reached, error) {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, proxyKey{}, sub.Proxy), reachTimeout)
	defer cancel()
	base, err := url.Parse(cmp.Or(sub.Base, defaultBase))
	if err != nil {
		return core.Reached{}, unanswered(err, sub.Secrets)
	}
	origin := url.URL{Scheme: base.Scheme, Host: base.Host, Path: "/"}
	reached, _, err := s.look(ctx, origin)
	if err == nil {
		return reached, nil
	}
	if base.Scheme != "https" || base.Port() != "" && s.plainHost == "" {
		return core.Reached{}, unanswered(err, sub.Secrets)
	}
	return s.suspect(ctx, origin, err, sub.Secrets)
}

// look asks for the server's front page, whose only use is that it answers.
func (s *Source) look(ctx context.Context, at url.URL) (r core.Reached, resp *http.Response, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return r, nil, err
	}
	req.Header.Set("User-Agent", "Rentbell")
	sent := time.Now()
	resp, err = s.client.Do(req)
	if err != nil {
		return r, nil, err
	}
	_ = resp.Body.Close() // the header is all there is to read
	r.Took = time.Since(sent)
	if told, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		// The server's clock is cut to the second: half of one is its best guess.
		r.Skew = sent.Add(r.Took / 2).Sub(told.Add(time.Second / 2)).Round(time.Second)
		r.ClockKnown = true
	}
	return r, resp, nil
}

// suspect finds out who answers where AppFolio's server could not be reached
// securely: a page to sign in at, or AppFolio itself, under a clock that makes
// its certificate look expired.
func (s *Source) suspect(ctx context.Context, origin url.URL, why error, secrets core.Secrets) (core.Reached, error) {
	plain := url.URL{Scheme: "http", Host: cmp.Or(s.plainHost, origin.Hostname()), Path: "/"}
	reached, resp, err := s.look(ctx, plain)
	if err != nil {
		return core.Reached{}, unanswered(why, secrets)
	}
	expired := new(x509.CertificateInvalidError)
	switch {
	case isPortal(resp, origin.Hostname()):
		return core.Reached{}, fmt.Errorf("reach AppFolio: %w", core.ErrPortal)
	case errors.As(why, expired) && expired.Reason == x509.Expired && reached.ClockKnown && reached.Skew.Abs() > clockFar:
		return core.Reached{Skew: reached.Skew, ClockKnown: true}, fmt.Errorf("reach AppFolio: %w", core.ErrClockWrong)
	}
	return core.Reached{}, unanswered(why, secrets)
}

// isPortal reports whether a stranger answered a plain request for host: one
// that wants a sign-in says so (RFC 6585), shows a page of its own, or leads
// somewhere else. AppFolio itself leads to its secure self.
func isPortal(resp *http.Response, host string) bool {
	switch {
	case resp.StatusCode == http.StatusNetworkAuthenticationRequired, resp.StatusCode == http.StatusOK:
		return true
	case resp.StatusCode/100 != 3:
		return false
	}
	to, err := resp.Location()
	return err == nil && !sameSite(to.Hostname(), host)
}

// sameSite reports whether two names end in the same two parts.
func sameSite(a, b string) bool {
	return strings.EqualFold(site(a), site(b))
}

func site(host string) string {
	parts := strings.Split(host, ".")
	return strings.Join(parts[max(0, len(parts)-2):], ".")
}
