package table_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"rentbell/core"
	"rentbell/core/table"
)

// told is a table as a test writes it: a row a line, cells between bars.
func told(t table.Table) string {
	var all strings.Builder
	for _, row := range t.Rows {
		fmt.Fprintf(&all, "%d|%s", row.Line, strings.Join(row.Cells, "|"))
		if row.Fault != "" {
			fmt.Fprintf(&all, "! %s", row.Fault)
		}
		all.WriteByte('\n')
	}
	return all.String()
}

func read(t *testing.T, file string) table.Table {
	t.Helper()
	got, err := table.Read(strings.NewReader(file))
	if err != nil {
		t.Fatalf("%q: %v", file, err)
	}
	return got
}

func TestDialects(t *testing.T) {
	const plain = "1|id|name\n2|1|Ana\n3|2|Bo\n"
	for name, tt := range map[string]struct {
		file     string
		sep      rune
		encoding table.Encoding
		want     string
	}{
		"LF":                     {"id,name\n1,Ana\n2,Bo\n", ',', table.UTF8, plain},
		"CRLF":                   {"id,name\r\n1,Ana\r\n2,Bo\r\n", ',', table.UTF8, plain},
		"CR":                     {"id,name\r1,Ana\r2,Bo\r", ',', table.UTF8, plain},
		"all of them, no end":    {"id,name\r\n1,Ana\r2,Bo", ',', table.UTF8, plain},
		"UTF-8 with its mark":    {"\ufeffid,name\n1,Añá\n2,Bo\n", ',', table.UTF8, "1|id|name\n2|1|Añá\n3|2|Bo\n"},
		"UTF-16 little-endian":   {utf16Of("id\tname\r\n1\tZoë\r\n", false), '\t', table.UTF16LE, "1|id|name\n2|1|Zoë\n"},
		"UTF-16 big-endian":      {utf16Of("id\tname\r\n1\t安娜\r\n", true), '\t', table.UTF16BE, "1|id|name\n2|1|安娜\n"},
		"Windows-1252":           {"id;name\r\n1;M\xfcller \x96 \x93A\x94\r\n", ';', table.Windows1252, "1|id|name\n2|1|Müller – “A”\n"},
		"UTF-8 that was cut":     {"id,name\n1,Añá\n2,B\xc3", ',', table.UTF8, "1|id|name\n2|1|Añá\n3|2|B\xc3\n"},
		"semicolons":             {"id;name\n1;\"Hall, Ana\"\n", ';', table.UTF8, "1|id|name\n2|1|Hall, Ana\n"},
		"no titles, two signs":   {"1;Hall, Ana\n2;Lee, Bo\n", ';', table.UTF8, "1|1|Hall, Ana\n2|2|Lee, Bo\n"},
		"no titles, the other":   {"1,Ana; Bo\n2,Bo; Lee\n", ',', table.UTF8, "1|1|Ana; Bo\n2|2|Bo; Lee\n"},
		"decimal commas":         {"1;Ana;1250,00\n2;Bo;1300,00\n", ';', table.UTF8, "1|1|Ana|1250,00\n2|2|Bo|1300,00\n"},
		"a title with commas":    {"Rents, June, July, August\n\nid;name\n1;Ana\n2;Bo\n", ';', table.UTF8, "1|Rents, June, July, August\n3|id|name\n4|1|Ana\n5|2|Bo\n"},
		"tabs":                   {"id\t\tname\n1\t\tHall; Ana\n", '\t', table.UTF8, "1|id||name\n2|1||Hall; Ana\n"},
		"pipes":                  {"id|name\n1|Hall, Ana\n", '|', table.UTF8, "1|id|name\n2|1|Hall, Ana\n"},
		"sep=;":                  {"sep=;\r\nid;name\r\n1;a, b, c\r\n", ';', table.UTF8, "2|id|name\n3|1|a, b, c\n"},
		"sep=, in quotation":     {"\"SEP=,\"\nid,name\n", ',', table.UTF8, "2|id|name\n"},
		"sep= a tab":             {"sep=\t\nid\tname\n", '\t', table.UTF8, "2|id|name\n"},
		"sep= in UTF-16":         {utf16Of("sep=;\r\n1;Ana\r\n", false), ';', table.UTF16LE, "2|1|Ana\n"},
		"sep=X":                  {"sep=x,y\n", ',', table.UTF8, "1|sep=x|y\n"},
		"one column":             {"name\nAna\n", ',', table.UTF8, "1|name\n2|Ana\n"},
		"nothing":                {"", ',', table.UTF8, ""},
		"blanks":                 {"\n , \n\r\n\u00a0,\n", ',', table.UTF8, ""},
		"empty cells at the end": {"id,name" + strings.Repeat(",", 16_382) + "\n1,Ana,,\n", ',', table.UTF8, "1|id|name\n2|1|Ana\n"},
		"what cannot be seen":    {"\u200bid\u00a0,\ufeffname \n", ',', table.UTF8, "1|id|name\n"},
		"text for a spreadsheet": {"=\"00123\",Ana\n\"=\"\"7\"\"\",Bo\n", ',', table.UTF8, "1|00123|Ana\n2|7|Bo\n"},
	} {
		got := read(t, tt.file)
		if told(got) != tt.want || got.Separator != tt.sep || got.Encoding != tt.encoding {
			t.Errorf("%s: %q %s\n%s\nwant %q %s\n%s", name, got.Separator, got.Encoding, told(got), tt.sep, tt.encoding, tt.want)
		}
	}
}

