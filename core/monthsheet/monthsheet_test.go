package monthsheet_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/monthsheet"
)

var (
	june = core.Month{Year: 2026, Month: time.June}
	here = time.FixedZone("CDT", -5*3600)
	now  = time.Date(2026, 6, 18, 10, 42, 0, 0, here)
)

// lease is one of June; a rent of 0 is not known.
func lease(id, tenant, property, unit string, rent core.Cents, state core.RentState, receipts ...core.Skimmed) core.LeaseReceipts {
	l := core.LeaseReceipts{Receipts: receipts}
	l.Lease, l.Place, l.Month, l.State = id, core.Place{Tenant: tenant, Property: property, Unit: unit}, june, state
	if rent > 0 {
		l.Expected = core.ExpectedRent{Amount: rent, Source: core.RentTyped}
	}
	for _, r := range receipts {
		l.Received = l.Received.Plus(r.Amount)
	}
	return l
}

func paid(day int, amount core.Cents, method string) core.Skimmed {
	at := time.Date(2026, time.June, day, 23, 30, 0, 0, here).UTC() // the next day in UTC
	return core.Skimmed{At: at, Payment: core.Payment{Amount: amount, Method: method}}
}

func written(t *testing.T, leases ...core.LeaseReceipts) string {
	t.Helper()
	return writtenFor(t, "Oakline Property Care", leases...)
}

func writtenFor(t *testing.T, company string, leases ...core.LeaseReceipts) string {
	t.Helper()
	var out bytes.Buffer
	if err := monthsheet.Write(&out, monthsheet.Sheet{Month: june, Company: company, Leases: leases, Now: now}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestMonthSheet(t *testing.T) {
	got := written(t,
		lease("30001", "", "", "", 0, core.RentNotKnown, paid(4, 90000, "Check")),
		lease("46683", "Hugo Barros", "Alder Court", "10", 147500, core.RentPaid, paid(1, 147500, "Card")),
		lease("46903", "Devon Park", "Alder Court", "2B", 139500, core.RentLate),
		lease("44790", "Claire Fontenot", "Alder Court", "3", 101000, core.RentTwice, paid(2, 101000, "eCheck"), paid(3, 101000, "eCheck")),
		lease("46871", "Omar Haddad", "Birchwood Flats", "3", 131250, core.RentReturned, paid(9, 131250, "eCheck"), paid(16, -131250, "eCheck")),
		lease("46138", "Anika Sen", "Birchwood Flats", "5", 126000, core.RentEarly, paid(-2, 126000, "eCheck")),
		lease("40052", "Terrence Cole", "318 Maple Avenue", "B", 149500, core.RentPartial, paid(5, 60000, "Cash"), paid(15, 52000, "Money order"), paid(16, -2500, "")),
	)
	want, err := os.ReadFile("testdata/june.html")
	if err != nil || got != string(want) {
		if err := os.MkdirAll("testdata/failed", 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("testdata/failed/june.html", []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%v; the page is another: see testdata/failed/june.html", err)
	}
	for _, part := range []string{
		"Rent for June 2026", "<p>Oakline Property Care. Printed June 18, 2026 at 10:42 AM.</p>",
		"<dd>$7,947.50<span>6 leases</span>", "<dd>$6,750.00<span>3 leases paid, &#43;$1,010.00 above rent</span>", "<dd>$3,107.50<span>3 leases</span>", "<dd>1<span>lease, $900.00 received</span>",
		"<em>Nothing yet</em>", "May 29", "Returned Jun 16<", "eCheck, -$1,312.50<", "Refund Jun 16<", ">-$25.00<", "Cash, $600.00<",
		"Receipts as they arrived from AppFolio, not a ledger.",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	order := []string{"318 Maple Avenue", "Alder Court", ">2B<", ">3<", ">10<", "Birchwood Flats", "Property not known", "Lease 30001"}
	for at := 0; len(order) > 0; order = order[1:] {
		next := strings.Index(got[at:], order[0])
		if next < 0 {
			t.Fatalf("%q is missing or out of order", order[0])
		}
		at += next
	}
}

func TestMonthSheetStandsAlone(t *testing.T) {
	page := strings.ToLower(written(t, lease("1", "Ana", "Alder Court", "1", 100, core.RentLate)))
	for _, part := range []string{"<script", "<link", "<img", "<iframe", "<a ", "http:", "https:", "url(", "@import", "src=", "href="} {
		if strings.Contains(page, part) {
			t.Errorf("the page has %q", part)
		}
	}
}

func TestHostileNamesAreTextOfTheMonthSheet(t *testing.T) {
	plain := written(t, lease("x", "x", "x", "x", 100, core.RentPaid, paid(1, 100, "x")))
	for _, name := range []string{
		`<script>alert(1)</script>`, `</style><img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `{{.Month}}`, "</title></table>", `&lt;b&gt;`, "a\x00b\r\nc\u202ed", "'; --", strings.Repeat("W", 600),
	} {
		got := written(t, lease(name, name, name, name, 100, core.RentPaid, paid(1, 100, name)))
		if a, b := strings.Count(got, "<"), strings.Count(plain, "<"); a != b {
			t.Errorf("%q: %d tags, not %d", name, a, b)
		}
		if strings.ContainsAny(got, "\x00\r\u202e") {
			t.Errorf("%q went through as it is", name)
		}
	}
}

func TestMonthSheetNamesTheCompany(t *testing.T) {
	for company, want := range map[string]string{
		"":                "<p>Printed June 18",
		"Oakline, Inc.":   "<p>Oakline, Inc. Printed June 18",
		"<b>Oak</b> & Co": "<p>&lt;b&gt;Oak&lt;/b&gt; &amp; Co. Printed June 18",
	} {
		if got := writtenFor(t, company); !strings.Contains(got, want) {
			t.Errorf("%q: the page lacks %q", company, want)
		}
	}
}

func TestMonthSheetOfNothing(t *testing.T) {
	if got := written(t); !strings.Contains(got, "No rent is expected in June 2026.") {
		t.Error(got)
	}
}

func TestSumsOfManyLeasesStopAtTheEndOfNumbers(t *testing.T) {
	var leases []core.LeaseReceipts
	for i := range 3 {
		leases = append(leases, lease(fmt.Sprint(i), "Ana", "Alder Court", "1", 1<<62, core.RentLate))
	}
	if got := written(t, leases...); !strings.Contains(got, "$92,233,720,368,547,758.07") {
		t.Error("the sum has changed its sign")
	}
}
