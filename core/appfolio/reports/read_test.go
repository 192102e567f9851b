package reports_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/table"
)

// told is a receipt as a test writes it.
func told(r reports.Receipt) string {
	day, amount := r.Date.String(), r.Amount.Decimal()
	if r.Date.IsZero() {
		day = "!" + r.DateSaid
	}
	if r.Unreadable {
		amount = "!" + r.AmountSaid
	}
	id := r.ID
	if strings.HasPrefix(id, core.NoNumber) {
		id = core.NoNumber
	}
	return strings.Join([]string{id, day, amount, r.Payer, r.Property, r.Unit, r.Lease}, "|")
}

func TestReceiptsHoweverAReportWritesThem(t *testing.T) {
	const plain = "8|2026-06-03|1250.00|Ruiz, Ana|Alder Court|1-2|\n"
	const titles = "Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit\n"
	for name, tt := range map[string]struct{ file, want, skipped string }{
		"as AppFolio's":     {titles + `8,06/03/2026,"1,250.00","Ruiz, Ana",Alder Court,1-2`, plain, ""},
		"ISO, dollars":      {titles + `8,2026-06-03,"$1,250.00","Ruiz, Ana",Alder Court,1-2`, plain, ""},
		"of two rows":       {titles + `8,06/03/2026,"1,000.00","Ruiz, Ana",Alder Court,1-2` + "\n" + `8,06/03/2026,250.00,"Ruiz, Ana",Alder Court,1-2` + "\n8,06/01/2026,0.00,,,", plain, ""},
		"semicolons, sep=":  {"sep=;\r\nReceipt ID;Receipt Date;Receipt Amount;Payer;Property;Unit\r\n8;06/03/2026;1,250.00;Ruiz, Ana;Alder Court;1-2\r\n", plain, ""},
		"UTF-16, tabs":      {utf16Of("Receipt ID\tReceipt Date\tReceipt Amount\tPayer\tProperty\tUnit\r\n8\t06/03/2026\t1,250.00\tRuiz, Ana\tAlder Court\t1-2\r\n"), plain, ""},
		"Windows-1252":      {titles + "8,06/03/2026,5,Mar\xedn,Alder Court,1-2", "8|2026-06-03|5.00|Marín|Alder Court|1-2|\n", ""},
		"with an address":   {titles + `8,06/03/2026,"1,250.00","Ruiz, Ana","Alder Court - 12 Alder St Springfield, IL 62701",1-2`, plain, ""},
		"property in group": {"Receipt ID,Receipt Date,Receipt Amount,Payer,Unit\n" + `"-> Alder Court - 12 Alder St",,,,` + "\n" + `8,06/03/2026,"1,250.00","Ruiz, Ana",1-2` + "\nTotal for Alder Court,,9.00,,\n" + `"-> Oak - North",,,,` + "\n9,06/04/2026,5,B,2\nTotal,,14.00,,\n", plain + "9|2026-06-04|5.00|B|Oak|2|\n", ""},
		"sum without words": {titles + `8,06/03/2026,"1,250.00","Ruiz, Ana",Alder Court,1-2` + "\n,,\"9,999.00\",,,\n", plain, ""},
		"leading zeros":     {titles + `0008,06/03/2026,5.00,A,Alder Court,="007"`, "0008|2026-06-03|5.00|A|Alder Court|007|\n", ""},
		"returned":          {titles + "8,06/03/2026,(500.00),A,P,1\n9,06/03/2026,-500.00,A,P,1\n10,06/03/2026,\"$-1,250.00\",A,P,1", "8|2026-06-03|-500.00|A|P|1|\n9|2026-06-03|-500.00|A|P|1|\n10|2026-06-03|-1250.00|A|P|1|\n", ""},
		"unreadable":        {titles + "8,06/31/2026,5.00,A,P,1\n9,06/03/2026,\"5,00\",A,P,1\n10,,,A,P,1", "8|!06/31/2026|5.00|A|P|1|\n9|2026-06-03|!5,00|A|P|1|\n10|!|!|A|P|1|\n", ""},
		"a broken quote":    {titles + "8,06/03/2026,5.00,\"A,P,1\n9,06/03/2026,6.00,B,P,2\n", "9|2026-06-03|6.00|B|P|2|\n", "2: a quotation mark that does not close\n"},
		"too wide":          {titles + "8,06/03/2026,1,250.00,A,P,1\n", "", "2: more cells than there are titles\n"},
		"spoilt number":     {titles + "4.95E+08,06/03/2026,5.00,A,P,1\n4.95E+08,06/03/2026,6.00,A,P,1\n", "?|2026-06-03|5.00|A|P|1|\n?|2026-06-03|6.00|A|P|1|\n", ""},
		"no numbers":        {"Date,Amount,Payer,Unit\n06/03/2026,5.00,A,1\n06/03/2026,5.00,A,1\n", "?|2026-06-03|5.00|A||1|\n?|2026-06-03|5.00|A||1|\n", ""},
		"titles again":      {titles + "8,06/03/2026,5.00,A,P,1\n" + titles + "9,06/04/2026,5.00,A,P,1", "8|2026-06-03|5.00|A|P|1|\n9|2026-06-04|5.00|A|P|1|\n", ""},
		"with a lease":      {"Receipt Date,Receipt Amount,Occupancy ID\n06/03/2026,5.00,20931", "?|2026-06-03|5.00||||20931\n", ""},
		"of a formula":      {titles + "8,06/03/2026,'-5.00,'=cmd|x,P,1", "8|2026-06-03|-5.00|=cmd|x|P|1|\n", ""},
	} {
		got, skipped := read(t, core.TableIncome, tt.file)
		var lines, faults strings.Builder
		for _, r := range got.Receipts {
			lines.WriteString(told(r) + "\n")
		}
		for _, s := range skipped {
			fmt.Fprintf(&faults, "%d: %s\n", s.Line, s.Fault)
		}
		if lines.String() != tt.want || faults.String() != tt.skipped {
			t.Errorf("%s:\n%s%s\nwant\n%s%s", name, lines.String(), faults.String(), tt.want, tt.skipped)
		}
	}
}

