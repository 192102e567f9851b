package records

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

const (
	defaultBase  = "https://api.appfolio.com"
	databasePath = "/api/v0/"
	reportsPath  = "/api/v2/reports/"

	// developerHeader is spelt as AppFolio documents it; package http would write
	// another case.
	developerHeader = "X-AppFolio-Developer-ID"

	largestPage  = 16 << 20 // bytes of an answer
	largestWords = 64 << 10 // bytes of a refusal
)

// api is one of the two APIs, asked with the credentials of one account.
type api struct {
	client  *Client
	account core.Account
	base    *url.URL
	path    string // of the API, below the base
	user    string
	secret  core.Secret
	limiter *limiter
}

// database returns the Database API.
func (c *Client) database(a core.Account) (*api, error) {
	if a.Space.ClientID == "" || a.Secrets.ClientSecret.IsZero() {
		return nil, core.ErrNotSetUp
	}
	base, err := core.ParseBase(cmp.Or(a.Base, defaultBase))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", core.ErrBadAppFolioURL, err)
	}
	l := c.limiter(base.JoinPath(databasePath).String(), databaseLimits)
	return &api{c, a, base, databasePath, a.Space.ClientID, a.Secrets.ClientSecret, l}, nil
}

// reports returns the Reports API, which has an address of its own
// for each company. A company's name that leads out of appfolio.com is refused.
func (c *Client) reports(a core.Account) (*api, error) {
	if !a.Space.Receipts() || a.Secrets.ReportsSecret.IsZero() {
		return nil, core.ErrNotSetUp
	}
	name := a.Space.Company + ".appfolio.com"
	base, err := core.ParseBase(cmp.Or(a.Space.ReportsURL, "https://"+name))
	switch {
	case err != nil && a.Space.ReportsURL != "":
		return nil, fmt.Errorf("%w: %w", core.ErrBadReportsURL, err)
	case a.Space.ReportsURL == "" && (err != nil || base.Host != name || base.Path != ""):
		return nil, core.ErrBadCompany
	}
	l := c.limiter(base.JoinPath(reportsPath).String(), reportsLimits)
	return &api{c, a, base, reportsPath, a.Space.ReportsClientID, a.Secrets.ReportsSecret, l}, nil
}

// call is one request to an api.
type call struct {
	method   string
	target   *url.URL
	body     []byte        // JSON; nil: none
	limit    time.Duration // for the exchange
	patience time.Duration // for AppFolio's limits; 0: endless
}

// ask makes the exchange and calls read with the answer. Its errors are
// *core.Refused, except that of ctx while it waits for AppFolio's limits.
func (s *api) ask(ctx context.Context, c call, read func(io.Reader) error) error {
	if err := s.limiter.wait(ctx, c.patience); err != nil {
		return err
	}
	req, err := s.request(ctx, c)
	if err != nil {
		return s.silence(0, err)
	}
	client, err := s.client.httpClient(s.account.Proxy, c.limit)
	if err != nil {
		return s.silence(0, err)
	}
	resp, err := client.Do(req)
	if err != nil {
		return s.silence(0, err)
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	if resp.StatusCode/100 != 2 {
		return s.refused(resp)
	}
	body := &bounded{from: resp.Body, left: largestPage}
	if err := read(body); err != nil {
		return s.silence(resp.StatusCode, cmp.Or(body.err, err))
	}
	_, _ = io.CopyN(io.Discard, body, largestWords) // to the end, so that the connection can be reused
	return nil
}

func (s *api) request(ctx context.Context, c call) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, c.method, c.target.String(), bytes.NewReader(c.body))
	if err != nil {
		return nil, err
	}
	req.SetBasicAuth(s.user, s.secret.Reveal())
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", userAgent)
	if s.path == databasePath {
		req.Header[developerHeader] = []string{s.account.Space.DeveloperID}
	}
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// refused makes an error of a refusal. When AppFolio names a time to wait, all
// requests to this API wait.
func (s *api) refused(resp *http.Response) error {
	words, err := io.ReadAll(io.LimitReader(resp.Body, largestWords))
	if err != nil {
		words = nil // the status says enough
	}
	e := refusal(resp, words, s.masking())
	if e.RetryAfter > 0 {
		s.client.log.Warn("AppFolio asks to be left alone", "status", e.Status, "for", e.RetryAfter, "request", e.RequestID)
		s.limiter.pause(e.RetryAfter)
	}
	return e
}

// silence is the error of an answer that is missing, cut off or not made of records.
// Status 0: there was no answer.
func (s *api) silence(status int, err error) error {
	return &core.Refused{Status: status, Err: appfolio.Silence(err, s.masking())}
}

// masking returns the account's secrets together with the Authorization header made
// of them, which Scrub would not recognize. The header takes the field of the
// retiring webhook secret, which is never sent.
func (s *api) masking() core.Secrets {
	req := &http.Request{Header: http.Header{}}
	req.SetBasicAuth(s.user, s.secret.Reveal())
	secrets := s.account.Secrets
	secrets.Retiring.Secret = core.KeptSecret(strings.TrimPrefix(req.Header.Get("Authorization"), "Basic "))
	return secrets
}

// bounded reads a body up to a size and keeps the reason when it ends early.
type bounded struct {
	from io.Reader
	left int
	err  error
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.err = errTooLarge
		return 0, b.err
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = fmt.Errorf("read answer: %w", err)
		return n, b.err
	}
	return n, err
}
