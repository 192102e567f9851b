package readback

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/store"
)

// version is a record from a time on, as readers see it.
type version[T any] struct {
	value T
	gone  bool
	seen  time.Time
}

// shelves are the records of a kind by their ids.
type shelves[T any] map[string][]version[T]

// office is an AppFolio in memory: what stands behind the HTTP client.
type office struct {
	mu         sync.Mutex // guards what follows
	lag        time.Duration
	orders     shelves[records.WorkOrder]
	leases     shelves[records.Lease]
	tenants    shelves[records.Tenant]
	properties shelves[records.Property]
	units      shelves[records.Unit]
	vendors    shelves[records.Vendor]
	receipts   []records.Receipt
	asked      []string // every question, as "work_orders a,b"
	trouble    map[string]error
}

// newOffice has two homes: Dana's at 4B, and 2A with nobody in it.
func newOffice() *office {
	o := &office{
		orders: shelves[records.WorkOrder]{}, leases: shelves[records.Lease]{}, tenants: shelves[records.Tenant]{},
		properties: shelves[records.Property]{}, units: shelves[records.Unit]{}, vendors: shelves[records.Vendor]{},
		trouble: map[string]error{},
	}
	long := time.Now().AddDate(0, -3, 0).UTC()
	put(o, o.properties, "p1", records.Property{ID: "p1", Name: "Maple Court", Updated: long})
	put(o, o.units, "u1", records.Unit{ID: "u1", PropertyID: "p1", Name: "4B", OccupancyID: "o1", Updated: long})
	put(o, o.units, "u2", records.Unit{ID: "u2", PropertyID: "p1", Name: "2A", Updated: long})
	put(o, o.vendors, "v1", records.Vendor{ID: "v1", Name: "Oak Line Plumbing", Updated: long})
	put(o, o.tenants, "t1", records.Tenant{
		ID: "t1", FirstName: "Dana", LastName: "Whitfield", Email: "dana@example.com", Status: "Current",
		OccupancyID: "o1", PropertyID: "p1", UnitID: "u1", MoveIn: date(long), Primary: true, Updated: long,
	})
	put(o, o.leases, "l1", records.Lease{
		ID: "l1", OccupancyID: "o1", Status: "Fully Executed", Start: date(long), End: date(long).AddMonths(12).AddDays(-1),
		SignedOn: date(long), Updated: long,
	})
	return o
}

func date(t time.Time) core.Date { return core.DateOf(t) }

// put writes a record down; readers see it after the lag.
func put[T any](o *office, s shelves[T], id string, v T) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s[id] = append(s[id], version[T]{v, false, time.Now().Add(o.lag)})
}

func drop[T any](o *office, s shelves[T], id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s[id] = append(s[id], version[T]{gone: true, seen: time.Now().Add(o.lag)})
}

