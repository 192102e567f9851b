package feeds

import (
	"slices"
	"testing"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/uitest"
)

// openEnding makes a desk where some leases end without a successor.
func openEnding(t *testing.T) (desk, stuckBook) {
	t.Helper()
	book := stuckBook{marks: map[core.FindingKey]core.Mark{}}
	for _, f := range uitest.OfficeRadar().Found {
		if f.Kind == core.FindLeaseEnds {
			book.found = append(book.found, f)
		}
	}
	book.found = append(book.found,
		uitest.EndsOn(uitest.LeaseOf("Mei-Lin Zhou"), uitest.On(2026, 7, 31), 60),
		uitest.EndsOn(uitest.LeaseOf("Samuel Okafor"), uitest.On(2026, 7, 31), 60))
	d := openOver(t, uitest.Office(t), func(b *bell.Bell) Bell {
		book.Bell = b
		return book
	})
	d.do.Open(Leases)
	return d, book
}

func TestLeasesThatEndCountDown(t *testing.T) {
	d, book := openEnding(t)
	d.wantShown(t, "14 days", "23 days", "43 days")
	row := newLeaseRow(d.leases.countdownOf)
	shows := func(tenant string) []string {
		for i := range d.leases.rows.Len() {
			if l := rowOf(d.leases, i); l.Tenant == tenant {
				row.show(l, present)
			}
		}
		return uitest.Texts(row)
	}
	if got := shows("Gabriela Fuentes"); !slices.Contains(got, "14 days") || slices.Contains(got, "14") {
		t.Errorf("a lease that ends says %q", got)
	}
	book.marks[book.found[0].Key()] = core.Mark{Handled: present}
	d.Load(Leases)
	if got := shows("Gabriela Fuentes"); slices.Contains(got, "14 days") || !slices.Contains(got, "14") {
		t.Errorf("marked as handled, it says %q", got)
	}
	if got := shows("Dana Whitfield"); slices.Contains(got, "14") || slices.Contains(got, "14 days") {
		t.Errorf("a lease that runs on says %q", got)
	}
}

func TestCountdownLooks(t *testing.T) {
	d, book := openEnding(t)
	book.marks[book.found[3].Key()] = core.Mark{Snoozed: uitest.Day(22, 8, 30)}
	d.Load(Leases)
	uitest.LooksAt(t, "leases_countdown", d.window, d.leases.table.Object)
}

func TestAFindingIsOpenedOnItsPage(t *testing.T) {
	d, book := openEnding(t)
	d.OpenFinding(book.found[0])
	d.wantShown(t, "Gabriela Fuentes", "Move-in")
	if !d.leases.pane.Open {
		t.Error("the pane of the lease is closed")
	}
}
