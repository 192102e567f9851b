package core

import (
	"testing"
	"time"
)

func TestThePauseThatHasAnEndEndsAndTheOpenOneGoesOn(t *testing.T) {
	back := noon.AddDate(-1, 0, 0)
	tests := []struct {
		name  string
		until time.Time
		want  bool
	}{
		{"for an hour, made a year ahead", noon.Add(time.Hour), false},
		{"for an hour", back.Add(time.Hour), true},
		{"until tomorrow", back.Add(30 * time.Hour), true},
		{"until it is resumed", NoEnd, true},
		{"none", time.Time{}, false},
	}
	for _, tt := range tests {
		s := DefaultSettings()
		s.MutedUntil = tt.until
		if got := s.Verdict(paid(1), back).Why == WhyPaused; got != tt.want {
			t.Errorf("%s: paused is %v", tt.name, got)
		}
		if got := (Status{MutedUntil: tt.until}).Muted(back); got != tt.want {
			t.Errorf("%s: the status says %v", tt.name, got)
		}
	}
}

func TestAGapIsAsLongAsItWasAndNeverNegative(t *testing.T) {
	var p Presence
	if p.Close(noon, noon.AddDate(-1, 0, 0), GapOff) || len(p.Gaps) != 0 {
		t.Errorf("a time that ended before it began is noted: %+v", p.Gaps)
	}
	// The wall clock moves on while running time stands still, as in a sleep.
	began := time.Now()
	if !p.Close(began, began.Round(0).Add(8*time.Hour), GapAsleep) || p.Gaps[0].To.Sub(p.Gaps[0].From) != 8*time.Hour {
		t.Errorf("a night is noted as %+v", p.Gaps)
	}
}

func TestATallyOfAClockThatWasPutBackCountsTheLastDay(t *testing.T) {
	back := noon.AddDate(-1, 0, 0)
	tally := Tally{}.Add(noon).Add(noon).Add(back)
	if tally.Count != 3 || tally.Since(back.Add(-24*time.Hour)) != 1 || !tally.Last.Equal(back) {
		t.Errorf("%+v, of which %d within a day", tally, tally.Since(back.Add(-24*time.Hour)))
	}
}
