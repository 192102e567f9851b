package desk_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/office/hub"
	"rentbell/store"
)

// receiver is a receiver of an office, without a window.
type receiver struct {
	t      testing.TB
	dir    string
	key    core.Secret
	store  *store.DB
	roster *office.Roster
	hub    *hub.Hub
	addr   string
	adjust func(*hub.Config) // nil: nothing is otherwise than in the program
	stop   func()
}

// newReceiver starts one; the test's end stops it.
func newReceiver(t testing.TB) *receiver {
	t.Helper()
	return newReceiverIn(t, t.TempDir(), nil)
}

func newReceiverIn(t testing.TB, dir string, adjust func(*hub.Config)) *receiver {
	t.Helper()
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	r := &receiver{t: t, dir: dir, key: key, addr: "127.0.0.1:0", adjust: adjust}
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

// start opens the store, and the office on the address of before.
func (r *receiver) start() {
	r.t.Helper()
	r.open()
	r.serve()
}

func (r *receiver) open() {
	r.t.Helper()
	var err error
	if r.store, err = store.Open(r.dir); err != nil {
		r.t.Fatal(err)
	}
	if r.roster, err = office.OpenRoster(r.dir); err != nil {
		r.t.Fatal(err)
	}
}

func (r *receiver) serve() {
	r.t.Helper()
	cfg := hub.Config{
		Dir: r.dir, Name: "Front office", Key: r.key, Store: r.store, Encode: store.Encode, Roster: r.roster, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
	if r.adjust != nil {
		r.adjust(&cfg)
	}
	var err error
	r.hub, err = hub.New(cfg)
	if err != nil {
		r.t.Fatal(err)
	}
	l, err := net.Listen("tcp", r.addr)
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
		_ = r.store.Close() // the test is about what is in it
	})
}

// add keeps payments from a number to another, as deliveries bring them.
func (r *receiver) add(from, to int) {
	r.t.Helper()
	for i := from; i <= to; i++ {
		if _, _, err := r.store.Add(r.event(i)); err != nil {
			r.t.Fatal(err)
		}
	}
	r.hub.Wake()
}

// event is a payment.
func (r *receiver) event(i int) core.Event {
	r.t.Helper()
	e, malformed := appfolio.Decode(fmt.Appendf(nil, `{"id":"evt-%d","type":"payment.received","created_at":"2026-06-01T10:00:00Z","data":{"lease_id":"L-%d","amount_cents":%d,"payment_method":"ACH"}}`, i, i%7, i*100), time.Now())
	if malformed != "" {
		r.t.Fatal(malformed)
	}
	return e
}

// laptop is a desk.
type laptop struct {
	sharesNothing

	t     testing.TB
	dir   string
	seat  desk.Seat
	key   nkeys.KeyPair
	store *store.DB

	carries []bool // what Replace was told, each time

	adjust func(*desk.Config) // nil: nothing is otherwise than in the program

	mu    sync.Mutex
	state core.OfficeStatus
	news  chan struct{} // capacity 1: the state has changed
	wake  chan struct{} // the receiver is to be asked at once
	ended error
	stop  func()
}

// Replace goes on with a backup.
func (l *laptop) Replace(ctx context.Context, path string, carry bool) (aside string, err error) {
	l.carries = append(l.carries, carry)
	c, err := l.store.Examine(ctx, path, nil)
	if err != nil {
		return "", err
	}
	aside = "aside-" + rand.Text() + ".db" // a power cut may leave one
	_, err = c.Adopt(aside)
	return aside, err
}

// Tell notes how following goes, and deletes what the receiver has deleted.
func (l *laptop) Tell(s core.OfficeStatus) {
	if s.Facts.Gone > 0 {
		if _, err := l.store.PruneTo(context.Background(), s.Facts.Gone, s.Facts.Before); err != nil {
			l.t.Error(err)
		}
	}
	l.mu.Lock()
	l.state = s
	l.mu.Unlock()
	select {
	case l.news <- struct{}{}:
	default:
	}
}

func (l *laptop) Wake() <-chan struct{}          { return l.wake }
func (l *laptop) Summary() (core.Summary, error) { return l.store.Summary() }
func (l *laptop) Copy(events []core.Event) error { return l.store.Copy(events) }

// join has a new desk join the office.
func (r *receiver) join(name string) *laptop {
	r.t.Helper()
	l := r.enrol(name, r.t.TempDir())
	l.start()
	r.t.Cleanup(func() { l.stop() })
	return l
}

