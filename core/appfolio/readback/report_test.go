package readback

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/table"
)

// filer takes reports into a store.
type filer struct {
	*testing.T
	desk *testDesk
	now  time.Time
}

func newFiler(t *testing.T) *filer {
	t.Helper()
	return &filer{t, openDesk(t), time.Date(2026, time.June, 18, 14, 0, 0, 0, time.Local)}
}

// reportOf reads a report whose columns are certain.
func reportOf(t testing.TB, k core.TableKind, file string) reports.Report {
	t.Helper()
	s, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	c, err := reports.Settle(s, k, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	r, _ := reports.Read(s, k, c)
	return r
}

// take takes a file. Rows follow each other after a semicolon.
func (f *filer) take(k core.TableKind, rows string) core.Taken {
	f.Helper()
	taken, err := Take(context.Background(), f.desk, reportOf(f, k, strings.ReplaceAll(rows, ";", "\n")), core.PastImport{Kind: k}, f.now)
	if err != nil {
		f.Fatal(err)
	}
	return taken
}

// wantTaken compares what became of a file.
func (f *filer) wantTaken(got core.Taken, added, changed, same int) {
	f.Helper()
	if want := (core.Taken{Added: added, Changed: changed, Same: same}); got != want {
		f.Errorf("taken %+v, want %+v", got, want)
	}
}

// events are all there are, in the order in which they were stored.
func (f *filer) events() (all []core.Event) {
	f.Helper()
	if err := f.desk.Each(context.Background(), core.Query{}, func(e core.Event) error { all = append(all, e); return nil }); err != nil {
		f.Fatal(err)
	}
	return all
}

// lines are the payments: their day, lease, amount and what is wrong with them.
func (f *filer) lines() (all []string) {
	f.Helper()
	for _, e := range f.events() {
		p, is := e.Detail.(core.Payment)
		if !is {
			continue
		}
		amount := "unknown"
		if p.AmountKnown {
			amount = p.Amount.Decimal()
		}
		line := fmt.Sprint(date(e.OccurredAt.In(f.now.Location())), " ", p.Lease, " ", amount)
		if !e.Attention.IsZero() {
			line += fmt.Sprint(" ", e.Attention.Field, " ", e.Attention.Reason)
		}
		if !e.Past {
			line += " rings"
		}
		all = append(all, line)
	}
	return all
}

func (f *filer) want(got []string, want ...string) {
	f.Helper()
	if !slices.Equal(got, want) {
		f.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const register = "Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit,Reference,Type,Description;"

func TestReportTakenAgainAddsNothing(t *testing.T) {
	f := newFiler(t)
	rows := register + `8,06/03/2026,"1,250.00","Ruiz, Ana",Alder Court,1A,R-8,eCheck,June rent;9,06/04/2026,(500.00),"Lee, Bo",Alder Court,1B,,Check,`
	f.wantTaken(f.take(core.TableIncome, rows), 2, 0, 0)
	f.wantTaken(f.take(core.TableIncome, rows), 0, 0, 2)
	f.wantTaken(f.take(core.TableIncome, rows+";10,06/17/2026,50.00,Bo Lee,ALDER  COURT,1b,M-1,Money order,Key"), 1, 0, 2)
	f.want(f.lines(), "2026-06-03 Alder Court/1A 1250.00", "2026-06-04 Alder Court/1B -500.00", "2026-06-17 Alder Court/1B 50.00 rings")
	first := f.events()[0]
	want := core.Payment{Place: core.Place{Tenant: "Ruiz, Ana", Property: "Alder Court", Unit: "1A"}, Lease: "Alder Court/1A", Amount: 125000, AmountKnown: true, Method: "eCheck", Memo: "June rent", Reference: "R-8"}
	if first.ID != "receipt:8" || first.Detail != want {
		t.Errorf("%s is %+v, want %+v", first.ID, first.Detail, want)
	}
}

func TestWhatChangedInAReceiptIsALine(t *testing.T) {
	f := newFiler(t)
	row := func(date, amount string) string {
		return register + "8," + date + "," + amount + ",Ana Ruiz,Alder Court,1A,R-8,eCheck,June rent"
	}
	f.take(core.TableIncome, row("06/03/2026", "900.00"))
	f.wantTaken(f.take(core.TableIncome, row("06/03/2026", "950.00")), 0, 1, 0)
	f.wantTaken(f.take(core.TableIncome, row("06/05/2026", "950.00")), 0, 1, 0)
	f.wantTaken(f.take(core.TableIncome, row("06/05/2026", "0.00")), 0, 1, 0)
	f.wantTaken(f.take(core.TableIncome, row("06/05/2026", "0.00")), 0, 0, 1)
	f.want(f.lines(), "2026-06-03 Alder Court/1A 900.00", "2026-06-18 Alder Court/1A 50.00 rings",
		"2026-06-03 Alder Court/1A -950.00 rings", "2026-06-05 Alder Court/1A 950.00 rings", "2026-06-18 Alder Court/1A -950.00 rings")
}

func TestTheTenantHasOneNameOnAllLines(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableRentRoll, "Property,Unit,Tenant,Rent,Lease From,Lease To,Occupancy ID;Alder Court,1A,Ana Ruiz,900.00,01/01/2026,12/31/2026,77")
	const paid, returned = `8,06/03/2026,900.00,"Ruiz, Ana",Alder Court,1A,,,`, `8,06/03/2026,(900.00),"Ruiz, Ana",Alder Court,1A,,,`
	f.take(core.TableIncome, register+paid)
	f.take(core.TableIncome, register+paid+";"+returned)
	var amounts, names []string
	for _, e := range f.events() {
		if p, is := e.Detail.(core.Payment); is {
			amounts, names = append(amounts, p.Amount.Decimal()), append(names, p.Tenant)
		}
	}
	f.want(amounts, "900.00", "-900.00")
	f.want(names, "Ana Ruiz", "Ana Ruiz")
}

func TestReceiptThatAFileLacksIsNotReturned(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableIncome, register+"8,06/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,;9,06/03/2026,800.00,Bo Lee,Alder Court,1B,,,")
	for range 3 {
		f.wantTaken(f.take(core.TableIncome, register+"9,06/03/2026,800.00,Bo Lee,Alder Court,1B,,,"), 0, 0, 1)
	}
	if n := len(f.lines()); n != 2 {
		t.Errorf("%d lines, want 2", n)
	}
}

func TestWhatCannotBeReadOfAReceiptIsKeptFlaggedAndOfNoMonth(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableIncome, register+"7,06/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,;8,31/06/2026,\"1,250.00\",Bo Lee,Alder Court,1B,,,;"+
		"9,,40.00,Cy Ames,Alder Court,1C,,,;10,06/09/2026,1.250,Di Orr,Alder Court,1D,,,;11,06/10/2062,5.00,Ed Poe,Alder Court,1E,,,;12,06/10/2026,5.00,Flo Ray,,,,,")
	f.want(f.lines(), "2026-06-03 Alder Court/1A 900.00", "2026-06-03 Alder Court/1B unknown receipt_date wrong-kind", "2026-06-03 Alder Court/1C unknown receipt_date missing",
		"2026-06-03 Alder Court/1E unknown receipt_date wrong-kind", "2026-06-09 Alder Court/1D unknown amount_cents wrong-kind", "2026-06-10  5.00 lease_id missing")
	f.wantTaken(f.take(core.TableIncome, register+"8,31/06/2026,\"1,250.00\",Bo Lee,Alder Court,1B,,,;9,06/02/2026,40.00,Cy Ames,Alder Court,1C,,,;10,06/09/2026,1250,Di Orr,Alder Court,1D,,,"), 0, 2, 1)
	f.want(f.lines()[6:], "2026-06-02 Alder Court/1C 40.00 rings", "2026-06-09 Alder Court/1D 1250.00 rings")
}

