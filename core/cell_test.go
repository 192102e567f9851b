package core

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode"
)

func TestCellsAreInert(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+1 555 0100", "'+1 555 0100"},
		{"minus", "-5", "'-5"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"tab", "\tx", " x"},
		{"carriage return", "\rx", " x"},
		{"line feed", "\nx", " x"},
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
		{"behind NUL", "\x00=1", "' =1"},
		{"behind other controls", "\x1b\x7f@x", "'  @x"},
		{"NUL inside", "a\x00b", "a b"},
		{"no UTF-8", "a\xffb", "a\ufffdb"},
		{"no UTF-8 in front", "\xff=1", "\ufffd=1"},

		{"empty", "", ""},
		{"a name", "Dana Whitfield", "Dana Whitfield"},
		{"a number", "20931", "20931"},
		{"an accent", "Élodie", "Élodie"},
		{"signs inside", "a=b+c-d@e", "a=b+c-d@e"},
		{"a line break inside", "line 1\nline 2", "line 1 line 2"},
		{"a blank in front", " note", " note"},
		{"behind quotes", `"=1"`, `'"=1"`},
		{"quotes", `Ana "AJ" Ruiz`, `Ana "AJ" Ruiz`},
		{"an apostrophe", "'=1", "'=1"},

		{"a formula behind a semicolon", "Rent;=cmd|'/C calc'!A0;x", "Rent;'=cmd|'/C calc'!A0;x"},
		{"behind a pipe", "a|@x", "a|'@x"},
		{"behind a comma", "a,-x", "a,'-x"},
		{"behind a comma and a blank", "a, -x", "a, '-x"},
		{"behind a semicolon and quotes", `a;"=1"`, `a;'"=1"`},
		{"behind several", ";|=1;+2", ";|'=1;'+2"},
		{"behind a tab", "a\t=1", "a =1"},
		{"innocent separators", "Rent; June|July, all", "Rent; June|July, all"},
		{"a dash between words", "Alder Court - 2A", "Alder Court - 2A"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Inert(tt.text); got != tt.want {
				t.Errorf("Inert(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

// FuzzCells reads a line with any text in it as programs do that take other
// characters for separators, whether they honour quotes or not. No cell begins a
// formula, and text is shown as it was sent but for apostrophes and controls.
func FuzzCells(f *testing.F) {
	for _, seed := range []string{
		"", "=1", " \t=1", "a,\"b\"\r\nc", "\ufeff＝x", "\x00-", `\.`, "'", "\xff@", "\u2028+", "\u00a0",
		"Rent;=cmd|'/C calc'!A0;x", `a;"=1`, `a;""=1`, `";"=1`, "a;\u200b＋1", "a|;,-", "\r;=1\n=2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		shown := Inert(text)
		if again := Inert(shown); again != shown {
			t.Errorf("text %q is shown as %q, then as %q", text, shown, again)
		}
		if meant := Meant(shown); !strings.Contains(text, "'") && meant != strings.Map(blankControl, text) {
			t.Errorf("text %q is shown as %q and read back as %q", text, shown, meant)
		}
		if without, want := strings.ReplaceAll(shown, "'", ""), strings.ReplaceAll(strings.Map(blankControl, text), "'", ""); without != want {
			t.Errorf("text %q is shown as %q", text, shown)
		}
		line := "1," + string(AppendCell(nil, text)) + ",2"
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("text %q makes the line %q", text, line)
		}
		cells, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil || len(cells) != 3 || cells[1] != shown {
			t.Fatalf("text %q is read as %q: %v", text, cells, err)
		}
		for _, separator := range ",;\t|" {
			cells := strings.Split(line, string(separator))
			r := csv.NewReader(strings.NewReader(line))
			r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
			if read, err := r.Read(); err == nil {
				cells = append(cells, read...)
			}
			for _, cell := range append(cells, shown) {
				if StartsFormula(cell) {
					t.Errorf("with %q text %q gives the cell %q", separator, text, cell)
				}
			}
		}
	})
}

func TestCellsAreQuoted(t *testing.T) {
	for text, want := range map[string]string{"": `""`, "a b": `"a b"`, `a "b"`: `"a ""b"""`, "=1": `"'=1"`, "é": `"é"`} {
		if got := string(AppendCell([]byte("x,"), text)); got != "x,"+want {
			t.Errorf("%q became %s", text, got)
		}
	}
}
