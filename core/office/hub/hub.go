// Package hub is the receiver's side of an office. It copies the events that the store has
// already kept into a stream of NATS JetStream, which desks follow, and lets in whom the
// roster has. JetStream is a projection: what it has lost is published again, and whatever
// becomes of it delays no delivery. Nothing listens but the one port that the caller opened.
package hub

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/shared"
)

// Store is what the hub reads of the receiver's store.
type Store interface {
	Summary() (core.Summary, error)
	Event(seq uint64) (core.Event, error)
	Each(ctx context.Context, q core.Query, fn func(core.Event) error) error
	// Snapshot copies into a file what a desk begins with.
	Snapshot(ctx context.Context, path string) error
	// MakeStatementAccount is the account that statements of all desks are of.
	MakeStatementAccount() (core.StatementAccount, error)
}

// Config is what a Hub is made of.
type Config struct {
	Dir     string // of the data; JetStream gets a folder of its own in it
	Name    string // what people call this computer
	Key     core.Secret
	Store   Store
	Encode  func(core.Event) ([]byte, error)
	Roster  *office.Roster
	Share   *shared.Share // nil: nothing but events is shared
	Cluster *Cluster      // nil: JetStream is in this process
	Log     *slog.Logger
	Now     func() time.Time
	// KeepYears is for how many full years records are kept, 0 for ever; nil: for ever.
	KeepYears func() int
	// KeepFor has it changed for a manager; nil: nobody may.
	KeepFor func(ctx context.Context, years int) error
	// LowestDesk is the lowest office.DeskVersion that may write.
	LowestDesk int
}

// Hub serves an office. Its methods may be called from any goroutine.
type Hub struct {
	cfg  Config
	gate *gate
	wake chan struct{} // capacity 1: there may be something to publish
	left chan struct{} // capacity 1: a desk has left
	news chan struct{} // capacity 1: a leaf node has to start with another roster

	mu     sync.Mutex
	engine *engine // nil while there is none
	broken error   // why nothing can be published; nil: it can
	sent   uint64  // the newest event that desks can have
}

// New makes a hub; Run starts it.
func New(cfg Config) (*Hub, error) {
	h := &Hub{cfg: cfg, wake: make(chan struct{}, 1), left: make(chan struct{}, 1), news: make(chan struct{}, 1)}
	var err error
	h.gate, err = newGate(h)
	return h, err
}

// Pin is what desks know this receiver by.
func (h *Hub) Pin() [sha256.Size]byte { return h.gate.pin }

// Wake says that the store may have more. It does not wait.
func (h *Hub) Wake() { nudge(h.wake) }

// nudge puts an element into a channel that has none.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// State is how the hub goes.
type State struct {
	Sent    uint64 // the newest event that desks can have
	Problem error  // why nothing is published; nil: it is
}

// State returns the present one.
func (h *Hub) State() State {
	h.mu.Lock()
	defer h.mu.Unlock()
	return State{h.sent, h.broken}
}

// How long a JetStream that failed is left alone: longer each time, because to begin from
// nothing costs work.
const (
	firstPause   = time.Second / 4
	longestPause = 30 * time.Second
	clusterPause = 5 * time.Second // to look whether a cluster is back costs little
)

// Run serves desks on l, and publishes, until ctx ends. It closes l and returns when all
// that it started has ended. JetStream is started anew when it fails, and from nothing
// when that does not help.
func (h *Hub) Run(ctx context.Context, l net.Listener) {
	var working sync.WaitGroup
	working.Go(func() { h.gate.serve(ctx, l) })
	afresh, pauses := false, core.Backoff{First: firstPause, Most: longestPause}
	if h.cfg.Cluster != nil {
		pauses.Most = clusterPause
	}
	for ctx.Err() == nil {
		began := h.cfg.Now()
		err := h.work(ctx, afresh)
		switch {
		case ctx.Err() != nil:
			continue
		case errors.Is(err, errOtherFile):
			h.cfg.Log.Info("another file is behind the office; desks begin again")
			afresh = false
			continue
		case errors.Is(err, errRoster):
			continue
		}
		if was := h.State().Problem; was == nil || was.Error() != err.Error() {
			h.cfg.Log.Warn("the office's stream failed; it is started again", "err", err)
		}
		h.note(func() { h.broken = err })
		afresh = !afresh || errors.Is(err, errDamaged)
		if h.cfg.Now().Sub(began) > longestPause {
			pauses.Reset() // it went well for a while
		}
		pause(ctx, pauses.Next())
	}
	working.Wait()
}

