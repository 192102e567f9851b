package desk_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"rentbell/core"
	"rentbell/core/office/desk"
	"rentbell/core/office/hub"
	"rentbell/store"
)

// disk is an ext4 file system of its own, in a file. Its power can be cut.
type disk struct {
	t          testing.TB
	image, dir string
}

// newDisk makes one; the test is skipped where none can be mounted.
func newDisk(t testing.TB) *disk {
	t.Helper()
	d := &disk{t: t, image: filepath.Join(t.TempDir(), "disk.img"), dir: t.TempDir()}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, 64<<20); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", "-F", d.image).CombinedOutput(); err != nil {
		t.Skipf("a power cut needs mkfs.ext4: %v %s", err, out)
	}
	if out, err := d.mount(); err != nil {
		t.Skipf("a power cut needs the right to mount a file: %v %s", err, out)
	}
	t.Cleanup(func() { _ = syscall.Unmount(d.dir, syscall.MNT_DETACH) })
	return d
}

func (d *disk) mount() (out []byte, err error) {
	return exec.Command("mount", "-o", "loop", d.image, d.dir).CombinedOutput()
}

// The request to shut a file system down, and the flag that it writes nothing more, not even
// its log (fs/ext4/ext4.h in Linux).
const (
	ioctlShutdown = 0x8004587d
	noLogFlush    = 2
)

// cut cuts the power: what was not synchronised is lost, and all that follows fails.
func (d *disk) cut() {
	root, err := os.Open(d.dir)
	if err != nil {
		d.t.Errorf("cut the power: %v", err)
		return
	}
	defer func() { _ = root.Close() }() // it was only opened
	flag := uint32(noLogFlush)
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, root.Fd(), ioctlShutdown, uintptr(unsafe.Pointer(&flag))); errno != 0 {
		d.t.Errorf("cut the power: %v", errno)
	}
}

// back is the start after a power cut. No file of the disk is open.
func (d *disk) back() {
	d.t.Helper()
	if err := syscall.Unmount(d.dir, 0); err != nil {
		d.t.Fatalf("after a power cut: %v", err)
	}
	if out, err := d.mount(); err != nil {
		d.t.Fatalf("after a power cut: %v %s", err, out)
	}
}

// moment is when the power is cut: as a step is reached for the nth time.
type moment struct {
	cut func()

	mu   sync.Mutex
	step string
	left int
	came chan struct{} // closed when it was cut
}

// set chooses the next moment.
func (m *moment) set(step string, nth int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.step, m.left, m.came = step, nth, make(chan struct{})
}

// at says that a step is reached.
func (m *moment) at(step string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.step != step {
		return
	}
	if m.left--; m.left == 0 {
		m.cut()
		m.step = ""
		close(m.came)
	}
}

// wait waits until it was cut.
func (m *moment) wait(t testing.TB) {
	t.Helper()
	select {
	case <-m.came:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s: it does not come to that", m.step)
	}
}

func TestAPowerCutLosesWhatIsNotSynchronised(t *testing.T) {
	t.Parallel()
	d := newDisk(t)
	kept, lost := filepath.Join(d.dir, "kept"), filepath.Join(d.dir, "lost")
	for _, name := range []string{kept, lost} {
		file, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = file.WriteString("text")
		if name == kept {
			err = errors.Join(err, file.Sync())
		}
		if err = errors.Join(err, file.Close()); err != nil {
			t.Fatal(err)
		}
	}
	d.cut()
	d.back()
	if text, err := os.ReadFile(kept); err != nil || string(text) != "text" {
		t.Errorf("what was synchronised: %q, %v", text, err)
	}
	if text, _ := os.ReadFile(lost); len(text) > 0 {
		t.Errorf("what was not is there: %q", text)
	}
}

// Steps of the outbox, in its order. A batch's mark is written before its first event is
// encoded.
const (
	stepStart    = "JetStream has started"
	stepLook     = "the newest event is looked up"
	stepRead     = "a batch is read"
	stepEncode   = "an event is encoded"
	stepDone     = "a desk has everything"
	stepSnapshot = "a snapshot is made"
)

// steps is the receiver's store.
type steps struct {
	*store.DB
	power *moment
}

func (s steps) MakeStatementAccount() (core.StatementAccount, error) {
	s.power.at(stepStart)
	return s.DB.MakeStatementAccount()
}

func (s steps) Summary() (core.Summary, error) {
	s.power.at(stepLook)
	return s.DB.Summary()
}

func (s steps) Each(ctx context.Context, q core.Query, fn func(core.Event) error) error {
	s.power.at(stepRead)
	return s.DB.Each(ctx, q, fn)
}

func (s steps) Snapshot(ctx context.Context, path string) error {
	err := s.DB.Snapshot(ctx, path)
	s.power.at(stepSnapshot)
	return err
}

