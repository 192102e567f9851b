package ring

import (
	"testing"
	"time"

	"rentbell/core"
)

// bench is a round of announcing whose day passes minute by minute.

type bench struct {
	round
	s core.Settings
}

const wall = "2006-01-02 15:04"

// rings tells the bench what comes and returns what rings until the end, both by

// the minute on the wall clock.

func (b *bench) rings(from, until time.Time, events map[string]core.Event) map[string]core.Ring {
	rang := map[string]core.Ring{}
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
	b := bench{s: core.DefaultSettings()}
	b.s.Bell.Quiet.On = true
	rang := b.rings(onWall(t, "2026-03-07 20:00"), onWall(t, "2026-03-08 12:00"), map[string]core.Event{
		"2026-03-07 20:30": received(100),
		"2026-03-07 21:00": received(2000),
		"2026-03-08 01:59": {Detail: core.WorkOrder{Priority: "Urgent"}},
		"2026-03-08 06:59": received(30000),
		"2026-03-08 07:30": received(4),
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
	b := bench{s: core.DefaultSettings()}
	b.s.Bell.Digest.Rhythm = core.Hourly
	b.s.Bell.Quiet.On = true
	rang := b.rings(onWall(t, "2026-06-18 18:00"), onWall(t, "2026-06-19 12:00"), map[string]core.Event{
		"2026-06-18 18:05": received(100),
		"2026-06-18 18:10": {Detail: core.WorkOrder{Priority: "Emergency"}},
		"2026-06-18 18:59": received(200),
		"2026-06-18 20:30": received(300), // due as the quiet begins
		"2026-06-18 22:00": received(400),
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
	now := onWall(t, "2026-06-18 22:00")
	s := core.DefaultSettings()
	s.Bell.Quiet.On = true
	var h held
	if h.look(now) != 0 {
		t.Error("waits for nothing")
	}
	h.add(received(1), true, now)
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

func TestOnlyChosenKindsWaitForADigest(t *testing.T) {
	b := bench{s: core.DefaultSettings()}
	odd := received(1)
	odd.Attention = core.Attention{Reason: core.ReasonMissing, Field: "lease_id"}
	if b.s.Bell.Waits(received(1)) {
		t.Error("waits for a digest there is none of")
	}
	b.s.Bell.Digest.Rhythm = core.Hourly
	if !b.s.Bell.Waits(received(1)) || b.s.Bell.Waits(odd) {
		t.Error("a payment does not wait, or what needs attention does")
	}
	b.s.Bell.InDigest.Payments = false
	rang := b.rings(onWall(t, "2026-06-18 18:00"), onWall(t, "2026-06-18 20:00"), map[string]core.Event{
		"2026-06-18 18:05": received(100),
		"2026-06-18 18:06": {Detail: core.WorkOrder{Status: "New"}},
	})
	if r := rang["2026-06-18 18:06"]; len(rang) != 2 || r.Count != 1 || r.Event == nil {
		t.Errorf("rings %+v, want the payment at once", rang)
	}
	if r := rang["2026-06-18 19:00"]; r.Count != 1 || !r.Silent {
		t.Errorf("the digest is %+v, want the silent work order", r)
	}
}
