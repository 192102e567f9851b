package ring

import (
	"testing"
	"time"

	"rentbell/core"
)

func TestWhatComesTogetherRingsTogether(t *testing.T) {
	var r ringer
	r.add(received(145000), true, midday)
	if ring := r.take(midday); ring != nil {
		t.Errorf("rang at once: %+v", ring)
	}
	r.add(received(-5000), true, midday.Add(100*time.Millisecond))
	odd := core.Event{Detail: core.Tenant{}, Attention: core.Attention{Reason: core.ReasonNoProperty}}
	r.add(odd, true, midday.Add(200*time.Millisecond))
	ring := r.take(midday.Add(ringGather))
	if ring == nil || ring.Event != nil || ring.Count != 3 || ring.Received != 140000 || ring.Attention != 1 ||
		ring.Feeds[core.FeedPayments] != 2 || ring.Feeds[core.FeedTenants] != 1 {
		t.Fatalf("ring = %+v", ring)
	}
	if again := r.take(midday.Add(time.Hour)); again != nil {
		t.Errorf("rang for nothing: %+v", again)
	}
	r.add(received(7), true, midday.Add(time.Hour))
	if ring = r.take(midday.Add(time.Hour + ringGather)); ring == nil || ring.Count != 1 || ring.Event == nil {
		t.Errorf("a single event rings as %+v", ring)
	}
}

func TestTwoHundredInASecondRingOnce(t *testing.T) {
	var r ringer
	var rings []core.Ring
	for ms := range 5000 {
		now := midday.Add(time.Duration(ms) * time.Millisecond)
		if ms < 1000 && ms%5 == 0 {
			r.add(received(1), true, now)
		}
		if ring := r.take(now); ring != nil {
			rings = append(rings, *ring)
			if late := now.Sub(midday); late > 1500*time.Millisecond {
				t.Errorf("it rings after %v", late)
			}
		}
	}
	if len(rings) != 1 || rings[0].Count != 200 {
		t.Errorf("200 payments in a second rang as %+v", rings)
	}
}

func TestAFloodThatDoesNotPauseRingsAllTheSame(t *testing.T) {
	var r ringer
	for ms := 0; ; ms += 5 {
		now := midday.Add(time.Duration(ms) * time.Millisecond)
		r.add(received(1), true, now)
		if r.take(now) != nil {
			if ms != 2000 {
				t.Errorf("it rings after %d ms, want 2000", ms)
			}
			return
		}
		if ms > 5000 {
			t.Fatal("it does not ring")
		}
	}
}

func TestFloodRingsAFewTimesAndNotForEveryEvent(t *testing.T) {
	var r ringer
	rings, told := 0, 0
	const perSecond, seconds = 200, 120
	for i := range perSecond * seconds {
		now := midday.Add(time.Duration(i) * time.Second / perSecond)
		r.add(received(1), true, now)
		if ring := r.take(now); ring != nil {
			rings++
			told += ring.Count
		}
	}
	if ring := r.take(midday.Add(time.Hour)); ring != nil {
		told += ring.Count
	}
	if rings < 3 || rings > 8 {
		t.Errorf("%d rings in %d seconds, want a handful", rings, seconds)
	}
	if told != perSecond*seconds {
		t.Errorf("the rings tell of %d events, want all %d", told, perSecond*seconds)
	}
}

func TestARingIsSilentWhenNothingInItSounds(t *testing.T) {
	s := core.DefaultSettings() // payments sound, work orders do not
	order, urgent := core.Event{Detail: core.WorkOrder{Status: "New"}}, core.Event{Detail: core.WorkOrder{Priority: "Urgent"}}
	odd := received(1)
	odd.Attention = core.Attention{Reason: core.ReasonMissing, Field: "lease_id"}
	tests := []struct {
		name   string
		events []core.Event
		want   bool
	}{
		{"payment", []core.Event{received(1)}, false},
		{"work order", []core.Event{order}, true},
		{"emergency", []core.Event{urgent}, false},
		{"payment that needs attention", []core.Event{odd}, true},
		{"work orders and a payment", []core.Event{order, received(1), order}, false},
		{"several work orders", []core.Event{order, order}, true},
		{"unknown kind", []core.Event{{Type: "unit.painted"}}, true},
	}
	for _, tt := range tests {
		ring := core.Ring{Feeds: map[core.Feed]int{}}
		for _, e := range tt.events {
			count(&ring, e, s.Bell.Sounds(e))
		}
		if ring.Silent != tt.want {
			t.Errorf("%s: silent %v, want %v", tt.name, ring.Silent, tt.want)
		}
	}
}
