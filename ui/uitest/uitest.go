// Package uitest has what the tests of several packages of ui share: a sample
// office with a filled store, a fixed clock, work that runs when the test says
// so, and functions to find and press what is in a window. Only tests import
// it.
package uitest

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/ui/words"
)

// NewYork is the location of the tests.
var NewYork = time.FixedZone("EDT", -4*60*60)

// Present is the clock of the tests.
var Present = time.Date(2026, time.June, 18, 10, 42, 0, 0, NewYork)

// Speak sets the language of the window until the test ends.
func Speak(t testing.TB, locale fyne.Locale) {
	t.Helper()
	if err := words.Speak(locale); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := words.Speak("en"); err != nil {
			t.Error(err)
		}
	})
}
