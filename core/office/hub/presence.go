package hub

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"rentbell/core/office"
)

// goodbye is how long a desk that leaves may take to hear that it has left. Then it is
// cut off.
const goodbye = time.Second

// lookEvery is how often it is noted which desks are there.
const lookEvery = 15 * time.Second

// watchDesks notes which desks are there, and how far they have come, until ctx ends.
func (h *Hub) watchDesks(ctx context.Context, e *engine) {
	for ctx.Err() == nil {
		if err := h.LookAtDesks(ctx); err != nil && ctx.Err() == nil {
			h.cfg.Log.Warn("it is not known which desks are there", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookEvery):
		case <-h.left:
			pause(ctx, goodbye)
			if err := h.Admit(); err != nil {
				h.cfg.Log.Warn("a desk that has left can still come in", "err", err)
			}
		}
	}
}

// LookAtDesks notes which desks are there now, and how far they have come.
func (h *Hub) LookAtDesks(ctx context.Context) error {
	h.mu.Lock()
	e := h.engine
	h.mu.Unlock()
	if e == nil {
		return nil
	}
	list, err := e.server.Connz(&server.ConnzOptions{Username: true, Limit: 2 * mostGuests})
	if err != nil {
		return fmt.Errorf("list connections: %w", err)
	}
	came, err := e.progress(ctx)
	if err != nil {
		return err
	}
	seen := map[string]office.Seen{}
	for _, c := range list.Conns {
		if c.AuthorizedUser != "" { // the public key
			seen[c.AuthorizedUser] = office.Seen{At: h.cfg.Now(), Seq: came[c.AuthorizedUser]}
		}
	}
	return h.cfg.Roster.See(ctx, seen)
}

// progress is how far desks have come, by their keys: a desk names its consumer by its key.
func (e *engine) progress(ctx context.Context) (map[string]uint64, error) {
	came := map[string]uint64{}
	stream, err := e.js.Stream(ctx, office.StreamEvents)
	if err != nil {
		return came, nil // it is being made
	}
	consumers := stream.ListConsumers(ctx)
	for c := range consumers.Info() {
		came[c.Name] = c.Delivered.Stream
	}
	return came, consumers.Err()
}
