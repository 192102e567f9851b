package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// recordPages says, of a whole file, on which pages each event is, as bbolt itself
// knows its pages.
func recordPages(t *testing.T, whole []byte) (pageSize int, of map[string][]uint64, live []uint64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), FileName)
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bolt.Close() }() // it was only read
	pageSize, of = bolt.Info().PageSize, map[string][]uint64{}
	err = bolt.View(func(tx *bbolt.Tx) error {
		events := tx.Bucket(bucketEvents)
		end := uint64(tx.Size()) / uint64(pageSize)
		for id := uint64(0); id < end; id++ {
			live = append(live, id)
			info, err := tx.Page(int(id))
			if err != nil {
				return err
			}
			if info.Type != "leaf" {
				continue
			}
			run := uint64(info.OverflowCount) + 1
			content := whole[id*uint64(pageSize):][:run*uint64(pageSize)]
			if err := events.ForEach(func(k, v []byte) error {
				e, err := decodeEvent(toNumber(k), v)
				for i := range run {
					if bytes.Contains(content, v) {
						of[e.ID] = append(of[e.ID], id+i)
					}
				}
				return err
			}); err != nil {
				return err
			}
			for range run - 1 {
				id++
				live = append(live, id)
			}
		}
		if n := events.Stats().KeyN; len(of) != n {
			t.Errorf("found the pages of %d events out of %d", len(of), n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pageSize, of, live
}

// damages are what disks do to a page.
var damages = map[string]func(r *rand.Rand, page []byte){
	"zeros":   func(_ *rand.Rand, page []byte) { clear(page) },
	"garbage": func(r *rand.Rand, page []byte) { scramble(r, page) },
	"torn":    func(r *rand.Rand, page []byte) { clear(page[512*(1+r.IntN(len(page)/512-1)):]) },
	"bits": func(r *rand.Rand, page []byte) {
		for range 5 {
			page[r.IntN(len(page))] ^= 1 << r.IntN(8)
		}
	},
	"head": func(r *rand.Rand, page []byte) { scramble(r, page[:64]) },
}

func scramble(r *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
}

func TestEveryEventWhosePageIsWholeIsSaved(t *testing.T) {
	t.Parallel()
	dir := filled(t, 600)
	whole, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	pageSize, of, live := recordPages(t, whole)
	want := everything(t, dir)
	rounds := 3
	if testing.Short() {
		rounds = 2
	}
	for name, damage := range damages {
		for round := range rounds {
			r := rand.New(rand.NewPCG(uint64(round), 1))
			content, hit := bytes.Clone(whole), map[uint64]bool{}
			for range 1 + r.IntN(12) {
				id := live[r.IntN(len(live))]
				hit[id] = true
				damage(r, content[int(id)*pageSize:][:pageSize])
			}
			t.Run(fmt.Sprint(name, round), func(t *testing.T) { t.Parallel(); assertSaved(t, content, want, of, hit) })
		}
	}
}

// assertSaved repairs a damaged file and looks for what must be there.
func assertSaved(t *testing.T, content []byte, want contents, of map[string][]uint64, hit map[uint64]bool) {
	dir := stored(t, content)
	path := filepath.Join(dir, FileName)
	if _, err := Check(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
		t.Fatalf("the check changed the file: %v", err)
	}
	done, err := Repair(t.Context(), dir, june18)
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := os.ReadFile(done.Aside); err != nil || !bytes.Equal(kept, content) {
		t.Errorf("the damaged file is not kept: %v", err)
	}
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("after the repair: %+v", r)
	}
	saved := map[string]core.Event{}
	for _, e := range everything(t, dir).Events {
		saved[e.ID] = e
	}
	for _, e := range want.Events {
		touched := false
		for _, id := range of[e.ID] {
			touched = touched || hit[id]
		}
		got, found := saved[e.ID]
		e.Seq, got.Seq = 0, 0
		if !touched && (!found || !reflect.DeepEqual(got, e)) {
			t.Errorf("%s is on whole pages %v, and was saved: %v", e.ID, of[e.ID], found)
		}
	}
	add(t, open(t, dir), rent("next", "1", 1, june18))
}

func TestFileThatCannotBeOpenedIsToldAndLeftAsItIs(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(filepath.Join(filled(t, 100), FileName))
	if err != nil {
		t.Fatal(err)
	}
	noMetas := bytes.Clone(whole)
	clear(noMetas[:2*os.Getpagesize()])
	tests := map[string][]byte{
		"cut off":          whole[:len(whole)/2],
		"cut to a page":    whole[:4096],
		"without metas":    noMetas,
		"something else":   bytes.Repeat([]byte("no database "), 5000),
		"nothing but zero": make([]byte, 1<<16),
	}
	for name, content := range tests {
		dir := stored(t, content)
		path := filepath.Join(dir, FileName)
		if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: Open = %v, want ErrDamaged", name, err)
		}
		if _, err := OpenReader(dir); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: OpenReader = %v, want ErrDamaged", name, err)
		}
		if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
		if r := checked(t, dir); !r.Unreadable || r.Fine() {
			t.Errorf("%s: %+v", name, r)
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		add(t, open(t, dir), rent("next", "1", 1, june18))
	}
}

func TestSettingsSurviveTheLossOfBothBeginnings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	fill(t, db, 599)
	if err := db.Close(); err != nil { // what was only counted is written, too
		t.Fatal(err)
	}
	db = open(t, dir)
	add(t, db, sample(599)) // the newest root is known by how many events it speaks of
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	want := everything(t, dir)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(content[:2*os.Getpagesize()])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if done, err := Repair(t.Context(), dir, june18); err != nil || done.Events != 600 || done.Lost != 0 {
		t.Fatalf("Repair = %+v, %v", done, err)
	}
	if got := everything(t, dir); !reflect.DeepEqual(got, want) {
		t.Error("the repaired store says something else")
	}
}

