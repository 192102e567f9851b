package ui

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	_ "fyne.io/fyne/v2/test" // makes the test app

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// The office of the mock-ups: a portfolio of 47 units on June 18, 2026.

// present is the moment of the mock-ups, in newYork.
var present, newYork = uitest.Present, uitest.NewYork

// day is a time in the office's June; day(0, …) is May 31 and so on.
func day(n, hour, minute int) time.Time {
	return time.Date(2026, time.June, n, hour, minute, 0, 0, newYork)
}

// tenancy is a lease and who lives where.
type tenancy struct {
	lease  string
	place  core.Place
	moveIn core.Date
	months int
}

func on(year int, month time.Month, day int) core.Date {
	return core.Date{Year: year, Month: month, Day: day}
}

var tenancies = []tenancy{
	{"48213", core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}, on(2025, 11, 1), 12},
	{"47770", core.Place{Tenant: "Luis Cardenas", Property: "Birchwood Flats", Unit: "11"}, on(2025, 10, 15), 12},
	{"31108", core.Place{Tenant: "Ruth Abernathy", Property: "Linden House", Unit: "3"}, on(2025, 9, 1), 24},
	{"40052", core.Place{Tenant: "Terrence Cole", Property: "318 Maple Avenue", Unit: "B"}, on(2024, 7, 12), 24},
	{"48009", core.Place{Tenant: "Priya Raman", Property: "Harbor Row", Unit: "6"}, on(2026, 2, 1), 12},
	{"46120", core.Place{Tenant: "Samuel Okafor", Property: "Birchwood Flats", Unit: "4"}, on(2025, 8, 1), 12},
	{"45987", core.Place{Tenant: "Gabriela Fuentes", Property: "Alder Court", Unit: "3B"}, on(2025, 7, 3), 12},
	{"47334", core.Place{Tenant: "Owen McAllister", Property: "27 Quarry Lane", Unit: "House"}, on(2023, 6, 1), 0},
	{"46218", core.Place{Tenant: "Mei-Lin Zhou", Property: "Harbor Row", Unit: "2"}, on(2025, 8, 1), 12},
	{"44871", core.Place{Tenant: "Hannah Brandt", Property: "Linden House", Unit: "1"}, on(2026, 1, 1), 12},
	{"47502", core.Place{Tenant: "Jamal Pierce", Property: "Birchwood Flats", Unit: "9"}, on(2025, 12, 1), 12},
	{"46650", core.Place{Tenant: "Sofia Lindqvist", Property: "Alder Court", Unit: "1C"}, on(2026, 3, 1), 12},
	{"45511", core.Place{Tenant: "Claire Fontenot", Property: "Linden House", Unit: "5"}, on(2024, 8, 15), 24},
	{"49001", core.Place{Tenant: "Aisha Rahmani", Property: "Alder Court", Unit: "4C"}, on(2026, 6, 20), 12},
	{"49002", core.Place{Tenant: "Nathan Kowalski", Property: "Birchwood Flats", Unit: "7"}, on(2026, 7, 1), 12},
	{"49003", core.Place{Tenant: "Brian and Joy Delgado", Property: "318 Maple Avenue", Unit: "D"}, on(2026, 6, 15), 9},
}

// quiet is the rest of the portfolio.
func quiet() []tenancy {
	names := []string{"Amara", "Noah", "Ines", "Karim", "Lucía", "Tomasz", "Grace", "Wen", "Olu", "Petra"}
	rest := make([]tenancy, 29)
	for i := range rest {
		rest[i] = tenancy{fmt.Sprintf("43%03d", i*7), core.Place{
			Tenant: names[i%len(names)] + " " + []string{"Berger", "Nguyen", "Hall"}[i/len(names)], Property: "Harbor Row", Unit: fmt.Sprint(10 + i),
		}, on(2025, 10, 1).AddMonths(i % 8), 12}
	}
	return rest
}

