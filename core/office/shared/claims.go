package shared

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/office"
)

const (
	// staleAfter is how long a desk may take from its claim to the end, or from one step
	// of it to the next. An export takes seconds.
	staleAfter = 2 * time.Minute
	askLimit   = 5 * time.Second
)

// exported is what the office knows of the exports in one format, and of who is at one: a
// value of the bucket of exports.
type exported struct {
	After   uint64 `json:"after_seq"` // up to this event everything was exported
	Writing bool   `json:"writing"`
	By      string `json:"by,omitempty"`     // who is at it
	To      uint64 `json:"to_seq,omitempty"` // up to which event, once it is known
	Rows    int    `json:"rows,omitempty"`   // as To
	Done    *done  `json:"done,omitempty"`   // the last one; nil: there is none
}

type done struct {
	By     string     `json:"by"`
	At     time.Time  `json:"at"` // UTC, by the receiver's clock
	Rows   int        `json:"rows"`
	Total  core.Cents `json:"total"`
	File   string     `json:"file"` // base name
	SHA256 string     `json:"sha256"`
}

// Claims decides for a desk, with the others, who exports. Its methods may be called from
// any goroutine.
type Claims struct {
	me       string // no other desk has the name
	log      *slog.Logger
	patience time.Duration // staleAfter
	readOnly atomic.Bool   // this desk may not claim

	mu   sync.Mutex
	open buckets                 // nil: the office is out of reach
	held map[core.Format]*holder // what this process claims
}

// NewClaims makes the Claims of a desk, out of reach of the office.
func NewClaims(me string, log *slog.Logger) *Claims {
	return &Claims{me: me, log: log, patience: staleAfter, held: map[core.Format]*holder{}}
}

// Join makes the claims in an office that is connected, until Leave. What this desk claimed
// before its process or its connection ended is settled: past are the exports that it
// remembers, and those that it made itself have an empty By.
func (c *Claims) Join(ctx context.Context, js jetstream.JetStream, past []core.PastExport) error {
	b, err := open(ctx, js)
	if err != nil {
		return err
	}
	for _, f := range export.Formats() {
		if err := c.settle(ctx, b, f, past); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = b
	return nil
}

// Leave says that the office is out of reach.
func (c *Claims) Leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.open = nil
}

// settle ends a claim of this desk that nobody holds any more.
func (c *Claims) settle(ctx context.Context, b buckets, f core.Format, past []core.PastExport) error {
	h := c.holder(ctx, b, f)
	at, err := h.look(ctx, b[office.BucketOffice])
	switch {
	case errors.Is(err, errNoAccount):
		return nil // so nothing was claimed yet
	case err != nil:
		return err
	}
	if !h.state.Writing || h.state.By != c.me || c.holds(f) {
		return nil
	}
	next := h.state.dropped()
	for _, e := range past {
		if e.Format == f && e.By == "" && !e.Begun && e.LastSeq == h.state.To {
			next = h.state.ended(e, c.me, at)
		}
	}
	if err := h.write(ctx, next); err != nil && !moved(err) {
		return fmt.Errorf("settle the export that was begun: %w", err)
	}
	return nil
}

func (c *Claims) holds(f core.Format) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held[f] != nil
}

// Claim gets the right to export in a format. See core.ExportOffice.
func (c *Claims) Claim(ctx context.Context, f core.Format, takeOver bool) (core.ExportClaim, error) {
	c.mu.Lock()
	b := c.open
	c.mu.Unlock()
	if c.readOnly.Load() {
		return nil, core.ErrDeskTooOld
	}
	if b == nil {
		return nil, core.ErrOfficeAway
	}
	asking, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	h := c.holder(ctx, b, f)
	err := h.win(asking, b[office.BucketOffice], takeOver)
	var claimed *core.ClaimedError
	switch {
	case err == nil:
		c.mu.Lock()
		defer c.mu.Unlock()
		c.held[f] = h
		return h, nil
	case errors.As(err, &claimed), ctx.Err() != nil:
		return nil, err
	}
	return nil, fmt.Errorf("%w: %w", core.ErrOfficeAway, err)
}

