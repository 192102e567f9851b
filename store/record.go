package store

import (
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"rentbell/core"
)

// A record is an event on disk, in CBOR (RFC 8949) with integer keys: compact,
// and a field can be added without a change to what is written already. Numbers of
// fields never change; never give one a second meaning.
type record struct {
	ID         string       `cbor:"1,keyasint"`
	Type       string       `cbor:"2,keyasint"`
	OccurredAt instant      `cbor:"3,keyasint"`
	ReceivedAt instant      `cbor:"4,keyasint"`
	Reason     core.Reason  `cbor:"5,keyasint,omitempty"`
	Field      string       `cbor:"6,keyasint,omitempty"`
	Body       []byte       `cbor:"7,keyasint"`
	Payment    *payment     `cbor:"8,keyasint,omitempty"`
	WorkOrder  *workOrder   `cbor:"9,keyasint,omitempty"`
	Signed     *leaseSigned `cbor:"10,keyasint,omitempty"`
	Expired    *leaseEnded  `cbor:"11,keyasint,omitempty"`
	Tenant     *tenant      `cbor:"12,keyasint,omitempty"`
	Doorbell   *doorbell    `cbor:"13,keyasint,omitempty"`
	Past       bool         `cbor:"14,keyasint,omitempty"`
	Move       *move        `cbor:"15,keyasint,omitempty"`
	Spans      []byte       `cbor:"16,keyasint,omitempty"`
}

type place struct {
	Tenant   string `cbor:"1,keyasint,omitempty"`
	Property string `cbor:"2,keyasint,omitempty"`
	Unit     string `cbor:"3,keyasint,omitempty"`
}

type payment struct {
	Place     place  `cbor:"1,keyasint"`
	Lease     string `cbor:"2,keyasint,omitempty"`
	Amount    *int64 `cbor:"3,keyasint,omitempty"` // cents; nil: unusable
	Method    string `cbor:"4,keyasint,omitempty"`
	Memo      string `cbor:"5,keyasint,omitempty"`
	Reference string `cbor:"6,keyasint,omitempty"`
}

type workOrder struct {
	Place    place  `cbor:"1,keyasint"`
	ID       string `cbor:"2,keyasint,omitempty"`
	Status   string `cbor:"3,keyasint,omitempty"`
	Vendor   string `cbor:"4,keyasint,omitempty"`
	Title    string `cbor:"5,keyasint,omitempty"`
	Priority string `cbor:"6,keyasint,omitempty"`
	Number   string `cbor:"7,keyasint,omitempty"`
}

type leaseSigned struct {
	Place  place  `cbor:"1,keyasint"`
	Lease  string `cbor:"2,keyasint,omitempty"`
	MoveIn string `cbor:"3,keyasint,omitempty"` // ISO 8601
	Months int    `cbor:"4,keyasint,omitempty"`
}

type leaseEnded struct {
	Place  place  `cbor:"1,keyasint"`
	Lease  string `cbor:"2,keyasint,omitempty"`
	UnitID string `cbor:"3,keyasint,omitempty"`
	Vacate string `cbor:"4,keyasint,omitempty"` // ISO 8601
}

type tenant struct {
	Place      place  `cbor:"1,keyasint"`
	ID         string `cbor:"2,keyasint,omitempty"`
	PropertyID string `cbor:"3,keyasint,omitempty"`
	Email      string `cbor:"4,keyasint,omitempty"`
}

type move struct {
	Place      place         `cbor:"1,keyasint"`
	ID         string        `cbor:"2,keyasint,omitempty"`
	PropertyID string        `cbor:"3,keyasint,omitempty"`
	Step       core.MoveStep `cbor:"4,keyasint,omitempty"`
	On         string        `cbor:"5,keyasint,omitempty"` // ISO 8601
}

// doorbell has no topic: it is the event's type.
type doorbell struct {
	Entity string `cbor:"1,keyasint,omitempty"`
	Change string `cbor:"2,keyasint,omitempty"`
}

type quarantined struct {
	ReceivedAt instant     `cbor:"1,keyasint"`
	Reason     core.Reason `cbor:"2,keyasint"`
	Body       []byte      `cbor:"3,keyasint"`
}

// instant is a time in UTC to the nanosecond, for every year that RFC 3339 can
// write (UnixNano cannot hold those). The zero instant is 1970, not "never".
type instant struct {
	_     struct{} `cbor:",toarray"`
	Sec   int64
	Nanos int32
}

func toInstant(t time.Time) instant {
	return instant{Sec: t.Unix(), Nanos: int32(t.Nanosecond())}
}

func (i instant) time() time.Time { return time.Unix(i.Sec, int64(i.Nanos)).UTC() }

