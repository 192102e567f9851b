package core_test

import (
	"errors"
	"testing"

	"rentbell/core"
)

func TestLooksThatThereAreNotAreRefused(t *testing.T) {
	tests := []struct {
		look core.Look
		good bool
	}{
		{core.DefaultSettings().Look, true},
		{core.Look{}, true}, // of settings saved before there was a choice
		{core.Look{Appearance: core.AppearanceLight, TextSize: 115, Still: true}, true},
		{core.Look{Appearance: core.AppearanceDark, TextSize: 130}, true},
		{core.Look{Appearance: "Dark", TextSize: 100}, false},
		{core.Look{Appearance: core.AppearanceSystem, TextSize: 120}, false},
		{core.Look{Appearance: core.AppearanceSystem, TextSize: -100}, false},
	}
	for _, tt := range tests {
		s := core.DefaultSettings()
		s.Look = tt.look
		if err := s.Validate(); tt.good != (err == nil) || !tt.good && !errors.Is(err, core.ErrBadLook) {
			t.Errorf("%+v: %v", tt.look, err)
		}
	}
}
