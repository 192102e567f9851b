package core

import (
	"strings"
	"testing"
)

func TestCellsAreInert(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+1 555 0100", "'+1 555 0100"},
		{"minus", "-5", "'-5"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "\tx", "'\tx"},
		{"carriage return", "\rx", "'\rx"},
		{"line feed", "\nx", "'\nx"},
		{"full-width equals", "＝1", "'＝1"},
		{"full-width plus", "＋1", "'＋1"},
		{"full-width minus", "－1", "'－1"},
		{"full-width at", "＠a", "'＠a"},
		{"a sign alone", "=", "'="},
		{"behind blanks", "  =1", "'  =1"},
		{"behind a no-break space", "\u00a0=1", "'\u00a0=1"},
		{"behind a byte order mark", "\ufeff=1", "'\ufeff=1"},
		{"behind a zero-width space", "\u200b=1", "'\u200b=1"},
		{"behind a right-to-left mark", "\u200f=1", "'\u200f=1"},
		{"behind a variation selector", "\ufe0f=1", "'\ufe0f=1"},
		{"behind a Hangul filler", "\u3164=1", "'\u3164=1"},
		{"behind NUL", "\x00=1", "'=1"},
		{"behind other controls", "\x1b\x7f@x", "'@x"},
		{"NUL inside", "a\x00b", "ab"},
		{"no UTF-8", "a\xffb", "a\ufffdb"},
		{"no UTF-8 in front", "\xff=1", "\ufffd=1"},

		{"empty", "", ""},
		{"a name", "Dana Whitfield", "Dana Whitfield"},
		{"a number", "20931", "20931"},
		{"an accent", "Élodie", "Élodie"},
		{"signs inside", "a=b+c-d@e", "a=b+c-d@e"},
		{"a line break inside", "line 1\nline 2", "line 1\nline 2"},
		{"a blank in front", " note", " note"},
		{"quotes", `"=1"`, `"=1"`},
		{"an apostrophe", "'=1", "'=1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Inert(tt.text); got != tt.want {
				t.Errorf("Inert(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// FuzzCells makes any text inert: it never begins a formula, and shows what was
// sent but for control characters.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{"", "=1", " \t=1", "a,\"b\"\r\nc", "\ufeff＝x", "\x00-", `\.`, "'", "\xff@", "\u2028+", "\u00a0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		shown := Inert(text)
		if StartsFormula(shown) {
			t.Errorf("text %q became the formula %q", text, shown)
		}
		if clean := strings.Map(dropControl, text); shown != clean && shown != "'"+clean {
			t.Errorf("text %q is shown as %q", text, shown)
		}
	})
}
