package appfolio

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"rentbell/core"
)

// event wraps data into a delivery of the type.
func event(eventType, data string) string {
	return `{"id":"evt_1","type":"` + eventType + `","data":` + data + `}`
}

func needs(reason core.Reason, field string) core.Attention {
	return core.Attention{Reason: reason, Field: field}
}

func missing(field string) core.Attention   { return needs(core.ReasonMissing, field) }
func wrongKind(field string) core.Attention { return needs(core.ReasonWrongKind, field) }

type detailTest struct {
	name, data string
	want       core.Detail
	attention  core.Attention
}

func checkDetails(t *testing.T, eventType string, tests []detailTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := mustOpen(t, event(eventType, tt.data))
			if e.Detail != tt.want {
				t.Errorf("detail:\n got %+v\nwant %+v", e.Detail, tt.want)
			}
			if e.Attention != tt.attention {
				t.Errorf("attention: got %+v, want %+v", e.Attention, tt.attention)
			}
		})
	}
}

func TestPayments(t *testing.T) {
	paid := func(amount core.Cents) core.Payment {
		return core.Payment{Lease: "48213", Amount: amount, AmountKnown: true, Method: "eCheck"}
	}
	amount := func(literal string) string {
		return `{"lease_id":"48213","amount_cents":` + literal + `,"payment_method":"eCheck"}`
	}
	unknown := core.Payment{Lease: "48213", Method: "eCheck"}
	full := paid(145000)
	full.Place = core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "Unit 2A"}
	full.Memo, full.Reference = "June rent", "PMT-90417"
	checkDetails(t, core.TypePaymentReceived, []detailTest{
		{"ids only", amount("145000"), paid(145000), core.Attention{}},
		{"with names", `{"lease_id":"48213","amount_cents":145000,"payment_method":"eCheck","tenant_name":"Dana Whitfield",
			"property_name":"Alder Court","unit_name":"Unit 2A","description":"June rent","reference":"PMT-90417"}`, full, core.Attention{}},
		{"names of the wrong kind", `{"lease_id":"48213","amount_cents":1,"payment_method":"eCheck","tenant_name":7,
			"property_name":null,"unit_name":{},"description":[],"reference":false}`, paid(1), core.Attention{}},
		{"refund", amount("-14500"), paid(-14500), core.Attention{}},
		{"nothing", amount("0"), paid(0), core.Attention{}},
		{"minus nothing", amount("-0"), paid(0), core.Attention{}},
		{"most", amount("9223372036854775807"), paid(9223372036854775807), core.Attention{}},
		{"least", amount("-9223372036854775808"), paid(-9223372036854775808), core.Attention{}},
		{"above what floats tell apart", amount("9007199254740993"), paid(9007199254740993), core.Attention{}},
		{"last of two", `{"lease_id":"48213","amount_cents":1,"payment_method":"eCheck","amount_cents":2}`, paid(2), core.Attention{}},

		{"too much", amount("9223372036854775808"), unknown, wrongKind("amount_cents")},
		{"too little", amount("-9223372036854775809"), unknown, wrongKind("amount_cents")},
		{"fraction", amount("1450.5"), unknown, wrongKind("amount_cents")},
		{"whole fraction", amount("1450.0"), unknown, wrongKind("amount_cents")},
		{"exponent", amount("145e3"), unknown, wrongKind("amount_cents")},
		{"text", amount(`"145000"`), unknown, wrongKind("amount_cents")},
		{"boolean", amount("true"), unknown, wrongKind("amount_cents")},
		{"list", amount("[145000]"), unknown, wrongKind("amount_cents")},
		{"null", amount("null"), unknown, missing("amount_cents")},
		{"empty text", amount(`""`), unknown, missing("amount_cents")},
		{"no amount", `{"lease_id":"48213","payment_method":"eCheck"}`, unknown, missing("amount_cents")},
		{"amount in another case", `{"lease_id":"48213","Amount_Cents":145000,"payment_method":"eCheck"}`, unknown, missing("amount_cents")},

		{"no lease", `{"amount_cents":5,"payment_method":"Card"}`, core.Payment{Amount: 5, AmountKnown: true, Method: "Card"}, missing("lease_id")},
		{"number for lease", `{"lease_id":48213,"amount_cents":5,"payment_method":"Card"}`, core.Payment{Amount: 5, AmountKnown: true, Method: "Card"}, wrongKind("lease_id")},
		{"half a pair in lease", `{"lease_id":"\ud800","amount_cents":5,"payment_method":"Card"}`, core.Payment{Amount: 5, AmountKnown: true, Method: "Card"}, wrongKind("lease_id")},
		{"no method", `{"lease_id":"1","amount_cents":5}`, core.Payment{Lease: "1", Amount: 5, AmountKnown: true}, missing("payment_method")},
		{"first of three problems", `{"payment_method":1}`, core.Payment{}, missing("lease_id")},
		{"second and third problem", `{"lease_id":"1","amount_cents":"5","payment_method":1}`, core.Payment{Lease: "1"}, wrongKind("amount_cents")},
		{"null for data", `null`, core.Payment{}, missing("data")},
		{"list for data", `[]`, core.Payment{}, missing("data")},
		{"text for data", `"{}"`, core.Payment{}, missing("data")},
		{"empty data", `{}`, core.Payment{}, missing("lease_id")},
		{"last data of two", `{},"data":` + amount("145000"), paid(145000), core.Attention{}},
		{"last data of two is none", amount("145000") + `,"data":null`, core.Payment{}, missing("data")},
		{"escaped names", `{"l\u0065ase_id":"48213","amount_\u0063ents":145000,"payment_method":"eCheck"}`, paid(145000), core.Attention{}},
	})
}

