package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

var june18 = time.Date(2026, 6, 18, 10, 40, 0, 0, time.UTC)

func open(t testing.TB, dir string) *DB {
	t.Helper()
	db, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // a test may have closed it already
	return db
}

// rent is an event as a Source makes it.
func rent(id, lease string, cents core.Cents, at time.Time) core.Event {
	body := fmt.Sprintf(`{"id":%q,"type":"payment.received","data":{"amount_cents":%d}}`, id, cents)
	return core.Event{
		ID: id, Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at, Body: []byte(body),
		Detail: core.Payment{Lease: lease, Amount: cents, AmountKnown: true, Method: "eCheck"},
	}
}

func add(t testing.TB, db *DB, events ...core.Event) {
	t.Helper()
	for _, e := range events {
		if _, fresh, err := db.Add(e); err != nil || !fresh {
			t.Fatalf("Add(%s) = fresh %v, %v", e.ID, fresh, err)
		}
	}
}

func ids(events []core.Event) []string {
	var list []string
	for _, e := range events {
		list = append(list, e.ID)
	}
	return list
}

func collect(t testing.TB, db *DB, q core.Query) []string {
	t.Helper()
	var list []string
	if err := db.Each(t.Context(), q, func(e core.Event) error {
		list = append(list, e.ID)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestEveryKindOfEventComesBackAsItWasStored(t *testing.T) {
	t.Parallel()
	place := core.Place{Tenant: "Zoë Whitfield", Property: "Alder Court", Unit: "2A"}
	farPast := time.Date(0, 1, 1, 0, 0, 0, 5, time.UTC)
	farFuture := time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)
	details := []core.Detail{
		nil,
		core.Payment{Place: place, Lease: "48213", Amount: -5000, AmountKnown: true, Method: "Card", Memo: "June rent", Reference: "PMT-1"},
		core.Payment{Lease: "48213"},
		core.WorkOrder{Place: place, ID: "1191", Status: "Assigned", Vendor: "Tolliver", Title: "Faucet", Priority: "Urgent", Number: "1234-1"},
		core.LeaseSigned{Place: place, Lease: "48213", MoveIn: core.Date{Year: 2026, Month: 7, Day: 1}, Months: 12},
		core.LeaseExpired{Place: place, Lease: "48213", UnitID: "u1", Vacate: core.Date{Year: 2026, Month: 6, Day: 30}},
		core.Tenant{Place: place, ID: "t1", PropertyID: "p1", Email: "zoe@example.com"},
		core.Move{Place: place, ID: "t1", PropertyID: "p1", Step: core.NoticeGiven, On: core.Date{Year: 2026, Month: 7, Day: 31}},
		core.Move{ID: "t1", Step: core.MovedIn},
	}
	dir := t.TempDir()
	db := open(t, dir)
	var want []core.Event
	for i, d := range details {
		e := core.Event{ID: fmt.Sprint("evt", i), Type: "t", OccurredAt: farPast, ReceivedAt: farFuture, Detail: d,
			Attention: core.Attention{Reason: core.ReasonMissing, Field: "x"}, Body: []byte("{}")}
		add(t, db, e)
		e.Seq = uint64(i + 1)
		want = append(want, e)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	for _, w := range want {
		got, err := db.Event(w.Seq)
		if err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("event %d = %+v, %v; want %+v", w.Seq, got, err, w)
		}
	}
}

func TestMovesAreInTheHistoryOfTheirTenantAlone(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	tenant := core.Event{ID: "1", Type: core.TypeTenantCreated, OccurredAt: june18, ReceivedAt: june18, Detail: core.Tenant{ID: "t1"}, Body: []byte("{}")}
	move := core.Event{ID: "2", Type: core.TypeMovedIn, OccurredAt: june18, ReceivedAt: june18, Detail: core.Move{ID: "t1", Step: core.MovedIn}, Body: []byte("{}")}
	add(t, db, tenant)
	add(t, db, move)
	history, err := db.History(core.Subject{Kind: "tenant", ID: "t1"}, 10)
	if err != nil || len(history) != 2 || history[0].ID != "2" {
		t.Errorf("history %+v, %v, want both, the move first", history, err)
	}
	s, err := db.Summary()
	if err != nil || s.Events != 2 || s.Feeds[core.FeedTenants] != 1 {
		t.Errorf("summary %+v, %v, want two events, one of them a tenant", s, err)
	}
}

func TestDuplicateIsKeptOnceAndTheFirstContentStays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("evt_1", "1", 100, june18))
	again := func(db *DB) {
		t.Helper()
		if seq, fresh, err := db.Add(rent("evt_1", "1", 999, june18)); seq != 1 || fresh || err != nil {
			t.Errorf("second Add = %d, %v, %v; want 1, false, nil", seq, fresh, err)
		}
	}
	again(db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	again(db)
	e, err := db.Event(1)
	if err != nil || e.Detail.(core.Payment).Amount != 100 {
		t.Errorf("stored event = %+v, %v; want the first amount", e.Detail, err)
	}
	s, err := db.Summary()
	if err != nil || s.Events != 1 || s.Duplicates.Count != 2 {
		t.Errorf("summary = %+v, %v; want 1 event, 2 duplicates", s, err)
	}
}

func TestConcurrentWritersShareCommitsAndEachIsAnsweredForItself(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	const writers, each = 32, 20
	var wg sync.WaitGroup
	var mu sync.Mutex
	fresh := map[string]int{}
	seqs := map[uint64]bool{}
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				id := fmt.Sprintf("evt_%d", (w/2)*each+i) // every id comes from two writers
				seq, ok, err := db.Add(rent(id, "1", 100, june18))
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				seqs[seq] = true
				if ok {
					fresh[id]++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	const want = writers / 2 * each
	if len(fresh) != want || len(seqs) != want {
		t.Errorf("%d fresh ids under %d numbers, want %d", len(fresh), len(seqs), want)
	}
	for id, n := range fresh {
		if n != 1 {
			t.Errorf("%s was fresh %d times", id, n)
		}
	}
	totals, err := db.Totals(june18, june18.Add(time.Minute))
	if err != nil || len(totals) != 1 || totals[0].Count != want || totals[0].Amount != want*100 {
		t.Errorf("totals = %+v, %v", totals, err)
	}
}

func TestRowNOfAFeedCountsFromTheNewest(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	for i := range 10 {
		add(t, db, rent(fmt.Sprint("p", i), "1", 100, june18))
		add(t, db, core.Event{ID: fmt.Sprint("x", i), Type: "other", OccurredAt: june18, ReceivedAt: june18, Body: []byte("{}")})
	}
	page, err := db.Page(core.FeedPayments, 2, 3)
	if want := []string{"p7", "p6", "p5"}; err != nil || !slices.Equal(ids(page), want) {
		t.Errorf("payments from row 2 = %v, %v; want %v", ids(page), err, want)
	}
	page, err = db.Page(core.FeedActivity, 18, 5)
	if want := []string{"x0", "p0"}; err != nil || !slices.Equal(ids(page), want) {
		t.Errorf("activity from row 18 = %v, %v; want %v", ids(page), err, want)
	}
	if page, err = db.Page(core.FeedTenants, 0, 5); err != nil || len(page) != 0 {
		t.Errorf("empty feed = %v, %v", page, err)
	}
}

func TestPaymentsAreWalkedByTheTimeTheyHappened(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	day := func(n int) time.Time { return time.Date(2026, 6, n, 12, 0, 0, 0, time.UTC) }
	for _, n := range []int{5, 3, 9, 1, 7} {
		add(t, db, rent(fmt.Sprint("d", n), "1", 100, day(n)))
	}
	add(t, db, rent("old", "1", 100, time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)))
	tests := []struct {
		name string
		q    core.Query
		want []string
	}{
		{"all", core.Query{Payments: true}, []string{"old", "d1", "d3", "d5", "d7", "d9"}},
		{"from is inclusive, to is not", core.Query{Payments: true, From: day(3), To: day(7)}, []string{"d3", "d5"}},
		{"newest first", core.Query{Payments: true, From: day(3), To: day(9), Newest: true}, []string{"d7", "d5", "d3"}},
		{"newest first, all", core.Query{Payments: true, Newest: true}, []string{"d9", "d7", "d5", "d3", "d1", "old"}},
		{"nothing there", core.Query{Payments: true, From: day(20)}, nil},
		{"as stored", core.Query{AfterSeq: 4}, []string{"d7", "old"}},
	}
	for _, tt := range tests {
		if got := collect(t, db, tt.q); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWalkingGoesOnAcrossBatches(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	const n = 2*batch + 3
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { add(t, db, rent(fmt.Sprint(i), "1", 1, june18)) }) // all at the same moment: seq decides
	}
	wg.Wait()
	for _, q := range []core.Query{{}, {Payments: true}, {Payments: true, Newest: true}} {
		seen := map[string]bool{}
		for _, id := range collect(t, db, q) {
			seen[id] = true
		}
		if len(seen) != n {
			t.Errorf("%+v: %d different events, want %d", q, len(seen), n)
		}
	}
	stop := errors.New("stop")
	if err := db.Each(t.Context(), core.Query{}, func(core.Event) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("Each = %v, want the callback's error", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Each(ended, core.Query{}, func(core.Event) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Each = %v, want context.Canceled", err)
	}
}

func TestHistoryBelongsToExactlyOneSubject(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	add(t, db, rent("a", "1", 1, june18), rent("b", "12", 1, june18), rent("c", "1", 1, june18), rent("d", "1\x00", 1, june18))
	got, err := db.History(core.Subject{Kind: "lease", ID: "1"}, 10)
	if want := []string{"c", "a"}; err != nil || !slices.Equal(ids(got), want) {
		t.Errorf("history = %v, %v; want %v", ids(got), err, want)
	}
	if got, err = db.History(core.Subject{Kind: "lease", ID: "1"}, 1); err != nil || len(got) != 1 {
		t.Errorf("limited history = %v, %v", ids(got), err)
	}
}

func TestSecondOpenSaysThatTheDataIsInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open(t, dir)
	start := time.Now()
	if _, err := Open(dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("second Open = %v, want ErrInUse", err)
	}
	if _, err := OpenReader(dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("OpenReader = %v, want ErrInUse", err)
	}
	if took := time.Since(start); took > 4*time.Second {
		t.Errorf("it took %v to say so", took)
	}
}

func TestReadersShareAnExistingFileAndCreateNothing(t *testing.T) {
	t.Parallel()
	empty := t.TempDir()
	if _, err := OpenReader(empty); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("OpenReader = %v, want ErrNotExist", err)
	}
	if left, _ := os.ReadDir(empty); len(left) != 0 {
		t.Errorf("OpenReader left %v", left)
	}
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("a", "1", 1, june18))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r, err := OpenReader(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = r.Close() }() // read only: nothing to lose
		if got := collect(t, r, core.Query{}); len(got) != 1 {
			t.Errorf("reader sees %v", got)
		}
	}
}

func TestFileIsReadableByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	path := filepath.Join(dir, FileName)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil { // as a restored backup may be
		t.Fatal(err)
	}
	open(t, dir)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v, %v; want 0600", info.Mode(), err)
	}
}
