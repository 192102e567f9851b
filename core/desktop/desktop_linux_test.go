package desktop

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"rentbell/core"
	"rentbell/core/bustest"
)

// shown is a notification as the service got it.
type shown struct {
	App, Title, Body string
	Actions          []string
	Hints            map[string]dbus.Variant
}

// standIn is a notification service. Its methods are those on the bus.
type standIn struct {
	conn *dbus.Conn
	can  []string

	mu    sync.Mutex
	last  uint32
	got   []shown
	eager bool // presses a notification before its number has been told
}

// serve puts a stand-in on the bus.
func serve(t *testing.T, can ...string) *standIn {
	t.Helper()
	s := &standIn{conn: connect(t), can: can}
	if err := s.conn.Export(s, "/org/freedesktop/Notifications", service); err != nil {
		t.Fatal(err)
	}
	own(t, s.conn, service)
	return s
}

func connect(t *testing.T) *dbus.Conn {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // a test may have closed it already
	return conn
}

func own(t *testing.T, conn *dbus.Conn, name string) {
	t.Helper()
	if reply, err := conn.RequestName(name, dbus.NameFlagDoNotQueue); err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: reply %d, %v", name, reply, err)
	}
}

func (s *standIn) GetCapabilities() ([]string, *dbus.Error) { return s.can, nil }

func (s *standIn) Notify(app string, _ uint32, _, title, body string, actions []string, hints map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	s.got = append(s.got, shown{app, title, body, actions, hints})
	if s.eager {
		s.press(s.last)
	}
	return s.last, nil
}

