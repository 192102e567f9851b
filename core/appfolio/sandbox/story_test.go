package sandbox_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/story"
	"rentbell/core/radar"
)

// open decodes an event as Rentbell does.
func open(t testing.TB, e sandbox.Event) core.Event {
	t.Helper()
	header := map[string][]string{"X-Appfolio-Signature": {sandbox.Sign(hookSecret, e.Body)}}
	d, err := appfolio.New().Open(t.Context(), hookAccount, header, e.Body, noon)
	if err != nil || len(d.Events) != 1 {
		t.Fatalf("%s: %+v, %v", e.Body, d, err)
	}
	opened := d.Events[0]
	if opened.ID != e.ID || opened.Type != e.Type || !opened.OccurredAt.Equal(e.At) {
		t.Fatalf("%s: says something else than %+v", e.Body, e)
	}
	return opened
}

// history is what happened from one time to another.
func history(seed uint64, from, to time.Time) []sandbox.Event {
	return sandbox.New(sandbox.Config{Seed: seed, Now: func() time.Time { return to }, Past: to.Sub(from)}).TakePast()
}

// twoMonths is the past that the demo shows.
func twoMonths(t testing.TB, seed uint64) []core.Event {
	t.Helper()
	var events []core.Event
	for _, e := range history(seed, noon.AddDate(0, -2, 0), noon) {
		events = append(events, open(t, e))
	}
	return events
}

func TestHistoryIsBelievable(t *testing.T) {
	for seed := range uint64(20) {
		from := noon.AddDate(0, -2, 0)
		count := map[string]int{}
		statuses := map[string]bool{}
		mayRents, nameless, attention := 0, 0, 0
		for _, e := range twoMonths(t, seed) {
			if e.OccurredAt.Before(from) && e.Type != core.TypeLeaseSigned || !e.OccurredAt.Before(noon) {
				t.Errorf("seed %d: %s is not of the past two months", seed, e.Body)
			}
			count[e.Type]++
			if !e.Attention.IsZero() {
				attention++
			}
			switch d := e.Detail.(type) {
			case core.Payment:
				if d.Amount > 2800_00 || d.Amount < -200_00 && d.Memo != "Returned payment" || d.Amount == 0 {
					t.Errorf("seed %d: %s is no rent", seed, e.Body)
				}
				if e.OccurredAt.In(zone).Month() == time.May && strings.HasPrefix(d.Memo, "May rent") && !strings.HasSuffix(d.Memo, "in part") {
					mayRents++
				}
				if d.Lease == "20931" && d.Place == (core.Place{}) {
					nameless++
				}
			case core.WorkOrder:
				statuses[d.Status] = true
			}
		}
		if mayRents < 30 || mayRents > 47 {
			t.Errorf("seed %d: got %d whole rents in May, want most of 47", seed, mayRents)
		}
		if n := count[core.TypePaymentReceived]; n < 80 || n > 140 {
			t.Errorf("seed %d: got %d payments", seed, n)
		}
		if count[core.TypeLeaseSigned] < 47 || count[core.TypeTenantCreated] < 2 || count[core.TypeWorkOrderUpdated] < 80 {
			t.Errorf("seed %d: got %v", seed, count)
		}
		if nameless < 2 {
			t.Errorf("seed %d: lease 20931 paid %d times without names", seed, nameless)
		}
		if attention < 1 || attention > 6 {
			t.Errorf("seed %d: %d events need attention, want a few", seed, attention)
		}
		for _, status := range []string{"New", "Assigned", "Scheduled", "Work Done", "Completed"} {
			if !statuses[status] {
				t.Errorf("seed %d: no work order is %s", seed, status)
			}
		}
	}
}

// TestEveryHistoryHasTrouble looks at the past of the demo on several days, as its radar
// does.
func TestEveryHistoryHasTrouble(t *testing.T) {
	for day := range 40 {
		now := noon.AddDate(0, 0, 3*day)
		terms := radar.Terms{Leases: map[string]core.LeaseTerms{}}
		for _, l := range story.Lettings(story.Units) {
			terms.Leases[l.Lease] = core.LeaseTerms{Imported: &l.Rent}
		}
		served := terms.Leases[story.Served]
		served.Notice = now.AddDate(0, 0, -story.NoticeDays)
		terms.Leases[story.Served] = served
		book := radar.New(zone)
		for i, e := range history(uint64(day), now.AddDate(0, 0, -92), now) {
			event, malformed := appfolio.Decode(e.Body, e.At)
			if malformed != "" {
				t.Fatal(malformed)
			}
			event.Seq = uint64(i + 1)
			book.Add(event)
		}
		found := map[core.FindingKind]int{}
		for _, f := range book.Findings(terms, now) {
			found[f.Kind]++
		}
		for _, kind := range core.FindingKinds() {
			switch n := found[kind]; {
			case n == 0 && kind != core.FindRefund, n > 12:
				t.Errorf("%s: %d are %s", now.Format(time.DateOnly), n, kind)
			}
		}
	}
}

