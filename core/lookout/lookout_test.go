package lookout

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/store"
)

// office is a Lookout on a real store, whose clock the test sets.
type office struct {
	*testing.T
	*Lookout
	dir      string
	db       *store.DB
	now      time.Time
	settings core.Settings
	rings    []core.Ring
	events   int
}

var here = time.FixedZone("CST", -6*3600)

func at(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, here)
}

func openOffice(t *testing.T, now time.Time) *office {
	o := &office{T: t, dir: memoryDir(t), now: now, settings: core.DefaultSettings()}
	o.open()
	t.Cleanup(func() { _ = o.db.Close() })
	return o
}

// memoryDir is a directory in memory where the system has such, because a thousand restarts
// would wait for the disk for long.
func memoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "lookout")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (o *office) open() {
	o.Helper()
	var err error
	if o.db, err = store.Open(o.dir); err != nil {
		o.Fatal(err)
	}
	o.begin()
}

// begin makes a Lookout that knows what is on disk alone.
func (o *office) begin() {
	o.Helper()
	var err error
	b := board.New(core.Status{}, o.db.Summary)
	b.Watch(func(c core.Change) {
		if c.Ring != nil {
			o.rings = append(o.rings, *c.Ring)
		}
	})
	o.Lookout, err = New(Config{
		Store: o.db, Reader: o.db, Settings: func() core.Settings { return o.settings }, Board: b, Log: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return o.now }, Named: func(d core.Detail) core.Detail { return d },
	})
	if err != nil {
		o.Fatal(err)
	}
	o.look()
}

// restart ends the process as kill -9 does, but for the lock on the file.
func (o *office) restart() {
	o.Helper()
	if err := o.db.Close(); err != nil {
		o.Fatal(err)
	}
	o.open()
}

// look lets a moment pass, in which what was just found is gathered.
func (o *office) look() {
	o.turn(o.Context())
	o.now = o.now.Add(time.Second)
	o.turn(o.Context())
}

func (o *office) goOn(to time.Time) {
	o.now = to
	o.look()
}

func (o *office) add(when time.Time, d core.Detail) uint64 {
	o.Helper()
	o.events++
	seq, _, err := o.db.Add(core.Event{ID: fmt.Sprint("e", o.events, o.now.UnixNano()), Type: "x", OccurredAt: when.UTC(), ReceivedAt: o.now.UTC(), Detail: d})
	if err != nil {
		o.Fatal(err)
	}
	return seq
}

func (o *office) pay(when time.Time, lease string, amount core.Cents) uint64 {
	return o.add(when, core.Payment{Lease: lease, Amount: amount, AmountKnown: true, Method: "Check", Place: core.Place{Tenant: "Dana"}})
}

// heard are the rings since the last call, in short.
func (o *office) heard() string {
	var all []string
	for _, r := range o.rings {
		var kinds []string
		for _, kind := range slices.Sorted(maps.Keys(r.Findings)) {
			kinds = append(kinds, fmt.Sprint(r.Findings[kind], " ", kind))
		}
		all = append(all, strings.Join(kinds, ", "))
	}
	o.rings = nil
	return strings.Join(all, "; ")
}

func (o *office) want(what, want string) {
	o.Helper()
	if got := o.heard(); got != want {
		o.Errorf("%s: told %q, want %q", what, got, want)
	}
}

func (o *office) holds(want string) {
	o.Helper()
	var all []string
	for _, f := range o.Findings() {
		all = append(all, fmt.Sprint(f.Kind, " ", f.Lease, f.WorkOrder))
	}
	if got := strings.Join(all, ", "); got != want {
		o.Errorf("found %q, want %q", got, want)
	}
}

// typeRent is what a user does in the lease's pane.
func (o *office) typeRent(lease string, rent core.Cents) {
	o.Helper()
	err := o.ChangeTerms(o.Context(), lease, func(t *core.LeaseTerms) { t.Typed = []core.TypedRent{{Amount: rent}} })
	if err != nil {
		o.Fatal(err)
	}
}

func TestLateRentIsToldOnceInTheMorning(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.pay(at(time.May, 1, 9), "1", 90000)
	o.typeRent("1", 90000)
	o.typeRent("2", 80000)
	o.look()
	o.want("before it is late", "")
	o.goOn(at(time.June, 7, 1))
	o.want("at night", "")
	o.holds("late 1, late 1, late 2, late 2, late 2") // April for both, and nothing has ever come for the second
	o.goOn(at(time.June, 7, 9))
	o.want("in the morning", "2 late")
	o.goOn(at(time.June, 8, 9))
	o.restart()
	o.goOn(at(time.June, 20, 9))
	o.want("afterwards", "")
	o.goOn(at(time.June, 1, 9))
	o.goOn(at(time.June, 21, 9))
	o.want("after the clock was put back", "")
	o.pay(o.now, "1", 50000)
	o.look()
	o.want("once some has come", "1 partial")
	o.goOn(at(time.July, 7, 9))
	o.want("a month later", "2 late")
}

