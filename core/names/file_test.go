package names_test

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
)

// taken are the names of a file and the titles of their columns.
func taken(t *testing.T, file string, kind core.NameKind) (found map[string]string, titles string, err error) {
	t.Helper()
	f, err := table.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	c, err := names.Settle(f, kind, -1, nil)
	if err != nil {
		return nil, strings.Join(f.Titles, "|"), err
	}
	read := names.Read(f, c, kind)
	if len(read.Skipped) > 0 {
		t.Errorf("%q: skipped %v", file, read.Skipped)
	}
	found = map[string]string{}
	for key, name := range read.Names {
		if key.Kind != kind {
			t.Errorf("%q: %v", file, key)
		}
		found[key.ID] = name
	}
	id, name := names.Said(f, c)
	return found, id + " " + name, nil
}

func TestFilesThatPeopleHave(t *testing.T) {
	for _, tt := range []struct {
		file   string
		kind   core.NameKind
		want   map[string]string
		titles string
		err    error
	}{
		{"utf16le_excel_unicode_text.csv", core.NameLease, map[string]string{"20931": "Ana Ruiz", "20932": "José Peña", "20933": "Zoë Müller", "20934": "Smith, Lee & Co"}, "id name", nil},
		{"cr_only.csv", core.NameLease, map[string]string{"20931": "Ana Ruiz", "20932": "Bo Lee"}, "id name", nil},
		{"sep_line.csv", core.NameLease, map[string]string{"20931": "Ana Ruiz", "20932": "Bo Lee"}, "id name", nil},
		{"nickname_quotes.csv", core.NameLease, map[string]string{"20931": `"Bo" Jackson`, "20932": "Ana Ruiz", "20933": "Kim Ode"}, "id name", nil},
		{"tenants_and_leases.csv", core.NameLease, map[string]string{"20931": "Ana Ruiz", "20932": "Bo Lee"}, "Lease ID Name", nil},
		{"tenants_and_leases.csv", core.NameTenant, nil, "Property ID|Unit ID|Lease ID|Name", core.ErrColumns},
		{"tenants_and_leases.csv", core.NameUnit, nil, "Property ID|Unit ID|Lease ID|Name", core.ErrColumns},
		{"tenants_and_leases.csv", core.NameProperty, nil, "Property ID|Unit ID|Lease ID|Name", core.ErrColumns},
		{"tenant_directory.csv", core.NameTenant, map[string]string{"501": "Ana Ruiz", "502": "Bo Lee"}, "Tenant ID First Name+Last Name", nil},
		{"tenant_directory.csv", core.NameLease, nil, "Property|Unit|Tenant|First Name|Last Name|Status|Tags|Phone Numbers|Emails|Move-in|Lease To|Rent|Tenant ID|Occupancy ID", core.ErrColumns},
		{"unit_directory.csv", core.NameUnit, map[string]string{"9001": "1A", "9002": "1B"}, "Unit ID Unit Name", nil},
		{"rent_roll.csv", core.NameLease, nil, "Property Name|Unit|BD/BA|Tenant|Status|Sqft|Market Rent|Rent|Deposit|Lease From|Lease To|Move-in", core.ErrNoIDColumn},
		{"german_header.csv", core.NameLease, nil, "Kennung|Name", core.ErrNoIDColumn},
	} {
		file, err := os.ReadFile(filepath.Join("testdata", tt.file))
		if err != nil {
			t.Fatal(err)
		}
		got, titles, err := taken(t, string(file), tt.kind)
		if !maps.Equal(got, tt.want) || titles != tt.titles || !errors.Is(err, tt.err) {
			t.Errorf("%s as %s: %q by %q, %v; want %q by %q, %v", tt.file, tt.kind, got, titles, err, tt.want, tt.titles, tt.err)
		}
	}
}

