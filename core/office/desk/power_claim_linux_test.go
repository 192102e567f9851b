package desk_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/office/desk"
	"rentbell/core/office/hub"
	"rentbell/store"
)

// Steps of an export of what is new, in their order.
const (
	stepAsk      = "the claim is asked for"
	stepClaimed  = "the claim is got"
	stepBegun    = "the office knows what is exported"
	stepNoted    = "the desk knows what is exported"
	stepAppeared = "the file is there"
	stepKnown    = "the desk knows that it is there"
	stepTold     = "the office knows that it is there"
	stepReleased = "the claim is given back"
)

// exporter is a desk that exports, into a folder on its disk.
type exporter struct {
	*laptop
	power  *moment
	folder string // of its files
	office core.ExportOffice
	shares chan struct{} // capacity 1: the office is asked about exports from now on
}

func (x *exporter) Claims(_ string, o core.ExportOffice) { x.office = o }

func (x *exporter) PastExports() ([]core.PastExport, error) { return x.history().Settled() }

func (x *exporter) Compare(context.Context, map[string]string, bool) (map[string]string, error) {
	select {
	case x.shares <- struct{}{}:
	default:
	}
	return nil, nil
}

// history makes exports, step by step.
func (x *exporter) history() *export.History {
	h := export.NewHistory(&notes{DB: x.store, power: x.power}, func(uint64) (export.Reader, error) { return x.store, nil }, time.Now)
	h.InOffice(func() core.ExportOffice { return steppingOffice{x.office, x.power} }, nil)
	return h
}

// notes is a desk's store. It is written to as an export has begun, and as its file is there.
type notes struct {
	*store.DB
	power *moment
	begun bool
}

func (n *notes) SaveExports(past []core.PastExport) error {
	if n.begun {
		n.power.at(stepAppeared)
	}
	err := n.DB.SaveExports(past)
	if !n.begun {
		n.power.at(stepNoted)
	} else {
		n.power.at(stepKnown)
	}
	n.begun = true
	return err
}

// steppingOffice is an office, asked step by step.
type steppingOffice struct {
	core.ExportOffice
	power *moment
}

func (o steppingOffice) Claim(ctx context.Context, f core.Format, takeOver bool) (core.ExportClaim, error) {
	o.power.at(stepAsk)
	c, err := o.ExportOffice.Claim(ctx, f, takeOver)
	o.power.at(stepClaimed)
	return steppingClaim{c, o.power}, err
}

type steppingClaim struct {
	core.ExportClaim
	power *moment
}

func (c steppingClaim) Begin(e core.PastExport) (time.Time, error) {
	at, err := c.ExportClaim.Begin(e)
	c.power.at(stepBegun)
	return at, err
}

func (c steppingClaim) Done(e core.PastExport) {
	c.ExportClaim.Done(e)
	c.power.at(stepTold)
}

func (c steppingClaim) Release() {
	if c.ExportClaim == nil {
		return // it was not got
	}
	c.ExportClaim.Release()
	c.power.at(stepReleased)
}

// newExporter joins an office as a desk with a disk.
func newExporter(r *receiver, name, disk string, power *moment) *exporter {
	r.t.Helper()
	x := &exporter{laptop: r.enrol(name, filepath.Join(disk, "data")), power: power, folder: filepath.Join(disk, "exports")}
	if err := errors.Join(os.Mkdir(x.dir, 0o700), os.Mkdir(x.folder, 0o700)); err != nil {
		r.t.Fatal(err)
	}
	x.adjust = func(c *desk.Config) { c.Desk = x }
	x.laptop.stop = func() {}
	r.t.Cleanup(func() { x.laptop.stop() })
	x.follow()
	return x
}

// follow starts the desk, and waits until it can export what is new.
func (x *exporter) follow() {
	x.t.Helper()
	x.shares = make(chan struct{}, 1)
	x.start()
	select {
	case <-x.shares:
	case <-time.After(30 * time.Second):
		x.t.Fatal("the office shares nothing")
	}
}

// exportNew exports what is new into a file of that name.
func (x *exporter) exportNew(name string) error {
	_, _, err := export.New(context.Background(), x.history(), export.Target{Path: filepath.Join(x.folder, name)}, export.Query{Format: core.FormatFull, OneFile: true})
	return err
}

// exported are the texts of all files of some desks.
func exported(t *testing.T, desks ...*exporter) string {
	t.Helper()
	var all strings.Builder
	for _, x := range desks {
		files, err := filepath.Glob(filepath.Join(x.folder, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

func TestAfterAPowerCutEachPaymentIsExportedOnce(t *testing.T) {
	t.Parallel()
	for place, steps := range map[string][]string{
		"receiver": {stepAsk, stepBegun, stepAppeared, stepTold},
		"desk":     {stepAsk, stepClaimed, stepBegun, stepNoted, stepAppeared, stepKnown, stepTold, stepReleased},
	} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			d := newDisk(t)
			power, quiet := &moment{cut: d.cut}, &moment{}
			places := map[string]string{"receiver": t.TempDir(), "desk": t.TempDir()}
			places[place] = d.dir
			r := newReceiverIn(t, places["receiver"], func(*hub.Config) {})
			maria, tom := newExporter(r, "Maria", places["desk"], power), newExporter(r, "Tom", t.TempDir(), quiet)
			for i, step := range steps {
				last := 3 * (i + 1)
				r.add(last-2, last)
				maria.has(r, last)
				tom.has(r, last)
				power.set(step, 1)
				failed := maria.exportNew(fmt.Sprint(i, ".csv"))
				power.wait(t)
				maria.stop()
				tom.stop()
				r.stop()
				d.back()
				r.start()
				maria.follow()
				tom.follow()
				for _, x := range []*exporter{tom, maria} {
					_ = x.exportNew(fmt.Sprint(i, " again.csv")) // who is second is told so
				}
				text := exported(t, maria, tom)
				for n := 1; n <= last; n++ {
					if times := strings.Count(text, fmt.Sprintf(`"evt-%d"`, n)); times != 1 {
						t.Fatalf("the power is cut as %s (%v): payment %d is exported %d times\n%s", step, failed, n, times, text)
					}
				}
			}
		})
	}
}
