package opengl

import (
	"errors"
	"os"
	"testing"
)

// TestDriverIsAsked runs wherever there is a desktop. RENTBELL_TEST_OPENGL says
// what the desktop can do: "yes" or "no".
func TestDriverIsAsked(t *testing.T) {
	err := Check()
	t.Log(err)
	switch os.Getenv("RENTBELL_TEST_OPENGL") {
	case "yes":
		if err != nil {
			t.Error(err)
		}
	case "no":
		if !errors.Is(err, ErrTooOld) {
			t.Errorf("Check = %v, want ErrTooOld", err)
		}
	}
}
