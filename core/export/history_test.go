package export_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

// ledger is what a history needs of a store.
type ledger interface {
	export.Reader
	export.Store
}

// newExporter is the history of a ledger, on July 2.
func newExporter(t testing.TB, db ledger) *export.History {
	t.Helper()
	now := time.Date(2026, 7, 2, 15, 0, 0, 0, time.UTC)
	return export.NewHistory(db, func(uint64) (export.Reader, error) { return db, nil }, func() time.Time { return now })
}

// exportIDs exports and returns the ids in the file, in its order.
func exportIDs(t *testing.T, h *export.History, q export.Query) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.csv")
	if _, err := h.Export(t.Context(), path, q, nil); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, line := range strings.Split(strings.TrimSpace(ledgertest.ReadFile(t, path)), "\n")[1:] {
		cells := strings.Split(line, ",")
		ids = append(ids, strings.Trim(cells[len(cells)-2], `"`)) // the reference, before the check number
	}
	return ids
}

// newSince asks for what came in since the last export to Xero.
func newSince(t *testing.T, h *export.History, zone *time.Location) export.Query {
	t.Helper()
	past, err := h.Past()
	if err != nil {
		t.Fatal(err)
	}
	last, ok := export.LastExport(past, core.FormatXero)
	if !ok {
		t.Fatal("no export is remembered")
	}
	return export.Query{Location: zone, Format: core.FormatXero, AfterSeq: last.LastSeq}
}

func TestNewSinceTheLastExportHasEachPaymentOnce(t *testing.T) {
	for _, zone := range []string{"America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu", "Pacific/Pago_Pago"} {
		t.Run(zone, func(t *testing.T) {
			db := ledgertest.New(t, ledgertest.Paid(t, "june", "2026-06-10T12:00:00Z", ledgertest.Cents(1)), ledgertest.Paid(t, "may", "2026-05-10T12:00:00Z", ledgertest.Cents(2)))
			history, loc := newExporter(t, db), ledgertest.Zone(t, zone)
			june := ledgertest.JuneQuery(t, core.FormatXero)
			june.Location = loc
			if got := exportIDs(t, history, june); !slices.Equal(got, []string{"june"}) {
				t.Fatalf("June holds %q", got)
			}

			ledgertest.Add(t, db,
				ledgertest.Paid(t, "july", "2026-07-01T12:00:00Z", ledgertest.Cents(3)),
				ledgertest.Paid(t, "late", "2026-06-09T12:00:00Z", ledgertest.Cents(4)), // dated before what was exported
				ledgertest.Paid(t, "very late", "2025-01-01T00:00:00Z", ledgertest.Cents(5)),
				core.Event{ID: "tenant", Type: core.TypeTenantCreated, Detail: core.Tenant{ID: "1"}},
				ledgertest.Paid(t, "ahead", "2031-01-01T00:00:00Z", ledgertest.Cents(6)),
			)
			want := []string{"very late", "late", "july", "ahead"}
			if p, err := export.NewPreview(t.Context(), db, newSince(t, history, loc), 3); err != nil || p.Count != 4 || p.Total != 18 || len(p.Rows) != 3 {
				t.Errorf("preview %+v, %v", p, err)
			}
			if got := exportIDs(t, history, newSince(t, history, loc)); !slices.Equal(got, want) {
				t.Errorf("since then %q, want %q", got, want)
			}
			if p, err := export.NewPreview(t.Context(), db, newSince(t, history, loc), 3); err != nil || p.Count != 0 || len(p.Rows) != 0 {
				t.Errorf("nothing is new: %+v, %v", p, err)
			}
			ledgertest.Add(t, db, ledgertest.Paid(t, "later", "2026-06-09T12:00:00Z", ledgertest.Cents(7)))
			if got := exportIDs(t, history, newSince(t, history, loc)); !slices.Equal(got, []string{"later"}) {
				t.Errorf("since then %q", got)
			}
		})
	}
}

