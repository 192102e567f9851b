package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"

	"rentbell/core"
)

// A record keeps its delivery's body as it came, byte for byte, and the body says
// nearly all that was read in it. So a text that is found in the body is written as a
// span: its length and where it begins. Spans are those of the record's texts in their
// order; length 0 is a text that is written out, or is empty.

// shortest is the length from which a span is shorter than the text.
const shortest = 4

// texts are those of which there are spans. Their order never changes; a new one comes
// last, where a record of before has no span.
func (r *record) texts() []*string {
	texts := append(make([]*string, 0, 16), &r.ID, &r.Type)
	switch {
	case r.Payment != nil:
		p := r.Payment
		texts = append(texts, &p.Place.Tenant, &p.Place.Property, &p.Place.Unit, &p.Lease, &p.Method, &p.Memo, &p.Reference)
	case r.WorkOrder != nil:
		w := r.WorkOrder
		texts = append(texts, &w.Place.Tenant, &w.Place.Property, &w.Place.Unit, &w.ID, &w.Status, &w.Vendor, &w.Title, &w.Priority, &w.Number)
	}
	return texts
}

// shorten puts spans in the place of texts.
func (r *record) shorten() {
	spans := make([]byte, 0, 64)
	used := 0
	for _, text := range r.texts() {
		at := -1
		if len(*text) >= shortest {
			at = bytes.Index(r.Body, []byte(*text))
		}
		if at < 0 {
			spans = append(spans, 0)
			continue
		}
		spans = binary.AppendUvarint(binary.AppendUvarint(spans, uint64(len(*text))), uint64(at))
		*text, used = "", len(spans)
	}
	r.Spans = spans[:used]
}

// complete puts texts in the place of spans.
func (r *record) complete() error {
	if len(r.Spans) == 0 {
		return nil
	}
	left := r.Spans
	next := func() uint64 {
		n, size := binary.Uvarint(left)
		left = left[max(size, 0):]
		return n
	}
	for _, text := range r.texts() {
		length := next()
		if length == 0 {
			continue
		}
		at := next()
		if at > uint64(len(r.Body)) || length > uint64(len(r.Body))-at || !utf8.Valid(r.Body[at:at+length]) {
			return fmt.Errorf("a text is not in the body: %w", core.ErrDamaged)
		}
		*text = string(r.Body[at : at+length]) // of its own: whoever keeps it keeps no body
	}
	return nil
}
