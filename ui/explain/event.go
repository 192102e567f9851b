package explain

import (
	"rentbell/core"
)

// Quarantine says why a signed delivery is no event.
func (t Tongue) Quarantine(r core.Reason) Words {
	const keep = "It is kept whole, outside your records. If more arrive, ask AppFolio's support."
	switch r {
	case core.ReasonNoID:
		return t.words(Words{"A delivery came without an id", "It is signed by AppFolio, but nothing tells whether it came before.", keep})
	case core.ReasonOtherAccount:
		return t.words(Words{"A delivery is for another account", "AppFolio signed it, but it names another client id than yours.",
			"Check the client id in Settings. If it is right, you can leave this."})
	case core.ReasonNoType:
		return t.words(Words{"A delivery came without a type", "It is signed by AppFolio, but nothing tells what it is about.", keep})
	}
	return t.words(Words{"A delivery could not be read", "It is signed by AppFolio, but not written in the form it agreed on.", keep})
}

// Event says why an event needs a person's eye.
func (t Tongue) Event(e core.Event) Words {
	if e.Attention.Reason == "" {
		return Words{}
	}
	kind, field := t.Kind(e.Detail), fieldOf(e.Attention.Field)
	if e.Type == core.TypeTenantUpdated {
		kind = t("Tenant")
	}
	look := t("Look it up in AppFolio.")
	switch p, payment := e.Detail.(core.Payment); {
	case payment && !p.AmountKnown && (e.Attention.Field == "amount_cents" || e.Attention.Field == "receipt_date"):
		look = t("Look it up in AppFolio. Until then it is left out of totals and exports.")
	case e.Attention.Field == "receipt_date":
		look = t("Look it up in AppFolio. Until it is corrected there, it counts on the day it came.")
	}
	switch e.Attention.Reason {
	case core.ReasonNoProperty:
		return t.words(Words{"Tenant without a property", "AppFolio sent no property with it.",
			"The property may be archived in AppFolio. Open it there and check that it is active."})
	case core.ReasonMissing:
		return Words{t("%s without %s", kind, t(field.some)), t("AppFolio did not send %s.", t(field.the)), look}
	case core.ReasonWrongKind:
		return Words{t("%s with %s", kind, t(field.unreadable)),
			t("AppFolio sent %s in a form that cannot be read, and Rentbell does not guess.", t(field.the)), look}
	case core.ReasonTime:
		return Words{t("%s with %s", kind, t("an unlikely date")),
			t("AppFolio sent a date or time that cannot be right, so the moment it arrived counts."), look}
	}
	return Words{t("%s needs a look", kind), t("Something about it is not as AppFolio agreed on."), look}
}

// Kind names the kind of an event, at the start of a sentence.
func (t Tongue) Kind(d core.Detail) string {
	switch d.(type) {
	case core.Payment:
		return t("Payment")
	case core.WorkOrder:
		return t("Work order")
	case core.LeaseSigned:
		return t("Signed lease")
	case core.LeaseExpired:
		return t("Ended lease")
	case core.Tenant, core.Move:
		return t("Tenant")
	case core.Doorbell:
		return t("News from AppFolio")
	}
	return t("Delivery")
}

// field is a member of data in people's words, as three kinds of sentences name
// it: no language has one article for all.
type field struct{ some, the, unreadable string }

var fields = map[string]field{
	"data":            {"content", "the content", "an unreadable content"},
	"tenant_id":       {"a tenant number", "the tenant number", "an unreadable tenant number"},
	"property_id":     {"a property number", "the property number", "an unreadable property number"},
	"email":           {"an e-mail address", "the e-mail address", "an unreadable e-mail address"},
	"work_order_id":   {"a work order number", "the work order number", "an unreadable work order number"},
	"status":          {"a status", "the status", "an unreadable status"},
	"assigned_vendor": {"a vendor", "the vendor", "an unreadable vendor"},
	"lease_id":        {"a lease number", "the lease number", "an unreadable lease number"},
	"amount_cents":    {"an amount", "the amount", "an unreadable amount"},
	"receipt_date":    {"a date", "the date", "an unreadable date"},
	"receipt_id":      {"a receipt number", "the receipt number", "an unreadable receipt number"},
	"payer":           {"a payer", "the payer", "an unreadable payer"},
	"payment_method":  {"a payment method", "the payment method", "an unreadable payment method"},
	"move_in_date":    {"a move-in date", "the move-in date", "an unreadable move-in date"},
	"term_months":     {"a term", "the term", "an unreadable term"},
	"end_date":        {"an end date", "the end date", "an unreadable end date"},
	"tenant_name":     {"a tenant name", "the tenant name", "an unreadable tenant name"},
	"unit_id":         {"a unit number", "the unit number", "an unreadable unit number"},
	"vacate_date":     {"a move-out date", "the move-out date", "an unreadable move-out date"},
}

func fieldOf(name string) field {
	if f, known := fields[name]; known {
		return f
	}
	return field{"a detail", "the detail", "an unreadable detail"}
}
