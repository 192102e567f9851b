package imports_test

import (
	"maps"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
)

func TestWhatATableIsLikelyToHold(t *testing.T) {
	lease, tenant, unit := core.TableOfNames(core.NameLease), core.TableOfNames(core.NameTenant), core.TableOfNames(core.NameUnit)
	names := imports.Columns{imports.RoleID: 0, imports.RoleName: 1}
	for _, tt := range []struct {
		what, file string
		kind       core.TableKind
		columns    imports.Columns
		certain    bool
	}{
		{"names of leases", "Lease ID,Name\n20931,Ana\n", lease, names, true},
		{"names of tenants", "Tenant ID,Name\n501,Ana\n", tenant, names, true},
		{"names of units", "Unit ID,Unit Name,Property\n9001,1A,Alder Court\n", unit, names, true},
		{"what Rentbell wrote", "kind,id,name\nlease,20931,Ana\nunit,9001,1A\n", lease, imports.Columns{imports.RoleID: 1, imports.RoleName: 2}, true},
		{"rents", "Lease ID,Rent\n20931,900.00\n", core.TableRents, rentsInOrder(), true},
		{"ids of anything", "ID,Name\n20931,Ana\n", lease, names, false},
		{"rents or names", "Lease ID,Name,Rent\n20931,Ana,900\n", core.TableRents, imports.Columns{imports.RoleLease: 0, imports.RoleRent: 2}, false},
		{"names by their values", "Vertrag,Wer\n20931,Ana Ruiz\n20932,Bo\n", lease, names, false},
		{"rents by their values", "Wer,Vertrag,Betrag,Seit\nAna,L-20931,\"$1,250.00\",2026-06-01\nTotal,,\"$1,250.00\",\n", core.TableRents, imports.Columns{imports.RoleLease: 1, imports.RoleRent: 2}, false},
		{"no titles", "20931,Ana Ruiz\n20932,Bo\n", lease, names, false},
		{"nothing of ours", "City,Weather\nAustin,hot\n", "", nil, false},
		{"nothing", "", "", nil, false},
	} {
		kind, columns, certain := imports.Guess(sheet(t, tt.file))
		if kind != tt.kind || !maps.Equal(columns, tt.columns) || certain != tt.certain {
			t.Errorf("%s: %q by %v, certain: %v", tt.what, kind, columns, certain)
		}
	}
}
