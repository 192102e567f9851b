package notify

import (
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// noticeOfEvent describes one event. It leaves out what says does not allow.
func noticeOfEvent(e core.Event, says core.Says) Notice {
	name := spoken(e.Detail, says)
	place := func(p core.Place) string {
		if !says.Place {
			return ""
		}
		return words.PlaceOf(p)
	}
	n := Notice{words.Tongue.Kind(e.Detail), name}
	switch d := e.Detail.(type) {
	case core.Payment:
		n = Notice{paymentTitle(d, says), words.Joined(name, place(d.Place))}
		if !e.Attention.IsZero() && d.AmountKnown { // the amount comes first even if something is wrong with the payment
			n.Body = words.Joined(n.Body, words.Say("needs attention"))
			return n
		}
	case core.WorkOrder:
		n = Notice{workOrderTitle(d), words.Joined(name, place(d.Place))}
		if says.Tenant {
			n.Body = words.Joined(n.Body, d.Vendor)
		}
	case core.LeaseSigned:
		n = Notice{words.Say("Lease signed"), words.Joined(name, place(d.Place))}
	case core.LeaseExpired:
		n = Notice{words.Say("Lease ended"), words.Joined(name, place(d.Place))}
	case core.Tenant:
		n = Notice{words.Say("New tenant"), words.Joined(name, place(d.Place))}
	case core.Move:
		n = Notice{words.MoveOf(d, e.OccurredAt), words.Joined(name, place(d.Place))}
	}
	if !e.Attention.IsZero() {
		if _, move := e.Detail.(core.Move); move {
			n.Body = words.Joined(n.Body, words.Uncapital(n.Title))
		}
		return Notice{words.Say("Needs attention"), words.Joined(words.Tongue.Event(e).Title, n.Body)}
	}
	return n
}

// spoken returns whom or what an event is about, as far as says allows. Without
// names, a work order has only its number, because people write its title.
func spoken(d core.Detail, says core.Says) string {
	if !says.Tenant {
		w, ok := d.(core.WorkOrder)
		if !ok {
			return ""
		}
		d = core.WorkOrder{ID: w.ID, Number: w.Number}
	}
	name, _ := words.NameOf(d)
	return name
}

func paymentTitle(p core.Payment, says core.Says) string {
	switch {
	case !p.AmountKnown:
		return words.Say("Payment received")
	case p.Amount < 0 && says.Amount:
		return words.Say("Refund: %s", words.Dollars(p.Amount))
	case p.Amount < 0:
		return words.Say("Refund")
	case says.Amount:
		return words.Say("Rent received: %s", words.Dollars(p.Amount))
	}
	return words.Say("Rent received")
}

func workOrderTitle(w core.WorkOrder) string {
	status := strings.ToLower(strings.TrimSpace(w.Status))
	word := strings.ToLower(words.StatusWord(strings.TrimSpace(w.Status)))
	switch {
	case status == "":
		return words.Say("Work order changed")
	case status == "new":
		return words.Joined(words.Say("New work order"), words.Urgency(w.Priority))
	case strings.Contains(status, " "): // "Work order: work done"
		return words.Say("Work order: %s", word)
	}
	return words.Say("Work order %s", word)
}
