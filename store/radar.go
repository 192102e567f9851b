package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// A file may come from anybody, so each value and the number of them are bounded, and
// an entry that cannot be used is passed over: it must not keep Rentbell from starting.
const (
	mostDecisions = 200_000 // entries of one bucket that are read
	maxDecision   = 16 << 10
	maxSubject    = 1 << 10 // bytes of a key; ids of AppFolio's have 512 at most
)

// leaseTerms is core.LeaseTerms on disk. Numbers of fields never change, as in record.go.
type leaseTerms struct {
	Typed     []typedRent `cbor:"1,keyasint,omitempty"`
	Imported  *int64      `cbor:"2,keyasint,omitempty"`
	Told      *int64      `cbor:"3,keyasint,omitempty"`
	Rule      *dueRule    `cbor:"4,keyasint,omitempty"`
	PaysAhead bool        `cbor:"5,keyasint,omitempty"`
	Notice    instant     `cbor:"6,keyasint,omitzero"`
	NoticeOn  string      `cbor:"7,keyasint,omitempty"`
}

type typedRent struct {
	From   string `cbor:"1,keyasint,omitempty"`
	Amount int64  `cbor:"2,keyasint"`
}

type dueRule struct {
	Due   int `cbor:"1,keyasint"`
	Grace int `cbor:"2,keyasint"`
}

// mark is core.Mark on disk.
type mark struct {
	Told    bool    `cbor:"1,keyasint,omitempty"`
	Snoozed instant `cbor:"2,keyasint,omitzero"`
	Handled instant `cbor:"3,keyasint,omitzero"`
}

// Terms returns those that can be used. See core.RadarMemo.
func (db *DB) Terms() (map[string]core.LeaseTerms, error) {
	return decisions(db, bucketTerms, func(id string, t leaseTerms) (string, core.LeaseTerms, bool) {
		terms, usable := t.core()
		return id, terms, usable && len(id) <= core.MaxNameID
	})
}

// SaveTerms leaves all others as they are. See core.RadarMemo.
func (db *DB) SaveTerms(terms map[string]core.LeaseTerms) error {
	return decide(db, bucketTerms, terms, spellTerms)
}

func spellTerms(t core.LeaseTerms) (leaseTerms, bool) { return termsOf(t), !t.IsZero() }

// DueRules returns those that can be used. See core.RadarMemo.
func (db *DB) DueRules() (map[string]core.DueRule, error) {
	return decisions(db, bucketDueRules, func(property string, r dueRule) (string, core.DueRule, bool) {
		return property, core.DueRule(r), core.DueRule(r).Valid()
	})
}

// SaveDueRules leaves all others as they are. See core.RadarMemo.
func (db *DB) SaveDueRules(rules map[string]core.DueRule) error {
	return decide(db, bucketDueRules, rules, func(r core.DueRule) (dueRule, bool) { return dueRule(r), r != core.DueRule{} })
}

// Marks returns those that can be used. See core.RadarMemo.
func (db *DB) Marks() (map[core.FindingKey]core.Mark, error) {
	return decisions(db, bucketMarks, func(key string, m mark) (core.FindingKey, core.Mark, bool) {
		return core.FindingKey(key), m.core(), m != mark{}
	})
}

// SaveMarks leaves all others as they are. See core.RadarMemo.
func (db *DB) SaveMarks(marks map[core.FindingKey]core.Mark) error {
	return decide(db, bucketMarks, marks, func(m core.Mark) (mark, bool) { return markOf(m), m != core.Mark{} })
}

// ToldSince returns what was saved, zero when nothing was. See core.RadarMemo.
func (db *DB) ToldSince() (time.Time, error) {
	var since time.Time
	err := db.recall(memoRadar, &since)
	return since, err
}

// SaveToldSince replaces it. See core.RadarMemo.
func (db *DB) SaveToldSince(since time.Time) error { return db.remember(memoRadar, since.UTC()) }