func TestEqualPaymentsOfADayAreToldApart(t *testing.T) {
	f := newFiler(t)
	const head = "Date,Amount,Payer,Unit,Property,Reference;"
	two := head + "06/03/2026,50.00,Ana Ruiz,007,Alder Court,;06/03/2026,50.00,Ana Ruiz,007,Alder Court,;06/03/2026,50.00,Ana Ruiz,007,Alder Court,MO-3"
	f.wantTaken(f.take(core.TableIncome, two), 3, 0, 0)
	f.wantTaken(f.take(core.TableIncome, two+";06/03/2026,$50.00,ANA RUIZ,007,Alder Court,"), 1, 0, 3)
	f.want(f.lines(), "2026-06-03 Alder Court/007 50.00", "2026-06-03 Alder Court/007 50.00", "2026-06-03 Alder Court/007 50.00", "2026-06-03 Alder Court/007 50.00 rings")
}

const roll = "Property,Unit,Tenant,Status,Rent,Lease From,Lease To,Occupancy ID;"

func TestRentRollTellsLeasesRentsAndNames(t *testing.T) {
	f := newFiler(t)
	rows := roll + `Alder Court,1A,Ana Ruiz,Current,"1,250.00",07/01/2025,06/30/2026,20931;Alder Court,1B,,Vacant-Unrented,,,,;Alder Court,1C,Cy Ames,Current,900.00,01/01/2024,12/31/2025,20933`
	f.wantTaken(f.take(core.TableRentRoll, rows), 2, 0, 0)
	f.wantTaken(f.take(core.TableRentRoll, rows), 0, 0, 2)
	f.wantTaken(f.take(core.TableRentRoll, strings.Replace(rows, "06/30/2026", "06/30/2027", 1)), 0, 1, 1)
	var got []string
	for _, e := range f.events() {
		l := e.Detail.(core.LeaseSigned)
		got = append(got, fmt.Sprint(date(e.OccurredAt.In(f.now.Location())), " ", l.Lease, " ", l.MoveIn, " ", l.Months, " ", e.Past, e.Attention.IsZero()))
	}
	f.want(got, "2024-01-01 20933 2024-01-01 24 true true", "2025-07-01 20931 2025-07-01 12 true true", "2026-01-15 20933 2024-01-01 0 true true", "2026-06-18 20931 2025-07-01 24 false true")
	terms, err := f.desk.Terms()
	if err != nil || len(terms) != 2 || terms["20931"].Imported == nil || *terms["20931"].Imported != 125000 || terms["20931"].Told != nil {
		t.Errorf("rents %+v, %v", terms, err)
	}
	names, err := f.desk.Names()
	if err != nil || names[core.NameKey{Kind: core.NameLease, ID: "20931"}].Learned != "Ana Ruiz" {
		t.Errorf("names %v, %v", names, err)
	}
}

