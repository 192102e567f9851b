package launch

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

// TestDemosShowWhatTheRadarFinds waits until each has found something of every kind.
func TestDemosShowWhatTheRadarFinds(t *testing.T) {
	for _, kind := range []core.Kind{core.KindWebhookAPI, core.KindDeveloperSpace} {
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

func everyKind() map[core.FindingKind]bool {
	kinds := map[core.FindingKind]bool{}
	for _, kind := range core.FindingKinds() {
		kinds[kind] = true
	}
	delete(kinds, core.FindRefund) // there need be none
	return kinds
}
