package desk_test

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/office/hub"
	"rentbell/store"
)

func TestADeskWhoseClockIsTwoYearsOffFollows(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.add(1, 20)
	for i, years := range []int{-2, 2} {
		l := r.enrol("Front desk", t.TempDir())
		l.adjust = func(c *desk.Config) { c.Now = func() time.Time { return time.Now().AddDate(years, 0, 0) } }
		l.start()
		t.Cleanup(func() { l.stop() })
		have := 20 + 5*i
		l.has(r, have)
		l.await("the clock was compared", func(s core.OfficeStatus) bool { return s.Skew.Abs() > 700*24*time.Hour && (s.Skew > 0) == (years > 0) })
		l.stop()
		r.add(have+1, have+5)
		l.start()
		l.has(r, have+5)
	}
}

// hole is a proxy on the way to the receiver. While it is cut it takes bytes and drops them,
// and nobody's connection ends: so a network is lost that nobody hangs up.
type hole struct {
	to  string
	cut atomic.Bool
}

// open listens until the test's end.
func (h *hole) open(t *testing.T) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var passing sync.WaitGroup
	passing.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			passing.Go(func() { h.pass(ctx, conn) })
		}
	})
	t.Cleanup(func() {
		cancel()
		_ = l.Close() // it only ends the passing on
		passing.Wait()
	})
	return l.Addr().String()
}

func (h *hole) pass(ctx context.Context, desk net.Conn) {
	receiver, err := net.Dial("tcp", h.to)
	if err != nil {
		_ = desk.Close() // the receiver is not there, which is what the desk finds
		return
	}
	closeBoth := func() { _, _ = desk.Close(), receiver.Close() }
	defer context.AfterFunc(ctx, closeBoth)()
	var ways sync.WaitGroup
	ways.Go(func() { _, _ = io.Copy(dropping{receiver, &h.cut}, desk); closeBoth() })
	ways.Go(func() { _, _ = io.Copy(dropping{desk, &h.cut}, receiver); closeBoth() })
	ways.Wait()
}

type dropping struct {
	io.Writer
	cut *atomic.Bool
}

func (d dropping) Write(b []byte) (int, error) {
	if d.cut.Load() {
		return len(b), nil
	}
	return d.Writer.Write(b)
}

func TestADeskFindsOutThatItWasCutOffAndCatchesUpAWeek(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	way := &hole{to: r.addr}
	l := r.enrol("Front desk", t.TempDir())
	l.seat.Address = way.open(t)
	l.start()
	t.Cleanup(func() { l.stop() })
	r.add(1, 10)
	l.has(r, 10)
	way.cut.Store(true)
	const week = 4_550
	r.addMany(11, week)
	other := r.join("Home")
	other.hasUpTo(week) // all was sent, and the first desk has heard none of it
	if s, err := l.store.Summary(); err != nil || s.LastSeq != 10 {
		t.Errorf("the desk that is cut off has %d, %v", s.LastSeq, err)
	}
	l.await("it is cut off", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrUnreachable) })
	way.cut.Store(false)
	l.has(r, week)
}

func TestADeskThatIsCutOffEndsSoon(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	way := &hole{to: r.addr}
	l := r.enrol("Front desk", t.TempDir())
	l.seat.Address = way.open(t)
	l.start()
	t.Cleanup(func() { l.stop() })
	r.add(1, 10)
	l.has(r, 10)
	way.cut.Store(true)
	began := time.Now()
	l.stop()
	if took := time.Since(began); took > 4*time.Second { // a question to the office takes longer
		t.Errorf("it takes %v", took)
	}
}

// A receiver that was upgraded first writes what this version cannot read.
func TestADeskThatIsTooOldSaysSoAndKeepsWhatItHas(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	l := r.join("Front desk")
	r.add(1, 10)
	l.has(r, 10)
	l.stop()
	r.add(11, 15)
	scout := r.join("Home")
	scout.has(r, 15)
	scout.stop()
	r.stop()
	r.comesFromTheFuture(16, l.seat.Epoch)
	r.serve()
	l.start()
	l.await("it is too old", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrTooNew) && !s.Following })
	if s, err := l.store.Summary(); err != nil || s.LastSeq != 15 {
		t.Errorf("it has events up to %d, %v; those up to 15 it can read", s.LastSeq, err)
	}
}

// newerFile cannot go on with a snapshot, as a store that does not know its schema.
type newerFile struct{ *laptop }

func (newerFile) Replace(context.Context, string, bool) (string, error) { return "", core.ErrNewer }

func TestADeskThatIsTooOldForTheOfficesFileSaysSo(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.add(1, 3)
	l := r.enrol("Front desk", t.TempDir())
	l.adjust = func(c *desk.Config) { c.Desk = newerFile{l} }
	l.start()
	t.Cleanup(func() { l.stop() })
	l.await("it is too old", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrTooNew) })
}

// comesFromTheFuture keeps an event, and publishes it as a later version does, while the hub
// is stopped. The store is open then.
func (r *receiver) comesFromTheFuture(i int, epoch string) {
	r.t.Helper()
	r.open()
	if _, _, err := r.store.Add(r.event(i)); err != nil {
		r.t.Fatal(err)
	}
	s, err := server.NewServer(&server.Options{DontListen: true, NoSigs: true, NoLog: true, JetStream: true, StoreDir: filepath.Join(r.dir, "office")})
	if err != nil {
		r.t.Fatal(err)
	}
	s.Start()
	defer s.WaitForShutdown()
	defer s.Shutdown()
	conn, err := nats.Connect("", nats.InProcessServer(s))
	if err != nil {
		r.t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		r.t.Fatal(err)
	}
	m := &nats.Msg{Subject: office.SubjectOf(epoch), Data: []byte("what only a later version reads"), Header: nats.Header{office.HeaderRecord: {strconv.Itoa(office.RecordVersion + 1)}}}
	if _, err := js.PublishMsg(r.t.Context(), m, jetstream.WithExpectLastSequence(uint64(i-1))); err != nil {
		r.t.Fatal(err)
	}
}

func TestADeskThatIsAheadOfTheStreamFollows(t *testing.T) {
	t.Parallel()
	goesOn := make(chan struct{})
	r := newReceiverIn(t, t.TempDir(), func(c *hub.Config) {
		c.Encode = func(e core.Event) ([]byte, error) {
			<-goesOn
			return store.Encode(e)
		}
	})
	release := sync.OnceFunc(func() { close(goesOn) })
	t.Cleanup(release)
	r.add(1, 300)
	l := r.join("Front desk")
	l.has(r, 300)
	l.await("nothing is behind", func(s core.OfficeStatus) bool { return s.Following && s.Behind == 0 })
	release()
	r.add(301, 305)
	l.has(r, 305)
}

func TestAnOfficeThatBeginsWithManyEventsIsThereSoon(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.stop()
	r.open()
	r.addMany(1, 25_000)
	r.serve()
	l := r.join("Front desk")
	l.has(r, 25_000)
	js, err := jetstream.New(l.speak())
	if err != nil {
		t.Fatal(err)
	}
	stream, err := js.Stream(t.Context(), office.StreamEvents)
	if err != nil {
		t.Fatal(err)
	}
	if first := stream.CachedInfo().State.FirstSeq; first < 15_000 {
		t.Errorf("the stream begins with event %d: desks wait until all are in it", first)
	}
	r.add(25_001, 25_003)
	l.has(r, 25_003)
}