func TestReceiptFindsTheLeaseOfTheRentRoll(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableRentRoll, roll+`Alder Court,1A,Ana Ruiz,Current,"1,250.00",07/01/2025,,20931;Alder Court,1A,Zoe Fox,Past,900.00,01/01/2023,06/30/2025,20001`)
	f.take(core.TableIncome, register+`6,06/01/2022,5.00,Housing Authority,Alder Court,1A,,,;1,06/03/2026,5.00,"Ruiz, Ana",Alder Court,1A,,,;2,06/03/2026,5.00,"Fox, Zoe",alder court,1a,,,;3,06/03/2026,5.00,Housing Authority,Alder Court,1A,,,;4,06/01/2025,5.00,Housing Authority,Alder Court,1A,,,;5,06/03/2026,5.00,Bo Lee,Alder Court,1B,,,`)
	f.want(f.lines(), "2022-06-01 Alder Court/1A 5.00", "2025-06-01 20001 5.00", "2026-06-03 20931 5.00", "2026-06-03 20001 5.00", "2026-06-03 20931 5.00", "2026-06-03 Alder Court/1B 5.00")
	if p := f.events()[4].Detail.(core.Payment); p.Tenant != "Ana Ruiz" {
		t.Errorf("paid by %q", p.Tenant)
	}
}

