package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// pruneStep is how many entries one transaction deletes: few, because deliveries
// that come meanwhile share its commit.
const pruneStep = 64

// limit says what goes: what was received before a time, and the events up to a number.
type limit struct {
	before time.Time
	upTo   uint64
}

// Expired counts what Prune would delete, and deletes nothing. See core.Keeper.
func (db *DB) Expired(ctx context.Context, before time.Time) (core.Expired, error) {
	var all core.Expired
	var event, delivery uint64 // the last that were counted
	for {
		if err := ctx.Err(); err != nil {
			return core.Expired{}, err
		}
		n := 0
		err := db.view(func(tx *bbolt.Tx) error {
			events, apart, err := expired(tx, limit{before: before}, event, delivery)
			n = len(events) + len(apart)
			for _, e := range events {
				event, all = e.Seq, counted(all, e)
			}
			for _, seq := range apart {
				delivery = seq
				all.Quarantined++
			}
			if err == nil && n == 0 {
				all.Concerns = len(concernsUpTo(tx, event, delivery))
			}
			return err
		})
		if err != nil || n == 0 {
			return all, err
		}
	}
}

// Prune deletes the events and quarantined deliveries that were received before a
// time, in small transactions. See core.Keeper.
func (db *DB) Prune(ctx context.Context, before time.Time) (core.Expired, error) {
	return db.prune(ctx, limit{before: before}, before)
}

// PruneTo deletes what the receiver of an office has deleted. See core.Keeper.
func (db *DB) PruneTo(ctx context.Context, upTo uint64, before time.Time) (core.Expired, error) {
	return db.prune(ctx, limit{upTo: upTo}, before)
}

// prune deletes in small transactions what goes, and then the states of what was over
// before a time.
func (db *DB) prune(ctx context.Context, l limit, before time.Time) (core.Expired, error) {
	var all core.Expired
	release, err := db.keepHouse(ctx)
	if err != nil {
		return all, err
	}
	defer release()
	for {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		step, err := db.pruneOnce(l)
		all.Events, all.Payments = all.Events+step.Events, all.Payments+step.Payments
		all.Quarantined, all.Concerns = all.Quarantined+step.Quarantined, all.Concerns+step.Concerns
		if err != nil {
			return all, err
		}
		if step.Events+step.Quarantined == 0 {
			return all, db.pruneStates(ctx, before)
		}
	}
}

// pruneOnce deletes as much as one transaction may. It reads the records first, in
// a transaction of its own: a record that cannot be read must not fail deliveries
// that share the commit. Meanwhile no other goroutine deletes.
func (db *DB) pruneOnce(l limit) (core.Expired, error) {
	var events []core.Event
	var apart []uint64
	err := db.view(func(tx *bbolt.Tx) (err error) {
		events, apart, err = expired(tx, l, 0, 0)
		return err
	})
	if err != nil || len(events)+len(apart) == 0 {
		return core.Expired{}, err
	}
	var step core.Expired
	err = db.update(func(tx *bbolt.Tx) error {
		step = core.Expired{Quarantined: len(apart)}
		for _, e := range events {
			if err := forget(tx, e); err != nil {
				return err
			}
			step = counted(step, e)
		}
		for range apart {
			if err := dropFirst(tx, bucketQuarantine); err != nil {
				return err
			}
		}
		step.Concerns, err = dropConcerns(tx)
		return err
	})
	if err != nil {
		return core.Expired{}, err
	}
	return step, nil
}

func counted(all core.Expired, e core.Event) core.Expired {
	all.Events++
	if _, isPayment := e.Detail.(core.Payment); isPayment {
		all.Payments++
	}
	return all
}

// expired reads the first events and quarantined deliveries behind those given
// (0: from the first that is there) that go, up to the first that does not, and no
// more than one transaction may delete.
func expired(tx *bbolt.Tx, l limit, event, delivery uint64) (events []core.Event, apart []uint64, err error) {
	event, delivery = max(event, gone(tx, bucketEvents)), max(delivery, gone(tx, bucketQuarantine))
	for last := tx.Bucket(bucketEvents).Sequence(); event < last && len(events) < pruneStep; {
		event++
		e, err := readEvent(tx, event)
		if err != nil {
			return nil, nil, err
		}
		if e.Seq > l.upTo && !e.ReceivedAt.Before(l.before) {
			break
		}
		events = append(events, e)
	}
	for last := tx.Bucket(bucketQuarantine).Sequence(); delivery < last && len(apart) < pruneStep; {
		delivery++
		q, err := readQuarantined(tx, delivery)
		if err != nil {
			return nil, nil, err
		}
		if !q.ReceivedAt.Before(l.before) {
			break
		}
		apart = append(apart, delivery)
	}
	return events, apart, nil
}

