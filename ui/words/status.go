package words

import (
	"slices"
	"strings"

	"rentbell/core"
)

// Words for the status and the priority of work orders.

// Statuses returns AppFolio's statuses of work orders in English, in the order
// in which a work order goes through them.
func Statuses() []string {
	return []string{
		"New", "Estimate Requested", "Estimated", "Assigned", "Assigned by AppFolio", "Scheduled", "Waiting",
		"Work Done", "Work Completed", "Ready to Bill", "Completed", "Completed No Need to Bill", "Canceled",
	}
}

// StatusRank returns the position of a status in Statuses. It ignores case. An
// unknown status comes after all others.
func StatusRank(status string) int {
	statuses := Statuses()
	i := slices.IndexFunc(statuses, func(s string) bool { return strings.EqualFold(s, status) })
	if i < 0 {
		return len(statuses)
	}
	return i
}

// StatusName translates a status. A status without a translation stays as
// AppFolio sent it.
func StatusName(status string) string {
	if status == "" {
		return Say("Status not sent")
	}
	statuses := Statuses()
	if i := StatusRank(status); i < len(statuses) {
		if name := Say(statuses[i]); name != statuses[i] {
			return name
		}
	}
	return status
}

// StatusWord is StatusName, but empty if AppFolio sent no status.
func StatusWord(status string) string {
	if status == "" {
		return ""
	}
	return StatusName(status)
}

// Urgency returns a word for a priority above normal, for use beside the
// status: "urgent". For others it is empty.
func Urgency(priority string) string {
	switch strings.ToLower(priority) {
	case "urgent":
		return Say("urgent")
	case "emergency":
		return Say("emergency")
	case "high":
		return Say("high")
	}
	return ""
}

// priorities has AppFolio's priorities in English.
var priorities = []string{"Low", "Normal", "Medium", "High", "Urgent", "Emergency"}

// PriorityName translates a priority. An unknown one stays as AppFolio sent it.
func PriorityName(priority string) string {
	if i := slices.Index(priorities, Capital(strings.ToLower(priority))); i >= 0 {
		return Say(priorities[i])
	}
	return priority
}

// Rung says what happens to an open work order at a step of its ladder, from 1.
func Rung(n int, s core.Settings) string {
	switch {
	case n >= s.Radar.Rung && s.Radar.Notify.Untouched:
		return Say("The bell rings")
	case n > 1:
		return Say("In Needs attention")
	case s.Bell.Digest.Rhythm != core.AtOnce && s.Radar.Notify.Untouched:
		return Say("In the digest")
	}
	return Say("Nothing happens yet")
}
