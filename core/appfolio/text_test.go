package appfolio

import "testing"

func TestTextIsWholeOrNone(t *testing.T) {
	for raw, want := range map[string]string{`"ab"`: "ab", `"\u0061"`: "a", `"abc"`: "", `"\u0061bc"`: "", `""`: "", "12": "", "null": "", "": "", `"\ud800"`: ""} {
		if got := Text([]byte(raw), 2); got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
}
