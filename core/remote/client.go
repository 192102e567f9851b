package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/owner"
)

// Client is the Rentbell that holds a data directory, asked through its control channel.
type Client struct {
	client *http.Client
}

const (
	dialTime = 2 * time.Second // to find out whether anybody is there
	idleTime = time.Minute     // between two pieces of an answer; the whole may take as long as it takes
)

// Dial reaches the Rentbell that holds the data directory dir. When there
// is none, or it does not answer, the error is ErrNoControl, within seconds.
func Dial(ctx context.Context, dir string) (*Client, error) {
	if err := owner.CheckDir(dir); err != nil { // somebody else's Rentbell, or what says it is one
		return nil, err
	}
	r, err := reach(ctx, wayTo(dir))
	if err != nil {
		return nil, fmt.Errorf("%w for %s: %w", core.ErrNoControl, dir, err)
	}
	return r, nil
}

// reach returns the Client of a Rentbell that answers.
func reach(ctx context.Context, c connect) (*Client, error) {
	r := newRemote(c, idleTime)
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	if _, err := r.About(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// connect connects to the control channel of one Rentbell.
type connect func(context.Context) (net.Conn, error)

func newRemote(to connect, idle time.Duration) *Client {
	return &Client{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, dialTime)
			defer cancel()
			conn, err := to(ctx)
			if err != nil {
				return nil, err
			}
			return &idleConn{conn, idle}, nil
		},
		DisableKeepAlives:  true, // nothing to close when we are done
		DisableCompression: true,
	}}}
}

// idleConn gives up on a peer that says nothing for too long.
type idleConn struct {
	net.Conn
	idle time.Duration
}

func (c *idleConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

// About says who answers.
func (r *Client) About(ctx context.Context) (About, error) {
	var answer bytes.Buffer
	if err := r.ask(ctx, http.MethodGet, "about", nil, &answer); err != nil {
		return About{}, err
	}
	var a About
	if err := json.Unmarshal(answer.Bytes(), &a); err != nil {
		return About{}, fmt.Errorf("ask about: %w", err)
	}
	return a, nil
}

// Show brings the window up; ErrNoWindow when there is none.
func (r *Client) Show(ctx context.Context) error {
	return r.ask(ctx, http.MethodPost, "show", nil, io.Discard)
}

// Quit ends the other process and returns once it has gone; ErrNoWindow when it has
// no window, and then it goes on.
func (r *Client) Quit(ctx context.Context) error {
	answer, err := r.open(ctx, http.MethodPost, "quit", nil)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Close() }() // it was only read
	_, _ = io.Copy(io.Discard, answer)    // the end of the other process breaks it off, in one way or another
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait for the end: %w", err)
	}
	return nil
}

// Doctor copies the result of a health check that the other process makes to w.
func (r *Client) Doctor(ctx context.Context, w io.Writer) error {
	return r.ask(ctx, http.MethodPost, "doctor", nil, w)
}

// Backup makes the other process copy everything into the file at an absolute path.
func (r *Client) Backup(ctx context.Context, path string) error {
	return r.ask(ctx, http.MethodPost, "backup?"+url.Values{"file": {path}}.Encode(), nil, io.Discard)
}

// Events copies what WriteEvents writes in the other process to w.
func (r *Client) Events(ctx context.Context, w io.Writer) error {
	return r.ask(ctx, http.MethodGet, "events", nil, w)
}

// Quarantine copies what WriteQuarantine writes in the other process to w.
func (r *Client) Quarantine(ctx context.Context, w io.Writer) error {
	return r.ask(ctx, http.MethodGet, "quarantine", nil, w)
}

// maxRefusal bounds what is read of an answer that says no.
const maxRefusal = 4 << 10

// ask sends a request and copies the answer to w. An answer that breaks off is
// an error, after w has got a part of it.
func (r *Client) ask(ctx context.Context, method, what string, body io.Reader, w io.Writer) error {
	answer, err := r.open(ctx, method, what, body)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Close() }() // it was only read
	if _, err := io.Copy(w, answer); err != nil {
		return fmt.Errorf("copy %s: %w", nameOf(what), err)
	}
	return nil
}

// open sends a request and returns the answer, which the caller closes.
func (r *Client) open(ctx context.Context, method, what string, body io.Reader) (answer io.ReadCloser, err error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://rentbell/v1/"+what, body)
	if err != nil {
		return nil, err
	}
	return r.send(req, http.StatusOK)
}

// send returns the answer to a request, if it has the wanted status.
func (r *Client) send(req *http.Request, wanted int) (answer io.ReadCloser, err error) {
	what := strings.TrimPrefix(req.URL.Path, "/v1/")
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", what, errors.Unwrap(err)) // without the made-up URL
	}
	if resp.StatusCode == wanted {
		return resp.Body, nil
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	switch resp.StatusCode {
	case http.StatusConflict:
		return nil, core.ErrNoWindow
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return nil, fmt.Errorf("ask for %s: %w: it is of another version", what, core.ErrNoControl)
	}
	said, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
	var claimed core.ClaimedError
	switch {
	case resp.StatusCode == http.StatusLocked && json.Unmarshal(said, &claimed) == nil:
		return nil, &claimed
	case resp.StatusCode == http.StatusFailedDependency:
		return nil, core.ErrOfficeAway
	case resp.StatusCode == http.StatusUpgradeRequired:
		return nil, core.ErrDeskTooOld
	}
	return nil, errors.Join(fmt.Errorf("ask for %s: %s", what, bytes.TrimSpace(said)), err)
}

// nameOf is a question without its particulars.
func nameOf(what string) string {
	name, _, _ := strings.Cut(what, "?")
	return name
}