// TestManyNewPaymentsAreReadOnce exports what came in since the second payment, which
// is nearly everything.
func TestManyNewPaymentsAreReadOnce(t *testing.T) {
	const payments, after, mostSurveyed = 20_500, 2, 10_001
	db := &surveyed{DB: bigLedger(t, payments)}
	q := export.Query{Location: time.UTC, Format: core.FormatXero, AfterSeq: after}
	if p, err := export.NewPreview(t.Context(), db, q, 3); err != nil || p.Count != payments-after || len(p.Rows) != 3 {
		t.Errorf("preview of %d payments, %v", p.Count, err)
	}
	*db = surveyed{DB: db.DB}
	history, expected := newExporter(t, db), 0
	done, err := history.Export(t.Context(), filepath.Join(t.TempDir(), "x.csv"), q, func(_, total int) { expected = total })
	if err != nil || done.Rows != payments-after || done.Files != 21 || expected != done.Rows {
		t.Errorf("exported %+v of %d, %v", done, expected, err)
	}
	if db.skims != 1 || db.events > mostSurveyed {
		t.Errorf("%d events were looked at, and payments were read %d times", db.events, db.skims)
	}
	past, err := history.Past()
	if from, to := ledgertest.Date(t, "2026-01-02"), ledgertest.Date(t, "2026-01-09"); err != nil || len(past) != 1 || past[0].From != from || past[0].To != to {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

// surveyed counts what is read.
type surveyed struct {
	*store.DB
	events, skims int
}

func (s *surveyed) Each(ctx context.Context, q core.Query, fn func(core.Event) error) error {
	return s.DB.Each(ctx, q, func(e core.Event) error {
		s.events++
		return fn(e)
	})
}

func (s *surveyed) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	s.skims++
	return s.DB.Skim(ctx, q, fn)
}

// busyLedger gets a payment while it is being read.
type busyLedger struct {
	*store.DB
	meanwhile func()
}

func (b busyLedger) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	b.meanwhile()
	return b.DB.Skim(ctx, q, fn)
}

func TestPaymentThatComesInDuringAnExportIsNewSince(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "first", "2026-06-10T12:00:00Z", ledgertest.Cents(1)))
	history := newExporter(t, busyLedger{db, func() {
		ledgertest.Add(t, db, ledgertest.Paid(t, "meanwhile", "2026-06-11T12:00:00Z", ledgertest.Cents(2)))
	}})
	if got := exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatXero)); !slices.Equal(got, []string{"first"}) {
		t.Errorf("June holds %q", got)
	}
	if got := exportIDs(t, history, newSince(t, history, time.UTC)); !slices.Equal(got, []string{"meanwhile"}) {
		t.Errorf("since then %q", got)
	}
}

func TestExportIsRemembered(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)), ledgertest.Paid(t, "b", "2026-06-11T12:00:00Z", ledgertest.Cents(0)))
	history := newExporter(t, db)
	q := ledgertest.JuneQuery(t, core.FormatQuickBooks)
	path := filepath.Join(t.TempDir(), "June.csv")
	done, err := history.Export(t.Context(), path, q, nil)
	if err != nil || done.Zeros != 1 || done.Files != 1 {
		t.Fatalf("exported %+v, %v", done, err)
	}
	want := core.PastExport{
		At: time.Date(2026, 7, 2, 15, 0, 0, 0, time.UTC), From: q.From, To: q.To, Format: core.FormatQuickBooks,
		Rows: 1, Total: 100, LastSeq: 2, File: "June.csv", Dir: filepath.Dir(path),
		Recipe: core.Recipe{SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(ledgertest.ReadFile(t, path)))), Files: 1, Zone: "America/New_York"},
	}
	past, err := history.Past()
	if err != nil || !slices.Equal(past, []core.PastExport{want}) {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

func TestForgottenExportCountsAsNewAgain(t *testing.T) {
	history := newExporter(t, ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100))))
	exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatXero))
	exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatFull))
	past, err := history.Past()
	if err != nil || len(past) != 2 {
		t.Fatalf("remembered %+v, %v", past, err)
	}
	for range 2 { // the second time it is forgotten already
		if err := history.Forget(t.Context(), past[0]); err != nil {
			t.Fatal(err)
		}
	}
	left, err := history.Past()
	if err != nil || !slices.Equal(left, past[1:]) {
		t.Errorf("left %+v, %v", left, err)
	}
	if _, ok := export.LastExport(left, core.FormatXero); ok {
		t.Error("an export to Xero is still remembered")
	}
}