func utf16Of(text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return string(out)
}

func TestEqualReceiptsHaveNumbersOfTheirOwnWhateverTheFile(t *testing.T) {
	ids := func(rows string) (ids []string) {
		got, _ := read(t, core.TableIncome, "Property,Unit,Date,Amount,Payer,Reference\n"+rows)
		for _, r := range got.Receipts {
			ids = append(ids, r.ID)
		}
		return ids
	}
	all := ids("P,1,06/03/2026,50.00,A,\nP,1,06/03/2026,50.00,A,\nP,1,06/03/2026,50.00,A,MO-3\n")
	if all[0] == all[1] || all[1] == all[2] || all[0] == all[2] {
		t.Errorf("ids %q", all)
	}
	for _, same := range []string{"P,1,2026-06-03,$50.00,a,\nP,1,06/03/2026,50,A,\nP,1,06/03/2026,50.00,A,mo-3\n", "P,1,06/03/2026,50.00,A,MO-3\np,1,6/3/2026,50.00,A,\nP,1,06/03/2026,50.00,A,\n"} {
		got := ids(same)
		if len(got) != 3 || !strings.Contains(strings.Join(got, " ")+" ", all[0]) || !strings.Contains(strings.Join(got, " "), all[1]) || !strings.Contains(strings.Join(got, " "), all[2]) {
			t.Errorf("%q has the ids %q, want %q", same, got, all)
		}
	}
}

func TestRowsOfARentRoll(t *testing.T) {
	const titles = "Property,Unit,Tenant,Status,Market Rent,Rent,Lease From,Lease To,Move-in,Occupancy ID\n"
	for name, tt := range map[string]struct{ row, want, skipped string }{
		"let":             {`Alder Court,1A,Ana Ruiz,Current,"1,300.00","1,250.00",01/01/2026,12/31/2026,01/01/2024,20931`, "20931 Alder Court/1A Ana Ruiz 1250.00 2026-01-01 2026-12-31 2024-01-01", ""},
		"vacant":          {"Alder Court,1B,,Vacant-Unrented,\"1,100.00\",,,,,", "", ""},
		"vacant by name":  {"Alder Court,1B,VACANT,,\"1,100.00\",,,,,", "", ""},
		"month to month":  {"Alder Court,1A,Ana,Current,,900,01/01/2026,MTM,,1", "1 Alder Court/1A Ana 900.00 2026-01-01  ", ""},
		"moved in":        {"Alder Court,1A,Ana,Current,,900,,,02/01/2024,1", "1 Alder Court/1A Ana 900.00 2024-02-01  2024-02-01", ""},
		"no rent":         {"Alder Court,1A,Ana,Current,,,01/01/2026,12/31/2026,,1", "1 Alder Court/1A Ana ? 2026-01-01 2026-12-31 ", ""},
		"unreadable rent": {"Alder Court,1A,Ana,Current,,1.250,01/01/2026,12/31/2026,,1", "1 Alder Court/1A Ana ? 2026-01-01 2026-12-31 ", "the rent is no amount of dollars"},
		"rent below zero": {"Alder Court,1A,Ana,Current,,-5,01/01/2026,12/31/2026,,1", "1 Alder Court/1A Ana ? 2026-01-01 2026-12-31 ", "the rent is below zero"},
		"unreadable day":  {"Alder Court,1A,Ana,Current,,900,31/12/2026,,,1", "1 Alder Court/1A Ana 900.00   !StartOn", ""},
		"no id":           {"Alder Court,1A,Ana,Current,,900,01/01/2026,,,", " Alder Court/1A Ana 900.00 2026-01-01  ", ""},
		"a house":         {"27 Quarry Lane,,Ana,Current,,900,01/01/2026,,,", " 27 Quarry Lane Ana 900.00 2026-01-01  ", ""},
		"nowhere":         {",,Ana,Current,,900,01/01/2026,,,", "", "neither a unit nor a lease"},
		"spoilt id":       {"Alder Court,1A,Ana,Current,,900,01/01/2026,,,2.0931E+04", "", "a spreadsheet has changed the id"},
	} {
		got, skipped := read(t, core.TableRentRoll, titles+tt.row+"\nTotal,,,,9.00,9.00,,,,\n")
		lease, fault := "", table.Fault("")
		for _, l := range got.Leases {
			rent := "?"
			if l.RentKnown {
				rent = l.Rent.Decimal()
			}
			lease = fmt.Sprint(l.ID, " ", l.Place.ID(), " ", l.Tenant, " ", rent, " ", l.Start, " ", l.End, " ", l.MoveIn)
			if l.Unread != "" {
				lease += "!" + l.Unread
			}
		}
		for _, s := range skipped {
			fault = s.Fault
		}
		if lease != tt.want || string(fault) != tt.skipped {
			t.Errorf("%s: %q %q, want %q %q", name, lease, fault, tt.want, tt.skipped)
		}
	}
	_, skipped := read(t, core.TableRentRoll, titles+"P,1,Ana,,,5,,,,7\nP,1,Bo,,,5,,,,7\nP,2,Cy,,,5,,,,\np,2,Di,,,5,,,,\n")
	if len(skipped) != 2 || skipped[0] != (table.Skipped{Line: 3, Fault: reports.FaultTwice}) || skipped[1].Line != 5 {
		t.Errorf("of two rows with one id: %v", skipped)
	}
}

