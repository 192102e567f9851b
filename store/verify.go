package store

import (
	"context"
	"fmt"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// verify counts a file through: every event can be read and is known by its id,
// and feeds, payments, totals and concerns are those of the events. Every error
// wraps core.ErrDamaged, but for the end of ctx.
func verify(ctx context.Context, bolt *bbolt.DB) error {
	return bolt.View(func(tx *bbolt.Tx) error {
		feeds := map[core.Feed]int{}
		var paid core.Cents
		known := uint64(0)
		events := tx.Bucket(bucketEvents)
		for seq := gone(tx, bucketEvents) + 1; seq <= events.Sequence(); seq++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, err := readEvent(tx, seq)
			if err != nil {
				return fmt.Errorf("%w: %w", core.ErrDamaged, err)
			}
			if toNumber(tx.Bucket(bucketIDs).Get([]byte(e.ID))) != seq {
				return fmt.Errorf("%w: event %d is not known by its id", core.ErrDamaged, seq)
			}
			if e.Detail == nil {
				continue
			}
			feeds[e.Detail.Feed()]++
			p, isPayment := e.Detail.(core.Payment)
			if isPayment && tx.Bucket(bucketPayments).Get(timeKey(e.OccurredAt, seq)) == nil {
				return fmt.Errorf("%w: payment %d is not listed", core.ErrDamaged, seq)
			}
			if p.AmountKnown {
				known++
				paid = paid.Plus(p.Amount)
			}
		}
		if err := verifyFeeds(tx, feeds); err != nil {
			return err
		}
		if err := verifyTotals(tx, known, paid); err != nil {
			return err
		}
		return verifyApart(tx)
	})
}

func verifyFeeds(tx *bbolt.Tx, counted map[core.Feed]int) error {
	for _, feed := range []core.Feed{core.FeedPayments, core.FeedWorkOrders, core.FeedLeases, core.FeedTenants} {
		if held(tx, feedBucket(feed)) != counted[feed] {
			return fmt.Errorf("%w: feed %s is not that of its events", core.ErrDamaged, feed)
		}
	}
	return nil
}

func verifyTotals(tx *bbolt.Tx, known uint64, paid core.Cents) error {
	var count uint64
	var sum core.Cents
	err := tx.Bucket(bucketTotals).ForEach(func(_, v []byte) error {
		n, cents := decodeTotal(v)
		count, sum = count+n, sum.Plus(cents)
		return nil
	})
	if err == nil && (count != known || sum != paid) {
		err = fmt.Errorf("%w: totals are not those of the payments", core.ErrDamaged)
	}
	return err
}

// verifyApart looks at the quarantine and at what needs attention.
func verifyApart(tx *bbolt.Tx) error {
	for seq := gone(tx, bucketQuarantine) + 1; seq <= tx.Bucket(bucketQuarantine).Sequence(); seq++ {
		if _, err := readQuarantined(tx, seq); err != nil {
			return fmt.Errorf("%w: %w", core.ErrDamaged, err)
		}
	}
	listed := uint64(0)
	err := tx.Bucket(bucketConcerns).ForEach(func(k, v []byte) error {
		listed++
		if len(v) != 9 {
			return fmt.Errorf("%w: concern %d", core.ErrDamaged, toNumber(k))
		}
		if _, err := readConcern(tx, toNumber(k), v); err != nil {
			return fmt.Errorf("%w: %w", core.ErrDamaged, err)
		}
		return nil
	})
	if err == nil && listed != toNumber(tx.Bucket(bucketMeta).Get(keyConcerns)) {
		err = fmt.Errorf("%w: what needs attention was not counted", core.ErrDamaged)
	}
	return err
}
