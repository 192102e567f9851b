package words

import (
	"testing"
	"time"

	"rentbell/core"
)

// present is the clock of these tests.
var present = time.Date(2026, time.June, 18, 10, 42, 0, 0, newYork)

func TestDays(t *testing.T) {
	june18 := core.Date{Year: 2026, Month: time.June, Day: 18}
	tests := []struct{ got, want string }{
		{FullDate(june18), "Jun 18, 2026"},
		{DayHeading(june18, present), "Today"},
		{DayHeading(june18.AddDays(-1), present), "Yesterday"},
		{DayHeading(june18.AddDays(-2), present), "Tuesday, June 16"},
		{DayHeading(june18.AddMonths(-12), present), "Wednesday, June 18, 2025"},
		{Moment(present, present), "Thu, June 18 at 10:42 AM"},
		{Moment(present.AddDate(0, 3, 0), present), "Fri, Sep 18 at 10:42 AM"},
		{Moment(present.AddDate(-1, 0, 0), present), "June 18, 2025 at 10:42 AM"},
		{MonthName(june18), "June 2026"},
		{ShortMonth(time.June), "June"},
		{ShortMonth(time.November), "Nov"},
		{ShortMonth(time.August), "Aug"},
		{Spelled(0), "No"},
		{Spelled(3), "Three"},
		{Spelled(13), "13"},
		{Spelled(-1), "-1"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
}

func TestMonthLabelsAreUnderstood(t *testing.T) {
	for month := time.January; month <= time.December; month++ {
		want := core.Date{Year: 2026, Month: month, Day: 1}
		if got, ok := MonthOf(MonthLabel(want)); !ok || got != want {
			t.Errorf("%q is understood as %v, %v", MonthLabel(want), got, ok)
		}
	}
	if got, ok := MonthOf("All time"); ok || !got.IsZero() {
		t.Errorf("all time is understood as %v, %v", got, ok)
	}
}

func TestAge(t *testing.T) {
	tests := map[time.Duration]string{
		0: "Just now", time.Minute: "1 min", 59 * time.Minute: "59 min",
		time.Hour: "1 hour", 2*time.Hour + 10*time.Minute: "2 hours",
		24 * time.Hour: "1 day", 15*24*time.Hour + time.Hour: "15 days",
	}
	for d, want := range tests {
		if got := Age(d); got != want {
			t.Errorf("age(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestGreetingSuitsTheHour(t *testing.T) {
	tests := map[int]string{
		4: "Good evening", 5: "Good morning", 11: "Good morning", 12: "Good afternoon",
		17: "Good afternoon", 18: "Good evening", 23: "Good evening",
	}
	for hour, want := range tests {
		if got := Greeting(time.Date(2026, time.June, 18, hour, 0, 0, 0, newYork)); got != want {
			t.Errorf("at %d: %q, want %q", hour, got, want)
		}
	}
}