// forget deletes the first event that is there, with all that follows from it
// alone. Its id stays known.
func forget(tx *bbolt.Tx, e core.Event) error {
	if err := dropFirst(tx, bucketEvents); err != nil {
		return err
	}
	if e.Detail == nil {
		return nil
	}
	if err := errors.Join(dropRow(tx, e), unchain(tx, e)); err != nil {
		return err
	}
	p, isPayment := e.Detail.(core.Payment)
	if !isPayment {
		return nil
	}
	if err := tx.Bucket(bucketPayments).Delete(timeKey(e.OccurredAt, e.Seq)); err != nil || !p.AmountKnown {
		return err
	}
	return moveTotal(tx, e.OccurredAt, p.Amount)
}

// unchain takes an event off its subject's chain, of which it is the oldest link.
// A newer link may still name it; History knows that it is gone.
func unchain(tx *bbolt.Tx, e core.Event) error {
	subject := subjectOf(e)
	if subject == (core.Subject{}) {
		return nil
	}
	if err := putID(tx, e.Seq, e.ID, 0); err != nil {
		return err
	}
	latest, key := tx.Bucket(bucketLatest), subjectKey(subject)
	if toNumber(latest.Get(key)) != e.Seq {
		return nil
	}
	return latest.Delete(key)
}

// moveTotal takes a payment out of the totals, which are those of the payments
// that can be listed and exported, and adds it to what is gone.
func moveTotal(tx *bbolt.Tx, at time.Time, amount core.Cents) error {
	totals, meta := tx.Bucket(bucketTotals), tx.Bucket(bucketMeta)
	count, sum := decodeTotal(meta.Get(keyGoneTotals))
	if err := meta.Put(keyGoneTotals, encodeTotal(count+1, sum.Plus(amount))); err != nil {
		return err
	}
	key := number(quarterOf(at))
	if count, sum = decodeTotal(totals.Get(key)); count <= 1 {
		return totals.Delete(key)
	}
	return totals.Put(key, encodeTotal(count-1, sum.Plus(-amount)))
}

// pruneStates deletes the states of what is over and has no event left: closed
// work orders, leases that ended before a time, and leases that only payments told
// of. Everything open stays, however old it is, and so do tenants.
func (db *DB) pruneStates(ctx context.Context, before time.Time) error {
	for _, sweep := range []struct {
		bucket []byte
		kind   string
		over   func(value []byte) (bool, error)
	}{
		{bucketWorkOrders, "workorder", workOrderIsOver},
		{bucketLeases, "lease", func(v []byte) (bool, error) { return leaseIsOver(v, before) }},
	} {
		var ids []string
		err := db.view(func(tx *bbolt.Tx) error {
			return tx.Bucket(sweep.bucket).ForEach(func(id, value []byte) error {
				if tx.Bucket(bucketLatest).Get(subjectKey(core.Subject{Kind: sweep.kind, ID: string(id)})) != nil {
					return nil
				}
				over, err := sweep.over(value)
				if over {
					ids = append(ids, string(id))
				}
				return err
			})
		})
		if err != nil {
			return err
		}
		if err := db.dropStates(ctx, sweep.bucket, sweep.kind, ids); err != nil {
			return err
		}
	}
	return nil
}

// dropStates deletes states in small transactions, except those that have an event
// again.
func (db *DB) dropStates(ctx context.Context, bucket []byte, kind string, ids []string) error {
	for len(ids) > 0 && ctx.Err() == nil {
		step := ids[:min(pruneStep, len(ids))]
		ids = ids[len(step):]
		err := db.update(func(tx *bbolt.Tx) error {
			for _, id := range step {
				if tx.Bucket(bucketLatest).Get(subjectKey(core.Subject{Kind: kind, ID: id})) != nil {
					continue
				}
				if err := tx.Bucket(bucket).Delete([]byte(id)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

func workOrderIsOver(value []byte) (bool, error) {
	var s workOrderState
	if err := cbor.Unmarshal(value, &s); err != nil {
		return false, fmt.Errorf("read state: %w", err)
	}
	return !s.core("").Open(), nil
}

func leaseIsOver(value []byte, before time.Time) (bool, error) {
	var s leaseState
	if err := cbor.Unmarshal(value, &s); err != nil {
		return false, fmt.Errorf("read state: %w", err)
	}
	l := s.core("")
	onlyPaid := l.SignedAt.IsZero() && !l.Expired
	ended := l.Expired && l.Vacate.IsZero() || !l.Ends().IsZero() && l.Ends().Before(core.DateOf(before))
	return onlyPaid || ended, nil
}