// list answers a question in the order of ids.
func list[T any](o *office, what string, s shelves[T], f records.Filter, updated func(T) time.Time) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		o.mu.Lock()
		o.asked = append(o.asked, fmt.Sprintf("%s %v", what, f.IDs))
		err := o.trouble[what]
		var all []T
		for _, id := range slices.Sorted(maps.Keys(s)) {
			var now version[T]
			now.gone = true
			for _, v := range s[id] {
				if !v.seen.After(time.Now()) {
					now = v
				}
			}
			if !now.gone && (f.IDs == nil || slices.Contains(f.IDs, id)) && !updated(now.value).Before(f.Since.Truncate(time.Second)) {
				all = append(all, now.value)
			}
		}
		o.mu.Unlock()
		var none T
		if err != nil {
			yield(none, err)
			return
		}
		for _, v := range all {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func (o *office) WorkOrders(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.WorkOrder, error] {
	return list(o, "work_orders", o.orders, f, func(v records.WorkOrder) time.Time { return v.Updated })
}

func (o *office) Leases(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.Lease, error] {
	return list(o, "leases", o.leases, f, func(v records.Lease) time.Time { return v.Updated })
}

func (o *office) Tenants(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.Tenant, error] {
	return list(o, "tenants", o.tenants, f, func(v records.Tenant) time.Time { return v.Updated })
}

func (o *office) Properties(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.Property, error] {
	return list(o, "properties", o.properties, f, func(v records.Property) time.Time { return v.Updated })
}

func (o *office) Units(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.Unit, error] {
	return list(o, "units", o.units, f, func(v records.Unit) time.Time { return v.Updated })
}

func (o *office) Vendors(_ context.Context, _ core.Account, f records.Filter) iter.Seq2[records.Vendor, error] {
	return list(o, "vendors", o.vendors, f, func(v records.Vendor) time.Time { return v.Updated })
}

func (o *office) Receipts(_ context.Context, _ core.Account, from, to core.Date) ([]records.Receipt, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked = append(o.asked, fmt.Sprintf("receipts %s %s", from, to))
	var found []records.Receipt
	for _, r := range o.receipts {
		if r.Date.IsZero() || !r.Date.Before(from) && !to.Before(r.Date) {
			found = append(found, r)
		}
	}
	return found, o.trouble["receipts"]
}

func (o *office) Try(context.Context, core.Account) (records, receipts error) {
	return nil, core.ErrCredentials
}

// pay writes a receipt down, or changes it.
func (o *office) pay(id string, cents core.Cents) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r := records.Receipt{ID: id, Date: date(time.Now()), Amount: cents, Description: "June rent", Payer: "Whitfield, Dana",
		Property: "Maple Court", Unit: "4B", Reference: "R-" + id, Type: "eCheck"}
	for i := range o.receipts {
		if o.receipts[i].ID == id {
			o.receipts[i].Amount = cents
			return
		}
	}
	o.receipts = append(o.receipts, r)
}

// put writes a receipt down as it is, or changes it to that.
func (o *office) put(r records.Receipt) {
	o.loseReceipt(r.ID)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.receipts = append(o.receipts, r)
}

func (o *office) loseReceipt(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.receipts = slices.DeleteFunc(o.receipts, func(r records.Receipt) bool { return r.ID == id })
}

// fail has a kind of question answered with err from now on; nil: properly.
func (o *office) fail(what string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trouble[what] = err
}

// questions counts those that begin so, since the last call.
func (o *office) questions(prefix string) (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, q := range o.asked {
		if len(q) >= len(prefix) && q[:len(prefix)] == prefix {
			n++
		}
	}
	o.asked = nil
	return n
}

// testDesk is a Bell's side, with the real store behind it.
type testDesk struct {
	*store.DB
	wake chan struct{}

	mu       sync.Mutex // guards what follows
	account  core.Account
	told     []core.ReadStatus
	settles  int
	eventful int // settlements with events
	killed   int
	crash    func(killed, settle int) (before, after bool) // whether the process dies around a Settle; nil: never
	die      context.CancelFunc
}

var errKilled = errors.New("killed")

func (d *testDesk) Account() core.Account {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.account
}

func (d *testDesk) Now() time.Time        { return time.Now() }
func (d *testDesk) Wake() <-chan struct{} { return d.wake }

func (d *testDesk) Tell(r core.ReadStatus) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = append(d.told, r)
}

func (d *testDesk) Settle(s core.Settlement) (int, error) {
	d.mu.Lock()
	d.settles++
	if len(s.Events) > 0 {
		d.eventful++
	}
	var before, after bool
	if d.crash != nil {
		before, after = d.crash(d.killed, d.settles)
	}
	if before || after {
		d.killed++
	}
	d.mu.Unlock()
	if before {
		d.die()
		return 0, errKilled
	}
	fresh, err := d.DB.Settle(s)
	if after {
		d.die()
		return 0, errKilled
	}
	return fresh, err
}

func (d *testDesk) reading() core.ReadStatus {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.told[len(d.told)-1]
}

func (d *testDesk) use(a core.Account) {
	d.mu.Lock()
	d.account = a
	d.mu.Unlock()
	d.nudge()
}

func (d *testDesk) nudge() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func account() core.Account {
	return core.Account{
		Kind:    core.KindDeveloperSpace,
		Space:   core.Space{ClientID: "client", DeveloperID: "dev", Company: "oak", ReportsClientID: "reports"},
		Secrets: core.Secrets{ClientSecret: core.NewSecret("one"), ReportsSecret: core.NewSecret("two")},
	}
}

