package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sort"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// rebuildBatch is how many bytes one transaction of a rebuild holds in memory.
const rebuildBatch = 8 << 20

// rebuilding makes a new file of what was found in another. It derives everything
// anew that follows from events.
type rebuilding struct {
	from        *findings
	to          *bbolt.DB
	bodies      bool     // keep the records themselves; a recount only needs what follows from them
	events      []uint64 // numbers in the old file of those kept, in order
	quarantined []uint64
	left        []string // memos of which nothing can be made
	rivals      []rivals // records that bear another's id
	added       *additions
	tx          *bbolt.Tx
	size        int // of what tx holds
}

// rebuild writes the file at path, which is missing or empty. With bodies it syncs it.
func rebuild(ctx context.Context, f *findings, path string, bodies bool) (*rebuilding, error) {
	r, err := rebuildOnce(ctx, f, path, bodies)
	if err != nil || len(r.rivals) == 0 || !bodies {
		return r, err
	}
	f.settle(r.rivals)
	if err := os.Truncate(path, 0); err != nil {
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	return rebuildOnce(ctx, f, path, bodies)
}

func rebuildOnce(ctx context.Context, f *findings, path string, bodies bool) (*rebuilding, error) {
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, NoGrowSync: true, FreelistType: bbolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return nil, fmt.Errorf("make %s: %w", path, err)
	}
	r := &rebuilding{from: f, to: bolt, bodies: bodies, added: newAdditions(&knownIDs{}), events: make([]uint64, 0, f.events.n)}
	err = r.run(ctx)
	if err == nil && bodies {
		err = bolt.Sync()
	}
	if err = errors.Join(err, bolt.Close()); err != nil {
		_ = os.Remove(path) // the reason for giving up is err
		return nil, fmt.Errorf("rebuild: %w", err)
	}
	return r, nil
}

