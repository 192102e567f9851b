package bell_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

// replaced is a desk whose records are replaced by a receiver's.
type replaced struct {
	t        *testing.T
	dir      string // of the desk
	receiver *desk
	here     *desk
	office   core.FollowDesk   // the desk, as the follower sees it
	values   map[string]string // what the office has
}

var ana = core.NameKey{Kind: core.NameLease, ID: "20931"}

// newReplaced is one that has joined an office: there is a name, an export, and three
// payments that need attention.
func newReplaced(t *testing.T) *replaced {
	t.Helper()
	f, dir := newFollowed(), t.TempDir()
	r := &replaced{t: t, dir: dir, receiver: newDesk(t, t.TempDir()), here: inOffice(t, dir, f), values: map[string]string{}}
	if err := r.receiver.GiveNames(map[core.NameKey]string{ana: "Ana"}); err != nil {
		t.Fatal(err)
	}
	past := core.PastExport{At: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), Format: core.FormatXero, Rows: 3, File: "June.csv", Dir: "/home/box"}
	if err := r.receiver.store.SaveExports([]core.PastExport{past}); err != nil {
		t.Fatal(err)
	}
	r.receiver.run(t)
	r.receive("a", "b", "c")
	r.compare(r.receiver.Shared(), true)
	r.here.run(t)
	r.office = <-f.begun
	r.replace(false)
	return r
}

// receive gives the receiver payments that need attention.
func (r *replaced) receive(ids ...string) {
	r.t.Helper()
	for _, id := range ids {
		e := payment(r.t, 1)
		e.ID, e.Attention = id, core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}
		if _, _, err := r.receiver.store.Add(e); err != nil {
			r.t.Fatal(err)
		}
	}
}

// compare has a side compare what the office has, and the office take what it writes.
func (r *replaced) compare(d core.SharedDesk, fill bool) (written map[string]string) {
	r.t.Helper()
	written, err := d.Compare(r.t.Context(), r.values, fill)
	if err != nil {
		r.t.Fatal(err)
	}
	maps.Copy(r.values, written)
	if err := d.Agreed(written); err != nil {
		r.t.Fatal(err)
	}
	return written
}

// replace goes on with everything that the receiver has.
func (r *replaced) replace(carry bool) {
	r.t.Helper()
	snapshot := filepath.Join(r.t.TempDir(), "snapshot.db")
	if err := r.receiver.store.Snapshot(r.t.Context(), snapshot); err != nil {
		r.t.Fatal(err)
	}
	aside, err := r.office.Replace(r.t.Context(), snapshot, carry)
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(r.dir, aside)); err != nil {
		r.t.Fatal(err)
	}
}

// give gives a name.
func (r *replaced) give(d *desk, name string) {
	r.t.Helper()
	if err := d.GiveNames(map[core.NameKey]string{ana: name}); err != nil {
		r.t.Fatal(err)
	}
}

// called expects a name, and those that are offered.
func (r *replaced) called(d *desk, name string, offers ...string) {
	r.t.Helper()
	var got []string
	all, err := d.NameOffers()
	for _, o := range all {
		got = append(got, o.Name)
	}
	if given := d.Names().Of(ana).Given; err != nil || given != name || !slices.Equal(got, offers) {
		r.t.Errorf("it is %q, offered are %q, %v; want %q and %q", given, got, err, name, offers)
	}
}

func TestASnapshotTakesNothingFromTheOffice(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	if written := r.compare(r.office, false); len(written) > 0 {
		t.Errorf("a new desk wrote %v", written)
	}
	past, err := r.here.PastExports()
	if err != nil || len(past) != 1 || past[0].File != "June.csv" || past[0].Dir != "" {
		t.Errorf("the desk remembers %+v, %v", past, err)
	}
	r.called(r.here, "Ana")
}

func TestWhatWasChangedHereOutlivesASnapshot(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	r.compare(r.office, false)
	r.give(r.here, "Ana Ruiz")
	r.handle("b")
	rent := core.Cents(139500)
	if err := r.here.ChangeTerms(t.Context(), "20931", func(l *core.LeaseTerms) { l.Typed = []core.TypedRent{{Amount: rent}} }); err != nil {
		t.Fatal(err)
	}
	r.replace(true)
	r.compare(r.office, false)
	r.called(r.here, "Ana Ruiz")
	r.compare(r.receiver.Shared(), true)
	r.called(r.receiver, "Ana Ruiz")
	if typed := r.receiver.Terms("20931").Typed; len(typed) != 1 || typed[0].Amount != rent {
		t.Errorf("the receiver expects %+v", typed)
	}
	for _, d := range []*desk{r.here, r.receiver} {
		r.attention(d, "a", "c")
	}
	if written := r.compare(r.office, false); len(written) > 0 {
		t.Errorf("it is not agreed: %v", written)
	}
}

func TestWhatTheOfficeHasChangedMeanwhileIsOffered(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	r.compare(r.office, false)
	r.give(r.here, "Ana, offline")
	r.give(r.receiver, "Ana, online")
	r.compare(r.receiver.Shared(), true)
	r.replace(true)
	r.compare(r.office, false)
	r.called(r.here, "Ana, online", "Ana, offline")
	r.replace(true)
	r.compare(r.office, false)
	r.called(r.here, "Ana, online", "Ana, offline")
}

// Behind the receiver is an older file, in which events have other numbers since.
func TestWhatWasHandledHereIsFoundUnderItsNewNumber(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	r.compare(r.office, false)
	r.handle("c")
	other := newDesk(t, t.TempDir())
	other.run(t)
	r.receiver, r.values = other, map[string]string{}
	r.receive("c", "b", "a")
	r.compare(other.Shared(), true)
	r.replace(true)
	r.compare(r.office, false)
	r.compare(other.Shared(), true)
	for _, d := range []*desk{r.here, other} {
		r.attention(d, "a", "b")
	}
}

func TestNothingIsCarriedIntoAnotherOffice(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	r.compare(r.office, false)
	r.give(r.here, "Ana Ruiz")
	r.replace(false)
	r.compare(r.office, false)
	r.called(r.here, "Ana")
}

// A crash between the two files is one: what was set aside is taken up later.
func TestWhatWasSetAsideOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	r := newReplaced(t)
	r.compare(r.office, false)
	r.give(r.here, "Ana Ruiz")
	r.replace(true)
	b, err := bell.New(bell.Config{Store: r.here.store, Source: nil, Vault: &vault{}, Log: nil, Follower: newFollowed()})
	if err != nil {
		t.Fatal(err)
	}
	r.compare(b.Shared(), false)
	if given := b.Names().Of(ana).Given; given != "Ana Ruiz" {
		t.Errorf("it is %q", given)
	}
}

// handle marks the concern of an event.
func (r *replaced) handle(id string) {
	r.t.Helper()
	list, err := r.here.Concerns(10)
	if err != nil {
		r.t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(c core.Concern) bool { return c.Event.ID == id })
	if err := r.here.MarkHandled(list[i].ID); err != nil {
		r.t.Fatal(err)
	}
}

// attention expects the events that need it.
func (r *replaced) attention(d *desk, ids ...string) {
	r.t.Helper()
	list, err := d.Concerns(10)
	var got []string
	for _, c := range list {
		got = append(got, c.Event.ID)
	}
	slices.Sort(got)
	if err != nil || strings.Join(got, " ") != fmt.Sprint(strings.Join(ids, " ")) {
		r.t.Errorf("%v need attention, %v; want %v", got, err, ids)
	}
}
