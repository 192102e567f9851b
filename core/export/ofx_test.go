package export_test

import (
	"bytes"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// account is the one that statements of tests are of.
var account = core.StatementAccount{Bank: "991234567", Number: "123456789012"}

func juneStatement(t testing.TB, f core.Format) export.Query {
	q := ledgertest.JuneQuery(t, f)
	q.Account = account
	return q
}

func statementOf(t testing.TB, r export.Payments, q export.Query) (string, export.Written) {
	t.Helper()
	var got bytes.Buffer
	done, err := export.Export(t.Context(), &got, r, q)
	if err != nil {
		t.Fatal(err)
	}
	return got.String(), done
}

// TestStatementFiles compares with files in testdata, which are as an importer gets them.
func TestStatementFiles(t *testing.T) {
	june := ledgertest.June(t)
	for file, format := range map[string]core.Format{"june.ofx": core.FormatOFX, "june.qbo": core.FormatQBO} {
		got, done := statementOf(t, june, juneStatement(t, format))
		if want := ledgertest.ReadFile(t, filepath.Join("testdata", file)); got != want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", file, got, want)
		}
		if want := (export.Written{Rows: 4, LeftOut: 1, Zeros: 1, Total: 149596, Bytes: len(got)}); done != want {
			t.Errorf("%s: exported %+v, want %+v", file, done, want)
		}
		ledgertest.ReadOFX(t, got)
	}
}

func TestQBODiffersFromOFXByItsBank(t *testing.T) {
	june := ledgertest.June(t)
	plain, _ := statementOf(t, june, juneStatement(t, core.FormatOFX))
	q := juneStatement(t, core.FormatQBO)
	q.IntuBID = 10898
	web, _ := statementOf(t, june, q)
	if without := strings.Replace(web, "<INTU.BID>10898\r\n", "", 1); without != plain || without == web {
		t.Errorf("the .qbo is\n%s\nand the .ofx\n%s", web, plain)
	}
}

func TestStatementOfNothingIsWhole(t *testing.T) {
	got, done := statementOf(t, ledgertest.New(t), juneStatement(t, core.FormatOFX))
	s := ledgertest.ReadOFX(t, got)
	if done.Rows != 0 || len(s.Transactions) != 0 {
		t.Errorf("exported %+v:\n%s", done, got)
	}
	for leaf, want := range map[string]string{
		"DTSTART": "20260601120000[0:GMT]", "DTEND": "20260630120000[0:GMT]", "DTASOF": "20260630120000[0:GMT]",
		"BALAMT": "0.00", "CURDEF": "USD", "BANKID": account.Bank, "ACCTID": account.Number, "LANGUAGE": "ENG",
	} {
		if s.Leaves[leaf] != want {
			t.Errorf("%s is %q, want %q", leaf, s.Leaves[leaf], want)
		}
	}
}

// The day is the local one: half past eleven in the evening is the next day in Greenwich.
func TestStatementHasTheLocalDay(t *testing.T) {
	ledger := ledgertest.New(t,
		ledgertest.Paid(t, "evening", "2026-06-18T23:30:00-04:00", ledgertest.Cents(5000)),
		ledgertest.Paid(t, "first", "2026-06-01T00:00:00-04:00", ledgertest.Cents(5000)),
		ledgertest.Paid(t, "last", "2026-06-30T23:59:59-04:00", ledgertest.Cents(-1)),
		ledgertest.Paid(t, "july", "2026-07-01T00:00:00-04:00", ledgertest.Cents(5000)),
	)
	for zone, want := range map[string][]string{
		"America/New_York":   {"20260601", "20260618", "20260630"},
		"Pacific/Kiritimati": {"20260601", "20260619"},
	} {
		q := juneStatement(t, core.FormatOFX)
		q.Location = ledgertest.Zone(t, zone)
		got, _ := statementOf(t, ledger, q)
		var days []string
		for _, paid := range ledgertest.ReadOFX(t, got).Transactions {
			days = append(days, strings.TrimSuffix(paid["DTPOSTED"], "120000[0:GMT]"))
		}
		if !slices.Equal(days, want) {
			t.Errorf("in %s the days are %v, want %v", zone, days, want)
		}
	}
}

