package store

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

// A state is folded from its subject's events as they come. They may arrive out of
// order: a state takes its content from the event that happened last, and a name
// from any event that has one. Numbers of fields never change, as in record.go.

type workOrderState struct {
	Now       workOrder `cbor:"1,keyasint"`
	FirstSeen instant   `cbor:"2,keyasint"`
	Updated   instant   `cbor:"3,keyasint"`
	LastSeq   uint64    `cbor:"4,keyasint"`
}

type leaseState struct {
	Place    place   `cbor:"1,keyasint"`
	UnitID   string  `cbor:"2,keyasint,omitempty"`
	SignedAt instant `cbor:"3,keyasint"`
	MoveIn   string  `cbor:"4,keyasint,omitempty"`
	Months   int     `cbor:"5,keyasint,omitempty"`
	Expired  bool    `cbor:"6,keyasint,omitempty"`
	Vacate   string  `cbor:"7,keyasint,omitempty"`
	LastSeq  uint64  `cbor:"8,keyasint"`
	Updated  instant `cbor:"9,keyasint"`
}

type tenantState struct {
	Now     tenant  `cbor:"1,keyasint"`
	Created instant `cbor:"2,keyasint"`
	LastSeq uint64  `cbor:"3,keyasint"`
}

func foldWorkOrder(tx *bbolt.Tx, e core.Event, w core.WorkOrder) error {
	if w.ID == "" {
		return nil
	}
	states := tx.Bucket(bucketWorkOrders)
	var s workOrderState
	known, err := load(states, w.ID, &s)
	if err != nil {
		return err
	}
	wasOpen := known && s.core(w.ID).Open()
	at := toInstant(e.OccurredAt)
	names := merge(s.Now.Place, w.Place)
	if !known || !at.before(s.Updated) {
		title, priority, called := cmp.Or(w.Title, s.Now.Title), cmp.Or(w.Priority, s.Now.Priority), cmp.Or(w.Number, s.Now.Number)
		s.Now = workOrder{names, w.ID, cmp.Or(w.Status, s.Now.Status), w.Vendor, title, priority, called}
		s.Updated, s.LastSeq = at, e.Seq
	}
	s.Now.Place = names
	if !known || at.before(s.FirstSeen) {
		s.FirstSeen = at
	}
	isOpen := s.core(w.ID).Open()
	if err := countOpen(tx, wasOpen, isOpen); err != nil {
		return err
	}
	return save(states, w.ID, s)
}

// countOpen keeps the number of open work orders, which every screen shows.
func countOpen(tx *bbolt.Tx, was, is bool) error {
	if was == is {
		return nil
	}
	meta := tx.Bucket(bucketMeta)
	n := toNumber(meta.Get(keyOpen))
	if is {
		n++
	} else {
		n--
	}
	return meta.Put(keyOpen, number(n))
}

func foldSigned(tx *bbolt.Tx, e core.Event, l core.LeaseSigned) error {
	return foldLease(tx, e, l.Lease, l.Place, func(s *leaseState) {
		s.SignedAt, s.MoveIn, s.Months = toInstant(e.OccurredAt), l.MoveIn.String(), l.Months
		s.Expired, s.Vacate = false, "" // signed again: renewed, or let to somebody else
	})
}

func foldExpired(tx *bbolt.Tx, e core.Event, l core.LeaseExpired) error {
	return foldLease(tx, e, l.Lease, l.Place, func(s *leaseState) {
		s.Expired, s.Vacate, s.UnitID = true, l.Vacate.String(), l.UnitID
	})
}

// foldPayment makes a lease known, and its names, also where no other event does.
func foldPayment(tx *bbolt.Tx, e core.Event, p core.Payment) error {
	if p.Lease == "" {
		return nil
	}
	states := tx.Bucket(bucketLeases)
	if startsWith(states.Get([]byte(p.Lease)), place(p.Place)) {
		return nil
	}
	s := leaseState{SignedAt: never(), Updated: never()}
	known, err := load(states, p.Lease, &s)
	if err != nil {
		return err
	}
	names := merge(s.Place, p.Place)
	if known && names == s.Place {
		return nil // nothing new: spare the write
	}
	if !known {
		s.LastSeq = e.Seq
	}
	s.Place = names
	return save(states, p.Lease, s)
}

