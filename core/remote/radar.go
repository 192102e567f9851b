package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// Radar is the part of a Bell that looks out for what should have come.
type Radar interface {
	// Steps calls fn for the events of leases and work orders, in no certain order.
	Steps(ctx context.Context, fn func(core.Event) error) error
	// Decided is what people, tables and records say of what is expected.
	Decided() radar.Terms
	SetNotice(ctx context.Context, lease string, on bool) error
}

// step is an event of a lease or a work order as it crosses the socket. One of the last
// three is set.
type step struct {
	Seq     uint64
	At      time.Time
	Field   string             `json:",omitempty"` // that could not be read
	Signed  *core.LeaseSigned  `json:",omitempty"`
	Expired *core.LeaseExpired `json:",omitempty"`
	Order   *core.WorkOrder    `json:",omitempty"`
}

func stepOf(e core.Event) step {
	s := step{Seq: e.Seq, At: e.OccurredAt, Field: e.Attention.Field}
	switch d := e.Detail.(type) {
	case core.LeaseSigned:
		s.Signed = &d
	case core.LeaseExpired:
		s.Expired = &d
	case core.WorkOrder:
		s.Order = &d
	}
	return s
}

func (s step) event() core.Event {
	e := core.Event{Seq: s.Seq, OccurredAt: s.At, Attention: core.Attention{Field: s.Field}}
	switch {
	case s.Signed != nil:
		e.Detail = *s.Signed
	case s.Expired != nil:
		e.Detail = *s.Expired
	case s.Order != nil:
		e.Detail = *s.Order
	}
	return e
}

// radar sends what was decided and then the steps, a JSON object on a line each. The
// caller does the counting: days are those of its time zone.
func (c Server) radar(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	c.stream(w, r, func(out io.Writer) error {
		return writeLines(out, func(write func(any) error) error {
			if err := write(c.Radar.Decided()); err != nil {
				return err
			}
			return c.Radar.Steps(r.Context(), func(e core.Event) error { return write(stepOf(e)) })
		})
	})
}

func (c Server) setNotice(w http.ResponseWriter, r *http.Request) {
	lease := r.URL.Query().Get("lease")
	on, err := strconv.ParseBool(r.URL.Query().Get("on"))
	if err != nil || lease == "" || len(lease) > core.MaxNameID {
		http.Error(w, "no lease, or on is neither true nor false", http.StatusBadRequest)
		return
	}
	c.stream(w, r, func(io.Writer) error { return c.Radar.SetNotice(r.Context(), lease, on) })
}

// Radar is what the other process knows of what is expected, and the events of leases and
// work orders that it has. They are in memory once it returns.
func (r *Client) Radar(ctx context.Context) (t radar.Terms, steps func(context.Context, func(core.Event) error) error, err error) {
	answer, err := r.open(ctx, http.MethodGet, "radar", nil)
	if err != nil {
		return t, nil, err
	}
	defer func() { _ = answer.Close() }() // it was only read
	lines := json.NewDecoder(answer)
	if err := lines.Decode(&t); err != nil {
		return t, nil, fmt.Errorf("read what is expected: %w", err)
	}
	var events []core.Event
	for {
		var s step
		switch err := lines.Decode(&s); {
		case errors.Is(err, io.EOF):
			return t, each(events), nil
		case err != nil:
			return t, nil, fmt.Errorf("read events of leases and work orders: %w", err)
		}
		events = append(events, s.event())
	}
}

func each(events []core.Event) func(context.Context, func(core.Event) error) error {
	return func(ctx context.Context, fn func(core.Event) error) error {
		for _, e := range events {
			if err := fn(e); err != nil {
				return err
			}
		}
		return ctx.Err()
	}
}

// SetNotice makes the other process put the switch "Notice served" of a lease on or off.
func (r *Client) SetNotice(ctx context.Context, lease string, on bool) error {
	what := "notice?" + url.Values{"lease": {lease}, "on": {strconv.FormatBool(on)}}.Encode()
	return r.ask(ctx, http.MethodPost, what, nil, io.Discard)
}
