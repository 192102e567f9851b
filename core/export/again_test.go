package export_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// formats are all there are.
var formats = []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatXLSX, core.FormatOFX, core.FormatQBO}

// printed makes a new export that is printed, and returns that.
func printed(t *testing.T, h *export.History, f core.Format) (string, export.WrittenFiles, []core.PastExport) {
	t.Helper()
	var out bytes.Buffer
	done, broken, err := export.New(t.Context(), h, export.Target{Out: &out}, export.Query{Location: time.UTC, Format: f, OneFile: true})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), done, broken
}

func TestWhatNoExportHoldsYetIsExportedOnce(t *testing.T) {
	for _, format := range formats {
		t.Run(string(format), func(t *testing.T) {
			db := ledgertest.New(t)
			history := newExporter(t, db)
			if out, done, _ := printed(t, history, format); out != "" || done.Rows != 0 {
				t.Errorf("nothing was paid: %+v\n%s", done, out)
			}
			ledgertest.Add(t, db,
				ledgertest.Paid(t, "july", "2026-07-01T12:00:00Z", ledgertest.Cents(300)),
				ledgertest.Paid(t, "june", "2026-06-01T12:00:00Z", ledgertest.Cents(200)))
			dir := t.TempDir()
			path := filepath.Join(dir, "new.csv")
			done, _, err := export.New(t.Context(), history, export.Target{Path: path}, export.Query{Location: time.UTC, Format: format})
			if err != nil || done.Rows != 2 || done.First != ledgertest.Date(t, "2026-06-01") || done.Last != ledgertest.Date(t, "2026-07-01") {
				t.Fatalf("everything: %+v, %v", done, err)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if done, _, err := export.New(t.Context(), history, export.Target{Path: path}, export.Query{Location: time.UTC, Format: format}); err != nil || done != (export.WrittenFiles{}) {
				t.Errorf("nothing is new: %+v, %v", done, err)
			}
			ledgertest.Add(t, db, ledgertest.Paid(t, "unreadable", "2026-07-05T12:00:00Z", core.Payment{Lease: "7"}))
			if out, done, _ := printed(t, history, format); out != "" || done.Rows != 0 || done.LeftOut != 1 {
				t.Errorf("only an amount that cannot be read: %+v\n%s", done, out)
			}
			ledgertest.Add(t, db, ledgertest.Paid(t, "late", "2025-01-01T00:00:00Z", ledgertest.Cents(400)))
			out, done, _ := printed(t, history, format)
			if done.Rows != 1 || done.Total != 400 || out == "" || export.IsStatement(format) && !strings.Contains(out, "<DTSTART>20250101120000[0:GMT]\r\n<DTEND>20250101120000[0:GMT]\r\n") {
				t.Errorf("since then: %+v\n%s", done, out)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
				t.Errorf("left %v, %v", files, err)
			}
			past, err := history.Past()
			if err != nil || len(past) != 2 || past[1].File != core.StandardOutput || past[1].AfterSeq != 2 || past[1].LastSeq != 4 {
				t.Errorf("remembered %+v, %v", past, err)
			}
		})
	}
}

func TestExportsThatRaceHoldEachPaymentOnce(t *testing.T) {
	db := ledgertest.New(t)
	history, racing, rows := newExporter(t, db), sync.WaitGroup{}, make(chan int, 12)
	for i := range cap(rows) {
		racing.Go(func() {
			ledgertest.Add(t, db, ledgertest.Paid(t, fmt.Sprint(i), "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
			_, done, _ := printed(t, history, core.FormatXero)
			rows <- done.Rows
		})
	}
	racing.Wait()
	close(rows)
	all := 0
	for n := range rows {
		all += n
	}
	if all != cap(rows) {
		t.Errorf("%d payments in the files, want %d", all, cap(rows))
	}
}

// The window has shown what was new before the command exported it.
func TestWhatIsNewIsSoWhenItsTurnHasCome(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	history := newExporter(t, db)
	printed(t, history, core.FormatXero)
	shown := newSince(t, history, time.UTC)
	ledgertest.Add(t, db, ledgertest.Paid(t, "b", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	printed(t, history, core.FormatXero)
	ledgertest.Add(t, db, ledgertest.Paid(t, "c", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	done, err := history.Export(t.Context(), filepath.Join(t.TempDir(), "x.csv"), shown, nil)
	if err != nil || done.Rows != 1 {
		t.Errorf("exported %+v, %v, want the third payment alone", done, err)
	}
}

// begin ends as a process does that is killed while its files appear.
func begin(t *testing.T, h *export.History, e core.PastExport) {
	t.Helper()
	claim, err := h.Claim(t.Context(), e.Format, false)
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	if err := claim.Begin(e); err != nil {
		t.Fatal(err)
	}
}

func TestExportWhoseProcessWasKilledIsRememberedIfItsFilesAreThere(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	history := newExporter(t, db)
	path := filepath.Join(t.TempDir(), "June.csv")
	if _, err := history.Export(t.Context(), path, ledgertest.JuneQuery(t, core.FormatXero), nil); err != nil {
		t.Fatal(err)
	}
	past, err := history.Past()
	if err != nil || len(past) != 1 {
		t.Fatalf("remembered %+v, %v", past, err)
	}
	made := past[0]
	elsewhere, changed, toOutput := made, made, made
	elsewhere.Dir, toOutput.File, toOutput.Dir = t.TempDir(), core.StandardOutput, ""
	changed.SHA256 = strings.Repeat("0", 64)
	for name, e := range map[string]core.PastExport{"no file": elsewhere, "another file": changed, "printed": toOutput} {
		t.Run(name, func(t *testing.T) {
			if err := history.Forget(t.Context(), made); err != nil {
				t.Fatal(err)
			}
			begin(t, history, e)
			if past, err := history.Past(); err != nil || len(past) != 0 {
				t.Errorf("remembered already: %+v, %v", past, err)
			}
			out, done, broken := printed(t, history, core.FormatXero)
			if done.Rows != 1 || out == "" || len(broken) != 1 || broken[0].File != e.File {
				t.Errorf("exported %+v, broken off %+v", done, broken)
			}
			past, err := history.Past()
			if err != nil || len(past) != 1 {
				t.Fatalf("remembered %+v, %v", past, err)
			}
			made = past[0]
		})
	}
	if err := history.Forget(t.Context(), made); err != nil {
		t.Fatal(err)
	}
	whole := changed
	whole.SHA256 = made.SHA256
	begin(t, history, whole)
	if out, done, broken := printed(t, history, core.FormatXero); done.Rows != 0 || out != "" || len(broken) != 0 {
		t.Errorf("its file is there: %+v, broken off %+v", done, broken)
	}
	if past, err := history.Past(); err != nil || len(past) != 1 || past[0].Begun || past[0].File != "June.csv" {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestExportThatCannotBeWrittenIsNotRemembered(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	history := newExporter(t, db)
	if _, _, err := export.New(t.Context(), history, export.Target{Out: full{}}, export.Query{Format: core.FormatXero, OneFile: true}); err == nil {
		t.Fatal("no error")
	}
	if _, done, broken := printed(t, history, core.FormatXero); done.Rows != 1 || len(broken) != 0 {
		t.Errorf("exported %+v, broken off %+v", done, broken)
	}
}

func TestExportIsMadeAgainByteForByte(t *testing.T) {
	for _, format := range formats {
		t.Run(string(format), func(t *testing.T) {
			db := ledgertest.New(t)
			var june core.Delivery
			for i := range 1500 {
				june.Events = append(june.Events, ledgertest.Paid(t, fmt.Sprint(i), "2026-06-30T20:30:00Z", ledgertest.Cents(core.Cents(i+1))))
			}
			if _, err := db.AddAll(june); err != nil {
				t.Fatal(err)
			}
			history := newExporter(t, db)
			then := filepath.Join(t.TempDir(), "June.csv")
			query := ledgertest.JuneQuery(t, format) // where June 30 has an evening
			account, err := history.StatementAccount(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			query.Account = account
			if _, err := history.Export(t.Context(), then, query, nil); err != nil {
				t.Fatal(err)
			}
			ledgertest.Add(t, db, ledgertest.Paid(t, "later", "2026-06-09T12:00:00Z", ledgertest.Cents(7)))
			since := export.Query{Location: ledgertest.Zone(t, "Asia/Kathmandu"), Format: format, AfterSeq: 1500, OneFile: true}
			since.Account = account
			if _, err := history.Export(t.Context(), then+" new", since, nil); err != nil {
				t.Fatal(err)
			}
			past, err := history.Past()
			if err != nil || len(past) != 2 {
				t.Fatalf("remembered %+v, %v", past, err)
			}
			for _, e := range past {
				now := filepath.Join(t.TempDir(), "again.csv")
				if done, err := export.Again(t.Context(), history, export.Target{Path: now}, e); err != nil || done.Rows != e.Rows {
					t.Fatalf("made again %+v, %v", done, err)
				}
				for part := range e.Files {
					was := ledgertest.ReadFile(t, export.PartName(filepath.Join(e.Dir, e.File), part+1, e.Files))
					if is := ledgertest.ReadFile(t, export.PartName(now, part+1, e.Files)); is != was || was == "" {
						t.Errorf("part %d of %d differs", part+1, e.Files)
					}
				}
			}
		})
	}
}

func TestExportThatWouldNotBeTheSameIsNotMade(t *testing.T) {
	db := ledgertest.New(t,
		ledgertest.Paid(t, "old", "2020-06-10T12:00:00Z", ledgertest.Cents(100)),
		ledgertest.Paid(t, "new", "2026-06-10T02:00:00Z", ledgertest.Cents(100)))
	history := newExporter(t, db)
	printed(t, history, core.FormatXero)
	past, err := history.Past()
	if err != nil || len(past) != 1 {
		t.Fatalf("remembered %+v, %v", past, err)
	}
	earlier, moved, elsewhere, nowhere := past[0], past[0], past[0], past[0]
	earlier.Recipe = core.Recipe{}
	moved.SHA256 = strings.Repeat("0", 64)
	elsewhere.Zone, nowhere.Zone = "America/New_York", "Atlantis"
	if _, err := db.Prune(t.Context(), time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		e    core.PastExport
		want error
	}{
		"of an earlier version": {earlier, core.ErrNoRecipe},
		"by another version":    {moved, core.ErrNotTheSame},
		"in another zone":       {elsewhere, core.ErrNotTheSame},
		"in a zone that is not": {nowhere, core.ErrNotTheSame},
		"of deleted payments":   {past[0], core.ErrNotTheSame},
	} {
		dir := t.TempDir()
		if _, err := export.Again(t.Context(), history, export.Target{Path: filepath.Join(dir, "again.csv")}, tt.e); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
			t.Errorf("%s: left %v, %v", name, files, err)
		}
	}
}