func (r *rebuilding) run(ctx context.Context) error {
	if err := r.to.Update(r.begin); err != nil {
		return err
	}
	if err := r.inBatches(ctx, func(next func() error) error {
		for _, known := range r.from.deletedIDs {
			if err := errors.Join(r.carryID(known), next()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	if err := r.each(ctx, &r.from.events, r.addEvent); err != nil {
		return err
	}
	if err := r.each(ctx, &r.from.quarantined, r.addQuarantined); err != nil {
		return err
	}
	return r.to.Update(func(tx *bbolt.Tx) error { return errors.Join(r.carryConcerns(tx), r.carryRest(tx)) })
}

// each calls fn for the records at spots.
func (r *rebuilding) each(ctx context.Context, records *spots, fn func(s spot, value []byte) error) error {
	return r.inBatches(ctx, func(next func() error) error {
		for s := range records.all() {
			value, err := r.from.file.Value(s.at)
			if err != nil {
				return err
			}
			if err := fn(s, value); err != nil {
				return err
			}
			if err := next(); err != nil {
				return err
			}
		}
		return nil
	})
}

// inBatches runs do, which writes to r.tx and calls next after every entry. next
// commits a transaction that has grown large, and begins another.
func (r *rebuilding) inBatches(ctx context.Context, do func(next func() error) error) (err error) {
	begin := func() (err error) {
		r.tx, err = r.to.Begin(true)
		r.size = 0
		return err
	}
	if err := begin(); err != nil {
		return err
	}
	defer func() { _ = r.tx.Rollback() }() // after the last commit it does nothing
	if err := do(func() error {
		if r.size < rebuildBatch {
			return nil
		}
		if err := errors.Join(ctx.Err(), r.commit()); err != nil {
			return err
		}
		return begin()
	}); err != nil {
		return err
	}
	return r.commit()
}

// commit ends a transaction.
func (r *rebuilding) commit() error {
	defer clear(r.added.totals)
	r.added.keep()
	return errors.Join(r.added.totals.save(r.tx), r.tx.Commit())
}

func (r *rebuilding) addEvent(s spot, value []byte) error {
	if n := len(r.events); n > 0 && r.events[n-1] == s.seq {
		return nil // an older copy of the same event
	}
	e, err := decodeEvent(s.seq, value)
	if err != nil {
		return err
	}
	if id, settled := r.from.settled[claim{s.seq, e.ID}]; settled {
		if id == "" {
			return nil
		}
		e.ID = id
		if value, err = encodeEvent(e); err != nil {
			return err
		}
	}
	const derived = 512 // bytes that follow from an event, about
	r.size += len(value) + derived
	if !r.bodies {
		value = nil
	}
	seq, fresh, err := r.added.insert(r.tx, e, value)
	switch {
	case fresh:
		r.events = append(r.events, s.seq)
	case err == nil && r.bodies:
		r.rival(e.ID, e.Body, seq, s.seq)
	}
	return err
}

func (r *rebuilding) addQuarantined(s spot, value []byte) error {
	if n := len(r.quarantined); n > 0 && r.quarantined[n-1] == s.seq {
		return nil // an older copy of the same delivery
	}
	r.quarantined = append(r.quarantined, s.seq)
	r.size += len(value)
	if !r.bodies {
		value = nil
	}
	_, err := insertQuarantined(r.tx, value)
	return err
}

// carryConcerns takes the concerns off the new list that were handled, where the old
// list is whole. Old concerns about events that need no attention are left out.
func (r *rebuilding) carryConcerns(tx *bbolt.Tx) error {
	if !r.from.concernsWhole {
		return nil
	}
	all := map[string]bool{}
	fresh := tx.Bucket(bucketConcerns)
	sequence := max(fresh.Sequence(), r.from.concerns.sequence)
	if err := fresh.ForEach(func(_, v []byte) error {
		all[string(v)] = true
		return nil
	}); err != nil {
		return err
	}
	concerns, err := emptied(tx, bucketConcerns)
	if err != nil {
		return err
	}
	count := uint64(0)
	for _, key := range slices.Sorted(maps.Keys(r.from.concerns.entries)) {
		value, known := r.concern(r.from.concerns.entries[key])
		if !known || !all[string(value)] || len(key) != 8 {
			continue
		}
		delete(all, string(value))
		sequence = max(sequence, toNumber([]byte(key)))
		count++
		if err := concerns.Put([]byte(key), value); err != nil {
			return err
		}
	}
	return errors.Join(concerns.SetSequence(sequence), setConcernCount(tx, count))
}

func setConcernCount(tx *bbolt.Tx, n uint64) error {
	meta := tx.Bucket(bucketMeta)
	if n == 0 && meta.Get(keyConcerns) == nil {
		return nil
	}
	return meta.Put(keyConcerns, number(n))
}

// concern is an old concern with the number that its event or delivery has now.
func (r *rebuilding) concern(value []byte) (now []byte, known bool) {
	if len(value) != 9 {
		return nil, false
	}
	old, there, bucket := toNumber(value[1:]), r.events, bucketEvents
	if value[0] == concernQuarantined {
		there, bucket = r.quarantined, bucketQuarantine
	}
	i, found := slices.BinarySearch(there, old)
	return append([]byte{value[0]}, number(r.from.gone(bucket)+uint64(i)+1)...), found
}

// carryRest copies the buckets that do not follow from events: names are the
// user's, doorbells have been answered since they rang, and a bucket that this
// version does not know may hold anything.
func (r *rebuilding) carryRest(tx *bbolt.Tx) error {
	entry(r.from.carried, string(bucketReads)) // even where none was found: the events have rung every doorbell again
	for name, found := range r.from.carried {
		b, err := emptied(tx, []byte(name))
		if err != nil {
			return err
		}
		put := b.Put
		switch name {
		case string(bucketMemo):
			put = func(key, value []byte) error { return r.carryMemo(b, key, value) }
		case string(bucketHandled):
			put = func(key, _ []byte) error { return r.carryHandled(b, key) }
		}
		for _, key := range slices.Sorted(maps.Keys(found.entries)) {
			if err := put([]byte(key), found.entries[key]); err != nil {
				return fmt.Errorf("carry %s over: %w", name, err)
			}
		}
		if err := b.SetSequence(found.sequence); err != nil {
			return err
		}
	}
	return nil
}

// carryHandled notes that an event was handled, under the number that it has now.
func (r *rebuilding) carryHandled(handled *bbolt.Bucket, seq []byte) error {
	if now, known := r.concern(append([]byte{concernEvent}, seq...)); known {
		return handled.Put(now[1:], []byte{})
	}
	return nil
}

// emptied makes a bucket anew, without the entries that it had.
func emptied(tx *bbolt.Tx, name []byte) (*bbolt.Bucket, error) {
	if tx.Bucket(name) != nil {
		if err := tx.DeleteBucket(name); err != nil {
			return nil, err
		}
	}
	return tx.CreateBucket(name)
}

// carryMemo copies a memo, with the numbers that events have now.
func (r *rebuilding) carryMemo(memo *bbolt.Bucket, name, value []byte) (err error) {
	if !readableMemo(string(name), value) {
		r.left = append(r.left, string(name)) // nothing can be made of it
		return nil
	}
	if r.lost() > 0 {
		switch string(name) {
		case memoRadar: // marks go by the numbers that events had; what is so by now is not told again
			return nil
		case memoExports:
			value, err = renumbered(value, func(past *[]core.PastExport) {
				for i := range *past {
					e := &(*past)[i]
					e.AfterSeq, e.LastSeq = r.upTo(e.AfterSeq), r.upTo(e.LastSeq)
				}
			})
		case memoBookmark:
			value, err = renumbered(value, func(m *core.Bookmark) { m.Told, m.Seen = r.upTo(m.Told), r.upTo(m.Seen) })
		}
	}
	return errors.Join(err, memo.Put(name, value))
}

// readableMemo reports whether what a memo says can be read as what it is about. One
// that this version does not know may be any JSON.
func readableMemo(name string, value []byte) bool {
	var into any
	switch name {
	case memoSettings:
		into = &core.Settings{}
	case memoRegistration:
		into = &core.Registration{}
	case memoPresence:
		into = &core.Presence{}
	case memoExports:
		into = &[]core.PastExport{}
	case memoStatement:
		into = &core.StatementAccount{}
	case memoBookmark:
		into = &core.Bookmark{}
	case memoRadar:
		into = &time.Time{}
	case memoCalendar:
		into = &core.CalendarMemo{}
	case memoReports:
		into = &core.ReportsMemo{}
	case memoLayouts:
		into = &[]core.Layout{}
	case memoImport:
		into = &core.PastImport{}
	case memoImportChange:
		into = &importChange{}
	case memoUnshared:
		into = &core.Unshared{}
	case memoBookmarks:
		into = &map[string]time.Time{}
	case memoPublicKeys:
		into = &[]byte{}
	case memoBackup:
		into = &backupMade{}
	}
	return json.Unmarshal(value, &into) == nil
}

func renumbered[T any](value []byte, change func(*T)) ([]byte, error) {
	var v T
	if err := json.Unmarshal(value, &v); err != nil {
		return value, err
	}
	change(&v)
	return json.Marshal(v)
}

// upTo is the new number of the last event up to an old number. So "what came
// since" stays the same when older events are lost.
func (r *rebuilding) upTo(old uint64) uint64 {
	before := sort.Search(len(r.events), func(n int) bool { return r.events[n] > old })
	return r.from.gone(bucketEvents) + uint64(before)
}

// lost is how many events there must have been of which nothing was found.
func (r *rebuilding) lost() int {
	return r.from.missing(len(r.events))
}
