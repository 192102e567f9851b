package core

import (
	"testing"
	"time"
)

// The clock is put back by a year while something waits.

func TestADigestIsNotHeldUntilTheYearIsBack(t *testing.T) {
	now := at(t, "2026-06-18 10:42")
	s := DefaultSettings()
	s.Bell.Digest = Digest{Rhythm: Hourly}
	var h held
	h.add(paid(1), true, now)
	back := at(t, "2025-06-18 10:50")
	if h.take(s, back) != nil {
		t.Error("the digest rings before the hour is full")
	}
	if wait := h.look(back); wait <= 0 || wait > time.Minute {
		t.Errorf("looks again after %v", wait)
	}
	if h.take(s, at(t, "2025-06-18 11:00")) == nil {
		t.Error("the digest does not ring at the full hour of the clock as it is now")
	}
}

func TestQuietHoursEndOnTheClockAsItIsNow(t *testing.T) {
	s := DefaultSettings()
	s.Bell.Quiet.On = true
	var h held
	h.add(paid(1), true, at(t, "2026-06-18 23:00"))
	if h.take(s, at(t, "2025-06-18 23:01")) != nil {
		t.Error("rings in quiet hours")
	}
	if ring := h.take(s, at(t, "2025-06-19 12:00")); ring == nil || ring.Count != 1 {
		t.Errorf("after quiet hours it rings as %+v", ring)
	}
}

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

func TestTheBellRestsNoLongerBecauseTheClockWasPutBack(t *testing.T) {
	var r ringer
	r.add(paid(1), true, noon)
	if r.take(noon.Add(time.Second)) == nil {
		t.Fatal("the first does not ring")
	}
	back := noon.AddDate(-1, 0, 0)
	r.add(paid(2), true, back)
	if r.take(back.Add(ringGather)) == nil {
		t.Error("the bell rests for a year")
	}
	r.add(paid(3), true, noon)
	if r.take(back) == nil {
		t.Error("what was gathered waits for a year")
	}
}

func TestAnAnnouncerGoesOnWhenTheClockIsPutBack(t *testing.T) {
	a := round{savedAt: noon, logged: noon}
	back := noon.AddDate(-1, 0, 0)
	if !passed(back, a.savedAt, bookmarkRest) || !passed(back, a.logged, rejectionRest) {
		t.Error("a rest lasts for a year")
	}
	if passed(noon.Add(time.Second), noon, bookmarkRest) || !passed(noon.Add(bookmarkRest), noon, bookmarkRest) {
		t.Error("a rest is not what it should be")
	}
}

func TestAGapIsAsLongAsItWasAndNeverNegative(t *testing.T) {
	var p Presence
	if p.close(noon, noon.AddDate(-1, 0, 0), GapOff) || len(p.Gaps) != 0 {
		t.Errorf("a time that ended before it began is noted: %+v", p.Gaps)
	}
	// The wall clock moves on while running time stands still, as in a sleep.
	began := time.Now()
	if !p.close(began, began.Round(0).Add(8*time.Hour), GapAsleep) || p.Gaps[0].To.Sub(p.Gaps[0].From) != 8*time.Hour {
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