func TestWorkOrders(t *testing.T) {
	vendor := func(literal string) string {
		return `{"work_order_id":"1191","status":"Assigned","assigned_vendor":` + literal + `}`
	}
	order := core.WorkOrder{ID: "1191", Status: "Assigned"}
	assigned, full := order, order
	assigned.Vendor = "Tolliver Plumbing"
	full.Place = core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "Unit 2A"}
	full.Title, full.Priority = "Kitchen faucet drips", "Normal"
	checkDetails(t, core.TypeWorkOrderUpdated, []detailTest{
		{"assigned", vendor(`"Tolliver Plumbing"`), assigned, core.Attention{}},
		{"nobody yet", vendor(`null`), order, core.Attention{}},
		{"nobody, as text", vendor(`""`), order, core.Attention{}},
		{"vendor not told", `{"work_order_id":"1191","status":"Assigned"}`, order, missing("assigned_vendor")},
		{"vendor of the wrong kind", vendor(`{"id":7}`), order, wrongKind("assigned_vendor")},
		{"with names", `{"work_order_id":"1191","status":"Assigned","assigned_vendor":null,"title":"Kitchen faucet drips","priority":"Normal",
			"tenant_name":"Dana Whitfield","property_name":"Alder Court","unit_name":"Unit 2A"}`, full, core.Attention{}},
		{"no status", `{"work_order_id":"1191","status":"","assigned_vendor":null}`, core.WorkOrder{ID: "1191"}, missing("status")},
		{"number for id", `{"work_order_id":1191,"status":"Assigned","assigned_vendor":null}`, core.WorkOrder{Status: "Assigned"}, wrongKind("work_order_id")},
		{"contract's order, not the body's", `{"assigned_vendor":1,"status":2}`, core.WorkOrder{}, missing("work_order_id")},
	})
}

func TestTenants(t *testing.T) {
	aisha := core.Tenant{ID: "t_7", PropertyID: "p_1", Email: "aisha@example.com"}
	homeless := aisha
	homeless.PropertyID = ""
	checkDetails(t, core.TypeTenantCreated, []detailTest{
		{"whole", `{"tenant_id":"t_7","property_id":"p_1","email":"aisha@example.com"}`, aisha, core.Attention{}},
		{"no property", `{"tenant_id":"t_7","email":"aisha@example.com"}`, homeless, needs(core.ReasonNoProperty, "property_id")},
		{"null for property", `{"tenant_id":"t_7","property_id":null,"email":"aisha@example.com"}`, homeless, needs(core.ReasonNoProperty, "property_id")},
		{"empty property", `{"tenant_id":"t_7","property_id":"","email":"aisha@example.com"}`, homeless, needs(core.ReasonNoProperty, "property_id")},
		{"property of the wrong kind", `{"tenant_id":"t_7","property_id":1,"email":"aisha@example.com"}`, homeless, wrongKind("property_id")},
		{"no tenant either", `{"email":"aisha@example.com"}`, core.Tenant{Email: "aisha@example.com"}, missing("tenant_id")},
		{"no email", `{"tenant_id":"t_7","property_id":"p_1"}`, core.Tenant{ID: "t_7", PropertyID: "p_1"}, missing("email")},
		{"no data for it", `7`, core.Tenant{}, missing("data")},
	})
}

