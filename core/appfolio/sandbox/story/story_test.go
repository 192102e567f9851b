package story_test

import (
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox/story"
)

func TestAnyStretchOfTimeHasAStory(t *testing.T) {
	noon := time.Date(2026, time.June, 18, 12, 0, 0, 0, time.FixedZone("EDT", -4*3600))
	for _, from := range []time.Time{noon, noon.Add(-time.Minute), noon.AddDate(0, 0, -3), noon.AddDate(-12, 0, 0)} {
		facts := 0
		for range story.New(5, story.Units, from, noon).Past() {
			facts++
		}
		if facts < 40 {
			t.Errorf("since %v: got %d facts, want the leases at least", from, facts)
		}
	}
}
