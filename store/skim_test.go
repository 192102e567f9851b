package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// skim gathers what Skim hands out.
func skim(t testing.TB, db *DB, q core.Query) []core.Skimmed {
	t.Helper()
	var list []core.Skimmed
	if err := db.Skim(t.Context(), q, func(batch []core.Skimmed) error {
		list = append(list, batch...)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// each gathers the same from Each.
func each(t testing.TB, db *DB, q core.Query) []core.Skimmed {
	t.Helper()
	var list []core.Skimmed
	q.Payments = true
	if err := db.Each(t.Context(), q, func(e core.Event) error {
		s := core.Skimmed{Seq: e.Seq, At: e.OccurredAt, Payment: e.Detail.(core.Payment)}
		if q.Whole {
			s.Arrival = core.Arrival{ID: e.ID, Type: e.Type, ReceivedAt: e.ReceivedAt, Attention: e.Attention}
		}
		list = append(list, s)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// mixed are n events of which two in three are payments, some of them late, with
// every length of text and amount that CBOR writes differently.
func mixed(n int) []core.Event {
	lengths := []int{0, 1, 23, 24, 255, 256, 70_000}
	amounts := []core.Cents{0, 1, -1, 23, 24, -25, 145000, math.MaxInt64, math.MinInt64}
	var list []core.Event
	for i := range n {
		at := june18.Add(time.Duration(i)*time.Minute - time.Duration(i%7)*time.Hour)
		id := fmt.Sprint("e", i)
		if i%3 == 2 {
			list = append(list, core.Event{ID: id, Type: core.TypeTenantCreated, OccurredAt: at, ReceivedAt: at, Detail: core.Tenant{ID: id}, Body: []byte("{}")})
			continue
		}
		text := strings.Repeat("ü", lengths[i%min(len(lengths), 6)])
		if i == 300 {
			text = strings.Repeat("x", lengths[6])
		}
		p := core.Payment{Place: core.Place{Tenant: text, Property: fmt.Sprint("p", i%5)}, Lease: fmt.Sprint(i), Memo: text, Method: "card"}
		if i%4 != 0 {
			p.Amount, p.AmountKnown, p.Reference, p.Unit = amounts[i%len(amounts)], true, id, text
		}
		e := core.Event{ID: id, Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at.Add(time.Second / 3), Detail: p, Body: []byte("{}")}
		if i%4 == 0 {
			e.Attention = core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}
		}
		e.Past = i%10 == 0
		list = append(list, e)
	}
	return list
}

func TestSkimSeesWhatEachDecodes(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	addAll(t, db, mixed(2000))
	from, to := june18.Add(3*time.Hour), june18.Add(20*time.Hour)
	for _, q := range []core.Query{
		{}, {Newest: true}, {From: from}, {To: to, Newest: true}, {From: from, To: to}, {From: from, To: to, Newest: true},
		{From: to, To: from}, {From: june18.AddDate(1, 0, 0)}, {Whole: true}, {From: from, Whole: true, Newest: true},
	} {
		got, want := skim(t, db, q), each(t, db, q)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%+v: skimmed %d payments, decoded %d, or they differ", q, len(got), len(want))
		}
	}
}

func TestSkimEndsWithItsReader(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	addAll(t, db, mixed(3000))
	ctx, cancel := context.WithCancel(t.Context())
	batches := 0
	err := db.Skim(ctx, core.Query{}, func([]core.Skimmed) error { batches++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || batches != 1 {
		t.Errorf("given up after a batch, Skim handed out %d and ended with %v", batches, err)
	}
	enough := errors.New("enough")
	if err := db.Skim(t.Context(), core.Query{}, func([]core.Skimmed) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("the reader's own error came back as %v", err)
	}
}

func TestSkimSeesEveryPaymentOnceWhileOthersArrive(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	before := mixed(3000)
	addAll(t, db, before)
	want := skim(t, db, core.Query{Newest: true})
	var senders sync.WaitGroup
	var got []core.Skimmed
	err := db.Skim(t.Context(), core.Query{Newest: true}, func(batch []core.Skimmed) error {
		i := len(got)
		senders.Go(func() { add(t, db, rent(fmt.Sprint("late", i), "1", 1, june18.Add(time.Duration(i)*time.Minute))) })
		if i%2 == 0 {
			senders.Wait()
		}
		got = append(got, batch...)
		return nil
	})
	senders.Wait()
	if err != nil {
		t.Fatal(err)
	}
	got = slices.DeleteFunc(got, func(s core.Skimmed) bool { return s.Seq > uint64(len(before)) })
	if !reflect.DeepEqual(got, want) {
		t.Errorf("while others arrived %d of the %d payments there were came, or in another order", len(got), len(want))
	}
}

// addAll adds events in one commit: a test need not wait for the disk for each.
func addAll(t testing.TB, db *DB, events []core.Event) {
	t.Helper()
	encoded, err := encodeEvents(events)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.update(func(tx *bbolt.Tx) error {
		_, err := db.commits.additions.insertAll(tx, events, encoded)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
