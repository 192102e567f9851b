package bell_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
)

// takeIncome imports an income register of receipts of a day with these numbers.
func takeIncome(t *testing.T, d *desk, day core.Date, numbers ...int) core.Taken {
	t.Helper()
	file := "Receipt ID,Receipt Date,Receipt Amount,Payer,Property,Unit,Reference\n"
	for _, n := range numbers {
		file += fmt.Sprintf("%d,%s,\"1,450.00\",Dana Whitfield,Alder Court,1B,R-%d\n", n, day, n)
	}
	sheet, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	kind, columns, _ := imports.Guess(sheet)
	taken, err := d.Import(t.Context(), "income.csv", imports.Read(sheet, kind, columns), false)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func TestTheFirstReportRingsNothingAndALaterOneForWhatIsNew(t *testing.T) {
	t.Parallel() // it waits in real time
	d := withReports(t, t.TempDir())
	changes := watch(t, d, func(c core.Change) core.Change { return c })
	d.run(t)
	rings := make(chan core.Ring, 10) // more than there are
	go func() {                       // the Bell must not wait for this test
		for {
			select {
			case c := <-changes:
				if c.Ring != nil {
					rings <- *c.Ring
				}
			case <-t.Context().Done():
				return
			}
		}
	}()
	today := core.DateOf(time.Now())
	if taken := takeIncome(t, d, today, 1, 2); taken != (core.Taken{Added: 2}) {
		t.Errorf("the first file: %+v", taken)
	}
	if taken := takeIncome(t, d, today, 2, 3); taken != (core.Taken{Added: 1, Same: 1}) {
		t.Errorf("the second file: %+v", taken)
	}
	select {
	case ring := <-rings:
		if ring.Count != 1 || ring.Event == nil || ring.Event.ID != "receipt:3" || ring.Received != 145000 {
			t.Errorf("ring = %+v, want one for the third receipt", ring)
		}
	case <-time.After(20 * time.Second):
		t.Error("the bell never rang")
	}
}

func TestWhatReportsTellIsNoDeliveryWithARightSignature(t *testing.T) {
	d, _ := examined(t)
	takeIncome(t, d, core.DateOf(time.Now()), 1, 2)
	for _, c := range d.Check(t.Context()).Checks {
		if c.Name == core.CheckSignatures && (c.Good != 0 || c.State != core.CheckUnknown) {
			t.Errorf("signatures: %+v, want none matched", c)
		}
	}
	for range 2 {
		post(t, d.url, rent("evt_1", 5), "0")
	}
	d.expect(t, core.CheckSignatures, core.CheckWarn, core.ErrSecretDiffers)
}
