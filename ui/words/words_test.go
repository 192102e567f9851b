package words

import (
	"math"
	"testing"
	"time"

	"rentbell/core"
)

// newYork is the location of these tests.
var newYork = time.FixedZone("EDT", -4*60*60)

func TestDollars(t *testing.T) {
	tests := map[core.Cents]string{
		0: "$0.00", 5: "$0.05", 145000: "$1,450.00", 99999: "$999.99", 100000000: "$1,000,000.00",
		-5000: "-$50.00", math.MinInt64: "-$92,233,720,368,547,758.08",
	}
	for cents, want := range tests {
		if got := Dollars(cents); got != want {
			t.Errorf("dollars(%d) = %q, want %q", cents, got, want)
		}
	}
}

func TestAgoIsShorterTheNearer(t *testing.T) {
	now := time.Date(2026, 6, 18, 10, 42, 0, 0, newYork)
	tests := []struct {
		at   time.Time
		want string
	}{
		{now, "Just now"},
		{now.Add(-59 * time.Second), "Just now"},
		{now.Add(-2 * time.Minute), "2 min ago"},
		{now.Add(-59*time.Minute - 59*time.Second), "59 min ago"},
		{now.Add(-time.Hour), "9:42 AM"},
		{now.Add(5 * time.Minute), "10:47 AM"},
		{time.Date(2026, 6, 18, 0, 0, 0, 0, newYork), "12:00 AM"},
		{time.Date(2026, 6, 17, 23, 59, 0, 0, newYork), "Yesterday"},
		{time.Date(2026, 6, 16, 9, 0, 0, 0, newYork), "Tuesday"},
		{time.Date(2026, 6, 12, 9, 0, 0, 0, newYork), "Friday"},
		{time.Date(2026, 6, 11, 9, 0, 0, 0, newYork), "Jun 11"},
		{time.Date(2025, 12, 31, 9, 0, 0, 0, newYork), "Dec 31, 2025"},
		{time.Date(2026, 6, 20, 9, 0, 0, 0, newYork), "Jun 20"},
	}
	for _, tt := range tests {
		if got := Ago(tt.at, now); got != tt.want {
			t.Errorf("ago(%v) = %q, want %q", tt.at, got, tt.want)
		}
	}
	midnight := time.Date(2026, 6, 18, 0, 10, 0, 0, newYork)
	if got := Ago(midnight.Add(-20*time.Minute), midnight); got != "20 min ago" {
		t.Errorf("shortly after midnight: %q", got)
	}
}

func TestThinDataGoesByItsNumber(t *testing.T) {
	dana := core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}
	tests := []struct {
		detail core.Detail
		name   string
		known  bool
	}{
		{core.Payment{Place: dana, Lease: "48213"}, "Dana Whitfield", true},
		{core.Payment{Lease: "20931"}, "Lease 20931", false},
		{core.Payment{}, "Lease", false},
		{core.LeaseSigned{Lease: "7"}, "Lease 7", false},
		{core.LeaseExpired{Place: dana}, "Dana Whitfield", true},
		{core.WorkOrder{Title: "No hot water", ID: "1194"}, "No hot water", true},
		{core.WorkOrder{ID: "1194"}, "Work order 1194", false},
		{core.Tenant{Place: dana, Email: "dana@example.com"}, "Dana Whitfield", true},
		{core.Tenant{Email: "dana@example.com", ID: "9"}, "dana@example.com", true},
		{core.Tenant{ID: "9"}, "Tenant 9", false},
		{nil, "", false},
	}
	for _, tt := range tests {
		if name, known := NameOf(tt.detail); name != tt.name || known != tt.known {
			t.Errorf("nameOf(%+v) = %q, %v, want %q, %v", tt.detail, name, known, tt.name, tt.known)
		}
	}
	for place, want := range map[core.Place]string{dana: "Alder Court 2A", {Unit: "2A"}: "2A", {Property: "Alder Court"}: "Alder Court", {}: "",
		{Property: "Alder Court", Unit: "Unit 3A"}: "Alder Court 3A", {Unit: "Unit 3A"}: "Unit 3A"} {
		if got := PlaceOf(place); got != want {
			t.Errorf("placeOf(%+v) = %q, want %q", place, got, want)
		}
	}
}
