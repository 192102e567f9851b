package bell_test

import (
	"errors"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/imports"
)

// TestMoneyAfterNoticeRingsAsWhatItIs goes the whole way: the switch, a delivery, and the
// ring that tells of it beside that of the payment.
func TestMoneyAfterNoticeRingsAsWhatItIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, t.TempDir(), func(c *bell.Config) { c.Now = time.Now })
	found := make(chan core.Found, 9) // more than there are
	d.Watch(func(c core.Change) {
		if c.Ring != nil && c.Ring.Found != nil {
			found <- *c.Ring.Found
		}
	})
	stop := d.run(t)
	defer stop()
	if err := d.SetNotice(t.Context(), "20931", true); err != nil {
		t.Fatal(err)
	}
	if err := d.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ines Hall"}); err != nil {
		t.Fatal(err)
	}
	receive(t, d.Bell, rent("evt_1", 64000))
	ring := <-found
	if ring.Kind != core.FindNotice || ring.Amount != 64000 || ring.Place.Tenant != "Ines Hall" || !ring.Mark.Told {
		t.Errorf("told %+v", ring)
	}
	if all := d.Findings(); len(all) != 1 || all[0].Key() != ring.Key() {
		t.Errorf("found %v", all)
	}
	if taken, err := d.Import(t.Context(), "rents.csv", imports.Found{Kind: core.TableRents, Rents: map[string]core.Cents{"20931": 64000}}, false); err != nil || taken.Added != 1 {
		t.Errorf("%v, %v", taken, err)
	}
	if l := d.Expected(core.MonthOf(time.Now())); len(l) != 1 || l[0].Tenant != "Ines Hall" || l[0].Expected != (core.ExpectedRent{Amount: 64000, Source: core.RentImported}) {
		t.Errorf("expected %+v", l)
	}
	if err := d.ChangeDueRule(t.Context(), "Alder Court", core.DueRule{Due: 32}); !errors.Is(err, core.ErrBadBell) {
		t.Errorf("a due day that no month has: %v", err)
	}
}
