package bell_test

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"rentbell/core"
	"rentbell/core/bell"
)

// rings collects what a b rings and how many events its user has not seen.
type rings struct {
	mu     sync.Mutex
	rang   []core.Ring
	unread int
}

func (r *rings) watch(c core.Change) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.unread = c.Status.Unread
	if c.Ring != nil {
		r.rang = append(r.rang, *c.Ring)
	}
}

// all is what rang so far.
func (r *rings) all() []core.Ring {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rang
}

// unseen is the last count of events not seen.
func (r *rings) unseen() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.unread
}

// hear has a b tell from its very start.
func (r *rings) hear(b *bell.Bell) { b.Watch(r.watch) }

// quietNow makes the hours from now on quiet, for half an hour.
func quietNow(t *testing.T, b *bell.Bell) {
	t.Helper()
	s := b.Settings()
	from := core.DayMinute(time.Now().Hour()*60 + time.Now().Minute())
	s.Bell.Quiet = core.Quiet{On: true, From: from, To: (from + 30) % (24 * 60), Days: core.EveryDay}
	if err := b.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
		t.Fatal(err)
	}
}

func scriptedDoor(c *bell.Config) { c.Tunnel = &scripted{} }

func TestARestartDoesNotForgetWhatTheQuietHoursHold(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inBubble(t, dir, scriptedDoor)
		receive(t, b, rent("evt_1", 100))
		time.Sleep(time.Minute) // it rings
		quietNow(t, b)
		receive(t, b, rent("evt_2", 2000))
		receive(t, b, rent("evt_3", 30000))
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()

		var after rings
		b, stop = inBubble(t, dir, scriptedDoor, after.hear)
		receive(t, b, rent("evt_4", 400000))
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(after.all()) > 0 {
			t.Fatalf("rings in the quiet hours: %+v", after.all())
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if len(after.all()) != 1 || !after.all()[0].Missed || after.all()[0].Count != 3 || after.all()[0].Received != 432000 {
			t.Errorf("after a restart it rings %+v, want one for the three that were held", after.all())
		}
		stop()

		var third rings
		_, stop = inBubble(t, dir, scriptedDoor, third.hear)
		defer stop()
		time.Sleep(48 * time.Hour)
		synctest.Wait()
		if len(third.all()) > 0 {
			t.Errorf("what has been told is told again: %+v", third.all())
		}
	})
}

func TestWhatCameWithoutABellIsToldOnceAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		b, stop := inBubble(t, dir, scriptedDoor)
		receive(t, b, rent("evt_1", 100))
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		b, stop = inBubble(t, dir, func(c *bell.Config) { c.Faceless = true; scriptedDoor(c) })
		receive(t, b, rent("evt_2", 2000))
		receive(t, b, `{"id":"evt_3","type":"tenant.created","data":{"tenant_id":"1","property_id":"2","email":"a@example.com"}}`) // tenants are off
		synctest.Wait()
		stop()

		var after rings
		_, stop = inBubble(t, dir, scriptedDoor, after.hear)
		defer stop()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if len(after.all()) != 1 || !after.all()[0].Missed || after.all()[0].Event == nil || after.all()[0].Event.ID != "evt_2" {
			t.Errorf("rings %+v, want one for evt_2", after.all())
		}
	})
}

// sparing counts how many of the events that a walk has passed on are still in
// memory when the walk ends.
type sparing struct {
	core.Store
	passed, kept int
}

func (s *sparing) Each(ctx context.Context, q core.Query, fn func(core.Event) error) error {
	var bodies []weak.Pointer[byte]
	err := s.Store.Each(ctx, q, func(e core.Event) error {
		bodies = append(bodies, weak.Make(&e.Body[0]))
		return fn(e)
	})
	runtime.GC()
	s.passed += len(bodies)
	for _, body := range bodies {
		if body.Value() != nil {
			s.kept++
		}
	}
	return err
}

func TestEventsThatCameWithoutABellAreNotHeldInMemory(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		const untold = 300
		b, stop := inBubble(t, dir, scriptedDoor)
		receive(t, b, rent("evt_told", 100))
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		b, stop = inBubble(t, dir, func(c *bell.Config) { c.Faceless = true; scriptedDoor(c) })
		for i := range untold {
			receive(t, b, rent(fmt.Sprint("evt_", i), 100))
		}
		synctest.Wait()
		stop()

		var after rings
		var store *sparing
		_, stop = inBubble(t, dir, func(c *bell.Config) {
			scriptedDoor(c)
			store = &sparing{Store: c.Store}
			c.Store = store
		}, after.hear)
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		stop()
		if len(after.all()) != 1 || after.all()[0].Count != untold {
			t.Errorf("rings %+v, want one for %d events", after.all(), untold)
		}
		if store.passed < untold || store.kept > 1 { // the first may be, in case it is the only one
			t.Errorf("of %d events %d are held", store.passed, store.kept)
		}
	})
}

func TestUnreadIsWhatCameSinceTheUserLooked(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var r rings
		b, stop := inBubble(t, dir, scriptedDoor, r.hear)
		receive(t, b, rent("evt_1", 1))
		receive(t, b, rent("evt_2", 2))
		time.Sleep(time.Minute)
		synctest.Wait()
		if r.unseen() != 2 {
			t.Errorf("%d unread, want 2", r.unseen())
		}
		b.See()
		if got := b.Status().Unread; got != 0 {
			t.Errorf("%d unread after a look", got)
		}
		receive(t, b, rent("evt_3", 3))
		time.Sleep(time.Minute)
		synctest.Wait()
		stop()
		b, stop = inBubble(t, dir, scriptedDoor)
		defer stop()
		if got := b.Status().Unread; got != 1 {
			t.Errorf("%d unread after a restart, want 1", got)
		}
	})
}

// forgetful counts how often the bookmark is saved, and can refuse it.
type forgetful struct {
	core.Store
	saves int
	err   error
}

func (f *forgetful) SaveBookmark(m core.Bookmark) error {
	f.saves++
	if f.err != nil {
		return f.err
	}
	return f.Store.SaveBookmark(m)
}

func TestTheBookmarkIsSavedBeforeARingAndElseNowAndThen(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var store *forgetful
		b, stop := inBubble(t, dir, func(c *bell.Config) {
			scriptedDoor(c)
			store = &forgetful{Store: c.Store}
			c.Store = store
		})
		defer stop()
		s := b.Settings()
		s.Bell.Payments = false
		if err := b.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			receive(t, b, rent("evt_"+string(rune('a'+i)), 1))
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if store.saves > 2 {
			t.Errorf("saved %d times for ten seconds of events that do not ring", store.saves)
		}
		store.saves, store.err = 0, core.ErrStorage
		s.Bell.Payments = true
		if err := b.Change(t.Context(), func(saved *core.Settings) { *saved = s }); err != nil {
			t.Fatal(err)
		}
		var r rings
		saved := 0
		b.Watch(func(c core.Change) {
			if r.watch(c); c.Ring != nil {
				saved = store.saves
			}
		})
		receive(t, b, rent("evt_last", 1))
		time.Sleep(time.Second)
		synctest.Wait()
		if len(r.all()) != 1 || saved == 0 {
			t.Errorf("%d rings, and by then %d tries to save", len(r.all()), saved)
		}
	})
}
