package readback

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

func TestFirstLoadShowsWhatIsAndRingsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(200 * 24 * time.Hour)
		w := &atWork{T: t, office: newOffice(), desk: openDesk(t)}
		w.order("w1", "Assigned")
		w.order("w2", "Completed No Need To Bill")
		w.office.pay("7", 1450_00)
		w.start()
		defer w.stop()
		w.want()
		var got []string
		for _, e := range w.events() {
			got = append(got, brief(e))
			if !e.Past || !e.Attention.IsZero() {
				t.Errorf("%s: past %v, attention %v", brief(e), e.Past, e.Attention)
			}
		}
		if want := []string{"tenant t1", "signed l1 12", "order w1 Assigned", "receipt:7 1450.00"}; !slices.Equal(got, want) {
			t.Errorf("shows %q, want %q", got, want)
		}
		names, err := w.desk.Names()
		if err != nil {
			t.Fatal(err)
		}
		for key, want := range map[core.NameKey]string{
			{Kind: core.NameTenant, ID: "t1"}: "Dana Whitfield", {Kind: core.NameLease, ID: "l1"}: "Dana Whitfield",
			{Kind: core.NameUnit, ID: "u1"}: "4B", {Kind: core.NameProperty, ID: "p1"}: "Maple Court", {Kind: core.NameVendor, ID: "v1"}: "Oak Line Plumbing",
		} {
			if name := names[key].Learned; name != want {
				t.Errorf("%v is called %q, want %q", key, name, want)
			}
		}
		if r := w.desk.reading(); r.Progress != core.ReadCurrent || r.Problem != nil || r.At.IsZero() {
			t.Errorf("reading: %+v", r)
		}
		loading := 0
		for _, r := range w.desk.told {
			if r.Progress == core.ReadLoading {
				loading = max(loading, r.Done)
			}
		}
		if loading != 8 {
			t.Errorf("%d records were counted while loading, want 8", loading)
		}
	})
}

func TestDoorbellBecomesWhatHappened(t *testing.T) {
	work(t, func(w *atWork) {
		w.ring("work_orders", "w1", "create", w.order("w1", "New"))
		w.later(gather)
		w.later(time.Minute)
		w.ring("work_order_updates", "w1", "update", w.order("w1", "Scheduled"))
		w.later(gather)
		w.want("order w1 New", "order w1 Scheduled")
		last := w.events()[3]
		want := core.WorkOrder{
			Place: core.Place{Tenant: "Dana Whitfield", Property: "Maple Court", Unit: "4B"}, ID: "w1", Status: "Scheduled",
			Vendor: "Oak Line Plumbing", Title: "Leak under sink", Priority: "Normal", Number: "1w1",
		}
		if last.Detail != want || !last.Attention.IsZero() {
			t.Errorf("got %+v, %v", last.Detail, last.Attention)
		}
		if data := string(last.Data()); !strings.Contains(data, `"previous_status":"New"`) {
			t.Errorf("data: %s", data)
		}
		if n := w.waiting(); n != 0 || w.desk.reading().Progress != core.ReadCurrent {
			t.Errorf("%d reads wait; %+v", n, w.desk.reading())
		}
	})
}

func TestTenDoorbellsAreOneRead(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.questions("")
		for i := range 10 {
			w.ring("work_orders", "w1", "update", w.order("w1", fmt.Sprint("Step ", i)))
			w.ring("work_orders", fmt.Sprint("x", i), "update", w.order(fmt.Sprint("x", i), "New"))
			w.later(100 * time.Millisecond)
		}
		w.later(gather)
		if n := w.office.questions("work_orders"); n != 1 {
			t.Errorf("asked %d times, want once", n)
		}
		if got := w.news(); len(got) != 11 || got[0] != "order w1 Step 9" {
			t.Errorf("told %q", got)
		}
	})
}

