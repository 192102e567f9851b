package ui

import (
	"strings"

	"rentbell/core"
)

// noticeOfEvent puts one event into words. What may not be said drops out.
func noticeOfEvent(e core.Event, says core.Says) notice {
	name := spoken(e.Detail, says)
	place := func(p core.Place) string {
		if !says.Place {
			return ""
		}
		return placeOf(p)
	}
	n := notice{tongue.Kind(e.Detail), name}
	switch d := e.Detail.(type) {
	case core.Payment:
		n = notice{paymentTitle(d, says), joined(name, place(d.Place))}
		if !e.Attention.IsZero() && d.AmountKnown { // the money counts for more than the flaw
			n.Body = joined(n.Body, say("needs attention"))
			return n
		}
	case core.WorkOrder:
		n = notice{workOrderTitle(d), joined(name, place(d.Place))}
		if says.Tenant {
			n.Body = joined(n.Body, d.Vendor)
		}
	case core.LeaseSigned:
		n = notice{say("Lease signed"), joined(name, place(d.Place))}
	case core.LeaseExpired:
		n = notice{say("Lease ended"), joined(name, place(d.Place))}
	case core.Tenant:
		n = notice{say("New tenant"), joined(name, place(d.Place))}
	}
	if !e.Attention.IsZero() {
		return notice{say("Needs attention"), joined(tongue.Event(e).Title, n.Body)}
	}
	return n
}

// spoken is who or what an event is about, as far as that may be said. A work
// order keeps its number: its title is what a person wrote.
func spoken(d core.Detail, says core.Says) string {
	if !says.Tenant {
		w, ok := d.(core.WorkOrder)
		if !ok {
			return ""
		}
		d = core.WorkOrder{ID: w.ID}
	}
	name, _ := nameOf(d)
	return name
}

func paymentTitle(p core.Payment, says core.Says) string {
	switch {
	case !p.AmountKnown:
		return say("Payment received")
	case p.Amount < 0 && says.Amount:
		return say("Refund: %s", dollars(p.Amount))
	case p.Amount < 0:
		return say("Refund")
	case says.Amount:
		return say("Rent received: %s", dollars(p.Amount))
	}
	return say("Rent received")
}

func workOrderTitle(w core.WorkOrder) string {
	status := strings.ToLower(strings.TrimSpace(w.Status))
	word := strings.ToLower(statusWord(strings.TrimSpace(w.Status)))
	switch {
	case status == "":
		return say("Work order changed")
	case status == "new":
		return joined(say("New work order"), urgency(w.Priority))
	case strings.Contains(status, " "): // "Work order: work done"
		return say("Work order: %s", word)
	}
	return say("Work order %s", word)
}
