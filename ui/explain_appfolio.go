package ui

import (
	"net/http"
	"strings"
	"time"

	"rentbell/core"
)

// explainSubscribe says why AppFolio did not take a registration.
func explainSubscribe(e *core.SubscribeError) Words {
	switch {
	case e.Status == 0:
		return explainNoAnswer(silenceOf(e.Err))
	case e.Status >= 500:
		return Words{"AppFolio has a problem of its own", "It could not take the registration." + quoted(e.Message), "Rentbell tries again by itself."}
	}
	switch e.Status {
	case http.StatusUnauthorized:
		return Words{"AppFolio does not accept the API key", "The key is wrong, or it has been taken back." + quoted(e.Message), "Paste a new one in Settings, under AppFolio."}
	case http.StatusForbidden:
		return Words{"This API key may not register webhooks", "AppFolio knows the key, but it lacks the permission." + quoted(e.Message), "Ask your AppFolio administrator for a key that may."}
	case http.StatusNotFound:
		return Words{"AppFolio takes no webhooks here", "Your AppFolio account or plan may not include them." + quoted(e.Message), "Ask AppFolio's support to switch webhooks on."}
	case http.StatusUnprocessableEntity, http.StatusBadRequest, http.StatusConflict:
		return Words{"AppFolio did not accept the registration", "Something about your address or secret does not suit it." + quoted(e.Message), "Mend that in Settings and register again."}
	case http.StatusTooManyRequests:
		return Words{"AppFolio asks Rentbell to wait", "Too many registrations came in a short time." + leftAlone(e.RetryAfter), "Rentbell tries again by itself."}
	case http.StatusRequestTimeout:
		return Words{"AppFolio gave up waiting", "The registration did not arrive in time.", "Rentbell tries again by itself."}
	}
	w := Words{"AppFolio did not accept the registration", "It gave an answer that Rentbell does not know." + quoted(e.Message), "Check the API key in Settings and register again."}
	if e.Temporary() {
		w.Fix = "Rentbell tries again by itself."
	}
	return w
}

// quoted lets AppFolio speak for itself. Its words have been cleaned where they
// came in.
func quoted(message string) string {
	if message == "" {
		return ""
	}
	return " It says: “" + strings.TrimRight(message, ". ") + ".”"
}

// leftAlone says how long AppFolio wants to be left alone.
func leftAlone(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Minute:
		return " It wants to be left alone for " + count(int((d+time.Second-1)/time.Second), "second") + "."
	}
	return " It wants to be left alone for " + count(int((d+time.Minute-1)/time.Minute), "minute") + "."
}

func explainNoAnswer(s silence) Words {
	const title, again = "AppFolio does not answer", "Rentbell tries again by itself."
	switch s {
	case offline:
		return Words{title, "This computer has no way to the internet.", "Check your Wi-Fi. " + again}
	case tooSlow:
		return Words{title, "Its answer took too long.", again}
	case shut:
		return Words{title, "The connection was refused, by AppFolio or by a firewall on the way.", again}
	case untrusted:
		return Words{title, "What answers in its place cannot be trusted.",
			"Check this computer's date and time, and whether a firewall looks into connections."}
	}
	return Words{title, "The connection dropped before its answer came.", "Check your Wi-Fi. " + again}
}

// explainQuarantine says why a signed delivery is no event.
func explainQuarantine(r core.Reason) Words {
	const keep = "It is kept whole, outside your records. If more arrive, ask AppFolio's support."
	switch r {
	case core.ReasonNoID:
		return Words{"A delivery came without an id", "It is signed by AppFolio, but nothing tells whether it came before.", keep}
	case core.ReasonNoType:
		return Words{"A delivery came without a type", "It is signed by AppFolio, but nothing tells what it is about.", keep}
	}
	return Words{"A delivery could not be read", "It is signed by AppFolio, but not written in the form it agreed on.", keep}
}

// explainAttention says why an event needs a person's eye.
func explainAttention(e core.Event) Words {
	kind := kindOf(e.Detail)
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

// kindOf names the kind of an event, at the start of a sentence.
func kindOf(d core.Detail) string {
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
