package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
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
	bolt, err := bbolt.Open(filepath.Join(dir, FileName), 0o600, &bbolt.Options{NoSync: true, FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	if err := bolt.Update(createBuckets); err != nil {
		b.Fatal(err)
	}
	const group = 2000
	for from := 0; from < n; from += group {
		err := bolt.Update(func(tx *bbolt.Tx) error {
			for i := from; i < min(from+group, n); i++ {
				e := sample(i)
				encoded, err := encodeEvent(e)
				if err != nil {
					return err
				}
				if _, _, err := insert(tx, e, encoded); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := bolt.Close(); err != nil {
		b.Fatal(err)
	}
}
