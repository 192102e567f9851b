package settings

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// dueBook is a bell that knows when rent is due, though it does not run.
type dueBook struct {
	Bell
	rules map[string]core.DueRule
}

func (b dueBook) DueRules() map[string]core.DueRule { return b.rules }

func (b dueBook) ChangeDueRule(_ context.Context, property string, rule core.DueRule) error {
	b.rules[property] = rule
	maps.DeleteFunc(b.rules, func(_ string, r core.DueRule) bool { return r == core.DueRule{} })
	return nil
}

// openDue opens Settings where one of two properties has its own due day.
func openDue(t *testing.T) (*desk, dueBook) {
	t.Helper()
	d := openDesk(t, nil)
	for _, tenant := range []string{"Dana Whitfield", "Luis Cardenas"} {
		l := uitest.LeaseOf(tenant)
		uitest.Add(t, d.db, uitest.Event(l.Lease, uitest.Present, core.LeaseSigned{Place: l.Place, Lease: l.Lease, MoveIn: l.MoveIn, Months: l.Months}, core.Attention{}))
	}
	book := dueBook{d.bell, map[string]core.DueRule{"Alder Court": {Due: 5, Grace: 3}}}
	d.config.Bell = book
	d.View = New(d.config)
	d.window.SetContent(d.Page.Object)
	d.Open(NotificationsTab)
	d.refresh()
	d.work.All(t)
	return d, book
}

func TestWhatIsFoundIsToldAsChosen(t *testing.T) {
	d, _ := openDue(t)
	c := d.titled(t, "Watch out for")
	test.Tap(find[*kit.Switch](t, c.object, "Late rent"))
	test.Tap(find[*kit.Check](t, c.object, "Rent paid twice: ring the bell"))
	d.work.All(t)
	want := core.DefaultSettings().Radar
	want.Notify.Late, want.Sound.Twice = false, false
	if got := d.bell.Settings().Radar; got != want {
		t.Errorf("saved %+v, want %+v", got, want)
	}
	if !find[*kit.Check](t, c.object, "Late rent: ring the bell").Disabled() {
		t.Error("what is not told can ring")
	}
	if !find[*kit.Check](t, c.object, "Payment after notice: wait for the digest").Disabled() {
		t.Error("what is told at once can wait for a digest")
	}
}

func TestTheLadderIsSavedAndSaidInWords(t *testing.T) {
	d, _ := openDue(t)
	c := d.titled(t, "Untouched work orders")
	if !strings.Contains(strings.Join(uitest.Texts(c.object), "|"), "7 days: in Needs attention. 14 days: the bell rings.") {
		t.Errorf("at first it says %q", uitest.Texts(c.object))
	}
	all[*kit.Select](c.object, "")[0].SetSelected("7 days")
	d.work.All(t)
	if got := d.bell.Settings().Radar.Rung; got != 2 {
		t.Errorf("saved step %d", got)
	}
	if !strings.Contains(strings.Join(uitest.Texts(c.object), "|"), "7 days: the bell rings.") {
		t.Errorf("then it says %q", uitest.Texts(c.object))
	}
}

func TestPropertiesHaveTheirOwnDueDays(t *testing.T) {
	d, book := openDue(t)
	c := d.titled(t, "When rent is late")
	says := func(want ...string) {
		t.Helper()
		d.work.All(t)
		for _, text := range want {
			if !slices.Contains(uitest.Texts(c.object), text) {
				t.Errorf("%q is not among %q", text, uitest.Texts(c.object))
			}
		}
	}
	top := func() fyne.CanvasObject { return d.window.Canvas().Overlays().Top() }
	answer := func(due, grace string) {
		t.Helper()
		entries := all[*kit.Entry](top(), "")
		entries[0].SetText(due)
		entries[1].SetText(grace)
		test.Tap(find[*kit.Button](t, top(), "Save"))
	}
	says("Due on day 1, 5 days of grace", "Alder Court", "Due on day 5, 3 days of grace")

	test.Tap(all[*kit.Press](c.object, "Change")[0])
	answer("32", "5")
	if top() == nil {
		t.Fatal("day 32 was taken")
	}
	answer("2", "1")
	says("Due on day 2, 1 day of grace")
	if got := d.bell.Settings().Radar.Rule; got != (core.DueRule{Due: 2, Grace: 1}) {
		t.Errorf("saved %+v for all", got)
	}

	test.Tap(find[*kit.Button](t, c.object, "Add a property"))
	d.work.All(t)
	answer("31", "0")
	says("Birchwood Flats", "Due on day 31, 0 days of grace")
	test.Tap(find[*kit.Button](t, c.object, "Add a property"))
	says("There is no other property yet.")

	test.Tap(all[*kit.Press](c.object, "Change")[1])
	test.Tap(find[*kit.Button](t, top(), "Remove"))
	d.work.All(t)
	if _, has := book.rules["Alder Court"]; has || len(book.rules) != 1 {
		t.Errorf("the rules are %v", book.rules)
	}
}

func TestRadarSettingsLook(t *testing.T) {
	d, _ := openDue(t)
	d.window.Resize(fyne.NewSize(980, 1700))
	uitest.LooksAt(t, "findings", d.window, d.titled(t, "Watch out for").object)
	uitest.LooksAt(t, "due", d.window, d.titled(t, "When rent is late").object)
	uitest.LooksAt(t, "ladder", d.window, d.titled(t, "Untouched work orders").object)
	test.Tap(find[*kit.Button](t, d.titled(t, "When rent is late").object, "Add a property"))
	d.work.All(t)
	uitest.LooksDialog(t, "due_add", d.window)
}
