package shared

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
)

// Share carries what is shared between one Bell and the buckets.
type Share struct {
	receiver bool
	desk     core.SharedDesk
	claims   *Claims
	log      *slog.Logger
}

// NewShare makes one, out of reach of the office. me is what the computer is called there.
// The receiver fills buckets that lack something.
func NewShare(me string, receiver bool, d core.SharedDesk, log *slog.Logger) *Share {
	s := &Share{receiver: receiver, desk: d, claims: NewClaims(me, log), log: log}
	d.Claims(me, s.claims)
	return s
}

// Restrict says whether this computer may only read. Then it takes over what the others
// write, and what was changed here stays here until it may write. It is to be called before
// Run.
func (s *Share) Restrict(readOnly bool) { s.claims.readOnly.Store(readOnly) }

// Run carries until ctx ends or the connection does.
func (s *Share) Run(ctx context.Context, js jetstream.JetStream) error {
	b, err := open(ctx, js)
	if err != nil {
		return err
	}
	if err := s.account(ctx, b); err != nil {
		return err
	}
	past, err := s.desk.PastExports()
	if err != nil {
		return err
	}
	if !s.claims.readOnly.Load() {
		if err := s.claims.Join(ctx, js, past); err != nil {
			return err
		}
		defer s.claims.Leave()
	}
	return s.carry(ctx, b)
}

// account takes over which account statements are of.
func (s *Share) account(ctx context.Context, b buckets) error {
	entry, err := b[office.BucketOffice].Get(ctx, office.KeyAccount)
	var a core.StatementAccount
	if err == nil {
		err = json.Unmarshal(entry.Value(), &a)
	}
	if err != nil {
		return fmt.Errorf("look up the office's account: %w", err)
	}
	return s.desk.Account(a)
}

// update is a value that a bucket has now; a nil entry: all that it had was told.
type update struct {
	bucket string
	entry  jetstream.KeyValueEntry
}

// errUnwatched: a bucket tells nothing any more.
var errUnwatched = errors.New("a bucket is not watched any more")

// carry watches the buckets, and compares them with what is here.
func (s *Share) carry(ctx context.Context, b buckets) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer cancel(nil)
	updates := make(chan update)
	for _, name := range office.SharedBuckets() {
		w, err := b[name].WatchAll(ctx)
		if err != nil {
			return fmt.Errorf("watch the bucket %s: %w", name, err)
		}
		watching.Go(func() {
			defer func() { _ = w.Stop() }() // the connection may have ended
			cancel(pass(ctx, name, w, updates))
		})
	}
	c := carried{share: s, buckets: b, values: map[string]string{}, revisions: map[string]uint64{}}
	for told := 0; ; {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.desk.Changed():
		case u := <-updates:
			if u.entry == nil {
				told++
			}
			c.hear(u)
			for more := true; more; { // what comes at once is compared at once
				select {
				case u := <-updates:
					if u.entry == nil {
						told++
					}
					c.hear(u)
				default:
					more = false
				}
			}
		}
		if told < len(office.SharedBuckets()) {
			continue
		}
		if err := c.compare(ctx); err != nil && ctx.Err() == nil {
			return err
		}
	}
}

// pass passes on what a bucket tells.
func pass(ctx context.Context, bucket string, w jetstream.KeyWatcher, to chan<- update) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e, open := <-w.Updates():
			if !open {
				return errUnwatched
			}
			select {
			case to <- update{bucket, e}:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// carried is what the buckets hold.
type carried struct {
	share     *Share
	buckets   buckets
	values    map[string]string
	revisions map[string]uint64
}

func (c carried) hear(u update) {
	if u.entry == nil {
		return
	}
	key := u.bucket + "/" + u.entry.Key()
	if u.entry.Revision() <= c.revisions[key] {
		return // of a value that was written from here
	}
	c.values[key], c.revisions[key] = string(u.entry.Value()), u.entry.Revision()
}

// compare takes over what is new, and writes what the buckets lack. A value that somebody
// else has written meanwhile comes again.
func (c carried) compare(ctx context.Context) error {
	write, err := c.share.desk.Compare(ctx, c.values, c.share.receiver)
	if err != nil {
		return err
	}
	if c.share.claims.readOnly.Load() {
		write = nil
	}
	written := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(write)) {
		bucket, name, _ := strings.Cut(key, "/")
		revision, err := put(ctx, c.buckets[bucket], name, []byte(write[key]), c.revisions[key])
		switch {
		case err == nil:
			c.values[key], c.revisions[key] = write[key], revision
			written[key] = write[key]
		case !moved(err):
			return errors.Join(fmt.Errorf("share what was changed: %w", err), c.share.desk.Agreed(written))
		}
	}
	return c.share.desk.Agreed(written)
}
