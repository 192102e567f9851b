package bell_test

import (
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
)

// take imports a table whose columns are certain.
func (d *desk) take(t *testing.T, file string, k core.TableKind, rows string) core.Taken {
	t.Helper()
	s, err := table.Open(strings.NewReader(rows))
	if err != nil {
		t.Fatal(err)
	}
	c, err := imports.Settle(s, k, nil)
	if err != nil {
		t.Fatal(err)
	}
	taken, err := d.Import(t.Context(), file, imports.Read(s, k, c), false)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func TestOfAReportRentsAndNamesAreUndoneAndNoEvent(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, dir)
	d.run(t)
	d.take(t, "rents.csv", core.TableRents, "Lease ID,Rent\n20931,900.00\n")
	const roll = "Unit,Tenant,Rent,Lease From,Lease To,Lease ID\n1A,Ana Ruiz,950.00,01/01/2026,12/31/2026,20931\n1B,Bo Lee,700.00,01/01/2026,12/31/2026,20932\n"
	if taken := d.take(t, "roll.csv", core.TableRentRoll, roll); taken.Added != 2 {
		t.Errorf("taken %+v", taken)
	}
	d.take(t, "receipts.csv", core.TableIncome, "Receipt ID,Receipt Date,Payer,Receipt Amount,Lease ID\n71,06/02/2026,Ana Ruiz,950.00,20931\n")
	past, err := d.LastImport()
	if err != nil || past.File != "roll.csv" || past.Kind != core.TableRentRoll || past.Taken.Added != 2 {
		t.Errorf("the last import that can be undone is %+v, %v", past, err)
	}
	if err := d.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ana R."}); err != nil {
		t.Fatal(err)
	}
	done, err := d.UndoImport(t.Context(), past)
	if err != nil || done != (core.Undone{Back: 4}) { // two rents and two names
		t.Errorf("undone %+v, %v", done, err)
	}
	if rent := d.Terms("20931").Imported; rent == nil || *rent != 900_00 || d.Terms("20932").Imported != nil {
		t.Errorf("rents are %v and %v", rent, d.Terms("20932").Imported)
	}
	if name := d.Names().Of(core.NameKey{Kind: core.NameLease, ID: "20931"}); name != (core.Name{Given: "Ana R."}) {
		t.Errorf("the name is %+v", name)
	}
	if s := d.Status(); s.Summary.Events != 3 {
		t.Errorf("%d events, want two leases and a payment", s.Summary.Events)
	}
	if taken := d.take(t, "roll.csv", core.TableRentRoll, roll); taken.Same != 2 {
		t.Errorf("taken again %+v", taken)
	}
	if rent := d.Terms("20932").Imported; rent == nil || *rent != 700_00 {
		t.Errorf("imported again, the rent is %v", rent)
	}
}
