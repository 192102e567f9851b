package ui

import (
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestANameThatTheOfficeChangedMeanwhileIsChosen(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	lease := core.NameKey{Kind: core.NameLease, ID: "20931"}
	give := func(name string) {
		t.Helper()
		if err := d.bell.GiveNames(map[core.NameKey]string{lease: name}); err != nil {
			t.Fatal(err)
		}
	}
	give("Ines")
	office, err := d.bell.Shared().Compare(t.Context(), nil, true)
	if err == nil {
		err = d.bell.Shared().Agreed(office)
	}
	for key, value := range office {
		office[key] = strings.Replace(value, "Ines", "Ines Hall", 1)
	}
	give("Ines Vega") // while the office is out of reach
	if err == nil {
		_, err = d.bell.Shared().Compare(t.Context(), office, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	before := d.status.Attention()
	d.changed(core.Change{Status: d.bell.Status()}, nil)
	if got := d.status.Attention(); got != before+1 {
		t.Errorf("%d things need a person, and there were %d", got, before)
	}
	var later []func()
	d.after = func(_ time.Duration, do func()) { later = append(later, do) }
	d.feeds.OpenAttention()
	d.wantShown(t, "The office calls it Ines Hall. You wrote Ines Vega while the office was out of reach.")
	uitest.TapText(t, d.window, "Use Ines Vega")
	d.wantShown(t, "Its name is Ines Vega.")
	for _, do := range later {
		do()
	}
	d.changed(core.Change{Status: d.bell.Status()}, nil)
	if got := d.bell.Names().Of(lease).Given; got != "Ines Vega" || d.status.Attention() != before {
		t.Errorf("it is called %q, and %d things need a person", got, d.status.Attention())
	}
	d.wantGone(t, "Its name is Ines Vega.")
}
