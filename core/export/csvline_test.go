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
		page := Query{Format: f}.layout().begin(Query{})
		file := page.row(page.head(nil), &row{Skimmed: &core.Skimmed{}, at: localTime{loc: time.UTC}})
		records, err := csv.NewReader(bytes.NewReader(file)).ReadAll() // tells rows of another length
		if err != nil || len(records) != 2 || slices.Contains(records[0], "") {
			t.Errorf("%s: %q, %v", name, records, err)
		}
	}
}
