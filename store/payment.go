package store

import (
	"time"

	"rentbell/core"
)

// The texts of a payment: first those that a search looks at, then those of its
// arrival.
const (
	textTenant = iota
	textProperty
	textUnit
	textLease
	textMethod
	textMemo
	textReference
	textID
	textType
	textReason
	textField
	wholeTexts // how many there are

	searchTexts = textID // how many of them a search looks at
)

// paymentLine is a payment read straight from its record.
type paymentLine struct {
	texts    [wholeTexts][]byte // the record's own bytes
	amount   int64              // cents
	known    bool
	received time.Time
}

// The numbers of fields in record.go that an event with a payment has.
const (
	fieldID         = 1
	fieldType       = 2
	fieldOccurredAt = 3
	fieldReceivedAt = 4
	fieldReason     = 5
	fieldField      = 6
	fieldBody       = 7
	fieldPayment    = 8
	fieldPast       = 14

	fieldPlace     = 1
	fieldLease     = 2
	fieldAmount    = 3
	fieldMethod    = 4
	fieldMemo      = 5
	fieldReference = 6
)

// read finds a payment's fields in its record, in any order. False: the record was
// not written by encodeEvent, and has to be decoded.
func (l *paymentLine) read(record []byte) bool {
	r := cborReader{b: record}
	payments := 0
	var seen fields
	for range r.entries() {
		switch r.fieldOnce(&seen) {
		case fieldID:
			l.texts[textID] = r.text()
		case fieldType:
			l.texts[textType] = r.text()
		case fieldReceivedAt:
			l.received = r.instant().time()
		case fieldReason:
			l.texts[textReason] = r.text()
		case fieldField:
			l.texts[textField] = r.text()
		case fieldPayment:
			payments++
			l.readFields(&r)
		default:
			r.skip()
		}
	}
	return payments == 1 && seen.has(fieldReceivedAt) && !r.bad
}

func (l *paymentLine) readFields(r *cborReader) {
	var seen fields
	for range r.entries() {
		l.readField(r, r.fieldOnce(&seen))
	}
}

func (l *paymentLine) readField(r *cborReader, field int) {
	switch field {
	case fieldPlace:
		l.readPlace(r)
	case fieldLease:
		l.texts[textLease] = r.text()
	case fieldAmount:
		l.amount, l.known = r.integer(), true
	case fieldMethod:
		l.texts[textMethod] = r.text()
	case fieldMemo:
		l.texts[textMemo] = r.text()
	case fieldReference:
		l.texts[textReference] = r.text()
	default:
		r.skip()
	}
}

func (l *paymentLine) readPlace(r *cborReader) {
	var seen fields
	for range r.entries() {
		i := r.fieldOnce(&seen) - 1 // place counts from 1, as the texts do from 0
		if i < textTenant || i > textUnit {
			r.bad = true
			return
		}
		l.texts[i] = r.text()
	}
}

// lineOf is the line of a payment that has been decoded.
func lineOf(e core.Event) paymentLine {
	p, _ := e.Detail.(core.Payment) // one without details is an empty line
	l := paymentLine{amount: int64(p.Amount), known: p.AmountKnown, received: e.ReceivedAt}
	for i, text := range [wholeTexts]string{
		textTenant: p.Tenant, textProperty: p.Property, textUnit: p.Unit,
		textLease: p.Lease, textMethod: p.Method, textMemo: p.Memo, textReference: p.Reference,
		textID: e.ID, textType: e.Type, textReason: string(e.Attention.Reason), textField: e.Attention.Field,
	} {
		l.texts[i] = []byte(text)
	}
	return l
}

// readPayment decodes an event with a payment in a quarter of the time that the CBOR
// package takes. Most events have one, and an export reads all of them. False: the
// event has none, or was not written by encodeEvent, and has to be decoded.
func readPayment(record []byte) (e core.Event, ok bool) {
	r := cborReader{b: record}
	var line paymentLine
	var seen fields
	for range r.entries() {
		switch r.fieldOnce(&seen) {
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
			line.readFields(&r)
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

// eventType reads a text that is almost always the same, and then needs no copy.
func (r *cborReader) eventType() string {
	text := r.text()
	if string(text) == core.TypePaymentReceived {
		return core.TypePaymentReceived
	}
	return r.own(text)
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
