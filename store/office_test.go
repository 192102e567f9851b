package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

func officeEvent(n int) core.Event {
	at := time.Date(2026, 6, 1, 10, n, 0, 0, time.UTC)
	return core.Event{
		Seq: uint64(n), ID: fmt.Sprint("evt-", n), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at,
		Detail: core.Payment{Lease: "L-1", Amount: core.Cents(n * 100), AmountKnown: true, Method: "ACH"}, Body: fmt.Appendf(nil, `{"id":"evt-%d","data":{}}`, n),
	}
}

func openOffice(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEventsOfAnotherStoreKeepTheirNumbers(t *testing.T) {
	here, there := openOffice(t), openOffice(t)
	for n := 1; n <= 3; n++ {
		if _, _, err := there.Add(officeEvent(n)); err != nil {
			t.Fatal(err)
		}
	}
	var events []core.Event
	if err := there.Each(t.Context(), core.Query{}, func(e core.Event) error {
		b, err := store.Encode(e)
		if err != nil {
			return err
		}
		e, err = store.Decode(e.Seq, b)
		events = append(events, e)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := here.Copy(events[:2]); err != nil {
		t.Fatal(err)
	}
	for what, wrong := range map[string][]core.Event{
		"a gap": {officeEvent(4)}, "events that are here": events[:2], "one id twice": {events[2], {Seq: 4, ID: "evt-3"}}, "an id that is here": {{Seq: 3, ID: "evt-1"}},
	} {
		if err := here.Copy(wrong); !errors.Is(err, store.ErrOrder) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := errors.Join(here.Copy(nil), here.Copy(events[2:])); err != nil {
		t.Fatal(err)
	}
	got, err := here.Event(3)
	if err != nil || got.ID != "evt-3" || string(got.Body) != string(events[2].Body) {
		t.Errorf("event 3 is %+v, %v", got, err)
	}
	if s, err := here.Summary(); err != nil || s.Feeds[core.FeedPayments] != 3 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestASnapshotLeavesOutWhatIsThisComputersOwn(t *testing.T) {
	db := openOffice(t)
	key := core.NameKey{Kind: core.NameLease, ID: "L-1"}
	_, _, first := db.Add(officeEvent(1))
	_, _, second := db.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNotObject, Body: []byte("no event")})
	if err := errors.Join(first, second,
		db.SaveNames(map[core.NameKey]core.Name{key: {Given: "Ana"}}),
		db.SaveRegistration(core.Registration{Address: "https://oakline.example"}),
	); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "snapshot.db")
	if err := db.Snapshot(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	desk := openOffice(t)
	c, err := desk.Examine(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	s, err := desk.Summary()
	if err != nil || s.LastSeq != 1 || s.Quarantined != 0 || s.Attention != 0 {
		t.Errorf("the desk has %+v, %v", s, err)
	}
	if r, err := desk.Registration(); err != nil || r.Address != "" {
		t.Errorf("the desk has the registration of %q, %v", r.Address, err)
	}
	if names, err := desk.Names(); err != nil || names[key].Given != "Ana" {
		t.Errorf("the desk has the names %v, %v", names, err)
	}
	if h, err := db.Holdings(); err != nil || !h.Backup.IsZero() || h.Quarantined != 1 {
		t.Errorf("the receiver has %+v, %v", h, err)
	}
}