func TestPaymentsBeforeTheRentRollAreOfItsLeases(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableIncome, register+"1,06/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,")
	f.take(core.TableRentRoll, roll+"ALDER COURT,1a,Ana Ruiz,Current,900.00,07/01/2025,,20931")
	f.take(core.TableIncome, register+"2,06/13/2026,50.00,Ana Ruiz,Alder Court,1A,,,")
	f.want(f.lines(), "2026-06-03 Alder Court/1A 900.00", "2026-06-13 Alder Court/1A 50.00 rings")
	terms, err := f.desk.Terms()
	if err != nil || terms["Alder Court/1A"].Imported == nil {
		t.Errorf("rents %+v, %v", terms, err)
	}
}

func TestWorkOrdersOfAReportAreToldOnce(t *testing.T) {
	f := newFiler(t)
	const head = "Work Order Number,Status,Vendor,Priority,Created At,Scheduled Start,Job Description,Property,Unit;"
	f.wantTaken(f.take(core.TableWorkOrders, head+"1159-1,New,,Urgent,06/10/2026,,Leak,Alder Court,1A;1160,Completed,Oak,Low,05/01/2026,,Paint,Alder Court,"), 2, 0, 0)
	f.wantTaken(f.take(core.TableWorkOrders, head+"1159-1,Assigned,Oak Line,Urgent,06/10/2026,06/20/2026,Leak,Alder Court,1A;1160,Completed,Oak,Low,05/01/2026,,Paint,Alder Court,"), 0, 1, 1)
	f.wantTaken(f.take(core.TableWorkOrders, head+"1159-1,Assigned,Oak Line,Urgent,06/10/2026,06/20/2026,Leak,Alder Court,1A"), 0, 0, 1)
	var got []string
	for _, e := range f.events() {
		w := e.Detail.(core.WorkOrder)
		got = append(got, fmt.Sprint(date(e.OccurredAt.In(f.now.Location())), " ", w.ID, " ", w.Status, " ", w.Vendor, " ", w.Unit, " ", e.Past))
	}
	f.want(got, "2026-06-10 1159-1 New  1A true", "2026-06-18 1159-1 Assigned Oak Line 1A false")
}

func TestAnOlderReportChangesNothing(t *testing.T) {
	f := newFiler(t)
	roll := func(asOf, to string) string {
		return "Rent Roll;As of: " + asOf + ";" + roll + "Alder Court,1A,Ana Ruiz,Current,900.00,07/01/2025," + to + ",20931"
	}
	orders := func(asOf, status string) string {
		return "Work Order;Exported On: " + asOf + " 02:02 PM;Work Order Number,Status,Priority;1159," + status + ",Low"
	}
	income := func(asOf, amount string) string {
		return "Income Register;Exported On: " + asOf + " 02:02 PM;" + register + "8,05/03/2026," + amount + ",Ana Ruiz,Alder Court,1A,,,"
	}
	f.take(core.TableIncome, income("06/17/2026", "0.00"))
	f.take(core.TableRentRoll, roll("06/17/2026", "06/30/2027"))
	f.take(core.TableWorkOrders, orders("06/17/2026", "Assigned"))
	before := len(f.events())
	f.wantTaken(f.take(core.TableIncome, income("05/17/2026", "900.00")), 0, 0, 1)
	f.wantTaken(f.take(core.TableRentRoll, roll("05/17/2026", "06/30/2026")), 0, 0, 1)
	f.wantTaken(f.take(core.TableWorkOrders, orders("05/17/2026", "New")), 0, 0, 1)
	if n := len(f.events()); n != before {
		t.Errorf("%d events, want %d", n, before)
	}
}

func TestALeaseThatBeginsAfterItsReportIsKnownBefore(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableRentRoll, "As of: 05/18/2026;"+roll+"Alder Court,1A,Ana Ruiz,Future,900.00,06/01/2026,05/31/2027,20931")
	if at := f.events()[0].OccurredAt.In(f.now.Location()); date(at) != (core.Date{Year: 2026, Month: time.May, Day: 18}) {
		t.Errorf("signed at %v", at)
	}
}

