package main

import (
	"strings"
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

func TestFindingsArePrintedOnceAsReadableLines(t *testing.T) {
	june := core.Month{Year: 2026, Month: time.June}
	found := []core.Found{
		{Finding: core.Finding{Kind: core.FindLate, Lease: "20931", Month: june, Expected: 139500}, Place: core.Place{Tenant: "Ana\r\nRuiz", Property: "Alder Court", Unit: "1A"}},
		{Finding: core.Finding{Kind: core.FindPartial, Lease: "20931\x1b[2J", Month: june, Expected: 139500, Received: 100000}},
		{Finding: core.Finding{Kind: core.FindUntouched, WorkOrder: "1191", Days: 7, Seqs: []uint64{3}}, Title: "No heat"},
	}
	var out strings.Builder
	tell := printFindings(func() []core.Found { return found }, &out)
	tell(core.Change{})
	found[2].Days = 14
	tell(core.Change{})
	want := "! late        rent of 2026-06 is late: nothing of 1395.00 has come  Ana Ruiz, Alder Court 1A\n" +
		"! partial     rent of 2026-06 came in part: 1000.00 of 1395.00  lease 20931 [2J\n" +
		"! untouched   nobody has touched it for 7 days  #1191, No heat\n" +
		"! untouched   nobody has touched it for 14 days  #1191, No heat\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}
