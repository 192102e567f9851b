package store

import (
	"encoding/binary"
	"fmt"
	"time"

	"rentbell/core"
)

// A row is all of a payment that lists, searches and exports show. It stands in the
// index of payments by time, so that they read one tree and no body: whether the amount
// is known and how many cents it is, how long after it happened the payment was
// received, and the texts of rowTexts, each behind its length.

// usualType is the type of nearly all payments. In a row it is an empty text.
const usualType = core.TypePaymentReceived

// encodeRow is the row of an event with a payment.
func encodeRow(e core.Event, p core.Payment) []byte {
	row := make([]byte, 0, 256)
	if p.AmountKnown {
		row = append(row, 1)
	} else {
		row = append(row, 0)
	}
	row = binary.AppendVarint(row, int64(p.Amount))
	row = binary.AppendVarint(row, e.ReceivedAt.Unix()-e.OccurredAt.Unix())
	row = binary.AppendUvarint(row, uint64(e.ReceivedAt.Nanosecond()))
	s := core.Skimmed{Payment: p, Arrival: core.Arrival{ID: e.ID, Type: e.Type, Attention: e.Attention}}
	if s.Type == usualType {
		s.Type = ""
	}
	for _, text := range rowTexts(&s) {
		row = binary.AppendUvarint(row, uint64(len(*text)))
		row = append(row, *text...)
	}
	return row
}

// rowTexts are the texts of a row in their order.
func rowTexts(s *core.Skimmed) [11]*string {
	return [...]*string{
		&s.Tenant, &s.Property, &s.Unit, &s.Lease, &s.Method, &s.Memo, &s.Reference,
		&s.ID, &s.Type, (*string)(&s.Attention.Reason), &s.Attention.Field,
	}
}

// decodeRow reads the row of a payment that has s.Seq and s.At. The texts are parts of
// the row. Unless whole, how it came stays unsaid.
func decodeRow(row string, whole bool, s *core.Skimmed) error {
	r := rowReader{left: row}
	s.AmountKnown, s.Amount = r.uvarint() == 1, core.Cents(r.varint())
	after, nanos := r.varint(), r.uvarint()
	for _, text := range rowTexts(s) {
		*text = r.text()
	}
	if s.Type == "" {
		s.Type = usualType
	}
	s.ReceivedAt = time.Unix(s.At.Unix()+after, int64(nanos)).UTC()
	if !whole {
		s.Arrival = core.Arrival{}
	}
	if r.bad || r.left != "" || nanos >= uint64(time.Second) {
		return fmt.Errorf("read payment %d: %w", s.Seq, core.ErrDamaged)
	}
	return nil
}

// rowReader reads what is left of a row. A bad one reads zero values.
type rowReader struct {
	left string
	bad  bool
}

// uvarint reads what binary.AppendUvarint wrote.
func (r *rowReader) uvarint() (n uint64) {
	for shift := 0; shift < 64 && shift/7 < len(r.left); shift += 7 {
		b := r.left[shift/7]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			r.left = r.left[shift/7+1:]
			return n
		}
	}
	r.bad, r.left = true, ""
	return 0
}

// varint reads what binary.AppendVarint wrote.
func (r *rowReader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

func (r *rowReader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.left)) {
		r.bad, r.left = true, ""
		return ""
	}
	text := r.left[:n]
	r.left = r.left[n:]
	return text
}