// TestHalvesInAnyOrderAreTheWhole takes a register in files that overlap, by days, in any
// order: what is there in the end is what the whole file says.
func TestHalvesInAnyOrderAreTheWhole(t *testing.T) {
	rng := rand.New(rand.NewPCG(16, 4))
	for round := range 8 {
		f := newFiler(t)
		days := map[int][]string{}
		var sum core.Cents
		for i := range 120 {
			day := 1 + rng.IntN(17)
			cents := core.Cents(rng.IntN(4) * 50_00)
			id := fmt.Sprint(1000 + i)
			if i%3 == 0 {
				id = ""
			}
			row := fmt.Sprintf("%s,06/%02d/2026,%s,Ana Ruiz,Alder Court,%d,,,", id, day, cents.Decimal(), i%4)
			days[day] = append(days[day], row)
			sum = sum.Plus(cents)
			if i%10 == 5 {
				days[day] = append(days[day], fmt.Sprintf("%d,06/%02d/2026,25.00,Ana Ruiz,Alder Court,%d,,,", 1000+i, day, i%4))
				sum += 25_00
			}
		}
		missing := map[int]bool{}
		for day := range days {
			missing[day] = true
		}
		for len(missing) > 0 {
			from := 1 + rng.IntN(17)
			to := min(from+rng.IntN(8), 17)
			rows := []string{strings.TrimSuffix(register, ";")}
			for day := from; day <= to; day++ {
				rows = append(rows, days[day]...)
				delete(missing, day)
			}
			if len(rows) > 1 {
				f.take(core.TableIncome, strings.Join(rows, ";"))
			}
		}
		var got core.Cents
		for _, e := range f.events() {
			got = got.Plus(e.Detail.(core.Payment).Amount)
		}
		if got != sum {
			t.Errorf("round %d: the payments come to %s, want %s", round, got.Decimal(), sum.Decimal())
		}
	}
}

func TestReceiptsOfReportsAreThoseOfTheReportsAPI(t *testing.T) {
	work(t, func(w *atWork) {
		f := &filer{w.T, w.desk, time.Now()}
		today := date(f.now)
		row := func(id string, amount string) string {
			return fmt.Sprintf("%s,%s,%s,\"Whitfield, Dana\",Maple Court,4B,R-%s,eCheck,June rent;", id, today, amount, id)
		}
		w.later(time.Second)
		f.wantTaken(f.take(core.TableIncome, register+row("8", "900.00")), 1, 0, 0)
		w.office.pay("8", 900_00)
		w.office.pay("9", 50_00)
		w.later(2 * lookEvery)
		w.want("receipt:9 50.00")
		f.wantTaken(f.take(core.TableIncome, register+row("8", "900.00")+row("9", "50.00")), 0, 0, 2)
		if p := w.events()[2].Detail.(core.Payment); p.Lease != "l1" || p.Tenant != "Dana Whitfield" {
			t.Errorf("the file's receipt is %+v, want it on the lease of AppFolio's records", p)
		}
		w.office.loseReceipt("9")
		w.later(3 * lookEvery)
		w.want("receipt:9 50.00", "receipt:9:2 -50.00") // the API's reports are whole
	})
}

func TestAReportIsTakenWholeOrNotAtAll(t *testing.T) {
	for _, after := range []bool{false, true} {
		f := newFiler(t)
		f.desk.die = func() {}
		f.desk.crash = func(killed, _ int) (before, afterwards bool) { return killed == 0 && !after, killed == 0 && after }
		rows := roll + "Alder Court,1A,Ana Ruiz,Current,900.00,07/01/2025,,20931;Alder Court,1B,Bo Lee,Current,800.00,07/01/2025,,20932"
		if _, err := Take(t.Context(), f.desk, reportOf(t, core.TableRentRoll, strings.ReplaceAll(rows, ";", "\n")), core.PastImport{Kind: core.TableRentRoll}, f.now); err == nil {
			t.Fatal("it was not killed")
		}
		terms, err := f.desk.Terms()
		if n := len(f.events()); err != nil || (n != 0 || len(terms) != 0) != after {
			t.Errorf("killed after %v: %d events, %d rents, %v", after, n, len(terms), err)
		}
		f.take(core.TableRentRoll, rows)
		if terms, err = f.desk.Terms(); err != nil || len(f.events()) != 2 || len(terms) != 2 {
			t.Errorf("then: %d events, %d rents, %v", len(f.events()), len(terms), err)
		}
	}
}

