package remote

import (
	"bytes"
	"context"
	"reflect"
	"testing"
	"time"

	"rentbell/core"
)

// batches is a reader that hands payments out as they are grouped.
type batches [][]core.Skimmed

func (b batches) Skim(_ context.Context, _ core.Query, fn func([]core.Skimmed) error) error {
	for _, payments := range b {
		if err := fn(payments); err != nil {
			return err
		}
	}
	return nil
}

// everything is a payment with every field set.
var everything = core.Skimmed{
	Seq: 1<<64 - 1, At: time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
	Payment: core.Payment{
		Place: core.Place{Tenant: "Élodie\x00\xff", Property: "Alder Court", Unit: "1A"},
		Lease: "48213", Amount: -1 << 63, AmountKnown: true, Method: "check", Memo: "June rent", Reference: "1207",
	},
	Arrival: core.Arrival{
		ID: "evt_1", Type: core.TypePaymentReceived, ReceivedAt: time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC),
		Attention: core.Attention{Reason: core.ReasonMissing, Field: "lease_id"},
	},
}

func TestPaymentsCrossTheSocketWhole(t *testing.T) {
	checkNothingZero(t, reflect.ValueOf(everything))
	sent := batches{{everything, {}, everything}, {}, {{Seq: 2}}}
	var answer bytes.Buffer
	if err := writePayments(t.Context(), &answer, sent, core.Query{}); err != nil {
		t.Fatal(err)
	}
	var got []core.Skimmed
	err := readPayments(&answer, func(payments []core.Skimmed) error {
		got = append(got, payments...)
		return nil
	})
	if want := []core.Skimmed{everything, {}, everything, {Seq: 2}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

// checkNothingZero fails where a new field of Skimmed has no value in a test.
func checkNothingZero(t *testing.T, v reflect.Value) {
	t.Helper()
	if v.IsZero() {
		t.Errorf("a field of type %v is zero", v.Type())
	}
	if v.Kind() != reflect.Struct || v.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	for i := range v.NumField() {
		checkNothingZero(t, v.Field(i))
	}
}

func TestNoPartOfTheAnswerPassesForTheWhole(t *testing.T) {
	var answer bytes.Buffer
	if err := writePayments(t.Context(), &answer, batches{{everything}, {everything}}, core.Query{}); err != nil {
		t.Fatal(err)
	}
	for n := range answer.Len() {
		if err := readPayments(bytes.NewReader(answer.Bytes()[:n]), func([]core.Skimmed) error { return nil }); err == nil {
			t.Errorf("%d of %d bytes are taken for all", n, answer.Len())
		}
	}
}

func FuzzPayments(f *testing.F) {
	var answer bytes.Buffer
	if err := writePayments(f.Context(), &answer, batches{{everything, {}}}, core.Query{}); err != nil {
		f.Fatal(err)
	}
	f.Add(answer.Bytes())
	f.Fuzz(func(t *testing.T, answer []byte) {
		_ = readPayments(bytes.NewReader(answer), func([]core.Skimmed) error { return nil }) // any error is fine, a panic is not
	})
}