func leaseOf(tenant string) tenancy {
	i := slices.IndexFunc(tenancies, func(t tenancy) bool { return t.place.Tenant == tenant })
	if i < 0 {
		panic("no tenancy of " + tenant)
	}
	return tenancies[i]
}

// office is a store with all of it, the test's own.
func office(t testing.TB) *store.DB {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filledOffice(t))); err != nil {
		t.Fatal(err)
	}
	return openStore(t, dir)
}

// openStore opens a store for the length of a test.
func openStore(t testing.TB, dir string) *store.DB {
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
	return db
}

// filled is where the office lies, once one test has filled it: every event is
// synced to disk, which would take most of the tests' time.
var filled struct {
	sync.Mutex
	dir string
}

func TestMain(m *testing.M) {
	code := m.Run()
	if filled.dir != "" {
		_ = os.RemoveAll(filled.dir) // a temporary directory; the system cleans up as well
	}
	os.Exit(code)
}

func filledOffice(t testing.TB) string {
	t.Helper()
	filled.Lock()
	defer filled.Unlock()
	if filled.dir != "" {
		return filled.dir
	}
	dir, err := os.MkdirTemp("", "rentbell-office-")
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range officeEvents() {
		add(t, db, e)
	}
	q := core.Quarantined{ReceivedAt: day(17, 9, 58).UTC(), Reason: core.ReasonNoID, Body: []byte(`{"type":"payment.received"}`)}
	if _, err := db.Quarantine(q); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	filled.dir = dir
	return dir
}

// officeEvents are all events, oldest first.
func officeEvents() []core.Event {
	var events []core.Event
	events = append(events, officeLeases()...)
	events = append(events, officeWorkOrders()...)
	events = append(events, officePayments()...)
	events = append(events, event("ten_1", day(16, 14, 40), core.Tenant{
		ID: "8812", Email: "a.rahmani@example.com", Place: core.Place{Tenant: "Aisha Rahmani"},
	}, core.Attention{Reason: core.ReasonNoProperty, Field: "property_id"}))
	for i, x := range tenancies[:12] {
		email := strings.ToLower(strings.ReplaceAll(x.place.Tenant, " ", ".")) + "@example.com"
		events = append(events, event("ten_"+x.lease, words.DayOf(x.moveIn.AddDays(-10), present), core.Tenant{
			ID: fmt.Sprint(8700 + i), PropertyID: "12", Email: email, Place: x.place,
		}, core.Attention{}))
	}
	slices.SortStableFunc(events, func(a, b core.Event) int {
		return cmp.Or(a.OccurredAt.Compare(b.OccurredAt), cmp.Compare(a.ID, b.ID))
	})
	return events
}

func add(t testing.TB, db *store.DB, e core.Event) core.Event {
	t.Helper()
	seq, fresh, err := db.Add(e)
	if err != nil || !fresh {
		t.Fatalf("add %s: fresh %v, error %v", e.ID, fresh, err)
	}
	e.Seq = seq
	return e
}

// event is a delivery as it is kept, with a body that reads like one.
func event(id string, when time.Time, d core.Detail, a core.Attention) core.Event {
	types := map[core.Feed]string{
		core.FeedPayments: core.TypePaymentReceived, core.FeedWorkOrders: core.TypeWorkOrderUpdated, core.FeedTenants: core.TypeTenantCreated,
	}
	kind := types[d.Feed()]
	switch d.(type) {
	case core.LeaseSigned:
		kind = core.TypeLeaseSigned
	case core.LeaseExpired:
		kind = core.TypeLeaseExpired
	}
	body, err := json.Marshal(map[string]any{"id": id, "type": kind, "data": map[string]string{"subject": d.Subject().ID}})
	if err != nil {
		panic(err)
	}
	return core.Event{ID: id, Type: kind, OccurredAt: when.UTC(), ReceivedAt: when.UTC(), Detail: d, Attention: a, Body: body}
}

func payment(id string, when time.Time, t tenancy, cents core.Cents, method string) core.Event {
	return event(id, when, core.Payment{Place: t.place, Lease: t.lease, Amount: cents, AmountKnown: true, Method: method}, core.Attention{})
}

