package find

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/store"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// somePayments returns n payments with random values.
func somePayments(n int) []core.Event {
	r := rand.New(rand.NewPCG(1, 2)) // a fixed seed: the same payments each time
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	var list []core.Event
	for i := range n {
		p := core.Payment{
			Place: core.Place{
				Tenant:   pick("", "Dana Whitfield", "ZOË BRANDT", "İlknur Şahin", "dana\nsmith"),
				Property: pick("", "Alder Court", "Linden House"), Unit: pick("", "2A", "11"),
			},
			Lease: pick("", "48213", "20931"), Method: pick("echeck", "money_order", "ACH", "", "Zelle"),
			Memo: pick("", "June rent", "Deposit 50.00"), Reference: pick("", "PMT-1", "x"),
		}
		if r.IntN(5) > 0 {
			p.AmountKnown = true
			p.Amount = core.Cents([]int64{0, 5, -5, 145000, -145000, 1234567890, 999, 100000}[r.IntN(8)])
		}
		at := present.Add(-time.Duration(r.IntN(100*24*60)) * time.Minute)
		list = append(list, uitest.Event(fmt.Sprint("some_", i), at, p, core.Attention{}))
	}
	return list
}

// plainly reports whether a payment matches, in the simplest way.
func plainly(search string, p core.Payment) bool {
	amount := words.AmountOf(p)
	texts := []string{p.Tenant, p.Lease, p.Property, p.Unit, p.Memo, p.Reference, words.MethodName(p.Method), amount, strings.ReplaceAll(amount, ",", "")}
	texts = append(texts, words.Say("Lease %s", p.Lease))
	if p.Unit != "" {
		texts = append(texts, words.Say("Unit %s", p.Unit))
	}
	if p.Tenant == "" {
		texts = append(texts, words.Say(words.NoName))
	}
	if p.Property == "" {
		texts = append(texts, words.Say(words.NoProperty))
	}
	if p.AmountKnown {
		texts = append(texts, p.Amount.Decimal())
	}
	return frame.Contains(search, texts...)
}

var searches = []string{
	"", "  ", "lease 48213", "Unit 2A", "not known", "zoe", "sahin", "dana", "DANA  court", "zoë", "ZOË", "ilknur", "şahin", "1,450", "1450.00", "$1,450", "-$1,450.00", "-1450", "12,345,678.90", "$0.05",
	"no amount", "money order", "echeck", "pmt-1", "june rent", "50.00", "$92,233,720,368,547,758.07", "-92233720368547758.08", "whitfieldalder", "48213", "smith", "-", "$",
}

func TestAPaymentIsFoundByAllThatIsWrittenOfIt(t *testing.T) {
	for _, search := range searches {
		m, found := newMatcher(search), 0
		events := somePayments(500)
		for _, extreme := range []core.Cents{math.MaxInt64, math.MinInt64} {
			events = append(events, core.Event{Detail: core.Payment{Amount: extreme, AmountKnown: true}})
		}
		for _, e := range events {
			p := e.Detail.(core.Payment)
			got, want := m.matches(&p, ""), plainly(search, p)
			if got != want {
				t.Errorf("%q in %+v: %v, want %v", search, p, got, want)
			}
			if got {
				found++
			}
		}
		if found == 0 && search != "whitfieldalder" {
			t.Errorf("nothing is found for %q", search)
		}
	}
}

// someStore returns a store with every second of some payments, and the others,
// which the test adds later one by one.
func someStore(t *testing.T, n int) (db *store.DB, late []core.Event) {
	t.Helper()
	db = uitest.OpenStore(t, t.TempDir())
	events := somePayments(n)
	uitest.AddTogether(t, db, events[:n*3/4])
	return db, events[n*3/4:]
}

