package main

import (
	"testing"
	"time"

	"rentbell/core"
)

func TestLinesOfServeAreReadable(t *testing.T) {
	blank := core.Place{Tenant: "  ", Property: " ", Unit: "\u200b"}
	alder := core.Place{Tenant: " Ana\r\nRuiz", Property: "Alder Court", Unit: "1A"}
	for _, tt := range []struct {
		detail core.Detail
		want   string
	}{
		{core.WorkOrder{ID: "55", Status: "New", Title: "Tenant says:\r\n- no heat", Place: alder}, "#55  New  Tenant says: - no heat, Ana Ruiz, Alder Court 1A  "},
		{core.WorkOrder{ID: "55", Status: "New", Title: "No heat", Place: blank}, "#55  New  No heat  "},
		{core.WorkOrder{ID: "55", Status: "New", Title: " \r\n", Place: alder}, "#55  New  Ana Ruiz, Alder Court 1A  "},
		{core.WorkOrder{ID: "55", Status: " ", Place: blank}, "#55  "},
		{core.Payment{Lease: "20931", Method: "ACH\t", Place: blank}, "lease 20931  ACH  "},
		{core.Tenant{Email: "ana@example.com", Place: blank}, "ana@example.com  "},
		{nil, ""},
	} {
		got := line(core.Event{ID: "evt\r\n1\u202e", Type: "x", Detail: tt.detail}, time.UTC)
		want := "0001-01-01 00:00:00  x                   " + tt.want + "[evt\ufffd\ufffd1\ufffd]"
		if got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}
