package ui

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// What stands where AppFolio sent no name, in English.
const (
	noName     = "Name not sent yet"
	noProperty = "Property not known"
)

// unitName is a unit as it stands below its property: "Unit 2A", but "House".
func unitName(unit string) string {
	numbered := strings.ContainsFunc(unit, unicode.IsDigit) || len([]rune(unit)) == 1
	if numbered && !strings.HasPrefix(strings.ToLower(unit), "unit") {
		return say("Unit %s", unit)
	}
	return unit
}

// methods are AppFolio's payment methods in people's words, in English, by their
// letters alone.
var methods = map[string]string{
	"ach": "ACH", "echeck": "eCheck", "check": "Check", "cash": "Cash", "card": "Card", "creditcard": "Card",
	"debitcard": "Debit card", "moneyorder": "Money order", "cashierscheck": "Cashier's check", "wire": "Wire",
}

// methodName is a payment method for a chip. One Rentbell does not know is
// shown as AppFolio spelt it, with spaces.
func methodName(method string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, method)
	if name, known := methods[letters]; known {
		return say(name)
	}
	text := kit.Plain(strings.NewReplacer("_", " ", "-", " ").Replace(method))
	if text == "" {
		return say("Not known")
	}
	return capital(text)
}

// methodWord is a payment method within a line: "card", but "eCheck" and "ACH".
func methodWord(method string) string {
	name := methodName(method)
	word := uncapital(name)
	if strings.ToLower(word) != word {
		return name
	}
	return word
}

// amountOf is a payment's amount in words; one that was not usable is no figure.
func amountOf(p core.Payment) string {
	if !p.AmountKnown {
		return say("No amount")
	}
	return dollars(p.Amount)
}

// line is an event in a feed: who or what, and where.
type line struct {
	Kind   string // "Payment", "Work order"…
	Title  string // "Dana Whitfield"
	Known  bool   // false: Title is a number that stands in for a name
	Where  string // "Alder Court 2A, eCheck"
	Amount string // payments only
}

// describe turns an event into a line.
func describe(e core.Event) line {
	name, known := nameOf(e.Detail)
	l := line{Kind: say("Delivery"), Title: name, Known: known}
	switch d := e.Detail.(type) {
	case core.Payment:
		l.Kind = say("Payment")
		l.Amount = amountOf(d)
		l.Where = joined(placeOf(d.Place), methodWord(d.Method))
		if !known {
			l.Where = say("Tenant name not sent yet")
		}
	case core.WorkOrder:
		l.Kind = say("Work order")
		l.Where = joined(statusWord(d.Status), urgency(d.Priority), placeOf(d.Place))
	case core.LeaseSigned:
		l.Kind = say("Lease signed")
		l.Where = joined(say("Signed"), placeOf(d.Place))
	case core.LeaseExpired:
		l.Kind = say("Lease ended")
		l.Where = joined(say("Ended"), placeOf(d.Place))
	case core.Tenant:
		l.Kind = say("New tenant")
		l.Where = joined(say("New tenant"), placeOf(d.Place))
	case core.Doorbell:
		l.Kind, l.Where = say("News from AppFolio"), d.Entity
		l.Title, l.Known = doorbellWords(d), true
	default:
		l.Title, l.Known = typeName(e.Type)
		l.Where = say("A kind of delivery Rentbell does not know")
		if l.Known {
			l.Where = say("Rentbell only lists this kind of event")
		}
	}
	return l
}

// eventTitle is an event's kind and whom it is about: "Payment, Dana Whitfield".
// What is only listed is a sentence of its own.
func eventTitle(e core.Event) string {
	l := describe(e)
	_, doorbell := e.Detail.(core.Doorbell)
	switch {
	case l.Known && (doorbell || e.Detail == nil):
		return l.Title
	case l.Known:
		return joined(l.Kind, l.Title)
	}
	return joined(l.Kind, uncapital(l.Title))
}

// eventNote is what else there is to say about an event on one line.
func eventNote(e core.Event, now time.Time) string {
	switch d := e.Detail.(type) {
	case core.Payment:
		where := placeOf(d.Place)
		if d.Tenant == "" {
			where = say("tenant name not sent yet")
		}
		return joined(amountOf(d), where)
	case core.LeaseSigned:
		return joined(termOf(d.MoveIn, d.Months, now), placeOf(d.Place))
	case core.LeaseExpired:
		out := ""
		if !d.Vacate.IsZero() {
			out = say("Move-out %s", tongue.ShortDate(dayOf(d.Vacate, now), now))
		}
		return joined(out, placeOf(d.Place))
	case core.Tenant:
		if d.PropertyID == "" {
			return say("No property yet, needs attention")
		}
		return joined(placeOf(d.Place), d.Email)
	}
	return describe(e).Where
}

// monthsWords is a term: "12 months".
func monthsWords(n int) string { return sayN(n, "%s month", "%s months", explain.Number(n)) }

// termOf is "12 months from Nov 1".
func termOf(moveIn core.Date, months int, now time.Time) string {
	if moveIn.IsZero() {
		if months > 0 {
			return monthsWords(months)
		}
		return say("Month to month")
	}
	first := tongue.ShortDate(dayOf(moveIn, now), now)
	if months > 0 {
		return sayN(months, "%s month from %s", "%s months from %s", explain.Number(months), first)
	}
	return say("Month to month from %s", first)
}

// joined puts the parts that are not empty into one line.
func joined(parts ...string) string {
	text := ""
	for _, part := range parts {
		switch {
		case part == "":
		case text == "":
			text = part
		default:
			text = say("%s, %s", text, part)
		}
	}
	return text
}

// capital is a phrase as it begins a line.
func capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + phrase[size:]
}

// uncapital is a phrase as it stands within a line.
func uncapital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + phrase[size:]
}