// officePayments are those of the mock-ups, and as many more as make June's 42
// payments of $58,310.00 and a May that was $2,335.00 behind.
func officePayments() []core.Event {
	thin := tenancy{lease: "20931"}
	dana := leaseOf("Dana Whitfield")
	today := payment("pay_1", day(18, 10, 40), dana, 1450_00, "echeck")
	p := today.Detail.(core.Payment)
	p.Memo, p.Reference = "June rent", "PMT-90417"
	today.Detail = p
	list := []core.Event{
		today,
		payment("pay_2", day(18, 9, 12), leaseOf("Luis Cardenas"), 1275_00, "card"),
		payment("pay_3", day(18, 8, 3), thin, 640_00, "echeck"),
		payment("pay_4", day(17, 16, 48), leaseOf("Ruth Abernathy"), 985_00, "check"),
		payment("pay_5", day(15, 11, 26), leaseOf("Terrence Cole"), 1120_00, "money_order"),
		payment("pay_6", day(12, 14, 15), leaseOf("Priya Raman"), 1890_00, "echeck"),
		payment("pay_7", day(10, 9, 37), leaseOf("Samuel Okafor"), 1312_50, "card"),
		payment("pay_8", day(9, 19, 58), leaseOf("Gabriela Fuentes"), 1395_00, "echeck"),
		payment("pay_9", day(8, 17, 20), leaseOf("Owen McAllister"), 2150_00, "echeck"),
		payment("pay_10", day(8, 10, 5), leaseOf("Mei-Lin Zhou"), 1845_75, "card"),
		payment("pay_11", day(6, 13, 44), leaseOf("Hannah Brandt"), 1040_00, "echeck"),
		payment("pay_12", day(5, 18, 31), leaseOf("Jamal Pierce"), 1260_00, "cash"),
		payment("pay_13", day(5, 15, 2), leaseOf("Sofia Lindqvist"), 1425_00, "echeck"),
		payment("pay_14", day(5, 9, 10), leaseOf("Claire Fontenot"), 1010_00, "check"),
		payment("pay_may", day(4, 9, 0).AddDate(0, -1, 0), dana, 1450_00, "echeck"),
		payment("pay_apr", day(3, 9, 0).AddDate(0, -2, 0), dana, 1450_00, "echeck"),
	}
	list = append(list, filler("jun", day(1, 8, 0), 11, 15284_00)...)
	list = append(list, filler("jun2", day(2, 8, 0), 6, 8470_00)...)
	list = append(list, filler("jun3", day(3, 8, 0), 5, 6940_00)...)
	list = append(list, filler("jun4", day(4, 8, 0), 3, 4150_00)...)
	list = append(list, filler("jun5", day(5, 8, 0), 3, 4667_75)...)
	list = append(list, filler("may", day(1, 8, 0).AddDate(0, -1, 0), 38, 54525_00)...)
	for n, cents := range map[int]core.Cents{-11: 1150_00, -9: 1300_00, -5: 700_00, -2: 4050_00, -1: 1480_00, 0: 3600_00} {
		list = append(list, filler(fmt.Sprintf("late%d", n), day(n, 12, 0), 2, cents)...)
	}
	return list
}

// filler are n payments within some hours that add up to a sum.
func filler(name string, from time.Time, n int, sum core.Cents) []core.Event {
	list := make([]core.Event, 0, n)
	methods := []string{"echeck", "card", "check"}
	for i := range n {
		amount := sum / core.Cents(n)
		if i == 0 {
			amount += sum % core.Cents(n)
		}
		t := quiet()[(i*5+len(name))%len(quiet())]
		list = append(list, payment(fmt.Sprintf("fill_%s_%d", name, i), from.Add(time.Duration(i)*13*time.Minute), t, amount, methods[i%3]))
	}
	return list
}

