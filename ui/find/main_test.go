package find

import (
	"testing"

	"rentbell/ui/uitest"
)

// present is the clock of these tests.
var present = uitest.Present

func TestMain(m *testing.M) { uitest.Main(m) }