func TestExportWithoutRowsOrThatFailedIsNotRemembered(t *testing.T) {
	history := newExporter(t, ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100))))
	empty := ledgertest.JuneQuery(t, core.FormatXero)
	empty.From, empty.To = ledgertest.Date(t, "2020-01-01"), ledgertest.Date(t, "2020-01-31")
	if _, err := history.Export(t.Context(), filepath.Join(t.TempDir(), "x.csv"), empty, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := history.Export(t.Context(), filepath.Join(t.TempDir(), "none", "x.csv"), ledgertest.JuneQuery(t, core.FormatXero), nil); !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if past, err := history.Past(); err != nil || len(past) != 0 {
		t.Errorf("remembered %+v, %v", past, err)
	}
}

func TestNewestExportsAreRemembered(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	full := make([]core.PastExport, 200)
	for i := range full {
		full[i].File = fmt.Sprint(i)
	}
	if err := db.SaveExports(full); err != nil {
		t.Fatal(err)
	}
	history := newExporter(t, db)
	exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatXero))
	past, err := history.Past()
	if err != nil || len(past) != 200 || past[0].File != "1" || past[199].File != "x.csv" {
		t.Errorf("remembered %d, %v", len(past), err)
	}
}

// The newest export of a format says what is new, however long ago it was.
func TestTheNewestExportOfEachFormatIsRemembered(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	full := make([]core.PastExport, 200)
	for i := range full {
		full[i].File, full[i].Format = fmt.Sprint(i), core.FormatXero
	}
	full[0].Format, full[1].Format = core.FormatFull, core.FormatFull
	if err := db.SaveExports(full); err != nil {
		t.Fatal(err)
	}
	history := newExporter(t, db)
	exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatXero))
	exportIDs(t, history, ledgertest.JuneQuery(t, core.FormatXero))
	past, err := history.Past()
	if err != nil || len(past) != 200 || past[0].File != "1" || past[1].File != "3" {
		t.Errorf("remembered %d, at first %q and %q, %v", len(past), past[0].File, past[1].File, err)
	}
}

func TestOverlap(t *testing.T) {
	june := core.PastExport{From: ledgertest.Date(t, "2026-06-01"), To: ledgertest.Date(t, "2026-06-30"), Format: core.FormatXero, LastSeq: 10}
	tests := []struct {
		name     string
		from, to string
		after    uint64
		format   core.Format
		want     bool
	}{
		{"the same month", "2026-06-01", "2026-06-30", 0, core.FormatXero, true},
		{"its last day", "2026-06-30", "2026-07-31", 0, core.FormatXero, true},
		{"its first day", "2026-05-01", "2026-06-01", 0, core.FormatXero, true},
		{"a year around it", "2026-01-01", "2026-12-31", 0, core.FormatXero, true},
		{"the month after", "2026-07-01", "2026-07-31", 0, core.FormatXero, false},
		{"the month before", "2026-05-01", "2026-05-31", 0, core.FormatXero, false},
		{"for another program", "2026-06-01", "2026-06-30", 0, core.FormatQuickBooks, false},
		{"what came in later", "2026-06-01", "2026-06-30", 10, core.FormatXero, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := export.Query{From: ledgertest.Date(t, tt.from), To: ledgertest.Date(t, tt.to), AfterSeq: tt.after, Format: tt.format}
			if _, got := export.Overlap([]core.PastExport{june}, q); got != tt.want {
				t.Errorf("overlap: %v, want %v", got, tt.want)
			}
		})
	}
}