func officeLeases() []core.Event {
	var list []core.Event
	sign := func(t tenancy, at time.Time) {
		list = append(list, event("sign_"+t.lease, at, core.LeaseSigned{Place: t.place, Lease: t.lease, MoveIn: t.moveIn, Months: t.months}, core.Attention{}))
	}
	for i, t := range tenancies {
		at := words.DayOf(t.moveIn.AddDays(-18), present)
		switch t.lease {
		case "49001":
			at = day(9, 15, 30)
		case "49002":
			at = day(17, 11, 2)
		case "49003":
			at = day(2, 10, 20)
		}
		sign(t, at.Add(time.Duration(i)*time.Minute))
	}
	for _, t := range quiet() {
		sign(t, words.DayOf(t.moveIn.AddDays(-18), present))
	}
	ended := tenancy{"41207", core.Place{Tenant: "Victor Amaral", Property: "Alder Court", Unit: "2C"}, on(2025, 6, 1), 12}
	sign(ended, words.DayOf(ended.moveIn.AddDays(-18), present))
	return append(list, event("exp_41207", day(1, 6, 0), core.LeaseExpired{
		Place: ended.place, Lease: ended.lease, UnitID: "2C", Vacate: on(2026, 5, 31),
	}, core.Attention{}))
}

func officeWorkOrders() []core.Event {
	type order struct {
		id, title, priority    string
		property, unit, vendor string
		steps                  []string
		opened                 time.Time
	}
	orders := []order{
		{"1194", "No hot water", "Urgent", "Alder Court", "3B", "", []string{"New"}, day(18, 8, 31)},
		{"1193", "Hallway light flickers", "Normal", "Birchwood Flats", "Common area", "", []string{"New"}, day(17, 9, 30)},
		{"1191", "Kitchen faucet drips", "Normal", "Alder Court", "2A", "Tolliver Plumbing", []string{"New", "Assigned"}, day(15, 8, 52)},
		{"1189", "Window will not close", "Normal", "Linden House", "3", "Handy & Daughter", []string{"New", "Assigned"}, day(14, 9, 0)},
		{"1187", "Replace dishwasher", "Normal", "Harbor Row", "6", "Pruitt Appliance", []string{"New", "Assigned", "Scheduled"}, day(13, 9, 20)},
		{"1186", "Annual furnace service", "Low", "27 Quarry Lane", "House", "Northgate Heating", []string{"New", "Scheduled"}, day(12, 9, 0)},
		{"1182", "Repaint before move-in", "Normal", "Birchwood Flats", "7", "Sandoval Painting", []string{"New", "Scheduled"}, day(9, 9, 0)},
		{"1175", "Garage door opener", "Normal", "318 Maple Avenue", "Garage", "Dooley Door Co.", []string{"New", "Waiting"}, day(3, 9, 0)},
		{"1184", "Smoke detector chirps", "High", "Linden House", "1", "Handy & Daughter", []string{"New", "Assigned", "Work done"}, day(11, 12, 0)},
		{"1170", "Gutter cleaning", "Low", "Linden House", "", "Handy & Daughter", []string{"New", "Completed"}, day(1, 9, 0)},
	}
	var list []core.Event
	for _, o := range orders {
		for i, status := range o.steps {
			vendor := o.vendor
			if i == 0 {
				vendor = ""
			}
			w := core.WorkOrder{
				Place: core.Place{Property: o.property, Unit: o.unit}, ID: o.id, Status: status,
				Vendor: vendor, Title: o.title, Priority: o.priority,
			}
			if o.id == "1191" {
				w.Tenant = "Dana Whitfield"
			}
			list = append(list, event(fmt.Sprintf("wo_%s_%d", o.id, i), o.opened.Add(time.Duration(i)*(24*time.Hour+38*time.Minute)), w, core.Attention{}))
		}
	}
	return list
}

// appLooking is the test app with a theme. It stays the same app from test to
// test where it can: with a new app or theme Fyne reads all fonts again.
func appLooking(th kit.Theme) fyne.App {
	app := fyne.CurrentApp()
	if now, ours := app.Settings().Theme().(*kit.Theme); !ours || *now != th {
		app.Settings().SetTheme(&th)
	}
	return app
}

