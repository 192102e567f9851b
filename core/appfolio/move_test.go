package appfolio

import (
	"fmt"
	"testing"
	"time"

	"rentbell/core"
)

func TestMovesAreFacts(t *testing.T) {
	place := core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	whole := `{"tenant_id":"8","property_id":"p1","move_in_date":"2026-06-01","move_out_date":"2026-07-31","tenant_name":"Dana Whitfield","property_name":"Alder Court","unit_name":"2A"}`
	for _, tt := range []struct {
		kind, data string
		want       core.Detail
	}{
		{core.TypeMovedIn, whole, core.Move{Place: place, ID: "8", PropertyID: "p1", Step: core.MovedIn, On: core.Date{Year: 2026, Month: 6, Day: 1}}},
		{core.TypeNotice, whole, core.Move{Place: place, ID: "8", PropertyID: "p1", Step: core.NoticeGiven, On: core.Date{Year: 2026, Month: 7, Day: 31}}},
		{core.TypeMovedOut, whole, core.Move{Place: place, ID: "8", PropertyID: "p1", Step: core.MovedOut, On: core.Date{Year: 2026, Month: 7, Day: 31}}},
		{core.TypeNotice, `{"tenant_id":"8","move_out_date":"soon"}`, core.Move{ID: "8", Step: core.NoticeGiven}},
		{core.TypeNotice, `{"tenant_id":8}`, nil},
		{core.TypeNotice, `null`, nil},
		{"tenant.other", whole, nil},
	} {
		body := fmt.Sprintf(`{"id":"1","type":%q,"data":%s}`, tt.kind, tt.data)
		e, malformed := Decode([]byte(body), time.Now())
		if malformed != "" || e.Detail != tt.want || !e.Attention.IsZero() {
			t.Errorf("%s: %+v, %v, %q, want %+v", body, e.Detail, e.Attention, malformed, tt.want)
		}
	}
}

func TestAWorkOrderMayHaveANumber(t *testing.T) {
	for raw, want := range map[string]string{`"1234-1"`: "1234-1", `1191`: "1191", `null`: "", `true`: "", `""`: ""} {
		body := `{"id":"1","type":"work_order.updated","data":{"work_order_id":"195c19cb","status":"New","assigned_vendor":null,"number":` + raw + `}}`
		e, _ := Decode([]byte(body), time.Now())
		if w := e.Detail.(core.WorkOrder); w.Number != want || !e.Attention.IsZero() {
			t.Errorf("%s: number %q, %v, want %q", raw, w.Number, e.Attention, want)
		}
	}
}
