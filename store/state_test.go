package store

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"go.etcd.io/bbolt"

	"rentbell/core"
)

func event(id string, at time.Time, d core.Detail) core.Event {
	return core.Event{ID: id, Type: "t", OccurredAt: at, ReceivedAt: at, Detail: d, Body: []byte("{}")}
}

func TestWorkOrderStandsWhereItsLatestEventPutsIt(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	hour := func(n int) time.Time { return june18.Add(time.Duration(n) * time.Hour) }
	add(t, db,
		event("1", hour(0), core.WorkOrder{ID: "1191", Status: "New", Title: "Faucet", Place: core.Place{Property: "Alder Court"}}),
		event("2", hour(2), core.WorkOrder{ID: "1191", Status: "Scheduled", Vendor: "Tolliver"}),
		event("3", hour(1), core.WorkOrder{ID: "1191", Status: "Assigned", Place: core.Place{Unit: "2A"}}), // late
		event("4", hour(3), core.WorkOrder{ID: "1192", Status: "completed"}),
		event("5", hour(3), core.WorkOrder{Status: "New"}), // no id: nothing to follow
	)
	orders, err := db.WorkOrders()
	if err != nil || len(orders) != 2 {
		t.Fatalf("work orders = %+v, %v", orders, err)
	}
	w := orders[0]
	if w.Status != "Scheduled" || w.Vendor != "Tolliver" || w.Title != "Faucet" || w.Property != "Alder Court" || w.Unit != "2A" {
		t.Errorf("state = %+v", w)
	}
	if !w.FirstSeen.Equal(hour(0)) || !w.Updated.Equal(hour(2)) || w.LastSeq != 2 {
		t.Errorf("times = %v to %v, last event %d", w.FirstSeen, w.Updated, w.LastSeq)
	}
	if s, err := db.Summary(); err != nil || s.OpenWorkOrders != 1 {
		t.Errorf("open = %d, %v; want 1", s.OpenWorkOrders, err)
	}
	add(t, db, event("6", hour(4), core.WorkOrder{ID: "1191", Status: "Completed No Need To Bill"}),
		event("7", hour(5), core.WorkOrder{ID: "1192", Status: "Waiting"}))
	if s, err := db.Summary(); err != nil || s.OpenWorkOrders != 1 {
		t.Errorf("open after one closed and one reopened = %d, %v; want 1", s.OpenWorkOrders, err)
	}
}

func TestLeaseFoldsSigningsPaymentsAndItsEnd(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	date := func(m, d int) core.Date { return core.Date{Year: 2026, Month: time.Month(m), Day: d} }
	lease := func() core.LeaseState {
		t.Helper()
		list, err := db.Leases()
		if err != nil || len(list) != 1 {
			t.Fatalf("leases = %+v, %v", list, err)
		}
		return list[0]
	}
	paid := rent("p", "48213", 1, june18)
	add(t, db, paid)
	if l := lease(); !l.SignedAt.IsZero() || !l.Ends().IsZero() || l.LastSeq != 1 {
		t.Errorf("a lease known from a payment = %+v", l)
	}
	epoch := time.Unix(0, 0).UTC() // a time like any other
	add(t, db, event("s", epoch, core.LeaseSigned{Lease: "48213", MoveIn: date(1, 31), Months: 1, Place: core.Place{Tenant: "Dana"}}))
	if l := lease(); !l.SignedAt.Equal(epoch) || l.Tenant != "Dana" || l.Ends() != date(2, 27) {
		t.Errorf("signed = %+v, ends %v", l, l.Ends())
	}
	add(t, db, event("x", june18, core.LeaseExpired{Lease: "48213", UnitID: "u", Vacate: date(6, 30)}))
	if l := lease(); !l.Expired || l.Ends() != date(6, 30) || l.UnitID != "u" || l.Tenant != "Dana" {
		t.Errorf("expired = %+v", l)
	}
	add(t, db, event("r", june18.Add(time.Hour), core.LeaseSigned{Lease: "48213", MoveIn: date(7, 1)}))
	if l := lease(); l.Expired || !l.Ends().IsZero() {
		t.Errorf("signed again, month to month = %+v", l)
	}
}

func TestTenantKeepsWhatItIsNotToldAgain(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, event("1", june18, core.Tenant{ID: "t", Email: "zoe@example.com", Place: core.Place{Tenant: "Zoë"}}),
		event("2", june18.Add(time.Hour), core.Tenant{ID: "t", PropertyID: "p"}))
	list, err := db.Tenants()
	if err != nil || len(list) != 1 || list[0].Email != "zoe@example.com" || list[0].PropertyID != "p" ||
		list[0].Place.Tenant != "Zoë" || !list[0].Created.Equal(june18) || list[0].LastSeq != 2 {
		t.Errorf("tenants = %+v, %v", list, err)
	}
}

