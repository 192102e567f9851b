package names_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
	"rentbell/store/ledgertest"
)

// readNames reads a file whose titles say which columns count.
func readNames(r io.Reader, kind core.NameKind) (names.Import, error) {
	f, err := table.Open(r)
	if err != nil {
		return names.Import{}, err
	}
	c, err := names.Settle(f, kind, -1, nil)
	if err != nil {
		return names.Import{}, err
	}
	return names.Read(f, c, kind), nil
}

func TestFilesOfNames(t *testing.T) {
	leases := func(names ...string) map[core.NameKey]string {
		m := map[core.NameKey]string{}
		for i := 0; i < len(names); i += 2 {
			m[core.NameKey{Kind: core.NameLease, ID: names[i]}] = names[i+1]
		}
		return m
	}
	skip := func(line int, fault table.Fault) []table.Skipped {
		return []table.Skipped{{Line: line, Fault: fault}}
	}
	tests := []struct {
		name, file string
		want       map[core.NameKey]string
		skipped    []table.Skipped
	}{
		{"empty", "", leases(), nil},
		{"a mark alone", "\ufeff", leases(), nil},
		{"with a header", "\ufeffid,name\r\n20931,Ines Hall\r\n", leases("20931", "Ines Hall"), nil},
		{"without one", "20931,Ines Hall", leases("20931", "Ines Hall"), nil},
		{"columns in another order", "Name,Rent,Lease ID\nInes Hall,640,20931\n", leases("20931", "Ines Hall"), nil},
		{"semicolons", "id;name\n1;\"Hall, Ines\"\n", leases("1", "Hall, Ines"), nil},
		{"tabs", "id\tname\n1\tHall; Ines\n", leases("1", "Hall; Ines"), nil},
		{"kinds", "id,name,kind\n1,2A,Unit\n1,Ines,\n", map[core.NameKey]string{
			{Kind: core.NameUnit, ID: "1"}: "2A", {Kind: core.NameLease, ID: "1"}: "Ines"}, nil},
		{"a kind of none", "1,Ines,boat\n", leases(), skip(1, names.FaultKind)},
		{"rows of nothing", "id,name\n\n,\n1,Ines\n,,,\n", leases("1", "Ines"), nil},
		{"no id", "id,name\n,Ines\n2,Bo\n", leases("2", "Bo"), skip(2, names.FaultNoID)},
		{"no name", "1\n2,\u200b\n3,Bo", leases("3", "Bo"),
			[]table.Skipped{{Line: 1, Fault: names.FaultNoName}, {Line: 2, Fault: names.FaultNoName}}},
		{"long", "1," + strings.Repeat("x", 201) + "\n" + strings.Repeat("9", 513) + ",Bo\n", leases(),
			[]table.Skipped{{Line: 1, Fault: names.FaultLongName}, {Line: 2, Fault: names.FaultLongID}}},
		{"Windows-1252", "1,M\xfcller\n2,Bo", leases("1", "Müller", "2", "Bo"), nil},
		{"UTF-8 with a flaw", "1,M\xfcller\n2,Añá", leases("2", "Añá"), skip(1, names.FaultNotText)},
		{"UTF-16", "\xff\xfe1\x00,\x00B\x00", leases("1", "B"), nil},
		{"UTF-16 that was cut", "\xff\xfe1\x00,\x00\x00\xd8B\x00\n\x002\x00\x00\xd8,\x00C\x00", leases("1", "\ufffdB"), skip(2, names.FaultNotText)},
		{"twice", "1,Ines\n1,Bo\n", leases("1", "Ines"), skip(2, names.FaultTwice)},
		{"control characters", "1,\"Ines\n\x00\tHall\u202e\"\n", leases("1", "Ines Hall"), nil},
		{"an id with control characters", "\"1\x00\",Ines\n", leases(), skip(1, names.FaultNotText)},
		{"what an export neutralised", "1,'=SUM(A1)\n2,'Bo\n", leases("1", "=SUM(A1)", "2", "'Bo"), nil},
		{"a quote that never ends", "1,Ines\n2,\"Bo\n3,Lee\n", leases("1", "Ines", "3", "Lee"), skip(2, table.FaultQuote)},
		{"more cells than titles", "id,name\n1,Hall, Ines\n2,Bo,,\n", leases("2", "Bo"), skip(2, table.FaultWide)},
		{"titles that come again", "id,name\n1,Ines\n\nid,name\n2,Bo\n", leases("1", "Ines", "2", "Bo"), nil},
		{"sums and groups", "Lease ID,Tenant,Rent\n-> Alder Court,,\n1,Ines,5\n,,5\nTotal,,5\n,Total,\n", leases("1", "Ines"), nil},
		{"a sum below the ids", "Lease ID,Name\n1,Ines\nTotal,1\n2,Total\n", leases("1", "Ines", "2", "Total"), skip(3, names.FaultNoID)},
		{"a sum below the names", "Name,Lease ID\nInes,1\nGrand Total,2\n", leases("1", "Ines"), skip(3, names.FaultNoName)},
		{"rounded ids", "id,name\n4.40012E+18,Ines\n4,40012E+18\n", leases("4", "40012E+18"), skip(2, names.FaultChanged)},
		{"ids as numbers", "id;name\n20931.0;Ines\n20,931;Bo\n1.2;Lee\n", leases("1.2", "Lee"),
			[]table.Skipped{{Line: 2, Fault: names.FaultChanged}, {Line: 3, Fault: names.FaultChanged}}},
		{"kinds of another list", "Lease ID,Name,Kind\n1,Ines,Residential\n", leases("1", "Ines"), nil},
		{"kinds of ours and others", "Lease ID,Name,Kind\n1,Ines,lease\n2,Bo,boat\n", leases("1", "Ines"), skip(3, names.FaultKind)},
		{"ids kept as text", "id,name\n=\"0012\",Ines\n", leases("0012", "Ines"), nil},
		{"quotes anywhere", "1,Ines \"I\" Hall\n", leases("1", `Ines "I" Hall`), nil},
	}
	for _, tt := range tests {
		got, err := readNames(strings.NewReader(tt.file), core.NameLease)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if !maps.Equal(got.Names, tt.want) || !slices.Equal(got.Skipped, tt.skipped) {
			t.Errorf("%s: %q, skipped %v, want %q and %v", tt.name, got.Names, got.Skipped, tt.want, tt.skipped)
		}
	}
}

