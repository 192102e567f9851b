// Package explain puts Rentbell's troubles into words for people: what is
// wrong, what happened, and what to do. The window, the tray and rentbelld all
// say the same, because each of them asks here. It needs no window; it must
// never repeat an error's own text, which is for logs, nor a secret, an id or a
// tenant's name. Only AppFolio's answer to a registration is quoted.
//
// What it says, it says in the language of a Tongue: the tables hold English,
// and each sentence is translated when it is looked up.
package explain

import (
	"context"
	"errors"
	"strings"

	"rentbell/core"
	"rentbell/core/office"
)

// Words tell people about a trouble: what is wrong, what happened, and what to
// do, in that order.
type Words struct {
	Title string // one line, without a full stop
	Cause string // sentences
	Fix   string // sentences; empty when there is nothing to do
}

// Text is cause and fix in one paragraph.
func (w Words) Text() string { return sentences(w.Cause, w.Fix) }

// Whole is all that there is to say about an error, in one paragraph.
func (t Tongue) Whole(err error) string {
	w := t.Error(err)
	return t("%s. %s", w.Title, w.Text())
}

// Known reports whether the words, in English, say more than that something went
// wrong.
func (w Words) Known() bool { return w != unexplained && w != Words{} }

// sentences puts those that are not empty into one paragraph. Chinese has no
// space between them.
func sentences(parts ...string) string {
	text := ""
	for _, part := range parts {
		if text != "" && part != "" && !strings.HasSuffix(text, fullStop) {
			text += " "
		}
		text += part
	}
	return text
}

// fullStop is the Chinese one.
const fullStop = "。"

// words are those of a table in the language of the reader.
func (t Tongue) words(w Words) Words { return Words{t(w.Title), t(w.Cause), t(w.Fix)} }

// Error puts any error into words. No error, no words.
func (t Tongue) Error(err error) Words {
	var (
		subscribe *core.SubscribeError
		refused   *core.Refused
		tunnel    *core.TunnelError
		answer    *core.AnswerError
		room      *core.NoRoomError
		lines     *core.LeftOutError
		code      *office.WrongCode
		claimed   *core.ClaimedError
	)
	switch {
	case err == nil:
		return Words{}
	case errors.As(err, &subscribe):
		return t.registration(subscribe, t(triesAgain))
	case errors.As(err, &tunnel):
		return t.tunnelDown(tunnel, "", t(keepsTrying))
	case errors.As(err, &answer):
		return t.words(strangeAnswer(answer))
	case errors.As(err, &room):
		return t.noRoom(room)
	case errors.As(err, &claimed):
		return t.claimed(claimed)
	case errors.As(err, &lines):
		return t.leftOut(lines)
	case errors.As(err, &code):
		return t.wrongCode(code)
	case errors.Is(err, core.ErrNoVault) && errors.Is(err, context.DeadlineExceeded):
		return t.words(keychainAsks)
	}
	for _, rows := range sentinels() {
		if w, known := lookUp(err, rows); known {
			return t.words(w)
		}
	}
	if errors.As(err, &refused) {
		return t.unread(refused)
	}
	if s := silenceOf(err); s != dropped {
		return t.silent("There is no connection", silences[s].other, "")
	}
	return t.words(unexplained)
}

// sentinels are the errors that need nothing but to be recognised, by subject. What is
// special stands before what is general.
func sentinels() [][]row {
	return [][]row{
		onTheWay, vaults, ways, developerSpace, reportFiles, offices,
		starting, choices, updates, unwell, exports, tables, disks,
	}
}

// noRoom says how much has to be freed before a new version can take the data over.
func (t Tongue) noRoom(e *core.NoRoomError) Words {
	return Words{
		t("The disk has no room for your data"),
		t("This version writes it anew once, and the disk lacks %s for that. Nothing was changed.", Size(e.Missing)),
		t("Free that much, and start Rentbell again."),
	}
}

// unexplained is said when Rentbell itself does not know better.
var unexplained = Words{
	"That did not work",
	"Something stood in the way that Rentbell does not know.",
	"Try again. If it stays, close Rentbell and open it again.",
}

// row is an error that needs nothing but to be recognised, and its words.
type row struct {
	err   error
	words Words
}

// lookUp finds the first row that err is, or wraps.
func lookUp(err error, rows []row) (w Words, known bool) {
	for _, r := range rows {
		if errors.Is(err, r.err) {
			return r.words, true
		}
	}
	return Words{}, false
}
