package ring

import (
	"testing"
	"time"

	"rentbell/core"
)

// The clock is put back by a year while something waits.

func TestADigestIsNotHeldUntilTheYearIsBack(t *testing.T) {
	now := onWall(t, "2026-06-18 10:42")
	s := core.DefaultSettings()
	s.Bell.Digest = core.Digest{Rhythm: core.Hourly}
	var h held
	h.add(received(1), true, now)
	back := onWall(t, "2025-06-18 10:50")
	if h.take(s, back) != nil {
		t.Error("the digest rings before the hour is full")
	}
	if wait := h.look(back); wait <= 0 || wait > time.Minute {
		t.Errorf("looks again after %v", wait)
	}
	if h.take(s, onWall(t, "2025-06-18 11:00")) == nil {
		t.Error("the digest does not ring at the full hour of the clock as it is now")
	}
}

func TestTheBellRestsNoLongerBecauseTheClockWasPutBack(t *testing.T) {
	var r ringer
	r.add(received(1), true, midday)
	if r.take(midday.Add(time.Second)) == nil {
		t.Fatal("the first does not ring")
	}
	back := midday.AddDate(-1, 0, 0)
	r.add(received(2), true, back)
	if r.take(back.Add(ringGather)) == nil {
		t.Error("the bell rests for a year")
	}
	r.add(received(3), true, midday)
	if r.take(back) == nil {
		t.Error("what was gathered waits for a year")
	}
}

func TestAnAnnouncerGoesOnWhenTheClockIsPutBack(t *testing.T) {
	a := round{savedAt: midday, logged: midday}
	back := midday.AddDate(-1, 0, 0)
	if !core.Passed(back, a.savedAt, bookmarkRest) || !core.Passed(back, a.logged, rejectionRest) {
		t.Error("a rest lasts for a year")
	}
	if core.Passed(midday.Add(time.Second), midday, bookmarkRest) || !core.Passed(midday.Add(bookmarkRest), midday, bookmarkRest) {
		t.Error("a rest is not what it should be")
	}
}

func TestQuietHoursEndOnTheClockAsItIsNow(t *testing.T) {
	s := core.DefaultSettings()
	s.Bell.Quiet.On = true
	var h held
	h.add(received(1), true, onWall(t, "2026-06-18 23:00"))
	if h.take(s, onWall(t, "2025-06-18 23:01")) != nil {
		t.Error("rings in quiet hours")
	}
	if rang := h.take(s, onWall(t, "2025-06-19 12:00")); rang == nil || rang.Count != 1 {
		t.Errorf("after quiet hours it rings as %+v", rang)
	}
}
