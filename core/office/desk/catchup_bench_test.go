package desk_test

import (
	"fmt"
	"sync"
	"testing"

	"rentbell/core"
)

// BenchmarkCatchUp measures how long desks take to get what came while they were away,
// into stores of their own, all at once.
func BenchmarkCatchUp(b *testing.B) {
	for _, size := range []struct{ desks, events int }{{1, 4_550}, {1, 100_000}, {30, 4_550}} {
		b.Run(fmt.Sprintf("desks=%d/events=%d", size.desks, size.events), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				r := newReceiver(b)
				var desks []*laptop
				for i := range size.desks {
					l := r.join(fmt.Sprint("Desk ", i))
					l.has(r, 0)
					l.stop()
					desks = append(desks, l)
				}
				r.fill(size.events)
				b.StartTimer()
				var catching sync.WaitGroup
				for _, l := range desks {
					l.start()
					catching.Go(func() { l.hasUpTo(size.events) })
				}
				catching.Wait()
				b.StopTimer()
				for _, l := range desks {
					l.stop()
				}
				r.stop()
			}
			b.ReportMetric(float64(size.desks*size.events*b.N)/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkDelivery measures how long an event takes to be kept: alone, with an office
// that nobody follows, and with desks that follow.
func BenchmarkDelivery(b *testing.B) {
	for _, desks := range []int{0, 1, 30} {
		b.Run(fmt.Sprintf("desks=%d", desks), func(b *testing.B) {
			r := newReceiver(b)
			for i := range desks {
				r.join(fmt.Sprint("Desk ", i)).has(r, 0)
			}
			b.ResetTimer()
			for i := range b.N {
				r.add(i+1, i+1)
			}
			b.StopTimer()
			r.hub.Wake()
		})
	}
}

// fill keeps many payments in large transactions, and waits until the stream has them:
// until a desk that was there all the time has them.
func (r *receiver) fill(n int) {
	r.t.Helper()
	scout := r.join("Scout")
	r.addMany(1, n)
	scout.hasUpTo(n)
	scout.stop()
}

// addMany is add in large transactions.
func (r *receiver) addMany(first, last int) {
	r.t.Helper()
	for from := first; from <= last; from += 500 {
		var d core.Delivery
		for i := from; i < from+500 && i <= last; i++ {
			d.Events = append(d.Events, r.event(i))
		}
		if _, err := r.store.AddAll(d); err != nil {
			r.t.Fatal(err)
		}
	}
	r.hub.Wake()
}

// hasUpTo waits until the desk has the event of a number.
func (l *laptop) hasUpTo(n int) {
	l.t.Helper()
	l.await("everything", func(core.OfficeStatus) bool {
		have, err := l.store.Summary()
		return err == nil && have.LastSeq == uint64(n)
	})
}
