package appfolio

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"rentbell/core"
)

// wrongClock is how far off this computer's clock must be before it is blamed for
// an expired certificate. Certificates are renewed days ahead.
const wrongClock = time.Hour

// Reach requests the first page of AppFolio's server, without the key, and reports
// how long that took and how far this computer's clock is off. It returns
// core.ErrPortal when a sign-in page answers instead, and core.ErrClockWrong when
// the clock makes the certificate look expired.
func (s *Source) Reach(ctx context.Context, sub core.Subscription) (core.Reached, error) {
	base, err := url.Parse(cmp.Or(sub.Base, defaultBase))
	if err != nil {
		return core.Reached{}, unanswered(err, sub.Secrets)
	}
	origin := &url.URL{Scheme: base.Scheme, Host: base.Host, Path: "/"}
	page, err := s.open(ctx, origin, sub.Proxy, lookTimeout)
	if err == nil {
		return page.reached, nil
	}
	if reached, why := s.whyUnreached(ctx, origin, sub.Proxy, err); why != nil {
		return reached, fmt.Errorf("reach AppFolio: %w", why)
	}
	return core.Reached{}, unanswered(err, sub.Secrets)
}

// whyUnreached looks for a reason that err alone does not tell: a sign-in page, or
// a wrong clock. Its error is nil when there is none.
func (s *Source) whyUnreached(ctx context.Context, origin *url.URL, proxy string, err error) (core.Reached, error) {
	plain, possible := plainly(origin)
	if !possible || ctx.Err() != nil {
		return core.Reached{}, nil
	}
	page, plainErr := s.open(ctx, plain, proxy, plainTimeout)
	if plainErr != nil {
		return core.Reached{}, nil // the error of https tells more
	}
	if page.fromPortal(origin.Hostname()) {
		return core.Reached{}, core.ErrPortal
	}
	invalid := x509.CertificateInvalidError{}
	outdated := errors.As(err, &invalid) && invalid.Reason == x509.Expired
	if outdated && page.reached.ClockKnown && page.reached.Skew.Abs() > wrongClock {
		return page.reached, core.ErrClockWrong
	}
	return core.Reached{}, nil
}

// page is a server's answer to a request without the key.
type page struct {
	status   int
	location *url.URL // of a redirect; nil: it is none
	reached  core.Reached
}

// open requests target without the key, and follows no redirect.
func (s *Source) open(ctx context.Context, target *url.URL, proxy string, limit time.Duration) (page, error) {
	client, err := s.Client(proxy, limit)
	if err != nil {
		return page{}, err
	}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return page{}, err
	}
	req.Header.Set("User-Agent", userAgent)
	start := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return page{}, err
	}
	took := time.Since(start)
	_ = resp.Body.Close() // only the header matters
	p := page{status: resp.StatusCode, reached: core.Reached{Took: took}}
	p.reached.Skew, p.reached.ClockKnown = skew(resp.Header, start.Add(took/2))
	if p.location, err = resp.Location(); err != nil {
		p.location = nil // no redirect
	}
	return p, nil
}

// skew is how far this computer's clock was ahead of the server's at the given
// time. The Date header has whole seconds, so half a second is added on average.
func skew(header http.Header, at time.Time) (ahead time.Duration, known bool) {
	told, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return at.Sub(told.Add(time.Second / 2)), true
}
