package frame

import (
	"testing"
	"time"
)

func TestArrivalIsToldInTenths(t *testing.T) {
	for took, want := range map[time.Duration]string{
		time.Millisecond: "0.1 seconds", 840 * time.Millisecond: "0.8 seconds", 960 * time.Millisecond: "1 second", 2340 * time.Millisecond: "2.3 seconds",
	} {
		if got := arrivedIn(took); got != "Arrived in "+want+", signature verified" {
			t.Errorf("%v: %q", took, got)
		}
	}
}
