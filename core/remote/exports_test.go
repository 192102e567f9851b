package remote_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

// historyOf is what a Bell remembers of exports.
func historyOf(db *store.DB) *export.History {
	return export.NewHistory(db, func(renames uint64) (export.Reader, error) { return names.AsOf(db, renames) }, time.Now)
}

// exporting is a process that holds a store, and another one that asks it.
func exporting(t *testing.T, db *store.DB) (*export.History, *remote.Client) {
	t.Helper()
	history := historyOf(db)
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: db, Exports: history})
	return history, client
}

// printedBy makes a new export that is printed, and returns that.
func printedBy(t *testing.T, d export.Desk, f core.Format) (string, export.WrittenFiles, []core.PastExport) {
	t.Helper()
	var out bytes.Buffer
	done, broken, err := export.New(t.Context(), d, export.Target{Out: &out}, export.Query{Location: time.UTC, Format: f, OneFile: true})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), done, broken
}

func rename(t *testing.T, db *store.DB, tenant string) {
	t.Helper()
	if err := db.SaveNames(map[core.NameKey]core.Name{{Kind: core.NameLease, ID: "20931"}: {Given: tenant}}); err != nil {
		t.Fatal(err)
	}
}

// Window and command have one memory.
func TestWhatIsNewIsExportedOnceThroughTheSocketAndWithout(t *testing.T) {
	for _, format := range []core.Format{core.FormatXero, core.FormatXLSX, core.FormatQBO} {
		db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
		rename(t, db, "Ana Ruiz")
		history, client := exporting(t, db)
		desks := []export.Desk{client, history, client, client, history}
		var all []string
		for i, desk := range desks {
			ledgertest.Add(t, db, ledgertest.Paid(t, fmt.Sprint(i), "2025-06-10T12:00:00Z", ledgertest.Cents(200)))
			out, done, _ := printedBy(t, desk, format)
			if i == 0 && done.Rows != 2 || i > 0 && done.Rows != 1 {
				t.Errorf("%s, %d: %d rows", format, i, done.Rows)
			}
			if again, _, _ := printedBy(t, desk, format); again != "" {
				t.Errorf("%s, %d: exported twice\n%s", format, i, again)
			}
			all = append(all, out)
		}
		rename(t, db, "Bo Li")
		past, err := client.PastExports(t.Context())
		here, err2 := history.Past()
		if err := errors.Join(err, err2); err != nil || len(past) != len(desks) || !slices.Equal(past, here) {
			t.Fatalf("remembered %+v and %+v, %v", past, here, err)
		}
		for i, e := range past {
			for _, desk := range []export.Desk{client, history} {
				var out bytes.Buffer
				if _, err := export.Again(t.Context(), desk, export.Target{Out: &out}, e); err != nil || out.String() != all[i] {
					t.Errorf("%s, made again: %v\n%s\nwant\n%s", format, err, out.String(), all[i])
				}
			}
		}
		if format == core.FormatXero && !strings.Contains(all[0], "Ana Ruiz") {
			t.Errorf("no name in\n%s", all[0])
		}
	}
}

func TestExportsThatRaceThroughTheSocketHoldEachPaymentOnce(t *testing.T) {
	db := ledgertest.New(t)
	history, client := exporting(t, db)
	racing, rows := sync.WaitGroup{}, make(chan int, 8)
	for i := range cap(rows) {
		racing.Go(func() {
			ledgertest.Add(t, db, ledgertest.Paid(t, fmt.Sprint(i), "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
			desk := export.Desk(client)
			if i%4 == 0 {
				desk = history
			}
			_, done, _ := printedBy(t, desk, core.FormatXero)
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

// A connection that breaks is a process that was killed.
func TestClaimOfAProcessThatIsKilledEnds(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	history, client := exporting(t, db)
	claim, err := client.Claim(t.Context(), core.FormatXero, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := claim.Begin(core.PastExport{Format: core.FormatXero, Rows: 1, File: "June.csv", Dir: t.TempDir(), Recipe: core.Recipe{SHA256: "ab", Files: 1}}); err != nil {
		t.Fatal(err)
	}
	waiting, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := history.Claim(waiting, core.FormatXero, false); !errors.Is(err, context.Canceled) {
		t.Errorf("another claim meanwhile: %v", err)
	}
	claim.Release()
	_, done, broken := printedBy(t, history, core.FormatXero)
	if done.Rows != 1 || len(broken) != 1 || broken[0].File != "June.csv" {
		t.Errorf("exported %+v, broken off %+v", done, broken)
	}
}

func TestClaimEndsWithTheProcessThatHasTheStore(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	history := historyOf(db)
	client, stop := serveControl(t, t.TempDir(), remote.Server{Reader: db, Exports: history})
	claim, err := client.Claim(t.Context(), core.FormatXero, false)
	if err != nil {
		t.Fatal(err)
	}
	defer claim.Release()
	stop()
	if err := claim.Begin(core.PastExport{}); err == nil {
		t.Error("an export begins without anybody who remembers it")
	}
	printedBy(t, history, core.FormatXero)
}

func TestClaimOfWhatIsNoFormatIsRefused(t *testing.T) {
	_, client := exporting(t, ledgertest.New(t))
	if _, err := client.Claim(t.Context(), "paper", false); err == nil || !strings.Contains(err.Error(), "no format") {
		t.Errorf("got %v", err)
	}
	without, _ := serveControl(t, t.TempDir(), remote.Server{})
	if _, err := without.Claim(t.Context(), core.FormatXero, false); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("of one without memory: %v", err)
	}
	if _, err := without.PastExports(t.Context()); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("of one without memory: %v", err)
	}
}

// A step that is none is answered in words; what is no JSON ends the claim.
func TestClaimTakesNoStepThatIsNone(t *testing.T) {
	dir, db := t.TempDir(), ledgertest.New(t)
	serveControl(t, dir, remote.Server{Reader: db, Exports: historyOf(db)})
	conn, err := remote.Connect(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }() // the test is over
	if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "POST /v1/exports?format=xero HTTP/1.1\r\nHost: rentbell\r\nConnection: Upgrade\r\nUpgrade: rentbell-claim\r\n\r\n{}\n]"); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if _, err := said.ReadFrom(conn); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(said.String(), fmt.Sprint("HTTP/1.1 ", http.StatusSwitchingProtocols)) || !strings.Contains(said.String(), `{"Fault":"no step"}`) {
		t.Errorf("said %q", said.String())
	}
}

func TestExportBesideTheStoreIsAFileOfTheOneWhoAsks(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(100)))
	_, client := exporting(t, db)
	path := filepath.Join(t.TempDir(), "new.csv")
	done, _, err := export.New(t.Context(), client, export.Target{Path: path}, export.Query{Format: core.FormatQuickBooks})
	if err != nil || done.Rows != 1 {
		t.Fatalf("exported %+v, %v", done, err)
	}
	past, err := client.PastExports(t.Context())
	if err != nil || len(past) != 1 || filepath.Join(past[0].Dir, past[0].File) != path || ledgertest.ReadFile(t, path) == "" {
		t.Errorf("remembered %+v, %v", past, err)
	}
}
