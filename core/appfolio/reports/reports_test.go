package reports_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/table"
)

func open(t testing.TB, file string) table.Sheet {
	t.Helper()
	s, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read reads a report whose columns are certain.
func read(t testing.TB, k core.TableKind, file string) (reports.Report, []table.Skipped) {
	t.Helper()
	s := open(t, file)
	c, err := reports.Settle(s, k, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, file)
	}
	return reports.Read(s, k, c)
}

func TestReportsOfAppFolioAreReadWhole(t *testing.T) {
	for _, tt := range []struct {
		kind  core.TableKind
		count int
	}{
		{core.TableIncome, 153}, {core.TableRentRoll, 46}, {core.TableDelinquency, 5}, {core.TableWorkOrders, 56},
	} {
		s, err := table.OpenFile(fmt.Sprintf("../sandbox/paper/testdata/%s-20260618.csv", tt.kind))
		if err != nil {
			t.Fatal(err)
		}
		c, err := reports.Settle(s, tt.kind, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, skipped := reports.Read(s, tt.kind, c)
		if got.Count() != tt.count || len(skipped) > 0 {
			t.Errorf("%s: %d, want %d; skipped %v", tt.kind, got.Count(), tt.count, skipped)
		}
	}
}

func TestColumnsThatAreNotCertainAreNamed(t *testing.T) {
	for name, tt := range map[string]struct {
		kind core.TableKind
		head string
		want []reports.Role
	}{
		"no amount":          {core.TableIncome, "Receipt ID,Receipt Date,Payer,Unit", []reports.Role{reports.RoleAmount}},
		"two dates":          {core.TableIncome, "Date,Date,Amount,Unit", []reports.Role{reports.RoleDate}},
		"two units":          {core.TableIncome, "Receipt Date,Amount,Unit,unit", []reports.Role{reports.RoleUnit}},
		"of another report":  {core.TableWorkOrders, "Property,Unit,Tenant,Rent", []reports.Role{reports.RoleNumber, reports.RoleStatus}},
		"rent on the market": {core.TableRentRoll, "Property,Unit,Tenant,Market Rent", []reports.Role{reports.RoleRent}},
	} {
		_, err := reports.Settle(open(t, tt.head+"\n1,2,3,4\n"), tt.kind, nil)
		var unsure *reports.ColumnsError
		if !errors.As(err, &unsure) || !errors.Is(err, core.ErrReportColumns) || !slices.Equal(unsure.Roles, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	s := open(t, "Date,Date,Amount,Unit\n1,06/01/2026,5,4\n")
	c, err := reports.Settle(s, core.TableIncome, reports.Columns{reports.RoleDate: 1})
	if err != nil || c[reports.RoleDate] != 1 || c[reports.RoleAmount] != 2 {
		t.Errorf("a person said which: %v, %v", c, err)
	}
}
