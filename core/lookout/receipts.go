package lookout

import (
	"context"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// MonthReceipts is every lease of which rent is expected in m, by id, as it stands at now,
// with what came for it and with the names that r knows. It reads all payments up to the
// month.
func MonthReceipts(ctx context.Context, r core.Reader, t radar.Terms, m core.Month, now time.Time) ([]core.LeaseReceipts, error) {
	end := endOf(m, now)
	before := end.Add(longestReturn)
	book, err := fill(ctx, r, StepsOf(r), t, before, end)
	if err != nil {
		return nil, err
	}
	places, err := placesOf(r)
	if err != nil {
		return nil, err
	}
	var leases []core.LeaseReceipts
	of := map[uint64]int{} // the lease of each payment
	for i, l := range book.Month(m, t, now) {
		if place, known := places[l.Lease]; known {
			l.Place = place
		}
		leases = append(leases, core.LeaseReceipts{LeaseMonth: l})
		for _, seq := range l.Seqs {
			of[seq] = i
		}
	}
	from := m.Add(-1).First().In(now.Location()).AddDate(0, 0, -1) // clocks that are put back at midnight
	err = r.Skim(ctx, core.Query{Payments: true, From: from, To: before}, func(some []core.Skimmed) error {
		for _, p := range some {
			if i, counts := of[p.Seq]; counts {
				p.Method = strings.Clone(p.Method) // else it holds a whole batch
				leases[i].Receipts = append(leases[i].Receipts, core.Skimmed{Seq: p.Seq, At: p.At, Payment: core.Payment{Amount: p.Amount, Method: p.Method}})
			}
		}
		return nil
	})
	return leases, err
}
