//go:build linux

package main_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// How long the window is watched; with -short, half as long while idle.
const (
	memoryAfter = 10 * time.Second
	idleFor     = 20 * time.Second
	calm        = time.Second // a picture that has not changed for so long is complete
)

// A contender is a program whose window is measured.
type contender struct {
	name        string
	command     []string
	environment []string
	figures     map[figure][]float64
}

// figure is what is measured of a window.
type figure int

const (
	untilMapped figure = iota
	untilDrawn
	untilWhole
	residentMiB
	anonymousMiB
	visibleCPU
	visibleWakeups
	hiddenCPU
	hiddenWakeups
	figures
)

var figureNames = [figures]string{
	untilMapped: "ms to the mapped window", untilDrawn: "ms to the first picture", untilWhole: "ms to the whole picture",
	residentMiB: "MiB resident after 10 s", anonymousMiB: "of these anonymous",
	visibleCPU: "% of a core, visible", visibleWakeups: "wake-ups a second, visible",
	hiddenCPU: "% of a core, hidden", hiddenWakeups: "wake-ups a second, hidden",
}

// TestMeasureWindow measures Rentbell's window beside an empty one of Fyne's, which
// is the floor: how soon it is there, and what it costs while nothing happens. It
// runs by `make bench-window`, and with -short, without a million events, by `make
// bench`. It promises nothing.
func TestMeasureWindow(t *testing.T) {
	rounds, err := strconv.Atoi(os.Getenv("RENTBELL_BENCH_WINDOW"))
	if err != nil {
		t.Skip("make bench and make bench-window run it")
	}
	need(t, "Xvfb", "dbus-daemon")
	empty := filepath.Join(t.TempDir(), "empty")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", empty, "./testdata/empty").CombinedOutput(); err != nil {
		t.Fatalf("build the empty window: %v\n%s", err, out)
	}
	program := filepath.Join(t.TempDir(), "rentbell")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build the app: %v\n%s", err, out)
	}
	setUp := []string{"APPFOLIO_WEBHOOK_SECRET=" + webhookSecret}
	all := []*contender{
		{name: "empty window", command: []string{empty}},
		{name: "Rentbell", command: []string{program, "--data", t.TempDir()}, environment: setUp},
		{name: "an entry has the focus", command: []string{program, "--data", t.TempDir()}}, // the first start's
	}
	if !testing.Short() {
		million := t.TempDir()
		fillMillion(t, million)
		all = append(all, &contender{name: "a million events", command: []string{program, "--data", million}, environment: setUp})
	}
	for _, c := range all {
		c.figures = map[figure][]float64{}
	}
	for round := range rounds {
		for i := range 3 * len(all) { // in turn, so that all feel the same disturbance
			c := all[(i+round)%len(all)]
			t.Run(fmt.Sprintf("start/%s", c.name), func(t *testing.T) { c.measureStart(t) })
		}
		t.Run("idle", func(t *testing.T) { // side by side, for the same reason
			for _, c := range all {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.measureIdle(t)
				})
			}
		})
	}
	t.Log("\n" + table(all))
	fmt.Println(benchmarkLine(all[0], all[1], all[2]))
}

// benchmarkLine tells the figures that have goals as a benchmark would.
func benchmarkLine(empty, rentbell, focused *contender) string {
	line := "BenchmarkWindow 1"
	for _, m := range []struct {
		unit    string
		what    figure
		of, per *contender
	}{
		{"mapped", untilMapped, rentbell, empty},
		{"resident", residentMiB, rentbell, empty},
		{"idle", visibleCPU, rentbell, empty},
		{"focused", visibleCPU, focused, rentbell},
	} {
		line += fmt.Sprintf(" %.3f %s", m.of.median(m.what)/m.per.median(m.what), m.unit)
	}
	return line
}

// window starts the program and waits for its window.
func (c *contender) window(t *testing.T) (a *app, o *onlooker, id uint32, began time.Time) {
	t.Helper()
	d := startDesktop(t)
	o = lookOn(t, d.display)
	listen := []string{"--listen", freeAddress(t)}
	if len(c.command) == 1 { // the empty one knows no flags
		listen = nil
	}
	environment := append(slices.Clone(c.environment), "HOME="+homeThatCloses(t))
	began = time.Now()
	a = launch(t, d, environment, append(slices.Clone(c.command), listen...))
	id, err := o.window()
	if err != nil {
		t.Fatalf("wait for the window: %v", err)
	}
	return a, o, id, began
}

