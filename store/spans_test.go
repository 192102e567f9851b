package store

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"rentbell/core"
)

func TestTextThatTheBodyHasIsWrittenOnce(t *testing.T) {
	t.Parallel()
	p := core.Payment{
		Place: core.Place{Tenant: "Zoë Byron", Property: "Alder Court", Unit: "12"}, Lease: "lease_40", Amount: 145000, AmountKnown: true,
		Method: "eCheck", Memo: `June "rent"`, Reference: "R-1207",
	}
	paid := event("evt_1", june18, p)
	paid.Body = fmt.Appendf(nil, `{"id":"evt_1","type":%q,"data":{"tenant_name":"Zoë Byron","property":"Alder Court","unit":"12","lease":"lease_40","memo":"June \"rent\"","reference":"R-1207","method":"eCheck"}}`, paid.Type)
	order := event("evt_2", june18, core.WorkOrder{Place: p.Place, ID: "wo_77", Status: "Scheduled", Vendor: "Tolliver", Title: "Door", Priority: "Urgent", Number: "88-1"})
	order.Body = []byte(`{"id":"evt_2","vendor":"Tolliver","status":"Scheduled"}`)
	for _, e := range append(mixed(300), paid, order) {
		shortened, err := encodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := cbor.Marshal(newRecord(e))
		if err != nil {
			t.Fatal(err)
		}
		if len(shortened) > len(whole) {
			t.Errorf("%s takes %d bytes, and %d with its texts written out", e.ID, len(shortened), len(whole))
		}
		for how, record := range map[string][]byte{"shortened": shortened, "as schema 1 had it": whole} {
			if got, err := decodeEvent(e.Seq, record); err != nil || !reflect.DeepEqual(got, e) {
				t.Errorf("%s: %+v, %v\nwant %+v", how, got, err, e)
			}
		}
	}
	if shortened, err := encodeEvent(paid); err != nil || len(shortened) > len(paid.Body)+85 {
		t.Errorf("a payment takes %d bytes besides its body, %v", len(shortened)-len(paid.Body), err)
	}
}

func TestSpanThatIsNotInTheBodyIsDamage(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]record{
		"begins behind it":  {Body: []byte("{}"), Spans: []byte{4, 3}},
		"ends behind it":    {Body: []byte(`{"a":1}`), Spans: []byte{8, 0}},
		"of a huge length":  {Body: []byte("{}"), Spans: []byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 1}},
		"not UTF-8":         {Body: []byte("{\"\xff\xfe\xfd\"}"), Spans: []byte{4, 1}},
		"in a missing body": {Spans: []byte{4, 0}},
	} {
		b, err := cbor.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decodeEvent(1, b); !errors.Is(err, core.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecodeEvent(f *testing.F) {
	for _, e := range mixed(12) {
		b, err := encodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := decodeEvent(1, b)
		if err != nil {
			return
		}
		again, err := encodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decodeEvent(1, again); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("written again: %+v, %v\nwant %+v", got, err, e)
		}
	})
}
