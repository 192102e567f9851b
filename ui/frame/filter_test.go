package frame

import "testing"

func TestContains(t *testing.T) {
	tests := []struct {
		search string
		want   bool
	}{
		{"", true},
		{"dana", true},
		{"ALDER dana", true},
		{"alder linden", false},
		{"2a", true},
		{"  ", true},
	}
	for _, tt := range tests {
		if got := Contains(tt.search, "Dana Whitfield", "Alder Court", "2A"); got != tt.want {
			t.Errorf("%q found: %v, want %v", tt.search, got, tt.want)
		}
	}
}
