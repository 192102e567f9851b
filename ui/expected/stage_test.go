package expected

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestMain(m *testing.M) { uitest.Main(m) }

// june is the month of the sample office.
var june = core.Month{Year: 2026, Month: time.June}

// leaseOf returns a lease in June: what should come, what came, and how it stands.
func leaseOf(id, tenant, property, unit string, rent, came core.Cents, s core.RentState) core.LeaseMonth {
	l := core.LeaseMonth{
		Lease: id, Place: core.Place{Tenant: tenant, Property: property, Unit: unit}, Month: june,
		Rule: core.DefaultDueRule(), Received: came, State: s,
	}
	if rent > 0 {
		l.Expected = core.ExpectedRent{Amount: rent, Source: core.RentLearned, Months: 5}
	}
	if s == core.RentLate || s == core.RentPartial {
		l.DaysLate = 12
	}
	return l
}

// rents are the leases of the sample office in June.
func rents() []core.LeaseMonth {
	ingrid := leaseOf("48377", "Ingrid Solberg", "Linden House", "4", 1040_00, 0, core.RentLate)
	ingrid.DaysLate = 4
	return []core.LeaseMonth{
		leaseOf("48213", "Dana Whitfield", "Alder Court", "2A", 1450_00, 1450_00, core.RentPaid),
		leaseOf("47770", "Luis Cardenas", "Birchwood Flats", "11", 1275_00, 1275_00, core.RentPaid),
		leaseOf("43310", "Joan Petrakis", "Harbor Row", "1", 1875_00, 1875_00, core.RentEarly),
		leaseOf("20931", "", "", "", 0, 640_00, core.RentNotKnown),
		leaseOf("44790", "Claire Fontenot", "Linden House", "5", 1010_00, 2020_00, core.RentTwice),
		leaseOf("40052", "Terrence Cole", "318 Maple Avenue", "B", 1495_00, 1120_00, core.RentPartial),
		leaseOf("47019", "Kofi Mensah", "Harbor Row", "4", 1875_00, 1267_50, core.RentPartial),
		leaseOf("46871", "Omar Haddad", "Birchwood Flats", "3", 1312_50, 0, core.RentReturned),
		ingrid,
		leaseOf("45120", "Wei Castellano", "Harbor Row", "9", 1890_00, 0, core.RentLate),
		leaseOf("46903", "Devon Park", "Alder Court", "1B", 1395_00, 0, core.RentLate),
		leaseOf("46650", "Sofia Lindqvist", "Alder Court", "1C", 1425_00, 0, core.RentOpen),
	}
}

// book has leases in memory, as the bell has them.
type book struct {
	leases []core.LeaseMonth
	terms  map[string]core.LeaseTerms
	marks  map[core.FindingKey]core.Mark
}

func (b *book) Expected(m core.Month) []core.LeaseMonth {
	return slices.DeleteFunc(slices.Clone(b.leases), func(l core.LeaseMonth) bool { return l.Month != m })
}

func (b *book) LeaseHistory(lease string, upTo core.Month, n int) (past []core.LeaseMonth) {
	i := slices.IndexFunc(b.leases, func(l core.LeaseMonth) bool { return l.Lease == lease })
	for back := n - 1; back > 0; back-- {
		l := b.leases[i]
		l.Month, l.Received, l.State = upTo.Add(-back), l.Expected.Amount, core.RentPaid
		if back == 3 && l.Expected.Known() {
			l.Received -= 400_00
		}
		past = append(past, l)
	}
	return append(past, b.leases[i])
}

func (b *book) Terms(lease string) core.LeaseTerms { return b.terms[lease] }

func (b *book) ChangeTerms(_ context.Context, lease string, edit func(*core.LeaseTerms)) error {
	t := b.terms[lease]
	edit(&t)
	b.terms[lease] = t
	return nil
}

func (b *book) Findings() (all []core.Found) {
	kinds := map[core.RentState]core.FindingKind{core.RentLate: core.FindLate, core.RentPartial: core.FindPartial, core.RentReturned: core.FindReturned, core.RentTwice: core.FindTwice}
	for _, l := range b.leases {
		if kind, found := kinds[l.State]; found {
			f := core.Finding{Kind: kind, Lease: l.Lease, Month: l.Month}
			all = append(all, core.Found{Finding: f, Mark: b.marks[f.Key()], Place: l.Place})
		}
	}
	return all
}

func (b *book) Leases() ([]core.LeaseState, error) {
	return []core.LeaseState{{ID: "46903", MoveIn: uitest.On(2026, 3, 1), Months: 12}}, nil
}

func (b *book) Snooze(_ context.Context, keys []core.FindingKey, until time.Time) error {
	return b.mark(keys, core.Mark{Snoozed: until})
}

func (b *book) Handle(_ context.Context, keys []core.FindingKey) error {
	return b.mark(keys, core.Mark{Handled: uitest.Present})
}

func (b *book) Unmark(_ context.Context, keys []core.FindingKey) error {
	return b.mark(keys, core.Mark{})
}

func (b *book) mark(keys []core.FindingKey, m core.Mark) error {
	for _, key := range keys {
		b.marks[key] = m
	}
	return nil
}

// stage is the list over a book, on a page in a window.
type stage struct {
	*View
	book     *book
	window   fyne.Window
	copied   string
	imported int
	sheet    core.Month // that was asked for, and how to tell of it
	tell     func(frame.Saved)
}

func newStage(t *testing.T, leases []core.LeaseMonth, look kit.Theme, size fyne.Size) *stage {
	t.Helper()
	fyne.CurrentApp().Settings().SetTheme(&look)
	s := &stage{book: &book{leases: leases, terms: map[string]core.LeaseTerms{}, marks: map[core.FindingKey]core.Mark{}}}
	s.window = fyne.CurrentApp().NewWindow("")
	t.Cleanup(s.window.Close)
	s.window.SetPadded(false)
	var page *frame.Page
	s.View = New(Config{
		Editor: Editor{
			Bell: s.book, Now: func() time.Time { return uitest.Present }, Post: uitest.AtOnce(t), Canvas: s.window.Canvas,
			Report: func(doing string, err error) {
				if err != nil {
					t.Errorf("%s: %v", doing, err)
				}
			},
			Changed: func() { s.Load(); s.Renew() },
		},
		Bell: s.book, Ready: func() bool { return s.book.leases != nil }, Page: func() *frame.Page { return page },
		Do: Actions{ShowLease: func(string) {}, Copy: func(text string) { s.copied = text }, Import: func() { s.imported++ }, Sheet: func(m core.Month, tell func(frame.Saved)) { s.sheet, s.tell = m, tell }},
	})
	pane := frame.NewPane(func() { s.Closed() })
	tabs := kit.NewTabs([]string{"Received", "Expected"}, nil)
	tabs.Select(1)
	page = frame.NewPage("Payments", tabs, s.Body, pane)
	page.Tighten()
	s.Opens(pane)
	page.SetSingle(size.Width < frame.PairedWindow)
	s.SetSingle(size.Width < frame.PairedWindow)
	s.window.SetContent(container.NewStack(kit.NewBox(kit.ColorPage, "", 0), page.Object))
	width := size.Width - kit.NavWidth
	if size.Width < 1140 {
		width = size.Width - kit.RailWidth
	}
	s.window.Resize(fyne.NewSize(width, size.Height))
	s.Load()
	return s
}

var usual, small = fyne.NewSize(1180, 760), fyne.NewSize(900, 600)

func (s *stage) press(key fyne.KeyName) {
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}
