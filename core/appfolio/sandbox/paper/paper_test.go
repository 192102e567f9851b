package paper_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox/paper"
)

// noon is when the reports in testdata were printed.
var noon = time.Date(2026, time.June, 18, 14, 2, 0, 0, time.FixedZone("EDT", -4*3600))

const past = 92 * 24 * time.Hour

func newPrinter(t *testing.T) *paper.Printer {
	return paper.New(paper.Config{Dir: t.TempDir(), Seed: 47, Now: func() time.Time { return noon }, Past: past})
}

// TestReportsReadAsAppFolios compares with files in testdata, which others read, too.
func TestReportsReadAsAppFolios(t *testing.T) {
	for _, f := range newPrinter(t).Past() {
		want, err := os.ReadFile(filepath.Join("testdata", f.Name))
		if bytes.Equal(f.Body, want) {
			continue
		}
		failed := filepath.Join("testdata", "failed")
		if err := os.MkdirAll(failed, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(failed, f.Name), f.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%v; the report is another: see %s", err, filepath.Join(failed, f.Name))
	}
}
