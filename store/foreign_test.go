package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// damagedFile is a file of testdata/damaged.
func damagedFile(t testing.TB, name string) []byte {
	t.Helper()
	packed, err := os.Open(filepath.Join("testdata", "damaged", name+".db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }() // it was only read
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestFileWhosePagesLeadAstrayIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"cycle-events", "dag-ids", "emptydag-events", "fuzz-timeout-79", "fuzz-211"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content := damagedFile(t, name)
			dir := stored(t, content)
			path := filepath.Join(dir, FileName)
			if _, err := open(t, t.TempDir()).Examine(t.Context(), path, nil); !errors.Is(err, core.ErrBadBackup) {
				t.Errorf("Examine = %v, want ErrBadBackup", err)
			}
			if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
				t.Errorf("Open = %v, want ErrDamaged", err)
			}
			if _, err := OpenReader(dir); !errors.Is(err, core.ErrDamaged) {
				t.Errorf("OpenReader = %v, want ErrDamaged", err)
			}
			if r := checked(t, dir); r.Fine() || !r.Unreadable {
				t.Errorf("Check = %+v", r)
			}
			if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
				t.Errorf("the file was changed: %v", err)
			}
			done, err := Repair(t.Context(), dir, june18)
			if err != nil {
				t.Fatal(err)
			}
			if kept, err := os.ReadFile(done.Aside); err != nil || !bytes.Equal(kept, content) {
				t.Errorf("the damaged file is not kept: %v", err)
			}
			if r := checked(t, dir); !r.Fine() {
				t.Errorf("repaired: %+v", r)
			}
			add(t, open(t, dir), rent("next", "1", 1, june18))
		})
	}
}

func TestFileWithPagesThatNobodyUsesIsSound(t *testing.T) {
	t.Parallel()
	content := damagedFile(t, "valid")
	dir := stored(t, content)
	if r := checked(t, dir); !r.Fine() || r.Events == 0 {
		t.Errorf("Check = %+v", r)
	}
	c := examine(t, open(t, t.TempDir()), filepath.Join(dir, FileName))
	if c.Holdings().Events == 0 {
		t.Errorf("holds %+v", c.Holdings())
	}
	c.Discard()
	if err := open(t, dir).Close(); err != nil {
		t.Error(err)
	}
}

func TestStartWithoutNewsWritesNothing(t *testing.T) {
	t.Parallel()
	dir := filled(t, 30)
	path := filepath.Join(dir, FileName)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the file was changed: %v", err)
	}
}

// hugeSize is that of a file with nothing in it.
const hugeSize = 200 << 30

// grown makes a sparse file of a content.
func grown(t *testing.T, dir string, content []byte) {
	t.Helper()
	path := filepath.Join(dir, FileName)
	if err := errors.Join(os.WriteFile(path, content, 0o600), os.Truncate(path, hugeSize)); err != nil {
		t.Skip("no file system for sparse files: ", err)
	}
}

func TestHugeFileWithNothingInItIsRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		content []byte
		backup  error
		events  int
	}{
		"nothing":     {nil, core.ErrNoBackup, 0},
		"a beginning": {damagedFile(t, "valid"), core.ErrBadBackup, checked(t, stored(t, damagedFile(t, "valid"))).Events},
	} {
		dir := t.TempDir()
		grown(t, dir, tt.content)
		path := filepath.Join(dir, FileName)
		if _, err := open(t, t.TempDir()).Examine(t.Context(), path, nil); !errors.Is(err, tt.backup) {
			t.Errorf("%s: Examine = %v, want %v", name, err, tt.backup)
		}
		if _, err := Open(dir); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: Open = %v, want ErrDamaged", name, err)
		}
		if r := checked(t, dir); !r.Unreadable || r.Events != tt.events {
			t.Errorf("%s: Check = %+v", name, r)
		}
		if info, err := os.Stat(path); err != nil || info.Size() != hugeSize {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
		if done, err := Repair(t.Context(), dir, june18); err != nil || done.Events != tt.events {
			t.Errorf("%s: Repair = %+v, %v", name, done, err)
		}
	}
}

func TestDirectoryIsNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	assertNoFile(t, dir)
}

// assertNoFile tries what is no file as data and as backup.
func assertNoFile(t *testing.T, dir string) {
	t.Helper()
	if _, err := open(t, t.TempDir()).Examine(t.Context(), filepath.Join(dir, FileName), nil); !errors.Is(err, core.ErrNoBackup) {
		t.Errorf("Examine = %v, want ErrNoBackup", err)
	}
	_, opened := Open(dir)
	_, read := OpenReader(dir)
	_, checked := Check(t.Context(), dir)
	_, repaired := Repair(t.Context(), dir, june18)
	for what, err := range map[string]error{"Open": opened, "OpenReader": read, "Check": checked, "Repair": repaired} {
		if !errors.Is(err, core.ErrNoStore) {
			t.Errorf("%s = %v, want ErrNoStore", what, err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().IsRegular() {
		t.Errorf("it was changed: %v", err)
	}
}

func TestBackupBringsRecordsAndNoTrust(t *testing.T) {
	t.Parallel()
	forged := filled(t, 30)
	far := june18.AddDate(50, 0, 0)
	tamper(t, forged, func(tx *bbolt.Tx) error {
		marks := map[string]time.Time{"receipts": far, "loaded": june18.AddDate(0, -1, 0), "of another": far}
		return errors.Join(rememberIn(tx, memoPublicKeys, []byte("planted")), rememberIn(tx, memoBookmark, core.Bookmark{Told: 1 << 40, Seen: 1 << 40}),
			rememberIn(tx, memoBookmarks, marks), rememberIn(tx, memoPresence, core.Presence{Opened: far}), rememberIn(tx, "planted", 1),
			rememberIn(tx, memoSettings, core.Settings{ExportDir: "planted"}), rememberIn(tx, memoRegistration, core.Registration{Address: "planted"}),
			rememberIn(tx, memoExports, []core.PastExport{{File: "june.csv"}}))
	})
	db := open(t, t.TempDir())
	mine := map[string]time.Time{"receipts": june18, "loaded": june18, "new": june18}
	if err := errors.Join(db.SavePublicKeys([]byte("ours")), db.SaveBookmark(core.Bookmark{Told: 7, Seen: 7}), db.remember(memoBookmarks, mine)); err != nil {
		t.Fatal(err)
	}
	if _, err := examine(t, db, filepath.Join(forged, FileName)).Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	memos := map[string]string{}
	if err := db.view(func(tx *bbolt.Tx) error {
		for name, value := range memosIn(tx) {
			memos[name] = string(value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var marks map[string]time.Time
	if err := json.Unmarshal([]byte(memos[memoBookmarks]), &marks); err != nil {
		t.Fatal(err)
	}
	if len(marks) != 2 || !marks["receipts"].Equal(june18) || !marks["loaded"].Equal(june18.AddDate(0, -1, 0)) {
		t.Errorf("AppFolio is read again from %v", marks)
	}
	delete(memos, memoBookmarks)
	keys, _ := db.PublicKeys()
	told, _ := db.Bookmark()
	past, _ := db.Exports()
	if string(keys) != "ours" || told.Told != 30 || len(past) != 1 || len(memos) != 2 {
		t.Errorf("after the restore: keys %s, told %+v, exports %+v; memos %v", keys, told, past, memos)
	}
}

func TestBackupTellsHowManyIDsOfDeletedEventsItHas(t *testing.T) {
	t.Parallel()
	dir := filled(t, 30)
	db := open(t, t.TempDir())
	c := examine(t, db, filepath.Join(dir, FileName))
	if h := c.Holdings(); h.DeletedIDs != 0 {
		t.Errorf("holds %+v", h)
	}
	c.Discard()
	tamper(t, dir, func(tx *bbolt.Tx) error {
		return putID(tx, 31, "planted", 0)
	})
	if _, err := db.Examine(t.Context(), filepath.Join(dir, FileName), nil); !errors.Is(err, core.ErrBadBackup) {
		t.Errorf("an id without an event, Examine = %v", err)
	}
	old := pruned(t, 150)
	c = examine(t, db, filepath.Join(old, FileName))
	if h := c.Holdings(); h.DeletedIDs != 150 || h.Removed != 150 {
		t.Errorf("holds %+v, want the ids of 150 deleted events", h)
	}
	c.Discard()
	asSchema1(t, old)
	tamper(t, old, func(tx *bbolt.Tx) error { return tx.Bucket(bucketIDs1).Put([]byte("planted"), number(1)) })
	if _, err := db.Examine(t.Context(), filepath.Join(old, FileName), nil); !errors.Is(err, core.ErrBadBackup) {
		t.Errorf("two ids of one event, Examine = %v", err)
	}
}

func TestBackupThatClaimsMoreThanItHasIsRefused(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	for name, claim := range map[string]func(tx *bbolt.Tx) error{
		"events":     func(tx *bbolt.Tx) error { return tx.Bucket(bucketEvents).SetSequence(1 << 60) },
		"quarantine": func(tx *bbolt.Tx) error { return tx.Bucket(bucketQuarantine).SetSequence(1 << 60) },
		"payments":   func(tx *bbolt.Tx) error { return tx.Bucket(feedBucket(core.FeedPayments)).SetSequence(1<<64 - 1) },
		"deleted":    func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Put(goneKey(bucketEvents), number(1<<64-1)) },
		"a far one": func(tx *bbolt.Tx) error {
			_, v := tx.Bucket(bucketEvents).Cursor().First()
			return tx.Bucket(bucketEvents).Put(number(1<<62), bytes.Clone(v))
		},
		"a long key": func(tx *bbolt.Tx) error {
			return tx.Bucket(bucketKnown).Put(bytes.Repeat([]byte{255}, 32768), number(1))
		},
	} {
		dir := filled(t, 30)
		tamper(t, dir, claim)
		if _, err := db.Examine(t.Context(), filepath.Join(dir, FileName), nil); !errors.Is(err, core.ErrBadBackup) {
			t.Errorf("%s: Examine = %v, want ErrBadBackup", name, err)
		}
		if r := checked(t, dir); r.Fine() {
			t.Errorf("%s: Check = %+v", name, r)
		}
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Errorf("%s: Repair: %v", name, err)
		}
		if r := checked(t, dir); !r.Fine() {
			t.Errorf("%s, repaired: %+v", name, r)
		}
	}
}

func TestLongLookAtAFileStopsWithItsContext(t *testing.T) {
	t.Parallel()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	whole, err := os.ReadFile(filepath.Join(filled(t, 60), FileName))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"whole": whole, "damaged": append(make([]byte, 2*os.Getpagesize()), whole[2*os.Getpagesize():]...)} {
		dir := stored(t, content)
		path := filepath.Join(dir, FileName)
		if err := os.Truncate(path, 1<<40); err != nil { // most of it is a hole
			t.Skip("the file system has no files that long")
		}
		_, check := Check(stopped, dir)
		_, repair := Repair(stopped, dir, june18)
		_, examine := open(t, t.TempDir()).Examine(stopped, path, nil)
		_, opening := OpenContext(stopped, dir, nil)
		for step, err := range map[string]error{"check": check, "repair": repair, "examine": examine, "open": opening} {
			if !errors.Is(err, context.Canceled) || errors.Is(err, core.ErrDamaged) || errors.Is(err, core.ErrBadBackup) {
				t.Errorf("%s: %s = %v, want Canceled", name, step, err)
			}
		}
		if left, err := os.Stat(path); err != nil || left.Size() != 1<<40 {
			t.Errorf("%s: the file was changed: %v", name, err)
		}
	}
}
