package export

import (
	"bytes"
	"encoding/csv"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

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
