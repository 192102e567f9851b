package ring

import (
	"testing"
	"time"

	"rentbell/core"
)

func TestWhatWasMissedWaitsForTheDeskToCatchUpAndNotForEver(t *testing.T) {
	old := received(100)
	old.ReceivedAt = midday.Add(-time.Hour)
	for name, tt := range map[string]struct {
		behind uint64
		after  time.Duration
		rings  bool
	}{
		"caught up":              {0, time.Second, true},
		"behind":                 {7, 20 * time.Second, false},
		"behind for long":        {7, awayMost, true},
		"the clock was put back": {7, -time.Hour, true},
	} {
		a := away{office: core.OfficeStatus{Name: "Home", Behind: tt.behind}}
		if !a.missed(old, midday) || a.missed(old, old.ReceivedAt.Add(missedLeast-1)) {
			t.Errorf("%s: what came to the office a minute before it came here was missed", name)
		}
		a.add(old, true, midday)
		if ring := a.take(midday.Add(tt.after)); (ring != nil) != tt.rings {
			t.Errorf("%s: it rings %+v", name, ring)
		}
	}
	if here := (away{}); here.missed(old, midday) {
		t.Error("a computer that is no desk misses nothing")
	}
}
