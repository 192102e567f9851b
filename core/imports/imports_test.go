package imports_test

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
)

func sheet(t *testing.T, file string) table.Sheet {
	t.Helper()
	s, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestColumnsThatAreCertainNeedNobody(t *testing.T) {
	s := sheet(t, "Tenant ID,Tenant,First Name,Last Name\n1,\"Ruiz, Ana\",Ana,Ruiz\n2,\"Cedar Dental, DDS\",,\n")
	c, err := imports.Settle(s, core.TableOfNames(core.NameTenant), nil)
	if want := (imports.Columns{imports.RoleID: 0, imports.RoleName: 1, imports.RoleFirst: 2, imports.RoleLast: 3}); err != nil || !maps.Equal(c, want) {
		t.Fatalf("columns %v, %v", c, err)
	}
	got := imports.Read(s, core.TableOfNames(core.NameTenant), c)
	want := map[core.NameKey]string{{Kind: core.NameTenant, ID: "1"}: "Ana Ruiz", {Kind: core.NameTenant, ID: "2"}: "Cedar Dental, DDS"}
	if !maps.Equal(got.Names, want) || got.Count() != 2 {
		t.Errorf("names %v", got.Names)
	}
}

func TestAPersonSaysWhatIsNotCertain(t *testing.T) {
	s := sheet(t, "Lease,Who,Pays\n20931,Ana,\"1,250.00\"\n20932,Bo,\n")
	c, err := imports.Settle(s, core.TableRents, nil)
	if !errors.Is(err, core.ErrNoIDColumn) || len(c) > 0 {
		t.Fatalf("settled %v, %v", c, err)
	}
	c, err = imports.Settle(s, core.TableRents, imports.Columns{imports.RoleLease: 0, imports.RoleRent: 2})
	if err != nil {
		t.Fatal(err)
	}
	got := imports.Read(s, core.TableRents, c)
	if want := map[string]core.Cents{"20931": 125000}; !maps.Equal(got.Rents, want) || len(got.Skipped) != 1 || got.Skipped[0].Line != 3 {
		t.Errorf("rents %v, skipped %v", got.Rents, got.Skipped)
	}
}
