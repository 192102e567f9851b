package core

import "testing"

func TestARingIsSilentWhenNothingInItSounds(t *testing.T) {
	s := DefaultSettings() // payments sound, work orders do not
	order, urgent := Event{Detail: WorkOrder{Status: "New"}}, Event{Detail: WorkOrder{Priority: "Urgent"}}
	odd := paid(1)
	odd.Attention = Attention{Reason: ReasonMissing, Field: "lease_id"}
	tests := []struct {
		name   string
		events []Event
		want   bool
	}{
		{"payment", []Event{paid(1)}, false},
		{"work order", []Event{order}, true},
		{"emergency", []Event{urgent}, false},
		{"payment that needs attention", []Event{odd}, true},
		{"work orders and a payment", []Event{order, paid(1), order}, false},
		{"several work orders", []Event{order, order}, true},
		{"unknown kind", []Event{{Type: "unit.painted"}}, true},
	}
	for _, tt := range tests {
		ring := Ring{Feeds: map[Feed]int{}}
		for _, e := range tt.events {
			count(&ring, e, s.Bell.sounds(e))
		}
		if ring.Silent != tt.want {
			t.Errorf("%s: silent %v, want %v", tt.name, ring.Silent, tt.want)
		}
	}
}

func TestOnlyChosenKindsWaitForADigest(t *testing.T) {
	b := bench{s: DefaultSettings()}
	odd := paid(1)
	odd.Attention = Attention{Reason: ReasonMissing, Field: "lease_id"}
	if b.s.Bell.Waits(paid(1)) {
		t.Error("waits for a digest there is none of")
	}
	b.s.Bell.Digest.Rhythm = Hourly
	if !b.s.Bell.Waits(paid(1)) || b.s.Bell.Waits(odd) {
		t.Error("a payment does not wait, or what needs attention does")
	}
	b.s.Bell.InDigest.Payments = false
	rang := b.rings(at(t, "2026-06-18 18:00"), at(t, "2026-06-18 20:00"), map[string]Event{
		"2026-06-18 18:05": paid(100),
		"2026-06-18 18:06": {Detail: WorkOrder{Status: "New"}},
	})
	if r := rang["2026-06-18 18:06"]; len(rang) != 2 || r.Count != 1 || r.Event == nil {
		t.Errorf("rings %+v, want the payment at once", rang)
	}
	if r := rang["2026-06-18 19:00"]; r.Count != 1 || !r.Silent {
		t.Errorf("the digest is %+v, want the silent work order", r)
	}
}
