package find

import (
	"testing"

	"rentbell/ui/uitest"
)

// present is the moment of the mock-ups.
var present = uitest.Present

func TestMain(m *testing.M) { uitest.Main(m) }