func TestFilesOfNamesAreBounded(t *testing.T) {
	for name, file := range map[string]io.Reader{
		"bytes": io.LimitReader(endless{}, 6<<20),
		"rows":  strings.NewReader(strings.Repeat("1,a\n", 100_002)),
	} {
		if _, err := readNames(file, core.NameLease); !errors.Is(err, core.ErrTableTooLarge) {
			t.Errorf("too many %s: %v", name, err)
		}
	}
	if _, err := readNames(strings.NewReader("id,name\n"+strings.Repeat("1,a\n", 100_000)), core.NameLease); err != nil {
		t.Errorf("as many rows as may be: %v", err)
	}
}

// endless is a file of commas.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ','
	}
	return len(p), nil
}

func TestExportedNamesCanBeImported(t *testing.T) {
	want := map[core.NameKey]string{
		{Kind: core.NameLease, ID: "2"}:     "=HYPERLINK(\"x\")",
		{Kind: core.NameLease, ID: "=1"}:    "Dana, and Lee",
		{Kind: core.NameLease, ID: "3"}:     `Ana; =1+1|"-x`,
		{Kind: core.NameVendor, ID: "v7"}:   "Handy & Daughter",
		{Kind: core.NameProperty, ID: "12"}: "Alder Court",
	}
	of := map[core.NameKey]core.Name{{Kind: core.NameUnit, ID: "u"}: {Learned: "comes back by itself"}}
	for key, name := range want {
		of[key] = core.Name{Given: name}
	}
	var file bytes.Buffer
	if err := names.Write(&file, names.NewTable(of), ""); err != nil {
		t.Fatal(err)
	}
	if wantFile := "\ufeffkind,id,name\n\"lease\",\"2\",\"'=HYPERLINK(\"\"x\"\")\"\n\"lease\",\"3\",\"Ana; '=1+1|'\"\"-x\"\n\"lease\",\"'=1\",\"Dana, and Lee\"\n" +
		"\"property\",\"12\",\"Alder Court\"\n\"vendor\",\"v7\",\"Handy & Daughter\"\n"; file.String() != wantFile {
		t.Errorf("the file is\n%s\nwant\n%s", file.String(), wantFile)
	}
	got, err := readNames(&file, core.NameTenant)
	if err != nil || len(got.Skipped) > 0 || !maps.Equal(got.Names, want) {
		t.Errorf("read back: %q, skipped %v, %v", got.Names, got.Skipped, err)
	}
	if err := names.Write(&ledgertest.SmallDisk{}, names.NewTable(of), ""); !errors.Is(err, ledgertest.ErrFull) {
		t.Errorf("on a full disk: %v", err)
	}
}