func TestRowsOfWorkOrdersAndDebts(t *testing.T) {
	orders, skipped := read(t, core.TableWorkOrders, "Work Order Number,Status,Vendor,Priority,Created At,Scheduled Start,Job Description,Unit\n"+
		"-> Alder Court - 12 Alder St,,,,,,,\n0012-1,New,,Urgent,06/03/2026 09:12 AM,,Leak,1A\n,Assigned,,,,,,\n0012-1,New,,,,,,\n")
	want := reports.WorkOrder{Place: reports.Place{Property: "Alder Court", Unit: "1A"}, Number: "0012-1", Status: "New", Priority: "Urgent", Description: "Leak", Created: core.Date{Year: 2026, Month: 6, Day: 3}}
	if len(orders.Orders) != 1 || orders.Orders[0] != want || len(skipped) != 2 || skipped[0].Fault != reports.FaultNoNumber || skipped[1].Fault != reports.FaultTwice {
		t.Errorf("orders %+v, skipped %v", orders.Orders, skipped)
	}
	debts, skipped := read(t, core.TableDelinquency, "As of: 06/18/2026\nProperty,Unit,Tenant,Amount Receivable\nP,1,Ana,870.00\nP,2,Bo,(20.00)\nP,3,Cy,much\nTotal,,,870.00\n")
	if len(debts.Debts) != 1 || debts.Debts[0].Amount != 87000 || debts.AsOf != (core.Date{Year: 2026, Month: 6, Day: 18}) || len(skipped) != 1 || skipped[0].Fault != reports.FaultAmount {
		t.Errorf("debts %+v, skipped %v", debts, skipped)
	}
}

// FuzzReadReport reads any file as each report: every id can be one, no text is longer than
// can be kept, and what is read again is the same.
func FuzzReadReport(f *testing.F) {
	for _, seed := range []string{
		"Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit\n8,06/03/2026,\"1,250.00\",\"Ruiz, Ana\",Alder Court,1-2\n",
		"-> A - 1 B St\nDate,Amount,Unit\n\n06/03/2026,5.00,1\n06/03/2026,5.00,1\nTotal,5\n", "Unit,Tenant,Rent,Lease From,Lease To,Lease ID\n1,A,5,06/03/2026,MTM,\x00\n",
		"As of: 06/18/2026\nUnit,Amount Receivable\n1,5\n", "Work Order Number,Status,Created At\n1-1,New,1/1/0001\n1-1,,\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		s, err := table.Open(strings.NewReader(file))
		if err != nil {
			t.Skip() // too large
		}
		for _, k := range core.ReportKinds() {
			c, err := reports.Settle(s, k, nil)
			if err != nil {
				continue
			}
			r, _ := reports.Read(s, k, c)
			ids := map[string]bool{}
			for _, is := range r.Receipts {
				if is.ID == "" || len(is.ID) > 100 || ids[is.ID] || strings.Contains(is.ID, ":") || is.Unreadable && is.Amount != 0 {
					t.Fatalf("receipt %+v", is)
				}
				ids[is.ID] = true
			}
			for _, l := range r.Leases {
				if l.ID == "" && l.Place.ID() == "" || len(l.Place.ID()) > core.MaxNameID || l.Rent < 0 || l.Tenant == "" {
					t.Fatalf("lease %+v", l)
				}
			}
			for _, w := range r.Orders {
				if w.Number == "" || len(w.Number) > 100 {
					t.Fatalf("work order %+v", w)
				}
			}
			if again, _ := reports.Read(s, k, c); fmt.Sprint(again) != fmt.Sprint(r) {
				t.Fatalf("%q is read in two ways", file)
			}
		}
	})
}
