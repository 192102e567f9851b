package store

import (
	"math"
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

// read finds a payment's fields in its record, in whatever order they are. False:
// it is not written as encodeEvent writes, and has to be decoded.
func (l *paymentLine) read(record []byte) bool {
	r := cborReader{b: record}
	payments := 0
	for range r.entries() {
		switch r.field() {
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
			for range r.entries() {
				l.readField(&r)
			}
		default:
			r.skip()
		}
	}
	return payments == 1 && !r.bad
}

func (l *paymentLine) readField(r *cborReader) {
	switch r.field() {
	case fieldPlace:
		for range r.entries() {
			i := r.field() - 1 // place counts from 1, as the texts do from 0
			if i < textTenant || i > textUnit {
				r.bad = true
				return
			}
			l.texts[i] = r.text()
		}
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

// cborReader reads the little of CBOR (RFC 8949) that records are written in.
// After anything else it is bad, and everything it reads is nothing.
type cborReader struct {
	b   []byte
	bad bool
}

// The major types of CBOR.
const (
	cborUint = iota
	cborNegative
	cborBytes
	cborText
	cborArray
	cborMap
	cborTag
)

// head reads an item's type and its argument.
func (r *cborReader) head() (major byte, n uint64) {
	if len(r.b) == 0 || r.b[0]&31 > 23 {
		return r.longHead()
	}
	first := r.b[0]
	r.b = r.b[1:]
	return first >> 5, uint64(first & 31)
}

// longHead is head where the argument follows in bytes of its own.
func (r *cborReader) longHead() (major byte, n uint64) {
	if len(r.b) == 0 {
		r.bad = true
		return 0, 0
	}
	first := r.b[0]
	size := 1 << (first&31 - 24)
	if first&31 > 27 || len(r.b) <= size { // 28 to 31: indefinite lengths, which are not written here
		r.bad, r.b = true, nil
		return 0, 0
	}
	for _, c := range r.b[1 : 1+size] {
		n = n<<8 | uint64(c)
	}
	r.b = r.b[1+size:]
	return first >> 5, n
}

// entries is how many pairs the map has that comes next.
func (r *cborReader) entries() int {
	major, n := r.head()
	if major != cborMap || n > uint64(len(r.b)) {
		r.bad = true
		return 0
	}
	return int(n)
}

// field is the number of the field that comes next.
func (r *cborReader) field() int {
	major, n := r.head()
	if major != cborUint || n > math.MaxInt16 {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *cborReader) text() []byte {
	major, n := r.head()
	if major != cborText {
		r.bad = true
		return nil
	}
	return r.take(n)
}

func (r *cborReader) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *cborReader) integer() int64 {
	major, n := r.head()
	if major > cborNegative || n > math.MaxInt64 {
		r.bad = true
		return 0
	}
	if major == cborNegative {
		return -1 - int64(n)
	}
	return int64(n)
}

// skip passes over one item, which may hold others.
func (r *cborReader) skip() {
	for left := uint64(1); left > 0 && !r.bad; left-- {
		switch major, n := r.head(); major {
		case cborBytes, cborText:
			r.take(n)
		case cborArray, cborMap:
			if n > uint64(len(r.b)) {
				r.bad = true
				return
			}
			left += n * uint64(major-cborArray+1)
		case cborTag:
			left++
		}
	}
}