func TestWeighingKeepsNothing(t *testing.T) {
	f := newFiler(t)
	r := reportOf(t, core.TableIncome, strings.ReplaceAll(register+"8,06/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,", ";", "\n"))
	s, taken, err := Weigh(t.Context(), f.desk, r, f.now)
	if err != nil || taken != (core.Taken{Added: 1}) || len(s.Events) != 1 || len(f.events()) != 0 {
		t.Errorf("weighed %+v, %d events, %v; %d are kept", taken, len(s.Events), err, len(f.events()))
	}
}

func TestOldReceiptsOfALaterFileRingNothing(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableIncome, register+"8,06/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,")
	f.take(core.TableIncome, register+"7,02/03/2026,900.00,Ana Ruiz,Alder Court,1A,,,;9,06/10/2026,5.00,Ana Ruiz,Alder Court,1A,,,")
	f.want(f.lines(), "2026-06-03 Alder Court/1A 900.00", "2026-02-03 Alder Court/1A 900.00", "2026-06-10 Alder Court/1A 5.00 rings")
}

func TestTenantsWhoFollowEachOtherAtAPlace(t *testing.T) {
	f := newFiler(t)
	const bare = "Property,Unit,Tenant,Rent,Lease From,Lease To;"
	f.take(core.TableRentRoll, bare+"Alder Court,1A,Ana Ruiz,900.00,07/01/2025,05/31/2026")
	f.take(core.TableRentRoll, bare+"Alder Court,1A,Bo Lee,950.00,06/10/2026,06/09/2027")
	var got []string
	for _, e := range f.events() {
		l := e.Detail.(core.LeaseSigned)
		got = append(got, fmt.Sprint(l.Lease, " ", l.Tenant, " ", l.MoveIn, " ", l.Months, " ", strings.Contains(string(e.Data()), "renewed")))
	}
	f.want(got, "Alder Court/1A Ana Ruiz 2025-07-01 11 false", "Alder Court/1A Ana Ruiz 2025-07-01 0 true", "Alder Court/1A Bo Lee 2026-06-10 12 false")
	names, err := f.desk.Names()
	if err != nil || len(names) != 0 {
		t.Errorf("a place has the names %v, %v", names, err)
	}
}

func TestDebtsAreComparedWithTheRadar(t *testing.T) {
	f := newFiler(t)
	f.take(core.TableRentRoll, roll+"Alder Court,1A,Ana Ruiz,Current,900.00,07/01/2025,,20931")
	debts := reportOf(t, core.TableDelinquency, "Property,Unit,Tenant,Amount Receivable\nALDER COURT,1a,Ana Ruiz,900.50\nAlder Court,1B,Bo Lee,70.00\nAlder Court,1C,Cy Ames,800.00\n").Debts
	late := func(lease string, owes core.Cents) core.Finding {
		return core.Finding{Kind: core.FindLate, Lease: lease, Expected: owes}
	}
	owed, taken, err := Compare(t.Context(), f.desk, debts, []core.Finding{late("20931", 900_00), late("Alder Court/1C", 400_00), late("77", 5_00)}, f.now)
	if err != nil {
		t.Fatal(err)
	}
	f.wantTaken(taken, 1, 1, 1)
	var got []string
	for _, o := range owed {
		got = append(got, fmt.Sprint(o.Lease, " ", o.Theirs.Decimal(), " ", o.Ours.Decimal(), " ", o.Differs()))
	}
	f.want(got, "20931 900.50 900.00 false", "77 0.00 5.00 false", "Alder Court/1B 70.00 0.00 false", "Alder Court/1C 800.00 400.00 true")
}