func utf16Of(text string, big bool) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		if big {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return string(out)
}

func TestQuotationMarksAsPeopleWriteThem(t *testing.T) {
	const lost = "! a quotation mark that does not close\n"
	for _, tt := range []struct{ name, file, want string }{
		{"as RFC 4180 has them", "1,\"a, \"\"b\"\"\"\n2,\"\"\n", "1|1|a, \"b\"\n2|2\n"},
		{"a cell of two lines", "1,\"12 Alder St\nSpringfield, IL 62701\"\n2,b\n", "1|1|12 Alder St\nSpringfield, IL 62701\n3|2|b\n"},
		{"a nickname first", "1,\"Bo\" Jackson\n2,Ana\n", "1|1|\"Bo\" Jackson\n2|2|Ana\n"},
		{"a nickname within", "1,Robert \"Bob\" Smith\n2,Ana\n", "1|1|Robert \"Bob\" Smith\n2|2|Ana\n"},
		{"a nickname within marks", "1,\"Robert \"Bob\" Smith\"\n2,Ana\n", "1|1|Robert \"Bob\" Smith\n2|2|Ana\n"},
		{"a nickname first within marks", "1,\"\"Bob\" Smith\",x\n", "1|1|\"Bob\" Smith|x\n"},
		{"two nicknames", "1,\"Bo\" and \"Jo\"\n", "1|1|\"Bo\" and \"Jo\"\n"},
		{"inches", "1,5\" pipe\n2,Ana\n3,7\"\n4,Bo\n", "1|1|5\" pipe\n2|2|Ana\n3|3|7\"\n4|4|Bo\n"},
		{"inches within marks", "1,\"5\" pipe\"\n2,Ana\n", "1|1|5\" pipe\n2|2|Ana\n"},
		{"blanks around", "1, \"Ruiz, Ana\" ,x\n", "1|1|Ruiz, Ana|x\n"},
		{"blanks around, broken", "\"Ruiz, Ana\" ,\"Bo\" Lee,\"\"\n", "1|Ruiz, Ana|\"Bo\" Lee\n"},
		{"one that never closes", "1,Ana\n2,\"Bo\n3,Lee\n", "1|1|Ana\n2|" + lost + "3|3|Lee\n"},
		{"one that meets the next", "1,\"Bo\n2,\"Ana\"\n3,Lee\n", "1|" + lost + "2|2|Ana\n3|3|Lee\n"},
		{"one that meets inches", "1,\"Bo\n2,pipe of 5\"\n3,Lee\n", "1|" + lost + "2|2|pipe of 5\"\n3|3|Lee\n"},
		{"one that meets a comma", "1,\"Ruiz, Ana \"A\"\n2,Bo\n", "1|" + lost + "2|2|Bo\n"},
		{"far from the next", "1,\"Bo\n" + strings.Repeat("2,Ana\n", 150) + "3,\"Lee\"\n", "1|" + lost + repeat("%d|2|Ana\n", 2, 150) + "152|3|Lee\n"},
	} {
		if got := told(read(t, tt.file)); got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}

func repeat(format string, from, n int) string {
	var all strings.Builder
	for i := range n {
		fmt.Fprintf(&all, format, from+i)
	}
	return all.String()
}

func TestTitlesAreFound(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       int
	}{
		{"first", "id,name\n1,Ana\n", 0},
		{"below what a report says", "Tenant Directory\nExported On: 06/01/2026\nProperties: All,Units: Active\n\nTenant,Tenant ID\nAna,501\n", 3},
		{"of which the most are known", "Name,June\nLease ID,Name,Unit,Rent\n1,Ana,1A,1\n", 1},
		{"German", "Kennung;Name\n20931;Ana\n", 0},
		{"Spanish", "Contrato;Inquilino\n20931;Ana\n", 0},
		{"Chinese", "租约编号,姓名\n20931,Ana\n", 0},
		{"Finnish, by its shape", "Tunnus;Nimi\n20931;Ana\n;\nTotal;\n", 0},
		{"with digits", "PropertyId,Name,Address1\n7,Alder Court,12 Alder St\n", 0},
		{"none", "20931,Ana\n20932,Bo\n", -1},
		{"none, but a name that is a title", "20931,Unit\n20932,Bo\n", -1},
		{"none, and no codes", "Handy,Handy & Daughter\nOak,Oak Line\n", -1},
		{"too deep", strings.Repeat("Report\n", 15) + "id,name\n1,Ana\n", -1},
		{"nothing", "", -1},
	} {
		if got := read(t, tt.file).Head(); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestTitlesAreComparedByTheirWords(t *testing.T) {
	for cell, want := range map[string]string{
		"Lease ID": "lease id", "lease_id": "lease id", "LeaseID:": "lease id", "leaseId": "lease id", " LEASE-ID* ": "lease id",
		"E-mail": "e mail", "BD/BA": "bd ba", "\ufeffName": "name", "Straße": "straße", "": "", "#": "",
	} {
		if got := table.Title(cell); got != want {
			t.Errorf("%q is %q, want %q", cell, got, want)
		}
	}
}

func TestCaptionsAreNoRows(t *testing.T) {
	for row, want := range map[string]bool{
		"-> Alder Court - 12 Alder St,,": true, ",Total,,5": true, "Grand Total,5": true, "Total for Alder Court,5": true, "TOTALS:,5": true,
		"Total Wine LLC,5": false, "Ana,Total": false, ",": false,
	} {
		if got := (table.Row{Cells: strings.Split(row, ",")}).Caption(); got != want {
			t.Errorf("%q: %v", row, got)
		}
	}
}

func TestTablesAreBounded(t *testing.T) {
	for name, file := range map[string]io.Reader{
		"bytes": io.LimitReader(endless{}, 6<<20),
		"rows":  strings.NewReader(strings.Repeat("1,a\n", 100_002)),
	} {
		if _, err := table.Read(file); !errors.Is(err, core.ErrTableTooLarge) {
			t.Errorf("too many %s: %v", name, err)
		}
	}
	for name, row := range map[string]string{
		"columns":         strings.Repeat("1,", 257),
		"letters":         "1," + strings.Repeat("a", 40_000),
		"letters in all":  strings.Repeat("1,", 600_000),
		"letters, quoted": "1,\"" + strings.Repeat("a", 40_000) + "\"",
	} {
		got := read(t, "id,name\n"+row+"\n2,Bo\n")
		faults := []table.Fault{got.Rows[0].Fault, got.Rows[1].Fault, got.Rows[2].Fault}
		if want := []table.Fault{"", table.FaultSize, ""}; !slices.Equal(faults, want) || got.Rows[1].Cells != nil {
			t.Errorf("too many %s: %q", name, faults)
		}
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

// FuzzRead reads any file: every row is within bounds, has its line, and is never
// both read and faulty.
func FuzzRead(f *testing.F) {
	cases, err := os.ReadDir("testdata")
	if err != nil {
		f.Fatal(err)
	}
	for _, entry := range cases {
		if !entry.IsDir() {
			file, err := os.ReadFile("testdata/" + entry.Name())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(file))
		}
	}
	for _, seed := range []string{"sep=\t\r1\t\"a\r\"\r", "a;\"b\"c;\"\"\n\"", "\xfe\xff\x00", "1,\"\n\"\"\n\",5\"\n", "=\"\"\",=\"1\"", "\"\r\n\"", "|,;\t"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		got, err := table.Read(strings.NewReader(file))
		if err != nil {
			t.Skip() // too large
		}
		line := 0
		for _, row := range got.Rows {
			if row.Line <= line || (row.Fault != "") != (len(row.Cells) == 0) || len(row.Cells) > 256 {
				t.Fatalf("%q is read as %+v", file, got.Rows)
			}
			line = row.Line
		}
		if head := got.Head(); head >= len(got.Rows) {
			t.Fatalf("%q has its titles in row %d", file, head)
		}
	})
}
