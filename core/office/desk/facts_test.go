package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/hub"
)

// addOld keeps payments that the receiver got some years ago.
func (r *receiver) addOld(from, to, years int) {
	r.t.Helper()
	for i := from; i <= to; i++ {
		e := r.event(i)
		e.ReceivedAt = e.ReceivedAt.AddDate(-years, 0, 0)
		if _, _, err := r.store.Add(e); err != nil {
			r.t.Fatal(err)
		}
	}
	r.hub.Wake()
}

// keepYears deletes old records, as the receiver's Bell does.
func (r *receiver) keepYears(n int) (gone int) {
	r.t.Helper()
	now := time.Now()
	e, err := r.store.Prune(r.t.Context(), core.KeptFrom(now, n).In(now.Location()))
	if err != nil {
		r.t.Fatal(err)
	}
	r.hub.Wake()
	return e.Events
}

// inStream waits until the stream begins with an event, and returns it.
func (r *receiver) inStream(js jetstream.JetStream, first uint64) {
	r.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		s, err := js.Stream(r.t.Context(), office.StreamEvents)
		if err == nil && s.CachedInfo().State.FirstSeq == first {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("the stream does not begin with event %d; %v", first, err)
		}
	}
}

func TestADeskLosesWhatItsReceiverDeletes(t *testing.T) {
	t.Parallel() // it waits until a desk asks again
	r := newReceiverIn(t, t.TempDir(), func(c *hub.Config) { c.KeepYears = func() int { return 2 } })
	r.addOld(1, 20, 4)
	behind := r.join("Laptop")
	behind.has(r, 20)
	behind.stop()
	r.addOld(21, 40, 4)
	r.addOld(41, 60, 1)
	awake, asleep := r.join("Front desk"), r.join("Home")
	awake.has(r, 60)
	asleep.has(r, 60)
	asleep.stop()
	if _, _, err := r.store.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNotObject, Body: []byte("no event")}); err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(awake.speak())
	if err != nil {
		t.Fatal(err)
	}
	if gone := r.keepYears(2); gone != 40 {
		t.Fatalf("the receiver deletes %d", gone)
	}
	r.inStream(js, 41) // nobody can read what was deleted
	told := func(s core.OfficeStatus) bool {
		f := s.Facts
		return f.Gone == 40 && f.KeepYears == 2 && !f.Before.IsZero() && f.Quarantined == 1 && !s.ReadOnly
	}
	awake.await("it is told what was deleted", told)
	awake.has(r, 60)
	asleep.start()
	asleep.await("it is told what was deleted", told)
	asleep.has(r, 60)

	r.stop()
	if err := os.RemoveAll(filepath.Join(r.dir, "office")); err != nil {
		t.Fatal(err)
	}
	r.start()
	r.add(61, 65)
	behind.start()
	behind.await("it is told what was deleted", told)
	behind.has(r, 65)
	r.join("New").has(r, 65)
}

func TestAnOfficeOfWhichEverythingWasDeletedGoesOn(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.addOld(1, 5, 4)
	l := r.join("Front desk")
	l.has(r, 5)
	r.stop()
	if err := os.RemoveAll(filepath.Join(r.dir, "office")); err != nil {
		t.Fatal(err)
	}
	r.open()
	if _, err := r.store.Prune(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	r.serve()
	l.await("nothing is left", func(s core.OfficeStatus) bool { return s.Following && s.Facts.Gone == 5 })
	l.has(r, 5)
	r.add(6, 7)
	l.has(r, 7)
}

func TestADeskThatIsTooOldReadsAlone(t *testing.T) {
	t.Parallel()
	lowest := office.DeskVersion + 1
	r := newReceiverIn(t, t.TempDir(), func(c *hub.Config) { c.LowestDesk = lowest })
	r.add(1, 3)
	l := r.join("Front desk")
	l.has(r, 3)
	l.await("it is told so", func(s core.OfficeStatus) bool { return s.ReadOnly })
	r.add(4, 5)
	l.has(r, 5)
	r.stop()
	lowest = 0 // an older receiver says nothing of it
	r.start()
	l.await("it may write", func(s core.OfficeStatus) bool { return s.Following && !s.ReadOnly })
}
