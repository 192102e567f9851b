package paper_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/appfolio/sandbox/paper"
	"rentbell/core/appfolio/sandbox/story"
	"rentbell/core/table"
)

// noon is when the reports in testdata were printed.
var noon = time.Date(2026, time.June, 18, 14, 2, 0, 0, time.FixedZone("EDT", -4*3600))

const (
	seed = 47
	past = 92 * 24 * time.Hour
)

// TestReportsReadAsAppFolios compares with files in testdata, which others read, too.
func TestReportsReadAsAppFolios(t *testing.T) {
	p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return noon }, Past: past})
	for _, f := range p.Past() {
		want, err := os.ReadFile(filepath.Join("testdata", f.Name))
		if bytes.Equal(f.Body, want) {
			continue
		}
		failed := filepath.Join("testdata", "failed")
		if err := os.MkdirAll(failed, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(failed, f.Name), f.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%v; the report is another: see %s", err, filepath.Join(failed, f.Name))
	}
}

// read reads a report as Rentbell does, which must leave no line out.
func read(t *testing.T, f paper.File) reports.Report {
	t.Helper()
	sheet, err := table.Open(bytes.NewReader(f.Body))
	if err != nil {
		t.Fatal(f.Name, err)
	}
	columns, err := reports.Settle(sheet, f.Kind, nil)
	if err != nil {
		t.Fatal(f.Name, err)
	}
	r, skipped := reports.Read(sheet, f.Kind, columns)
	if len(skipped) > 0 {
		t.Errorf("%s: lines are skipped: %v", f.Name, skipped)
	}
	return r
}

// receipts are the amounts of an income register by number. Its last line must be their
// sum.
func receipts(t *testing.T, f paper.File) (amounts map[string]core.Cents, all core.Cents) {
	t.Helper()
	amounts = map[string]core.Cents{}
	for _, r := range read(t, f).Receipts {
		if r.Unreadable || r.Unread != "" || r.Date.IsZero() || r.Payer == "" || r.Unit == "" {
			t.Errorf("%s: a receipt is %+v", f.Name, r)
		}
		amounts[r.ID] = r.Amount
		all += r.Amount
	}
	lines := strings.Split(strings.TrimSpace(string(f.Body)), "\n")
	_, total, _ := strings.Cut(lines[len(lines)-1], ",,,,,,,,")
	if got, err := core.ReadAmount(strings.Trim(total, `"`)); got != all || err != nil {
		t.Errorf("%s: the total says %q, %v, the receipts sum to %v", f.Name, total, err, all.Decimal())
	}
	return amounts, all
}

func TestFirstReportsTellTheStory(t *testing.T) {
	for _, seed := range []uint64{seed, 5, 12} {
		p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return noon }, Past: past})
		first := map[core.TableKind]paper.File{}
		for _, f := range p.Past() {
			first[f.Kind] = f
		}
		told := story.New(seed, story.Units, noon.Add(-past), noon)
		var payments []story.Payment
		orders := map[string]story.WorkOrder{}
		for f := range told.Past() {
			switch d := f.Data.(type) {
			case story.Payment:
				payments = append(payments, d)
			case story.WorkOrder:
				orders[d.ID] = d
			}
		}
		compareReceipts(t, first[core.TableIncome], payments)
		compareOrders(t, read(t, first[core.TableWorkOrders]).Orders, orders)
		compareRents(t, read(t, first[core.TableRentRoll]).Leases, told.Tenancies)
		if n := len(read(t, first[core.TableDelinquency]).Debts); n < 3 || n > 10 { // most pay in time
			t.Errorf("seed %d: %d leases owe rent", seed, n)
		}
	}
}

func compareReceipts(t *testing.T, f paper.File, want []story.Payment) {
	t.Helper()
	paid := core.Cents(0)
	for _, p := range want {
		paid += p.Amount
	}
	if amounts, all := receipts(t, f); len(amounts) != len(want) || all != paid {
		t.Errorf("%d receipts, %s, want %d, %s", len(amounts), all.Decimal(), len(want), paid.Decimal())
	}
}

func compareOrders(t *testing.T, found []reports.WorkOrder, orders map[string]story.WorkOrder) {
	t.Helper()
	for _, o := range found {
		want := orders[o.Number]
		vendor := ""
		if want.Vendor != nil {
			vendor = *want.Vendor
		}
		if o.Status != want.Status || o.Vendor != vendor || o.Description != want.Title || o.Priority != want.Priority || o.Created.IsZero() {
			t.Errorf("work order %+v, want %+v", o, want)
		}
	}
	if len(found) != len(orders) {
		t.Errorf("%d work orders, want %d", len(found), len(orders))
	}
}

func compareRents(t *testing.T, found []reports.Lease, tenancies []*story.Tenancy) {
	t.Helper()
	rents := map[string]core.Cents{}
	for _, l := range found {
		rents[l.ID] = l.Rent
		if !l.RentKnown || l.Unread != "" || l.Start.IsZero() {
			t.Errorf("a lease is %+v", l)
		}
	}
	for _, l := range tenancies {
		rent, listed := rents[l.Lease]
		settled := l.MoveIn.Before(core.DateOf(noon)) && !l.Leaving
		if settled && !listed || listed && rent != l.Rent {
			t.Errorf("lease %s has the rent %v, %v, want %v", l.Lease, rent, listed, l.Rent)
		}
	}
}

func TestLaterReportsOverlapAndCorrect(t *testing.T) {
	now := noon
	p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return now }, Past: past})
	amounts, statuses := map[string]core.Cents{}, map[string]string{}
	for _, f := range p.Past() {
		if f.Kind == core.TableIncome {
			amounts, _ = receipts(t, f)
		}
	}
	kinds := map[core.TableKind]int{}
	again, fresh, returned, moved := 0, 0, 0, 0
	for range 300 {
		now = now.Add(17 * time.Minute)
		f := p.Next()
		kinds[f.Kind]++
		if f.Kind != core.TableIncome {
			for _, o := range read(t, f).Orders {
				if before, known := statuses[o.Number]; known && before != o.Status {
					moved++
				}
				statuses[o.Number] = o.Status
			}
			continue
		}
		later, _ := receipts(t, f)
		for id, amount := range later {
			switch before, known := amounts[id]; {
			case !known:
				fresh++
			case amount == before:
				again++
			case amount == 0:
				returned++
			default:
				t.Errorf("receipt %s was %v and is %v", id, before, amount)
			}
			amounts[id] = amount
		}
	}
	for _, kind := range core.ReportKinds() {
		if kinds[kind] < 5 {
			t.Errorf("%d reports are a %s", kinds[kind], kind)
		}
	}
	if again < 1000 || fresh < 60 || returned < 20 || moved < 40 {
		t.Errorf("%d receipts came again, %d were new, %d were taken back; %d work orders moved on", again, fresh, returned, moved)
	}
}

func TestTheSameSeedPrintsTheSame(t *testing.T) {
	printer := func() *paper.Printer {
		return paper.New(paper.Config{Seed: 9, Now: func() time.Time { return noon }, Past: past})
	}
	a, b := printer(), printer()
	for range 50 {
		if one, other := a.Next(), b.Next(); one.Name != other.Name || !bytes.Equal(one.Body, other.Body) {
			t.Fatalf("%s and %s differ", one.Name, other.Name)
		}
	}
}