func TestLeasesSigned(t *testing.T) {
	lease := core.LeaseSigned{Lease: "1", MoveIn: core.Date{Year: 2026, Month: 7, Day: 1}, Months: 12}
	openEnded, undated := lease, lease
	openEnded.Months, undated.MoveIn = 0, core.Date{}
	signed := func(date, months string) string {
		return `{"lease_id":"1","move_in_date":` + date + `,"term_months":` + months + `}`
	}
	hundredYears := lease
	hundredYears.Months = 1200
	checkDetails(t, core.TypeLeaseSigned, []detailTest{
		{"a year", signed(`"2026-07-01"`, `12`), lease, core.Attention{}},
		{"month to month", signed(`"2026-07-01"`, `0`), openEnded, core.Attention{}},
		{"a hundred years", signed(`"2026-07-01"`, `1200`), hundredYears, core.Attention{}},
		{"longer", signed(`"2026-07-01"`, `1201`), openEnded, wrongKind("term_months")},
		{"negative", signed(`"2026-07-01"`, `-1`), openEnded, wrongKind("term_months")},
		{"half months", signed(`"2026-07-01"`, `1.5`), openEnded, wrongKind("term_months")},
		{"text for months", signed(`"2026-07-01"`, `"12"`), openEnded, wrongKind("term_months")},
		{"no months", signed(`"2026-07-01"`, `null`), openEnded, missing("term_months")},
		{"no such day", signed(`"2026-06-31"`, `12`), undated, wrongKind("move_in_date")},
		{"day and time", signed(`"2026-07-01T00:00:00Z"`, `12`), undated, wrongKind("move_in_date")},
		{"short day", signed(`"2026-7-1"`, `12`), undated, wrongKind("move_in_date")},
		{"American day", signed(`"07/01/2026"`, `12`), undated, wrongKind("move_in_date")},
		{"number for a day", signed(`20260701`, `12`), undated, wrongKind("move_in_date")},
		{"no day", signed(`""`, `12`), undated, missing("move_in_date")},
	})
}

func TestLeasesExpired(t *testing.T) {
	lease := core.LeaseExpired{Lease: "1", UnitID: "u_1", Vacate: core.Date{Year: 2024, Month: 2, Day: 29}}
	nowhere := lease
	nowhere.UnitID = ""
	named := lease
	named.Place = core.Place{Tenant: "Terrence Cole", Property: "318 Maple Avenue", Unit: "Unit B"}
	checkDetails(t, core.TypeLeaseExpired, []detailTest{
		{"whole", `{"lease_id":"1","unit_id":"u_1","vacate_date":"2024-02-29"}`, lease, core.Attention{}},
		{"with names", `{"lease_id":"1","unit_id":"u_1","vacate_date":"2024-02-29","tenant_name":"Terrence Cole",
			"property_name":"318 Maple Avenue","unit_name":"Unit B"}`, named, core.Attention{}},
		{"no unit", `{"lease_id":"1","vacate_date":"2024-02-29"}`, nowhere, missing("unit_id")},
		{"list for unit", `{"lease_id":"1","unit_id":[],"vacate_date":"2024-02-29"}`, nowhere, wrongKind("unit_id")},
		{"no day", `{"lease_id":"1","unit_id":"u_1"}`, core.LeaseExpired{Lease: "1", UnitID: "u_1"}, missing("vacate_date")},
	})
}

