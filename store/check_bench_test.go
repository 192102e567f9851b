package store

import (
	"fmt"
	"testing"

	"rentbell/core"
)

// BenchmarkCheck and its repair, of a store with many events:
//
//	go test ./store -run '^$' -bench Check -benchtime 1x
func BenchmarkCheck(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000} {
		dir := b.TempDir()
		generate(b, dir, n)
		b.Run(fmt.Sprint("check/", n), func(b *testing.B) {
			for range b.N {
				if r := checked(b, dir); !r.Fine() || r.Events != n {
					b.Fatalf("%+v", r)
				}
			}
		})
		b.Run(fmt.Sprint("repair/", n), func(b *testing.B) {
			for range b.N {
				if done, err := Repair(b.Context(), dir, june18); err != nil || done.Events != n {
					b.Fatalf("%+v, %v", done, err)
				}
			}
		})
	}
}

// generate stores n events without waiting for the disk.
func generate(b *testing.B, dir string, n int) {
	b.Helper()
	db := openUnsynced(b, dir)
	const group = 2000
	for from := 0; from < n; from += group {
		var events []core.Event
		for i := from; i < min(from+group, n); i++ {
			events = append(events, sample(i))
		}
		addAll(b, db, events)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
}
