package store

import (
	"crypto/sha256"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Quarantine keeps an authentic delivery that is no event, as a concern. See
// core.Ledger.
func (db *DB) Quarantine(q core.Quarantined) (seq uint64, fresh bool, err error) {
	encoded, err := encodeQuarantined(q)
	if err != nil {
		return 0, false, err
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		seq, fresh, err = keepApart(tx, q, encoded)
		if err == nil && !fresh {
			return errUnchanged
		}
		return err
	})
	if err != nil {
		return 0, false, err
	}
	return seq, fresh, nil
}

// InQuarantine looks an identity up without waiting for a commit. What cannot be read
// is not there. See core.Ledger.
func (db *DB) InQuarantine(q core.Quarantined) (known bool) {
	err := db.view(func(tx *bbolt.Tx) error {
		known = tx.Bucket(bucketApart).Get(identityOf(q)) != nil
		return nil
	})
	return known && err == nil
}

// keepAllApart keeps the quarantined deliveries that are new and counts them.
func keepAllApart(tx *bbolt.Tx, list []core.Quarantined, encoded [][]byte) (fresh int, err error) {
	for i, q := range list {
		_, isNew, err := keepApart(tx, q, encoded[i])
		if err != nil {
			return 0, err
		}
		if isNew {
			fresh++
		}
	}
	return fresh, nil
}

// keepApart puts a delivery into quarantine, unless what it is known by is there.
func keepApart(tx *bbolt.Tx, q core.Quarantined, encoded []byte) (seq uint64, fresh bool, err error) {
	known, identity := tx.Bucket(bucketApart), identityOf(q)
	if b := known.Get(identity); b != nil {
		return toNumber(b), false, nil
	}
	if seq, err = insertQuarantined(tx, encoded); err != nil {
		return 0, false, err
	}
	if err := known.Put(identity, number(seq)); err != nil {
		return 0, false, err
	}
	return seq, true, known.SetSequence(seq)
}

// identityOf is what a quarantined delivery is known by.
func identityOf(q core.Quarantined) []byte {
	if q.SampleOf != "" {
		sum := sha256.Sum256([]byte(q.SampleOf))
		return append([]byte{'s'}, sum[:]...)
	}
	sum := sha256.Sum256(q.Body)
	return sum[:]
}

// identifyAll makes the deliveries known that are in quarantine without it: of a
// version that did not do so. A record that cannot be read stays unknown.
func identifyAll(tx *bbolt.Tx) error {
	known, last := tx.Bucket(bucketApart), tx.Bucket(bucketQuarantine).Sequence()
	from := max(known.Sequence(), gone(tx, bucketQuarantine)) + 1
	kept := tx.Bucket(bucketQuarantine).Cursor()
	for key, _ := kept.Seek(number(from)); key != nil; key, _ = kept.Next() { // by what is there, whatever number a file claims to have come to
		seq := toNumber(key)
		q, err := readQuarantined(tx, seq)
		if err != nil {
			continue
		}
		identity := identityOf(q)
		if known.Get(identity) != nil {
			continue
		}
		if err := known.Put(identity, number(seq)); err != nil {
			return err
		}
	}
	return known.SetSequence(max(known.Sequence(), last))
}

// identifyAnew makes known what a file from outside has in quarantine, by the bodies
// that are there and not by what it says of them: an identity that was planted would
// have a genuine delivery taken for a duplicate. So those of deleted bodies, which
// nothing can prove, are dropped; such a delivery, sent again, is kept once more.
func identifyAnew(tx *bbolt.Tx) error {
	if _, err := emptied(tx, bucketApart); err != nil {
		return err
	}
	return identifyAll(tx)
}
