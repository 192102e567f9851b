package radar_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// million fills a book with a million events: payments and a few signings of 300 leases
// and the steps of work orders, over four years.
func million(loc *time.Location) (*radar.Book, time.Time) {
	const events, leases = 1_000_000, 300
	book, start := radar.New(loc), time.Date(2022, 1, 1, 9, 0, 0, 0, loc)
	step := 4 * 365 * 24 * time.Hour / events
	for i := range events {
		e := core.Event{Seq: uint64(i + 1), OccurredAt: start.Add(time.Duration(i) * step)}
		switch n := i % leases; {
		case i < leases:
			e.Detail = core.LeaseSigned{Lease: fmt.Sprint(20000 + n), MoveIn: core.DateOf(start), Months: 60}
		case i%10 == 0:
			e.Detail = core.WorkOrder{ID: fmt.Sprint(i / 100), Status: []string{"New", "Assigned", "Work Done", "Completed"}[i/10%4], Vendor: "Bob"}
		case i%500 == 1:
			e.Detail = core.Payment{Lease: fmt.Sprint(20000 + n), Amount: -139500, AmountKnown: true, Method: "ACH"}
		default:
			e.Detail = core.Payment{Place: core.Place{Tenant: fmt.Sprint("Tenant ", n), Property: "Alder Court", Unit: fmt.Sprint(n)},
				Lease: fmt.Sprint(20000 + n), Amount: core.Cents(139500 - i/leases%40*100), AmountKnown: true, Method: []string{"ACH", "Check"}[i%2]}
		}
		book.Add(e)
	}
	return book, start.Add(events * step)
}

// rents are typed for every second lease; those of the others are learned, or unknown.
func rents() radar.Terms {
	t := radar.Terms{Default: core.DefaultDueRule(), Leases: map[string]core.LeaseTerms{}}
	for n := 0; n < 300; n += 2 {
		t.Leases[fmt.Sprint(20000+n)] = core.LeaseTerms{Typed: []core.TypedRent{{Amount: 139500}}}
	}
	return t
}

// BenchmarkFullCountOfAMillionEvents counts everything, as `rentbelld radar` does.
func BenchmarkFullCountOfAMillionEvents(b *testing.B) {
	before := heap()
	book, now := million(time.UTC)
	terms := rents()
	book.Findings(terms, now) // pairs payments, once
	for b.Loop() {
		book.Findings(terms, now)
	}
	b.ReportMetric(float64(heap()-before)/1e6, "MB")
	b.ReportMetric(float64(len(book.Findings(terms, now))), "findings")
	book.Forget(terms, now)
	b.ReportMetric(float64(heap()-before)/1e6, "MB-after-Forget")
	runtime.KeepAlive(book)
}

// BenchmarkEventAmongAMillion adds one payment and looks at its lease.
func BenchmarkEventAmongAMillion(b *testing.B) {
	book, now := million(time.UTC)
	terms := rents()
	book.Forget(terms, now)
	watch, seq := radar.NewWatch(book, terms, now), uint64(2_000_000)
	for b.Loop() {
		seq++
		watch.Add(now, core.Event{Seq: seq, OccurredAt: now, Detail: core.Payment{Lease: fmt.Sprint(20000 + seq%300), Amount: 139500, AmountKnown: true}})
	}
}

// BenchmarkTickWithNothingDue is what a minute costs.
func BenchmarkTickWithNothingDue(b *testing.B) {
	book, now := million(time.UTC)
	watch := radar.NewWatch(book, rents(), now)
	for b.Loop() {
		watch.Tick(now)
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
