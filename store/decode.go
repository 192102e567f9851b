package store

import (
	"bytes"
	"unicode/utf8"

	"rentbell/core"
)

// readPayment decodes an event with a payment, which most events are, in a
// quarter of the time that decoding any takes: every one is read again to be
// told, and all of them are for an export. False: it is something else, or not
// written as encodeEvent writes, and has to be decoded.
func readPayment(record []byte) (e core.Event, ok bool) {
	r := cborReader{b: record}
	var line paymentLine
	for range r.entries() {
		switch r.field() {
		case fieldID:
			e.ID = r.string()
		case fieldType:
			e.Type = r.eventType()
		case fieldOccurredAt:
			e.OccurredAt = r.instant().time()
		case fieldReceivedAt:
			e.ReceivedAt = r.instant().time()
		case fieldReason:
			e.Attention.Reason = core.Reason(r.string())
		case fieldField:
			e.Attention.Field = r.string()
		case fieldBody:
			e.Body = r.bytes()
		case fieldPayment:
			for range r.entries() {
				line.readField(&r)
			}
			e.Detail = line.payment(&r)
		case fieldPast:
			e.Past = r.isTrue()
		default:
			r.bad = true
		}
	}
	return e, !r.bad && len(r.b) == 0 && e.Detail != nil
}

// payment is the line's, with texts of its own.
func (l *paymentLine) payment(r *cborReader) core.Payment {
	var texts [searchTexts]string
	for i, text := range l.texts[:searchTexts] {
		texts[i] = r.own(text)
	}
	return core.Payment{
		Place: core.Place{Tenant: texts[textTenant], Property: texts[textProperty], Unit: texts[textUnit]},
		Lease: texts[textLease], Amount: core.Cents(l.amount), AmountKnown: l.known,
		Method: texts[textMethod], Memo: texts[textMemo], Reference: texts[textReference],
	}
}

// own copies a text, which has to be UTF-8.
func (r *cborReader) own(text []byte) string {
	if !utf8.Valid(text) {
		r.bad = true
	}
	return string(text)
}

func (r *cborReader) string() string { return r.own(r.text()) }

// eventType is a text that almost always is the same.
func (r *cborReader) eventType() string {
	text := r.text()
	if string(text) == core.TypePaymentReceived {
		return core.TypePaymentReceived
	}
	return r.own(text)
}

// bytes copies a byte string. Nothing at all is nil, and not empty.
func (r *cborReader) bytes() []byte {
	major, n := r.head()
	if major != cborBytes {
		r.bad = true
		return nil
	}
	return bytes.Clone(r.take(n))
}

func (r *cborReader) instant() instant {
	if major, n := r.head(); major != cborArray || n != 2 {
		r.bad = true
		return instant{}
	}
	sec, nanos := r.integer(), r.integer()
	if nanos < 0 || nanos >= 1e9 {
		r.bad = true
		return instant{}
	}
	return instant{Sec: sec, Nanos: int32(nanos)}
}

// isTrue reads what is only written where it is true.
func (r *cborReader) isTrue() bool {
	const simple, yes = 7, 21
	major, n := r.head()
	if major != simple || n != yes {
		r.bad = true
	}
	return !r.bad
}
