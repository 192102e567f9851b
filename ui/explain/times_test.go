package explain

import (
	"testing"
	"time"
)

// newYork is where the tests' landlord lives.
var newYork = time.FixedZone("EDT", -4*60*60)

// present is the moment of the mock-ups.
var present = time.Date(2026, time.June, 18, 10, 42, 0, 0, newYork)

func TestCount(t *testing.T) {
	tests := map[int]string{0: "0 payments", 1: "1 payment", 42: "42 payments", 1200: "1,200 payments", 1234567: "1,234,567 payments"}
	for n, want := range tests {
		if got := English.Count(n, "payment"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
	if got := Number(-1200); got != "-1,200" {
		t.Errorf("Number(-1200) = %q", got)
	}
}

func TestTimesReadInASentence(t *testing.T) {
	tests := map[time.Time]string{
		present.Add(-11 * time.Minute):  "at 10:31 AM",
		present.AddDate(0, 0, -1):       "yesterday at 10:42 AM",
		present.AddDate(0, 0, 1):        "tomorrow at 10:42 AM",
		present.AddDate(0, 0, -2):       "on June 16 at 10:42 AM",
		present.AddDate(-1, 0, 0):       "on June 18, 2025 at 10:42 AM",
		present.Add(3 * 24 * time.Hour): "on June 21 at 10:42 AM",
	}
	for when, want := range tests {
		if got := English.At(when, present); got != want {
			t.Errorf("At(%v) = %q, want %q", when, got, want)
		}
	}
}

func TestDaysReadInASentence(t *testing.T) {
	tests := []struct {
		ago          int // days
		onDay, since string
	}{
		{0, "today", "10:42 AM"}, {1, "yesterday", "yesterday"}, {2, "on Tuesday", "Tuesday"}, {16, "on June 2", "June 2"},
	}
	for _, tt := range tests {
		when := present.AddDate(0, 0, -tt.ago)
		if got := English.OnDay(when, present); got != tt.onDay {
			t.Errorf("OnDay, %d days ago: %q, want %q", tt.ago, got, tt.onDay)
		}
		if got := English.Since(when, present); got != tt.since {
			t.Errorf("Since, %d days ago: %q, want %q", tt.ago, got, tt.since)
		}
	}
	if got := English.ShortDate(present.AddDate(-1, 0, 0), present); got != "Jun 18, 2025" {
		t.Errorf("a year ago: %q", got)
	}
}

func TestSpansAreRoundedUp(t *testing.T) {
	tests := map[time.Duration]string{
		0: "1 second", time.Second: "1 second", 11*time.Second + 1: "12 seconds", time.Minute: "1 minute", 61 * time.Second: "2 minutes",
		90 * time.Minute: "90 minutes", 3 * time.Hour: "3 hours", 49 * time.Hour: "3 days",
	}
	for d, want := range tests {
		if got := English.span(d); got != want {
			t.Errorf("span(%v) = %q, want %q", d, got, want)
		}
	}
}
