package ring

import (
	"testing"
	"time"

	"rentbell/core"
)

var midday = time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)

// received is an event of a payment.
func received(cents core.Cents) core.Event {
	return core.Event{Type: core.TypePaymentReceived, Detail: core.Payment{Amount: cents, AmountKnown: true}}
}

// onWall is a moment by the wall clock of New York.
func onWall(t testing.TB, text string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation(wall, text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}