func TestNothingIsToldAtFirstLook(t *testing.T) {
	o := openOffice(t, at(time.June, 18, 12))
	for m := time.January; m < time.June; m++ {
		o.pay(at(m, 1, 9), "1", 90000)
	}
	o.add(at(time.June, 1, 9), core.WorkOrder{ID: "7", Status: "New"})
	if err := o.db.SaveToldSince(time.Time{}); err != nil {
		t.Fatal(err)
	}
	o.restart()
	o.holds("late 1, no_vendor 7, untouched 7")
	o.goOn(at(time.June, 28, 12))
	o.want("what was so when Rentbell looked first", "")
	o.pay(o.now, "1", -90000) // May's comes back
	o.look()
	o.want("what is new", "1 late, 1 returned")
}

func TestNothingIsToldOfRentsThatBecomeKnown(t *testing.T) {
	o := openOffice(t, at(time.June, 18, 12))
	o.pay(at(time.June, 1, 9), "1", 50000)
	o.look()
	var taken core.Taken
	err := o.EditTerms(t.Context(), func(known map[string]core.LeaseTerms) (changed map[string]core.LeaseTerms) {
		changed, taken = WeighRents(known, map[string]core.Cents{"1": 90000, "2": 80000})
		return changed
	}, o.db.SaveTerms)
	if err != nil || taken != (core.Taken{Added: 2}) {
		t.Fatal(taken, err)
	}
	o.look()
	o.holds("late 1, late 1, late 2, late 2, late 2, partial 1")
	o.want("of rents that are imported", "")
	if err := o.Learn(core.Settlement{Rents: map[string]core.Cents{"3": 70000}}, func() error { return o.db.SaveTerms(map[string]core.LeaseTerms{"3": o.Terms("3")}) }); err != nil {
		t.Fatal(err)
	}
	for m := time.January; m < time.April; m++ {
		o.pay(at(m, 1, 9), "4", 60000) // the third teaches what the rent is
		o.look()
	}
	o.typeRent("2", 85000)
	if err := o.ChangeDueRule(t.Context(), "", core.DueRule{}); err == nil {
		t.Error("a rule for no property")
	}
	o.settings.Radar.Rule = core.DueRule{Due: 1, Grace: 3}
	o.look()
	o.goOn(at(time.June, 19, 12))
	o.restart()
	o.want("of rents that are told, learned, typed, or late sooner", "")
	o.goOn(at(time.July, 5, 12))
	o.want("the month after", "4 late")
}

func TestQuietHoursHoldBackAllButNotice(t *testing.T) {
	o := openOffice(t, at(time.June, 10, 12))
	o.settings.Bell.Quiet.On = true
	o.typeRent("1", 90000)
	if err := o.SetNotice(t.Context(), "2", true); err != nil {
		t.Fatal(err)
	}
	o.pay(at(time.June, 9, 9), "1", 90000)
	o.goOn(at(time.June, 10, 22))
	o.pay(o.now, "1", -90000)
	o.pay(o.now, "2", 10000)
	o.look()
	o.want("at night", "1 notice")
	o.goOn(at(time.June, 11, 6))
	o.restart()
	o.want("still at night", "")
	o.goOn(at(time.June, 11, 7))
	o.want("when people rise", "1 returned")
}

func TestWhatWaitsForADigestIsToldWithIt(t *testing.T) {
	o := openOffice(t, at(time.June, 10, 12))
	o.settings.Bell.Digest = core.Digest{Rhythm: core.Daily, At: 16 * 60}
	for _, id := range []string{"7", "8"} {
		o.add(at(time.June, 10, 11), core.WorkOrder{ID: id, Status: "New", Vendor: "V"})
	}
	o.look()
	o.goOn(at(time.June, 13, 12))
	o.want("untouched for three days", "")
	o.restart()
	o.goOn(at(time.June, 13, 16))
	o.want("with the digest", "2 untouched")
}

func TestWhatWasHandledOrSnoozedIsOutOfSight(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.typeRent("1", 90000)
	o.goOn(at(time.June, 7, 12))
	o.want("late", "1 late")
	keys := []core.FindingKey{o.Findings()[2].Key()}
	hidden := func() bool { return o.Findings()[2].Mark.Hidden(o.now) }
	if err := o.Snooze(t.Context(), keys, o.now.Add(time.Hour)); err != nil || !hidden() {
		t.Errorf("snoozed: %v", err)
	}
	if o.now = o.now.Add(time.Hour); hidden() {
		t.Error("still snoozed")
	}
	if err := o.Handle(t.Context(), keys); err != nil || !hidden() {
		t.Errorf("handled: %v", err)
	}
	o.restart()
	if !hidden() {
		t.Error("a restart has forgotten what was handled")
	}
	if err := o.Unmark(t.Context(), keys); err != nil || hidden() {
		t.Errorf("taken back: %v", err)
	}
	if err := o.Snooze(t.Context(), []core.FindingKey{"notice|1|1"}, o.now.Add(time.Hour)); err != nil || !o.marks["notice|1|1"].Snoozed.IsZero() {
		t.Errorf("a payment after notice is snoozed: %v", err)
	}
	o.look()
	o.want("all that", "")
}

