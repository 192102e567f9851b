package feeds

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/find"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

func TestAHeadSortsItsColumnAndTurnsItAround(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Payments)
	tests := []struct {
		press int
		by    frame.Order
		first []string
	}{
		{find.Received, frame.Order{Column: find.Received}, []string{"Amara Hall", "Amara Nguyen"}},
		{find.Received, frame.Order{Column: find.Received, Falling: true}, []string{"Dana Whitfield", "Luis Cardenas"}},
		{find.Amount, frame.Order{Column: find.Amount, Falling: true}, []string{"Owen McAllister", "Priya Raman"}},
		{find.Amount, frame.Order{Column: find.Amount}, []string{"Lease 20931", "Ruth Abernathy"}},
		{find.Method, frame.Order{Column: find.Method}, []string{"Luis Cardenas"}},
	}
	for _, tt := range tests {
		tapHead(t, d.payments.table, tt.press)
		if got := d.paymentNames(len(tt.first)); tt.press != find.Received && !slices.Equal(got, tt.first) || sortedBy(d.payments.table) != tt.by {
			t.Errorf("sorted by %+v the first are %q, want %+v and %q", sortedBy(d.payments.table), got, tt.by, tt.first)
		}
		d.wantShown(t, "42 payments, $58,310.00")
	}
	tapHead(t, d.payments.table, find.Tenant)
	names := d.paymentNames(42)
	if !slices.IsSorted(names) || sortedBy(d.payments.table) != (frame.Order{Column: find.Tenant}) {
		t.Errorf("sorted by name they are %q", names)
	}
	tapHead(t, d.payments.table, find.Tenant)
	slices.Reverse(names)
	if got := d.paymentNames(42); !slices.Equal(got, names) {
		t.Errorf("turned around they are %q", got)
	}
}

func TestOtherPagesSortToo(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Tenants)
	tapHead(t, d.tenants.table, 1)
	if first := rowOf(d.tenants, 0).Tenant.Tenant; first != "Aisha Rahmani" {
		t.Errorf("by name %s is the first tenant", first)
	}
	tapHead(t, d.tenants.table, 1)
	if first := rowOf(d.tenants, 0).Tenant.Tenant; first != "Terrence Cole" {
		t.Errorf("by name, turned around, %s is the first tenant", first)
	}
	d.do.Open(Leases)
	tapHead(t, d.leases.table, 6)
	if first := rowOf(d.leases, 0).Tenant; first != "Victor Amaral" {
		t.Errorf("the lease that ended first is %s's", first)
	}
	tapHead(t, d.leases.table, 6)
	if last := rowOf(d.leases, d.leases.rows.Len()-1); !last.Ends().IsZero() {
		t.Errorf("turned around, the lease without an end is not the last: that is %s's", last.Tenant)
	}
	d.do.Open(WorkOrders)
	tapHead(t, d.workOrders.table, 4)
	d.workOrders.properties.SetSelected("Linden House")
	d.wantShown(t, "2 work orders found")
	d.workOrders.properties.SetSelected(frame.AllProperties)
	var scheduled []string
	for _, l := range d.workOrders.groups.lines {
		if l.order != nil && l.status == "Scheduled" {
			scheduled = append(scheduled, l.order.ID)
		}
	}
	if want := []string{"1182", "1186", "1187"}; !slices.Equal(scheduled, want) {
		t.Errorf("within a status, oldest first: %v, want %v", scheduled, want)
	}
}

func TestSelectionAndScrollPositionSurviveABurst(t *testing.T) {
	db := uitest.ManyPayments(t, 200)
	type reading struct {
		desk
		by       frame.Order
		selected uint64
		y        float32
	}
	var readers []reading
	for _, by := range []frame.Order{
		{Column: find.Received, Falling: true}, {Column: find.Received}, {Column: find.Amount, Falling: true}, {Column: find.Tenant},
	} {
		d := open(t, db)
		d.do.Open(Payments)
		d.payments.table.By = by
		d.queryPayments()
		d.window.Canvas().Focus(d.payments.list)
		d.press(fyne.KeyEnd)
		for range 90 {
			d.press(fyne.KeyUp)
		}
		row := d.payments.list.Selected()
		readers = append(readers, reading{d, by, d.payments.rows.Key(row), d.rowAt(t, row)})
	}
	var burst []core.Event
	for i := range 200 {
		burst = append(burst, uitest.Payment(fmt.Sprint("burst_", i), present.Add(time.Duration(i)*time.Millisecond), uitest.LeaseOf("Luis Cardenas"), 100_00, "card"))
	}
	fresh := uitest.AddTogether(t, db, burst)
	for _, r := range readers {
		r.Arrived(fresh)
		r.Load(Payments)
		r.wantShown(t, "400 payments, $20,199.00")
		row := r.payments.list.Selected()
		if got := r.payments.rows.Key(row); got != r.selected {
			t.Errorf("%+v: event %d was selected, now it is %d", r.by, r.selected, got)
		}
		if now := r.rowAt(t, row); now != r.y {
			t.Errorf("%+v: the selected row stood at %v and stands at %v", r.by, r.y, now)
		}
	}
}

// rowOf is the thing in a row of a page.
func rowOf[T any](s source[T], row int) T {
	t, _ := s.at(row)
	return t
}

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
func (d desk) paymentNames(n int) []string {
	var names []string
	for row := range min(n, d.payments.rows.Len()) {
		e, _ := d.payments.rows.At(row)
		name, _ := words.NameOf(e.Detail)
		names = append(names, name)
	}
	return names
}

// rowAt is how far down the window the text of a row of payments stands. The
// driver knows it of one window only.
func (d desk) rowAt(t *testing.T, row int) float32 {
	t.Helper()
	e, _ := d.payments.rows.At(row)
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

func TestActivityLoadsMoreAtItsEnd(t *testing.T) {
	db := uitest.Office(t)
	for i := range 250 {
		uitest.Add(t, db, uitest.Payment("more_"+string(rune('a'+i%26))+string(rune('0'+i/26)), present.Add(-time.Duration(i)*time.Minute), uitest.LeaseOf("Priya Raman"), 1_00, "card"))
	}
	d := open(t, db)
	d.do.Open(Activity)
	first := len(d.activity.rows)
	d.window.Canvas().Focus(d.activity.list)
	d.press(fyne.KeyEnd)
	if len(d.activity.rows) <= first {
		t.Errorf("at the end there are still %d rows", len(d.activity.rows))
	}
	for range 3 {
		d.press(fyne.KeyEnd)
	}
	events := slices.IndexFunc(d.activity.rows, func(l activityLine) bool { return l.event.Seq == 1 })
	if events < 0 || d.activity.more {
		t.Error("the oldest event is never reached")
	}
}

func TestAHiddenWindowRemembersNoMoreThanItCanShow(t *testing.T) {
	d := open(t, uitest.Office(t))
	for seq := range uint64(3 * mostArrived) {
		d.Arrived([]core.Event{{Seq: seq}})
	}
	if n := len(d.news); n != mostArrived || d.news[n-1].Seq != 3*mostArrived-1 {
		t.Errorf("it remembers %d events, want the newest %d", n, mostArrived)
	}
}
