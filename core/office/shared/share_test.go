package shared_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/core/export"
	"rentbell/core/keychain"
	"rentbell/core/office"
	"rentbell/core/office/shared"
	"rentbell/core/tunnel"
	"rentbell/store"
)

// person is a Bell that somebody uses.
type person struct {
	t    *testing.T
	bell *bell.Bell
	news chan struct{} // capacity 1: something has changed
}

// newPerson runs a Bell.
func newPerson(t *testing.T, db *store.DB) *person {
	t.Helper()
	b, err := bell.New(bell.Config{
		Store: db, Source: appfolio.New(), Tunnel: tunnel.Loopback{Address: "127.0.0.1:0"}, Vault: &keychain.Memory{},
		Log: slog.New(slog.DiscardHandler), Faceless: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { b.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	p := &person{t: t, bell: b, news: make(chan struct{}, 1)}
	b.Watch(func(core.Change) {
		select {
		case p.news <- struct{}{}:
		default:
		}
	})
	return p
}

// sees waits until something is so.
func (p *person) sees(what string, so func() bool) {
	p.t.Helper()
	limit := time.After(20 * time.Second)
	for !so() {
		select {
		case <-p.news:
		case <-time.After(20 * time.Millisecond): // not everything is published
		case <-limit:
			p.t.Fatalf("%s: it is not so", what)
		}
	}
}

func (p *person) calls(name string) {
	p.t.Helper()
	p.sees(name, func() bool { return p.bell.Names().Of(lease).Given == name })
}

var lease = core.NameKey{Kind: core.NameLease, ID: "20931"}

func (p *person) gives(name string) {
	p.t.Helper()
	if err := p.bell.GiveNames(map[core.NameKey]string{lease: name}); err != nil {
		p.t.Fatal(err)
	}
}

// online connects a desk until stop is called.
func (d *desk) online(p *person) (stop func()) {
	d.t.Helper()
	share := shared.NewShare(d.name, false, p.bell.Shared(), slog.New(slog.DiscardHandler))
	d.conn.Close()
	d.connect()
	return running(share, d.js)
}

func running(share *shared.Share, js jetstream.JetStream) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var at sync.WaitGroup
	at.Go(func() { _ = share.Run(ctx, js) }) // it ends with the connection
	return func() {
		cancel()
		at.Wait()
	}
}

// serving starts a receiver whose Bell shares.
func serving(t *testing.T) (*receiver, *person) {
	t.Helper()
	r := newReceiver(t)
	r.stop()
	p := newPerson(t, r.store)
	r.share = shared.NewShare("Receiver", true, p.bell.Shared(), slog.New(slog.DiscardHandler))
	r.start()
	t.Cleanup(func() { r.stop() })
	return r, p
}

func TestWhatOneDeskSaysAllHave(t *testing.T) {
	t.Parallel()
	r, box := serving(t)
	box.gives("Ana")
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	defer maria.online(m)()
	defer tom.online(o)()
	m.calls("Ana")
	m.gives("Ana Ruiz")
	o.calls("Ana Ruiz")
	box.calls("Ana Ruiz")
	o.gives("")
	m.calls("")
	if err := m.bell.ChangeTerms(t.Context(), "20931", func(t *core.LeaseTerms) { t.Typed = []core.TypedRent{{Amount: 139500}} }); err != nil {
		t.Fatal(err)
	}
	if err := m.bell.SetNotice(t.Context(), "20931", true); err != nil {
		t.Fatal(err)
	}
	if err := m.bell.ChangeDueRule(t.Context(), "Oak Line", core.DueRule{Due: 3, Grace: 2}); err != nil {
		t.Fatal(err)
	}
	key := core.FindingKey("late|2026-06|20931")
	if err := o.bell.Handle(t.Context(), []core.FindingKey{key}); err != nil {
		t.Fatal(err)
	}
	for db, p := range map[*store.DB]*person{r.store: box, maria.store: m, tom.store: o} {
		p.sees("the rent and the notice", func() bool {
			terms := p.bell.Terms("20931")
			return len(terms.Typed) == 1 && terms.Typed[0].Amount == 139500 && !terms.Notice.IsZero() && p.bell.DueRules()["Oak Line"].Due == 3
		})
		p.sees("that it is handled", func() bool {
			marks, err := db.Marks()
			return err == nil && !marks[key].Handled.IsZero()
		})
	}
}

func TestANameGivenOnTwoDesksOfflineIsOffered(t *testing.T) {
	t.Parallel()
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	stop := maria.online(m)
	defer tom.online(o)()
	box.gives("Ana")
	m.calls("Ana")
	o.calls("Ana")
	stop()
	m.gives("Ana, offline")
	o.gives("Ana, online")
	box.calls("Ana, online")
	defer maria.online(m)()
	m.calls("Ana, online")
	var offers []core.Offer
	m.sees("an offer", func() (there bool) {
		var err error
		offers, err = m.bell.NameOffers()
		return err == nil && len(offers) == 1
	})
	if want := (core.Offer{Key: lease, Name: "Ana, offline", Office: "Ana, online"}); offers[0] != want {
		t.Fatalf("%+v", offers)
	}
	if err := m.bell.SettleOffer(offers[0], true); err != nil {
		t.Fatal(err)
	}
	o.calls("Ana, offline")
	if offers, err := m.bell.NameOffers(); err != nil || len(offers) != 0 {
		t.Error(offers, err)
	}
}

func TestADeskThatMayOnlyReadTakesOverAndWritesNothing(t *testing.T) {
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	receive(t, 1, 4, maria, tom)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	defer tom.online(o)()
	share := shared.NewShare("Maria", false, m.bell.Shared(), slog.New(slog.DiscardHandler))
	share.Restrict(true)
	m.gives("Ana, here") // before it knew
	stop := running(share, maria.js)
	other := core.NameKey{Kind: core.NameTenant, ID: "7"}
	if err := o.bell.GiveNames(map[core.NameKey]string{other: "Bo"}); err != nil {
		t.Fatal(err)
	}
	m.sees("what others write", func() bool { return m.bell.Names().Of(other).Given == "Bo" })
	q := export.Query{Format: core.FormatOFX, OneFile: true}
	if _, _, err := export.New(t.Context(), m.bell.Exports(), export.Target{Path: filepath.Join(t.TempDir(), "new.ofx")}, q); !errors.Is(err, core.ErrDeskTooOld) {
		t.Errorf("what is new is exported: %v", err)
	}
	stop()
	if got := box.bell.Names().Of(lease).Given; got != "" {
		t.Errorf("it wrote %q", got)
	}
	share.Restrict(false) // it was updated
	defer running(share, maria.js)()
	o.calls("Ana, here")
}

func TestBucketsThatAreLostAreFilledAgain(t *testing.T) {
	t.Parallel()
	r, box := serving(t)
	maria := r.join("Maria", 0)
	m := newPerson(t, maria.store)
	stop := maria.online(m)
	m.gives("Ana")
	box.calls("Ana")
	stop()
	r.stop()
	if err := os.RemoveAll(filepath.Join(r.dir, "office")); err != nil {
		t.Fatal(err)
	}
	r.start()
	tom := r.join("Tom", 0)
	o := newPerson(t, tom.store)
	defer tom.online(o)()
	o.calls("Ana")
	defer maria.online(m)()
	o.gives("Ana Ruiz")
	m.calls("Ana Ruiz")
}

func TestAllDesksRememberTheSameExports(t *testing.T) {
	t.Parallel()
	r, box := serving(t)
	maria, tom := r.join("Maria", 0), r.join("Tom", 0)
	receive(t, 1, 4, maria, tom)
	m, o := newPerson(t, maria.store), newPerson(t, tom.store)
	defer maria.online(m)()
	defer tom.online(o)()
	q := export.Query{Format: core.FormatOFX, OneFile: true}
	m.sees("the office", func() bool {
		done, _, err := export.New(t.Context(), m.bell.Exports(), export.Target{Path: filepath.Join(t.TempDir(), "new.ofx")}, q)
		return err == nil && done.Rows == 4
	})
	for _, p := range []*person{o, box} {
		p.sees("Maria's export", func() bool {
			past, err := p.bell.PastExports()
			return err == nil && len(past) == 1 && past[0].By == "Maria" && past[0].Rows == 4 && past[0].Dir == ""
		})
	}
	_, _, err := export.New(t.Context(), o.bell.Exports(), export.Target{Path: filepath.Join(t.TempDir(), "new.ofx")}, q)
	var claimed *core.ClaimedError
	if !errors.As(err, &claimed) || claimed.By != "Maria" {
		t.Error(err)
	}
	a, errA := maria.store.StatementAccount()
	b, errB := tom.store.StatementAccount()
	if err := errors.Join(errA, errB); err != nil || !a.Valid() || a != b {
		t.Errorf("statements are of %+v and %+v, %v", a, b, err)
	}
}

func TestADeskWritesWhatIsSharedAndNothingElse(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	manager, clerk := r.join("Maria", 0), r.join("Tom", 0)
	for _, bucket := range office.SharedBuckets() {
		kv, err := clerk.js.KeyValue(t.Context(), bucket)
		if err == nil {
			_, err = kv.PutString(t.Context(), "lease.A", "{}")
		}
		if err != nil {
			t.Error(bucket, err)
		}
	}
	writes := func(d *desk, key string) bool {
		kv, err := d.js.KeyValue(t.Context(), office.BucketOffice)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond) // nobody answers what is not allowed
		defer cancel()
		_, err = kv.PutString(ctx, key, "7")
		return err == nil
	}
	for _, key := range []string{office.KeyEpoch, office.KeyAccount} {
		if writes(clerk, key) || writes(manager, key) {
			t.Error("a desk wrote", key)
		}
	}
}