func TestStatementTellsDepositsFromDebits(t *testing.T) {
	ledger := ledgertest.New(t,
		ledgertest.Paid(t, "a", "2026-06-10T12:00:00Z", ledgertest.Cents(math.MaxInt64)),
		ledgertest.Paid(t, "b", "2026-06-11T12:00:00Z", ledgertest.Cents(0)),
		ledgertest.Paid(t, "c", "2026-06-12T12:00:00Z", ledgertest.Cents(-5)),
		ledgertest.Paid(t, "d", "2026-06-13T12:00:00Z", ledgertest.Cents(math.MinInt64)),
	)
	got, done := statementOf(t, ledger, juneStatement(t, core.FormatOFX))
	var lines []string
	for _, paid := range ledgertest.ReadOFX(t, got).Transactions {
		lines = append(lines, paid["TRNTYPE"]+" "+paid["TRNAMT"])
	}
	want := []string{"DEP 92233720368547758.07", "DEBIT -0.05", "DEBIT -92233720368547758.08"}
	if !slices.Equal(lines, want) || done.Zeros != 1 {
		t.Errorf("%v and %d zeros, want %v and 1", lines, done.Zeros, want)
	}
}

// What an importer knows a payment by depends on its id alone.
func TestFITIDStays(t *testing.T) {
	paid := ledgertest.Cents(5000)
	renamed := core.Payment{Place: core.Place{Tenant: "Ana Ruiz"}, Lease: "1", Amount: 7, AmountKnown: true}
	first, _ := statementOf(t, ledgertest.New(t, ledgertest.Paid(t, "evt_1", "2026-06-18T12:00:00Z", paid)), juneStatement(t, core.FormatOFX))
	again, _ := statementOf(t, ledgertest.New(t,
		ledgertest.Paid(t, "evt_0", "2026-06-02T12:00:00Z", paid),
		ledgertest.Paid(t, "evt_1", "2026-06-03T12:00:00Z", renamed)), juneStatement(t, core.FormatQBO))
	// printf evt_1 | sha256sum, its first 100 bits in Crockford's digits
	const want = "RBFN75MXQAWVCC2SA11B0S"
	if id := ledgertest.ReadOFX(t, first).Transactions[0]["FITID"]; id != want {
		t.Errorf("FITID %s, want %s", id, want)
	}
	if id := ledgertest.ReadOFX(t, again).Transactions[1]["FITID"]; id != want {
		t.Errorf("FITID %s of another file, want %s", id, want)
	}
}

// Payments of one moment are in order of their ids, however they came in.
func TestStatementIsInOrderOfTimeThenID(t *testing.T) {
	const noon = "2026-06-18T12:00:00Z"
	ids := []string{"c", "a", "d", "b"}
	events := []core.Event{ledgertest.Paid(t, "z", "2026-06-18T11:59:59.999999999Z", ledgertest.Cents(9))}
	for _, id := range ids {
		events = append(events, ledgertest.Paid(t, id, noon, ledgertest.Cents(core.Cents(id[0]))))
	}
	turned := slices.Clone(events)
	slices.Reverse(turned)
	for _, ledger := range []export.Payments{ledgertest.New(t, events...), ledgertest.New(t, turned...)} {
		got, _ := statementOf(t, ledger, juneStatement(t, core.FormatOFX))
		var amounts []string
		for _, paid := range ledgertest.ReadOFX(t, got).Transactions {
			amounts = append(amounts, paid["TRNAMT"])
		}
		if want := []string{"0.09", "0.97", "0.98", "0.99", "1.00"}; !slices.Equal(amounts, want) {
			t.Errorf("in order %v, want %v", amounts, want)
		}
	}
}

