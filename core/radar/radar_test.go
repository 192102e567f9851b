package radar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones below are the same on every computer

	"rentbell/core"
	"rentbell/core/radar"
)

// ledger makes events; the seq of each is its place in it.
type ledger struct {
	t      testing.TB
	loc    *time.Location
	events []core.Event
	terms  radar.Terms
}

func newLedger(t testing.TB, zone string) *ledger {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return &ledger{t: t, loc: loc, terms: radar.Terms{Default: core.DefaultDueRule(), Leases: map[string]core.LeaseTerms{}}}
}

// at reads local time, "2026-06-07 09:00", with seconds or without, or the beginning of a day.
func (l *ledger) at(text string) time.Time {
	l.t.Helper()
	for _, form := range []string{"2006-01-02", "2006-01-02 15:04", "2006-01-02 15:04:05", time.RFC3339Nano} {
		if t, err := time.ParseInLocation(form, text, l.loc); err == nil {
			return t
		}
	}
	l.t.Fatalf("no time: %q", text)
	return time.Time{}
}

func (l *ledger) add(at string, d core.Detail) *ledger {
	l.t.Helper()
	l.events = append(l.events, core.Event{Seq: uint64(len(l.events) + 1), OccurredAt: l.at(at).UTC(), Detail: d})
	return l
}

// pay adds a payment of lease L in dollars.
func (l *ledger) pay(at string, dollars int) *ledger {
	l.t.Helper()
	return l.add(at, core.Payment{Lease: "L", Amount: core.Cents(dollars * 100), AmountKnown: true, Method: "ACH"})
}

// rent types the rent of lease L in dollars.
func (l *ledger) rent(dollars int) *ledger {
	return l.edit(func(t *core.LeaseTerms) { t.Typed = []core.TypedRent{{Amount: core.Cents(dollars * 100)}} })
}

func (l *ledger) edit(change func(*core.LeaseTerms)) *ledger {
	t := l.terms.Leases["L"]
	change(&t)
	l.terms.Leases["L"] = t
	return l
}

func (l *ledger) book() *radar.Book {
	b := radar.New(l.loc)
	for _, e := range l.events {
		b.Add(e)
	}
	return b
}

// lines are what rentbelld radar prints.
func lines(t testing.TB, findings []core.Finding) []string {
	t.Helper()
	var out strings.Builder
	if err := radar.WriteJSON(&out, findings); err != nil {
		t.Fatal(err)
	}
	return strings.FieldsFunc(out.String(), func(r rune) bool { return r == '\n' })
}

// want checks what is found at a time.
func (l *ledger) want(at string, want ...string) {
	l.t.Helper()
	same(l.t, lines(l.t, l.book().Findings(l.terms, l.at(at))), want)
}

// late is the line of a late month of lease L.
func late(month, since string, expected, received int, seqs ...int) string {
	kind := "late"
	if received > 0 {
		kind = "partial"
	}
	return fmt.Sprintf(`{"kind":"%s","lease_id":"L","month":"%s","expected_cents":%d,"received_cents":%d,"since":"%s","seqs":[%s]}`,
		kind, month, expected*100, received*100, since, strings.ReplaceAll(strings.Trim(fmt.Sprint(seqs), "[]"), " ", ","))
}

// same compares lines.
func same(t testing.TB, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
