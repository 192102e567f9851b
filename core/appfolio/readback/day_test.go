package readback

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/space"
	"rentbell/store"
)

// clock is one that the test moves. A day takes seconds by it.
type clock struct {
	mu   sync.Mutex // guards what follows
	now  time.Time
	asks int
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// perQuestion is how fast time goes for whoever keeps AppFolio's limits: waiting
// for them is tested elsewhere.
const perQuestion = 3 * time.Second

func (c *clock) hasty() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asks++
	return c.now.Add(time.Duration(c.asks) * perQuestion)
}

// playedDay is a day of a portfolio with everything that takes part in it.
type playedDay struct {
	*testing.T
	clock     *clock
	space     *space.Space
	db        *store.DB
	dir       string // of the store
	account   core.Account
	client    *records.Client
	session   *session
	lose      bool       // deliveries get lost on their way
	kill      *rand.Rand // around settlements; nil: never
	disturbed bool
}

// Account and what follows make it a core.Desk.
func (d *playedDay) Account() core.Account { return d.account }
func (d *playedDay) Now() time.Time        { return d.clock.Now() }
func (d *playedDay) Wake() <-chan struct{} { return nil }
func (d *playedDay) Tell(core.ReadStatus)  {}

// dayDesk is the day's store with processes that are killed.
type dayDesk struct {
	*playedDay
	*store.DB
}

func (d dayDesk) Settle(s core.Settlement) (int, error) {
	if d.kill != nil && d.kill.IntN(12) == 0 {
		return 0, errKilled
	}
	fresh, err := d.DB.Settle(s)
	if d.kill != nil && d.kill.IntN(12) == 0 {
		return 0, errKilled
	}
	return fresh, err
}

// beginDay opens the door for doorbells and reads the portfolio.
func beginDay(t *testing.T, disturbed bool) *playedDay {
	d := &playedDay{T: t, disturbed: disturbed, dir: t.TempDir(), clock: &clock{now: time.Date(2026, 6, 18, 5, 0, 0, 0, time.Local)}}
	c := space.Config{
		Seed: 7, Units: 150, Past: 60 * 24 * time.Hour, Now: d.clock.Now, Interval: -1, RepeatEvery: -1, Attempts: 3, Backoff: time.Millisecond,
		DatabaseLimits: []space.Limit{}, ReportsLimits: []space.Limit{}, PageSize: 100, ReportPage: 50,
	}
	if disturbed {
		c.Lag, c.ReceiptLag, c.Disorder, c.RepeatEvery = 2*time.Hour, 40*time.Minute, 8, 3
		c.Form = space.Form{Batch: 5, Envelope: "events"}
	}
	d.open(c)
	for d.turn(); d.session.database.err != nil; d.turn() {
		d.Fatal(d.session.database.err)
	}
	return d
}

// open makes the AppFolio of the day, and a reader that has read nothing yet.
func (d *playedDay) open(c space.Config) {
	t := d.T
	d.space = space.New(c)
	appfolio, door := httptest.NewServer(d.space), httptest.NewServer(http.HandlerFunc(d.receive))
	t.Cleanup(appfolio.Close)
	t.Cleanup(door.Close)
	if err := d.space.Deliver(door.URL + core.WebhookPath); err != nil {
		t.Fatal(err)
	}
	d.account = core.Account{
		Kind: core.KindDeveloperSpace, Base: appfolio.URL,
		Space:   core.Space{ClientID: space.ClientID, DeveloperID: space.DeveloperID, ReportsClientID: space.ReportsClientID, ReportsURL: appfolio.URL},
		Secrets: core.Secrets{ClientSecret: core.NewSecret(space.ClientSecret), ReportsSecret: core.NewSecret(space.ReportsClientSecret)},
	}
	d.db = openDeskIn(t, d.dir).DB
	d.client = records.New(records.Config{Now: d.clock.hasty})
	t.Cleanup(d.client.Close)
	d.restart()
}

