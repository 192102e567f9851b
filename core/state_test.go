package core_test

import (
	"testing"
	"time"

	"rentbell/core"
)

func TestTallyForgetsTheFutureWhenTheClockIsPutBack(t *testing.T) {
	now := time.Date(2026, 6, 18, 10, 40, 0, 0, time.UTC)
	ago := now.AddDate(-1, 0, 0)
	var tally core.Tally
	for range 3 {
		tally = tally.Add(now)
	}
	tally = tally.Add(ago)
	if n := tally.Since(ago.Add(-time.Hour)); n != 1 || tally.Count != 4 {
		t.Errorf("%d of today, %d in all; want 1 and 4", n, tally.Count)
	}
	for range 100 { // a clock that cannot decide
		tally = tally.Add(now).Add(ago)
	}
	if n := len(tally.Hours); n > 25 {
		t.Errorf("it remembers %d hours", n)
	}
}
