package words

import (
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// Words for events of which only the kind is known: the doorbells of a
// Developer Space, and the types that Rentbell only lists.

// topics maps AppFolio's topics to English words for one changed thing.
var topics = map[string]string{
	"bills":                  "a bill",
	"charges":                "a charge",
	"general_ledger_details": "a ledger entry",
	"journal_entries":        "a journal entry",
	"leads":                  "a lead",
	"lead_updates":           "a lead",
	"leases":                 "a lease",
	"properties":             "a property",
	"tenants":                "a tenant",
	"units":                  "a unit",
	"work_orders":            "a work order",
	"work_order_updates":     "a work order",
}

// manyTopics maps AppFolio's topics to English plurals.
var manyTopics = map[string]string{
	"bills":                  "bills",
	"charges":                "charges",
	"general_ledger_details": "ledger entries",
	"journal_entries":        "journal entries",
	"leads":                  "leads",
	"lead_updates":           "leads",
	"leases":                 "leases",
	"properties":             "properties",
	"tenants":                "tenants",
	"units":                  "units",
	"work_orders":            "work orders",
	"work_order_updates":     "work orders",
}

// Doorbells formats a number of doorbells. more means that there are at least
// n.
func Doorbells(n int, more bool) string {
	if more {
		return SayN(n, "%s doorbell or more", "%s doorbells or more", explain.Number(n))
	}
	return SayN(n, "%s doorbell", "%s doorbells", explain.Number(n))
}

// TopicsOf lists the topics of doorbells in the given order, each once:
// "charges, work orders".
func TopicsOf(topics []string) string {
	var said []string
	for _, topic := range topics {
		thing := readable(topic)
		if many, known := manyTopics[topic]; known {
			thing = Say(many)
		}
		if !slices.Contains(said, thing) {
			said = append(said, thing)
		}
	}
	return Joined(said...)
}

// doorbellWords returns what a doorbell announces: "AppFolio says that a work
// order changed".
func doorbellWords(d core.Doorbell) string {
	thing := Say("something (%s)", readable(d.Topic))
	if noun, known := topics[d.Topic]; known {
		thing = Say(noun)
	}
	switch {
	case d.Gone():
		return Say("AppFolio says that %s was deleted", thing)
	case d.Change == "create":
		return Say("AppFolio says that %s was added", thing)
	}
	return Say("AppFolio says that %s changed", thing)
}

// types maps the types of event that Rentbell only lists to English texts.
var types = map[string]string{
	"tenant.updated":   "Tenant's record changed",
	"tenant.notice":    "Tenant gave notice",
	"tenant.moved_in":  "Tenant moved in",
	"tenant.moved_out": "Tenant moved out",
}

// TypeName returns the name of an event's type. known is false for a type
// without a text here; the name is then AppFolio's spelling with spaces.
func TypeName(name string) (words string, known bool) {
	if words, known := types[name]; known {
		return Say(words), true
	}
	return Capital(readable(name)), false
}

// readable returns one of AppFolio's identifiers with spaces: "vendor updated".
func readable(name string) string {
	return kit.Plain(strings.NewReplacer("_", " ", ".", " ", "-", " ").Replace(name))
}
