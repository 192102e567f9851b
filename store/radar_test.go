package store

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

func cents(c core.Cents) *core.Cents { return &c }

// decided saves something of everything that people decide.
func decided(t *testing.T, db *DB) (terms map[string]core.LeaseTerms, rules map[string]core.DueRule, marks map[core.FindingKey]core.Mark) {
	t.Helper()
	terms = map[string]core.LeaseTerms{
		"20931": {Typed: []core.TypedRent{{Amount: 1}, {From: core.Month{Year: 2026, Month: 6}, Amount: 139500}}, PaysAhead: true},
		"20932": {
			Imported: cents(0), Told: cents(90000), Rule: &core.DueRule{Due: 31, Grace: 0},
			Notice: time.Date(2026, 6, 12, 9, 0, 0, 1, time.UTC), NoticeOn: core.Date{Year: 2026, Month: 6, Day: 11},
		},
	}
	rules = map[string]core.DueRule{"Alder Court": {Due: 5, Grace: 3}}
	marks = map[core.FindingKey]core.Mark{
		"late|2026-06|20931": {Told: true},
		"late|2026-06|20932": {Told: true, Snoozed: june18.Add(time.Hour)},
		"returned|7|20931":   {Handled: june18},
	}
	for _, err := range []error{
		db.SaveTerms(terms), db.SaveTerms(map[string]core.LeaseTerms{"1": {PaysAhead: true}}), db.SaveTerms(map[string]core.LeaseTerms{"1": {}}),
		db.SaveDueRules(rules), db.SaveMarks(marks), db.SaveToldSince(june18),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return terms, rules, marks
}

func TestDecisionsSurviveReopening(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	terms, rules, marks := decided(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got, err := db.Terms(); err != nil || !reflect.DeepEqual(got, terms) {
		t.Errorf("terms %v, %v, want %v", got, err, terms)
	}
	if got, err := db.DueRules(); err != nil || !reflect.DeepEqual(got, rules) {
		t.Errorf("rules %v, %v, want %v", got, err, rules)
	}
	if got, err := db.Marks(); err != nil || !reflect.DeepEqual(got, marks) {
		t.Errorf("marks %v, %v, want %v", got, err, marks)
	}
	if got, err := db.ToldSince(); err != nil || !got.Equal(june18) {
		t.Errorf("told since %v, %v", got, err)
	}
}

// TestWhatCannotBeDecidedIsPassedOver writes what only a damaged file has, or a hostile one.
func TestWhatCannotBeDecidedIsPassedOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	terms, rules, marks := decided(t, db)
	err := db.update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketTerms, bucketDueRules, bucketMarks} {
			b := tx.Bucket(name)
			for key, value := range map[string][]byte{
				"no CBOR": {0xff}, "empty": {}, "deep": append(make([]byte, 0, 99), bytesOf(0x81, 99)...), "large": make([]byte, maxDecision+1),
				"says nothing": {0xa0}, string(bytesOf('k', maxSubject+1)): {0xa0},
			} {
				if err := b.Put([]byte(key), value); err != nil {
					return err
				}
			}
			if _, err := b.CreateBucket([]byte("a bucket")); err != nil {
				return err
			}
		}
		if err := save(tx.Bucket(bucketDueRules), "Birch Row", dueRule{Due: 99, Grace: -1}); err != nil {
			return err
		}
		below := int64(-1)
		return save(tx.Bucket(bucketTerms), "20933", leaseTerms{
			Imported: &below, Told: &below, Rule: &dueRule{}, NoticeOn: "2026-02-30", Typed: []typedRent{{"2026-13", 1}, {"2026-01", -1}},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got, err := db.Terms(); err != nil || !reflect.DeepEqual(got, terms) {
		t.Errorf("terms %v, %v, want %v", got, err, terms)
	}
	if got, err := db.DueRules(); err != nil || !reflect.DeepEqual(got, rules) {
		t.Errorf("rules %v, %v, want %v", got, err, rules)
	}
	if got, err := db.Marks(); err != nil || !reflect.DeepEqual(got, marks) {
		t.Errorf("marks %v, %v, want %v", got, err, marks)
	}
}

func bytesOf(b byte, n int) []byte {
	all := make([]byte, n)
	for i := range all {
		all[i] = b
	}
	return all
}

// TestABackupBringsDecisionsAndNotWhatWasTold: what a stranger's file says of that could
// keep the bell from ever telling.
func TestABackupBringsDecisionsAndNotWhatWasTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	terms, rules, marks := decided(t, db)
	file := filepath.Join(dir, "backup")
	if err := db.Backup(t.Context(), file, june18, nil); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveTerms(map[string]core.LeaseTerms{"20931": {}}); err != nil {
		t.Fatal(err)
	}
	candidate, err := db.Examine(t.Context(), file, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := candidate.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	if got, err := db.Terms(); err != nil || !reflect.DeepEqual(got, terms) {
		t.Errorf("terms %v, %v, want %v", got, err, terms)
	}
	if got, err := db.DueRules(); err != nil || !reflect.DeepEqual(got, rules) {
		t.Errorf("rules %v, %v, want %v", got, err, rules)
	}
	for key, m := range marks {
		if m.Told = false; m == (core.Mark{}) {
			delete(marks, key)
		} else {
			marks[key] = m
		}
	}
	if got, err := db.Marks(); err != nil || !reflect.DeepEqual(got, marks) {
		t.Errorf("marks %v, %v, want %v", got, err, marks)
	}
	if got, err := db.ToldSince(); err != nil || !got.IsZero() {
		t.Errorf("told since %v, %v; nothing of the backup is told", got, err)
	}
}

// TestFilesFromBeforeTheRadarGetTheirBuckets takes them away, as no version of the
// schema says that they are there.
func TestFilesFromBeforeTheRadarGetTheirBuckets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("e1", "1", 1, june18))
	if err := db.update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketTerms, bucketDueRules, bucketMarks} {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	if terms, err := reader.Terms(); err != nil || len(terms) > 0 {
		t.Errorf("an old file, only read: %v, %v", terms, err)
	}
	if err := reader.Close(); err != nil {
		t.Fatal(err)
	}
	decided(t, open(t, dir))
}