func TestStatementNames(t *testing.T) {
	tests := []struct {
		tenant, lease, want string
	}{
		{"Ana Ruiz", "1", "Ana Ruiz"},
		{"Núñez Ångström Łukasz Øre Straße", "1", "Nunez Angstrom Lukasz Ore Strass"},
		{"Zoë O’Brien – Sons…", "1", "Zoe O'Brien - Sons..."},
		{"A & B <C>", "1", "A & B <C>"},
		{strings.Repeat("&", 10) + strings.Repeat("<", 30) + "x", "1", "Lease 1"},
		{"x" + strings.Repeat("&", 40), "1", "x" + strings.Repeat("&", 31)},
		{"Maria Magdalena Alexandra de la Cruz", "1", "Maria Magdalena Alexandra de la"},
		{"\u202eAna\u2066 \u200fRuiz\x00\x1b[31m\r\n</NAME>", "1", "Ana Ruiz [31m </NAME>"},
		{"Ana\r\n<FITID>RB1", "1", "Ana <FITID>RB1"},
		{"王伟", "20931", "Lease 20931"},
		{"王伟 (Wei Wang)", "1", "? (Wei Wang)"},
		{"Ana 🏠🏡 Ruiz 😀", "1", "Ana ? Ruiz ?"},
		{"\xff\xfe", "20931", "Lease 20931"},
		{strings.Repeat(",", 40) + "Ana", "20931", "Lease 20931"},
		{" ", strings.Repeat("9", 40), "Lease " + strings.Repeat("9", 26)},
		{"", "\u200b", "Unknown payer"},
		{"", "", "Unknown payer"},
	}
	for _, tt := range tests {
		paid := transactionOf(t, core.Payment{Place: core.Place{Tenant: tt.tenant}, Lease: tt.lease})
		if paid["NAME"] != tt.want {
			t.Errorf("%q of lease %q is named %q, want %q", tt.tenant, tt.lease, paid["NAME"], tt.want)
		}
	}
}

func TestStatementMemos(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 80))
	tests := []struct {
		name string
		paid core.Payment
		want string
	}{
		{"nothing", core.Payment{Memo: "June rent"}, ""},
		{"nothing that can be read", core.Payment{Method: " ", Reference: "\u200b\r\n"}, ""},
		{"all", core.Payment{Method: "check", Place: core.Place{Property: "Álder Court", Unit: "1A"}, Reference: "1207"}, "check, Alder Court 1A, 1207"},
		{"no property", core.Payment{Method: "check", Place: core.Place{Unit: "1A"}}, "check, 1A"},
		{"a reference alone", core.Payment{Reference: "MO-1041"}, "MO-1041"},
		{"tags", core.Payment{Method: "a<b>&amp;", Reference: "</MEMO>"}, "a<b>&amp;, </MEMO>"},
		{"too long", core.Payment{Method: long}, long[:254]},
		{"a reference after what is too long", core.Payment{Method: long, Reference: "1207"}, long[:249] + ", 1207"},
		{"a long reference", core.Payment{Reference: strings.Repeat("8", 300) + "1"}, strings.Repeat("8", 99) + "1"},
		{"all escaped", core.Payment{Method: strings.Repeat("&", 300)}, strings.Repeat("&", 255)},
	}
	for _, tt := range tests {
		if memo := transactionOf(t, tt.paid)["MEMO"]; memo != tt.want {
			t.Errorf("%s: memo %q, want %q", tt.name, memo, tt.want)
		}
	}
}

// transactionOf is a payment as an importer reads it.
func transactionOf(t *testing.T, p core.Payment) map[string]string {
	t.Helper()
	p.Amount, p.AmountKnown = 5000, true
	got, _ := statementOf(t, ledgertest.New(t, ledgertest.Paid(t, "evt_1", "2026-06-18T12:00:00Z", p)), juneStatement(t, core.FormatOFX))
	s := ledgertest.ReadOFX(t, got)
	if len(s.Transactions) != 1 {
		t.Fatalf("%d transactions in\n%s", len(s.Transactions), got)
	}
	return s.Transactions[0]
}

func TestStatementNeedsAnAccountAndAPeriod(t *testing.T) {
	var b bytes.Buffer
	q := juneStatement(t, core.FormatOFX)
	q.Account = core.StatementAccount{Bank: "1\r\n<ACCTID>", Number: "2"}
	if _, err := export.Export(t.Context(), &b, ledgertest.New(t), q); err == nil {
		t.Error("a statement of no account")
	}
	q = juneStatement(t, core.FormatOFX)
	q.From, q.To, q.AfterSeq = core.Date{}, core.Date{}, 1
	if _, err := export.Export(t.Context(), &b, ledgertest.New(t), q); err == nil || b.Len() > 0 {
		t.Errorf("a statement of no period: %v\n%s", err, b.String())
	}
}