// startsWith reports whether an encoded leaseState begins with exactly these names.
// It does not decode the state, because almost every payment repeats the names that
// its lease has. A state that begins otherwise may still hold them.
func startsWith(state []byte, names place) bool {
	const fieldNames = 1 // of leaseState, which is a map and begins with a byte that says so
	encoded, err := cbor.Marshal(names)
	return err == nil && len(state) > 2 && state[1] == fieldNames && bytes.HasPrefix(state[2:], encoded)
}

func foldLease(tx *bbolt.Tx, e core.Event, id string, names core.Place, change func(*leaseState)) error {
	if id == "" {
		return nil
	}
	states := tx.Bucket(bucketLeases)
	s := leaseState{SignedAt: never(), Updated: never()}
	if _, err := load(states, id, &s); err != nil {
		return err
	}
	if at := toInstant(e.OccurredAt); !at.before(s.Updated) || s.Updated == never() {
		change(&s)
		s.LastSeq, s.Updated = e.Seq, at
	}
	s.Place = merge(s.Place, names)
	return save(states, id, s)
}

func foldTenant(tx *bbolt.Tx, e core.Event, t core.Tenant) error {
	if t.ID == "" {
		return nil
	}
	states := tx.Bucket(bucketTenants)
	var s tenantState
	if _, err := load(states, t.ID, &s); err != nil {
		return err
	}
	if s.LastSeq == 0 {
		s.Created = toInstant(e.OccurredAt)
	}
	s.Now = tenant{merge(s.Now.Place, t.Place), t.ID, t.PropertyID, cmp.Or(t.Email, s.Now.Email)}
	s.LastSeq = e.Seq
	return save(states, t.ID, s)
}

// merge prefers new names and keeps old ones where the new are empty.
func merge(old place, news core.Place) place {
	return place{cmp.Or(news.Tenant, old.Tenant), cmp.Or(news.Property, old.Property), cmp.Or(news.Unit, old.Unit)}
}

func (i instant) before(j instant) bool {
	return cmp.Or(cmp.Compare(i.Sec, j.Sec), cmp.Compare(i.Nanos, j.Nanos)) < 0
}

func (s workOrderState) core(id string) core.WorkOrderState {
	return core.WorkOrderState{
		WorkOrder: core.WorkOrder{Place: core.Place(s.Now.Place), ID: id, Status: s.Now.Status,
			Vendor: s.Now.Vendor, Title: s.Now.Title, Priority: s.Now.Priority, Number: s.Now.Number},
		FirstSeen: s.FirstSeen.time(), Updated: s.Updated.time(), LastSeq: s.LastSeq,
	}
}

func (s leaseState) core(id string) core.LeaseState {
	return core.LeaseState{
		Place: core.Place(s.Place), ID: id, UnitID: s.UnitID, SignedAt: s.SignedAt.time(),
		MoveIn: toDate(s.MoveIn), Months: s.Months, Expired: s.Expired, Vacate: toDate(s.Vacate),
		LastSeq: s.LastSeq, Updated: s.Updated.time(),
	}
}

func (s tenantState) core(id string) core.TenantState {
	return core.TenantState{
		Tenant:  core.Tenant{Place: core.Place(s.Now.Place), ID: id, PropertyID: s.Now.PropertyID, Email: s.Now.Email},
		Created: s.Created.time(), LastSeq: s.LastSeq,
	}
}

// load reads a state; known is false, and s untouched, when there is none.
func load(b *bbolt.Bucket, id string, s any) (known bool, err error) {
	value := b.Get([]byte(id))
	if value == nil {
		return false, nil
	}
	if err := cbor.Unmarshal(value, s); err != nil {
		return false, fmt.Errorf("read state: %w", err)
	}
	return true, nil
}

func save(b *bbolt.Bucket, id string, s any) error {
	value, err := cbor.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode state: %w", err)
	}
	return b.Put([]byte(id), value)
}
