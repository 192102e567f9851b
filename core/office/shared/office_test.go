package shared_test

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/office"
	"rentbell/core/office/hub"
	"rentbell/core/office/shared"
	"rentbell/store"
)

// receiver is that of an office.
type receiver struct {
	t      *testing.T
	dir    string
	key    core.Secret
	store  *store.DB
	roster *office.Roster
	hub    *hub.Hub
	addr   string
	share  *shared.Share // may be nil
	stop   func()
}

// newReceiver starts one; the test's end stops it.
func newReceiver(t *testing.T) *receiver {
	t.Helper()
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	r := &receiver{t: t, dir: t.TempDir(), key: key, store: openStore(t)}
	if r.roster, err = office.OpenRoster(r.dir); err != nil {
		t.Fatal(err)
	}
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

func (r *receiver) start() {
	r.t.Helper()
	var err error
	r.hub, err = hub.New(hub.Config{
		Dir: r.dir, Key: r.key, Store: r.store, Encode: store.Encode, Roster: r.roster, Share: r.share, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.t.Fatal(err)
	}
	r.addr = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { r.hub.Run(ctx, l) })
	r.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
	})
}

func openStore(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// desk is one that is connected.
type desk struct {
	*receiver
	name   string
	key    nkeys.KeyPair
	conn   *nats.Conn
	js     jetstream.JetStream
	store  *store.DB
	claims *shared.Claims
	past   *export.History
}

// join has a new desk join the office. Its clock is ahead by some time.
func (r *receiver) join(name string, ahead time.Duration) *desk {
	r.t.Helper()
	if _, err := r.roster.Invite(r.t.Context(), time.Now()); err != nil {
		r.t.Fatal(err)
	}
	d := &desk{receiver: r, name: name, store: openStore(r.t)}
	var err error
	if d.key, err = nkeys.CreateUser(); err != nil {
		r.t.Fatal(err)
	}
	public, err := d.key.PublicKey()
	if err != nil {
		r.t.Fatal(err)
	}
	proven := func(office.Verifier) bool { return true } // pairing has tests of its own
	if _, _, err := r.roster.Admit(r.t.Context(), time.Now(), office.Desk{Name: name, Key: public}, proven); err != nil {
		r.t.Fatal(err)
	}
	if err := r.hub.Admit(); err != nil {
		r.t.Fatal(err)
	}
	d.claims = shared.NewClaims(name, slog.New(slog.DiscardHandler))
	d.past = export.NewHistory(d.store, func(uint64) (export.Reader, error) { return d.store, nil }, func() time.Time { return time.Now().Add(ahead) })
	d.past.InOffice(func() core.ExportOffice { return d.claims }, nil)
	d.connect()
	r.t.Cleanup(func() { d.conn.Close() })
	return d
}

// connect waits until the receiver takes the desk in.
func (d *desk) connect() {
	d.t.Helper()
	public, err := d.key.PublicKey()
	if err != nil {
		d.t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		d.conn, err = nats.Connect("nats://office", nats.SetCustomDialer(d), nats.Nkey(public, d.key.Sign),
			nats.CustomInboxPrefix(office.InboxOf(public)), nats.SkipHostLookup(), nats.NoReconnect(), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			d.t.Fatal(err)
		}
	}
	if d.js, err = jetstream.New(d.conn); err != nil {
		d.t.Fatal(err)
	}
	past, err := d.past.Settled()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.claims.Join(d.t.Context(), d.js, past); err != nil {
		d.t.Fatal(err)
	}
}

// Dial connects with the receiver.
func (d *desk) Dial(string, string) (net.Conn, error) {
	return tls.Dial("tcp", d.addr, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{office.ProtocolFollow}})
}

// SkipTLSHandshake is for NATS.
func (d *desk) SkipTLSHandshake() bool { return true }

// again is the same desk in another process.
func (d *desk) again() *desk {
	d.t.Helper()
	next := &desk{receiver: d.receiver, name: d.name, key: d.key, store: d.store}
	next.claims = shared.NewClaims(d.name, slog.New(slog.DiscardHandler))
	next.past = export.NewHistory(d.store, func(uint64) (export.Reader, error) { return d.store, nil }, time.Now)
	next.past.InOffice(func() core.ExportOffice { return next.claims }, nil)
	next.connect()
	d.t.Cleanup(func() { next.conn.Close() })
	return next
}
