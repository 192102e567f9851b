package imports_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
)

func TestReportsOfAppFolioAreKnownWithoutTheirNames(t *testing.T) {
	for _, kind := range core.ReportKinds() {
		file, err := os.ReadFile(filepath.Join("../appfolio/sandbox/paper/testdata", string(kind)+"-20260618.csv"))
		if err != nil {
			t.Fatal(err)
		}
		_, nameless, _ := strings.Cut(string(file), "\n")
		for what, file := range map[string]string{"whole": string(file), "without its name": nameless} {
			if k, _, certain := imports.Guess(sheet(t, file)); k != kind || !certain {
				t.Errorf("%s, %s: %q, certain: %v", kind, what, k, certain)
			}
		}
	}
}

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
		{"receipts", "Date,Received From,Amount,Unit\n6/1/2026,Ana,900.00,1A\n", core.TableIncome, imports.Columns{"date": 0, "payer": 1, "amount": 2, "unit": 3}, true},
		{"charges, maybe", "Date,Amount,Unit\n6/1/2026,900.00,1A\n", core.TableIncome, imports.Columns{"date": 0, "amount": 1, "unit": 2}, false},
		{"receipts by their name", "Income Register\nDate,Amount,Unit\n6/1/2026,900.00,1A\n", core.TableIncome, imports.Columns{"date": 0, "amount": 1, "unit": 2}, true},
		{"a directory", "Unit,Tenant,Rent,Lease From,Lease To,Tenant ID\n1A,Ana,900,1/1/2026,12/31/2026,501\n", core.TableRentRoll, imports.Columns{"unit": 0, "tenant": 1, "rent": 2, "from": 3, "to": 4, "tenant_id": 5}, false},
		{"rents of units", "Unit,Tenant,Rent\n1A,Ana,900\n", core.TableRentRoll, imports.Columns{"unit": 0, "tenant": 1, "rent": 2}, false},
		{"nothing of ours", "City,Weather\nAustin,hot\n", "", nil, false},
		{"nothing", "", "", nil, false},
	} {
		kind, columns, certain := imports.Guess(sheet(t, tt.file))
		if kind != tt.kind || !maps.Equal(columns, tt.columns) || certain != tt.certain {
			t.Errorf("%s: %q by %v, certain: %v", tt.what, kind, columns, certain)
		}
	}
}
