package bell_test

import (
	"strings"
	"testing"

	"rentbell/core"
)

// offers has a lease named here, and otherwise by the office that was out of reach.
func offers(t *testing.T, d *desk) {
	t.Helper()
	give := func(name string) {
		t.Helper()
		if err := d.GiveNames(map[core.NameKey]string{offeredLease: name}); err != nil {
			t.Fatal(err)
		}
	}
	give("Ana")
	office, err := d.Shared().Compare(t.Context(), nil, true)
	if err == nil {
		err = d.Shared().Agreed(office)
	}
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range office {
		office[key] = strings.Replace(value, "Ana", "Ana Ruiz", 1)
	}
	give("Ana Diaz")
	if _, err := d.Shared().Compare(t.Context(), office, false); err != nil {
		t.Fatal(err)
	}
}

var offeredLease = core.NameKey{Kind: core.NameLease, ID: "20931"}

func TestANameThatIsOfferedNeedsAPerson(t *testing.T) {
	settle := func(take bool) func(d *desk, o core.Offer) error {
		return func(d *desk, o core.Offer) error { return d.SettleOffer(o, take) }
	}
	for what, c := range map[string]struct {
		decide func(*desk, core.Offer) error
		then   string
	}{
		"the office's stays":   {settle(false), "Ana Ruiz"},
		"the own one is taken": {settle(true), "Ana Diaz"},
		"a third is given": {func(d *desk, o core.Offer) error {
			return d.GiveNames(map[core.NameKey]string{o.Key: "A. Ruiz"})
		}, "A. Ruiz"},
		"the own one is typed": {func(d *desk, o core.Offer) error {
			return d.GiveNames(map[core.NameKey]string{o.Key: o.Name})
		}, "Ana Diaz"},
	} {
		dir := t.TempDir()
		d := newDesk(t, dir)
		offers(t, d)
		_ = d.store.Close() // the next desk sees what it kept
		d = newDesk(t, dir)
		found, err := d.NameOffers()
		if want := (core.Offer{Key: offeredLease, Name: "Ana Diaz", Office: "Ana Ruiz"}); err != nil || len(found) != 1 || found[0] != want {
			t.Fatalf("%s: offered %+v, %v", what, found, err)
		}
		if n := d.Status().Attention(); n != 1 {
			t.Errorf("%s: before, %d things need a person", what, n)
		}
		if err := c.decide(d, found[0]); err != nil {
			t.Fatal(err)
		}
		left, err := d.NameOffers()
		if got := d.Names().Of(offeredLease).Given; got != c.then || err != nil || len(left) != 0 || d.Status().Attention() != 0 {
			t.Errorf("%s: it is called %q, and %+v is left, %v", what, got, left, err)
		}
	}
}
