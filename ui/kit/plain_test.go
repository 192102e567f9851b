package kit

import (
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"as it is", "Dana Whitfield, 2A", "Dana Whitfield, 2A"},
		{"other scripts", "李 Łucja שרה", "李 Łucja שרה"},
		{"line breaks", "Dana\r\nWhitfield\t2A", "Dana Whitfield 2A"},
		{"white space around", "  Dana   W. ", "Dana W."},
		{"control characters", "Da\x00na\x1b[31m", "Dana[31m"},
		{"turned around", "Dana \u202egnp.exe\u202c", "Dana gnp.exe"},
		{"isolates and marks", "\u2066Dana\u2069\u200f", "Dana"},
		{"no width", "Da\u200bna\ufeff", "Dana"},
		{"private use and broken bytes", "Da\ue000na\xff", "Dana"},
		{"nothing", "", ""},
		{"only spaces", " \n ", ""},
	}
	for _, tt := range tests {
		if got := Plain(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := []rune(Plain(strings.Repeat("x", 100_000))); len(got) != longestShown+1 || got[longestShown] != '…' {
		t.Errorf("an endless text is %d runes long", len(got))
	}
}

func TestPlainLinesKeepTheirShape(t *testing.T) {
	got := plainLines("{\n\t\"a\": \"\u202eb\x07\"\r\n  }")
	if want := "{\n \"a\": \"b\"\n  }"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextIsShownPlain(t *testing.T) {
	if got := NewText("Dana \u202eevil", Body).Text(); got != "Dana evil" {
		t.Errorf("a line shows %q", got)
	}
	if got := NewProse("Dana \u202eevil\nnext", Body).Text(); got != "Dana evil\nnext" {
		t.Errorf("prose shows %q", got)
	}
}
