package core

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextBecomesOneLine(t *testing.T) {
	for was, want := range map[string]string{
		"June rent":                          "June rent",
		"June rent\nsecond line\r\nthird":    "June rent second line third",
		"\tRent\tJune":                       "Rent June",
		"  Ana   Ruiz  ":                     "Ana Ruiz",
		"a\v\f\x1b\u0085b":                   "a b",
		"a\u2028b\u2029c\u00a0d\u3000e":      "a b c d e",
		"\u202eevil\u2066\ufeff\u00ad":       "evil",
		"نمی\u200cخواهم":                     "نمی\u200cخواهم",
		"Ana Ruiz \ufffd":                    "Ana Ruiz \ufffd",
		"Ana\xff":                            "Ana\ufffd",
		"👩\u200d👧 late":                      "👩\u200d👧 late",
		"tenant says:\r\n- no heat\r\n\r\n ": "tenant says: - no heat",
		"":                                   "",
		"   ":                                "",
		"\u200b\u200d\u2060":                 "",
		"a \u200c\x00":                       "a",
		"\u3164\u2800 \u115f":                "",
		"\ufffd\ufffd":                       "",
		"\ue000":                             "",
	} {
		if got := OneLine(was); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", was, got, want)
		}
	}
}

func FuzzOneLine(f *testing.F) {
	for _, seed := range []string{"", " a  b ", "\u200d \u200d", "a\r\nb", "\xff", "\u3164x", "\u00ad \u00ad"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := OneLine(text)
		if again := OneLine(got); again != got {
			t.Errorf("OneLine(%q) = %q, then %q", text, got, again)
		}
		if !utf8.ValidString(got) || !blanksAreSingle(got) || strings.ContainsAny(got, "\t\r\n\u0085\u2028") {
			t.Errorf("OneLine(%q) = %q", text, got)
		}
		if short := Cut(got, 10); utf8.RuneCountInString(short) > 10 || (short == "") != (got == "") {
			t.Errorf("Cut(%q, 10) = %q", got, short)
		}
	})
}

func TestLinesAreCutBetweenWords(t *testing.T) {
	for _, tt := range []struct {
		line    string
		longest int
		want    string
	}{
		{"June rent", 9, "June rent"},
		{"June rent, all of it", 12, "June rent…"},
		{"June rent, all of it", 10, "June rent…"},
		{"Juné rent of all", 14, "Juné rent of…"},
		{"Supercalifragilistic rent", 10, "Supercali…"},
		{"é é é é é", 5, "é é…"},
		{strings.Repeat("é", 300), 250, strings.Repeat("é", 249) + "…"},
	} {
		if got := Cut(tt.line, tt.longest); got != tt.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", tt.line, tt.longest, got, tt.want)
		}
	}
}
