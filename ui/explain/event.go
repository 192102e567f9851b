package explain

import (
	"strings"

	"rentbell/core"
)

// Quarantine says why a signed delivery is no event.
func Quarantine(r core.Reason) Words {
	const keep = "It is kept whole, outside your records. If more arrive, ask AppFolio's support."
	switch r {
	case core.ReasonNoID:
		return Words{"A delivery came without an id", "It is signed by AppFolio, but nothing tells whether it came before.", keep}
	case core.ReasonOtherAccount:
		return Words{"A delivery is for another account", "AppFolio signed it, but it names another client id than yours.", "Check the client id in Settings. If it is right, you can leave this."}
	case core.ReasonNoType:
		return Words{"A delivery came without a type", "It is signed by AppFolio, but nothing tells what it is about.", keep}
	}
	return Words{"A delivery could not be read", "It is signed by AppFolio, but not written in the form it agreed on.", keep}
}

// Event says why an event needs a person's eye.
func Event(e core.Event) Words {
	kind := Kind(e.Detail)
	look := "Look it up in AppFolio."
	if _, payment := e.Detail.(core.Payment); payment && e.Attention.Field == "amount_cents" {
		look = "Look it up in AppFolio. Until then it is left out of totals and exports."
	}
	field := fieldName(e.Attention.Field)
	switch e.Attention.Reason {
	case "":
		return Words{}
	case core.ReasonNoProperty:
		return Words{"Tenant without a property", "AppFolio sent no property with it.",
			"The property may be archived in AppFolio. Open it there and check that it is active."}
	case core.ReasonMissing:
		return Words{kind + " without " + article(field), "AppFolio did not send the " + field + ".", look}
	case core.ReasonWrongKind:
		return Words{kind + " with an unreadable " + field, "AppFolio sent the " + field + " in a form that cannot be read, and Rentbell does not guess.", look}
	}
	return Words{kind + " needs a look", "Something about it is not as AppFolio agreed on.", look}
}

// Kind names the kind of an event, at the start of a sentence.
func Kind(d core.Detail) string {
	switch d.(type) {
	case core.Payment:
		return "Payment"
	case core.WorkOrder:
		return "Work order"
	case core.LeaseSigned:
		return "Signed lease"
	case core.LeaseExpired:
		return "Ended lease"
	case core.Tenant:
		return "Tenant"
	case core.Doorbell:
		return "News from AppFolio"
	}
	return "Delivery"
}

// fieldNames are the members of data in people's words.
var fieldNames = map[string]string{
	"data":            "content",
	"tenant_id":       "tenant number",
	"property_id":     "property number",
	"email":           "e-mail address",
	"work_order_id":   "work order number",
	"status":          "status",
	"assigned_vendor": "vendor",
	"lease_id":        "lease number",
	"amount_cents":    "amount",
	"payment_method":  "payment method",
	"move_in_date":    "move-in date",
	"term_months":     "term",
	"unit_id":         "unit number",
	"vacate_date":     "move-out date",
}

func fieldName(field string) string {
	if name, known := fieldNames[field]; known {
		return name
	}
	return "detail"
}

func article(noun string) string {
	switch {
	case noun == "content":
		return noun
	case strings.ContainsRune("aeio", rune(noun[0])): // but "a unit"
		return "an " + noun
	}
	return "a " + noun
}
