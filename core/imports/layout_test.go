package imports_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/imports"
)

func TestALayoutCountsForTablesWithTheSameTitles(t *testing.T) {
	const file = "Who,Vertrag Nr.,Pays\nAna,20931,\"1,250.00\"\n"
	picked := imports.Columns{imports.RoleLease: 1, imports.RoleRent: 2}
	layout, told := imports.LayoutOf(sheet(t, file), core.TableRents, picked)
	if !told {
		t.Fatal("a table with titles has no layout")
	}
	other := layout
	other.Titles = "of other titles"
	for next, want := range map[string]bool{
		"WHO,vertrag nr,Pays:\nBo,20932,900\n":         true, // as people write the same titles
		"July\n\nWho,Vertrag Nr.,Pays\nBo,20932,900\n": true, // below a line of its own
		"Who,Pays,Vertrag Nr.\nBo,900,20932\n":         false,
		"Who,Vertrag Nr.,Pays,Note\nBo,20932,900,\n":   false,
		"Bo,20932,900\n":                                   false,
		strings.Repeat("x\n", 20) + file:                   false,
		"Who Vertrag,Nr.,Pays\nBo,20932,900\n":             false, // the same words in other cells
		"a,b,c\n1,2,3\nWho,Vertrag Nr.,Pays\nBo,20932,9\n": true,
	} {
		r, found := imports.Recall([]core.Layout{other, layout, other}, sheet(t, next), core.TableRents)
		if found != want || found && !maps.Equal(r.Columns, picked) {
			t.Errorf("%q: %v, %v", next, r.Columns, found)
		}
		if found && len(imports.Read(r.Sheet, r.Kind, r.Columns).Rents) != 1 {
			t.Errorf("%q: read %+v", next, imports.Read(r.Sheet, r.Kind, r.Columns))
		}
	}
	if r, found := imports.Recall([]core.Layout{layout}, sheet(t, file)); !found || r.Kind != core.TableRents {
		t.Errorf("of any kind: %v, %v", r.Kind, found)
	}
	if _, found := imports.Recall([]core.Layout{layout}, sheet(t, file), core.TableOfNames(core.NameLease)); found {
		t.Error("a layout of rents counts for names")
	}
}

func TestLayoutsHaveAllThatSettleFinds(t *testing.T) {
	const file = "Tenant ID,Tenant,First Name,Middle Name,Last Name\n1,\"Ruiz, Ana\",Ana,B.,Ruiz\n2,Cedar Dental,,,\n"
	s, kind := sheet(t, file), core.TableOfNames(core.NameTenant)
	settled, err := imports.Settle(s, kind, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []imports.Columns{
		settled,
		{imports.RoleID: 0, imports.RoleName: 1},
		{imports.RoleID: 0, imports.RoleFirst: 4, imports.RoleLast: 2},
		{imports.RoleID: 0, imports.RoleFirst: 2, imports.RoleMiddle: 3, imports.RoleLast: 4},
	} {
		layout, _ := imports.LayoutOf(s, kind, c)
		r, found := imports.Recall([]core.Layout{layout}, sheet(t, file), kind)
		if !found || !maps.Equal(r.Columns, c) {
			t.Errorf("%v: %v, %v", c, r.Columns, found)
		}
		got, want := imports.Read(r.Sheet, kind, r.Columns), imports.Read(s, kind, c)
		if !maps.Equal(got.Names, want.Names) {
			t.Errorf("%v: %v, want %v", c, got.Names, want.Names)
		}
	}
}

func TestLayoutsThatFitNothingAreNone(t *testing.T) {
	s := sheet(t, "Who,Pays\nAna,5.00\n")
	good, _ := imports.LayoutOf(s, core.TableRents, imports.Columns{imports.RoleLease: 0, imports.RoleRent: 1})
	if _, found := imports.Recall([]core.Layout{good}, s); !found {
		t.Fatal("no layout")
	}
	for _, bad := range []core.Layout{
		{}, {Kind: "boats", Titles: good.Titles, Columns: good.Columns},
		{Kind: core.TableRents, Titles: good.Titles},
		{Kind: core.TableRents, Titles: good.Titles, Columns: map[string]int{"lease": 0, "rent": 2}},
		{Kind: core.TableRents, Titles: good.Titles, Columns: map[string]int{"lease": 0, "rent": 0}},
		{Kind: core.TableRents, Titles: good.Titles, Columns: map[string]int{"lease": -5, "rent": 1}},
	} {
		if r, found := imports.Recall([]core.Layout{bad}, s); found {
			t.Errorf("%+v: %+v", bad, r)
		}
	}
	if l, told := imports.LayoutOf(sheet(t, "7,900.00\n8,950.00\n"), core.TableRents, rentsInOrder()); told {
		t.Errorf("a table without titles has the layout %+v", l)
	}
	wide := sheet(t, strings.Repeat(strings.Repeat("x", 30_000)+",", 30)+"Lease ID,Rent\n")
	if l, _ := imports.LayoutOf(wide, core.TableRents, rentsInOrder()); len(fmt.Sprint(l)) > 300 {
		t.Errorf("the layout of a hostile table takes %d bytes", len(fmt.Sprint(l)))
	}
}

func rentsInOrder() imports.Columns {
	return imports.Columns{imports.RoleLease: 0, imports.RoleRent: 1}
}
