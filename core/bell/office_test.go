package bell_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/core/imports"
	"rentbell/store"
)

var errRemoved = errors.New("this desk was removed")

// followed is a Follower that does what a test says.
type followed struct {
	begun chan core.FollowDesk
	end   chan error // what Run returns, before its context ends
}

func newFollowed() *followed { return &followed{make(chan core.FollowDesk), make(chan error)} }

func (f *followed) Run(ctx context.Context, d core.FollowDesk) error {
	f.begun <- d
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-f.end:
		d.Tell(core.OfficeStatus{Problem: err})
		return err
	}
}

// inOffice is a desk of an office.
func inOffice(t *testing.T, dir string, f *followed, change ...func(*bell.Config)) *desk {
	t.Helper()
	return newDesk(t, dir, append([]func(*bell.Config){func(c *bell.Config) {
		c.Vault, c.Machine, c.Follower = &vault{}, computer{free: 12 << 30}, f
		c.Override.Kind = core.KindOffice
	}}, change...)...)
}

// payment is an event as the receiver has it.
func payment(t *testing.T, seq uint64) core.Event {
	t.Helper()
	e, malformed := appfolio.Decode([]byte(`{"id":"evt_`+string(rune('a'+seq))+`","type":"payment.received","created_at":"2026-06-01T10:00:00Z","data":{"lease_id":"L-1","amount_cents":145000,"payment_method":"ACH"}}`), time.Now())
	if malformed != "" {
		t.Fatal(malformed)
	}
	e.Seq = seq
	return e
}

func TestEventsOfTheOfficeRingAsDeliveriesDo(t *testing.T) {
	t.Parallel() // it waits in real time
	f := newFollowed()
	d := inOffice(t, t.TempDir(), f)
	rings := watch(t, d, func(c core.Change) core.Change { return c })
	d.run(t)
	at := <-f.begun
	if err := at.Copy([]core.Event{payment(t, 1)}); err != nil {
		t.Fatal(err)
	}
	fresh, rang := 0, false
	for deadline := time.After(20 * time.Second); fresh == 0 || !rang; {
		select {
		case c := <-rings:
			fresh, rang = fresh+len(c.Fresh), rang || c.Ring != nil
			if c.Status.Connection != core.ConnectionOff || c.Status.Problem != nil {
				t.Errorf("a desk has a door: %d, %v", c.Status.Connection, c.Status.Problem)
			}
		case <-deadline:
			t.Fatalf("%d events are told, it rang: %v", fresh, rang)
		}
	}
	if fresh != 1 {
		t.Errorf("%d events are told of one", fresh)
	}
	if !d.Account().Complete() {
		t.Error("the account is not complete")
	}
}

// Another desk may have handled an event before it came here.
func TestEventsThatNeedAttentionAreComparedWithTheOffice(t *testing.T) {
	t.Parallel() // it waits in real time
	f := newFollowed()
	inOffice(t, t.TempDir(), f).run(t)
	at := <-f.begun
	odd := payment(t, 2)
	odd.Attention = core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}
	if err := at.Copy([]core.Event{payment(t, 1)}); err != nil {
		t.Fatal(err)
	}
	select {
	case <-at.Changed():
		t.Error("nothing that is shared has changed")
	default:
	}
	if err := at.Copy([]core.Event{odd}); err != nil {
		t.Fatal(err)
	}
	<-at.Changed()
}

func TestWhatADeskHasMissedRingsOnce(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFollowed()
		b, stop := inBubble(t, dir, func(c *bell.Config) { c.Follower, c.Override.Kind = f, core.KindOffice })
		defer stop()
		var rings []core.Ring
		defer b.Watch(func(c core.Change) {
			if c.Ring != nil {
				rings = append(rings, *c.Ring)
			}
		})()
		at := <-f.begun
		const missed, ahead = 40, 2 * time.Hour // the desk's clock
		come := func(seq, behind int, ago time.Duration) {
			t.Helper()
			e := payment(t, uint64(seq))
			e.ID, e.ReceivedAt = fmt.Sprint("evt_", seq), time.Now().Add(-ahead-ago)
			if err := at.Copy([]core.Event{e}); err != nil {
				t.Fatal(err)
			}
			at.Tell(core.OfficeStatus{Name: "Home", Following: true, Behind: uint64(behind), Skew: ahead})
		}
		at.Tell(core.OfficeStatus{Name: "Home", Following: true, Behind: missed, Skew: ahead})
		for i := range missed {
			come(i+1, missed-1-i, 7*24*time.Hour-time.Duration(i)*time.Hour)
			time.Sleep(300 * time.Millisecond)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if len(rings) != 1 || !rings[0].Away || rings[0].Count != missed || rings[0].Received != missed*145000 {
			t.Fatalf("after a week it rang %d times: %+v", len(rings), rings)
		}
		come(missed+1, 0, time.Second)
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if len(rings) != 2 || rings[1].Away || rings[1].Count != 1 {
			t.Errorf("then a payment came; rings: %+v", rings)
		}
	})
}

