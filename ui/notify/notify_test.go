package notify

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/ui/uitest"
)

var (
	dana  = core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	unit3 = core.Place{Property: "Alder Court", Unit: "3B"}
)

// everything allows all details.
var everything = core.DefaultSettings().Bell.Says

func rentEvent(p core.Payment) *core.Event {
	return &core.Event{Type: core.TypePaymentReceived, Detail: p}
}

func TestNoticeOfOneEvent(t *testing.T) {
	missing := func(field string) core.Attention {
		return core.Attention{Reason: core.ReasonMissing, Field: field}
	}
	tests := []struct {
		name   string
		detail core.Detail
		flaw   core.Attention
		want   Notice
	}{
		{"rent", core.Payment{Place: dana, Amount: 145000, AmountKnown: true}, core.Attention{}, Notice{"Rent received: $1,450.00", "Dana Whitfield, Alder Court 2A"}},
		{"only ids", core.Payment{Lease: "20931", Amount: 64000, AmountKnown: true}, core.Attention{}, Notice{"Rent received: $640.00", "Lease 20931"}},
		{"refund", core.Payment{Place: dana, Amount: -5000, AmountKnown: true}, core.Attention{}, Notice{"Refund: -$50.00", "Dana Whitfield, Alder Court 2A"}},
		{"no amount", core.Payment{Lease: "20931"}, missing("amount_cents"), Notice{"Needs attention", "Payment without an amount, Lease 20931"}},
		{"no method", core.Payment{Lease: "20931", Amount: 100, AmountKnown: true}, missing("payment_method"), Notice{"Rent received: $1.00", "Lease 20931, needs attention"}},
		{"urgent work", core.WorkOrder{Place: unit3, Title: "No hot water", Status: "New", Priority: "Urgent"}, core.Attention{}, Notice{"New work order, urgent", "No hot water, Alder Court 3B"}},
		{"new work", core.WorkOrder{ID: "1194", Status: "New", Priority: "Normal"}, core.Attention{}, Notice{"New work order", "Work order 1194"}},
		{"assigned", core.WorkOrder{Place: unit3, Title: "Faucet drips", Status: "Assigned", Vendor: "Tolliver Plumbing"}, core.Attention{}, Notice{"Work order assigned", "Faucet drips, Alder Court 3B, Tolliver Plumbing"}},
		{"two words", core.WorkOrder{ID: "7", Status: "Work Done"}, core.Attention{}, Notice{"Work order: work done", "Work order 7"}},
		{"lines", core.WorkOrder{ID: "7", Title: "Tenant says:\r\n- no heat", Status: "Assigned", Vendor: " ", Place: core.Place{Property: "  ", Unit: "\u200b"}}, core.Attention{}, Notice{"Work order assigned", "Tenant says: - no heat"}},
		{"blanks", core.WorkOrder{ID: "7", Title: " \r\n", Status: "Work Done"}, core.Attention{}, Notice{"Work order: work done", "Work order 7"}},
		{"name of blanks", core.Payment{Place: core.Place{Tenant: "   ", Property: " Alder  Court", Unit: " "}, Lease: "20931", Amount: 64000, AmountKnown: true}, core.Attention{}, Notice{"Rent received: $640.00", "Lease 20931, Alder Court"}},
		{"no status", core.WorkOrder{ID: "7"}, core.Attention{}, Notice{"Work order changed", "Work order 7"}},
		{"signed", core.LeaseSigned{Place: dana}, core.Attention{}, Notice{"Lease signed", "Dana Whitfield, Alder Court 2A"}},
		{"ended", core.LeaseExpired{Lease: "5"}, core.Attention{}, Notice{"Lease ended", "Lease 5"}},
		{"tenant", core.Tenant{Email: "aisha@example.com"}, core.Attention{}, Notice{"New tenant", "aisha@example.com"}},
		{"notice", core.Move{Place: dana, Step: core.NoticeGiven, On: uitest.On(2026, 7, 31)}, core.Attention{}, Notice{"Gave notice, leaves Jul 31", "Dana Whitfield, Alder Court 2A"}},
		{"moved in", core.Move{Place: dana, Step: core.MovedIn, On: uitest.On(2026, 6, 18)}, core.Attention{}, Notice{"Moved in Jun 18", "Dana Whitfield, Alder Court 2A"}},
		{"moved out, nobody knows when", core.Move{ID: "8812", Step: core.MovedOut}, core.Attention{}, Notice{"Moved out", "Tenant 8812"}},
		{"notice with an odd time", core.Move{Place: dana, Step: core.NoticeGiven, On: uitest.On(2026, 7, 31)}, core.Attention{Reason: core.ReasonTime}, Notice{"Needs attention", "Tenant with an unlikely date, Dana Whitfield, Alder Court 2A, gave notice, leaves Jul 31"}},
		{"archived", core.Tenant{Email: "aisha@example.com"}, core.Attention{Reason: core.ReasonNoProperty}, Notice{"Needs attention", "Tenant without a property, aisha@example.com"}},
	}
	for _, tt := range tests {
		e := core.Event{Detail: tt.detail, Attention: tt.flaw, OccurredAt: uitest.Present}
		if got := Of(core.Ring{Event: &e, Count: 1}, everything); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestBurstBecomesOneDigest(t *testing.T) {
	feeds := func(payments, orders, leases int) map[core.Feed]int {
		return map[core.Feed]int{core.FeedPayments: payments, core.FeedWorkOrders: orders, core.FeedLeases: leases}
	}
	tests := []struct {
		ring core.Ring
		want Notice
	}{
		{core.Ring{Count: 15, Feeds: feeds(12, 2, 1), Received: 1431000}, Notice{"12 payments, $14,310.00", "and 3 other events"}},
		{core.Ring{Count: 13, Feeds: feeds(12, 1, 0), Received: 1431000, Attention: 1}, Notice{"12 payments, $14,310.00", "and 1 other event, 1 needs attention"}},
		{core.Ring{Count: 2, Feeds: feeds(2, 0, 0), Received: 250000, Attention: 2}, Notice{"2 payments, $2,500.00", "2 need attention"}},
		{core.Ring{Count: 2, Feeds: feeds(1, 1, 0), Received: 5}, Notice{"1 payment, $0.05", "and 1 other event"}},
		{core.Ring{Count: 4, Feeds: feeds(0, 3, 1)}, Notice{"3 work order changes", "and 1 other event"}},
		{core.Ring{Count: 2, Feeds: map[core.Feed]int{core.FeedTenants: 2}}, Notice{"2 new tenants", ""}},
		{core.Ring{Count: 2}, Notice{"2 events", ""}},
		{core.Ring{Count: 15, Feeds: feeds(12, 2, 1), Received: 1431000, Away: true}, Notice{"While you were away", "12 payments, $14,310.00, and 3 other events"}},
		{core.Ring{Count: 15, Feeds: feeds(12, 2, 1), Received: 1431000, Missed: true}, Notice{"While the bell was quiet", "12 payments, $14,310.00, and 3 other events"}},
		{core.Ring{Count: 1, Event: rentEvent(core.Payment{Place: dana, Amount: 145000, AmountKnown: true}), Missed: true}, Notice{"While the bell was quiet", "Rent received: $1,450.00, Dana Whitfield, Alder Court 2A"}},
	}
	for _, tt := range tests {
		if got := Of(tt.ring, everything); got != tt.want {
			t.Errorf("%+v: %+v, want %+v", tt.ring, got, tt.want)
		}
	}
}

func TestNothingFromOutsideCanRun(t *testing.T) {
	hostile := []string{
		"$(calc)", "${env:PATH}", "$env:PATH", "$$1", "＄(calc)", "a`\"; calc; `\"", "“; calc; „", "x‘; calc; ’‚‛",
		"\"; Start-Process calc; $x = \"", "<b>bold</b>", "<img src=\"file:///etc/passwd\">", "&lt;b&gt; & more&",
		"line\r\n'@\r\ncalc\r\n@'", "\x00\x07\x1b[31m", "abc\u202Efdp.exe", "zero\u200Bwidth\uFEFF", "bad\xff\xfeutf8",
		"\\\"; do shell script \\\"calc", "＂＆＜＞＇｀", "trailing $", "$\u200B(calc)", "`$(calc)", "\u2028\u2029\u0085",
	}
	for _, text := range hostile {
		got := inert(text, longestBody)
		for _, r := range got {
			switch {
			case strings.ContainsRune("\"“”„‟'‘’‚‛<>&\\`", r), r < ' ', r == 0x7f:
				t.Errorf("%q became %q, in which %q is left", text, got, r)
			case strings.ContainsRune("\u202e\u200b\ufeff\u2028\u2029\u0085\ufffd＄＂＆＜＞＇｀", r):
				t.Errorf("%q became %q, in which %U is left", text, got, r)
			}
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q is no UTF-8", got)
		}
	}
}

func TestOrdinaryTextStaysReadable(t *testing.T) {
	for text, want := range map[string]string{
		"Rent received: $1,450.00": "Rent received: $1,450.00",
		"Handy & Daughter":         "Handy and Daughter",
		"AT&T":                     "AT+T",
		"Siobhán O'Brien":          "Siobhán OʼBrien",
		"5\" pipe, 北京":             "5″ pipe, 北京",
		"two\n lines":              "two lines",
		"owes $ or $5":             "owes $ or $5",
	} {
		if got := inert(text, longestBody); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestNoticeIsBounded(t *testing.T) {
	got := Notice{strings.Repeat("ä", 500), strings.Repeat("x$1", 500)}.inert()
	title, body := utf8.RuneCountInString(got.Title), utf8.RuneCountInString(got.Body)
	if title != longestTitle || body != longestBody || !strings.HasSuffix(got.Title, "…") || !strings.HasSuffix(got.Body, "…") {
		t.Errorf("title of %d and body of %d runes, want %d and %d", title, body, longestTitle, longestBody)
	}
}

// TestFyneStillQuotesAsItDid fails if Fyne changes how it quotes on macOS, because
// inert depends on that.
func TestFyneStillQuotesAsItDid(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "fyne.io/fyne/v2").Output()
	if err != nil {
		t.Skipf("the sources of Fyne are not here: %v", err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "app", "app_darwin.go"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), "`display notification \"%s\" with title \"%s\"`") {
		t.Error("it quotes in another way: read it again and review inert")
	}
}

func TestRingsWaitForTheOneBefore(t *testing.T) {
	var work uitest.Queue
	var sent []Notice
	n := &Notifier{
		Post: work.Post, Says: func() core.Says { return everything },
		Send: func(_ context.Context, x core.Notice) { sent = append(sent, Notice{x.Title, x.Body}) },
	}
	payment := func(cents core.Cents) core.Ring {
		return core.Ring{
			Event: rentEvent(core.Payment{Lease: "1", Amount: cents, AmountKnown: true}), Count: 1,
			Received: cents, Feeds: map[core.Feed]int{core.FeedPayments: 1},
		}
	}
	n.Ring(payment(100))
	n.Ring(payment(200))
	n.Ring(payment(300))
	if len(work) != 1 || len(sent) != 0 {
		t.Fatalf("%d notifications on their way and %d sent, want 1 and 0", len(work), len(sent))
	}
	work.Next(t)
	work.Next(t)
	n.Ring(payment(400))
	work.Next(t)
	want := []Notice{{"Rent received: $1.00", "Lease 1"}, {"2 payments, $5.00", ""}, {"Rent received: $4.00", "Lease 1"}}
	if !slices.Equal(sent, want) {
		t.Errorf("sent %+v, want %+v", sent, want)
	}
	if len(work) != 0 {
		t.Errorf("%d more on their way", len(work))
	}
}

func TestWhatMayNotBeSaidDropsOut(t *testing.T) {
	flawed := core.Attention{Reason: core.ReasonMissing, Field: "payment_method"}
	rent := core.Payment{Place: dana, Lease: "20931", Amount: 145000, AmountKnown: true}
	order := core.WorkOrder{Place: unit3, ID: "1194", Title: "Dana's sink", Status: "New", Priority: "Urgent", Vendor: "Tolliver Plumbing"}
	tests := []struct {
		says core.Says
		e    core.Event
		want Notice
	}{
		{core.Says{}, core.Event{Detail: rent}, Notice{"Rent received", ""}},
		{core.Says{Tenant: true}, core.Event{Detail: rent}, Notice{"Rent received", "Dana Whitfield"}},
		{core.Says{Amount: true}, core.Event{Detail: rent}, Notice{"Rent received: $1,450.00", ""}},
		{core.Says{Place: true}, core.Event{Detail: rent}, Notice{"Rent received", "Alder Court 2A"}},
		{core.Says{}, core.Event{Detail: core.Payment{Amount: -5, AmountKnown: true}}, Notice{"Refund", ""}},
		{core.Says{}, core.Event{Detail: rent, Attention: flawed}, Notice{"Rent received", "needs attention"}},
		{core.Says{}, core.Event{Detail: core.Payment{Lease: "1"}, Attention: core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}}, Notice{"Needs attention", "Payment without an amount"}},
		{core.Says{}, core.Event{Detail: order}, Notice{"New work order, urgent", "Work order 1194"}},
		{core.Says{Place: true}, core.Event{Detail: order}, Notice{"New work order, urgent", "Work order 1194, Alder Court 3B"}},
		{core.Says{}, core.Event{Detail: core.LeaseSigned{Place: dana, Lease: "2"}}, Notice{"Lease signed", ""}},
		{core.Says{}, core.Event{Detail: core.LeaseExpired{Place: dana, Lease: "2"}}, Notice{"Lease ended", ""}},
		{core.Says{}, core.Event{Detail: core.Tenant{ID: "8", Email: "a@example.com"}}, Notice{"New tenant", ""}},
	}
	for _, tt := range tests {
		if got := Of(core.Ring{Event: &tt.e, Count: 1}, tt.says); got != tt.want {
			t.Errorf("%+v of %+v: %+v, want %+v", tt.says, tt.e.Detail, got, tt.want)
		}
	}
	several := core.Ring{Count: 12, Feeds: map[core.Feed]int{core.FeedPayments: 12}, Received: 1431000}
	if got := Of(several, core.Says{}); got != (Notice{"12 payments", ""}) {
		t.Errorf("several: %+v", got)
	}
}
