package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/store/salvage"
)

// FuzzForeignFile changes bytes of a sound file: those of a page, and those of both
// beginnings, whose sums are made right again. Whatever comes of it ends, and nothing
// but a repair changes the file. What is proven, bbolt reads to its end.
func FuzzForeignFile(f *testing.F) {
	whole := damagedFile(f, "valid")
	const size = 4096
	for at := uint32(0); at < uint32(len(whole)); at += size {
		f.Add(at+8, []byte{1, 0, 2, 0}, byte(0), uint64(0), false) // a branch
		f.Add(at+10, []byte{255, 255}, byte(0), uint64(0), false)
	}
	f.Add(uint32(0), []byte(nil), byte(16), uint64(5), true)
	f.Add(uint32(0), []byte(nil), byte(32), ^uint64(0), true)
	f.Add(uint32(0), []byte(nil), byte(40), uint64(1<<50), true)
	for _, name := range []string{"cycle-events", "dag-ids", "emptydag-events", "fuzz-timeout-79", "fuzz-211"} {
		for at, b := range damagedFile(f, name)[:len(whole)] {
			if b != whole[at] {
				f.Add(uint32(at), damagedFile(f, name)[at:min(len(whole), at+size)], byte(0), uint64(0), false)
				break
			}
		}
	}
	empty := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, at uint32, patch []byte, field byte, value uint64, mend bool) {
		content := bytes.Clone(whole)
		copy(content[int(at)%len(content):], patch)
		for id := range 2 {
			meta := content[id*size+16:][:64]
			if mend {
				binary.NativeEndian.PutUint64(meta[field%7*8:], value)
			}
			sum := fnv.New64a()
			_, _ = sum.Write(meta[:56]) // a hash takes everything
			binary.NativeEndian.PutUint64(meta[56:], sum.Sum64())
		}
		dir := stored(t, content)
		path := filepath.Join(dir, FileName)
		sound := inspect(t.Context(), path, provenWhole)
		if sound == nil {
			readByBolt(t, path)
		}
		if err := inspect(t.Context(), path, func(f *salvage.File, _ int64) error { return f.Ends() }); sound == nil && err != nil {
			t.Errorf("it is sound, and its ways do not end: %v", err)
		}
		if c, err := empty.Examine(t.Context(), path, nil); err == nil {
			c.Discard()
		}
		_, err := Check(t.Context(), dir)
		if left, _ := os.ReadFile(path); !bytes.Equal(left, content) {
			t.Error("the file was changed")
		}
		if errors.Is(err, core.ErrNewer) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Fatal(err)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("repaired: %+v", r)
		}
	})
}

// readByBolt reads every entry of a file that was proven.
func readByBolt(t *testing.T, path string) {
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bolt.Close() }() // it was only read
	if err := bolt.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				_, _ = bytes.Clone(k), bytes.Clone(v)
				return nil
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
}