// cellsOf reads a file of ours with a separator, with and without respect for quotes.
func cellsOf(t *testing.T, file string, separator rune) (cells []string) {
	t.Helper()
	file = strings.TrimPrefix(file, core.ByteOrderMark)
	for line := range strings.Lines(file) {
		cells = append(cells, strings.Split(strings.TrimSuffix(line, "\n"), string(separator))...)
	}
	r := csv.NewReader(strings.NewReader(file))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, separator != ',', -1
	rows, err := r.ReadAll()
	if err != nil && separator == ',' {
		t.Fatalf("%q: %v", file, err)
	}
	for _, cell := range slices.Concat(rows...) {
		if r.LazyQuotes { // a quote may seem open at the end of a line
			cell = strings.ReplaceAll(cell, "\n", " ")
		}
		cells = append(cells, cell)
	}
	return cells
}

// FuzzReadNames reads any file: names come out clean, and an export of them
// reads back as the same names, in which no program finds a cell that begins a formula.
func FuzzReadNames(f *testing.F) {
	for _, seed := range []string{
		"id,name\n20931,Ines Hall\n", "\ufeffid;name;kind\r\n1;=1+1;unit\r\n", "1,\"a\nb\"\n1,b", "'=1,'\t@x", "1,'\x01@x", "1,\x1d'@x", "\xff\xfe1\x00", "name,lease id\n\"\"\"\",\"", ",,,\n\r\n",
		"id,name\n1,;\n2,\"|\"\"\"\n", "id,name\n;=1,a;\n|-2,\"b|\"\"=\"\n",
		"1,\u202ea\u200b\x00", "1,\u202ea\u200c\x00", "kind,id,name\nvendor,'-v,'＝x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		found, err := readNames(strings.NewReader(file), core.NameLease)
		if err != nil {
			t.Skip() // too large, or nobody knows which column is what
		}
		of := map[core.NameKey]core.Name{}
		for key, name := range found.Names {
			if !key.Usable() || name == "" || core.CleanName(name) != name {
				t.Fatalf("%q is read as %+v, %q", file, key, name)
			}
			of[key] = core.Name{Given: name}
		}
		var out bytes.Buffer
		if err := names.Write(&out, names.NewTable(of), ""); err != nil {
			t.Fatal(err)
		}
		for _, separator := range ",;\t|" {
			for _, cell := range cellsOf(t, out.String(), separator) {
				if core.StartsFormula(cell) {
					t.Errorf("%q is written with the formula %q to a program that separates by %q", file, cell, separator)
				}
			}
		}
		again, err := readNames(&out, core.NameLease)
		if err != nil || !maps.Equal(again.Names, found.Names) {
			t.Errorf("%q is read as %q, and after an export as %q, %v", file, found.Names, again.Names, err)
		}
	})
}
