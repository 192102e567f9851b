package core

import (
	"testing"
	"time"
)

func TestADigestIsDueOnTheWallClock(t *testing.T) {
	morning := DayMinute(8*60 + 30)
	tests := []struct {
		d           Digest
		since, want string
	}{
		{Digest{AtOnce, morning}, "2026-06-18 10:42", "2026-06-18 10:42"},
		{Digest{Hourly, morning}, "2026-06-18 10:42", "2026-06-18 11:00"},
		{Digest{Hourly, morning}, "2026-06-18 10:00", "2026-06-18 11:00"},
		{Digest{Hourly, morning}, "2026-06-18 23:59", "2026-06-19 00:00"},
		{Digest{Hourly, morning}, "2026-03-08 01:30", "2026-03-08 03:00"}, // the clocks go forward
		{Digest{Daily, morning}, "2026-06-18 08:29", "2026-06-18 08:30"},
		{Digest{Daily, morning}, "2026-06-18 08:30", "2026-06-19 08:30"},
		{Digest{Daily, morning}, "2026-06-19 10:42", "2026-06-20 08:30"},
		{Digest{Daily, morning}, "2026-03-07 10:00", "2026-03-08 08:30"},
		{Digest{Daily, morning}, "2026-10-31 10:00", "2026-11-01 08:30"},
		{Digest{Workdays, morning}, "2026-06-19 10:42", "2026-06-22 08:30"}, // Friday to Monday
		{Digest{Workdays, morning}, "2026-06-21 08:00", "2026-06-22 08:30"},
	}
	for _, tt := range tests {
		if got := tt.d.due(at(t, tt.since)); !got.Equal(at(t, tt.want)) {
			t.Errorf("%s from %s: due %v, want %s", tt.d.Rhythm, tt.since, got, tt.want)
		}
	}
	first := at(t, "2026-11-01 00:30").Add(time.Hour) // 1:30 for the first time
	if got := (Digest{Rhythm: Hourly}).due(first); got.Sub(first) != 30*time.Minute {
		t.Errorf("in autumn's doubled hour the digest comes after %v", got.Sub(first))
	}
	left := Digest{Daily, 2*60 + 30}.due(at(t, "2026-03-07 12:00")) // 2:30 AM is left out
	if left.Before(at(t, "2026-03-08 01:30")) || left.After(at(t, "2026-03-08 03:30")) {
		t.Errorf("at a time that is left out the digest is due %v", left)
	}
}

// bench is a round of announcing whose day passes minute by minute.
type bench struct {
	round
	s Settings
}

const wall = "2006-01-02 15:04"

// rings tells the bench what comes and returns what rings until the end, both by
// the minute on the wall clock.
func (b *bench) rings(from, until time.Time, events map[string]Event) map[string]Ring {
	rang := map[string]Ring{}
	for now := from; now.Before(until); now = now.Add(time.Minute) {
		if e, ok := events[now.Format(wall)]; ok {
			b.hear(e, b.s, now)
		}
		if ring := b.ring(b.s, now); ring != nil {
			rang[now.Format(wall)] = *ring
		}
	}
	return rang
}

func TestWhatTheQuietHoursHeldRingsOnceWhenTheyEnd(t *testing.T) {
	b := bench{s: DefaultSettings()}
	b.s.Bell.Quiet.On = true
	rang := b.rings(at(t, "2026-03-07 20:00"), at(t, "2026-03-08 12:00"), map[string]Event{
		"2026-03-07 20:30": paid(100),
		"2026-03-07 21:00": paid(2000),
		"2026-03-08 01:59": {Detail: WorkOrder{Priority: "Urgent"}},
		"2026-03-08 06:59": paid(30000),
		"2026-03-08 07:30": paid(4),
	})
	if len(rang) != 4 {
		t.Fatalf("%d rings: %+v", len(rang), rang)
	}
	missed := rang["2026-03-08 07:00"]
	if !missed.Missed || missed.Count != 2 || missed.Received != 32000 || missed.Event != nil {
		t.Errorf("when they end: %+v", missed)
	}
	if r := rang["2026-03-08 03:00"]; r.Missed || r.Count != 1 || r.Event == nil { // a minute after 1:59
		t.Errorf("the emergency rings as %+v", r)
	}
	if r := rang["2026-03-08 07:31"]; r.Missed || r.Count != 1 {
		t.Errorf("the next payment rings as %+v", r)
	}
}

func TestADigestRingsOnceAndNotInQuietHours(t *testing.T) {
	b := bench{s: DefaultSettings()}
	b.s.Bell.Digest.Rhythm = Hourly
	b.s.Bell.Quiet.On = true
	rang := b.rings(at(t, "2026-06-18 18:00"), at(t, "2026-06-19 12:00"), map[string]Event{
		"2026-06-18 18:05": paid(100),
		"2026-06-18 18:10": {Detail: WorkOrder{Priority: "Emergency"}},
		"2026-06-18 18:59": paid(200),
		"2026-06-18 20:30": paid(300), // due as the quiet begins
		"2026-06-18 22:00": paid(400),
	})
	want := map[string]int{"2026-06-18 18:11": 1, "2026-06-18 19:00": 2, "2026-06-19 07:00": 2}
	if len(rang) != len(want) {
		t.Errorf("%d rings: %+v", len(rang), rang)
	}
	for when, count := range want {
		if r := rang[when]; r.Count != count || r.Missed {
			t.Errorf("at %s: %+v, want %d events", when, r, count)
		}
	}
}

func TestWhatIsHeldFollowsTheSettings(t *testing.T) {
	now := at(t, "2026-06-18 22:00")
	s := DefaultSettings()
	s.Bell.Quiet.On = true
	var h held
	if h.look(now) != 0 {
		t.Error("waits for nothing")
	}
	h.add(paid(1), true, now)
	if got := h.look(now.Add(20 * time.Second)); got != 40*time.Second {
		t.Errorf("looks again after %v, want at the next full minute", got)
	}
	if h.take(s, now) != nil {
		t.Error("rings in quiet hours")
	}
	s.Bell.Quiet.On = false
	s.MutedUntil = now.Add(time.Hour)
	if h.take(s, now) != nil {
		t.Error("rings while paused")
	}
	s.MutedUntil = time.Time{}
	if r := h.take(s, now); r == nil || r.Count != 1 || r.Event == nil || r.Missed {
		t.Errorf("with quiet hours turned off it rings as %+v", r)
	}
	if h.take(s, now) != nil {
		t.Error("rings twice")
	}
}