// receive stands for the receiver: it takes doorbells apart and acknowledges
// what is kept.
func (d *playedDay) receive(w http.ResponseWriter, r *http.Request) {
	type doorbell struct {
		Topic  string    `json:"topic"`
		ID     string    `json:"event_id"`
		Change string    `json:"event_type"`
		Entity string    `json:"resource_id"`
		At     time.Time `json:"event_timestamp"`
	}
	var delivery struct {
		doorbell
		Events []doorbell `json:"events"`
	}
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, &delivery)
	}
	if err != nil || d.lose {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	if delivery.Events == nil {
		delivery.Events = []doorbell{delivery.doorbell}
	}
	var kept core.Delivery
	for _, b := range delivery.Events {
		kept.Events = append(kept.Events, core.Event{
			ID: b.ID, Type: b.Topic, OccurredAt: b.At.UTC(), ReceivedAt: d.Now().UTC(), Body: body,
			Detail: core.Doorbell{Topic: b.Topic, Entity: b.Entity, Change: b.Change},
		})
	}
	if _, err := d.db.AddAll(kept); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// restart begins a new process.
func (d *playedDay) restart() {
	d.session = &session{Reader: New(Config{API: d.client}), desk: dayDesk{d, d.db}}
}

// turn reads what is due, as a new process where the old one was killed.
func (d *playedDay) turn() {
	for {
		d.session.turn(d.Context(), false)
		if !errors.Is(d.session.database.err, errKilled) && !errors.Is(d.session.reports.err, errKilled) {
			return
		}
		d.restart()
	}
}

// step is a quarter of an hour.
func (d *playedDay) step(n int, corrections *rand.Rand) {
	var rung []space.Doorbell
	for range 3 {
		rung = append(rung, d.space.Happen()...)
	}
	if n%16 == 8 { // of receipts that are known for long: a payment and its return at once would be nothing at all
		receipts := d.space.Truth().Receipts
		id, err := strconv.Atoi(receipts[len(receipts)-200-corrections.IntN(20)].ID)
		if err != nil {
			d.Fatal(err)
		}
		correct := d.space.Return
		if n%32 == 8 {
			correct = func(id int) ([]space.Doorbell, error) { return d.space.Change(id, 999_99) }
		}
		more, err := correct(id)
		if err != nil {
			d.Fatal(err)
		}
		rung = append(rung, more...)
	}
	if d.disturbed {
		d.disturb(n)
	}
	err := d.space.Ring(d.Context(), rung...)
	if err != nil && !d.lose {
		d.Fatal(err)
	}
	d.clock.advance(time.Minute)
	if !d.away(n) {
		d.turn()
	}
	d.clock.advance(14 * time.Minute)
}

// away: the laptop is closed for three hours.
func (d *playedDay) away(n int) bool { return d.disturbed && n >= 30 && n < 42 }

func (d *playedDay) disturb(n int) {
	d.lose = n%7 == 3 || d.away(n)
	d.kill = rand.New(rand.NewPCG(uint64(n), 2))
	if n%10 == 9 {
		d.restart()
	}
	faults := []sandbox.Fault{
		{Status: 500}, {Status: 429, RetryAfter: "2"}, {Reset: true}, {Status: 200, Body: `{"data":[{"Id":"x"`}, {Status: 533}, {Status: 200, Body: "<html>"},
	}
	switch {
	case n%5 == 1:
		d.space.Database.Fail(1, faults[n%len(faults)])
	case n%5 == 2:
		d.space.Reports.Fail(1, faults[(n+1)%len(faults)])
	case n == 50:
		d.space.Maintain(d.Now(), d.Now().Add(4*time.Hour))
	}
}

// settled is how things stand when everything has arrived.
type settled struct {
	payments, orders, leases, tenants []string
	total                             core.Cents
	attention                         int
}

// endDay lets everything arrive that is on its way.
func (d *playedDay) endDay() (s settled) {
	d.disturbed, d.lose, d.kill = false, false, nil
	for range 30 {
		d.clock.advance(time.Hour)
		d.turn()
	}
	if reads, err := d.db.Lookups(10); err != nil || len(reads) > 0 || d.session.database.err != nil || d.session.reports.err != nil {
		d.Errorf("still to be read: %+v, %v; %v; %v", reads, err, d.session.database.err, d.session.reports.err)
	}
	d.each(func(e core.Event) {
		switch p := e.Detail.(type) {
		case core.Payment:
			s.payments = append(s.payments, fmt.Sprintf("%s %+v past %v", e.ID, p, e.Past))
			s.total += p.Amount
		}
		if !e.Attention.IsZero() {
			s.attention++
		}
	})
	orders, err1 := d.db.WorkOrders()
	leases, err2 := d.db.Leases()
	tenants, err3 := d.db.Tenants()
	if err := errors.Join(err1, err2, err3); err != nil {
		d.Fatal(err)
	}
	for _, o := range orders {
		s.orders = append(s.orders, fmt.Sprintf("%+v at %v", o.WorkOrder, o.Updated))
	}
	for _, l := range leases {
		s.leases = append(s.leases, fmt.Sprintf("%s %+v %s: %s, %d months, expired %v %s", l.ID, l.Place, l.UnitID, l.MoveIn, l.Months, l.Expired, l.Vacate))
	}
	for _, tenant := range tenants {
		s.tenants = append(s.tenants, fmt.Sprintf("%+v", tenant.Tenant))
	}
	for _, list := range [][]string{s.payments, s.orders, s.leases, s.tenants} {
		slices.Sort(list)
	}
	return s
}

func (d *playedDay) each(fn func(core.Event)) {
	d.Helper()
	err := d.db.Each(context.Background(), core.Query{}, func(e core.Event) error {
		fn(e)
		return nil
	})
	if err != nil {
		d.Fatal(err)
	}
}

// agree compares with what a perfect reader knows.
func (d *playedDay) agree() {
	d.Helper()
	truth := d.space.Truth()
	d.agreeOnReceipts(truth.Receipts)
	states, err := d.db.WorkOrders()
	if err != nil {
		d.Fatal(err)
	}
	known := map[string]core.WorkOrderState{}
	for _, s := range states {
		known[s.ID] = s
	}
	for _, w := range truth.WorkOrders {
		got, told := known[w.ID]
		if told && (got.Status != w.Status || got.Vendor != w.Vendor) || !told && w.Open() {
			d.Errorf("work order %s: %s by %q, want %s by %q", w.Number, got.Status, got.Vendor, w.Status, w.Vendor)
		}
	}
}

func (d *playedDay) agreeOnReceipts(truth []space.Receipt) {
	d.Helper()
	sums := map[string]core.Cents{}
	d.each(func(e core.Event) {
		if p, ok := e.Detail.(core.Payment); ok {
			var data struct {
				Receipt string `json:"receipt_id"`
			}
			if err := json.Unmarshal(e.Data(), &data); err != nil {
				d.Error(err)
			}
			sums[data.Receipt] += p.Amount
		}
	})
	began := core.Date{Year: 2026, Month: 6, Day: 18}
	for _, r := range truth {
		sum, told := sums[r.ID]
		if told && sum != r.Amount || !told && r.Amount != 0 && !r.Date.Before(began.InMonth().Add(-monthsBack).First()) {
			d.Errorf("receipt %s of %s: told %s, want %s", r.ID, r.Date, sum.Decimal(), r.Amount.Decimal())
		}
	}
}

// keepsNothingForbidden looks for what AppFolio sends of every tenant and nobody
// may keep.
func (d *playedDay) keepsNothingForbidden() {
	d.Helper()
	file, err := os.ReadFile(filepath.Join(d.dir, store.FileName))
	if err != nil {
		d.Fatal(err)
	}
	if !bytes.Contains(file, []byte("Whitfield")) && !bytes.Contains(file, []byte("tenant_name")) {
		d.Error("the store holds no tenants at all")
	}
	for _, secret := range []string{space.SocialSecurityNumber, space.BirthDate, d.account.Secrets.ClientSecret.Reveal(), d.account.Secrets.ReportsSecret.Reveal()} {
		if bytes.Contains(file, []byte(secret)) {
			d.Errorf("the store holds %s", secret)
		}
	}
}

func TestDayFullOfFailuresEndsAsOneWithout(t *testing.T) {
	t.Parallel()
	play := func(t *testing.T, disturbed bool) settled {
		d := beginDay(t, disturbed)
		corrections := rand.New(rand.NewPCG(1, 2))
		for n := range 96 {
			d.step(n, corrections)
		}
		s := d.endDay()
		d.agree()
		d.keepsNothingForbidden()
		t.Logf("disturbed %v: %d payments, %d work orders, %d leases, %d tenants, %s; %d questions to the database, %d to reports",
			disturbed, len(s.payments), len(s.orders), len(s.leases), len(s.tenants), s.total.Decimal(), d.space.Database.Calls(), d.space.Reports.Calls())
		return s
	}
	var want, got settled
	t.Run("days", func(t *testing.T) {
		t.Run("without", func(t *testing.T) { t.Parallel(); want = play(t, false) })
		t.Run("full of failures", func(t *testing.T) { t.Parallel(); got = play(t, true) })
	})
	for name, lists := range map[string][2][]string{
		"payments": {want.payments, got.payments}, "work orders": {want.orders, got.orders}, "leases": {want.leases, got.leases}, "tenants": {want.tenants, got.tenants},
	} {
		differ(t, name, lists[0], lists[1])
	}
	if want.attention+got.attention > 0 {
		t.Errorf("%d and %d events need attention", want.attention, got.attention)
	}
	if want.total != got.total || want.total == 0 {
		t.Errorf("total %s, want %s", got.total.Decimal(), want.total.Decimal())
	}
}

func differ(t *testing.T, name string, want, got []string) {
	t.Helper()
	count := map[string]int{}
	for _, s := range want {
		count[s]++
	}
	for _, s := range got {
		count[s]--
	}
	for _, s := range slices.Sorted(maps.Keys(count)) {
		switch n := count[s]; {
		case n > 0:
			t.Errorf("%s: misses %s", name, s)
		case n < 0:
			t.Errorf("%s: has %s", name, s)
		}
	}
}