func TestASnapshotOfTheOfficeIsNotTold(t *testing.T) {
	t.Parallel() // it waits in real time
	receiver, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = receiver.Close() }) // it was only read
	if err := receiver.Copy([]core.Event{payment(t, 1), payment(t, 2)}); err != nil {
		t.Fatal(err)
	}
	snapshot := filepath.Join(t.TempDir(), "snapshot.db")
	if err := receiver.Snapshot(t.Context(), snapshot); err != nil {
		t.Fatal(err)
	}
	f, dir := newFollowed(), t.TempDir()
	d := inOffice(t, dir, f)
	changes := watch(t, d, func(c core.Change) core.Change { return c })
	d.run(t)
	at := <-f.begun
	aside, err := at.Replace(t.Context(), snapshot, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, aside)); aside == "" || err != nil {
		t.Errorf("what was here is in %q, %v", aside, err)
	}
	if err := at.Copy([]core.Event{payment(t, 3)}); err != nil {
		t.Fatal(err)
	}
	for c := range changes {
		if len(c.Fresh) == 0 {
			continue
		}
		if len(c.Fresh) != 1 || c.Fresh[0].Seq != 3 || c.Status.Summary.Events != 3 {
			t.Errorf("told are %d events up to %d, of %d", len(c.Fresh), c.Fresh[0].Seq, c.Status.Summary.Events)
		}
		return
	}
}

func TestTheOfficeIsAskedAtOnceWhenAUserWantsItOrTheComputerWakesUp(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, clock, machine := newFollowed(), &skewed{}, &sleeper{}
		b, stop := inBubble(t, dir, func(c *bell.Config) {
			c.Follower, c.Now, c.Machine, c.Override.Kind = f, clock.now, machine, core.KindOffice
		})
		defer stop()
		at := <-f.begun
		synctest.Wait() // the machine is listened to
		select {
		case <-at.Wake():
			t.Error("it is asked although nobody wants that")
		default:
		}
		b.Reconnect()
		<-at.Wake()
		clock.sleep(9 * time.Hour)
		machine.woke()
		<-at.Wake()
	})
}

func TestFollowingGoesWithTheKindOfConnection(t *testing.T) {
	t.Parallel() // it waits in real time
	f := newFollowed()
	d := inOffice(t, t.TempDir(), f, func(c *bell.Config) { c.Override.Kind = "" })
	statuses := statusesOf(t, d)
	d.run(t)
	kind := func(k core.Kind) {
		t.Helper()
		if err := d.Change(t.Context(), func(s *core.Settings) { s.Kind = k }); err != nil {
			t.Fatal(err)
		}
	}
	kind(core.KindOffice)
	at := <-f.begun
	at.Tell(core.OfficeStatus{Name: "Front desk", Following: true, Heard: time.Now()})
	until(t, statuses, "that it follows", func(s core.Status) bool { return s.Office.Following })
	d.expect(t, core.CheckOffice, core.CheckGood, nil)
	d.expect(t, core.CheckOfficeLag, core.CheckGood, nil)
	d.Reconnect()
	<-at.Wake()
	kind(core.KindWebhookAPI)
	until(t, statuses, "that it follows no more", func(s core.Status) bool { return s.Office == core.OfficeStatus{} })
	kind(core.KindOffice)
	<-f.begun
	f.end <- errRemoved
	until(t, statuses, "that it was removed", func(s core.Status) bool { return s.Office.Problem == errRemoved })
	d.expect(t, core.CheckOffice, core.CheckBad, errRemoved)
	d.Joined()
	<-f.begun
}

