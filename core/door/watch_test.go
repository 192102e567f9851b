package door

import (
	"slices"
	"testing"
	"time"
)

func TestSleepIsToldFromALookThatCameLate(t *testing.T) {
	start := time.Date(2026, time.June, 18, 22, 0, 0, 0, time.UTC)
	tests := []struct {
		name          string
		wall, running time.Duration // since the look before
		slept         bool
	}{
		{"on time", watchEvery, watchEvery, false},
		{"a busy computer", 9 * time.Second, 9 * time.Second, false},
		{"lid closed, running time stood still", time.Hour, watchEvery, true},
		{"lid closed, running time went on", time.Hour, time.Hour, true},
		{"clock set right by seconds", watchEvery + 2*time.Second, watchEvery, false},
		{"clock set back a year", -365 * 24 * time.Hour, watchEvery, false},
	}
	for _, tt := range tests {
		w := watcher{wall: start}
		since, slept := w.slept(start.Add(tt.wall), tt.running)
		if slept != tt.slept || !since.Equal(start) {
			t.Errorf("%s: slept %v since %v, want %v since %v", tt.name, slept, since, tt.slept, start)
		}
		if _, again := w.slept(start.Add(tt.wall+watchEvery), tt.running+watchEvery); again {
			t.Errorf("%s: the next look takes it for another sleep", tt.name)
		}
	}
}

func TestOnlyAChangeThatMattersDialsAnew(t *testing.T) {
	wifi, cable, vpn := "192.168.1.20", "10.0.0.7", "100.64.3.2"
	tests := []struct {
		name          string
		before, after []string
		up            bool
		moved         bool
	}{
		{"nothing new", []string{wifi}, []string{wifi}, true, false},
		{"another network", []string{wifi}, []string{cable}, true, true},
		{"a second network while the first holds", []string{wifi}, []string{wifi, vpn}, true, false},
		{"the second goes", []string{wifi, vpn}, []string{wifi}, true, true},
		{"none left", []string{wifi}, nil, true, false},
		{"the first while down", nil, []string{wifi}, false, true},
		{"a second while down", []string{wifi}, []string{wifi, vpn}, false, true},
		{"nothing new while down", []string{wifi}, []string{wifi}, false, false},
	}
	for _, tt := range tests {
		w := watcher{network: slices.Clone(tt.before)}
		if got := w.moved(tt.after, tt.up); got != tt.moved {
			t.Errorf("%s: moved %v, want %v", tt.name, got, tt.moved)
		}
	}
	w := watcher{network: []string{wifi}}
	if w.moved(nil, true) || w.moved([]string{wifi}, true) {
		t.Error("the same network after a moment without one is a change")
	}
}