// holder makes one that has claimed nothing yet. Its later steps are taken also when who
// asked has gone: the files are there, or others wait.
func (c *Claims) holder(ctx context.Context, b buckets, f core.Format) *holder {
	return &holder{claims: c, bucket: b[office.BucketExports], format: f, bounded: func() (context.Context, context.CancelFunc) {
		return context.WithTimeout(context.WithoutCancel(ctx), askLimit)
	}}
}

// holder is a claim of this desk.
type holder struct {
	bounded func() (context.Context, context.CancelFunc) // for a step

	claims *Claims
	bucket jetstream.KeyValue
	format core.Format

	key      string
	state    exported // as it is in the bucket
	revision uint64   // of that
	since    time.Time
	isDone   bool
}

// look reads the state, and says when it was written by the receiver's clock.
func (h *holder) look(ctx context.Context, of jetstream.KeyValue) (written time.Time, err error) {
	if h.key == "" {
		if h.key, err = keyOf(ctx, of, h.format); err != nil {
			return written, err
		}
	}
	entry, err := h.bucket.Get(ctx, h.key)
	h.state, h.revision = exported{}, 0
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return written, nil
	case err != nil:
		return written, fmt.Errorf("look who exports: %w", err)
	}
	h.revision = entry.Revision()
	if err := json.Unmarshal(entry.Value(), &h.state); err != nil {
		return written, fmt.Errorf("read who exports: %w", err)
	}
	h.state.By = core.CleanName(h.state.By) // another desk has written it
	if d := h.state.Done; d != nil {
		d.By, d.Rows = core.CleanName(d.By), max(0, d.Rows)
	}
	return entry.Created().UTC(), nil
}

// errNoAccount: the receiver has not said yet which account statements are of.
var errNoAccount = errors.New("the office has no account yet")

// keyOf is the key of a format and of the account that the office's statements are of.
func keyOf(ctx context.Context, of jetstream.KeyValue, f core.Format) (string, error) {
	entry, err := of.Get(ctx, office.KeyAccount)
	var a core.StatementAccount
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
		return "", errNoAccount
	case err != nil:
		return "", fmt.Errorf("look up the office's account: %w", err)
	}
	if err := json.Unmarshal(entry.Value(), &a); err != nil || !a.Valid() {
		return "", errors.Join(errors.New("the office's account is none"), err)
	}
	return string(f) + "." + a.Number, nil
}

// win claims, where nobody else does. Of several that try at a time one wins, and the
// others are told of it.
func (h *holder) win(ctx context.Context, of jetstream.KeyValue, takeOver bool) error {
	written, err := h.look(ctx, of)
	if err != nil {
		return err
	}
	for first := h.state.After; ; {
		switch other, err := h.other(ctx, written); {
		case err != nil:
			return err
		case h.state.After != first && h.state.Done != nil:
			return h.state.Done.told()
		case other != nil && !(other.Stale && takeOver):
			return other
		}
		next := h.state.dropped()
		next.Writing, next.By = true, h.claims.me
		err := h.write(ctx, next)
		if err == nil || !moved(err) {
			return err
		}
		if written, err = h.look(ctx, of); err != nil {
			return err
		}
	}
}

// other is who is at an export; nil: nobody, or this desk, in a process that has ended.
func (h *holder) other(ctx context.Context, written time.Time) (*core.ClaimedError, error) {
	if !h.state.Writing || h.state.By == h.claims.me && !h.claims.holds(h.format) {
		return nil, nil
	}
	now, err := h.serverTime(ctx)
	if err != nil {
		return nil, err
	}
	return &core.ClaimedError{
		By: h.state.By, At: written, Rows: h.state.Rows, Writing: true, Stale: now.Sub(written) >= h.claims.patience,
	}, nil
}

