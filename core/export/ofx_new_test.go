package export_test

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// A statement of what is new runs from the day of its first row to that of its last.
func TestStatementOfWhatIsNewHasThePeriodOfItsRows(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "before", "2026-06-10T12:00:00Z", ledgertest.Cents(1)))
	history := newExporter(t, db)
	q := juneStatement(t, core.FormatOFX)
	path := filepath.Join(t.TempDir(), "new.ofx")
	if _, err := history.Export(t.Context(), path, q, nil); err != nil {
		t.Fatal(err)
	}
	ledgertest.Add(t, db,
		ledgertest.Paid(t, "zero", "2026-01-01T12:00:00Z", ledgertest.Cents(0)), // no row
		ledgertest.Paid(t, "july", "2026-07-01T12:00:00Z", ledgertest.Cents(3)),
		ledgertest.Paid(t, "late", "2026-06-10T03:59:59Z", ledgertest.Cents(4)), // the evening before in New York
	)
	q.From, q.To, q.AfterSeq = core.Date{}, core.Date{}, 1
	done, err := history.Export(t.Context(), path, q, nil)
	if err != nil || done.Rows != 2 || done.Zeros != 1 {
		t.Fatalf("exported %+v, %v", done, err)
	}
	s := ledgertest.ReadOFX(t, ledgertest.ReadFile(t, path))
	if s.Leaves["DTSTART"] != "20260609120000[0:GMT]" || s.Leaves["DTEND"] != "20260701120000[0:GMT]" || len(s.Transactions) != 2 {
		t.Errorf("a statement of %d transactions from %s to %s", len(s.Transactions), s.Leaves["DTSTART"], s.Leaves["DTEND"])
	}
	past, err := history.Past()
	if first, last := ledgertest.Date(t, "2026-06-09"), ledgertest.Date(t, "2026-07-01"); err != nil || len(past) != 2 || past[1].From != first || past[1].To != last {
		t.Errorf("remembered %+v, %v", past, err)
	}
	q.AfterSeq = past[1].LastSeq
	if done, err := history.Export(t.Context(), path, q, nil); !errors.Is(err, core.ErrPeriod) || done.Rows != 0 {
		t.Errorf("when nothing is new: %+v, %v", done, err)
	}
}

// Of more events than are looked at one by one the period is found as well.
func TestStatementOfManyNewPaymentsHasAPeriod(t *testing.T) {
	const payments, after = 10_500, 2
	q := export.Query{Location: time.UTC, Format: core.FormatQBO, AfterSeq: after}
	q.Account = account
	path := filepath.Join(t.TempDir(), "new.qbo")
	done, err := newExporter(t, bigLedger(t, payments)).Export(t.Context(), path, q, nil)
	if err != nil || done.Rows != payments-after {
		t.Fatalf("exported %+v, %v", done, err)
	}
	s := ledgertest.ReadOFX(t, ledgertest.ReadFile(t, path))
	got := []string{s.Leaves["DTSTART"], s.Leaves["DTEND"], s.Transactions[0]["DTPOSTED"], s.Transactions[done.Rows-1]["DTPOSTED"]}
	if want := []string{"20260102120000[0:GMT]", "20260105120000[0:GMT]", "20260102120000[0:GMT]", "20260105120000[0:GMT]"}; !slices.Equal(got, want) {
		t.Errorf("days %v, want %v", got, want)
	}
}
