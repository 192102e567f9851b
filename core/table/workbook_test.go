package table_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rentbell/core"
	"rentbell/core/table"
)

// workbookOf makes a workbook as excelize writes it.
func workbookOf(t *testing.T, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	file, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// zipped makes a workbook of parts.
func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, err := z.Create(name)
		if err == nil {
			_, err = part.Write([]byte(parts[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// rowsOf are the rows of a workbook as text: the number of each and its cells.
func rowsOf(t *testing.T, file []byte) []string {
	t.Helper()
	got, err := table.Read(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if got.Encoding != table.Workbook || got.Separator != '\t' {
		t.Errorf("encoding %s, separator %q", got.Encoding, got.Separator)
	}
	var rows []string
	for _, row := range got.Rows {
		rows = append(rows, fmt.Sprintf("%d %s%s", row.Line, strings.Join(row.Cells, "|"), row.Fault))
	}
	return rows
}

func TestAWorkbookIsReadAsPeopleSeeIt(t *testing.T) {
	file := workbookOf(t, func(f *excelize.File) {
		style := func(s excelize.Style) int {
			id, err := f.NewStyle(&s)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		code := func(code string) int { return style(excelize.Style{CustomNumFmt: &code}) }
		for cell, v := range map[string]any{
			"A1": "Rent Roll", "A3": "Lease ID", "B3": "Tenant", "C3": "Rent", "D3": "From", "E3": "Paid",
			"A4": 20931, "B4": "Ana \"A\" Ruiz; Bo", "C4": 1250.1, "D4": time.Date(2026, 6, 18, 0, 0, 0, 0, time.UTC), "E4": true,
			"A5": 7, "B5": " José\nPeña ", "C5": 1000000, "D5": 46191.5, "E5": "=1+1",
			"A6": 4400123456789012345, "B6": "006", "C6": 0.1 + 0.2, "D6": 46191, "G6": "far", "E6": false,
			"A9": "Total", "C9": 2250.5,
		} {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		for cell, id := range map[string]int{
			"C4": code(`"$"#,##0.00_);[Red]("$"#,##0.00)`), "C5": style(excelize.Style{NumFmt: 4}), "A5": code("00000"), "C9": style(excelize.Style{NumFmt: 3}),
			"D4": style(excelize.Style{NumFmt: 14}), "D5": code(`d\-mmm\-yy h:mm`), "D6": code(`0.0 "days"`),
		} {
			if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
				t.Fatal(err)
			}
		}
	})
	want := []string{
		"1 Rent Roll", "3 Lease ID|Tenant|Rent|From|Paid", `4 20931|Ana "A" Ruiz; Bo|1250.1|2026-06-18|TRUE`,
		"5 00007|José\nPeña|1000000|2026-06-18 12:00|=1+1", "6 4.40012345678901e+18|006|0.3|46191|FALSE||far", "9 Total||2250.5",
	}
	if got := rowsOf(t, file); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	s, err := table.Open(bytes.NewReader(file), "Tenant", "Lease ID")
	if err != nil || !s.Titled || s.HeadLine() != "Lease ID\tTenant\tRent\tFrom\tPaid" {
		t.Errorf("titles %q, %v", s.Titles, err)
	}
}

func TestTheFirstSheetWithValuesThatIsShownIsRead(t *testing.T) {
	file := workbookOf(t, func(f *excelize.File) {
		for _, name := range []string{"Hidden", "Rents", "Notes"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStr(name, "B2", name); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetSheetVisible("Hidden", false); err != nil {
			t.Fatal(err)
		}
	})
	if got := rowsOf(t, file); !slices.Equal(got, []string{"2 |Rents"}) {
		t.Errorf("got %q", got)
	}
	if got := rowsOf(t, workbookOf(t, func(*excelize.File) {})); len(got) > 0 {
		t.Errorf("an empty workbook has %q", got)
	}
}

const (
	sheetsXML    = `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="1" sheetId="9" r:id="a"/></sheets></workbook>`
	relationsXML = `<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/one.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="/xl/texts.xml"/><Relationship Id="c" Type="x/styles" Target="styles.xml"/></Relationships>`
	textsXML     = `<sst><si><t>whole</t></si><si><r><t>in </t></r><r><rPr><b/></rPr><t>parts</t></r><rPh><t>aloud</t></rPh></si><si/></sst>`
	stylesXML    = `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
)

func partsOf(sheet string) map[string]string {
	return map[string]string{"xl/workbook.xml": sheetsXML, "xl/_rels/workbook.xml.rels": relationsXML, "xl/texts.xml": textsXML, "xl/styles.xml": stylesXML, "xl/worksheets/one.xml": sheet}
}

func TestWorkbooksOfOtherPrograms(t *testing.T) {
	for sheet, want := range map[string][]string{
		`<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:t>in &amp; line</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`: {"1 in parts|5", "2 in & line"},
		`<worksheet><row r="3"><c r="B3" t="str"><f>A1</f><v>of a formula</v></c><c r="D3" t="e"><v>#N/A</v></c></row><row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2" t="d"><v>2026-06-18</v></c></row></worksheet>`:        {"3 |of a formula||#N/A", "4 1904-01-02|2026-06-18"},
		`<worksheet><row r="1"><c r="A1" t="s"><v>9</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" s="7"><v>many</v></c><c r="?"><v>8</v></c></row></worksheet>`:                                                               {"1 ||many|8"},
		`<worksheet><row r="1"><c r="IW1"><v>5</v></c></row><row r="2"><c r="IV2"><v>5</v></c></row><row r="3"><c r="ZZZZZZZZZZZZZZZZZZ3"><v>5</v></c></row></worksheet>`:                                                    {"1 " + string(table.FaultSize), "2 " + strings.Repeat("|", 255) + "5", "3 " + string(table.FaultSize)},
		`<worksheet><c r="A1"><v>5</v></c></worksheet>`: nil,
	} {
		if got := rowsOf(t, zipped(t, partsOf(sheet))); !slices.Equal(got, want) {
			t.Errorf("%s\ngot %q\nwant %q", sheet, got, want)
		}
	}
}

func TestDatesOfWorkbooks(t *testing.T) {
	sheet := "<worksheet>"
	days := []string{"1", "59", "60", "61", "46191", "46191.75", "46190.99999", "0.5", "-1", "2958465", "2958466", "1e300", "NaN"}
	for _, day := range days {
		sheet += `<row><c s="1"><v>` + day + `</v></c></row>`
	}
	parts := partsOf(sheet + "</worksheet>")
	parts["xl/workbook.xml"] = strings.Replace(sheetsXML, `date1904="1"`, "", 1)
	want := []string{"1900-01-01", "1900-02-28", "1900-02-28", "1900-03-01", "2026-06-18", "2026-06-18 18:00", "2026-06-18", "0.5", "-1", "9999-12-31", "2958466", "1e+300", "NaN"}
	for i, row := range rowsOf(t, zipped(t, parts)) {
		if _, got, _ := strings.Cut(row, " "); got != want[i] {
			t.Errorf("%s is %q, want %q", days[i], got, want[i])
		}
	}
}

func TestWorkbooksAreBounded(t *testing.T) {
	many := func(n int, text string) string { return strings.Repeat(text, n) }
	sheet := partsOf("")
	for name, tt := range map[string]struct{ part, content string }{
		"rows":   {"xl/worksheets/one.xml", "<worksheet>" + many(100_002, "<row><c><v>1</v></c></row>")},
		"texts":  {"xl/texts.xml", many(1_000_001, "<si/>")},
		"blanks": {"xl/worksheets/one.xml", many(65<<20, " ")},
	} {
		parts := maps.Clone(sheet)
		parts[tt.part] = tt.content
		if _, err := table.Read(bytes.NewReader(zipped(t, parts))); !errors.Is(err, core.ErrTableTooLarge) {
			t.Errorf("too many %s: %v", name, err)
		}
	}
	long := rowsOf(t, zipped(t, partsOf("<row><c t='str'><v>"+many(40_000, "a")+"</v></c></row><row><c><v>1</v></c></row>")))
	if !slices.Equal(long, []string{"1 " + string(table.FaultSize), "2 1"}) {
		t.Errorf("too much text in a cell: %q", long)
	}
}

func TestFilesThatAreNoTablesAreToldByTheirBeginning(t *testing.T) {
	whole := zipped(t, partsOf("<row><c><v>1</v></c></row>"))
	deep := strings.Repeat("<a>", 100)
	for what, tt := range map[string]struct {
		file []byte
		want error
	}{
		"a PDF":           {[]byte("%PDF-1.7\n1 0 obj"), core.ErrPDF},
		"an old workbook": {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), core.ErrWorkbook},
		"half a workbook": {whole[:len(whole)/2], core.ErrWorkbook},
		"another zip":     {zipped(t, map[string]string{"content.xml": "<office/>"}), core.ErrWorkbook},
		"a damaged part":  {zipped(t, partsOf("<row><c><v>1</c>")), core.ErrWorkbook},
		"deep in a cell":  {zipped(t, partsOf("<row><c>"+deep)), core.ErrWorkbook},
		"an entity":       {zipped(t, partsOf("<!DOCTYPE a [<!ENTITY b 'c'>]><row><c><v>&b;</v></c></row>")), core.ErrWorkbook},
		"a damaged texts": {zipped(t, map[string]string{"xl/workbook.xml": sheetsXML, "xl/_rels/workbook.xml.rels": relationsXML, "xl/texts.xml": "<si><t>"}), core.ErrWorkbook},
	} {
		if got, err := table.Read(bytes.NewReader(tt.file)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %+v, %v", what, got.Rows, err)
		}
	}
}

// FuzzReadWorkbook reads workbooks of any parts: every row is within bounds, in order, and
// never both read and faulty.
func FuzzReadWorkbook(f *testing.F) {
	f.Add(sheetsXML, relationsXML, textsXML, stylesXML, `<worksheet><row r="3"><c r="B3" t="s"><v>1</v></c><c r="A3" s="1"><v>46191.5</v></c></row><row/></worksheet>`)
	f.Add(sheetsXML, relationsXML, "<si><rPh><t>", "<numFmt numFmtId='1' formatCode='000'/><cellXfs/><xf numFmtId='1'/>", "<row r='-1'><c r='ZZ' t='inlineStr'><is><t>&#0;</t></is></c>")
	f.Fuzz(func(t *testing.T, sheets, relations, texts, styles, sheet string) {
		parts := partsOf(sheet)
		parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"], parts["xl/texts.xml"], parts["xl/styles.xml"] = sheets, relations, texts, styles
		got, err := table.Read(bytes.NewReader(zipped(t, parts)))
		if err != nil {
			if !errors.Is(err, core.ErrWorkbook) && !errors.Is(err, core.ErrTableTooLarge) {
				t.Fatal(err)
			}
			return
		}
		line := 0
		for _, row := range got.Rows {
			if row.Line <= line || (row.Fault != "") != (len(row.Cells) == 0) || len(row.Cells) > 256 {
				t.Fatalf("read as %+v", got.Rows)
			}
			line = row.Line
		}
	})
}