func TestDoorbellsOfOtherTopicsAreDoneWith(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.questions("")
		w.ring("journal_entries", "j1", "create", time.Now())
		w.later(gather)
		if n := w.office.questions(""); n != 0 || w.waiting() != 0 {
			t.Errorf("asked %d times; %d reads wait", n, w.waiting())
		}
		w.order("w1", "New")
		w.ring("work_orders", "", "update", time.Now()) // it does not say which
		w.later(gather)
		w.want("order w1 New")
		if n := w.waiting(); n != 0 {
			t.Errorf("%d reads wait", n)
		}
	})
}

func TestWhatIsNotThereYetIsLookedForOverDaysAndRestarts(t *testing.T) {
	t.Parallel()
	work(t, func(w *atWork) {
		w.office.lag = 3 * 24 * time.Hour
		w.ring("work_orders", "w1", "create", w.order("w1", "New"))
		w.later(gather)
		if r := w.desk.reading(); r.Waiting != 1 || r.Progress != core.ReadBehind || r.Problem != nil {
			t.Errorf("reading: %+v, want one read that waits and no problem", r)
		}
		w.office.questions("")
		w.later(20 * time.Minute)
		if n := w.office.questions("work_orders [w1]"); n != 6 { // after 5 and 20 seconds, 1, 2, 5 and 10 minutes
			t.Errorf("asked %d times in 20 minutes, want 6", n)
		}
		w.later(40 * time.Hour)
		w.stop()
		w.start()
		w.want()
		w.later(32 * time.Hour)
		w.want("order w1 New")
		if w.waiting() != 0 {
			t.Error("it is still waited for")
		}
	})
}

func TestWhatNeverShowsIsGivenUp(t *testing.T) {
	t.Parallel()
	work(t, func(w *atWork) {
		w.ring("leases", "nowhere", "update", time.Now())
		w.later(95 * time.Hour)
		if w.waiting() != 1 {
			t.Error("given up before four days")
		}
		w.later(3 * time.Hour)
		if w.waiting() != 0 {
			t.Error("not given up after four days")
		}
		w.want()
	})
}

func TestChangeThatDoesNotShowYetIsWaitedFor(t *testing.T) {
	work(t, func(w *atWork) {
		w.ring("work_orders", "w1", "create", w.order("w1", "New"))
		w.later(time.Hour)
		w.office.lag = 2 * time.Hour
		w.ring("work_orders", "w1", "update", w.order("w1", "Assigned"))
		w.later(time.Hour)
		w.want("order w1 New")
		w.later(2 * time.Hour)
		w.want("order w1 New", "order w1 Assigned")
		if w.waiting() != 0 {
			t.Error("it is still waited for")
		}
	})
}

func TestDeletedThingsAreForgotten(t *testing.T) {
	work(t, func(w *atWork) {
		w.ring("work_orders", "w1", "create", w.order("w1", "New"))
		w.later(time.Minute)
		drop(w.office, w.office.orders, "w1")
		destroyed := time.Now()
		w.ring("work_orders", "w1", "destroy", destroyed)
		w.ring("work_orders", "w1", "update", destroyed.Add(-time.Second)) // late
		w.later(time.Minute)
		w.want("order w1 New")
		value, err := w.desk.Record(core.RecordKey{Kind: storedOrder, ID: "w1"})
		if value != nil || err != nil || w.waiting() != 0 {
			t.Errorf("known as %s, %v; %d reads wait", value, err, w.waiting())
		}
	})
}

func TestDoorbellsInAnyOrderAndTwiceTellOnce(t *testing.T) {
	work(t, func(w *atWork) {
		first := w.order("w1", "New")
		w.later(time.Minute)
		second := w.order("w1", "Assigned")
		w.ring("work_orders", "w1", "update", second)
		w.later(time.Minute)
		w.ring("work_orders", "w1", "create", first)
		w.ring("work_orders", "w1", "update", second)
		w.later(time.Hour)
		w.want("order w1 Assigned")
	})
}

