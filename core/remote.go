package core

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
	"path/filepath"
	"strings"
	"time"
)

// Errors of a Remote.
var (
	// ErrNoControl: nobody answers for this data directory.
	ErrNoControl = errors.New("no running Rentbell answers")
	// ErrNoWindow: the Rentbell that runs has no window to show.
	ErrNoWindow = errors.New("the running Rentbell has no window")
)

// Remote is the Rentbell that holds a data directory, asked through its socket.
type Remote struct {
	client *http.Client
}

const (
	dialTime = 2 * time.Second // to find out whether anybody is there
	idleTime = time.Minute     // between two pieces of an answer; the whole may take as long as it takes
)

// DialControl reaches the Rentbell that holds the data directory dir. When there
// is none, or it does not answer, the error is ErrNoControl, within seconds.
func DialControl(ctx context.Context, dir string) (*Remote, error) {
	r := newRemote(dir, idleTime)
	ctx, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	if _, err := r.About(ctx); err != nil {
		return nil, fmt.Errorf("%w for %s: %w", ErrNoControl, dir, err)
	}
	return r, nil
}

func newRemote(dir string, idle time.Duration) *Remote {
	path := filepath.Join(dir, ControlName)
	return &Remote{&http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialSocket(ctx, path, idle)
		},
		DisableKeepAlives:  true, // nothing to close when we are done
		DisableCompression: true,
	}}}
}

// About says who answers.
func (r *Remote) About(ctx context.Context) (About, error) {
	var answer bytes.Buffer
	if _, err := r.ask(ctx, http.MethodGet, "about", nil, &answer); err != nil {
		return About{}, err
	}
	var a About
	if err := json.Unmarshal(answer.Bytes(), &a); err != nil {
		return About{}, fmt.Errorf("ask about: %w", err)
	}
	return a, nil
}

// Show brings the window up; ErrNoWindow when there is none.
func (r *Remote) Show(ctx context.Context) error {
	_, err := r.ask(ctx, http.MethodPost, "show", nil, io.Discard)
	return err
}

// Doctor asks for a health check over there and copies its result to w.
func (r *Remote) Doctor(ctx context.Context, w io.Writer) error {
	_, err := r.ask(ctx, http.MethodPost, "doctor", nil, w)
	return err
}

// Backup has everything over there copied into the file at an absolute path.
func (r *Remote) Backup(ctx context.Context, path string) error {
	_, err := r.ask(ctx, http.MethodPost, "backup?"+url.Values{"file": {path}}.Encode(), nil, io.Discard)
	return err
}

// Events is WriteEvents over there.
func (r *Remote) Events(ctx context.Context, w io.Writer) error {
	_, err := r.ask(ctx, http.MethodGet, "events", nil, w)
	return err
}

// Quarantine is WriteQuarantine over there.
func (r *Remote) Quarantine(ctx context.Context, w io.Writer) error {
	_, err := r.ask(ctx, http.MethodGet, "quarantine", nil, w)
	return err
}

// Export is Export over there, with the days of this process's time zone.
func (r *Remote) Export(ctx context.Context, w io.Writer, q ExportQuery) (Exported, error) {
	q, err := q.checked()
	if err != nil {
		return Exported{}, err
	}
	from, to := q.window()
	query := url.Values{"from": {q.From.String()}, "to": {q.To.String()}, "format": {string(q.Format)}}
	trailer, err := r.ask(ctx, http.MethodPost, "payments?"+query.Encode(), tzif(q.Location, from, to), w)
	if err != nil {
		return Exported{}, err
	}
	var done Exported
	if err := json.Unmarshal([]byte(trailer.Get(exportedTrailer)), &done); err != nil {
		return Exported{}, fmt.Errorf("export payments: the answer has no end: %w", err)
	}
	return done, nil
}

// maxRefusal bounds what is read of an answer that says no.
const maxRefusal = 4 << 10

// ask sends a request and copies the answer to w. An answer that breaks off is
// an error, after w has got a part of it.
func (r *Remote) ask(ctx context.Context, method, what string, body []byte, w io.Writer) (trailer http.Header, err error) {
	req, err := http.NewRequestWithContext(ctx, method, "http://rentbell/v1/"+what, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	name := strings.TrimPrefix(req.URL.Path, "/v1/")
	resp, err := r.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("ask for %s: %w", name, errors.Unwrap(err)) // without the made-up URL
	}
	defer func() { _ = resp.Body.Close() }() // it was only read
	switch {
	case resp.StatusCode == http.StatusConflict:
		return nil, ErrNoWindow
	case resp.StatusCode != http.StatusOK:
		said, err := io.ReadAll(io.LimitReader(resp.Body, maxRefusal))
		return nil, errors.Join(fmt.Errorf("ask for %s: %s", name, bytes.TrimSpace(said)), err)
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return nil, fmt.Errorf("copy %s: %w", name, err)
	}
	return resp.Trailer, nil
}
