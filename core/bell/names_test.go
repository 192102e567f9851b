package bell_test

import (
	"testing"

	"rentbell/core"
)

func TestGivenNamesAreNeverOverwrittenByLearnedOnes(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, dir)
	lease := core.NameKey{Kind: core.NameLease, ID: "20931"}
	give := func(text string) {
		t.Helper()
		if err := d.GiveNames(map[core.NameKey]string{lease: text}); err != nil {
			t.Fatal(err)
		}
	}
	give(" Ines\nHall ")
	if _, err := d.Desk().Settle(core.Settlement{Names: map[core.NameKey]string{lease: "I. Hall", {Kind: core.NameUnit, ID: "7"}: "7B"}}); err != nil {
		t.Fatal(err)
	}
	want := core.Name{Given: "Ines Hall", Learned: "I. Hall"}
	if got := d.Names().Of(lease); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	table := d.Names()
	give("Ines Hall")
	if d.Names() != table {
		t.Error("a name that was there already makes a new table")
	}
	_ = d.store.Close() // the next desk sees what it kept
	d = newDesk(t, dir)
	if got := d.Names().Of(lease); got != want {
		t.Errorf("after a restart: %+v", got)
	}
	if n := d.Names().Given(core.NameLease); n != 1 {
		t.Errorf("%d leases are named", n)
	}
	give("")
	if got := d.Names().Of(lease); got != (core.Name{Learned: "I. Hall"}) {
		t.Errorf("taken away: %+v", got)
	}
}

func TestNamesThatCannotBeKeptDoNotCount(t *testing.T) {
	d := newDesk(t, t.TempDir())
	_ = d.store.Close() // stands for a full disk
	key := core.NameKey{Kind: core.NameLease, ID: "1"}
	if err := d.GiveNames(map[core.NameKey]string{key: "Dana"}); err == nil {
		t.Error("no error")
	}
	if d.Names().Of(key) != (core.Name{}) {
		t.Error("the name counts")
	}
}

func TestNewNamesAreToldAndRung(t *testing.T) {
	t.Parallel() // it waits in real time
	d := newDesk(t, t.TempDir())
	changes := watch(t, d, func(c core.Change) core.Change { return c })
	d.run(t)
	<-changes // it has started
	if err := d.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ines Hall"}); err != nil {
		t.Fatal(err)
	}
	<-changes
	receive(t, d.Bell, rent("evt_1", 640_00))
	for {
		if c := <-changes; c.Ring != nil {
			if got := c.Ring.Event.Detail.(core.Payment).Tenant; got != "Ines Hall" {
				t.Errorf("it rings for %q", got)
			}
			return
		}
	}
}
