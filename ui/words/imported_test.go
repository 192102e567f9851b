package words

import (
	"testing"

	"rentbell/core"
)

func TestAnImportIsToldInWords(t *testing.T) {
	for _, tt := range []struct {
		kind  core.TableKind
		taken core.Taken
		want  string
	}{
		{core.TableOfNames(core.NameLease), core.Taken{Added: 44, Changed: 2}, "46 names imported, 2 changed."},
		{core.TableRents, core.Taken{Added: 1}, "1 rent imported."},
		{core.TableIncome, core.Taken{Added: 12, Same: 400}, "12 payments imported, 400 were there already."},
		{core.TableWorkOrders, core.Taken{Same: 1}, "1 was there already."},
		{core.TableIncome, core.Taken{}, "0 payments imported."},
		{core.TableDelinquency, core.Taken{Added: 1, Changed: 2, Same: 9}, "9 leases agree, 3 differ."},
	} {
		if got := Imported(tt.kind, tt.taken); got != tt.want {
			t.Errorf("%s %+v: %q, want %q", tt.kind, tt.taken, got, tt.want)
		}
	}
}
