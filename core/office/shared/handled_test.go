package shared_test

import (
	"fmt"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/office"
	"rentbell/store"
)

// flood gives all of them the same n payments without an amount. Each happened a minute
// after the one before.
func flood(t *testing.T, n int, stores ...*store.DB) {
	t.Helper()
	var events []core.Event
	for i := range n {
		at := time.Date(2026, 6, 1, 10, i, 0, 0, time.UTC)
		e, malformed := appfolio.Decode(fmt.Appendf(nil, `{"id":"evt-%d","type":"payment.received","created_at":"2026-06-01T10:00:00Z","data":{"lease_id":"L-1"}}`, i), at)
		if malformed != "" || e.Attention.IsZero() {
			t.Fatal(malformed, e.Attention)
		}
		e.Seq = uint64(i + 1)
		events = append(events, e)
	}
	for _, db := range stores {
		if err := db.Copy(events); err != nil {
			t.Fatal(err)
		}
	}
}

// handles marks the concerns of some events, counted from the newest, 0.
func (p *person) handles(newest ...int) {
	p.t.Helper()
	list, err := p.bell.Concerns(1 << 20)
	if err != nil {
		p.t.Fatal(err)
	}
	var ids []uint64
	for _, i := range newest {
		ids = append(ids, list[i].ID)
	}
	if err := p.bell.MarkHandled(ids...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) isLeft(n int) {
	p.t.Helper()
	p.sees(fmt.Sprint(n, " need attention"), func() bool {
		s, err := p.bell.Summary()
		return err == nil && s.Attention == n
	})
}

func TestWhatOneDeskHandlesIsHandledOnAll(t *testing.T) {
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	flood(t, 10, r.store, maria.store, tom.store)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	stop := maria.online(m)
	defer tom.online(o)()
	m.handles(0, 3)
	for _, p := range []*person{box, o} {
		p.isLeft(8)
	}
	stop()
	m.handles(0)    // without a connection
	o.handles(0, 5) // one of them is the same
	box.isLeft(6)
	m.isLeft(7)
	defer maria.online(m)()
	m.isLeft(6)
	if _, _, err := r.store.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNotObject, Body: []byte("?")}); err != nil {
		t.Fatal(err)
	}
	box.handles(0) // the receiver's own
	box.handles(0)
	m.isLeft(5)
	o.isLeft(5)
}

func TestAFloodIsHandledInAFewSteps(t *testing.T) {
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	const n = 4_312
	flood(t, n, r.store, maria.store, tom.store)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	defer maria.online(m)()
	defer tom.online(o)()
	all := make([]int, n-1)
	for i := range all {
		all[i] = i
	}
	began := time.Now()
	m.handles(all...)
	handled := time.Since(began)
	o.isLeft(1)
	box.isLeft(1)
	t.Logf("%d are handled here after %v, on all after %v", n-1, handled, time.Since(began))
	stream, err := maria.js.Stream(t.Context(), "KV_"+office.BucketHandled)
	if err != nil {
		t.Fatal(err)
	}
	// A comparison may come while half of them are marked here.
	if writes := stream.CachedInfo().State.LastSeq; writes > n/10 {
		t.Errorf("%d were handled by %d writes", n-1, writes)
	}
}

func TestWhatTheReceiverHasDeletedIsSharedNoMore(t *testing.T) {
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	const n = 1_030 // a block and some
	flood(t, n, r.store, maria.store, tom.store)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	defer maria.online(m)()
	stop := tom.online(o)
	defer func() { stop() }()
	m.handles(0, n-1)
	box.isLeft(n - 2)
	o.isLeft(n - 2)
	kv, err := maria.js.KeyValue(t.Context(), office.BucketHandled)
	if err != nil {
		t.Fatal(err)
	}
	is := func(key, want string) {
		t.Helper()
		box.sees(key, func() bool {
			e, err := kv.Get(t.Context(), key)
			return err == nil && string(e.Value()) == want
		})
	}
	is("event.0", "Ag")
	is("event.1", "QA")
	to := time.Date(2026, 6, 1, 10, 1_025, 0, 0, time.UTC)
	if _, err := r.store.Prune(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	box.handles(0) // so that it looks
	is("event.0", "")
	is("event.1", "YA")
	m.isLeft(n - 3)
	o.isLeft(n - 3)
	stop()
	if _, err := tom.store.PruneTo(t.Context(), 1_025, to); err != nil {
		t.Fatal(err)
	}
	stop = tom.online(o)
	o.handles(0)
	box.isLeft(n - 1_025 - 3)
	is("event.0", "")
}
