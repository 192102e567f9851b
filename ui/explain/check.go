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
func (t Tongue) Line(r Row) string {
	switch {
	case r.Fix == "":
		return r.Text
	case strings.HasSuffix(r.Text, ".”"): // AppFolio's own full stop is inside
		return sentences(r.Text, r.Fix)
	}
	return t("%s. %s", r.Text, r.Fix)
}

// checks are the parts of the way: what each is called, and what its words are.
var checks = map[core.CheckName]struct {
	title string
	say   func(Tongue, core.Check, core.Status, time.Time) (text, fix string)
}{
	core.CheckInternet:      {"Internet", Tongue.sayInternet},
	core.CheckTunnel:        {"Tunnel", Tongue.sayTunnel},
	core.CheckRegistration:  {"Address in AppFolio", Tongue.sayRegistration},
	core.CheckSignatures:    {"Signatures", Tongue.saySignatures},
	core.CheckClock:         {"Computer clock", Tongue.sayClock},
	core.CheckSecrets:       {"Keys", Tongue.saySecrets},
	core.CheckNotifications: {"Notifications", Tongue.sayNotifications},
	core.CheckDisk:          {"Disk space", Tongue.sayDisk},
	core.CheckReportsDir:    {"Folder for reports", Tongue.sayReportsDir},
	core.CheckReports:       {"Newest reports", Tongue.sayReports},
	core.CheckOffice:        {"Office", Tongue.sayOffice},
	core.CheckOfficeLag:     {"Events of the office", Tongue.sayOfficeLag},
	core.CheckOfficeDesks:   {"Desks", Tongue.sayOfficeDesks},
	core.CheckOfficeCluster: {"NATS cluster", Tongue.sayOfficeCluster},
	core.CheckControl:       {"Other programs", Tongue.sayControl},
}

// Check puts one part of a health check into words; s is the status of its
// report. Only what needs the user has a fix.
func (t Tongue) Check(c core.Check, s core.Status, now time.Time) Row {
	part, known := checks[c.Name]
	if !known {
		return Row{t("Something else"), t(notKnown), ""}
	}
	text, fix := part.say(t, c, s, now)
	if c.State == core.CheckGood || c.State == core.CheckUnknown {
		fix = ""
	}
	return Row{t(part.title), text, fix}
}

const notKnown = "Not known at the moment"

// told is a trouble as the text and the fix of a row.
func (t Tongue) told(w Words) (text, fix string) {
	return strings.TrimSuffix(strings.TrimSuffix(t("%s. %s", w.Title, w.Cause), "."), fullStop), w.Fix
}