// enrol has a desk join that does not follow yet. How it proves the code is tested where
// pairing is.
func (r *receiver) enrol(name, dir string) *laptop {
	r.t.Helper()
	if _, err := r.roster.Invite(r.t.Context(), time.Now()); err != nil {
		r.t.Fatal(err)
	}
	l := &laptop{t: r.t, dir: dir, news: make(chan struct{}, 1), wake: make(chan struct{}, 1)}
	var err error
	if l.key, err = nkeys.CreateUser(); err != nil {
		r.t.Fatal(err)
	}
	public, err := l.key.PublicKey()
	if err != nil {
		r.t.Fatal(err)
	}
	proven := func(office.Verifier) bool { return true }
	joined, _, err := r.roster.Admit(r.t.Context(), time.Now(), office.Desk{Name: name, Key: public}, proven)
	if err == nil {
		err = r.hub.Admit()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	l.seat = desk.Seat{Address: r.addr, Pin: r.hub.Pin(), Name: joined.Name}
	return l
}

func (l *laptop) start() {
	l.t.Helper()
	var err error
	if l.store, err = store.Open(l.dir); err != nil {
		l.t.Fatal(err)
	}
	cfg := desk.Config{
		Seat: l.seat, Key: l.key, Desk: l, Decode: store.Decode, Dir: l.dir, Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Keep: func(s desk.Seat) error { l.seat = s; return nil },
	}
	if l.adjust != nil {
		l.adjust(&cfg)
	}
	f := desk.New(cfg)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		err := f.Run(ctx)
		l.mu.Lock()
		l.ended = err
		l.mu.Unlock()
	})
	l.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		_ = l.store.Close() // as above
	})
}

// await waits until the desk's state is as wanted.
func (l *laptop) await(what string, wanted func(core.OfficeStatus) bool) {
	l.t.Helper()
	limit := time.After(time.Minute)
	for {
		l.mu.Lock()
		s := l.state
		l.mu.Unlock()
		if wanted(s) {
			return
		}
		select {
		case <-l.news:
		case <-limit:
			l.t.Fatalf("%s: it is not so; the state is %+v", what, s)
		}
	}
}

// has waits until the desk has as many events, and compares them with the receiver's.
func (l *laptop) has(r *receiver, n int) {
	l.t.Helper()
	l.await(fmt.Sprintf("%d events", n), func(s core.OfficeStatus) bool {
		have, err := l.store.Summary()
		return err == nil && have.LastSeq == uint64(n) && s.Following
	})
	if mine, theirs := all(l.t, l.store), all(l.t, r.store); mine != theirs {
		l.t.Errorf("the desk has\n%s\nthe receiver\n%s", mine, theirs)
	}
}

// all is everything that a store says of its events.
func all(t testing.TB, db *store.DB) string {
	t.Helper()
	var text strings.Builder
	err := db.Each(t.Context(), core.Query{}, func(e core.Event) error {
		fmt.Fprintf(&text, "%d %s %s %s %s %v %s\n", e.Seq, e.ID, e.Type, e.OccurredAt, e.ReceivedAt, e.Detail, e.Body)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func TestADeskHasWhatTheReceiverHas(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.add(1, 300)
	l := r.join("Front desk")
	l.has(r, 300)
	r.add(301, 305)
	l.has(r, 305)
}

func TestADeskThatWasAwayCatchesUp(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 10)
	l.has(r, 10)
	l.stop()
	r.add(11, 700)
	l.start()
	l.has(r, 700)
	r.stop()
	l.await("out of reach", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrUnreachable) })
	r.start()
	r.add(701, 702)
	l.has(r, 702)
}

func TestAStreamThatIsLostIsPublishedAgain(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 50)
	l.has(r, 50)
	r.stop()
	if err := os.RemoveAll(filepath.Join(r.dir, "office")); err != nil {
		t.Fatal(err)
	}
	r.start()
	r.add(51, 60)
	l.has(r, 60)
}

func TestARestoredFileIsAnotherBeginning(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 20)
	l.has(r, 20)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := r.store.Backup(t.Context(), backup, time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	r.add(21, 30)
	l.has(r, 30)
	c, err := r.store.Examine(t.Context(), backup, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Adopt("aside.db"); err != nil {
		t.Fatal(err)
	}
	r.add(101, 115)
	l.has(r, 35)
	if !slices.Equal(l.carries, []bool{false, true}) {
		t.Errorf("what was changed here was carried over: %v; want it from the second time on", l.carries)
	}
}

func TestADeskThatWasRemovedIsCutOffAndToldSo(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l, other := r.join("Front desk"), r.join("Home")
	r.add(1, 5)
	l.has(r, 5)
	other.has(r, 5)
	if _, err := r.roster.Revoke(t.Context(), "Front desk"); err != nil {
		t.Fatal(err)
	}
	if err := r.hub.Admit(); err != nil {
		t.Fatal(err)
	}
	l.await("removed", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrRevoked) })
	r.add(6, 7)
	other.has(r, 7)
	if s, err := l.store.Summary(); err != nil || s.LastSeq != 5 {
		t.Errorf("the desk that was removed has %d, %v", s.LastSeq, err)
	}
}

