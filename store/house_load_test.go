package store

import (
	"fmt"
	"os"
	"testing"
	"time"

	"rentbell/core"
)

// TestDeliveriesHardlyWaitForHousekeeping measures, where it is asked for, how
// long deliveries wait while a file of 100,000 events is looked after.
func TestDeliveriesHardlyWaitForHousekeeping(t *testing.T) {
	if os.Getenv("RENTBELL_MEASURE") == "" {
		t.Skip("RENTBELL_MEASURE is not set")
	}
	db := open(t, t.TempDir())
	events := make([]core.Event, 0, 100_000)
	for i := range cap(events) {
		at := longAgo.Add(time.Duration(i) * time.Minute)
		if i >= cap(events)/2 {
			at = june18.Add(time.Duration(i) * time.Second)
		}
		events = append(events, rent(fmt.Sprint("pay", i), fmt.Sprint(i%300), 100, at))
	}
	addAtOnce(t, db, events)
	measure := func(name string, work func() error) {
		t.Helper()
		began := time.Now()
		var took time.Duration
		acknowledged, longest := whileAdding(t, db, func() {
			if err := work(); err != nil {
				t.Error(err)
			}
			took = time.Since(began)
		})
		t.Logf("%-8s took %v; %d deliveries meanwhile, the longest wait %v; file %d KB",
			name, took.Round(time.Millisecond), len(acknowledged), longest.Round(time.Millisecond), sizeOf(db.path)>>10)
	}
	measure("nothing", func() error { time.Sleep(2 * time.Second); return nil })
	path := t.TempDir() + "/copy.db"
	measure("back up", func() error { return db.Backup(t.Context(), path, june18, nil) })
	measure("prune", func() error { _, err := db.Prune(t.Context(), newYear); return err })
	measure("compact", func() error {
		done, err := db.Compact(t.Context())
		t.Logf("compact held deliveries for %v", done.Held.Round(time.Microsecond))
		return err
	})
	measure("restore", func() error {
		c, err := db.Examine(t.Context(), path, nil)
		if err != nil {
			return err
		}
		_, err = c.Adopt("aside.db")
		return err
	})
	mustVerify(t, db)
}
