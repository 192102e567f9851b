package machine

import "testing"

// TestWakeUpsAreHeardOfUntilItEnds signs up; no test can put the computer to sleep.
func TestWakeUpsAreHeardOfUntilItEnds(t *testing.T) {
	stop, err := New(t.TempDir()).OnWake(func() { t.Error("it never slept") })
	if err != nil {
		t.Skip("this system tells nobody:", err)
	}
	stop()
}
