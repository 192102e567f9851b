package core_test

import (
	"errors"
	"slices"
	"testing"
	"unicode"

	"rentbell/core"
)

func TestPastedSecretsAreCleaned(t *testing.T) {
	const want = "whsec_7f41c09e=55"
	for _, pasted := range []string{
		want, " " + want + "\r\n", "\ufeff" + want, "whsec\u200b_7f41\u200dc09e\u00ad=55\u2060", "\u202a" + want + "\u202c", "\u180e\u2066" + want + "\ufe0f\u034f",
		`"` + want + `"`, "'" + want + "'", "`" + want + "`", "“" + want + "”", "„" + want + "“", "‘" + want + "’", "«" + want + "»", "‹ " + want + " ›", "”" + want + "”", "＂" + want + "＂",
		"❝" + want + "❞", "❛" + want + "❜", "〝" + want + "〟", "｢" + want + "｣", "´" + want + "´", "″" + want + "″", "\u2800" + want + "\u2800\u3164",
		"export\t" + core.EnvAPIKey + "=" + want,
		"Bearer " + want, "bearer\t" + want, "\u00a0BEARER\u00a0 " + want, "Bearer \"" + want + "\"", "\"Bearer " + want + "\"",
		core.EnvWebhookSecret + "=" + want, core.EnvAPIKey + " = " + want, core.EnvAuthtoken + "=\"" + want + "\"", "'" + core.EnvAPIKey + "=" + want + "'",
		"export " + core.EnvAPIKey + "='" + want + "'", "set " + core.EnvAPIKey + "=" + want, "$env:" + core.EnvAPIKey + " = \"" + want + "\"",
		core.EnvAPIKey + "=Bearer " + want, "\u200b\u201c\ufeffBearer " + want + "\u200b\u201d\n",
	} {
		s := core.NewSecret(pasted)
		if s.Reveal() != want || s.Check() != nil {
			t.Errorf("%q became %q, %v", pasted, s.Reveal(), s.Check())
		}
	}
}

// TestEveryQuotationMarkIsOneOfAPair goes through those that Unicode knows.
func TestEveryQuotationMarkIsOneOfAPair(t *testing.T) {
	var marks []rune
	for _, r := range unicode.Quotation_Mark.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			marks = append(marks, c)
		}
	}
	for _, one := range marks {
		paired := slices.ContainsFunc(marks, func(other rune) bool {
			return core.Pasted(string(one)+"key"+string(other)) == "key" || core.Pasted(string(other)+"key"+string(one)) == "key"
		})
		if lonely := one == '⹂'; !paired && !lonely { // which is of an old script and has no partner
			t.Errorf("%q stands alone", one)
		}
	}
}

func TestWhatBelongsToASecretStays(t *testing.T) {
	for _, value := range []string{
		`wh"sec'x`, `"whsec`, `whsec"`, `“whsec"`, `"`, "Bearer", "Bearers", "bearer_7f41", "OTHER=whsec", "=whsec", "whsec==", "raw\xff\xfebytes", "ünïcödé", "秘密",
	} {
		if s := core.NewSecret(value); s.Reveal() != value || s.Check() != nil {
			t.Errorf("%q became %q, %v", value, s.Reveal(), s.Check())
		}
	}
	if got := core.NewSecret(`""whsec""`).Reveal(); got != `"whsec"` {
		t.Errorf("more than one pair of quotes is gone: %q", got)
	}
	if !core.NewSecret(" \u200b“”\ufeff ").IsZero() {
		t.Error("nothing but quotes and invisible characters is a secret")
	}
}

func TestBlanksAndControlCharactersAreNoPartOfASecret(t *testing.T) {
	for _, pasted := range []string{"two words", "two\nlines", "no\u00a0break", "ideo\u3000graphic", "nul\x00", "escape\x1b[0m", "next\u0085line", "line\u2028", "tab\tbed", "braille\u2800blank", "Authorization: Bearer x"} {
		s := core.NewSecret(pasted + ".")
		if !errors.Is(s.Check(), core.ErrBadSecret) {
			t.Errorf("%q can be a secret: %q", pasted, s.Reveal())
		}
	}
	old := core.Secrets{APIKey: core.KeptSecret("kept with blanks")}
	changed := old
	changed.Authtoken = core.NewSecret("2abc")
	if err := changed.CheckOver(old); err != nil {
		t.Errorf("what an earlier version kept is refused: %v", err)
	}
	changed.Authtoken = core.NewSecret("add-authtoken 2abc")
	if err := changed.CheckOver(old); !errors.Is(err, core.ErrBadSecret) {
		t.Errorf("two words are kept: %v", err)
	}
}

func TestPassphrasesStayAsTheyAreTyped(t *testing.T) {
	const typed = `"Bearer of four words"`
	if got := core.KeptSecret(typed + "\n").Reveal(); got != typed {
		t.Errorf("got %q", got)
	}
}

func FuzzPasted(f *testing.F) {
	f.Add("“Bearer \ufeffx”")
	f.Add("export APPFOLIO_API_KEY=\"x\"")
	f.Fuzz(func(t *testing.T, text string) {
		got := core.Pasted(text)
		if len(got) > len(text) {
			t.Errorf("%q grew to %q", text, got)
		}
	})
}
