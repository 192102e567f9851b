package uitest

import (
	"encoding/json"
	"os"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// Office returns a store with all the office's events. Each call returns its
// own copy.
func Office(t testing.TB) *store.DB {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filledOffice(t))); err != nil {
		t.Fatal(err)
	}
	return OpenStore(t, dir)
}

// OpenStore opens a store until the test ends.
func OpenStore(t testing.TB, dir string) *store.DB {
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

// filled is the directory with the office's store, which Office copies. Filling
// it again for each test would take most of the tests' time, because every
// event is synced to disk.
var filled struct {
	sync.Mutex
	dir string
}

// Main runs a package's tests and removes the store that Office has filled.
// Call it from TestMain in a package that uses Office.
func Main(m *testing.M) {
	code := m.Run()
	if filled.dir != "" {
		_ = os.RemoveAll(filled.dir) // the system clears temporary directories as well
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
		Add(t, db, e)
	}
	q := core.Quarantined{ReceivedAt: Day(17, 9, 58).UTC(), Reason: core.ReasonNoID, Body: []byte(`{"type":"payment.received"}`)}
	if _, _, err := db.Quarantine(q); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	filled.dir = dir
	return dir
}

// Add adds an event that the store does not have and returns it with its
// sequence number.
func Add(t testing.TB, db *store.DB, e core.Event) core.Event {
	t.Helper()
	seq, fresh, err := db.Add(e)
	if err != nil || !fresh {
		t.Fatalf("add %s: fresh %v, error %v", e.ID, fresh, err)
	}
	e.Seq = seq
	return e
}

// Event returns an event with a body that matches its detail.
func Event(id string, when time.Time, d core.Detail, a core.Attention) core.Event {
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

// Payment returns the event of a payment with all its fields.
func Payment(id string, when time.Time, t Tenancy, cents core.Cents, method string) core.Event {
	return Event(id, when, core.Payment{Place: t.Place, Lease: t.Lease, Amount: cents, AmountKnown: true, Method: method}, core.Attention{})
}

// NoVault is the vault of a computer without a keychain.
type NoVault struct{}

func (NoVault) Load() (core.Secrets, error)            { return core.Secrets{}, core.ErrNoVault }
func (NoVault) Save(core.Secrets) error                { return core.ErrNoVault }
func (NoVault) Kind() core.VaultKind                   { return core.VaultMemory }
func (NoVault) Unlock(core.Secret) error               { return core.ErrNoVault }
func (NoVault) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
