package launch

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

// TestDemosShowWhatTheRadarFinds waits until each has found something of every kind.
func TestDemosShowWhatTheRadarFinds(t *testing.T) {
	for _, kind := range []core.Kind{core.KindWebhookAPI, core.KindDeveloperSpace, core.KindReports} {
		t.Run(string(kind), func(t *testing.T) {
			d, err := OpenDemo(Options{Program: "test", Connection: Connection{Kind: kind}, Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
			defer stop()
			changed := make(chan struct{}, 1) // one is enough to look again
			d.Watch(func(core.Change) {
				select {
				case changed <- struct{}{}:
				default:
				}
			})
			ended := make(chan struct{})
			go func() {
				d.Run(ctx)
				close(ended)
			}()
			missing := everyKind()
			for len(missing) > 0 && ctx.Err() == nil {
				select {
				case <-ctx.Done():
				case <-changed:
				}
				missing = everyKind()
				for _, f := range d.Bell.Findings() {
					delete(missing, f.Kind)
				}
			}
			if len(missing) > 0 {
				t.Errorf("nothing is found of %v", slices.Collect(maps.Keys(missing)))
			}
			if n := len(d.Bell.Findings()); n > 60 { // most pay in time
				t.Errorf("%d things are found", n)
			}
			stop()
			<-ended
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestDemoOfReportsTakesWhatComes waits until a report tells something new.
func TestDemoOfReportsTakesWhatComes(t *testing.T) {
	o := quiet()
	o.Connection.Kind = core.KindReports
	d, err := OpenDemo(o)
	if err != nil {
		t.Fatal(err)
	}
	dir := d.Dir()
	past, err := d.Bell.Summary()
	if err != nil || past.Feeds[core.FeedPayments] < 80 || past.OpenWorkOrders == 0 || past.Feeds[core.FeedLeases] < 40 {
		t.Errorf("the past holds %+v, %v", past, err)
	}
	if known := len(d.Bell.Decided().Leases); known < 40 {
		t.Errorf("%d rents are known", known)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	d.Watch(func(c core.Change) {
		if len(c.Fresh) > 0 && len(c.Status.Reports.Newest) == len(core.ReportKinds()) {
			cancel()
		}
	})
	d.Run(ctx)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Errorf("no report told anything new; they go so: %+v", d.Bell.Status().Reports)
	}
	if failed := d.Bell.Status().Reports.Failed; len(failed) > 0 {
		t.Errorf("reports failed: %+v", failed)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the demo's directory is still there: %v", err)
	}
}

func everyKind() map[core.FindingKind]bool {
	kinds := map[core.FindingKind]bool{}
	for _, kind := range core.FindingKinds() {
		kinds[kind] = true
	}
	delete(kinds, core.FindRefund) // there need be none
	return kinds
}