// TestPastedText decodes deliveries as offices got them.
func TestPastedText(t *testing.T) {
	ana := core.Payment{Lease: "20931", AmountKnown: true, Method: "ACH"}
	lines, tabs, blanks, half := ana, ana, ana, ana
	lines.Place = core.Place{Tenant: "Ana Ruiz", Property: "Alder Court", Unit: "1A"}
	lines.Amount, lines.Memo = 125000, "June rent second line third line"
	tabs.Amount, tabs.Memo = 125008, "Rent June"
	blanks.Amount, blanks.Tenant = 125012, "Ana Ruiz"
	half.Amount, half.Tenant, half.Memo, half.Reference = 125000, "Ana Ruiz \ufffd", "June rent, thank you so much \ufffd", "1042"
	for file, want := range map[string]core.Detail{
		"evt_09_nl": lines, "evt_09_tab": tabs, "evt_09_space": blanks, "half_emoji": half,
		"half_emoji_wo": core.WorkOrder{ID: "55", Status: "New", Title: "No heat in bedroom, please hurry \ufffd"},
	} {
		body, err := os.ReadFile(filepath.Join("testdata", "cases", file+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if e := mustOpen(t, string(body)); e.Detail != want || !e.Attention.IsZero() || string(e.Body) != string(body) {
			t.Errorf("%s: %+v, %v, want %+v", file, e.Detail, e.Attention, want)
		}
	}
}

func TestProseIsOneLineOfWhatIsSound(t *testing.T) {
	for raw, want := range map[string]string{
		`"tenant says:\r\n- no heat"`:     "tenant says: - no heat",
		`"\u0000 a \u202e\u200bb\u2028c"`: "a b c",
		`"\ude00a\ud83d\ude00b\ud83d"`:    "\ufffda😀b\ufffd",
		`"\ud83d\ud83d"`:                  "",
		`" \u00a0\u3164"`:                 "",
		`7`:                               "",
		`null`:                            "",
		`["a"]`:                           "",
		``:                                "",
	} {
		if got := prose([]byte(raw)); got != want {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
	blank := `{"work_order_id":"1191","status":" \u200b","assigned_vendor":"  ","title":"\r\n","unit_name":"   ","property_name":"Alder\tCourt"}`
	checkDetails(t, core.TypeWorkOrderUpdated, []detailTest{{
		"blank parts", blank, core.WorkOrder{ID: "1191", Place: core.Place{Property: "Alder Court"}}, missing("status"),
	}})
}

func TestKnownTypeWithoutData(t *testing.T) {
	for _, eventType := range core.KnownTypes() {
		e := mustOpen(t, `{"id":"evt_1","type":"`+eventType+`"}`)
		if e.Detail == nil || e.Detail.Subject() != (core.Subject{}) {
			t.Errorf("%s: got detail %+v, want an empty one", eventType, e.Detail)
		}
		if e.Attention != missing("data") {
			t.Errorf("%s: got attention %+v", eventType, e.Attention)
		}
	}
}

func TestLongTextIsCutAndLongIDsAreNone(t *testing.T) {
	long := strings.Repeat("é", 100_000)
	e := mustOpen(t, event(core.TypePaymentReceived, `{"lease_id":"`+long+`","amount_cents":5,"payment_method":"`+long+`","tenant_name":"`+long+`"}`))
	p := e.Detail.(core.Payment)
	if p.Lease != "" || e.Attention != wrongKind("lease_id") {
		t.Errorf("lease: got %d bytes, attention %+v", len(p.Lease), e.Attention)
	}
	for _, text := range []string{p.Method, p.Tenant} {
		if utf8.RuneCountInString(text) != longestShown || !strings.HasPrefix(long, text) {
			t.Errorf("got %d characters, want the first %d", utf8.RuneCountInString(text), longestShown)
		}
	}
	if !strings.Contains(string(e.Body), long) {
		t.Error("Body was cut too")
	}
	whole := strings.Repeat("é", longestShown)
	e = mustOpen(t, event(core.TypePaymentReceived, `{"lease_id":"1","amount_cents":5,"payment_method":"`+whole+`"}`))
	if got := e.Detail.(core.Payment).Method; got != whole {
		t.Errorf("%d characters were cut to %d", longestShown, utf8.RuneCountInString(got))
	}
}
