package words

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// Texts that stand in for what AppFolio did not send. They are English sources;
// Say translates them.
const (
	NoName     = "Name not sent yet"
	NoProperty = "Property not known"
)

// UnitName formats a unit's name for the line below its property: "Unit 2A",
// but "House".
func UnitName(unit string) string {
	numbered := strings.ContainsFunc(unit, unicode.IsDigit) || len([]rune(unit)) == 1
	if numbered && !strings.HasPrefix(strings.ToLower(unit), "unit") {
		return Say("Unit %s", unit)
	}
	return unit
}

// methods maps AppFolio's payment methods, reduced to lower-case letters, to
// English names.
var methods = map[string]string{
	"ach": "ACH", "echeck": "eCheck", "check": "Check", "cash": "Cash", "card": "Card", "creditcard": "Card",
	"debitcard": "Debit card", "moneyorder": "Money order", "cashierscheck": "Cashier's check", "wire": "Wire",
}

// MethodName returns a payment method's name for a chip. An unknown method
// keeps AppFolio's spelling, with spaces for underscores and hyphens.
func MethodName(method string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, method)
	if name, known := methods[letters]; known {
		return Say(name)
	}
	text := kit.Plain(strings.NewReplacer("_", " ", "-", " ").Replace(method))
	if text == "" {
		return Say("Not known")
	}
	return Capital(text)
}

// MethodWord returns a payment method's name for use within a line: "card", but
// "eCheck" and "ACH".
func MethodWord(method string) string {
	name := MethodName(method)
	word := Uncapital(name)
	if strings.ToLower(word) != word {
		return name
	}
	return word
}

// AmountOf formats a payment's amount. If AppFolio sent none that can be read,
// it returns words that say so.
func AmountOf(p core.Payment) string {
	if !p.AmountKnown {
		return Say("No amount")
	}
	return Dollars(p.Amount)
}

// Line describes an event in a feed.
type Line struct {
	Kind   string // "Payment", "Work order"…
	Title  string // "Dana Whitfield"
	Known  bool   // false: Title is an id, because AppFolio sent no name
	Where  string // "Alder Court 2A, eCheck"
	Amount string // payments only
}

// Describe returns the line of an event. An event without a Detail is described
// by its type.
func Describe(e core.Event) Line {
	name, known := NameOf(e.Detail)
	l := Line{Kind: Say("Delivery"), Title: name, Known: known}
	switch d := e.Detail.(type) {
	case core.Payment:
		l.Kind = Say("Payment")
		l.Amount = AmountOf(d)
		l.Where = Joined(PlaceOf(d.Place), MethodWord(d.Method))
		if !known {
			l.Where = Say("Tenant name not sent yet")
		}
	case core.WorkOrder:
		l.Kind = Say("Work order")
		l.Where = Joined(StatusWord(d.Status), Urgency(d.Priority), PlaceOf(d.Place))
	case core.LeaseSigned:
		l.Kind = Say("Lease signed")
		l.Where = Joined(Say("Signed"), PlaceOf(d.Place))
	case core.LeaseExpired:
		l.Kind = Say("Lease ended")
		l.Where = Joined(Say("Ended"), PlaceOf(d.Place))
	case core.Tenant:
		l.Kind = Say("New tenant")
		l.Where = Joined(Say("New tenant"), PlaceOf(d.Place))
	case core.Move:
		l.Kind = Say(moves[d.Step].kind)
		l.Where = Joined(MoveOf(d, e.OccurredAt), PlaceOf(d.Place))
	case core.Doorbell:
		l.Kind, l.Where = Say("News from AppFolio"), d.Entity
		l.Title, l.Known = doorbellWords(d), true
	default:
		l.Title, l.Known = TypeName(e.Type)
		l.Where = Say("A kind of delivery Rentbell does not know")
		if l.Known {
			l.Where = Say("Rentbell only lists this kind of event")
		}
	}
	return l
}

// EventTitle returns an event's kind and whom it is about: "Payment, Dana
// Whitfield". For doorbells and types that Rentbell only lists it returns a
// sentence.
func EventTitle(e core.Event) string {
	l := Describe(e)
	_, doorbell := e.Detail.(core.Doorbell)
	switch {
	case l.Known && (doorbell || e.Detail == nil):
		return l.Title
	case l.Known:
		return Joined(l.Kind, l.Title)
	case strings.HasPrefix(l.Title, l.Kind):
		return l.Title // such as "Work order 1234-1"
	}
	return Joined(l.Kind, Uncapital(l.Title))
}

// EventNote returns the line below an event's title: amount, term, day and
// place, as far as they are known.
func EventNote(e core.Event, now time.Time) string {
	switch d := e.Detail.(type) {
	case core.Payment:
		where := PlaceOf(d.Place)
		if d.Tenant == "" {
			where = Say("tenant name not sent yet")
		}
		return Joined(AmountOf(d), where)
	case core.LeaseSigned:
		return Joined(TermOf(d.MoveIn, d.Months, now), PlaceOf(d.Place))
	case core.LeaseExpired:
		out := ""
		if !d.Vacate.IsZero() {
			out = Say("Move-out %s", Tongue.ShortDate(DayOf(d.Vacate, now), now))
		}
		return Joined(out, PlaceOf(d.Place))
	case core.Move:
		return Joined(MoveOf(d, now), PlaceOf(d.Place))
	case core.Tenant:
		if d.PropertyID == "" {
			return Say("No property yet, needs attention")
		}
		return Joined(PlaceOf(d.Place), d.Email)
	}
	return Describe(e).Where
}

// moves has the English texts for the steps of a tenant's stay: the kind of
// event, and a sentence with the day.
var moves = map[core.MoveStep]struct{ kind, on string }{
	core.MovedIn:     {"Moved in", "Moved in %s"},
	core.NoticeGiven: {"Gave notice", "Gave notice, leaves %s"},
	core.MovedOut:    {"Moved out", "Moved out %s"},
}

// MoveOf returns a step of a tenant's stay, with its day if that is known:
// "Gave notice, leaves Jul 31".
func MoveOf(m core.Move, now time.Time) string {
	if m.On.IsZero() {
		return Say(moves[m.Step].kind)
	}
	return Say(moves[m.Step].on, Tongue.ShortDate(DayOf(m.On, now), now))
}

// MonthsWords formats the length of a lease: "12 months".
func MonthsWords(n int) string { return SayN(n, "%s month", "%s months", explain.Number(n)) }

// TermOf formats the term of a lease: "12 months from Nov 1".
func TermOf(moveIn core.Date, months int, now time.Time) string {
	if moveIn.IsZero() {
		if months > 0 {
			return MonthsWords(months)
		}
		return Say("Month to month")
	}
	first := Tongue.ShortDate(DayOf(moveIn, now), now)
	if months > 0 {
		return SayN(months, "%s month from %s", "%s months from %s", explain.Number(months), first)
	}
	return Say("Month to month from %s", first)
}

// Joined joins parts with commas. It leaves out those that have nothing to
// read.
func Joined(parts ...string) string {
	text := ""
	for _, part := range parts {
		switch {
		case core.OneLine(part) == "":
		case text == "":
			text = part
		default:
			text = Say("%s, %s", text, part)
		}
	}
	return text
}

// Capital returns a phrase for the beginning of a line.
func Capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + phrase[size:]
}

// Uncapital returns a phrase for use within a line.
func Uncapital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + phrase[size:]
}
