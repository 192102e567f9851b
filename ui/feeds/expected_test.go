package feeds

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/uitest"
)

// rentBook is a bell that knows what is expected of two leases.
type rentBook struct {
	*bell.Bell
	terms map[string]core.LeaseTerms
}

func (r rentBook) Expected(m core.Month) []core.LeaseMonth {
	dana, luis := uitest.LeaseOf("Dana Whitfield"), uitest.LeaseOf("Luis Cardenas")
	rent := core.ExpectedRent{Amount: 1450_00, Source: core.RentTyped}
	return []core.LeaseMonth{
		{Lease: dana.Lease, Place: dana.Place, Month: m, Expected: rent, Rule: core.DefaultDueRule(), Received: 1450_00, State: core.RentPaid},
		{Lease: luis.Lease, Place: luis.Place, Month: m, Expected: rent, Rule: core.DefaultDueRule(), State: core.RentLate, DaysLate: 12},
	}
}

func (r rentBook) LeaseHistory(lease string, upTo core.Month, _ int) []core.LeaseMonth {
	return slices.DeleteFunc(r.Expected(upTo), func(l core.LeaseMonth) bool { return l.Lease != lease })
}

func (r rentBook) Terms(lease string) core.LeaseTerms { return r.terms[lease] }

func (r rentBook) ChangeTerms(_ context.Context, lease string, edit func(*core.LeaseTerms)) error {
	t := r.terms[lease]
	edit(&t)
	r.terms[lease] = t
	return nil
}

// openRents makes a desk over a rentBook.
func openRents(t *testing.T) (desk, rentBook) {
	t.Helper()
	book := rentBook{terms: map[string]core.LeaseTerms{}}
	d := openOver(t, uitest.Office(t), func(b *bell.Bell) Bell {
		book.Bell = b
		return book
	})
	s := d.status
	s.Radar.Ready = true
	d.SetStatus(s)
	return d, book
}

func (d desk) wantGone(t *testing.T, texts ...string) {
	t.Helper()
	all := uitest.Texts(d.window.Content())
	for _, text := range texts {
		if slices.Contains(all, text) {
			t.Errorf("%q is on the window", text)
		}
	}
}

func TestTheRentsStandBehindASecondTab(t *testing.T) {
	d, _ := openRents(t)
	d.do.Open(Payments)
	d.wantShown(t, "42 payments, $58,310.00")
	received := d.List(Payments)
	d.NextTab(Payments)
	d.wantShown(t, "1 of 2 paid", "Late 12 days", "$1,450.00 still due")
	d.wantGone(t, "42 payments, $58,310.00", "Search payments")
	if d.List(Payments) == received || d.Search(Payments).PlaceHolder != "Search leases" {
		t.Error("keys go to the tab behind")
	}
	uitest.TapText(t, d.window, "Luis Cardenas")
	d.wantShown(t, "Rent for June", "You typed it", "47770, to Oct 14, 2026")
	d.NextTab(Payments)
	d.wantShown(t, "42 payments, $58,310.00")
	d.wantGone(t, "Rent for June")
	if d.List(Payments) != received {
		t.Error("keys go to the tab behind")
	}
}

func TestAPaymentIsShownAmongTheReceived(t *testing.T) {
	d, _ := openRents(t)
	d.OpenExpected(core.RentLate)
	d.wantShown(t, "Luis Cardenas", "Late 12 days")
	d.wantGone(t, "Dana Whitfield")
	page, err := d.bell.Page(core.FeedPayments, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	d.OpenEvent(page[0])
	d.wantShown(t, "42 payments, $58,310.00", "This lease so far")
}

func TestTheMonthOfTheRentsIsTheMonthOfThePage(t *testing.T) {
	d, _ := openRents(t)
	d.OpenExpected("")
	if got := d.Month(); got != uitest.On(2026, time.June, 1) {
		t.Errorf("the month is %v", got)
	}
}

func TestALeasesPaneChangesItsRent(t *testing.T) {
	d, book := openRents(t)
	d.do.Open(Leases)
	d.showLease("47770")
	d.wantShown(t, "$1,450.00, due June 1, grace until June 6", "You typed it", "Notice served", "Pays ahead")
	uitest.Tap(t, d.window.Content(), "Pays ahead, off")
	if !book.terms["47770"].PaysAhead {
		t.Error("it is not kept")
	}
	uitest.Tap(t, d.window.Content(), "Pays ahead, on")
	uitest.TapText(t, d.window, "Change")
	if asked := strings.Join(uitest.Texts(d.window.Canvas().Overlays().Top()), "\n"); !strings.Contains(asked, "Expected rent\nLuis Cardenas, Birchwood Flats 11") {
		t.Errorf("the dialog says\n%s", asked)
	}
}

func TestALeaseWithoutRentsHasNoneInItsPane(t *testing.T) {
	d, _ := openRents(t)
	d.do.Open(Leases)
	d.showLease("40052")
	d.wantShown(t, "This lease so far")
	d.wantGone(t, "Notice served")
}
