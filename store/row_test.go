package store

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestARowSaysAllThatIsShownOfItsPayment(t *testing.T) {
	t.Parallel()
	odd := mixed(1)[0]
	odd.Type, odd.Attention = "payment.refunded", core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}
	odd.OccurredAt = time.Date(0, 1, 1, 0, 0, 0, 5, time.UTC)
	odd.ReceivedAt = time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	for _, e := range append(mixed(400), odd) {
		p, isPayment := e.Detail.(core.Payment)
		if !isPayment {
			continue
		}
		row := string(encodeRow(e, p))
		got := core.Skimmed{Seq: 7, At: e.OccurredAt}
		want := core.Skimmed{Seq: 7, At: e.OccurredAt, Payment: p, Arrival: core.Arrival{ID: e.ID, Type: e.Type, ReceivedAt: e.ReceivedAt, Attention: e.Attention}}
		if err := decodeRow(row, true, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %+v, %v\nwant %+v", e.ID, got, err, want)
		}
		want.Arrival = core.Arrival{}
		if err := decodeRow(row, false, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s without its arrival: %+v, %v\nwant %+v", e.ID, got, err, want)
		}
		for _, bad := range []string{row[:len(row)-1], row + "x", ""} {
			if err := decodeRow(bad, true, &got); !errors.Is(err, core.ErrDamaged) {
				t.Fatalf("%s, damaged: %v", e.ID, err)
			}
		}
	}
}

func FuzzDecodeRow(f *testing.F) {
	for _, e := range mixed(30) {
		if p, isPayment := e.Detail.(core.Payment); isPayment {
			f.Add(string(encodeRow(e, p)))
		}
	}
	f.Add(strings.Repeat("\xff", 30))
	f.Fuzz(func(t *testing.T, row string) {
		s := core.Skimmed{Seq: 1, At: june18}
		err := decodeRow(row, true, &s)
		for _, text := range rowTexts(&s) {
			if len(*text) > max(len(row), len(usualType)) {
				t.Errorf("a text of %d bytes in a row of %d", len(*text), len(row))
			}
		}
		if err != nil && !errors.Is(err, core.ErrDamaged) || math.Abs(float64(s.ReceivedAt.Nanosecond())) >= 1e9 {
			t.Errorf("%+v, %v", s, err)
		}
	})
}