func TestNobodyElseIsTakenForTheReceiver(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 3)
	l.has(r, 3)
	r.stop()
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	r.key = key
	r.start()
	l.await("a stranger", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrStranger) })
}

func TestTheReceiverKnowsWhichDesksAreThere(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 9)
	l.has(r, 9)
	if err := r.hub.LookAtDesks(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := r.roster.Desks()[0]; d.LastSeen.IsZero() || d.Seq != 9 {
		t.Errorf("%+v", d)
	}
}

func TestANewDeskDoesNotBeginFarBehind(t *testing.T) {
	r := newReceiver(t)
	l := r.join("Front desk")
	l.has(r, 0)
	begins := func() uint64 {
		t.Helper()
		m, err := l.speak().Request(office.SubjectSnapshot, nil, 10*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		var answer office.SnapshotAnswer
		if err := json.Unmarshal(m.Data, &answer); err != nil || answer.Error != "" {
			t.Fatalf("%s: %v", m.Data, err)
		}
		return answer.Seq
	}
	r.addMany(1, 100)
	l.hasUpTo(100)
	if seq := begins(); seq != 0 {
		t.Errorf("a copy is made anew for 100 events: it has %d", seq)
	}
	r.addMany(101, 6_000)
	l.hasUpTo(6_000)
	if seq := begins(); seq != 6_000 {
		t.Errorf("a new desk begins with %d events of 6000", seq)
	}
	r.join("Home").has(r, 6_000) // a copy of more chunks than are on their way at a time
}

// A desk that has been taken over speaks NATS itself.
func TestADeskCanOnlyRead(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 3)
	l.has(r, 3)
	l.stop()
	conn := l.speak()
	js, err := jetstream.New(conn, jetstream.WithDefaultTimeout(time.Second/4))
	if err != nil {
		t.Fatal(err)
	}
	for what, try := range map[string]func() error{
		"forges an event":    func() error { _, err := js.Publish(t.Context(), "event.x", []byte("x")); return err },
		"deletes the stream": func() error { return js.DeleteStream(t.Context(), office.StreamEvents) },
		"clears the stream": func() error {
			s, err := js.Stream(t.Context(), office.StreamEvents)
			return errors.Join(err, s.Purge(t.Context()))
		},
		"makes a stream": func() error { _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "X"}); return err },
		"changes the epoch": func() error {
			kv, err := js.KeyValue(t.Context(), office.BucketOffice)
			if err != nil {
				return nil
			}
			_, err = kv.PutString(t.Context(), office.KeyEpoch, "x")
			return err
		},
		"listens to everyone": func() error {
			sub, err := conn.SubscribeSync(">")
			if err != nil {
				return err
			}
			_, err = sub.NextMsg(time.Second / 4)
			return err
		},
	} {
		if try() == nil {
			t.Errorf("a desk %s", what)
		}
	}
	r.add(4, 5)
	l.start()
	l.has(r, 5)
}

// speak connects with the desk's key, without what desks are made of.
func (l *laptop) speak() *nats.Conn {
	l.t.Helper()
	key, err := l.key.PublicKey()
	if err != nil {
		l.t.Fatal(err)
	}
	conn, err := nats.Connect("nats://office", nats.SetCustomDialer(dialer(l.seat.Address)), nats.Nkey(key, l.key.Sign),
		nats.CustomInboxPrefix(office.InboxOf(key)), nats.SkipHostLookup(), nats.NoReconnect(), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(conn.Close)
	return conn
}

// dialer dials an address by the protocol of desks that have joined.
type dialer string

func (d dialer) Dial(string, string) (net.Conn, error) {
	return tls.Dial("tcp", string(d), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{office.ProtocolFollow}})
}

func (dialer) SkipTLSHandshake() bool { return true }

func TestStrangersAreNotLetIn(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.join("Front desk").has(r, 0) // the office is open
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nats.Connect("nats://office", nats.SetCustomDialer(dialer(r.addr)), nats.Nkey(public, key.Sign), nats.SkipHostLookup(), nats.NoReconnect()); !errors.Is(err, nats.ErrAuthorization) {
		t.Errorf("a key that nobody let in: %v", err)
	}
	if _, err := nats.Connect("nats://office", nats.SetCustomDialer(dialer(r.addr)), nats.SkipHostLookup(), nats.NoReconnect()); err == nil {
		t.Error("no key is let in")
	}
}

// sharesNothing is a core.SharedDesk without anything to share.
type sharesNothing struct{}

func (sharesNothing) Claims(string, core.ExportOffice)        {}
func (sharesNothing) Account(core.StatementAccount) error     { return nil }
func (sharesNothing) Agreed(map[string]string) error          { return nil }
func (sharesNothing) Changed() <-chan struct{}                { return nil }
func (sharesNothing) PastExports() ([]core.PastExport, error) { return nil, nil }
func (sharesNothing) Compare(context.Context, map[string]string, bool) (map[string]string, error) {
	return nil, nil
}
