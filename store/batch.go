package store

import (
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// AddAll keeps what one delivery holds in one transaction. See core.Ledger.
func (db *DB) AddAll(d core.Delivery) (fresh int, err error) {
	encoded, err := encodeEvents(d.Events)
	if err != nil {
		return 0, err
	}
	strays := make([][]byte, len(d.Strays))
	for i, q := range d.Strays {
		if strays[i], err = encodeQuarantined(q); err != nil {
			return 0, err
		}
	}
	err = db.update(func(tx *bbolt.Tx) (err error) {
		if fresh, err = insertAll(tx, d.Events, encoded); err != nil {
			return err
		}
		for _, stray := range strays {
			if _, err := insertQuarantined(tx, stray); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, e := range d.Events[:len(d.Events)-fresh] { // as many as came before
		db.tallies.count(tallyDuplicates, e.ReceivedAt)
	}
	return fresh, nil
}

// insertAll keeps the events whose ids are new and counts them.
func insertAll(tx *bbolt.Tx, events []core.Event, encoded [][]byte) (fresh int, err error) {
	for i, e := range events {
		_, isNew, err := insert(tx, e, encoded[i])
		if err != nil {
			return 0, err
		}
		if isNew {
			fresh++
		}
	}
	return fresh, nil
}

// encodeEvents is what a writer does before its transaction.
func encodeEvents(events []core.Event) ([][]byte, error) {
	encoded := make([][]byte, len(events))
	for i, e := range events {
		var err error
		if encoded[i], err = encodeEvent(e); err != nil {
			return nil, fmt.Errorf("encode event: %w", err)
		}
	}
	return encoded, nil
}

func encodeQuarantined(q core.Quarantined) ([]byte, error) {
	encoded, err := cbor.Marshal(quarantined{toInstant(q.ReceivedAt), q.Reason, q.Body})
	if err != nil {
		return nil, fmt.Errorf("encode quarantined delivery: %w", err)
	}
	return encoded, nil
}
