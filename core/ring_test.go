package core

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)

func paid(cents Cents) Event {
	return Event{Type: TypePaymentReceived, Detail: Payment{Amount: cents, AmountKnown: true}}
}

func TestBellRingsForWhatTheSettingsSay(t *testing.T) {
	odd := paid(1)
	odd.Attention = Attention{Reason: ReasonMissing, Field: "lease_id"}
	only := func(b Bells) Settings { return Settings{Bell: b} }
	tests := []struct {
		name string
		s    Settings
		e    Event
		want bool
	}{
		{"payment", DefaultSettings(), paid(1), true},
		{"payments off", only(Bells{WorkOrders: true}), paid(1), false},
		{"work order", only(Bells{WorkOrders: true}), Event{Detail: WorkOrder{}}, true},
		{"lease that ended", only(Bells{Leases: true}), Event{Detail: LeaseExpired{}}, true},
		{"tenants are off at first", DefaultSettings(), Event{Detail: Tenant{}}, false},
		{"tenants on", only(Bells{Tenants: true}), Event{Detail: Tenant{}}, true},
		{"needs attention, its kind off", only(Bells{Attention: true}), odd, true},
		{"needs attention, all off", only(Bells{}), odd, false},
		{"unknown type", DefaultSettings(), Event{Type: "unit.painted"}, false},
		{"paused", Settings{Bell: Bells{Payments: true}, MutedUntil: noon.Add(time.Second)}, paid(1), false},
		{"pause is over", Settings{Bell: Bells{Payments: true}, MutedUntil: noon}, paid(1), true},
	}
	for _, tt := range tests {
		if got := tt.s.Verdict(tt.e, noon).Rings; got != tt.want {
			t.Errorf("%s: rings %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWhatComesTogetherRingsTogether(t *testing.T) {
	var r ringer
	r.add(paid(145000), true, noon)
	if ring := r.take(noon); ring != nil {
		t.Errorf("rang at once: %+v", ring)
	}
	r.add(paid(-5000), true, noon.Add(100*time.Millisecond))
	odd := Event{Detail: Tenant{}, Attention: Attention{Reason: ReasonNoProperty}}
	r.add(odd, true, noon.Add(200*time.Millisecond))
	ring := r.take(noon.Add(ringGather))
	if ring == nil || ring.Event != nil || ring.Count != 3 || ring.Received != 140000 || ring.Attention != 1 ||
		ring.Feeds[FeedPayments] != 2 || ring.Feeds[FeedTenants] != 1 {
		t.Fatalf("ring = %+v", ring)
	}
	if again := r.take(noon.Add(time.Hour)); again != nil {
		t.Errorf("rang for nothing: %+v", again)
	}
	r.add(paid(7), true, noon.Add(time.Hour))
	if ring = r.take(noon.Add(time.Hour + ringGather)); ring == nil || ring.Count != 1 || ring.Event == nil {
		t.Errorf("a single event rings as %+v", ring)
	}
}

func TestTwoHundredInASecondRingOnce(t *testing.T) {
	var r ringer
	var rings []Ring
	for ms := range 5000 {
		now := noon.Add(time.Duration(ms) * time.Millisecond)
		if ms < 1000 && ms%5 == 0 {
			r.add(paid(1), true, now)
		}
		if ring := r.take(now); ring != nil {
			rings = append(rings, *ring)
			if late := now.Sub(noon); late > 1500*time.Millisecond {
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
		now := noon.Add(time.Duration(ms) * time.Millisecond)
		r.add(paid(1), true, now)
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
		now := noon.Add(time.Duration(i) * time.Second / perSecond)
		r.add(paid(1), true, now)
		if ring := r.take(now); ring != nil {
			rings++
			told += ring.Count
		}
	}
	if ring := r.take(noon.Add(time.Hour)); ring != nil {
		told += ring.Count
	}
	if rings < 3 || rings > 8 {
		t.Errorf("%d rings in %d seconds, want a handful", rings, seconds)
	}
	if told != perSecond*seconds {
		t.Errorf("the rings tell of %d events, want all %d", told, perSecond*seconds)
	}
}
