package words

import (
	"slices"
	"strings"
)

// Words for work orders: how far they are and how urgent.

// Statuses are AppFolio's statuses of work orders, in English, in the order
// in which a work order goes through them.
func Statuses() []string {
	return []string{
		"New", "Estimate Requested", "Estimated", "Assigned", "Assigned by AppFolio", "Scheduled", "Waiting",
		"Work Done", "Work Completed", "Ready to Bill", "Completed", "Completed No Need to Bill", "Canceled",
	}
}

// StatusRank is how far a status is on a work order's way through AppFolio. One
// that Rentbell does not know comes last.
func StatusRank(status string) int {
	statuses := Statuses()
	i := slices.IndexFunc(statuses, func(s string) bool { return strings.EqualFold(s, status) })
	if i < 0 {
		return len(statuses)
	}
	return i
}

// StatusName is a status in the language of the desktop. Where that has no word
// of its own, it stays as AppFolio sent it.
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

// StatusWord is a status within a line, and nothing where none was sent.
func StatusWord(status string) string {
	if status == "" {
		return ""
	}
	return StatusName(status)
}

// Urgency is a priority worth a word beside the status: "urgent".
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

// priorities are AppFolio's priorities, in English.
var priorities = []string{"Low", "Normal", "Medium", "High", "Urgent", "Emergency"}

// PriorityName is a priority in the language of the desktop; one Rentbell does
// not know stays as AppFolio sent it.
func PriorityName(priority string) string {
	if i := slices.Index(priorities, Capital(strings.ToLower(priority))); i >= 0 {
		return Say(priorities[i])
	}
	return priority
}
