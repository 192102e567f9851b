package paper_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/paper"
	"rentbell/core/appfolio/sandbox/story"
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

// row is a line of a report by its titles.
type row map[string]string

func (r row) amount(t *testing.T, title string) core.Cents {
	t.Helper()
	amount, err := core.ReadAmount(r[title])
	if err != nil {
		t.Fatalf("%s of %v: %v", title, r, err)
	}
	return amount
}

// rowsOf reads a report as people do: the rows that are about something, and the sums.
func rowsOf(t *testing.T, f paper.File) (rows []row, total row) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(f.Body))
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(f.Name, err)
	}
	head := slices.IndexFunc(lines, func(cells []string) bool { return len(cells) > 1 })
	for _, cells := range lines[head+1:] {
		if len(cells) != len(lines[head]) {
			t.Fatalf("%s: %v has not the columns %v", f.Name, cells, lines[head])
		}
		found := row{}
		for i, title := range lines[head] {
			found[title] = cells[i]
		}
		switch first := cells[0]; {
		case first == "Total":
			total = found
		case !strings.HasPrefix(first, "-> ") && !strings.HasPrefix(first, "Total for "):
			rows = append(rows, found)
		}
	}
	return rows, total
}

// receipts are what an income register sums up to, by number.
func receipts(t *testing.T, f paper.File) (sums map[string]core.Cents, all core.Cents) {
	t.Helper()
	rows, total := rowsOf(t, f)
	sums = map[string]core.Cents{}
	for _, r := range rows {
		sums[r["Receipt ID"]] += r.amount(t, "Receipt Amount")
		all += r.amount(t, "Receipt Amount")
	}
	if got := total.amount(t, "Receipt Amount"); got != all {
		t.Errorf("%s: the total says %v, the rows sum to %v", f.Name, got.Decimal(), all.Decimal())
	}
	return sums, all
}

func TestFirstReportsTellTheStory(t *testing.T) {
	for _, seed := range []uint64{seed, 5, 12} {
		p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return noon }, Past: past})
		reports := map[core.TableKind]paper.File{}
		for _, f := range p.Past() {
			reports[f.Kind] = f
		}
		paid, payments := core.Cents(0), 0
		orders := map[string]story.WorkOrder{}
		told := story.New(seed, story.Units, noon.Add(-past), noon)
		for f := range told.Past() {
			switch d := f.Data.(type) {
			case story.Payment:
				paid += d.Amount
				payments++
			case story.WorkOrder:
				orders[d.ID] = d
			}
		}
		if sums, all := receipts(t, reports[core.TableIncome]); len(sums) != payments || all != paid {
			t.Errorf("seed %d: %d receipts, %s, want %d, %s", seed, len(sums), all.Decimal(), payments, paid.Decimal())
		}
		rows, _ := rowsOf(t, reports[core.TableWorkOrders])
		for _, r := range rows {
			order := orders[r["Work Order Number"]]
			vendor := ""
			if order.Vendor != nil {
				vendor = *order.Vendor
			}
			if r["Status"] != order.Status || r["Vendor"] != vendor || r["Job Description"] != order.Title {
				t.Errorf("seed %d: work order %v, want %+v", seed, r, order)
			}
		}
		if len(rows) != len(orders) {
			t.Errorf("seed %d: %d work orders, want %d", seed, len(rows), len(orders))
		}
		rents := map[string]core.Cents{}
		rows, _ = rowsOf(t, reports[core.TableRentRoll])
		for _, r := range rows {
			if r["Tenant"] != "" {
				rents[r["Occupancy ID"]] = r.amount(t, "Rent")
			}
		}
		for _, l := range told.Tenancies {
			rent, listed := rents[l.Lease]
			settled := l.MoveIn.Before(core.DateOf(noon)) && !l.Leaving
			if settled && !listed || listed && rent != l.Rent {
				t.Errorf("seed %d: lease %s has the rent %v, %v, want %v", seed, l.Lease, rent, listed, l.Rent)
			}
		}
	}
}

func TestLaterReportsOverlapAndCorrect(t *testing.T) {
	now := noon
	p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return now }, Past: past})
	sums, statuses := map[string]core.Cents{}, map[string]string{}
	for _, f := range p.Past() {
		if f.Kind == core.TableIncome {
			sums, _ = receipts(t, f)
		}
	}
	kinds := map[core.TableKind]int{}
	again, fresh, returned, moved := 0, 0, 0, 0
	for range 300 {
		now = now.Add(17 * time.Minute)
		f := p.Next()
		kinds[f.Kind]++
		switch f.Kind {
		case core.TableIncome:
			later, _ := receipts(t, f)
			for id, sum := range later {
				switch before, known := sums[id]; {
				case !known:
					fresh++
				case sum == before:
					again++
				case sum == 0:
					returned++
				default:
					t.Errorf("receipt %s was %v and is %v", id, before, sum)
				}
				sums[id] = sum
			}
		case core.TableWorkOrders:
			rows, _ := rowsOf(t, f)
			for _, r := range rows {
				if before, known := statuses[r["Work Order Number"]]; known && before != r["Status"] {
					moved++
				}
				statuses[r["Work Order Number"]] = r["Status"]
			}
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
