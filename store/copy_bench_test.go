package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"rentbell/core"
)

// BenchmarkHousekeeping tells how long deliveries wait while a file of 100,000
// events is looked after:
//
//	go test ./store -run '^$' -bench Housekeeping -benchtime 1x
func BenchmarkHousekeeping(b *testing.B) {
	db := open(b, b.TempDir())
	events := make([]core.Event, 0, 100_000)
	for i := range cap(events) {
		at := longAgo
		if i >= cap(events)/2 {
			at = june18
		}
		events = append(events, rent(fmt.Sprint("pay", i), fmt.Sprint(i%300), 100, at))
	}
	addAtOnce(b, db, events)
	path := filepath.Join(b.TempDir(), "copy.db")
	for _, work := range []struct {
		name string
		do   func() error
	}{
		{"back up", func() error { return db.Backup(b.Context(), path, june18, nil) }},
		{"prune", func() error { _, err := db.Prune(b.Context(), newYear); return err }},
		{"compact", func() error { _, err := db.Compact(b.Context()); return err }},
		{"restore", func() error { _, err := examine(b, db, path).Adopt("aside.db"); return err }},
	} {
		b.Run(work.name, func(b *testing.B) {
			acknowledged, longest := whileAdding(b, db, func() {
				if err := work.do(); err != nil {
					b.Error(err)
				}
			})
			b.ReportMetric(float64(longest.Milliseconds()), "ms/longest-wait")
			b.ReportMetric(float64(len(acknowledged)), "deliveries")
		})
	}
	mustVerify(b, db)
}
