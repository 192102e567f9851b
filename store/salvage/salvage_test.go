package salvage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
)

// written is the content of a bbolt file with small and large buckets, and what
// bbolt reads from it.
func written(t testing.TB) (content []byte, want map[string][]pair) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: 4096, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, fill := range []func(*bbolt.Tx) error{
		func(tx *bbolt.Tx) error { return put(tx, "old", 200, 10) },
		func(tx *bbolt.Tx) error { return tx.DeleteBucket([]byte("old")) },
		func(tx *bbolt.Tx) error { return put(tx, "empty", 0, 0) },
		func(tx *bbolt.Tx) error { return put(tx, "inline", 3, 20) },
		func(tx *bbolt.Tx) error { return put(tx, "many", 1000, 30) },
		func(tx *bbolt.Tx) error { return put(tx, "long", 3, 9000) },
	} {
		if err := db.Update(fill); err != nil {
			t.Fatal(err)
		}
	}
	want = map[string][]pair{}
	if err := db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			want[string(name)] = nil
			return b.ForEach(func(k, v []byte) error {
				want[string(name)] = append(want[string(name)], pair{string(k), string(v)})
				return nil
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if content, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	return content, want
}

type pair struct{ key, value string }

func put(tx *bbolt.Tx, name string, n, size int) error {
	b, err := tx.CreateBucket([]byte(name))
	if err != nil {
		return err
	}
	for i := range n {
		if err := b.Put(fmt.Append(nil, name, i), bytes.Repeat([]byte{byte(i)}, size)); err != nil {
			return err
		}
	}
	return b.SetSequence(uint64(n))
}

func open(content []byte) *File {
	return New(context.Background(), bytes.NewReader(content), int64(len(content)))
}

// read walks a tree, and reads every value a second time by its place.
func read(t *testing.T, f *File, tree *Tree) map[string][]pair {
	t.Helper()
	got := map[string][]pair{}
	for _, b := range tree.Buckets() {
		got[b.Name] = nil
		b.Each(func(e Entry) bool {
			got[b.Name] = append(got[b.Name], pair{string(e.Key), string(e.Value)})
			if again, err := f.Value(e.Place); err != nil || !bytes.Equal(again, e.Value) {
				t.Errorf("Value of %q in %s is another, %v", e.Key, b.Name, err)
			}
			return true
		})
	}
	return got
}

func TestReadsWhatBboltHasWritten(t *testing.T) {
	content, want := written(t)
	f := open(content)
	if stray, err := f.Sound(); err != nil || stray > 0 {
		t.Error(stray, err)
	}
	tree := f.Trees("many")[0]
	if got := read(t, f, tree); !reflect.DeepEqual(got, want) || !tree.Whole() {
		t.Errorf("read something else; whole %v, %d pages damaged", tree.Whole(), tree.Damaged())
	}
	for _, b := range tree.Buckets() {
		if n := uint64(len(want[b.Name])); b.Sequence != n {
			t.Errorf("%s: sequence %d, want %d", b.Name, b.Sequence, n)
		}
	}
}

func TestWithoutMetasTheNewestRootIsFound(t *testing.T) {
	content, want := written(t)
	clear(content[:2*4096])
	f := open(content)
	if _, err := f.Sound(); err == nil {
		t.Error("it is sound")
	}
	trees := f.Trees("long")
	if len(trees) != 1 || trees[0].Whole() {
		t.Fatalf("%d trees, want one that is guessed", len(trees))
	}
	if got := read(t, f, trees[0]); !reflect.DeepEqual(got, want) {
		t.Error("read something else")
	}
}

// TestPageThatOnceLedElsewhereIsNoRoot: the root took the place of a page that a
// bucket had given up, and a page that was given up too still leads there.
func TestPageThatOnceLedElsewhereIsNoRoot(t *testing.T) {
	content, want := written(t)
	root := open(content).Trees("long")[0].root
	const size = 4096
	old := make([]byte, size)
	order := binary.NativeEndian
	order.PutUint64(old, uint64(len(content)/size))
	order.PutUint16(old[8:], kindBranch)
	order.PutUint16(old[10:], 1)
	key := "many5"
	order.PutUint32(old[pageHead:], itemHead) // the key follows
	order.PutUint32(old[pageHead+4:], uint32(len(key)))
	order.PutUint64(old[pageHead+8:], root)
	copy(old[pageHead+itemHead:], key)
	clear(content[:2*size])
	f := open(append(content, old...))
	trees := f.Trees("long")
	if len(trees) != 1 || trees[0].root != root {
		t.Fatalf("the roots are %+v, want page %d", trees, root)
	}
	if got := read(t, f, trees[0]); !reflect.DeepEqual(got, want) {
		t.Errorf("read %d buckets, want all of %d", len(got), len(want))
	}
}

func TestPageWithoutAWayToItIsFound(t *testing.T) {
	content, want := written(t)
	f := open(content)
	buckets := f.Trees("many")[0].Buckets()
	root := int(buckets[slices.IndexFunc(buckets, func(b Bucket) bool { return b.Name == "many" })].head.root)
	clear(content[root*4096:][:4096]) // a branch: its leaves remain
	f = open(content)
	trees, found := f.Trees("many"), map[pair]bool{}
	for _, tree := range trees {
		read(t, f, tree)
	}
	if trees[0].Whole() || trees[0].Damaged() != 1 {
		t.Errorf("%d pages damaged, want 1", trees[0].Damaged())
	}
	f.Lost(trees, func(e Entry, _ bool) { found[pair{string(e.Key), string(e.Value)}] = true })
	for _, p := range want["many"] {
		if !found[p] {
			t.Fatalf("%q is lost", p.key)
		}
	}
}

// stopping is a file whose context ends after some reads, and which counts those after.
type stopping struct {
	io.ReaderAt
	left, late int
	stop       context.CancelFunc
}

func (s *stopping) ReadAt(b []byte, at int64) (int, error) {
	if s.left--; s.left == 0 {
		s.stop()
	}
	if s.left < 0 {
		s.late++
	}
	return s.ReaderAt.ReadAt(b, at)
}

func TestEveryWalkStopsWithItsContext(t *testing.T) {
	content, _ := written(t)
	noMetas := bytes.Clone(content)
	clear(noMetas[:2*4096])
	walks := map[string]func(f *File) error{
		"sound": func(f *File) error { _, err := f.Sound(); return err },
		"ends":  (*File).Ends,
		"trees": func(f *File) error {
			for _, b := range f.Trees("many")[0].Buckets() {
				b.Each(func(Entry) bool { return true })
			}
			return f.ctx.Err()
		},
		"lost": func(f *File) error { f.Lost(nil, func(Entry, bool) {}); return f.ctx.Err() },
	}
	for name, walk := range walks {
		ctx, stop := context.WithCancel(t.Context())
		r := &stopping{ReaderAt: bytes.NewReader(content), left: 12, stop: stop}
		if err := walk(New(ctx, r, int64(len(content)))); !errors.Is(err, context.Canceled) || r.late > 2 {
			t.Errorf("%s: %v, and %d reads after the end", name, err, r.late)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	r := &stopping{ReaderAt: bytes.NewReader(noMetas), left: 30, stop: stop}
	if New(ctx, r, int64(len(noMetas))).Trees("many"); r.late > 2 {
		t.Errorf("the search for a root: %d reads after the end", r.late)
	}
}

// FuzzDamage reads a file of which some bytes are others. It must end.
func FuzzDamage(f *testing.F) {
	whole, _ := written(f)
	f.Add(uint32(0), []byte("no beginning"))
	f.Add(uint32(4*4096+8), []byte{kindBranch})
	f.Add(uint32(5*4096+8), []byte{kindLeaf, 0, 0xFF, 0xFF})
	f.Fuzz(func(t *testing.T, at uint32, patch []byte) {
		content := bytes.Clone(whole)
		copy(content[int(at)%len(content):], patch)
		file := open(content)
		_, _ = file.Sound() // either is right
		trees := file.Trees("many")
		for _, tree := range trees {
			read(t, file, tree)
		}
		file.Lost(trees, func(e Entry, _ bool) {
			if again, err := file.Value(e.Place); err != nil || !bytes.Equal(again, e.Value) {
				t.Errorf("Value of %q is another, %v", e.Key, err)
			}
		})
	})
}