// never is the instant of the zero time.Time.
func never() instant { return toInstant(time.Time{}) }

func encodeEvent(e core.Event) ([]byte, error) {
	r := newRecord(e)
	r.shorten()
	return cbor.Marshal(r)
}

func newRecord(e core.Event) record {
	r := record{
		ID: e.ID, Type: e.Type, Body: e.Body,
		OccurredAt: toInstant(e.OccurredAt), ReceivedAt: toInstant(e.ReceivedAt),
		Reason: e.Attention.Reason, Field: e.Attention.Field, Past: e.Past,
	}
	switch d := e.Detail.(type) {
	case core.Payment:
		r.Payment = &payment{Place: place(d.Place), Lease: d.Lease, Method: d.Method, Memo: d.Memo, Reference: d.Reference}
		if d.AmountKnown {
			cents := int64(d.Amount)
			r.Payment.Amount = &cents
		}
	case core.WorkOrder:
		w := workOrder{place(d.Place), d.ID, d.Status, d.Vendor, d.Title, d.Priority, d.Number}
		r.WorkOrder = &w
	case core.LeaseSigned:
		r.Signed = &leaseSigned{place(d.Place), d.Lease, d.MoveIn.String(), d.Months}
	case core.LeaseExpired:
		r.Expired = &leaseEnded{place(d.Place), d.Lease, d.UnitID, d.Vacate.String()}
	case core.Tenant:
		r.Tenant = &tenant{place(d.Place), d.ID, d.PropertyID, d.Email}
	case core.Move:
		r.Move = &move{place(d.Place), d.ID, d.PropertyID, d.Step, d.On.String()}
	case core.Doorbell:
		r.Doorbell = &doorbell{d.Entity, d.Change}
	}
	return r
}

// encodeEvents encodes before a transaction begins, which others may wait for.
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

func decodeEvent(seq uint64, b []byte) (core.Event, error) {
	var r record
	if err := cbor.Unmarshal(b, &r); err != nil {
		return core.Event{}, fmt.Errorf("read event %d: %w", seq, err)
	}
	if err := r.complete(); err != nil {
		return core.Event{}, fmt.Errorf("read event %d: %w", seq, err)
	}
	return r.event(seq), nil
}

func (r record) event(seq uint64) core.Event {
	return core.Event{
		Seq: seq, ID: r.ID, Type: r.Type, Body: r.Body,
		OccurredAt: r.OccurredAt.time(), ReceivedAt: r.ReceivedAt.time(),
		Attention: core.Attention{Reason: r.Reason, Field: r.Field},
		Detail:    r.detail(),
		Past:      r.Past,
	}
}

func (r record) detail() core.Detail {
	switch {
	case r.Payment != nil:
		p := core.Payment{Place: core.Place(r.Payment.Place), Lease: r.Payment.Lease, Method: r.Payment.Method,
			Memo: r.Payment.Memo, Reference: r.Payment.Reference}
		if r.Payment.Amount != nil {
			p.Amount, p.AmountKnown = core.Cents(*r.Payment.Amount), true
		}
		return p
	case r.WorkOrder != nil:
		w := r.WorkOrder
		return core.WorkOrder{Place: core.Place(w.Place), ID: w.ID, Status: w.Status, Vendor: w.Vendor, Title: w.Title, Priority: w.Priority, Number: w.Number}
	case r.Signed != nil:
		return core.LeaseSigned{Place: core.Place(r.Signed.Place), Lease: r.Signed.Lease, MoveIn: toDate(r.Signed.MoveIn), Months: r.Signed.Months}
	case r.Expired != nil:
		return core.LeaseExpired{Place: core.Place(r.Expired.Place), Lease: r.Expired.Lease, UnitID: r.Expired.UnitID, Vacate: toDate(r.Expired.Vacate)}
	case r.Tenant != nil:
		return core.Tenant{Place: core.Place(r.Tenant.Place), ID: r.Tenant.ID, PropertyID: r.Tenant.PropertyID, Email: r.Tenant.Email}
	case r.Move != nil:
		m := r.Move
		return core.Move{Place: core.Place(m.Place), ID: m.ID, PropertyID: m.PropertyID, Step: m.Step, On: toDate(m.On)}
	case r.Doorbell != nil:
		return core.Doorbell{Topic: r.Type, Entity: r.Doorbell.Entity, Change: r.Doorbell.Change}
	}
	return nil
}

// toDate reads a date that this package wrote; an empty one is the zero Date.
func toDate(text string) core.Date {
	d, err := core.ParseDate(text)
	if err != nil {
		return core.Date{}
	}
	return d
}