func TestNothingOfABackupIsTold(t *testing.T) {
	o := openOffice(t, at(time.June, 6, 12))
	o.typeRent("1", 90000)
	file := filepath.Join(o.dir, "backup")
	if err := o.db.Backup(t.Context(), file, o.now, nil); err != nil {
		t.Fatal(err)
	}
	if err := o.ChangeTerms(t.Context(), "1", func(t *core.LeaseTerms) { *t = core.LeaseTerms{} }); err != nil {
		t.Fatal(err)
	}
	o.goOn(at(time.June, 18, 12))
	candidate, err := o.db.Examine(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Restore(func() error { _, err := candidate.Adopt("aside.db"); return err }); err != nil {
		t.Fatal(err)
	}
	o.look()
	o.holds("late 1, late 1, late 1")
	o.restart()
	o.want("what a backup brings", "")
	o.goOn(at(time.July, 7, 12))
	o.want("what is late after that", "1 late")
}

func TestFiguresOfTheMonth(t *testing.T) {
	o := openOffice(t, at(time.June, 18, 12))
	for lease, rent := range map[string]core.Cents{"1": 90000, "2": 80000, "3": 70000} {
		o.typeRent(lease, rent)
	}
	o.pay(at(time.June, 2, 9), "1", 90000)
	o.pay(at(time.June, 2, 9), "2", 30000)
	o.pay(at(time.June, 2, 9), "4", 30000)
	o.add(at(time.June, 11, 9), core.WorkOrder{ID: "7", Status: "New"})
	o.goOn(o.now.Add(time.Minute))
	want := core.RadarSummary{Ready: true, Month: core.Month{Year: 2026, Month: time.June}, Known: 3, Paid: 1, NotKnown: 1, Late: 2, LateDue: 120000, Stuck: 1, Attention: 4}
	if got := o.cfg.Board.Status().Radar; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	var keys []core.FindingKey
	for _, f := range o.Findings() {
		if f.WorkOrder != "" {
			keys = append(keys, f.Key())
		}
	}
	if err := o.Snooze(t.Context(), keys, o.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		after            time.Duration
		stuck, attention int
	}{{time.Minute, 0, 2}, {time.Hour, 1, 4}} {
		o.goOn(o.now.Add(tt.after))
		if got := o.cfg.Board.Status().Radar; got.Stuck != tt.stuck || got.Attention != tt.attention {
			t.Errorf("%v after a snooze of an hour: %+v", tt.after, got)
		}
	}
}

// TestNothingIsToldTwiceOverRestarts plays three months of an office that is started again
// at any time, and compares with what came to be found at all.
func TestNothingIsToldTwiceOverRestarts(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(seed, 1))
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	}()
	o := openOffice(t, at(time.April, 20, 12))
	o.settings.Bell.Quiet.On = true
	for n := range 6 {
		o.typeRent(fmt.Sprint(n), 90000)
	}
	o.look()
	firstLooked := map[core.FindingKey]bool{}
	for _, f := range o.Findings() {
		firstLooked[f.Key()] = true
	}
	told := map[core.FindingKind]int{}
	found := map[core.FindingKind]map[core.FindingKey]bool{}
	for range restarts {
		o.now = o.now.Add(time.Duration(rng.IntN(int(4 * time.Hour))))
		switch lease := fmt.Sprint(rng.IntN(6)); rng.IntN(8) {
		case 0:
			o.pay(o.now, lease, 90000)
		case 1:
			o.pay(o.now, lease, core.Cents(rng.IntN(90000)))
		case 2:
			o.pay(o.now, lease, -90000)
		case 3:
			o.add(o.now, core.WorkOrder{ID: fmt.Sprint(rng.IntN(20)), Status: []string{"New", "Assigned", "Completed"}[rng.IntN(3)]})
		case 4:
			o.now = o.now.Add(-time.Duration(rng.IntN(int(6 * time.Hour))))
		}
		if rng.IntN(2) == 0 {
			o.look()
		}
		if rng.IntN(20) == 0 {
			o.restart()
		} else {
			o.begin()
		}
		for _, f := range o.findings() {
			if !firstLooked[f.Key()] {
				if found[f.Kind] == nil {
					found[f.Kind] = map[core.FindingKey]bool{}
				}
				found[f.Kind][f.Key()] = true
			}
		}
		for _, r := range o.rings {
			for kind, n := range r.Findings {
				told[kind] += n
			}
		}
		o.rings = nil
	}
	for kind, n := range told {
		if n > len(found[kind]) {
			t.Errorf("%s: told %d times, and found %d", kind, n, len(found[kind]))
		}
	}
	if told[core.FindLate]+told[core.FindReturned] == 0 {
		t.Errorf("hardly anything was told: %v", told)
	}
}
