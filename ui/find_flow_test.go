package ui

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// tapHead presses a column's head.
func tapHead(t *testing.T, tb *frame.Table, column int) {
	t.Helper()
	test.Tap(uitest.Heads(tb.Object)[column-1])
}

// sortedBy is the column whose head has an arrow, and whether that points down;
// 0 when there is none or more than one.
func sortedBy(tb *frame.Table) frame.Order {
	var by frame.Order
	arrows := 0
	for i, h := range uitest.Heads(tb.Object) {
		uitest.Walk(h, func(o fyne.CanvasObject) {
			if _, arrow := o.(*kit.Icon); arrow {
				arrows++
				by = frame.Order{Column: i + 1, Falling: tb.By.Falling}
			}
		})
	}
	if arrows != 1 {
		return frame.Order{}
	}
	return by
}

// paymentNames are those of the first rows of the payments page.
func (d seat) paymentNames(n int) []string {
	var names []string
	for row := range min(n, d.feeds.payments.rows.Len()) {
		e, _ := d.feeds.payments.rows.At(row)
		name, _ := words.NameOf(e.Detail)
		names = append(names, name)
	}
	return names
}

func TestPaymentsAreFilteredByProperty(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	if want := "27 Quarry Lane"; !slices.Contains(d.feeds.payments.property.Options, want) {
		t.Fatalf("the properties are %v, without %s", d.feeds.payments.property.Options, want)
	}
	d.feeds.payments.property.SetSelected("27 Quarry Lane")
	d.wantShown(t, "1 payment, $2,150.00", "Owen McAllister")
	d.wantGone(t, "Dana Whitfield")
	d.feeds.payments.property.SetSelected(frame.AllProperties)
	d.wantShown(t, "42 payments, $58,310.00")
}

func TestAMonthWithoutPaymentsLeadsToAllTime(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.feeds.payments.month.SetSelected("Jan 2026")
	d.wantShown(t, "No payments found", "No payments were received in January 2026.")
	uitest.TapText(t, d.window, "Show all time")
	d.wantShown(t, "94 payments, $128,015.00")
	if !slices.Contains(d.feeds.payments.property.Options, "Harbor Row") {
		t.Errorf("of all time there are the properties %v", d.feeds.payments.property.Options)
	}
}

func TestAHeadSortsItsColumnAndTurnsItAround(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	tests := []struct {
		press int
		by    frame.Order
		first []string
	}{
		{Received, frame.Order{Column: Received}, []string{"Amara Hall", "Amara Nguyen"}},
		{Received, frame.Order{Column: Received, Falling: true}, []string{"Dana Whitfield", "Luis Cardenas"}},
		{Amount, frame.Order{Column: Amount, Falling: true}, []string{"Owen McAllister", "Priya Raman"}},
		{Amount, frame.Order{Column: Amount}, []string{"Lease 20931", "Ruth Abernathy"}},
		{Method, frame.Order{Column: Method}, []string{"Luis Cardenas"}},
	}
	for _, tt := range tests {
		tapHead(t, d.feeds.payments.table, tt.press)
		if got := d.paymentNames(len(tt.first)); tt.press != Received && !slices.Equal(got, tt.first) || sortedBy(d.feeds.payments.table) != tt.by {
			t.Errorf("sorted by %+v the first are %q, want %+v and %q", sortedBy(d.feeds.payments.table), got, tt.by, tt.first)
		}
		d.wantShown(t, "42 payments, $58,310.00")
	}
	tapHead(t, d.feeds.payments.table, Tenant)
	names := d.paymentNames(42)
	if !slices.IsSorted(names) || sortedBy(d.feeds.payments.table) != (frame.Order{Column: Tenant}) {
		t.Errorf("sorted by name they are %q", names)
	}
	tapHead(t, d.feeds.payments.table, Tenant)
	slices.Reverse(names)
	if got := d.paymentNames(42); !slices.Equal(got, names) {
		t.Errorf("turned around they are %q", got)
	}
}

func TestHeadsAreReachedByKeyboard(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.window.Canvas().Focus(uitest.Heads(d.feeds.payments.table.Object)[Amount-1])
	d.press(fyne.KeySpace)
	if got := d.paymentNames(1); got[0] != "Owen McAllister" {
		t.Errorf("after Space on the amount's head %s stands on top", got[0])
	}
}

