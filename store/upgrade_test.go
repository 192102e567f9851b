package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// asSchema1 makes of a store what a version that knew schema 1 had of it.
func asSchema1(t testing.TB, dir string) {
	t.Helper()
	bolt, err := bbolt.Open(filepath.Join(dir, FileName), 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	const group = 20_000
	for from, last := uint64(1), uint64(1); from <= last; from += group {
		if err := bolt.Update(func(tx *bbolt.Tx) error {
			last = tx.Bucket(bucketEvents).Sequence()
			for seq := from; seq < min(from+group, last+1); seq++ {
				if err := eventAsSchema1(tx, seq); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := bolt.Update(func(tx *bbolt.Tx) error {
		if err := feedsAsSchema1(tx); err != nil {
			return err
		}
		_, idsMissing := tx.CreateBucketIfNotExists(bucketIDs1)
		_, earlierMissing := tx.CreateBucketIfNotExists(bucketEarlier1)
		return errors.Join(idsMissing, earlierMissing, tx.DeleteBucket(bucketKnown), tx.Bucket(bucketMeta).Put(keySchema, number(1)))
	}); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Close(); err != nil {
		t.Fatal(err)
	}
}

// feedsAsSchema1 gives every row an entry of its own.
func feedsAsSchema1(tx *bbolt.Tx) error {
	for _, feed := range feeds() {
		rows := tx.Bucket(feedBucket(feed))
		for n := gone(tx, feedBucket(feed)) + 1; n <= rows.Sequence(); n++ {
			if err := rows.Put(number(n), number(seqOfRow(rows, n))); err != nil {
				return err
			}
		}
	}
	return nil
}

func eventAsSchema1(tx *bbolt.Tx, seq uint64) error {
	ids, err := tx.CreateBucketIfNotExists(bucketIDs1)
	if err != nil {
		return err
	}
	before, err := tx.CreateBucketIfNotExists(bucketEarlier1)
	if err != nil {
		return err
	}
	earlier, id := decodeID(tx.Bucket(bucketKnown).Get(number(seq)))
	if err := ids.Put(id, number(seq)); err != nil {
		return err
	}
	if earlier > 0 {
		if err := before.Put(number(seq), number(earlier)); err != nil {
			return err
		}
	}
	if seq <= gone(tx, bucketEvents) {
		return nil
	}
	e, err := readEvent(tx, seq)
	if err != nil {
		return err
	}
	if _, isPayment := e.Detail.(core.Payment); isPayment {
		if err := tx.Bucket(bucketPayments).Put(timeKey(e.OccurredAt, seq), nil); err != nil {
			return err
		}
	}
	record, err := cbor.Marshal(newRecord(e))
	if err != nil {
		return err
	}
	return tx.Bucket(bucketEvents).Put(number(seq), record)
}

// oldStores are stores of schema 1 with what they say.
func oldStores(t *testing.T) map[string]func() (dir string, want contents) {
	make := func(fill func(testing.TB, int) string, n int) func() (string, contents) {
		return func() (string, contents) {
			dir := fill(t, n)
			want := everything(t, dir)
			asSchema1(t, dir)
			return dir, want
		}
	}
	return map[string]func() (string, contents){"all kinds": make(filled, 700), "empty": make(filled, 0), "pruned": make(pruned, 300)}
}

func TestFileOfAnEarlierSchemaIsWrittenAnew(t *testing.T) {
	t.Parallel()
	ways := map[string]func(dir string, progress func(done, total int)) (*DB, error){
		"Open":       func(dir string, p func(done, total int)) (*DB, error) { return OpenContext(t.Context(), dir, p) },
		"OpenReader": func(dir string, p func(done, total int)) (*DB, error) { return OpenReaderContext(t.Context(), dir, p) },
	}
	for name, old := range oldStores(t) {
		for way, open := range ways {
			dir, want := old()
			last := 0
			db, err := open(dir, func(done, total int) {
				if done < last || done > total {
					t.Errorf("%s, %s: progress goes from %d to %d of %d", name, way, last, done, total)
				}
				last = done
			})
			if err != nil {
				t.Fatalf("%s, %s: %v", name, way, err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if last == 0 && len(want.Events) > 0 {
				t.Errorf("%s, %s: no progress", name, way)
			}
			assertUpgraded(t, dir, want)
			db, err = OpenContext(t.Context(), dir, func(int, int) { t.Errorf("%s, %s: it is written anew a second time", name, way) })
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range want.Events {
				if _, fresh, err := db.Add(e); fresh || err != nil {
					t.Fatalf("%s, %s: %s is new: %v, %v", name, way, e.ID, fresh, err)
				}
			}
			if _, fresh, err := db.Add(sample(0)); name == "pruned" && (fresh || err != nil) {
				t.Errorf("a deleted event that is sent again is new: %v, %v", fresh, err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// assertUpgraded holds a store to what it said before, with nothing left beside it.
func assertUpgraded(t *testing.T, dir string, want contents) {
	t.Helper()
	if got := everything(t, dir); !reflect.DeepEqual(got, want) {
		t.Error("the new file says something else")
	}
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("the new file: %+v", r)
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
	tamper(t, dir, func(tx *bbolt.Tx) error {
		if tx.Bucket(bucketIDs1) != nil || tx.Bucket(bucketEarlier1) != nil || schemaOf(tx) != schema {
			t.Errorf("the new file has old parts, or schema %d", schemaOf(tx))
		}
		return nil
	})
}

func TestOldFileStaysWhereItCannotBeWrittenAnew(t *testing.T) {
	t.Parallel()
	stopped, stop := context.WithCancel(t.Context())
	defer stop()
	for name, tt := range map[string]struct {
		ctx    context.Context
		change func(tx *bbolt.Tx) error
		want   error
	}{
		"given up":      {stopped, nil, context.Canceled},
		"a bad record":  {t.Context(), func(tx *bbolt.Tx) error { return tx.Bucket(bucketEvents).Put(number(7), []byte("bad")) }, core.ErrDamaged},
		"without ids":   {t.Context(), func(tx *bbolt.Tx) error { return tx.DeleteBucket(bucketIDs1) }, core.ErrDamaged},
		"an id too few": {t.Context(), func(tx *bbolt.Tx) error { return tx.Bucket(bucketIDs1).Delete([]byte("evt_7")) }, core.ErrDamaged},
		"a wrong total": {t.Context(), func(tx *bbolt.Tx) error {
			k, _ := tx.Bucket(bucketTotals).Cursor().First()
			return tx.Bucket(bucketTotals).Put(k, encodeTotal(9, 9))
		}, core.ErrDamaged},
		"a total too few": {t.Context(), func(tx *bbolt.Tx) error {
			k, _ := tx.Bucket(bucketTotals).Cursor().First()
			return tx.Bucket(bucketTotals).Delete(k)
		}, core.ErrDamaged},
	} {
		dir := filled(t, 600)
		asSchema1(t, dir)
		if tt.change != nil {
			tamper(t, dir, tt.change)
		}
		path := filepath.Join(dir, FileName)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = OpenContext(tt.ctx, dir, func(int, int) { stop() })
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: Open = %v, want %v", name, err, tt.want)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
		if left := names(t, dir); len(left) != 1 {
			t.Errorf("%s: left %v", name, left)
		}
		if tt.change == nil {
			continue
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Errorf("%s: Repair = %v", name, err)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s, repaired: %+v", name, r)
		}
	}
}

func TestCheckOfAnEarlierSchemaChangesNothing(t *testing.T) {
	t.Parallel()
	for name, old := range oldStores(t) {
		dir, want := old()
		path := filepath.Join(dir, FileName)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if r := checked(t, dir); !r.Fine() || r.Events != len(want.Events) {
			t.Errorf("%s: %+v", name, r)
		}
		if InUse(dir) {
			t.Errorf("%s: in use by nobody", name)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
		tamper(t, dir, func(tx *bbolt.Tx) error {
			return tx.Bucket(bucketLatest).Put([]byte("planted"), number(1))
		})
		if r := checked(t, dir); r.Fine() {
			t.Errorf("%s: a difference is not found", name)
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Fatal(err)
		}
		got := everything(t, dir)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the repaired store says something else", name)
		}
	}
}

func TestBackupOfAnEarlierSchemaIsRestored(t *testing.T) {
	t.Parallel()
	for name, old := range oldStores(t) {
		dir, want := old()
		db := open(t, t.TempDir())
		c := examine(t, db, filepath.Join(dir, FileName))
		if h := c.Holdings(); h.Events != len(want.Events) || h.Removed != want.Summary.Gone[core.FeedActivity] || h.DeletedIDs != h.Removed {
			t.Errorf("%s: the backup holds %+v", name, h)
		}
		if _, err := c.Adopt("aside.db"); err != nil {
			t.Fatal(err)
		}
		mustVerify(t, db)
		var wanted []string
		for _, e := range want.Events {
			wanted = append(wanted, e.ID)
		}
		if got := collect(t, db, core.Query{}); !slices.Equal(got, wanted) {
			t.Errorf("%s: restored %v", name, got)
		}
	}
}

func TestDataIsInUseWhileSomebodyReceives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if InUse(dir) {
		t.Error("an empty directory is in use")
	}
	db := open(t, dir)
	if !InUse(dir) {
		t.Error("an open store is not in use")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if InUse(dir) {
		t.Error("a closed store is in use")
	}
}

func TestWithoutRoomNothingIsWrittenAnew(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	var none *core.NoRoomError
	if err := db.roomFor(1 << 62); !errors.As(err, &none) || none.Missing < 1<<61 {
		t.Errorf("room for 4 exabytes: %v", err)
	}
	if err := db.roomFor(1); err != nil {
		t.Errorf("room for a byte: %v", err)
	}
}