// seat is a UI over a store, without a display and without waiting.
type seat struct {
	*UI
	db *store.DB
}

// open makes a seat of a size, with what is new in front.
func open(t testing.TB, db *store.DB, look kit.Appearance, size fyne.Size) seat {
	t.Helper()
	return openIn(t, db, kit.Theme{Appearance: look, Still: true}, size)
}

// openIn makes a seat with a theme.
func openIn(t testing.TB, db *store.DB, th kit.Theme, size fyne.Size) seat {
	t.Helper()
	app := appLooking(th)
	bell, err := core.New(core.Config{Store: db, Vault: noVault{}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return present }})
	if err != nil {
		t.Fatal(err)
	}
	u := newUI(Config{
		App: app, Bell: bell, Now: func() time.Time { return present }, Log: slog.New(slog.DiscardHandler),
		Version: "0.1.0", Dir: "/home/morgan/.config/rentbell", Desktop: &screen{tray: true}, Login: &signIn{on: true},
	}, uitest.AtOnce(t))
	t.Cleanup(u.window.Close)
	health := partOf[*healthCard](t, u)
	health.do.check = func(done func(core.Report)) { done(wellReport(u.status)) } // there is no network here
	u.window.Resize(size)
	u.showStatus(allWell(t, bell))
	u.Show()
	return seat{u, db}
}

// partOf finds a card of Settings by its kind.
func partOf[T settingsPart](t testing.TB, u *UI) T {
	t.Helper()
	for _, part := range u.settings.parts {
		if found, ok := part.(T); ok {
			return found
		}
	}
	var none T
	t.Fatalf("Settings has no %T", none)
	return none
}

// wellReport is a health check as it is when all is well.
func wellReport(s core.Status) core.Report {
	return core.Report{At: present, Status: s, Checks: []core.Check{
		{Name: core.CheckInternet, State: core.CheckGood, Took: 41 * time.Millisecond},
		{Name: core.CheckTunnel, State: core.CheckGood, Took: 41 * time.Millisecond, Line: s.Line},
		{Name: core.CheckRegistration, State: core.CheckGood, When: s.Registration.At},
		{Name: core.CheckSignatures, State: core.CheckGood, Good: 6},
		{Name: core.CheckClock, State: core.CheckGood},
		{Name: core.CheckSecrets, State: core.CheckGood, Vault: core.VaultKeychain},
		{Name: core.CheckNotifications, State: core.CheckGood},
		{Name: core.CheckDisk, State: core.CheckGood, Free: 12_400_000_000},
	}}
}

// allWell is a bell's status as it is when all is well.
func allWell(t testing.TB, bell *core.Bell) core.Status {
	t.Helper()
	s := bell.Status()
	var err error
	if s.Summary, err = bell.Summary(); err != nil {
		t.Fatal(err)
	}
	s.Connection, s.Address, s.Since = core.Listening, "https://oakline.ngrok.app", present.Add(-time.Hour)
	s.VaultKind, s.Vault = core.VaultKeychain, nil
	s.Line = core.Line{Plan: "Free", Region: "us", Latency: 41 * time.Millisecond}
	return s
}

// arrive keeps an event and tells the seat as the bell would.
func (d seat) arrive(t testing.TB, e core.Event) core.Event {
	t.Helper()
	e = add(t, d.db, e)
	s := allWell(t, d.bell)
	d.changed(core.Change{Status: s, Fresh: []core.Event{e}}, nil)
	return e
}

// noVault is a computer without a keychain.
type noVault struct{}

func (noVault) Load() (core.Secrets, error)            { return core.Secrets{}, core.ErrNoVault }
func (noVault) Save(core.Secrets) error                { return core.ErrNoVault }
func (noVault) Kind() core.VaultKind                   { return core.VaultMemory }
func (noVault) Unlock(core.Secret) error               { return core.ErrNoVault }
func (noVault) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
