package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"sync"

	"rentbell/core"
	"rentbell/core/export"
)

// Exports is where the exports of a Bell are made and remembered.
type Exports interface {
	export.Desk
	Past() ([]core.PastExport, error)
}

func (c Server) pastExports(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error {
		past, err := c.Exports.Past()
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(past)
	})
}

// PastExports are the exports that the other process remembers, oldest first.
func (r *Client) PastExports(ctx context.Context) (past []core.PastExport, err error) {
	var answer bytes.Buffer
	if err := r.ask(ctx, http.MethodGet, "exports", nil, &answer); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(answer.Bytes(), &past); err != nil {
		return nil, fmt.Errorf("read what was exported: %w", err)
	}
	return past, nil
}

// A claim is a connection: it lasts until that ends, so a process that is killed
// releases its claim. The answer to the request switches protocols, and from then on
// JSON values cross: a Start, then for each step of the client how it went.

// claimProtocol is what the connection of a claim is upgraded to.
const claimProtocol = "rentbell-claim"

// claimStep is one that a client takes with its claim. One member is set.
type claimStep struct {
	Begin *core.PastExport `json:",omitempty"`
	Done  bool             `json:",omitempty"`
	Drop  bool             `json:",omitempty"`
}

// stepTaken is how a step went.
type stepTaken struct {
	Fault   string
	Claimed *core.ClaimedError `json:",omitempty"` // another desk has taken the claim over
}

// mostSteps bounds what is read of a client: some steps, each with a path of a few
// thousand bytes.
const mostSteps = 1 << 20

func (c Server) claimExport(w http.ResponseWriter, r *http.Request) {
	format, err := export.ParseFormat(r.URL.Query().Get("format"))
	if err != nil || r.Header.Get("Upgrade") != claimProtocol {
		http.Error(w, "no format, or no claim", http.StatusBadRequest)
		return
	}
	claim, err := c.Exports.Claim(r.Context(), format, r.URL.Query().Get("take_over") == "true")
	var claimed *core.ClaimedError
	switch {
	case errors.As(err, &claimed):
		w.WriteHeader(http.StatusLocked)
		_ = json.NewEncoder(w).Encode(claimed) // who asked may have gone
		return
	case errors.Is(err, core.ErrOfficeAway):
		http.Error(w, err.Error(), http.StatusFailedDependency)
		return
	case errors.Is(err, core.ErrDeskTooOld):
		http.Error(w, err.Error(), http.StatusUpgradeRequired)
		return
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer claim.Release()
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() { _ = conn.Close() }() // who asked may have gone
	hangUp := context.AfterFunc(r.Context(), func() { _ = conn.Close() })
	defer hangUp()
	_, err = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "+claimProtocol+"\r\n\r\n")
	if err == nil {
		err = serveClaim(claim, io.LimitReader(buffered, mostSteps), conn)
	}
	if err != nil && r.Context().Err() == nil {
		c.Log.Warn("an export of another process ended without a word", "err", err)
	}
}

// serveClaim takes steps until the client hangs up.
func serveClaim(claim export.Claim, from io.Reader, to io.Writer) error {
	in, out := json.NewDecoder(from), json.NewEncoder(to)
	if err := out.Encode(claim.Start()); err != nil {
		return err
	}
	for {
		var step claimStep
		if err := in.Decode(&step); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		var taken stepTaken
		if err := step.take(claim); err != nil {
			taken.Fault = err.Error()
			errors.As(err, &taken.Claimed)
		}
		if err := out.Encode(taken); err != nil {
			return err
		}
	}
}

func (s claimStep) take(claim export.Claim) error {
	switch {
	case s.Begin != nil:
		return claim.Begin(*s.Begin)
	case s.Done:
		return claim.Done()
	case s.Drop:
		return claim.Drop()
	}
	return errors.New("no step")
}

// claim is held in the other process.
type claim struct {
	start   export.Start
	in      *json.Decoder
	out     *json.Encoder
	release func()
}

// Claim waits until no other export of the other process' data is made; after a minute
// the error is core.ErrExporting. See export.Desk.
func (r *Client) Claim(ctx context.Context, f core.Format, takeOver bool) (export.Claim, error) {
	asked := url.Values{"format": {string(f)}, "take_over": {strconv.FormatBool(takeOver)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://rentbell/v1/exports?"+asked.Encode(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Connection", "Upgrade")
	req.Header.Set("Upgrade", claimProtocol)
	answer, err := r.send(req, http.StatusSwitchingProtocols)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("%w: %w", core.ErrExporting, err)
	}
	if err != nil {
		return nil, err
	}
	conn, ok := answer.(io.ReadWriteCloser)
	if !ok {
		return nil, errors.Join(errors.New("a claim without a connection"), answer.Close())
	}
	c := &claim{in: json.NewDecoder(conn), out: json.NewEncoder(conn), release: sync.OnceFunc(func() { _ = conn.Close() })}
	if err := c.in.Decode(&c.start); err != nil {
		c.Release()
		return nil, fmt.Errorf("read what can be exported: %w", err)
	}
	return c, nil
}

func (c *claim) Start() export.Start           { return c.start }
func (c *claim) Begin(e core.PastExport) error { return c.take(claimStep{Begin: &e}) }
func (c *claim) Done() error                   { return c.take(claimStep{Done: true}) }
func (c *claim) Drop() error                   { return c.take(claimStep{Drop: true}) }
func (c *claim) Release()                      { c.release() }

func (c *claim) take(s claimStep) error {
	var taken stepTaken
	err := c.out.Encode(s)
	if err == nil {
		err = c.in.Decode(&taken)
	}
	switch {
	case err != nil:
	case taken.Claimed != nil:
		err = taken.Claimed
	case taken.Fault != "":
		err = errors.New(taken.Fault)
	}
	if err != nil {
		return fmt.Errorf("have an export remembered: %w", err)
	}
	return nil
}

// AsOf reads payments of the other process with the names as they were after so many
// changes of names.
func (r *Client) AsOf(renames uint64) (export.Payments, error) { return dated{r, renames}, nil }

// dated are payments with the names of a certain time.
type dated struct {
	client  *Client
	renames uint64
}

func (d dated) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	return d.client.skim(ctx, q, &d.renames, fn)
}
