package rents_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/rents"
	"rentbell/core/table"
)

func open(t *testing.T, file string) table.Sheet {
	t.Helper()
	f, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRentsOfTables(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		want map[string]core.Cents
	}{
		"a plain list":                       {"Lease ID,Rent\n20931,\"1,250.00\"\n20932,$950\n", map[string]core.Cents{"20931": 125000, "20932": 95000}},
		"amounts as people write them":       {"Lease ID;Monthly Rent\n1;$1,250.00\n2; 900.5 \n3;.75\n4;0\n", map[string]core.Cents{"1": 125000, "2": 90050, "3": 75, "4": 0}},
		"a rent roll":                        {"Rent Roll\nAs of 06/01/2026\nOccupancy ID\tUnit\tTenant\tMarket Rent\tRent\n-> Alder Court\n77\t1A\tDana\t1,500.00\t1,395.00\nTotal\t\t\t1,500.00\t1,395.00\n", map[string]core.Cents{"77": 139500}},
		"what a unit would bring is no rent": {"lease_id,Market Rent,Current Rent\n1,1500,1395\n", map[string]core.Cents{"1": 139500}},
		"charges where there is no rent":     {"Lease ID,Charge\n1,80.00\n", map[string]core.Cents{"1": 8000}},
		"rent before charges":                {"Lease ID,Charge,Rent\n1,80.00,900.00\n", map[string]core.Cents{"1": 90000}},
		"without titles":                     {"20931,1395.00\n20932,950\n", map[string]core.Cents{"20931": 139500, "20932": 95000}},
		"as our own export marks it":         {"Lease ID,Rent\n'=1,900\n", map[string]core.Cents{"=1": 90000}},
	} {
		f := open(t, tt.file)
		c, err := rents.Settle(f, rents.Columns{Lease: -1, Rent: -1})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := rents.Read(f, c); !maps.Equal(got.Rents, tt.want) || len(got.Skipped) > 0 {
			t.Errorf("%s: got %v, want %v", name, got, tt.want)
		}
	}
}

func TestColumnsAreNeverGuessed(t *testing.T) {
	for name, tt := range map[string]struct {
		file string
		want error
	}{
		"no rent":                 {"Lease ID,Name\n1,Dana\n", core.ErrRentColumns},
		"the market's alone":      {"Lease ID,Market Rent\n1,1500\n", core.ErrRentColumns},
		"two that could be it":    {"Lease ID,Rent,Current Rent\n1,1500,1395\n", core.ErrRentColumns},
		"two of one name":         {"Lease ID,Rent,Rent\n1,1500,1395\n", core.ErrRentColumns},
		"no id":                   {"Tenant,Rent\nDana,1500\n", core.ErrNoIDColumn},
		"an id of something else": {"Unit ID,Rent\n1,1500\n", core.ErrColumns},
		"several other ids":       {"Unit ID,Property ID,Rent\n1,2,1500\n", core.ErrColumns},
		"figures without titles":  {"20931,1395\n20932,950\n", core.ErrRentColumns},
		"three without titles":    {"20931,1A,1395.00\n", core.ErrRentColumns},
	} {
		if c, err := rents.Settle(open(t, tt.file), rents.Columns{Lease: -1, Rent: -1}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, %v, want %v", name, c, err, tt.want)
		}
	}
}

func TestAPersonSaysWhichColumnsCount(t *testing.T) {
	f := open(t, "Unit ID,Market Rent\n1,1500\n")
	c, err := rents.Settle(f, rents.Columns{Lease: 0, Rent: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := rents.Read(f, c); got.Rents["1"] != 150000 {
		t.Errorf("got %v", got)
	}
	if _, err := rents.Settle(f, rents.Columns{Lease: 1, Rent: 1}); !errors.Is(err, core.ErrRentColumns) {
		t.Errorf("one column for both: %v", err)
	}
}

func TestRowsWithoutARentAreReported(t *testing.T) {
	f := open(t, "Lease ID,Rent\n1,\n,900.00\n3,1.250\n4,(500.00)\n5,900.00\n5,950.00\n4.4E+18,900\n,\n8,12,3\nTotal,900.00\n9,\"x\n")
	got := rents.Read(f, rents.Columns{Lease: 0, Rent: 1})
	want := []table.Skipped{
		{Line: 2, Fault: rents.FaultNoRent}, {Line: 3, Fault: names.FaultNoID}, {Line: 4, Fault: rents.FaultAmount},
		{Line: 5, Fault: rents.FaultBelow}, {Line: 7, Fault: names.FaultTwice}, {Line: 8, Fault: names.FaultChanged},
		{Line: 10, Fault: table.FaultWide}, {Line: 12, Fault: table.FaultQuote},
	}
	if !slices.Equal(got.Skipped, want) || !maps.Equal(got.Rents, map[string]core.Cents{"5": 90000}) {
		t.Errorf("got %v, want %v", got, want)
	}
}