func TestEventsThatAreLostLeaveNoHoles(t *testing.T) {
	t.Parallel()
	dir := filled(t, 300)
	tamper(t, dir, func(tx *bbolt.Tx) error {
		for _, seq := range []uint64{1, 50, 51, 52} {
			if err := tx.Bucket(bucketEvents).Delete(number(seq)); err != nil {
				return err
			}
		}
		return nil
	})
	if r := checked(t, dir); r.Lost != 4 || r.Fine() {
		t.Errorf("%+v, want 4 lost", r)
	}
	if done, err := Repair(t.Context(), dir, june18); err != nil || done.Lost != 4 || done.Events != 296 {
		t.Fatalf("Repair = %+v, %v", done, err)
	}
	c := everything(t, dir)
	if len(c.Events) != 296 || c.Exports[0].LastSeq != 296 {
		t.Errorf("%d events; exports %+v", len(c.Events), c.Exports)
	}
	for _, concern := range c.Concerns {
		if concern.Event != nil && concern.Event.Attention.IsZero() {
			t.Errorf("concern %d is about an event that needs none", concern.ID)
		}
	}
	add(t, open(t, dir), sample(50)) // sent once more, it is new
}

func TestDamageMetWhileReceivingIsAnErrorAndNoEnd(t *testing.T) {
	t.Parallel()
	dir := filled(t, 600)
	path := filepath.Join(dir, FileName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pageSize, of, _ := recordPages(t, content)
	id := of["evt_599"][0] // the page that the next event would go to
	db := open(t, dir)
	scramble(rand.New(rand.NewPCG(1, 2)), content[int(id)*pageSize:][:pageSize])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, _, err := db.Add(rent("new", "1", 1, june18)); !errors.Is(err, core.ErrStorage) || !errors.Is(err, core.ErrDamaged) {
			t.Errorf("Add = %v, want ErrStorage and ErrDamaged", err)
		}
		if _, err := db.Page(core.FeedActivity, 0, 10); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("Page = %v, want ErrDamaged", err)
		}
	}
}