// serverTime is the receiver's present time.
func (h *holder) serverTime(ctx context.Context) (time.Time, error) {
	status, err := h.bucket.Status(ctx)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask for the time: %w", err)
	}
	info, is := status.(*jetstream.KeyValueBucketStatus)
	if !is || info.StreamInfo().TimeStamp.IsZero() {
		return time.Time{}, errors.New("ask for the time: there is none")
	}
	return info.StreamInfo().TimeStamp, nil
}

// write replaces the state that was seen.
func (h *holder) write(ctx context.Context, next exported) error {
	value, err := json.Marshal(next)
	if err != nil {
		return err
	}
	revision, err := put(ctx, h.bucket, h.key, value, h.revision)
	if err == nil {
		h.state, h.revision = next, revision
	}
	return err
}

// Last says what the office has exported. See core.ExportClaim.
func (h *holder) Last() (upTo uint64, other *core.ClaimedError) {
	if d := h.state.Done; d != nil && d.By != h.claims.me {
		other = d.told()
	}
	return h.state.After, other
}

// Begin renews the claim, and gets the time. See core.ExportClaim.
func (h *holder) Begin(e core.PastExport) (time.Time, error) {
	ctx, cancel := h.bounded()
	defer cancel()
	next := h.state
	next.To, next.Rows = e.LastSeq, e.Rows
	if err := h.write(ctx, next); err != nil {
		return time.Time{}, h.lost(ctx, err)
	}
	entry, err := h.bucket.GetRevision(ctx, h.key, h.revision)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: %w", core.ErrOfficeAway, err)
	}
	h.since = entry.Created().UTC()
	return h.since, nil
}

// lost says who has taken the claim over.
func (h *holder) lost(ctx context.Context, err error) error {
	if moved(err) {
		mine := h.state
		written, looked := h.look(ctx, nil)
		switch {
		case looked != nil:
			err = looked
		case h.state.After != mine.After && h.state.Done != nil:
			return h.state.Done.told()
		default:
			return &core.ClaimedError{By: h.state.By, At: written, Rows: h.state.Rows, Writing: h.state.Writing}
		}
	}
	return fmt.Errorf("%w: %w", core.ErrOfficeAway, err)
}

// Done ends the claim. See core.ExportClaim.
func (h *holder) Done(e core.PastExport) {
	ctx, cancel := h.bounded()
	defer cancel()
	h.isDone = true // it is not to be given back, whether the office hears it now or later
	if err := h.write(ctx, h.state.ended(e, h.claims.me, h.since)); err != nil {
		h.claims.log.Warn("the office does not know yet that an export is done", "err", err)
	}
}

// Forget goes back to an earlier export. See core.ExportClaim.
func (h *holder) Forget(upTo uint64) error {
	ctx, cancel := h.bounded()
	defer cancel()
	if err := h.write(ctx, exported{After: upTo}); err != nil {
		return h.lost(ctx, err)
	}
	h.isDone = true // there is nothing to give back
	return nil
}

// Release gives the claim back. See core.ExportClaim.
func (h *holder) Release() {
	h.claims.mu.Lock()
	mine := h.claims.held[h.format] == h
	if mine {
		delete(h.claims.held, h.format)
	}
	h.claims.mu.Unlock()
	if !mine || h.isDone {
		return
	}
	ctx, cancel := h.bounded()
	defer cancel()
	if err := h.write(ctx, h.state.dropped()); err != nil {
		h.claims.log.Info("a claim was not given back", "err", err)
	}
}

func (e exported) dropped() exported { return exported{After: e.After, Done: e.Done} }

func (e exported) ended(p core.PastExport, by string, at time.Time) exported {
	return exported{After: max(e.After, p.LastSeq), Done: &done{By: by, At: at, Rows: p.Rows, Total: p.Total, File: p.File, SHA256: p.SHA256}}
}

func (d done) told() *core.ClaimedError {
	return &core.ClaimedError{By: d.By, At: d.At, Rows: d.Rows, Total: d.Total}
}
