package feeds

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// stuckBook is a bell that knows how long the office's work orders have waited, and what
// became of what it found.
type stuckBook struct {
	*bell.Bell
	found  []core.Found
	clocks map[string]core.WorkOrderClock
	marks  map[core.FindingKey]core.Mark
}

func (b stuckBook) Findings() []core.Found {
	var all []core.Found
	for _, f := range b.found {
		f.Mark = b.marks[f.Key()]
		all = append(all, f)
	}
	return all
}

func (b stuckBook) WorkOrderClock(id string) (core.WorkOrderClock, bool) {
	c, known := b.clocks[id]
	return c, known
}

func (b stuckBook) mark(keys []core.FindingKey, m core.Mark) error {
	for _, key := range keys {
		b.marks[key] = m
	}
	return nil
}

func (b stuckBook) Snooze(_ context.Context, keys []core.FindingKey, until time.Time) error {
	return b.mark(keys, core.Mark{Snoozed: until})
}

func (b stuckBook) Handle(_ context.Context, keys []core.FindingKey) error {
	return b.mark(keys, core.Mark{Handled: present})
}

func (b stuckBook) Unmark(_ context.Context, keys []core.FindingKey) error {
	return b.mark(keys, core.Mark{})
}

// openStuck makes a desk where three work orders are stuck and one is snoozed.
func openStuck(t *testing.T) (desk, stuckBook) {
	t.Helper()
	at := func(d time.Time) time.Time { return d.UTC() }
	book := stuckBook{marks: map[core.FindingKey]core.Mark{}, clocks: map[string]core.WorkOrderClock{
		"1194": {Changed: at(uitest.Day(18, 8, 31)), NoVendor: at(uitest.Day(18, 8, 31)), Urgent: true},
		"1193": {Changed: at(uitest.Day(17, 8, 40)), NoVendor: at(uitest.Day(17, 8, 40))},
		"1182": {Changed: at(uitest.Day(9, 10, 12)), Untouched: 7},
		"1184": {Changed: at(uitest.Day(11, 9, 0)), Untouched: 7},
		"1175": {Changed: at(uitest.Day(10, 9, 0)), Untouched: 7},
	}}
	for _, f := range uitest.OfficeRadar().Found {
		if f.WorkOrder != "" {
			book.found = append(book.found, f)
		}
	}
	garage := uitest.Stuck(core.FindUntouched, "1175", "Garage door opener", core.Place{}, uitest.Day(10, 9, 0))
	book.found = append(book.found, garage)
	book.marks[garage.Key()] = core.Mark{Snoozed: uitest.Day(22, 8, 30)}
	d := openOver(t, uitest.Office(t), func(b *bell.Bell) Bell {
		book.Bell = b
		return book
	})
	d.do.Renew = func() {
		d.Load(WorkOrders)
		d.RenewPane(WorkOrders)
	}
	d.do.Open(WorkOrders)
	return d, book
}

// tall shows the page as high as a screen is, so that the whole pane is in view.
func (d desk) tall(width float32) { d.window.Resize(fyne.NewSize(width, 980)) }

func TestStuckWorkOrdersLook(t *testing.T) {
	d, _ := openStuck(t)
	uitest.TapText(t, d.window, "Repaint before move-in")
	d.tall(1180 - kit.NavWidth)
	uitest.Looks(t, "workorders_stuck", d.window)
	fyne.CurrentApp().Settings().SetTheme(&kit.Theme{Appearance: kit.Dark, Still: true})
	d.workOrders.pane.Dismiss()
	d.window.Resize(fyne.NewSize(900-kit.RailWidth, 600))
	uitest.Looks(t, "workorders_stuck_small_dark", d.window)
}

func TestAWorkOrderIsSnoozedHandledAndBroughtBack(t *testing.T) {
	d, book := openStuck(t)
	d.wantShown(t, "9 open, 3 stuck", "Stuck 3", "No vendor 26 hours", "Untouched 9 days", "Untouched 7 days", "Snoozed to Monday")
	uitest.TapText(t, d.window, "Repaint before move-in")
	d.wantShown(t, "Since the last change", "Tue, June 9 at 10:12 AM", "In Needs attention", "The bell rings")
	d.press(fyne.KeyS)
	d.press(fyne.KeyDown)
	d.press(fyne.KeyDown)
	d.press(fyne.KeyReturn)
	d.wantShown(t, "9 open, 2 stuck", "Snoozed to Jun 25", "Take the mark away")
	uitest.TapText(t, d.window, "Take the mark away")
	d.wantShown(t, "9 open, 3 stuck", "Mark handled")
	d.window.Canvas().Focus(d.workOrders.list)
	d.press(fyne.KeyH)
	d.wantShown(t, "9 open, 2 stuck", "Take the mark away")
	for key, m := range book.marks {
		if strings.HasSuffix(string(key), "1182") && m.Handled.IsZero() {
			t.Errorf("%s is not handled: %+v", key, m)
		}
	}
}

func TestTheFilterShowsWhatIsStuck(t *testing.T) {
	d, book := openStuck(t)
	d.workOrders.showStuck()
	d.Load(WorkOrders)
	d.wantShown(t, "Hallway light flickers", "Smoke detector chirps")
	d.wantGone(t, "No hot water", "Garage door opener")
	for _, f := range book.found {
		book.marks[f.Key()] = core.Mark{Handled: present}
	}
	d.Load(WorkOrders)
	d.wantShown(t, "No work order is stuck.")
}

func TestTheLadderOfAWorkOrder(t *testing.T) {
	s := core.DefaultSettings()
	rungs := func(clock core.WorkOrderClock) string {
		var all []string
		for _, step := range ladder(order{clock: clock}, s, present) {
			all = append(all, []string{"past ", "now ", "then "}[step.Moment]+step.Title+" "+step.When)
		}
		return strings.Join(all, ", ")
	}
	day := func(n, hour int) time.Time { return uitest.Day(n, hour, 0).UTC() }
	for _, tt := range []struct {
		name  string
		clock core.WorkOrderClock
		want  string
	}{
		{"since today", core.WorkOrderClock{Changed: day(18, 9)}, "then 24 hours Jun 19, then 3 days Jun 21, then 7 days Jun 25, then 14 days Jul 2"},
		{"without a vendor", core.WorkOrderClock{Changed: day(17, 9), NoVendor: day(17, 9)}, "now 24 hours Jun 18, then 3 days Jun 20, then 7 days Jun 24, then 14 days Jul 1"},
		{"with one", core.WorkOrderClock{Changed: day(17, 9)}, "past 24 hours Jun 18, then 3 days Jun 20, then 7 days Jun 24, then 14 days Jul 1"},
		{"for nine days", core.WorkOrderClock{Changed: day(9, 9)}, "past 24 hours Jun 10, past 3 days Jun 12, now 7 days Jun 16, then 14 days Jun 23"},
		{"urgent, for nine days", core.WorkOrderClock{Changed: day(9, 9), Urgent: true}, "past 4 hours Jun 9, past 1 day Jun 10, past 3 days Jun 12, now 7 days Jun 16"},
	} {
		if got := rungs(tt.clock); got != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.name, got, tt.want)
		}
	}
}