func TestAfterAPowerCutOfTheReceiverDesksHaveWhatItHas(t *testing.T) {
	t.Parallel()
	d := newDisk(t)
	power := &moment{cut: d.cut}
	r := newReceiverIn(t, d.dir, func(c *hub.Config) {
		c.Store = steps{c.Store.(*store.DB), power}
		c.Encode = func(e core.Event) ([]byte, error) {
			power.at(stepEncode)
			return store.Encode(e)
		}
	})
	l := r.join("Front desk")
	nothing := func(int) {}
	restart := func(int) { r.stop(); r.start() }
	for _, cut := range []struct {
		step string
		nth  int
		then func(kept int)
	}{
		{stepLook, 1, nothing},
		{stepRead, 1, nothing},
		{stepEncode, 1, nothing},
		{stepEncode, 7, nothing},
		{stepLook, 6, nothing},
		{stepDone, 1, func(kept int) { l.has(r, kept); power.at(stepDone) }},
		{stepStart, 1, restart},
		{stepSnapshot, 1, func(int) { r.join("Late desk") }},
	} {
		power.set(cut.step, cut.nth)
		acknowledged := r.addUntilCut()
		cut.then(acknowledged)
		power.wait(t)
		r.stop()
		l.stop() // who goes on following waits longer each time
		d.back()
		r.start()
		l.start()
		s, err := r.store.Summary()
		if err != nil || s.LastSeq < uint64(acknowledged) {
			t.Fatalf("%s, %d: the receiver has %d, %v; it acknowledged %d", cut.step, cut.nth, s.LastSeq, err, acknowledged)
		}
		next := int(s.LastSeq) + 1
		r.add(next, next)
		l.has(r, next)
	}
}

// addUntilCut keeps payments one by one until the power is cut, or there are enough for
// whatever comes next. It returns the number of the last that was acknowledged.
func (r *receiver) addUntilCut() (acknowledged int) {
	r.t.Helper()
	s, err := r.store.Summary()
	if err != nil {
		r.t.Fatal(err)
	}
	acknowledged = int(s.LastSeq)
	for range 30 {
		if _, _, err := r.store.Add(r.event(acknowledged + 1)); err != nil {
			break
		}
		acknowledged++
		r.hub.Wake()
	}
	return acknowledged
}

// Steps of a desk, in their order.
const (
	stepFetched  = "a snapshot is fetched"
	stepReplaced = "a snapshot has taken the place of all events"
	stepKeep     = "the seat is written"
	stepKept     = "the seat is kept"
	stepCopy     = "events are written"
	stepCopied   = "events are kept"
)

// deskSteps is a desk.
type deskSteps struct {
	*laptop
	power *moment
}

func (d deskSteps) Replace(ctx context.Context, path string, carry bool) (aside string, err error) {
	d.power.at(stepFetched)
	defer d.power.at(stepReplaced)
	return d.laptop.Replace(ctx, path, carry)
}

func (d deskSteps) Copy(events []core.Event) error {
	d.power.at(stepCopy)
	defer d.power.at(stepCopied)
	return d.laptop.Copy(events)
}

func (d deskSteps) keep(s desk.Seat) error {
	d.power.at(stepKeep)
	defer d.power.at(stepKept)
	return desk.WriteSeat(context.Background(), d.dir, s)
}

func TestAfterAPowerCutOfADeskItHasWhatTheReceiverHas(t *testing.T) {
	t.Parallel()
	d := newDisk(t)
	power := &moment{cut: d.cut}
	r := newReceiver(t)
	r.add(1, 20)
	l := r.enrol("Front desk", d.dir)
	l.adjust = func(c *desk.Config) { s := deskSteps{l, power}; c.Desk, c.Keep = s, s.keep }
	if err := desk.WriteSeat(t.Context(), l.dir, l.seat); err != nil {
		t.Fatal(err)
	}
	l.stop = func() {}
	t.Cleanup(func() { l.stop() })
	have, nothing := 20, func() {}
	add := func() {
		r.add(have+1, have+30)
		have += 30
	}
	otherFile := func() {
		l.has(r, have)
		r.stop()
		if err := os.Remove(filepath.Join(r.dir, "office.epoch")); err != nil {
			t.Fatal(err)
		}
		r.start()
	}
	for _, cut := range []struct {
		step string
		nth  int
		then func()
	}{
		{stepFetched, 1, nothing},
		{stepReplaced, 1, nothing},
		{stepKeep, 1, nothing},
		{stepKept, 1, nothing},
		{stepCopy, 1, add},
		{stepCopied, 1, add},
		{stepKeep, 1, otherFile}, // the epoch is not forgotten yet; it is in the next start
		{stepKept, 1, nothing},
		{stepReplaced, 1, nothing},
		{stepKept, 1, nothing},
	} {
		power.set(cut.step, cut.nth)
		l.startAgain()
		cut.then()
		power.wait(t)
		l.stop()
		d.back()
	}
	l.startAgain()
	add()
	l.has(r, have)
}

// startAgain starts the desk with the seat that its disk has.
func (l *laptop) startAgain() {
	l.t.Helper()
	var err error
	if l.seat, err = desk.ReadSeat(l.dir); err != nil {
		l.t.Fatal(err)
	}
	l.start()
}