// work starts JetStream and publishes until it fails or ctx ends.
func (h *Hub) work(ctx context.Context, afresh bool) error {
	select {
	case <-h.news: // the roster is read now
	default:
	}
	e, err := startEngine(ctx, h.cfg, hex.EncodeToString(h.gate.pin[:8]), afresh)
	if err != nil {
		return err
	}
	defer e.stop()
	ctx, e.end = context.WithCancelCause(ctx)
	defer e.end(nil)
	epoch, err := h.epoch()
	if err != nil {
		return err
	}
	account, err := h.cfg.Store.MakeStatementAccount()
	if err != nil {
		return fmt.Errorf("find the account of statements: %w", err)
	}
	if err := e.prepare(ctx, epoch, account); err != nil {
		return err
	}
	if err := errors.Join(e.answerSnapshots(ctx, h, epoch), e.answerManagers(ctx, h)); err != nil {
		return err
	}
	defer h.note(func() { h.engine = nil })
	if err := h.open(e); err != nil {
		return err
	}
	var watching sync.WaitGroup
	watching.Go(func() { h.watchDesks(ctx, e) })
	watching.Go(func() { h.share(ctx, e) })
	if e.leaf != nil {
		watching.Go(func() { e.end(e.look(ctx)) })
		watching.Go(func() { e.end(h.awaitNews(ctx)) })
	}
	e.end(h.publish(ctx, e, epoch))
	watching.Wait()
	return context.Cause(ctx)
}

// share shares what is no event, until ctx ends.
func (h *Hub) share(ctx context.Context, e *engine) {
	for h.cfg.Share != nil && ctx.Err() == nil {
		if err := h.cfg.Share.Run(ctx, e.js); err != nil && ctx.Err() == nil {
			h.cfg.Log.Warn("names and exports are not shared; it is tried again", "err", err)
			pause(ctx, firstPause)
		}
	}
}

func (h *Hub) note(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
}

// open lets desks in. One may have joined, or was removed, since the engine has started.
func (h *Hub) open(e *engine) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.leaf != nil {
		select {
		case <-h.news:
			return errRoster
		default:
			h.engine = e
			return nil
		}
	}
	h.engine = e
	if err := e.reload(h.cfg.Roster.Desks()); err != nil {
		return fmt.Errorf("let desks in: %w", err)
	}
	return nil
}

// errRoster: the engine is to start with the roster that there is now. A server that is a
// leaf node cannot read options anew: it compares the function that signs, and finds it
// changed.
var errRoster = errors.New("the list of desks has changed")

// lastWord is how long a manager's desk has to hear that another was removed.
const lastWord = time.Second / 5

// awaitNews returns errRoster when the roster has changed, and nil when ctx ends.
func (h *Hub) awaitNews(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-h.news:
		pause(ctx, lastWord)
		return errRoster
	}
}

// Admit lets in whom the roster has now, and cuts off whom it has no more. In a cluster all
// desks connect once more for that.
func (h *Hub) Admit() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.cfg.Cluster != nil {
		h.engine = nil // a desk that has just joined tries again; a server that does not know it would say that it was removed
		nudge(h.news)
		return nil
	}
	if h.engine == nil {
		return nil // it reads the roster when it starts
	}
	if err := h.engine.reload(h.cfg.Roster.Desks()); err != nil {
		return fmt.Errorf("let desks in: %w", err)
	}
	return nil
}