// at work is a Reader that runs, in a bubble of time.
type atWork struct {
	*testing.T
	office *office
	desk   *testDesk
	stop   func() // ends Run and waits for it
	rings  int
}

// work has f happen beside a running Reader.
func work(t *testing.T, f func(w *atWork)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(200 * 24 * time.Hour) // a summer, in a year that has begun
		w := &atWork{T: t, office: newOffice(), desk: openDesk(t)}
		w.start()
		defer func() { w.stop() }()
		f(w)
	})
}

func openDesk(t testing.TB) *testDesk {
	t.Helper()
	return openDeskIn(t, t.TempDir())
}

func openDeskIn(t testing.TB, dir string) *testDesk {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &testDesk{DB: db, account: account(), wake: make(chan struct{}, 1)}
}

// start runs a new Reader, as a new process does.
func (w *atWork) start() {
	ctx, cancel := context.WithCancel(w.Context())
	w.desk.mu.Lock()
	w.desk.die = cancel
	w.desk.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		New(Config{API: w.office}).Run(ctx, w.desk)
		close(ended)
	}()
	w.stop = func() {
		cancel()
		<-ended
	}
	synctest.Wait()
}

// live runs new processes until one of them lives so long.
func (w *atWork) live(d time.Duration) {
	for killed := -1; killed != w.desk.killed; {
		killed = w.desk.killed
		w.stop()
		w.start()
		w.later(d)
	}
}

// later lets time pass, and what is due happen.
func (w *atWork) later(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// ring delivers a doorbell of a change that happened at a time.
func (w *atWork) ring(topic, id, change string, at time.Time) {
	w.Helper()
	w.rings++
	e := core.Event{
		ID: fmt.Sprint("doorbell-", w.rings), Type: topic, OccurredAt: at.UTC(), ReceivedAt: time.Now().UTC(),
		Detail: core.Doorbell{Topic: topic, Entity: id, Change: change}, Body: []byte(`{}`),
	}
	if _, _, err := w.desk.Add(e); err != nil {
		w.Fatal(err)
	}
	w.desk.nudge()
}

// order changes a work order.
func (w *atWork) order(id, status string) time.Time {
	now := time.Now().UTC().Truncate(time.Second)
	put(w.office, w.office.orders, id, records.WorkOrder{
		ID: id, Number: "1" + id, Description: "Leak under sink", Status: status, Priority: "Normal",
		PropertyID: "p1", UnitID: "u1", OccupancyID: "o1", VendorID: "v1", Created: now, Updated: now,
	})
	return now
}

// events are those that are no doorbells, oldest first.
func (w *atWork) events() (all []core.Event) {
	w.Helper()
	err := w.desk.Each(context.Background(), core.Query{}, func(e core.Event) error {
		if _, doorbell := e.Detail.(core.Doorbell); !doorbell {
			all = append(all, e)
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

// news are what was told of things since the first load, in short.
func (w *atWork) news() (all []string) {
	w.Helper()
	for _, e := range w.events() {
		if !e.Past {
			all = append(all, brief(e))
		}
	}
	return all
}

func brief(e core.Event) string {
	switch d := e.Detail.(type) {
	case core.WorkOrder:
		return fmt.Sprint("order ", d.ID, " ", d.Status)
	case core.Payment:
		return fmt.Sprint(e.ID, " ", d.Amount.Decimal())
	case core.LeaseSigned:
		return fmt.Sprint("signed ", d.Lease, " ", d.Months)
	case core.LeaseExpired:
		return fmt.Sprint("expired ", d.Lease, " ", d.Vacate)
	case core.Tenant:
		return fmt.Sprint("tenant ", d.ID)
	}
	return e.Type
}

// want compares the news.
func (w *atWork) want(news ...string) {
	w.Helper()
	if got := w.news(); !slices.Equal(got, news) {
		w.Errorf("told %q, want %q", got, news)
	}
}

func (w *atWork) waiting() int {
	w.Helper()
	reads, err := w.desk.Lookups(100)
	if err != nil {
		w.Fatal(err)
	}
	return len(reads)
}
