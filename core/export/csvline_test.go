package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

// FuzzLines writes any text as a cell and reads it back as a spreadsheet would: it
// is quoted exactly as encoding/csv quotes it, and never begins a formula.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"", "=1", " \t=1", "a,\"b\"\r\nc", "\ufeff＝x", "\x00-", `\.`, "'", "\xff@", "\u2028+", "\u00a0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var line csvLine
		line.plain("first")
		line.text(text)
		line.amount(-105)
		got := line.end()

		want := encodedRow(t, "first", core.Inert(text), "-1.05")
		if !bytes.Equal(got, want) {
			t.Fatalf("line is %q, encoding/csv writes %q", got, want)
		}
		cells, err := csv.NewReader(bytes.NewReader(got)).Read()
		if err != nil || len(cells) != 3 {
			t.Fatalf("reading %q back: %q, %v", got, cells, err)
		}
		if core.StartsFormula(cells[1]) {
			t.Errorf("text %q became the formula %q", text, cells[1])
		}
	})
}

func encodedRow(t *testing.T, cells ...string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	if err := w.Write(cells); err != nil {
		t.Fatal(err)
	}
	w.Flush()
	return file.Bytes()
}

func TestEveryFormatHasALayout(t *testing.T) {
	for _, name := range []string{"quickbooks", "xero", "full"} {
		f, err := ParseFormat(name)
		if err != nil {
			t.Fatal(err)
		}
		var line csvLine
		layout(f).cells(&line, &exportRow{Skimmed: &core.Skimmed{}, at: localTime{loc: time.UTC}})
		cells, err := csv.NewReader(bytes.NewReader(line.end())).Read()
		if err != nil {
			t.Fatal(err)
		}
		if header := layout(f).header; len(cells) != len(header) || slices.Contains(header, "") {
			t.Errorf("%s: %d cells under %q", name, len(cells), header)
		}
	}
}
