package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// pruneStates forgets what is over and has no event left: work orders that are
// closed, leases that ended before a time or that only their payments told of.
// What is open stays, however long ago it was last heard of, and so do tenants.
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

// dropStates deletes states in small transactions, but for those that have been
// heard of again meanwhile.
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