func TestOverlapTellsOnce(t *testing.T) {
	work(t, func(w *atWork) {
		w.order("w1", "New") // nobody rings
		w.later(lookEvery)
		w.want("order w1 New")
		w.order("w1", "Scheduled")
		w.desk.nudge() // the line is back
		w.later(time.Second)
		w.ring("work_orders", "w1", "update", time.Now())
		w.later(2 * time.Hour)
		w.stop()
		w.start()
		w.want("order w1 New", "order w1 Scheduled")
	})
}

func TestWhatChangedWhileAwayIsCaughtUpTogether(t *testing.T) {
	work(t, func(w *atWork) {
		w.stop()
		w.order("w1", "New")
		put(w.office, w.office.tenants, "t2", records.Tenant{ID: "t2", FirstName: "Pat", LastName: "Reyes", Email: "pat@example.com",
			Status: "Future", OccupancyID: "o2", PropertyID: "p1", UnitID: "u2", Updated: time.Now().UTC()})
		w.office.pay("8", 900_00)
		w.later(40 * 24 * time.Hour) // no process runs
		w.start()
		w.want("tenant t2", "order w1 New", "receipt:8 900.00")
		if n := w.desk.eventful; n != 4 { // the first load's two, and one for each API
			t.Errorf("%d settlements have events, want 4", n)
		}
	})
}

func TestCredentialsTroubleIsToldAndMended(t *testing.T) {
	work(t, func(w *atWork) {
		refused := &core.Refused{Status: 401}
		w.office.fail("work_orders", refused)
		w.office.pay("8", 900_00)
		w.order("w1", "New")
		w.later(lookEvery)
		r := w.desk.reading()
		if r.Progress != core.ReadBehind || !errors.Is(r.Problem, core.ErrCredentials) || !r.RetryAt.Equal(time.Now().Add(refusedPause)) {
			t.Errorf("reading: %+v", r)
		}
		w.want("receipt:8 900.00") // the other API has other credentials
		w.office.fail("work_orders", nil)
		w.later(59 * time.Minute)
		w.want("receipt:8 900.00")
		a := account()
		a.Secrets.ClientSecret = core.NewSecret("another")
		w.desk.use(a)
		w.later(time.Second)
		w.want("receipt:8 900.00", "order w1 New")
		if r := w.desk.reading(); r.Progress != core.ReadCurrent || r.Problem != nil {
			t.Errorf("reading: %+v", r)
		}
	})
}

func TestOutagesAreWaitedOut(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.fail("tenants", fmt.Errorf("read tenants: %w", &core.Refused{Status: 533}))
		w.office.fail("receipts", &core.Refused{Status: 429, RetryAfter: 40 * time.Minute})
		w.office.pay("8", 900_00)
		w.ring("work_orders", "w1", "create", w.order("w1", "New"))
		w.later(lookEvery)
		if r := w.desk.reading(); !errors.Is(r.Problem, core.ErrUnavailable) || r.Receipts == nil || r.RetryAt.IsZero() {
			t.Errorf("reading: %+v", r)
		}
		w.later(5 * time.Hour)
		w.office.fail("tenants", nil)
		w.office.fail("receipts", nil)
		w.later(41 * time.Minute)
		if r := w.desk.reading(); r.Problem != nil || r.Receipts != nil || r.Waiting != 0 {
			t.Errorf("reading: %+v", r)
		}
		got := w.news()
		if slices.Sort(got); !slices.Equal(got, []string{"order w1 New", "receipt:8 900.00"}) {
			t.Errorf("told %q", got)
		}
	})
}

func TestOtherConnectionKindReadsNothing(t *testing.T) {
	work(t, func(w *atWork) {
		w.desk.use(core.Account{Kind: core.KindWebhookAPI})
		w.later(time.Second)
		w.office.questions("")
		w.order("w1", "New")
		w.later(24 * time.Hour)
		if n := w.office.questions(""); n != 0 || w.desk.reading().Progress != core.ReadOff {
			t.Errorf("asked %d times; reading %+v", n, w.desk.reading())
		}
		w.desk.use(account())
		w.later(time.Second)
		w.want("order w1 New")
	})
}

func TestWindowTooWideIsNarrowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(200 * 24 * time.Hour)
		w := &atWork{T: t, office: newOffice(), desk: openDesk(t)}
		w.order("w1", "New")
		s := &session{Reader: New(Config{API: narrowOffice{w.office}}), desk: w.desk, account: account()}
		if err := s.readRecords(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := brief(w.events()[2]); got != "order w1 New" || w.news() != nil {
			t.Errorf("got %q and news %q", got, w.news())
		}
	})
}

func TestNamesThatAreWithheldStopNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(200 * 24 * time.Hour)
		w := &atWork{T: t, office: newOffice(), desk: openDesk(t)}
		w.office.fail("vendors", fmt.Errorf("read vendors: %w", &core.Refused{Status: 403}))
		w.order("w1", "New")
		w.start()
		defer func() { w.stop() }()
		w.ring("vendors", "v1", "update", time.Now())
		w.ring("work_orders", "w1", "update", w.order("w1", "Assigned"))
		w.later(gather)
		w.want("order w1 Assigned")
		if d := w.events()[len(w.events())-1].Detail.(core.WorkOrder); d.Vendor != "v1" || w.waiting() != 0 {
			t.Errorf("vendor %q; %d reads wait", d.Vendor, w.waiting())
		}
		w.office.fail("tenants", &core.Refused{Status: 403})
		w.later(lookEvery)
		if r := w.desk.reading(); !errors.Is(r.Problem, core.ErrCredentials) {
			t.Errorf("reading: %+v", r)
		}
	})
}

func TestProcessMayBeKilledAtAnyTime(t *testing.T) {
	t.Parallel()
	whole := func(crash func(killed, settle int) (before, after bool)) (told []core.Event) {
		work(t, func(w *atWork) {
			w.stop()
			w.desk = openDesk(w.T)
			w.order("w1", "New")
			w.office.pay("7", 1450_00)
			w.desk.crash = crash
			w.live(time.Minute)
			w.ring("work_orders", "w1", "update", w.order("w1", "Assigned"))
			w.office.pay("8", 900_00)
			w.office.pay("7", 0)
			w.ring("charges", "c1", "update", time.Now())
			w.live(5 * time.Minute)
			w.live(time.Hour)
			told = w.events()
		})
		return told
	}
	want := facts(whole(nil))
	if len(want) != 7 {
		t.Fatalf("told %q", want)
	}
	for n := 1; n <= 12; n++ {
		for name, crash := range map[string]func(killed, settle int) (bool, bool){
			"before": func(killed, settle int) (bool, bool) { return killed < 3 && settle%n == 0, false },
			"after":  func(killed, settle int) (bool, bool) { return false, killed < 3 && settle%n == 0 },
		} {
			if got := facts(whole(crash)); !reflect.DeepEqual(got, want) {
				t.Errorf("killed %s every %dth settlement: told %q, want %q", name, n, got, want)
			}
		}
	}
}

// facts are events without their order and without the second they were seen in.
func facts(events []core.Event) (all []string) {
	for _, e := range events {
		all = append(all, fmt.Sprint(e.Past, " ", brief(e)))
	}
	slices.Sort(all)
	return all
}

// narrowOffice lists no work orders of more than two months.
type narrowOffice struct{ *office }

func (o narrowOffice) WorkOrders(ctx context.Context, a core.Account, f records.Filter) iter.Seq2[records.WorkOrder, error] {
	if time.Since(f.Since) > 61*24*time.Hour {
		return func(yield func(records.WorkOrder, error) bool) {
			yield(records.WorkOrder{}, &core.Refused{Status: 533})
		}
	}
	return o.office.WorkOrders(ctx, a, f)
}