// homeThatCloses makes a home directory in which Rentbell's user knows what
// closing the window does. Otherwise closing it would open a dialog.
func homeThatCloses(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	preferences := filepath.Join(home, ".config", "fyne", "app.rentbell.Rentbell")
	for _, dir := range []string{preferences, filepath.Join(home, ".cache")} { // Fyne does not make the latter
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(preferences, "preferences.json"), []byte(`{"told what closing does": true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

func (c *contender) measureStart(t *testing.T) {
	a, o, _, began := c.window(t)
	c.note(untilMapped, milliseconds(time.Since(began)))
	const corner = 32 // is drawn with everything else, and quickly looked at
	for drawn := false; !drawn; {
		var err error
		if _, drawn, err = o.picture(corner, corner); err != nil {
			t.Fatalf("look at the screen: %v", err)
		}
	}
	changed := time.Now()
	c.note(untilDrawn, milliseconds(changed.Sub(began)))
	if err := o.watchDrawing(); err != nil {
		t.Fatalf("watch the screen: %v", err)
	}
	var before []byte
	for drawn := true; drawn; {
		now, _, err := o.picture(1180, 760)
		if err != nil {
			t.Fatalf("look at the screen: %v", err)
		}
		if !bytes.Equal(now, before) {
			before, changed = now, time.Now()
		}
		if drawn, err = o.awaitDrawing(changed.Add(calm)); err != nil {
			t.Fatalf("watch the screen: %v", err)
		}
	}
	c.note(untilWhole, milliseconds(changed.Sub(began)))
	a.signal(t, syscall.SIGTERM)
	<-a.status
}

func (c *contender) measureIdle(t *testing.T) {
	a, o, id, _ := c.window(t)
	pid := a.cmd.Process.Pid
	a.stay(t, memoryAfter)
	resident, anonymous := memoryOf(t, pid)
	c.note(residentMiB, resident)
	c.note(anonymousMiB, anonymous)
	c.noteIdle(t, a, visibleCPU, visibleWakeups)
	if !testing.Short() {
		if err := errors.Join(o.close(id), o.closed(id)); err != nil {
			t.Fatalf("close the window: %v", err)
		}
		c.noteIdle(t, a, hiddenCPU, hiddenWakeups)
	}
	a.signal(t, syscall.SIGTERM)
	<-a.status
}

func (c *contender) noteIdle(t *testing.T, a *app, cpu, wakeups figure) {
	t.Helper()
	pid, watched := a.cmd.Process.Pid, idleFor
	if testing.Short() {
		watched /= 2
	}
	before := usageOf(t, pid)
	a.stay(t, watched)
	used := usageOf(t, pid).since(before)
	c.note(cpu, 100*used.cpu.Seconds()/watched.Seconds())
	c.note(wakeups, float64(used.wakeups)/watched.Seconds())
}

func (c *contender) note(f figure, value float64) { c.figures[f] = append(c.figures[f], value) }

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }

func (c *contender) median(f figure) float64 {
	values := slices.Sorted(slices.Values(c.figures[f]))
	if len(values) == 0 {
		return 0
	}
	return values[len(values)/2]
}

// table lists the medians, and each as a multiple of the first contender's.
func table(all []*contender) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-28s", "medians")
	for _, c := range all {
		fmt.Fprintf(&b, "%24s", c.name)
	}
	for f := range figures {
		if len(all[0].figures[f]) == 0 {
			continue // not measured with -short
		}
		fmt.Fprintf(&b, "\n%-28s", figureNames[f])
		for i, c := range all {
			cell := fmt.Sprintf("%.2f", c.median(f))
			if i > 0 {
				cell += fmt.Sprintf(" (x%.2f)", c.median(f)/all[0].median(f))
			}
			fmt.Fprintf(&b, "%24s", cell)
		}
	}
	return b.String()
}

// fillMillion makes a store with a million events of 2,000 leases: mostly payments.
func fillMillion(t *testing.T, dir string) {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	const million, group = 1_000_000, 20_000
	first := time.Now().UTC().Truncate(time.Minute).Add(-million * 8 * time.Minute)
	for n := 0; n < million; n += group {
		d := core.Delivery{Events: make([]core.Event, group)}
		for i := range d.Events {
			at := first.Add(time.Duration(n+i) * 8 * time.Minute)
			d.Events[i] = madeUp(n+i, at)
		}
		if _, err := db.AddAll(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func madeUp(n int, at time.Time) core.Event {
	lease := n * 7919 % 2000
	place := core.Place{Tenant: fmt.Sprintf("Tenant Number %d", lease), Property: fmt.Sprintf("%d Maple Avenue", lease/20), Unit: fmt.Sprint(lease % 20)}
	e := core.Event{ID: fmt.Sprintf("evt_%016x", n), OccurredAt: at, ReceivedAt: at}
	switch n % 20 {
	case 0:
		e.Type, e.Detail = core.TypeTenantCreated, core.Tenant{Place: place, ID: fmt.Sprint(60_000 + lease)}
	case 1:
		e.Type, e.Detail = core.TypeLeaseSigned, core.LeaseSigned{Place: place, Lease: fmt.Sprint(40_000 + lease), MoveIn: core.DateOf(at), Months: 12}
	case 2, 3, 4, 5:
		e.Type, e.Detail = core.TypeWorkOrderUpdated, core.WorkOrder{Place: place, ID: fmt.Sprint(n % 5000), Status: "Completed", Title: "Leaking faucet"}
	default:
		e.Type = core.TypePaymentReceived
		e.Detail = core.Payment{Place: place, Lease: fmt.Sprint(40_000 + lease), Amount: core.Cents(90_000 + n*37%120_000), AmountKnown: true, Method: "eCheck", Memo: "Rent"}
	}
	e.Body = []byte(fmt.Sprintf(`{"id":%q,"type":%q,"created_at":%q,"data":{"lease_id":"%d","tenant_name":%q,"property_name":%q}}`,
		e.ID, e.Type, at.Format(time.RFC3339), 40_000+lease, place.Tenant, place.Property))
	return e
}
