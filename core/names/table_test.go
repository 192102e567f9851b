package names_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/store/ledgertest"
)

// given is a table of table that the user gave.
func given(table map[core.NameKey]string) *names.Table {
	of := map[core.NameKey]core.Name{}
	for key, text := range table {
		of[key] = core.Name{Given: text}
	}
	return names.NewTable(of)
}

func TestNamesTakeTheIdsPlace(t *testing.T) {
	table := names.NewTable(map[core.NameKey]core.Name{
		{Kind: core.NameLease, ID: "1"}:    {Given: "Given", Learned: "Learned"},
		{Kind: core.NameLease, ID: "2"}:    {Learned: "Learned"},
		{Kind: core.NameUnit, ID: "u"}:     {Given: "2A"},
		{Kind: core.NameProperty, ID: "p"}: {Given: "Alder Court"},
		{Kind: core.NameTenant, ID: "1"}:   {Given: "Dana"},
		{Kind: core.NameVendor, ID: "v7"}:  {Learned: "Tolliver Plumbing"},
	})
	sent := core.Place{Tenant: "Sent"}
	tests := []struct {
		name      string
		was, want core.Detail
	}{
		{"given before sent", core.Payment{Place: sent, Lease: "1"}, core.Payment{Place: core.Place{Tenant: "Given"}, Lease: "1"}},
		{"sent before learned", core.Payment{Place: sent, Lease: "2"}, core.Payment{Place: sent, Lease: "2"}},
		{"learned before nothing", core.Payment{Lease: "2"}, core.Payment{Place: core.Place{Tenant: "Learned"}, Lease: "2"}},
		{"learned before blanks", core.Payment{Place: core.Place{Tenant: " \u200b "}, Lease: "2"}, core.Payment{Place: core.Place{Tenant: "Learned"}, Lease: "2"}},
		{"not named", core.Payment{Lease: "3"}, core.Payment{Lease: "3"}},
		{"no lease", core.Payment{}, core.Payment{}},
		{"signed", core.LeaseSigned{Lease: "1"}, core.LeaseSigned{Lease: "1", Place: core.Place{Tenant: "Given"}}},
		{"ended", core.LeaseExpired{Lease: "1", UnitID: "u"}, core.LeaseExpired{Lease: "1", UnitID: "u", Place: core.Place{Tenant: "Given", Unit: "2A"}}},
		{"tenant", core.Tenant{ID: "1", PropertyID: "p", Email: "d@example.com"},
			core.Tenant{ID: "1", PropertyID: "p", Email: "d@example.com", Place: core.Place{Tenant: "Dana", Property: "Alder Court"}}},
		{"vendor", core.WorkOrder{ID: "1", Vendor: "v7"}, core.WorkOrder{ID: "1", Vendor: "Tolliver Plumbing", VendorID: "v7"}},
		{"other vendor", core.WorkOrder{ID: "1", Vendor: "Dooley"}, core.WorkOrder{ID: "1", Vendor: "Dooley"}},
		{"unknown type", nil, nil},
	}
	for _, tt := range tests {
		if got := table.Detail(tt.was); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestCleanNames(t *testing.T) {
	for was, want := range map[string]string{
		"  Dana\tWhitfield \r\n":          "Dana Whitfield",
		"Bell\a\x00\x1b[31m":              "Bell [31m",
		"\u202eevil\u2066\ufeff":          "evil",
		"نمی\u200cخواهم":                  "نمی\u200cخواهم",
		"a\u2028b\u00a0c":                 "a b c",
		"Ana \xff":                        "Ana \ufffd",
		"\xff":                            "",
		"\u200d\u00ad ":                   "",
		"":                                "",
		strings.Repeat("é", 250):          strings.Repeat("é", core.MaxName),
		strings.Repeat("a ", 150) + "end": strings.TrimSpace(strings.Repeat("a ", 100)),
	} {
		if got := core.CleanName(was); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", was, got, want)
		}
	}
}

func TestExportsBearNames(t *testing.T) {
	ledger := ledgertest.New(t,
		ledgertest.Paid(t, "e1", "2026-06-18T10:00:00-04:00", core.Payment{Lease: "20931", Amount: 640_00, AmountKnown: true, Method: "ach"}),
		ledgertest.Paid(t, "e2", "2026-06-19T10:00:00-04:00", core.Payment{Lease: "5", Place: core.Place{Tenant: "Sent", Property: "Alder Court", Unit: "2A"}, Amount: 1_00, AmountKnown: true, Method: "ach"}),
	)
	table := given(map[core.NameKey]string{
		{Kind: core.NameLease, ID: "20931"}: `=HYPERLINK("x")`,
		{Kind: core.NameLease, ID: "5"}:     "Dana, and Lee",
	})
	named := names.Named(ledger, func() *names.Table { return table })
	for format, want := range map[core.Format]string{
		core.FormatQuickBooks: "Date,Description,Amount\n" +
			`06/18/2026,"Payment, '=HYPERLINK(""x""), ach",640.00` + "\n" +
			`06/19/2026,"Payment, Dana, and Lee, Alder Court 2A",1.00` + "\n",
		core.FormatXero: "*Date,*Amount,Payee,Description,Reference,Check Number\n" +
			`2026-06-18,640.00,"'=HYPERLINK(""x"")","Payment, ach","e1",""` + "\n" +
			`2026-06-19,1.00,"Dana, and Lee","Payment, Alder Court 2A","e2",""` + "\n",
	} {
		var got bytes.Buffer
		if _, err := export.Export(t.Context(), &got, named, ledgertest.JuneQuery(t, format)); err != nil {
			t.Fatal(err)
		}
		if got.String() != want {
			t.Errorf("%s:\n%s\nwant:\n%s", format, got.String(), want)
		}
	}
	var full bytes.Buffer
	if _, err := export.Export(t.Context(), &full, named, ledgertest.JuneQuery(t, core.FormatFull)); err != nil {
		t.Fatal(err)
	}
	if want := `,"20931","'=HYPERLINK(""x"")","","",640.00,`; !strings.Contains(full.String(), want) {
		t.Errorf("%s does not hold %s", full.String(), want)
	}
	p, err := export.NewPreview(t.Context(), named, ledgertest.JuneQuery(t, core.FormatXero), 3)
	if err != nil || p.Unnamed != "" {
		t.Errorf("the preview misses a name: %+v, %v", p, err)
	}
}

func TestEveryAnswerBearsNames(t *testing.T) {
	at := time.Date(2026, 6, 18, 10, 0, 0, 0, time.UTC)
	tenant := core.Event{ID: "t", Type: core.TypeTenantCreated, OccurredAt: at, ReceivedAt: at,
		Detail: core.Tenant{ID: "1"}, Attention: core.Attention{Reason: core.ReasonNoProperty}}
	order := core.Event{ID: "w", Type: core.TypeWorkOrderUpdated, OccurredAt: at, ReceivedAt: at, Detail: core.WorkOrder{ID: "9", Vendor: "v7"}}
	ledger := ledgertest.New(t, ledgertest.Paid(t, "p", "2026-06-18T10:00:00Z", ledgertest.Cents(1)), order, tenant)
	r := names.Named(ledger, func() *names.Table {
		return given(map[core.NameKey]string{
			{Kind: core.NameLease, ID: "20931"}: "Ines Hall", {Kind: core.NameVendor, ID: "v7"}: "Tolliver", {Kind: core.NameTenant, ID: "1"}: "Dana",
		})
	})
	var said []string
	say := func(what string, err error, values ...any) {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		said = append(said, fmt.Sprintf("%s: %+v", what, values))
	}
	page, err := r.Page(core.FeedActivity, 0, 9)
	say("page", err, page[0].Detail, page[1].Detail, page[2].Detail)
	history, err := r.History(core.Subject{Kind: "lease", ID: "20931"}, 9)
	say("history", err, history[0].Detail)
	e, err := r.Event(1)
	say("event", err, e.Detail)
	concerns, err := r.Concerns(9)
	say("concerns", err, concerns[0].Event.Detail)
	leases, err := r.Leases()
	say("leases", err, leases)
	orders, err := r.WorkOrders()
	say("orders", err, orders)
	tenants, err := r.Tenants()
	say("tenants", err, tenants)
	err = r.Each(t.Context(), core.Query{AfterSeq: 1}, func(e core.Event) error { say("each", nil, e.Detail); return nil })
	say("end", err)
	all := strings.Join(said, "\n")
	for name, want := range map[string]int{"Ines Hall": 4, "Tolliver": 3, "Dana": 4} {
		if got := strings.Count(all, name); got != want {
			t.Errorf("%s stands in %d answers, want %d:\n%s", name, got, want, all)
		}
	}
}

func TestEventLinesStayAsDelivered(t *testing.T) {
	e := ledgertest.Paid(t, "p", "2026-06-18T10:00:00Z", ledgertest.Cents(1))
	e.Body = []byte(`{"data":{"lease_id":"20931"}}`)
	ledger := ledgertest.New(t, e)
	table := given(map[core.NameKey]string{{Kind: core.NameLease, ID: "20931"}: "Ines Hall"})
	var bare, named bytes.Buffer
	for w, r := range map[*bytes.Buffer]core.Reader{&bare: ledger, &named: names.Named(ledger, func() *names.Table { return table })} {
		if err := remote.WriteEvents(t.Context(), w, r); err != nil {
			t.Fatal(err)
		}
	}
	if bare.String() != named.String() {
		t.Errorf("%s and %s", bare.String(), named.String())
	}
}

func TestLookingUpANameCostsNoMemory(t *testing.T) {
	of := map[core.NameKey]core.Name{}
	for i := range 10_000 {
		of[core.NameKey{Kind: core.NameLease, ID: fmt.Sprint(i)}] = core.Name{Given: "Somebody"}
	}
	table := names.NewTable(of)
	var unnamed, named core.Detail = core.Payment{Lease: "none"}, core.Payment{Lease: "77"}
	if n := testing.AllocsPerRun(100, func() { _ = table.Detail(unnamed) }); n > 0 {
		t.Errorf("%v allocations for a lease without a name", n)
	}
	if n := testing.AllocsPerRun(100, func() { _ = table.Detail(named) }); n > 1 {
		t.Errorf("%v allocations for a lease with one", n)
	}
}

func BenchmarkNamedEach(b *testing.B) {
	year := ledgertest.NewYear(b, 10_000)
	table := given(map[core.NameKey]string{{Kind: core.NameLease, ID: "48213"}: "Marcus O."})
	for name, r := range map[string]core.Reader{"bare": year, "named": names.Named(year, func() *names.Table { return table })} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if err := r.Each(context.Background(), core.Query{}, func(core.Event) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
