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

// wrongClock is how far off a clock must be for it to be what makes a
// certificate look expired: they are renewed days ahead.
const wrongClock = time.Hour

// Reach asks AppFolio's server for its first page, whatever that is. See
// core.Source.
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

// whyUnreached looks for a reason that the error alone does not tell: a portal,
// or a clock by which the certificate is out of date. Nil: there is none.
func (s *Source) whyUnreached(ctx context.Context, origin *url.URL, proxy string, err error) (core.Reached, error) {
	plain, possible := plainly(origin)
	if !possible || ctx.Err() != nil {
		return core.Reached{}, nil
	}
	page, plainErr := s.open(ctx, plain, proxy, plainTimeout)
	if plainErr != nil {
		return core.Reached{}, nil // the first error tells more
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

// page is what a server shows to somebody without a key.
type page struct {
	status   int
	location *url.URL // where it sends its visitor; nil: nowhere
	reached  core.Reached
}

// open looks at the page of target, without any key and without following it.
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
	_ = resp.Body.Close() // nobody reads it
	p := page{status: resp.StatusCode, reached: core.Reached{Took: took}}
	p.reached.Skew, p.reached.ClockKnown = skew(resp.Header, start.Add(took/2))
	if p.location, err = resp.Location(); err != nil {
		p.location = nil // it sends nowhere
	}
	return p, nil
}

// skew is how far this computer's clock was ahead of the server's at the given
// time. The server cuts off parts of a second, which are half of one on average.
func skew(header http.Header, at time.Time) (ahead time.Duration, known bool) {
	told, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return 0, false
	}
	return at.Sub(told.Add(time.Second / 2)), true
}
