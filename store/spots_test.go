package store

import (
	"cmp"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// found are the findings of a store's file.
func found(t *testing.T, dir string) *findings {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() }) // it was only read
	f, err := surveyFile(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSpotsOfAFileInOrderTakeLittleMemory(t *testing.T) {
	t.Parallel()
	const n = 2000
	f := found(t, filled(t, n))
	if f.events.n != n || len(f.events.runs) > n/4 { // one for each page
		t.Errorf("%d events are held in %d parts", f.events.n, len(f.events.runs))
	}
}

// TestSpotsAreAList holds them to a plain list, in any order, with doubles, and of a
// bucket that is within another's page.
func TestSpotsAreAList(t *testing.T) {
	t.Parallel()
	var places []spot
	for _, n := range []int{3, 200} {
		for s := range found(t, filled(t, n)).events.all() {
			places = append(places, s)
		}
	}
	order := func(a, b spot) int { return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.rank, b.rank)) }
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		plain, packed := []spot(nil), spots{}
		for range random.IntN(5) {
			from := random.IntN(len(places))
			for _, s := range places[from:min(len(places), from+random.IntN(60))] {
				s.rank = rank(random.IntN(20) / 18)
				plain = append(plain, s)
				packed.add(s)
			}
		}
		same := func(step string) {
			t.Helper()
			if got := slices.Collect(packed.all()); !reflect.DeepEqual(got, plain) || packed.n != len(plain) {
				t.Fatalf("%s: %v, %d of them, want %v", step, got, packed.n, plain)
			}
		}
		same("added")
		upTo := uint64(random.IntN(100))
		plain = slices.DeleteFunc(plain, func(s spot) bool { return s.seq <= upTo })
		if len(plain) == 0 {
			plain = nil
		}
		packed.drop(upTo)
		same("without the first")
		slices.SortStableFunc(plain, order)
		packed.sort()
		same("sorted")
		numbers := map[uint64]bool{}
		for _, s := range plain {
			numbers[s.seq] = true
		}
		if got := packed.distinct(); got != len(numbers) {
			t.Errorf("%d numbers, want %d", got, len(numbers))
		}
		if last := packed.last(); len(plain) > 0 && last != plain[len(plain)-1].seq || len(plain) == 0 && last != 0 {
			t.Errorf("the last is %d", last)
		}
	}
}