// all is what it has been given.
func (s *standIn) all() []shown {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

// set changes how it behaves.
func (s *standIn) set(last uint32, eager bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last, s.eager = last, eager
}

func (s *standIn) press(id uint32) {
	if err := s.conn.Emit("/org/freedesktop/Notifications", service+".ActionInvoked", id, "default"); err != nil {
		panic(err)
	}
}

func newDesktop(t *testing.T) *Desktop {
	t.Helper()
	d := New(image.NewNRGBA(image.Rect(0, 0, 3, 2)))
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestANoticeIsShownAsItIs(t *testing.T) {
	bustest.Session(t)
	s := serve(t, "body", "actions")
	d := newDesktop(t)
	for _, n := range []core.Notice{
		{Title: "Rent received: $1,450.00", Body: "A & B <b>", Press: "Open"},
		{Title: "Lease signed", Silent: true},
	} {
		if err := d.Notify(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	first, second := s.all()[0], s.all()[1]
	if first.App != "Rentbell" || first.Title != "Rent received: $1,450.00" || first.Body != "A & B <b>" || strings.Join(first.Actions, " ") != "default Open" {
		t.Errorf("got %+v", first)
	}
	if first.Hints["suppress-sound"].Value() != false || first.Hints["sound-name"].Value() == nil {
		t.Errorf("one that sounds has the hints %v", first.Hints)
	}
	if second.Hints["suppress-sound"].Value() != true || second.Hints["sound-name"].Value() != nil {
		t.Errorf("a silent one has the hints %v", second.Hints)
	}
	var icon picture
	if err := dbus.Store([]any{first.Hints["image-data"].Value()}, &icon); err != nil || icon.Width != 3 || icon.Height != 2 || len(icon.Pixels) != 24 {
		t.Errorf("the icon is sent as %+v, %v", icon, err)
	}
}

func TestWhereABodyIsMarkupItIsEscaped(t *testing.T) {
	bustest.Session(t)
	s := serve(t, "body-markup")
	const hostile, want = `<b>&amp;</b> "x" 'y' <img src="file:///etc/passwd">`,
		`&lt;b&gt;&amp;amp;&lt;/b&gt; &quot;x&quot; &#39;y&#39; &lt;img src=&quot;file:///etc/passwd&quot;&gt;`
	if err := newDesktop(t).Notify(t.Context(), core.Notice{Title: "<i>", Body: hostile}); err != nil {
		t.Fatal(err)
	}
	if got := s.all()[0]; got.Body != want || got.Title != "<i>" { // a title is never markup
		t.Errorf("got %q and %q", got.Title, got.Body)
	}
}

// press is how a test waits for one.
type press chan string

func (p press) of(name string) func() { return func() { p <- name } }

func (p press) next(t *testing.T) string {
	t.Helper()
	select {
	case name := <-p:
		return name
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was pressed")
	}
	return ""
}

func TestPressingOneCallsBackOnceAndOnlyForOurs(t *testing.T) {
	bustest.Session(t)
	s, d := serve(t), newDesktop(t)
	pressed := make(press, 10)
	for _, name := range []string{"one", "two", "three"} {
		if err := d.Notify(t.Context(), core.Notice{Title: name, Pressed: pressed.of(name)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.conn.Emit("/org/freedesktop/Notifications", service+".NotificationClosed", uint32(1), uint32(2)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []uint32{1, 77, 2, 2, 3} { // closed, somebody else's, ours, again, ours
		s.press(id)
	}
	if a, b := pressed.next(t), pressed.next(t); a != "two" || b != "three" || len(pressed) > 0 {
		t.Errorf("pressed %s, %s and %d more, want two and three", a, b, len(pressed))
	}
}

func TestAPressIsHeardEvenBeforeTheNumberIsKnown(t *testing.T) {
	bustest.Session(t)
	s, d := serve(t), newDesktop(t)
	s.set(0, true)
	pressed := make(press, 1)
	if err := d.Notify(t.Context(), core.Notice{Pressed: pressed.of("early")}); err != nil {
		t.Fatal(err)
	}
	pressed.next(t)
}

func TestAServiceThatStartsAnewDoesNotPressOldOnes(t *testing.T) {
	bustest.Session(t)
	s, d := serve(t), newDesktop(t)
	pressed := make(press, 10)
	notify := func(name string) {
		t.Helper()
		if err := d.Notify(t.Context(), core.Notice{Pressed: pressed.of(name)}); err != nil {
			t.Fatal(err)
		}
	}
	notify("old")
	if err := s.conn.Close(); err != nil {
		t.Fatal(err)
	}
	s = serve(t)
	s.press(1)
	s.set(1, false)
	notify("new")
	s.press(2)
	if got := pressed.next(t); got != "new" || len(pressed) > 0 {
		t.Errorf("pressed %s", got)
	}
}

func TestPressesAreBounded(t *testing.T) {
	var p presses
	for id := range uint32(3 * mostShown) {
		p.wait(id+1, func() {})
	}
	if len(p.shown) != mostShown || p.take(3*mostShown) == nil || p.take(1) != nil {
		t.Errorf("waits for %d", len(p.shown))
	}
}

func TestWithoutAServiceNobodyCanShowIt(t *testing.T) {
	t.Run("bus", func(t *testing.T) {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
		d := newDesktop(t)
		if err := d.Notify(t.Context(), core.Notice{}); !errors.Is(err, core.ErrNoNotifier) || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
		if d.Tray(t.Context()) {
			t.Error("has a tray")
		}
	})
	t.Run("service", func(t *testing.T) {
		bustest.Session(t)
		if err := newDesktop(t).Notify(t.Context(), core.Notice{}); !errors.Is(err, core.ErrNoNotifier) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("answer", func(t *testing.T) {
		bustest.Session(t)
		own(t, connect(t), service)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := newDesktop(t).Notify(ctx, core.Notice{}); err == nil {
			t.Error("a call that was given up is no error")
		}
	})
}

func TestATrayIsOneThatSomebodyShows(t *testing.T) {
	bustest.Session(t)
	d := newDesktop(t)
	if d.Tray(t.Context()) {
		t.Error("an empty bus has a tray")
	}
	conn := connect(t)
	own(t, conn, watcher)
	if !d.Tray(t.Context()) {
		t.Error("a watcher that says nothing is not believed")
	}
	for _, host := range []bool{false, true} {
		_, err := prop.Export(conn, "/StatusNotifierWatcher", prop.Map{watcher: {"IsStatusNotifierHostRegistered": {Value: host}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Tray(t.Context()); got != host {
			t.Errorf("with a host %v: a tray %v", host, got)
		}
	}
}
