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
			n.Body = joined(n.Body, "needs attention")
			return n
		}
	case core.WorkOrder:
		n = notice{workOrderTitle(d), joined(name, place(d.Place))}
		if says.Tenant {
			n.Body = joined(n.Body, d.Vendor)
		}
	case core.LeaseSigned:
		n = notice{"Lease signed", joined(name, place(d.Place))}
	case core.LeaseExpired:
		n = notice{"Lease ended", joined(name, place(d.Place))}
	case core.Tenant:
		n = notice{"New tenant", joined(name, place(d.Place))}
	}
	if !e.Attention.IsZero() {
		return notice{"Needs attention", joined(tongue.Event(e).Title, n.Body)}
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
		return "Payment received"
	case p.Amount < 0 && says.Amount:
		return "Refund: " + dollars(p.Amount)
	case p.Amount < 0:
		return "Refund"
	case says.Amount:
		return "Rent received: " + dollars(p.Amount)
	}
	return "Rent received"
}

func workOrderTitle(w core.WorkOrder) string {
	status := strings.ToLower(strings.TrimSpace(w.Status))
	switch {
	case status == "":
		return "Work order changed"
	case status == "new":
		return joined("New work order", urgency(w.Priority))
	case strings.Contains(status, " "): // "Work order: work done"
		return "Work order: " + status
	}
	return "Work order " + status
}