func TestConcernsStayUntilTheyAreHandled(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	odd := rent("odd", "1", 1, june18)
	odd.Attention = core.Attention{Reason: core.ReasonWrongKind, Field: "amount_cents"}
	add(t, db, rent("fine", "1", 1, june18), odd)
	if seq, _, err := db.Quarantine(core.Quarantined{ReceivedAt: june18, Reason: core.ReasonNotObject, Body: []byte("?")}); err != nil || seq != 1 {
		t.Fatalf("Quarantine = %d, %v", seq, err)
	}
	list, err := db.Concerns(10)
	if err != nil || len(list) != 2 || list[0].Quarantined == nil || string(list[0].Quarantined.Body) != "?" || list[1].Event.ID != "odd" {
		t.Fatalf("concerns = %+v, %v", list, err)
	}
	if err := db.MarkHandled(list[1].ID); err != nil {
		t.Fatal(err)
	}
	if err := db.MarkHandled(list[1].ID); !errors.Is(err, core.ErrNotFound) {
		t.Errorf("handled twice = %v, want ErrNotFound", err)
	}
	if list, err = db.Concerns(10); err != nil || len(list) != 1 {
		t.Errorf("concerns left = %+v, %v", list, err)
	}
	if s, err := db.Summary(); err != nil || s.Attention != 1 || s.Quarantined != 1 {
		t.Errorf("summary = %+v, %v", s, err)
	}
}

func TestTotalsAreSumsOfQuarterHoursInEveryYear(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	old := time.Date(1900, 1, 1, 0, 14, 59, 0, time.UTC)
	unusable := rent("u", "1", 5, june18)
	unusable.Detail = core.Payment{Lease: "1"}
	add(t, db, rent("a", "1", 100, june18), rent("b", "1", -30, june18.Add(4*time.Minute)), unusable,
		rent("c", "1", 7, june18.Add(15*time.Minute)), rent("d", "1", 1, old))
	got, err := db.Totals(old.Add(-time.Hour), june18.Add(16*time.Minute))
	want := []core.Total{
		{Start: old.Truncate(15 * time.Minute), Count: 1, Amount: 1},
		{Start: june18.Truncate(15 * time.Minute), Count: 2, Amount: 70},
		{Start: june18.Add(15 * time.Minute).Truncate(15 * time.Minute), Count: 1, Amount: 7},
	}
	if err != nil || len(got) != len(want) {
		t.Fatalf("totals = %+v, %v", got, err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("total %d = %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestSettingsAndRegistrationAreRemembered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	if s, err := db.Settings(); err != nil || s != core.DefaultSettings() {
		t.Errorf("new settings = %+v, %v; want the defaults", s, err)
	}
	s := core.DefaultSettings()
	s.Address, s.Bell.Payments = "https://oakline.ngrok.app", false
	if err := db.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	r := core.Registration{Address: "https://a/webhooks/appfolio", At: june18, Salt: []byte{1}, Fingerprint: []byte{2}}
	if err := db.SaveRegistration(r); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got, err := db.Settings(); err != nil || got != s {
		t.Errorf("settings = %+v, %v", got, err)
	}
	if got, err := db.Registration(); err != nil || got.Address != r.Address || !got.At.Equal(june18) || string(got.Fingerprint) != "\x02" {
		t.Errorf("registration = %+v, %v", got, err)
	}
}

func TestExportsAreRemembered(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	if past, err := db.Exports(); err != nil || past != nil {
		t.Errorf("new exports = %+v, %v; want none", past, err)
	}
	want := core.PastExport{
		At: june18, From: core.Date{Year: 2026, Month: 6, Day: 1}, To: core.Date{Year: 2026, Month: 6, Day: 30},
		Format: core.FormatXero, Rows: 42, Total: 5_831_000, LastSeq: 1 << 60, File: "June.csv",
	}
	if err := db.SaveExports([]core.PastExport{want}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	past, err := open(t, dir).Exports()
	if err != nil || len(past) != 1 || !past[0].At.Equal(want.At) {
		t.Fatalf("exports = %+v, %v", past, err)
	}
	if past[0].At = want.At; past[0] != want {
		t.Errorf("exports = %+v, want %+v", past[0], want)
	}
}

// An earlier version kept less of an export.
func TestExportsOfEarlierVersionsAreRemembered(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	const kept = `[{"At":"2026-07-02T15:00:00Z","From":{"Year":2026,"Month":6,"Day":1},"To":{"Year":2026,"Month":6,"Day":30},"Format":"xero","Rows":42,"Total":5831000,"LastSeq":7,"File":"June.csv","Dir":"/home/morgan"}]`
	if err := db.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMemo).Put([]byte(memoExports), []byte(kept)) }); err != nil {
		t.Fatal(err)
	}
	past, err := db.Exports()
	if err != nil || len(past) != 1 || past[0].LastSeq != 7 || past[0].File != "June.csv" || past[0].Recipe != (core.Recipe{}) || past[0].Begun {
		t.Errorf("exports = %+v, %v", past, err)
	}
}

func TestStatementAccountIsMadeOnceAndKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	if a, err := db.StatementAccount(); err != nil || a != (core.StatementAccount{}) {
		t.Errorf("a new store has the account %+v, %v", a, err)
	}
	made, err := db.MakeStatementAccount()
	if err != nil || !made.Valid() {
		t.Fatalf("made %+v, %v", made, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	kept, err := db.StatementAccount()
	again, err2 := db.MakeStatementAccount()
	if err := errors.Join(err, err2); err != nil || kept != made || again != made {
		t.Errorf("accounts %+v and %+v, %v; want %+v", kept, again, err, made)
	}
}

// A backup may come from anybody, and what it has goes into files of an older format.
func TestStatementAccountComesWithABackupWhereThereIsNone(t *testing.T) {
	t.Parallel()
	theirs := core.NewStatementAccount()
	for name, tt := range map[string]struct{ here, brought, want core.StatementAccount }{
		"none here":      {brought: theirs, want: theirs},
		"one here":       {here: core.StatementAccount{Bank: "990000001", Number: "000000000001"}, brought: theirs, want: core.StatementAccount{Bank: "990000001", Number: "000000000001"}},
		"none brought":   {here: theirs, want: theirs},
		"one is planted": {brought: core.StatementAccount{Bank: "1\r\n<ACCTID>2", Number: "000000000001"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			backup, db := filled(t, 3), open(t, t.TempDir())
			keep := func(a core.StatementAccount) func(*bbolt.Tx) error {
				return func(tx *bbolt.Tx) error {
					if a == (core.StatementAccount{}) {
						return nil
					}
					return rememberIn(tx, memoStatement, a)
				}
			}
			tamper(t, backup, keep(tt.brought))
			if err := db.update(keep(tt.here)); err != nil {
				t.Fatal(err)
			}
			if _, err := examine(t, db, filepath.Join(backup, FileName)).Adopt("aside.db"); err != nil {
				t.Fatal(err)
			}
			if got, err := db.StatementAccount(); err != nil || got != tt.want {
				t.Errorf("account %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}

func TestNamesThatALeaseKnowsAreFoundWithoutDecodingIt(t *testing.T) {
	t.Parallel()
	known := place{Tenant: "Ada Byron", Property: "Alder Court", Unit: "2A"}
	tests := []struct {
		name  string
		state leaseState
		names place
		want  bool
	}{
		{"the same", leaseState{Place: known, Months: 12}, known, true},
		{"none, and none known", leaseState{}, place{}, true},
		{"none, but some known", leaseState{Place: known}, place{}, false},
		{"new ones", leaseState{}, known, false},
		{"the beginning of a name", leaseState{Place: known}, place{Tenant: "Ada"}, false},
		{"some of them", leaseState{Place: known}, place{Tenant: "Ada Byron", Property: "Alder Court"}, false},
	}
	for _, tt := range tests {
		encoded, err := cbor.Marshal(tt.state)
		if err != nil {
			t.Fatal(err)
		}
		if got := startsWith(encoded, tt.names); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if startsWith(nil, place{}) {
		t.Error("no state knows no names")
	}
}

func TestWithoutABookmarkAllIsOld(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("evt_1", "1", 1, june18))
	if got, err := db.Bookmark(); err != nil || got != (core.Bookmark{Told: 1, Seen: 1}) {
		t.Errorf("got %+v, %v, want the newest event", got, err)
	}
	want := core.Bookmark{Told: 1}
	if err := db.SaveBookmark(want); err != nil {
		t.Fatal(err)
	}
	add(t, db, rent("evt_2", "1", 1, june18))
	if got, err := db.Bookmark(); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}