func TestOtherPagesSortToo(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(tenantsSection)
	tapHead(t, d.feeds.tenants.table, 1)
	if first := d.feeds.tenants.rows[0].Tenant.Tenant; first != "Aisha Rahmani" {
		t.Errorf("by name %s is the first tenant", first)
	}
	tapHead(t, d.feeds.tenants.table, 1)
	if first := d.feeds.tenants.rows[0].Tenant.Tenant; first != "Terrence Cole" {
		t.Errorf("by name, turned around, %s is the first tenant", first)
	}
	d.Open(leasesSection)
	tapHead(t, d.feeds.leases.table, 6)
	if first := d.feeds.leases.rows[0].Tenant; first != "Victor Amaral" {
		t.Errorf("the lease that ended first is %s's", first)
	}
	tapHead(t, d.feeds.leases.table, 6)
	if last := d.feeds.leases.rows[len(d.feeds.leases.rows)-1]; !last.Ends().IsZero() {
		t.Errorf("turned around, the lease without an end is not the last: that is %s's", last.Tenant)
	}
	d.Open(workOrdersSection)
	tapHead(t, d.feeds.workOrders.table, 4)
	d.feeds.workOrders.property.SetSelected("Linden House")
	d.wantShown(t, "2 work orders found")
	d.feeds.workOrders.property.SetSelected(frame.AllProperties)
	var scheduled []string
	for _, l := range d.feeds.workOrders.rows.at {
		if l.order != nil && l.status == "Scheduled" {
			scheduled = append(scheduled, l.order.ID)
		}
	}
	if want := []string{"1182", "1186", "1187"}; !slices.Equal(scheduled, want) {
		t.Errorf("within a status, oldest first: %v, want %v", scheduled, want)
	}
}

func TestOtherPagesClearTheirSearch(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	for _, p := range []struct {
		section section
		search  *kit.Entry
		none    string
		all     string
	}{
		{workOrdersSection, d.feeds.workOrders.search, "No work orders found", "9 open"},
		{leasesSection, d.feeds.leases.search, "No leases found", "47 leases"},
		{tenantsSection, d.feeds.tenants.search, "No tenants found", "13 tenants"},
	} {
		d.Open(p.section)
		test.Type(p.search, "zzz")
		d.wantShown(t, p.none)
		uitest.TapText(t, d.window, "Clear search")
		d.wantShown(t, p.all)
		if p.search.Text != "" {
			t.Errorf("the search still says %q", p.search.Text)
		}
	}
}

func TestTheListIsUsedFromItsSearch(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.shortcut(fyne.KeyF, 0)
	test.Type(d.feeds.payments.search, "birchwood")
	d.press(fyne.KeyDown)
	d.press(fyne.KeyDown)
	if d.feeds.payments.list.Selected() != 1 || d.window.Canvas().Focused() != d.feeds.payments.list {
		t.Errorf("two arrows from the search selected row %d", d.feeds.payments.list.Selected())
	}
	d.shortcut(fyne.KeyF, 0)
	test.Type(d.feeds.payments.search, "dana")
	if d.feeds.payments.search.Text != "dana" {
		t.Errorf("a second Ctrl+F goes on with %q", d.feeds.payments.search.Text)
	}
	d.press(fyne.KeyReturn)
	d.wantShown(t, "This lease so far", "from", "Signature verified")
	d.press(fyne.KeyEscape)
	d.wantGone(t, "This lease so far")
	d.wantShown(t, "1 payment, $1,450.00")
	d.press(fyne.KeyEscape)
	d.wantShown(t, "42 payments, $58,310.00")
}

func TestShortcutsAreListedByF1(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.shortcut(fyne.KeyF, 0)
	d.press(fyne.KeyF1)
	var listed []string
	uitest.Walk(d.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if text, ok := o.(*kit.Text); ok {
			listed = append(listed, text.Text())
		}
	})
	for _, a := range d.keys() {
		if name := shortcutName(a.key, a.extra, runtime.GOOS); !slices.Contains(listed, a.does) || !slices.Contains(listed, name) {
			t.Errorf("%q, %s, is not among %q", a.does, name, listed)
		}
	}
	d.press(fyne.KeyF1)
	d.press(fyne.KeyEscape)
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("Esc does not close the list of shortcuts")
	}
	if got := shortcutName(fyne.KeyP, fyne.KeyModifierShift, "darwin"); got != "Cmd+Shift+P" {
		t.Errorf("on a Mac it says %q", got)
	}
}

