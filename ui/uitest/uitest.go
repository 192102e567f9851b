// Package uitest is what the tests of several rooms of ui share: an office whose
// store is full, the moment it is looked at, work that does not wait, and ways to
// find and press what is on a window. Tests alone import it.
package uitest

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/ui/words"
)

// NewYork is where the tests' landlord lives.
var NewYork = time.FixedZone("EDT", -4*60*60)

// Present is the moment of the mock-ups.
var Present = time.Date(2026, time.June, 18, 10, 42, 0, 0, NewYork)

// Speak lets the window speak the language of a locale for the rest of a test.
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
