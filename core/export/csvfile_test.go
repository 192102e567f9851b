package export

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// FuzzCSVFiles writes payments with any text in them in each format and reads the
// files as programs do that take other characters for separators.
func FuzzCSVFiles(f *testing.F) {
	f.Add("Ana Ruiz", "Alder Court", "1A", "June rent ", "MO-1041", "check", "evt_1", int64(5000))
	f.Add("Ana ", "", " ", " ", "\u200b", "", "evt\r\n\r\n1", int64(-5000))
	f.Add("=1", "a;", "-2", `"=3`, "@|4", "+", "\u200b=", int64(0))
	f.Add(`;"`, `",`, `"|`, "a\t", "\u2028=\u2029", "CHECK", "", int64(-1))
	f.Add("Ana", "", "", ";", ";", ";", "evt_1", int64(-5000))
	f.Add(strings.Repeat("=;", 120), "", "", strings.Repeat("rent, ", 60), strings.Repeat("9", 99), "ach", "'=", int64(1))
	f.Fuzz(func(t *testing.T, tenant, property, unit, memo, reference, method, id string, cents int64) {
		paid := core.Skimmed{
			Seq: 7,
			Payment: core.Payment{
				Place: core.Place{Tenant: tenant, Property: property, Unit: unit},
				Lease: id, Amount: core.Cents(cents), Memo: memo, Reference: reference, Method: method,
			},
			Arrival: core.Arrival{ID: id, Type: id, Attention: core.Attention{Reason: core.Reason(memo), Field: method}},
		}
		for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
			page := Query{Format: format}.layout().begin(Query{})
			file := page.head(nil)
			for range 2 { // a quote that is left open reaches into the next
				again := paid
				file = page.row(file, &row{Skimmed: &again, at: localTime{loc: time.UTC, monthFirst: "06/01/2026", yearFirst: "2026-06-01"}})
			}
			_, rows, _ := strings.Cut(string(file), "\n")
			checkSeparators(t, rows)
			records, err := csv.NewReader(strings.NewReader(string(file))).ReadAll()
			if err != nil || len(records) != 3 || strings.Count(string(file), "\n") != 3 {
				t.Fatalf("%s: read as %q, %v", format, records, err)
			}
			if format != core.FormatFull {
				checkImported(t, records[0], records[1], core.Inert(core.OneLine(reference)))
			}
		}
	})
}

var (
	amountCell = regexp.MustCompile(`^-?\d+\.\d\d$`)
	// unquoted is a number, a date or a time.
	unquoted = regexp.MustCompile(`^-?\d[\d.:/TZ+-]*$`)
)

// checkSeparators reads rows with each separator, with and without respect for
// quotes: nothing but an amount begins as formulas do, and every text is quoted.
func checkSeparators(t *testing.T, rows string) {
	t.Helper()
	for _, separator := range ",;\t|" {
		var cells []string
		for line := range strings.Lines(rows) {
			cells = append(cells, strings.Split(strings.TrimSuffix(line, "\n"), string(separator))...)
		}
		r := csv.NewReader(strings.NewReader(rows))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
		for record, err := r.Read(); err == nil; record, err = r.Read() {
			cells = append(cells, record...)
		}
		for _, cell := range cells {
			cell = strings.ReplaceAll(cell, "\n", " ") // a reader may see a quote open at the end of a line
			if core.StartsFormula(cell) && !amountCell.MatchString(cell) {
				t.Errorf("with %q there is a cell %q in %q", separator, cell, rows)
			}
		}
	}
	outside := regexp.MustCompile(`"(?:[^"]|"")*"`).ReplaceAllString(strings.TrimSuffix(rows, "\n"), "0")
	for cell := range strings.FieldsFuncSeq(outside, func(r rune) bool { return r == ',' || r == '\n' }) {
		if !unquoted.MatchString(cell) {
			t.Errorf("%q is not quoted in %q", cell, rows)
		}
	}
}

// checkImported looks at a row as QuickBooks or Xero reads it.
func checkImported(t *testing.T, header, record []string, reference string) {
	t.Helper()
	for i, cell := range record {
		if cell != strings.Join(strings.Fields(cell), " ") || strings.ContainsFunc(cell, unicode.IsControl) {
			t.Errorf("%s is no plain line: %q", header[i], cell)
		}
	}
	for _, column := range []string{"Description", "Payee"} {
		i := slices.Index(header, column)
		if i < 0 {
			continue
		}
		if n := utf8.RuneCountInString(record[i]); n == 0 || n > 250 {
			t.Errorf("%s is of %d characters: %q", column, n, record[i])
		}
	}
	description := record[slices.Index(header, "Description")]
	if utf8.RuneCountInString(reference) <= longestReference && !strings.HasSuffix(description, reference) {
		t.Errorf("reference %q is not at the end of %q", reference, description)
	}
}

func TestDescriptionsHaveNoBlankBeforeAComma(t *testing.T) {
	paid := core.Skimmed{Payment: core.Payment{Place: core.Place{Tenant: "Ana Ruiz ", Property: "Alder Court "}, Memo: "June rent ", Reference: "1207"}}
	line := quickBooks().begin(Query{}).row(nil, &row{Skimmed: &paid, at: localTime{loc: time.UTC, monthFirst: "06/01/2026"}})
	if want := `06/01/2026,"June rent, Ana Ruiz, Alder Court, 1207",0.00` + "\n"; string(line) != want {
		t.Errorf("got %q, want %q", line, want)
	}
}