func TestHistoryIsInOrderAndHasEachIDOnce(t *testing.T) {
	events := history(3, noon.AddDate(0, -2, 0), noon)
	seen := map[string]bool{}
	for i, e := range events {
		if seen[e.ID] {
			t.Errorf("%s comes twice", e.ID)
		}
		seen[e.ID] = true
		if i > 0 && e.At.Before(events[i-1].At) {
			t.Errorf("%s comes after a later one", e.ID)
		}
	}
}

func TestSameSeedAndClockTellTheSameStory(t *testing.T) {
	from := noon.AddDate(0, -2, 0)
	first, again := history(7, from, noon), history(7, from, noon)
	same := slices.EqualFunc(first, again, func(a, b sandbox.Event) bool {
		return a.ID == b.ID && a.At.Equal(b.At) && bytes.Equal(a.Body, b.Body)
	})
	if !same {
		t.Error("one seed told two stories")
	}
	for _, other := range [][]sandbox.Event{history(8, from, noon), history(7, from, noon.Add(time.Second))} {
		if other[0].ID == first[0].ID {
			t.Errorf("another seed or clock gave the id %s again", first[0].ID)
		}
	}
}

func TestLiveEventsGoOnWhereThePastEnds(t *testing.T) {
	c := quiet()
	c.Past = 60 * 24 * time.Hour
	told := map[string]bool{}
	last := map[string]string{} // status of each work order
	for _, e := range history(c.Seed, noon.Add(-c.Past), noon) {
		told[e.ID] = true
		if w, ok := open(t, e).Detail.(core.WorkOrder); ok {
			last[w.ID] = w.Status
		}
	}
	s := sandbox.New(c)
	went := 0
	for range 2000 {
		e := s.Next()
		if told[e.ID] || !e.At.Equal(noon) {
			t.Fatalf("%s was told before, or does not happen now", e.Body)
		}
		told[e.ID] = true
		w, ok := open(t, e).Detail.(core.WorkOrder)
		if !ok {
			continue
		}
		if !follows(last[w.ID], w.Status) {
			t.Errorf("work order %s went from %q to %s", w.ID, last[w.ID], w.Status)
		}
		if last[w.ID] != "" {
			went++
		}
		last[w.ID] = w.Status
	}
	if went < 100 {
		t.Errorf("%d steps of work orders, want many", went)
	}
}

// follows reports whether a work order may go from one status to the next.
func follows(before, after string) bool {
	next := map[string][]string{
		"":          {"New"},
		"New":       {"Assigned", "Canceled"},
		"Assigned":  {"Scheduled"},
		"Scheduled": {"Waiting", "Work Done"},
		"Waiting":   {"Work Done"},
		"Work Done": {"Completed"},
	}
	return slices.Contains(next[before], after)
}

func TestLiveEventsAreMixed(t *testing.T) {
	s := sandbox.New(quiet())
	count := map[string]int{}
	for range 300 {
		count[open(t, s.Next()).Type]++
	}
	if count[core.TypePaymentReceived] < 80 || count[core.TypeWorkOrderUpdated] < 80 {
		t.Errorf("got %v, want rent and repairs in turn", count)
	}
	for _, eventType := range core.KnownTypes() {
		if count[eventType] == 0 {
			t.Errorf("no %s in 300 events", eventType)
		}
	}
}

func TestWorkOrdersAndLeasesAtTheEndOfThePast(t *testing.T) {
	open, soon := map[string]bool{}, 0
	ends := map[string]core.Date{}
	for _, e := range twoMonths(t, 1) {
		switch d := e.Detail.(type) {
		case core.WorkOrder:
			open[d.ID] = (core.WorkOrderState{WorkOrder: d}).Open()
		case core.LeaseSigned:
			ends[d.Lease] = core.LeaseState{MoveIn: d.MoveIn, Months: d.Months}.Ends()
		case core.LeaseExpired:
			delete(ends, d.Lease)
		}
	}
	n := 0
	for _, isOpen := range open {
		if isOpen {
			n++
		}
	}
	if n < 3 || n > 15 {
		t.Errorf("%d work orders are open, want a handful", n)
	}
	today := core.DateOf(noon)
	for lease, end := range ends {
		if end.IsZero() {
			continue
		}
		if days := today.DaysUntil(end); days < 0 {
			t.Errorf("lease %s is over since %v, but did not expire", lease, end)
		} else if days <= 60 {
			soon++
		}
	}
	if soon < 5 || soon > 12 {
		t.Errorf("%d leases end within 60 days, want the five of the portfolio and few more", soon)
	}
}