// decisions reads a bucket. use says what an entry is, and whether it can be used.
func decisions[K comparable, V, D any](db *DB, bucket []byte, use func(key string, d D) (K, V, bool)) (map[K]V, error) {
	all := map[K]V{}
	err := db.view(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucket)
		if b == nil { // an older file, opened for reading only
			return nil
		}
		c := b.Cursor()
		for k, v := c.First(); k != nil && len(all) < mostDecisions; k, v = c.Next() {
			var d D
			if len(k) > maxSubject || v == nil || len(v) > maxDecision || cbor.Unmarshal(v, &d) != nil {
				continue
			}
			if key, value, usable := use(string(k), d); usable {
				all[key] = value
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", bucket, err)
	}
	return all, nil
}

// decide writes some entries of a bucket in one transaction. spell says how one is
// written, and whether there is anything to write; else it is taken away.
func decide[K ~string, V, D any](db *DB, bucket []byte, some map[K]V, spell func(V) (D, bool)) error {
	if len(some) == 0 {
		return nil
	}
	return db.update(func(tx *bbolt.Tx) error { return decideIn(tx, bucket, some, spell) })
}

func decideIn[K ~string, V, D any](tx *bbolt.Tx, bucket []byte, some map[K]V, spell func(V) (D, bool)) error {
	b := tx.Bucket(bucket)
	for _, key := range slices.Sorted(maps.Keys(some)) { // see inOrder
		if key == "" || len(key) > maxSubject { // nothing that can be decided about
			continue
		}
		d, there := spell(some[key])
		if !there {
			if err := b.Delete([]byte(key)); err != nil {
				return err
			}
			continue
		}
		if err := save(b, string(key), d); err != nil {
			return err
		}
	}
	return nil
}

// forgetTold makes marks of what was told no more than those of what people decided.
func forgetTold(tx *bbolt.Tx) error {
	b := tx.Bucket(bucketMarks)
	changed := map[string]mark{}
	err := b.ForEach(func(k, v []byte) error {
		var m mark
		if v == nil || len(v) > maxDecision || cbor.Unmarshal(v, &m) != nil {
			return nil
		}
		if m.Told {
			m.Told = false
			changed[string(k)] = m
		}
		return nil
	})
	for key, m := range changed {
		if m == (mark{}) {
			err = cmp.Or(err, b.Delete([]byte(key)))
		} else {
			err = cmp.Or(err, save(b, key, m))
		}
	}
	return err
}

func termsOf(t core.LeaseTerms) leaseTerms {
	d := leaseTerms{
		Imported: (*int64)(t.Imported), Told: (*int64)(t.Told), Rule: (*dueRule)(t.Rule),
		PaysAhead: t.PaysAhead, NoticeOn: t.NoticeOn.String(),
	}
	if !t.Notice.IsZero() {
		d.Notice = toInstant(t.Notice)
	}
	for _, r := range t.Typed {
		d.Typed = append(d.Typed, typedRent{r.From.String(), int64(r.Amount)})
	}
	return d
}

// core returns the terms without what is no rent, no rule or no date in them.
func (d leaseTerms) core() (t core.LeaseTerms, usable bool) {
	t = core.LeaseTerms{Imported: rentOf(d.Imported), Told: rentOf(d.Told), PaysAhead: d.PaysAhead, NoticeOn: toDate(d.NoticeOn)}
	if d.Rule != nil && core.DueRule(*d.Rule).Valid() {
		t.Rule = (*core.DueRule)(d.Rule)
	}
	if d.Notice != (instant{}) {
		t.Notice = d.Notice.time()
	}
	for _, r := range d.Typed {
		var from core.Month
		if from.UnmarshalText([]byte(r.From)) == nil && r.Amount >= 0 {
			t.Typed = append(t.Typed, core.TypedRent{From: from, Amount: core.Cents(r.Amount)})
		}
	}
	slices.SortStableFunc(t.Typed, func(a, b core.TypedRent) int { return b.From.First().DaysUntil(a.From.First()) })
	return t, !t.IsZero()
}

func rentOf(cents *int64) *core.Cents {
	if cents == nil || *cents < 0 {
		return nil
	}
	return (*core.Cents)(cents)
}

func markOf(m core.Mark) mark {
	d := mark{Told: m.Told}
	if !m.Snoozed.IsZero() {
		d.Snoozed = toInstant(m.Snoozed)
	}
	if !m.Handled.IsZero() {
		d.Handled = toInstant(m.Handled)
	}
	return d
}

func (d mark) core() core.Mark {
	m := core.Mark{Told: d.Told}
	if d.Snoozed != (instant{}) {
		m.Snoozed = d.Snoozed.time()
	}
	if d.Handled != (instant{}) {
		m.Handled = d.Handled.time()
	}
	return m
}
