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
		if got := tt.d.Due(at(t, tt.since)); !got.Equal(at(t, tt.want)) {
			t.Errorf("%s from %s: due %v, want %s", tt.d.Rhythm, tt.since, got, tt.want)
		}
	}
	first := at(t, "2026-11-01 00:30").Add(time.Hour) // 1:30 for the first time
	if got := (Digest{Rhythm: Hourly}).Due(first); got.Sub(first) != 30*time.Minute {
		t.Errorf("in autumn's doubled hour the digest comes after %v", got.Sub(first))
	}
	left := Digest{Daily, 2*60 + 30}.Due(at(t, "2026-03-07 12:00")) // 2:30 AM is left out
	if left.Before(at(t, "2026-03-08 01:30")) || left.After(at(t, "2026-03-08 03:30")) {
		t.Errorf("at a time that is left out the digest is due %v", left)
	}
}