func TestFileThatDoesNotSayItsSchemaIsDamaged(t *testing.T) {
	t.Parallel()
	for name, loss := range map[string]func(tx *bbolt.Tx) error{
		"bucket": func(tx *bbolt.Tx) error { return tx.DeleteBucket(bucketMeta) },
		"number": func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keySchema) },
	} {
		dir := filled(t, 60)
		want := everything(t, dir)
		tamper(t, dir, loss)
		if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: Open = %v, want ErrDamaged", name, err)
		}
		if r := checked(t, dir); !r.Unreadable {
			t.Errorf("%s: %+v", name, r)
		}
		repairAndCompare(t, dir, want)
	}
}

func TestMemoThatCannotBeReadStopsNoRepair(t *testing.T) {
	t.Parallel()
	for _, damaged := range []string{`{"told":1`, `"text"`, `[7]`} {
		dir := filled(t, 60)
		tamper(t, dir, func(tx *bbolt.Tx) error {
			return errors.Join(tx.Bucket(bucketEvents).Delete(number(5)), tx.Bucket(bucketMemo).Put([]byte(memoExports), []byte(damaged)),
				tx.Bucket(bucketMemo).Put([]byte(memoPresence), []byte(damaged)))
		})
		done, err := Repair(t.Context(), dir, june18)
		if err != nil || done.Events != 59 || !reflect.DeepEqual(done.Left, []string{memoExports, memoPresence}) {
			t.Errorf("%s: Repair = %+v, %v", damaged, done, err)
			continue
		}
		if c := everything(t, dir); c.Settings.Address == "" || len(c.Exports) != 0 {
			t.Errorf("%s: settings %+v, exports %+v", damaged, c.Settings, c.Exports)
		}
	}
}

func TestSchemaThatNoVersionWritesIsDamage(t *testing.T) {
	t.Parallel()
	dir := filled(t, 60)
	want := everything(t, dir)
	tamper(t, dir, func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(keySchema, number(schema|1<<21)) })
	if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
		t.Errorf("Open = %v, want ErrDamaged", err)
	}
	if r := checked(t, dir); !r.Unreadable {
		t.Errorf("%+v", r)
	}
	repairAndCompare(t, dir, want)
}

func TestEventIsSavedThoughAnotherBearsItsID(t *testing.T) {
	t.Parallel()
	dir := filled(t, 600)
	path := filepath.Join(dir, FileName)
	want := everything(t, dir)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	in := func(id string) []byte { return fmt.Appendf(nil, "%q", id) } // a body, which the record's id is a part of
	content = bytes.ReplaceAll(content, in("evt_130"), in("evt_131"))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := checked(t, dir); r.Fine() {
		t.Fatal("the check finds nothing")
	}
	if done, err := Repair(t.Context(), dir, june18); err != nil || done.Events != 600 || done.Lost != 0 {
		t.Errorf("Repair = %+v, %v", done, err)
	}
	got := everything(t, dir)
	for _, list := range append(slices.Collect(maps.Values(want.Feeds)), want.Events, want.History) {
		for i, e := range list {
			if e.ID == "evt_130" { // nothing tells what else its body said
				list[i].Body = bytes.ReplaceAll(e.Body, in("evt_130"), in("evt_131"))
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the repaired store says something else")
	}
}

func TestBucketIsKnownThoughItsNameIsDamaged(t *testing.T) {
	t.Parallel()
	dir := filled(t, 600)
	want := everything(t, dir)
	whole, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string]string{"events": "evants", "quarantine": "quarantin\x00", "memo": "meMo", "names": "nam%s"} {
		dir := stored(t, bytes.ReplaceAll(whole, []byte(name), []byte(damaged)))
		if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: Open = %v, want ErrDamaged", damaged, err)
		}
		if r := checked(t, dir); r.Fine() {
			t.Errorf("%s: the check finds nothing", damaged)
		}
		if done, err := Repair(t.Context(), dir, june18); err != nil || done.Events != 600 || done.Lost != 0 {
			t.Errorf("%s: Repair = %+v, %v", damaged, done, err)
		}
		if got := everything(t, dir); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the repaired store says something else", damaged)
		}
	}
}