func TestADeskDeletesWhatTheOfficeHasDeletedAndNothingElse(t *testing.T) {
	t.Parallel() // it waits in real time
	f := newFollowed()
	d := inOffice(t, t.TempDir(), f)
	statuses := statusesOf(t, d)
	d.run(t)
	at := <-f.begun
	if err := d.KeepFor(t.Context(), 1); err != nil { // of the time before it was a desk
		t.Fatal(err)
	}
	var old []core.Event
	for seq := range uint64(5) {
		e := payment(t, seq+1)
		e.ReceivedAt = time.Now().AddDate(-5, 0, int(seq))
		old = append(old, e)
	}
	if err := at.Copy(old[:3]); err != nil {
		t.Fatal(err)
	}
	left := func(n int) func(core.Status) bool {
		return func(s core.Status) bool { return s.Summary.Events == n }
	}
	until(t, statuses, "that all are kept", left(3))
	at.Tell(core.OfficeStatus{Facts: core.OfficeFacts{Gone: 2, KeepYears: 3, Before: time.Now().AddDate(-3, 0, 0)}})
	until(t, statuses, "that two are deleted", left(1))
	at.Tell(core.OfficeStatus{Facts: core.OfficeFacts{Gone: 4}})
	until(t, statuses, "that the third is, too", left(0))
	if err := at.Copy(old[3:]); err != nil { // the fourth was on its way
		t.Fatal(err)
	}
	until(t, statuses, "that the fifth is left", left(1))
	if e, err := d.Event(5); err != nil || e.ID != old[4].ID {
		t.Errorf("left is %+v, %v", e, err)
	}
}

func TestADeskThatIsTooOldChangesNothing(t *testing.T) {
	t.Parallel() // it waits in real time
	f := newFollowed()
	d := inOffice(t, t.TempDir(), f)
	d.run(t)
	at := <-f.begun
	at.Tell(core.OfficeStatus{Name: "Front desk", Following: true, Heard: time.Now(), ReadOnly: true})
	lease, finding := core.NameKey{Kind: core.NameLease, ID: "L-1"}, []core.FindingKey{"late|2026-06|L-1"}
	for what, change := range map[string]func() error{
		"a name":   func() error { return d.GiveNames(map[core.NameKey]string{lease: "Ana"}) },
		"an offer": func() error { return d.SettleOffer(core.Offer{Key: lease, Name: "Ana"}, true) },
		"a rent": func() error {
			return d.ChangeTerms(t.Context(), "L-1", func(l *core.LeaseTerms) { l.Typed = []core.TypedRent{{Amount: 1}} })
		},
		"a notice":   func() error { return d.SetNotice(t.Context(), "L-1", true) },
		"a due rule": func() error { return d.ChangeDueRule(t.Context(), "Oak Line", core.DueRule{Due: 3}) },
		"a snooze":   func() error { return d.Snooze(t.Context(), finding, time.Now().AddDate(0, 0, 1)) },
		"a mark":     func() error { return d.Handle(t.Context(), finding) },
		"a concern":  func() error { return d.MarkHandled(1) },
		"no mark":    func() error { return d.Unmark(t.Context(), finding) },
		"an import": func() error {
			_, err := d.Import(t.Context(), "names.csv", imports.Found{Kind: "lease", Names: map[core.NameKey]string{lease: "Ana"}}, false)
			return err
		},
		"what was exported": func() error { return d.ForgetExport(t.Context(), core.PastExport{}) },
	} {
		if err := change(); !errors.Is(err, core.ErrDeskTooOld) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if given := d.Names().Of(lease).Given; given != "" || !d.Terms("L-1").Notice.IsZero() || len(d.DueRules()) != 0 {
		t.Errorf("it is changed all the same: %q, %+v, %v", given, d.Terms("L-1"), d.DueRules())
	}
	d.expect(t, core.CheckOffice, core.CheckWarn, core.ErrDeskTooOld)
	at.Tell(core.OfficeStatus{Name: "Front desk", Following: true, Heard: time.Now()})
	if err := d.GiveNames(map[core.NameKey]string{lease: "Ana"}); err != nil {
		t.Errorf("after the update: %v", err)
	}
}
