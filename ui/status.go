package ui

import (
	"slices"
	"strings"
)

// Words for work orders: how far they are and how urgent.

// orderStatuses are AppFolio's statuses of work orders, in English, in the order
// in which a work order goes through them.
func orderStatuses() []string {
	return []string{
		"New", "Estimate Requested", "Estimated", "Assigned", "Assigned by AppFolio", "Scheduled", "Waiting",
		"Work Done", "Work Completed", "Ready to Bill", "Completed", "Completed No Need to Bill", "Canceled",
	}
}

// statusRank is how far a status is on a work order's way through AppFolio. One
// that Rentbell does not know comes last.
func statusRank(status string) int {
	statuses := orderStatuses()
	i := slices.IndexFunc(statuses, func(s string) bool { return strings.EqualFold(s, status) })
	if i < 0 {
		return len(statuses)
	}
	return i
}

// statusName is a status in the language of the desktop. Where that has no word
// of its own, it stays as AppFolio sent it.
func statusName(status string) string {
	if status == "" {
		return say("Status not sent")
	}
	statuses := orderStatuses()
	if i := statusRank(status); i < len(statuses) {
		if name := say(statuses[i]); name != statuses[i] {
			return name
		}
	}
	return status
}

// statusWord is a status within a line, and nothing where none was sent.
func statusWord(status string) string {
	if status == "" {
		return ""
	}
	return statusName(status)
}

// urgency is a priority worth a word beside the status: "urgent".
func urgency(priority string) string {
	switch strings.ToLower(priority) {
	case "urgent":
		return say("urgent")
	case "emergency":
		return say("emergency")
	case "high":
		return say("high")
	}
	return ""
}

// priorities are AppFolio's priorities, in English.
var priorities = []string{"Low", "Normal", "Medium", "High", "Urgent", "Emergency"}

// priorityName is a priority in the language of the desktop; one Rentbell does
// not know stays as AppFolio sent it.
func priorityName(priority string) string {
	if i := slices.Index(priorities, capital(strings.ToLower(priority))); i >= 0 {
		return say(priorities[i])
	}
	return priority
}
