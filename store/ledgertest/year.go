package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// Year is a ledger that hands out payments from memory: the real one
// takes too long to fill, and the benchmark is to measure the export alone.
type Year struct {
	*store.DB
	Events []core.Event
}

func (y Year) Skim(ctx context.Context, _ core.Query, fn func([]core.Skimmed) error) error {
	batch := make([]core.Skimmed, 0, 256)
	for events := range slices.Chunk(y.Events, cap(batch)) {
		batch = batch[:0]
		for _, e := range events {
			p, _ := e.Detail.(core.Payment)
			batch = append(batch, core.Skimmed{
				Seq: e.Seq, At: e.OccurredAt, Payment: p,
				Arrival: core.Arrival{ID: e.ID, Type: e.Type, ReceivedAt: e.ReceivedAt, Attention: e.Attention},
			})
		}
		if err := errors.Join(ctx.Err(), fn(batch)); err != nil {
			return err
		}
	}
	return nil
}

func (y Year) Totals(from, _ time.Time) ([]core.Total, error) {
	return []core.Total{{Start: from.AddDate(0, 0, 2), Count: len(y.Events)}}, nil
}

// NewYear spreads n payments over 2026.
func NewYear(t testing.TB, n int) Year {
	t.Helper()
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	step := 360 * 24 * time.Hour / time.Duration(n)
	y := Year{New(t), make([]core.Event, n)}
	for i := range y.Events {
		at := start.Add(time.Duration(i) * step).Format(time.RFC3339Nano)
		y.Events[i] = Paid(t, fmt.Sprintf("evt_%08d", i), at, core.Payment{
			Place: core.Place{Tenant: "Marcus Oyelaran", Property: "Alder Court", Unit: "1A"},
			Lease: "48213", Amount: 149500, AmountKnown: true, Method: "eCheck", Memo: "June rent", Reference: "PMT-90417",
		})
	}
	return y
}
