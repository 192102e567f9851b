package explain

import (
	"strings"
	"time"

	"rentbell/core"
)

// Row is one part of a health check in words.
type Row struct {
	Title string // "Computer clock"
	Text  string // "Right to the second"; without a full stop at its end
	Fix   string // sentences; empty when there is nothing to do
}

// Line is text and fix in one paragraph.
func (r Row) Line() string {
	switch {
	case r.Fix == "":
		return r.Text
	case strings.HasSuffix(r.Text, "”"): // AppFolio's own full stop is inside
		return r.Text + " " + r.Fix
	}
	return r.Text + ". " + r.Fix
}

// checks are the parts of the way: what each is called, and what its words are.
var checks = map[core.CheckName]struct {
	title string
	say   func(core.Check, core.Status, time.Time) (text, fix string)
}{
	core.CheckInternet:      {"Internet", sayInternet},
	core.CheckTunnel:        {"Tunnel", sayTunnel},
	core.CheckRegistration:  {"Address in AppFolio", sayRegistration},
	core.CheckSignatures:    {"Signatures", saySignatures},
	core.CheckClock:         {"Computer clock", sayClock},
	core.CheckSecrets:       {"Keys", saySecrets},
	core.CheckNotifications: {"Notifications", sayNotifications},
	core.CheckDisk:          {"Disk space", sayDisk},
}

// Check puts one part of a health check into words; s is the status of its
// report. Only what needs the user has a fix.
func Check(c core.Check, s core.Status, now time.Time) Row {
	part, known := checks[c.Name]
	if !known {
		part.title, part.say = "Something else", func(core.Check, core.Status, time.Time) (string, string) { return notKnown, "" }
	}
	text, fix := part.say(c, s, now)
	if c.State == core.CheckGood || c.State == core.CheckUnknown {
		fix = ""
	}
	return Row{part.title, text, fix}
}

const notKnown = "Not known at the moment"

// told is a trouble as the text and the fix of a row.
func told(w Words) (text, fix string) {
	return strings.TrimSuffix(w.Title+". "+w.Cause, "."), w.Fix
}