func TestColumnsAreNeverGuessed(t *testing.T) {
	const unsure = "unsure"
	for _, tt := range []struct {
		head string
		kind core.NameKind
		want string
	}{
		{"Name,ID", core.NameLease, "ID Name"},
		{"Tenant ID,ID,Name", core.NameLease, "ID Name"},
		{"ID,lease_id,Name", core.NameLease, "lease_id Name"},
		{"LeaseId,TenantName", core.NameLease, "LeaseId TenantName"},
		{"Account ID,Name", core.NameVendor, "Account ID Name"},
		{"Occupancy ID,Tenant", core.NameLease, "Occupancy ID Tenant"},
		{"Occupancy ID,Tenant", core.NameTenant, unsure},
		{"Tenant ID,Name", core.NameLease, unsure},
		{"Property ID,Name", core.NameUnit, unsure},
		{"Account ID,External ID,Name", core.NameLease, unsure},
		{"Lease ID,Lease ID,Name", core.NameLease, unsure},
		{"Lease ID,Name,Name", core.NameLease, unsure},
		{"Lease ID,Property Name", core.NameLease, unsure},
		{"Lease ID,Property,Unit,Tenant,Tenant ID", core.NameLease, "Lease ID Tenant"},
		{"Property ID,Property,Unit ID,Name", core.NameProperty, "Property ID Property"},
		{"Property ID,Vendor ID,Name", core.NameProperty, "Property ID Name"},
		{"Vendor ID,Company Name,First Name,Last Name", core.NameVendor, "Vendor ID Company Name"},
		{"Vendor ID,First Name,Last Name", core.NameVendor, "Vendor ID First Name+Last Name"},
		{"Unit ID,Type,Name", core.NameUnit, "Unit ID Name"},
		{"Property ID,Property Type,Property Name", core.NameProperty, "Property ID Property Name"},
		{"Lease ID,First Name", core.NameLease, unsure},
		{"Lease,Name", core.NameLease, unsure},
		{"Amount Paid,Name", core.NameLease, unsure},
	} {
		f, err := table.Open(strings.NewReader(tt.head + "\n7,8,9,10,11\n"))
		if err != nil {
			t.Fatal(err)
		}
		got := unsure
		if c, err := names.Settle(f, tt.kind, -1, nil); err == nil {
			id, name := names.Said(f, c)
			got = id + " " + name
		} else if !errors.Is(err, core.ErrColumns) && !errors.Is(err, core.ErrNoIDColumn) {
			t.Errorf("%s: %v", tt.head, err)
		}
		if got != tt.want {
			t.Errorf("%s as %s: %s, want %s", tt.head, tt.kind, got, tt.want)
		}
	}
}

func TestTablesWithoutTitles(t *testing.T) {
	for file, want := range map[string]bool{
		"20931,Ana\n20932,Bo\n":       true,
		"9001,20931\n9002,20932\n":    false, // two ids
		"20931,Ana,Alder Court,5\n":   false,
		"Ana,20931\nBo,20932\n":       false,
		"Handy,Handy & Daughter\n":    false,
		"Tunnus;Nimi\nHandy;Jo\n":     false,
		"20931,Ana\nTotal,\n,\n":      true,
		"20931\n20932\n":              true, // ids alone: each row says that it has no name
		"195c19cb-ba6b,Ana\nV-12,B\n": true,
	} {
		f, err := table.Open(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := names.Settle(f, core.NameLease, -1, nil); (err == nil) != want {
			t.Errorf("%q: %v", file, err)
		}
	}
}

func TestNamesOfPeopleFillTheirGaps(t *testing.T) {
	got, _, err := taken(t, "Tenant ID,Tenant,First Name,Last Name\n1,\"Ruiz, Ana\",Ana,Ruiz\n2,\"Cedar Dental, DDS\",,\n3,Cher,Cher,\n", core.NameTenant)
	if want := map[string]string{"1": "Ana Ruiz", "2": "Cedar Dental, DDS", "3": "Cher"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("tenants: %q, %v", got, err)
	}
	got, _, err = taken(t, "Vendor ID,Company Name,First Name,Last Name\n1,Oak Line,Jo,Oak\n2,,Jo,Tolliver\n", core.NameVendor)
	if want := map[string]string{"1": "Oak Line", "2": "Jo Tolliver"}; err != nil || !maps.Equal(got, want) {
		t.Errorf("vendors: %q, %v", got, err)
	}
}

func TestAPersonSaysWhichColumnsCount(t *testing.T) {
	const file = "Tenants of Alder Court\nKennung;Wer\n20931;Ana\n20932;Bo\n"
	f, err := table.Open(strings.NewReader(file), "kennung", "Wer")
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Kennung", "Wer"}; !slices.Equal(f.Titles, want) {
		t.Fatalf("titles %q", f.Titles)
	}
	c, err := names.Settle(f, core.NameTenant, f.Column("KENNUNG"), []int{f.Column("Wer")})
	if err != nil {
		t.Fatal(err)
	}
	got := names.Read(f, c, core.NameTenant).Names
	if want := map[core.NameKey]string{{Kind: core.NameTenant, ID: "20931"}: "Ana", {Kind: core.NameTenant, ID: "20932"}: "Bo"}; !maps.Equal(got, want) {
		t.Errorf("names %q", got)
	}
	if f.Column("Name") >= 0 || f.Column("") >= 0 {
		t.Error("a column without that title is found")
	}
	f, err = table.Open(strings.NewReader("id,Name,name\n1,Ana,Bo\n"))
	if err != nil || f.Column("name") != 2 || f.Column("NAME") >= 0 {
		t.Errorf("of two that read the same: %d and %d, %v", f.Column("name"), f.Column("NAME"), err)
	}
}