func TestASearchFollowsWhatArrives(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	test.Type(d.feeds.payments.search, "whitfield")
	d.wantShown(t, "1 payment, $1,450.00")
	d.arrive(t, uitest.Payment("other", present, uitest.LeaseOf("Jamal Pierce"), 75_00, "cash"))
	d.wantShown(t, "1 payment, $1,450.00")
	d.arrive(t, uitest.Payment("hers", present, uitest.LeaseOf("Dana Whitfield"), 50_00, "cash"))
	d.wantShown(t, "2 payments, $1,500.00")
	if !d.feeds.payments.list.Fresh(0) || d.feeds.payments.list.Fresh(1) {
		t.Error("what has arrived does not stand out, or what was there does")
	}
	if !slices.Contains(d.feeds.payments.method.Options, "Cash") {
		t.Errorf("the methods are %v", d.feeds.payments.method.Options)
	}
}

func TestSelectionAndScrollPositionSurviveABurst(t *testing.T) {
	db := manyPayments(t, 200)
	type reading struct {
		seat
		by       frame.Order
		selected uint64
		y        float32
	}
	var readers []reading
	for _, by := range []frame.Order{
		{Column: Received, Falling: true}, {Column: Received}, {Column: Amount, Falling: true}, {Column: Tenant},
	} {
		d := open(t, db, kit.Light, usual)
		d.Open(paymentsSection)
		d.feeds.payments.table.By = by
		d.feeds.queryPayments()
		d.window.Canvas().Focus(d.feeds.payments.list)
		d.press(fyne.KeyEnd)
		for range 90 {
			d.press(fyne.KeyUp)
		}
		row := d.feeds.payments.list.Selected()
		readers = append(readers, reading{d, by, d.feeds.payments.rows.Key(row), d.rowAt(t, row)})
	}
	var burst []core.Event
	for i := range 200 {
		burst = append(burst, uitest.Payment(fmt.Sprint("burst_", i), present.Add(time.Duration(i)*time.Millisecond), uitest.LeaseOf("Luis Cardenas"), 100_00, "card"))
	}
	fresh := addTogether(t, db, burst)
	for _, r := range readers {
		r.changed(core.Change{Status: allWell(t, r.bell), Fresh: fresh}, nil)
		r.wantShown(t, "400 payments, $20,199.00")
		row := r.feeds.payments.list.Selected()
		if got := r.feeds.payments.rows.Key(row); got != r.selected {
			t.Errorf("%+v: event %d was selected, now it is %d", r.by, r.selected, got)
		}
		if now := r.rowAt(t, row); now != r.y {
			t.Errorf("%+v: the selected row stood at %v and stands at %v", r.by, r.y, now)
		}
	}
}

// addTogether adds events as many senders at once would.
func addTogether(t *testing.T, db *store.DB, events []core.Event) []core.Event {
	var senders sync.WaitGroup
	for i := range events {
		senders.Go(func() { events[i] = uitest.Add(t, db, events[i]) })
	}
	senders.Wait()
	return events
}

// rowAt is how far down the window the text of a row of payments stands. The
// driver knows it of one window only.
func (d seat) rowAt(t *testing.T, row int) float32 {
	t.Helper()
	e, _ := d.feeds.payments.rows.At(row)
	y, found := below(d.window.Content(), uitest.FindText(t, d.window, words.AmountOf(e.Detail.(core.Payment))))
	if !found {
		t.Fatalf("row %d is not on the window", row)
	}
	return y
}

// below is how far an object stands below the upper edge of a tree.
func below(o, want fyne.CanvasObject) (y float32, found bool) {
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	if o == want {
		return 0, true
	}
	for _, child := range children {
		if y, found := below(child, want); found {
			return y + child.Position().Y, true
		}
	}
	return 0, false
}
