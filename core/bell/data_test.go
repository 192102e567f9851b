package bell_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

// yard is a running b that tells what it announced.
type yard struct {
	b    *bell.Bell
	stop func()

	mu    sync.Mutex
	ahead time.Duration // of the bubble's clock
	fresh []string
	rings int
}

// newYard makes one, and runs it within a synctest bubble.
func newYard(t *testing.T, db *store.DB) *yard {
	t.Helper()
	y := &yard{}
	b, err := bell.New(bell.Config{Store: db, Vault: noVault{}, Log: slog.New(slog.DiscardHandler), Now: y.now})
	if err != nil {
		t.Fatal(err)
	}
	y.b = b
	b.Watch(func(c core.Change) {
		y.mu.Lock()
		defer y.mu.Unlock()
		for _, e := range c.Fresh {
			y.fresh = append(y.fresh, e.ID)
		}
		if c.Ring != nil {
			y.rings++
		}
	})
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { b.Run(ctx) })
	y.stop = func() {
		stop()
		running.Wait()
	}
	return y
}

func (y *yard) now() time.Time {
	y.mu.Lock()
	defer y.mu.Unlock()
	return time.Now().Add(y.ahead)
}

func (y *yard) setAhead(by time.Duration) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.ahead = by
}

func (y *yard) told() []string {
	y.mu.Lock()
	defer y.mu.Unlock()
	return y.fresh
}

func TestRestoredEventsAreNoNewsAndWhatComesLaterIs(t *testing.T) {
	many, few := ledgertest.New(t), ledgertest.New(t)
	for i := range 40 {
		ledgertest.Add(t, many, ledgertest.Paid(t, fmt.Sprint("many", i), "2026-06-10T12:00:00Z", ledgertest.Cents(1)))
	}
	ledgertest.Add(t, few, ledgertest.Paid(t, "few", "2026-06-10T12:00:00Z", ledgertest.Cents(1)))
	path := func(db *store.DB) string {
		to := filepath.Join(t.TempDir(), "x.db")
		if err := db.Backup(t.Context(), to, time.Now(), nil); err != nil {
			t.Fatal(err)
		}
		return to
	}
	backups := map[string]string{"more than there was": path(many), "less than there was": path(few)}
	for name, file := range backups {
		t.Run(name, func(t *testing.T) {
			db := ledgertest.New(t)
			for i := range 10 {
				ledgertest.Add(t, db, ledgertest.Paid(t, fmt.Sprint("own", i), "2026-06-10T12:00:00Z", ledgertest.Cents(1)))
			}
			synctest.Test(t, func(t *testing.T) {
				y := newYard(t, db)
				defer y.stop()
				found, err := y.b.Examine(t.Context(), file, nil)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := y.b.Restore(found); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				if got := y.told(); len(got) > 0 || y.rings > 0 {
					t.Errorf("restored events were told as new: %v, %d rings", got, y.rings)
				}
				ledgertest.Add(t, db, ledgertest.Paid(t, "later", "2026-06-20T12:00:00Z", ledgertest.Cents(1)))
				if err := y.b.Change(t.Context(), func(*core.Settings) {}); err != nil { // it has the news published
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				if got := y.told(); len(got) != 1 || got[0] != "later" {
					t.Errorf("told as new: %v", got)
				}
			})
		})
	}
}

func TestRecordsAreKeptForAsManyYearsAsTheUserSays(t *testing.T) {
	db := ledgertest.New(t)
	old, recent := ledgertest.Paid(t, "old", "1998-06-10T12:00:00Z", ledgertest.Cents(1)), ledgertest.Paid(t, "recent", "2000-01-01T12:00:00Z", ledgertest.Cents(1))
	old.ReceivedAt, recent.ReceivedAt = old.OccurredAt, recent.OccurredAt
	ledgertest.Add(t, db, old, recent)
	synctest.Test(t, func(t *testing.T) { // it begins in 2000
		y := newYard(t, db)
		defer y.stop()
		if gone, err := y.b.Expired(t.Context(), 1); err != nil || gone.Events != 1 {
			t.Errorf("foretold: %+v, %v", gone, err)
		}
		time.Sleep(49 * time.Hour)
		if s := y.b.Status().Summary; s.Events != 2 {
			t.Errorf("%d events are left though all are kept for ever", s.Events)
		}
		if err := y.b.KeepFor(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if s := y.b.Status().Summary; s.Events != 1 {
			t.Errorf("%d events are left of two", s.Events)
		}
		y.setAhead(2 * 366 * 24 * time.Hour)
		time.Sleep(25 * time.Hour) // it looks once a day
		if s := y.b.Status().Summary; s.Events != 0 {
			t.Errorf("%d events are left two years later", s.Events)
		}
		if err := y.b.KeepFor(t.Context(), -1); !errors.Is(err, core.ErrBadYears) {
			t.Errorf("KeepFor(-1) = %v", err)
		}
	})
}

// noVault is a computer that keeps no secrets.
type noVault struct{ core.Vault }

func (noVault) Load() (core.Secrets, error) { return core.Secrets{}, core.ErrNoVault }
func (noVault) Kind() core.VaultKind        { return core.VaultMemory }
