package store

import (
	"reflect"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"rentbell/core"
)

// decodeSlowly is how any event is decoded.
func decodeSlowly(seq uint64, b []byte) (core.Event, error) {
	var r record
	if err := cbor.Unmarshal(b, &r); err != nil {
		return core.Event{}, err
	}
	return r.event(seq), nil
}

func TestPaymentReadQuicklyIsTheOneThatWasEncoded(t *testing.T) {
	t.Parallel()
	events := mixed(2000)
	odd := events[0]
	odd.Attention, odd.Past = core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}, true
	odd.OccurredAt = time.Date(0, 1, 1, 0, 0, 0, 5, time.UTC)
	odd.ReceivedAt = time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	unknown := odd
	unknown.Type, unknown.Body = "payment.refunded", []byte{}
	bare := odd
	bare.Body = nil
	for _, e := range append(events, odd, unknown, bare) {
		b, err := encodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		want, err := decodeSlowly(7, b)
		if err != nil {
			t.Fatal(err)
		}
		_, payment := e.Detail.(core.Payment)
		quick, ok := readPayment(b)
		if ok != (payment && e.Body != nil) {
			t.Errorf("%s, payment %v: read quickly %v", e.ID, payment, ok)
		}
		quick.Seq = 7
		if ok && !reflect.DeepEqual(quick, want) {
			t.Errorf("read quickly: %+v\nwant %+v", quick, want)
		}
		if got, err := decodeEvent(7, b); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("decoded: %+v, %v\nwant %+v", got, err, want)
		}
	}
}

func FuzzReadPayment(f *testing.F) {
	for _, e := range mixed(12) {
		b, err := encodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		quick, ok := readPayment(b)
		if !ok {
			return
		}
		// What the decoder refuses besides are repeated fields and numbers that do
		// not fit; what it takes it must take alike.
		if want, err := decodeSlowly(0, b); err == nil && !reflect.DeepEqual(quick, want) {
			t.Errorf("read quickly: %+v\nwant %+v", quick, want)
		}
	})
}