// sortedPlainly answers a query in the simplest way.
func sortedPlainly(t *testing.T, r core.Reader, q Query) (seqs []uint64, total core.Cents) {
	t.Helper()
	var list []core.Event
	span := q.timeSpan(present.Location())
	span.Payments = true
	if err := r.Each(t.Context(), span, func(e core.Event) error {
		p := e.Detail.(core.Payment)
		if plainly(q.Search, p) && (q.Method == "" || q.Method == words.MethodName(p.Method)) && (q.Property == "" || q.Property == p.Property) {
			list = append(list, e)
			if p.AmountKnown {
				total = total.Plus(p.Amount)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(list, func(a, b core.Event) int { return plainOrder(q.Order, a, b) })
	for _, e := range list {
		seqs = append(seqs, e.Seq)
	}
	return seqs, total
}

// plainOrder compares two payments by a column. Among equal ones the newer
// comes first.
func plainOrder(o Order, a, b core.Event) int {
	p, q := a.Detail.(core.Payment), b.Detail.(core.Payment)
	var c int
	switch o.Column {
	case Tenant:
		one, _ := words.NameOf(p)
		other, _ := words.NameOf(q)
		c = strings.Compare(strings.ToLower(one), strings.ToLower(other))
	case Property:
		c = strings.Compare(strings.ToLower(p.Property+"\x00"+p.Unit), strings.ToLower(q.Property+"\x00"+q.Unit))
	case Method:
		c = strings.Compare(strings.ToLower(words.MethodName(p.Method)), strings.ToLower(words.MethodName(q.Method)))
	case Amount:
		c = cmp.Compare(known(p), known(q))
		if c == 0 {
			c = cmp.Compare(p.Amount, q.Amount)
		}
	default:
		c = a.OccurredAt.Compare(b.OccurredAt)
		if c == 0 {
			c = cmp.Compare(a.Seq, b.Seq)
		}
	}
	if o.Falling || o.Column == 0 {
		c = -c
	}
	if c == 0 {
		return cmp.Compare(b.Seq, a.Seq)
	}
	return c
}

// known is 1 for a payment with an amount. Others sort as the least.
func known(p core.Payment) int {
	if p.AmountKnown {
		return 1
	}
	return 0
}

func keysIn(rows kit.Rows) []uint64 {
	var keys []uint64
	for row := range rows.Len() {
		keys = append(keys, rows.Key(row))
	}
	return keys
}

func TestFindingsAreWhatAPlainSearchFinds(t *testing.T) {
	db, late := someStore(t, 400)
	queries := []Query{
		{Search: "dana"}, {Search: "court", Method: "eCheck"}, {Property: "Linden House"}, {Month: uitest.On(2026, time.May, 1)}, {Search: "zzz"},
	}
	for column := Received; column <= Amount; column++ {
		for _, falling := range []bool{false, true} {
			queries = append(queries,
				Query{Search: "rent", Order: Order{Column: column, Falling: falling}},
				Query{Month: uitest.On(2026, time.June, 1), Order: Order{Column: column, Falling: falling}})
		}
	}
	finders := make([]*Finder, len(queries))
	for i := range finders {
		finders[i] = newFinder(db)
	}
	check := func(when string) {
		for i, q := range queries {
			p, err := finders[i].Find(t.Context(), q, present, nil)
			if err != nil {
				t.Fatal(err)
			}
			want, total := sortedPlainly(t, db, q)
			if got := keysIn(p.Rows); !slices.Equal(got, want) || p.Total != total {
				t.Errorf("%s, %+v: found %v of %s, want %v of %s", when, q, got, words.Dollars(p.Total), want, words.Dollars(total))
			}
		}
	}
	check("at once")
	for _, e := range late[:50] {
		uitest.Add(t, db, e)
	}
	check("with what has arrived since")
	uitest.AddTogether(t, db, late[50:])
	check("with what has arrived together")
	stranger := uitest.Payment("stranger", present, uitest.Tenancy{Lease: "1", Place: core.Place{Tenant: "Aaron", Property: "A new one"}}, 1_00, "a new way: rent")
	uitest.Add(t, db, stranger)
	check("with names that were never there")
}

func TestOneMonthsRowsAreAtHandWhileItIsSearched(t *testing.T) {
	db, _ := someStore(t, 40)
	told := 0
	slow := slowly{db}
	p, err := newFinder(slow).Find(t.Context(), Query{Search: "e"}, present, func(p Answer) {
		told++
		if !p.Searching || p.Rows.Len() == 0 || !p.Any {
			t.Errorf("told of %+v", p)
		}
		if e, ok := p.Rows.At(0); !ok || e.Seq == 0 {
			t.Error("the first row that was found cannot be read")
		}
	})
	if err != nil || told == 0 || p.Searching {
		t.Errorf("a search that takes its time told %d times of its first rows, %v", told, err)
	}
}

// slowly is a reader that takes longer than firstReport.
type slowly struct{ core.Reader }

func (s slowly) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	return s.Reader.Skim(ctx, q, func(batch []core.Skimmed) error {
		for began := time.Now(); time.Since(began) < firstReport+time.Millisecond; {
		}
		return fn(batch)
	})
}

func TestTheNextKeyEndsASearch(t *testing.T) {
	db, _ := someStore(t, 40)
	f := newFinder(db)
	before, err := f.Find(t.Context(), Query{Search: "dana"}, present, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Find(ctx, Query{Search: "danas"}, present, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a search nobody waits for ended with %v", err)
	}
	again, err := f.Find(t.Context(), Query{Search: "dana"}, present, nil)
	if err != nil || !reflect.DeepEqual(keysIn(again.Rows), keysIn(before.Rows)) {
		t.Errorf("after that the first search finds other rows, %v", err)
	}
}

func TestWhatArrivesIsNotSearchedForTwice(t *testing.T) {
	reader := &skims{Reader: uitest.ManyPayments(t, 20)}
	f := newFinder(reader)
	for _, q := range []Query{{Search: "priya"}, {Search: "priya"}, {}, {}} {
		if _, err := f.Find(t.Context(), q, present, nil); err != nil {
			t.Fatal(err)
		}
	}
	if reader.skims != 1 || reader.sums != 1 {
		t.Errorf("asked twice, the payments were gone through %d times and added up %d times", reader.skims, reader.sums)
	}
}

// skims counts how often all payments are read.
type skims struct {
	core.Reader
	skims, sums int
}

func (s *skims) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	s.skims++
	return s.Reader.Skim(ctx, q, fn)
}

func (s *skims) Totals(from, to time.Time) ([]core.Total, error) {
	s.sums++
	return s.Reader.Totals(from, to)
}

func TestTheSumOfAllTimeFollowsWhatArrives(t *testing.T) {
	db := uitest.ManyPayments(t, 10)
	f := newFinder(db)
	for i, want := range []core.Cents{45, 145, 245} {
		p, err := f.Find(t.Context(), Query{}, present, nil)
		if err != nil || p.Total != want {
			t.Errorf("all payments are %s, %v; want %s", words.Dollars(p.Total), err, words.Dollars(want))
		}
		uitest.Add(t, db, uitest.Payment(fmt.Sprint("next_", i), present, uitest.LeaseOf("Priya Raman"), 1_00, "card"))
	}
}

// newFinder returns a Finder without names.
func newFinder(reader core.Reader) *Finder {
	none := names.NewTable(nil)
	return &Finder{Reader: reader, Names: func() *names.Table { return none }}
}

func TestPaymentsAreFoundByTheMethodOnScreen(t *testing.T) {
	uitest.Speak(t, "es")
	p := core.Payment{Method: "credit_card"}
	for search, want := range map[string]bool{"tarjeta": true, "TARJETA": true, "efectivo": false} {
		if got := newMatcher(search).matches(&p, ""); got != want {
			t.Errorf("%q finds a payment by card: %v, want %v", search, got, want)
		}
	}
}

func TestSearchFindsWhatIsDrawn(t *testing.T) {
	named := core.Payment{Lease: "30001", Place: core.Place{Tenant: "José Núñez", Property: "Alder Court", Unit: "2A"}, Method: "check"}
	bare := core.Payment{Lease: "20931"}
	for search, want := range map[string][2]bool{
		"Lease 30001": {true, false}, "lease 20931": {false, true}, "nunez": {true, false}, "JOSE NÚÑEZ": {true, false}, "Núñez": {true, false},
		"unit 2a": {true, false}, "name not sent": {false, true}, "property not known": {false, true}, "Lease 2A": {true, false}, "lease": {true, true},
	} {
		m := newMatcher(search)
		if got := [2]bool{m.matches(&named, ""), m.matches(&bare, "")}; got != want {
			t.Errorf("%q finds %v, want %v", search, got, want)
		}
	}
	uitest.Speak(t, "es")
	if !newMatcher("contrato 30001").matches(&named, "") {
		t.Error("in Spanish it does not find what is drawn")
	}
}

func TestAPaymentIsFoundByTheNumberOfItsReceipt(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	add := func(id string, p core.Payment) { uitest.Add(t, db, uitest.Event(id, present, p, core.Attention{})) }
	add("receipt:498957260", core.Payment{Lease: "1", Reference: "PMT-90260"})
	add("evt_498957260", core.Payment{Lease: "2"})
	f := newFinder(db)
	count := func(search string) int {
		p, err := f.Find(t.Context(), Query{Search: search}, present, nil)
		if err != nil {
			t.Fatal(err)
		}
		return p.Rows.Len()
	}
	for search, want := range map[string]int{"498957260": 1, "4989": 1, "498957261": 0, "receipt:4989": 0, "pmt-90260 498957260": 1} {
		if got := count(search); got != want {
			t.Errorf("%d payments are found by %q, want %d", got, search, want)
		}
	}
	count("498957260")
	add("receipt:498957260:2", core.Payment{Lease: "1"})
	if got := count("498957260"); got != 2 {
		t.Errorf("with a correction that has just arrived %d payments are found, want 2", got)
	}
}
