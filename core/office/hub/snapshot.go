package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
)

const (
	// snapshotLife is how long a copy serves desks that ask for one.
	snapshotLife = 10 * time.Minute
	// snapshotLack is how many events it may lack, which desks then get from the stream.
	snapshotLack = 5_000
	// copyLife is how long it stays in JetStream: longer than a slow desk takes to fetch
	// it, and not so long that it outlives for years what is deleted for its age.
	copyLife = 24 * time.Hour
	copyName = "office-snapshot.db" // in the data directory, while it is made
)

// copies makes snapshots, one at a time.
type copies struct {
	hub    *Hub
	engine *engine
	epoch  string
	ctx    context.Context // of the engine's run; a message from NATS carries none

	mu   sync.Mutex // held while one is made
	last office.SnapshotAnswer
	at   time.Time
	gone uint64 // the last event that had been deleted by then
}

// answerSnapshots answers desks that ask for a copy of everything, until ctx ends.
func (e *engine) answerSnapshots(ctx context.Context, h *Hub, epoch string) error {
	c := &copies{hub: h, engine: e, epoch: epoch, ctx: ctx}
	_, err := e.conn.Subscribe(office.SubjectSnapshot, func(m *nats.Msg) {
		answer, err := json.Marshal(c.answer())
		if err == nil {
			err = m.Respond(answer)
		}
		if err != nil && ctx.Err() == nil {
			h.cfg.Log.Warn("a desk is not told of its snapshot", "err", err)
		}
	})
	if err != nil {
		return fmt.Errorf("wait for desks that ask for a snapshot: %w", err)
	}
	return nil
}

func (c *copies) answer() office.SnapshotAnswer {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, err := c.hub.cfg.Store.Summary()
	if err == nil && c.serves(s) {
		return c.last
	}
	var answer office.SnapshotAnswer
	if err == nil {
		answer, err = c.make(c.ctx, s.LastSeq)
	}
	if err != nil {
		c.hub.cfg.Log.Warn("no snapshot for a desk", "err", err)
		return office.SnapshotAnswer{Error: "no snapshot can be made"}
	}
	c.last, c.at, c.gone = answer, c.hub.cfg.Now(), gone(s)
	return answer
}

// serves reports whether the last copy will do once more.
func (c *copies) serves(s core.Summary) bool {
	return c.last.Object != "" && c.hub.cfg.Now().Sub(c.at) < snapshotLife && s.LastSeq < c.last.Seq+snapshotLack && c.gone == gone(s)
}

// make puts a backup into the bucket, and takes those before it away. It has the newest
// event at least.
func (c *copies) make(ctx context.Context, newest uint64) (office.SnapshotAnswer, error) {
	path := filepath.Join(c.hub.cfg.Dir, copyName)
	if err := c.hub.cfg.Store.Snapshot(ctx, path); err != nil {
		return office.SnapshotAnswer{}, fmt.Errorf("copy the store: %w", err)
	}
	answer := office.SnapshotAnswer{Object: c.epoch + "-" + strconv.FormatUint(newest, 10), Epoch: c.epoch, Seq: newest}
	return answer, errors.Join(c.put(ctx, answer.Object, path), os.Remove(path))
}

func (c *copies) put(ctx context.Context, name, path string) error {
	bucket, err := c.engine.js.ObjectStore(ctx, office.BucketSnapshot)
	if err != nil {
		return fmt.Errorf("open the bucket of snapshots: %w", err)
	}
	old, err := bucket.List(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNoObjectsFound) {
		return fmt.Errorf("list snapshots: %w", err)
	}
	for _, o := range old {
		if o.Name != name {
			err = errors.Join(err, bucket.Delete(ctx, o.Name))
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open a copy of the store: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	if _, err = bucket.Put(ctx, jetstream.ObjectMeta{Name: name}, file); err != nil {
		return fmt.Errorf("put a snapshot into its bucket: %w", err)
	}
	return nil
}
