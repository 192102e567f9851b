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

// What stands where AppFolio sent no name, in English.
const (
	NoName     = "Name not sent yet"
	NoProperty = "Property not known"
)

// UnitName is a unit as it stands below its property: "Unit 2A", but "House".
func UnitName(unit string) string {
	numbered := strings.ContainsFunc(unit, unicode.IsDigit) || len([]rune(unit)) == 1
	if numbered && !strings.HasPrefix(strings.ToLower(unit), "unit") {
		return Say("Unit %s", unit)
	}
	return unit
}

// methods are AppFolio's payment methods in people's words, in English, by their
// letters alone.
var methods = map[string]string{
	"ach": "ACH", "echeck": "eCheck", "check": "Check", "cash": "Cash", "card": "Card", "creditcard": "Card",
	"debitcard": "Debit card", "moneyorder": "Money order", "cashierscheck": "Cashier's check", "wire": "Wire",
}

// MethodName is a payment method for a chip. One Rentbell does not know is
// shown as AppFolio spelt it, with spaces.
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

// methodWord is a payment method within a line: "card", but "eCheck" and "ACH".
func methodWord(method string) string {
	name := MethodName(method)
	word := Uncapital(name)
	if strings.ToLower(word) != word {
		return name
	}
	return word
}

// AmountOf is a payment's amount in words; one that was not usable is no figure.
func AmountOf(p core.Payment) string {
	if !p.AmountKnown {
		return Say("No amount")
	}
	return Dollars(p.Amount)
}

// Line is an event in a feed: who or what, and where.
type Line struct {
	Kind   string // "Payment", "Work order"…
	Title  string // "Dana Whitfield"
	Known  bool   // false: Title is a number that stands in for a name
	Where  string // "Alder Court 2A, eCheck"
	Amount string // payments only
}

// Describe puts an event into a line. An event of a kind that Rentbell does not
// read goes by its type.
func Describe(e core.Event) Line {
	name, known := NameOf(e.Detail)
	l := Line{Kind: Say("Delivery"), Title: name, Known: known}
	switch d := e.Detail.(type) {
	case core.Payment:
		l.Kind = Say("Payment")
		l.Amount = AmountOf(d)
		l.Where = Joined(PlaceOf(d.Place), methodWord(d.Method))
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

// EventTitle is an event's kind and whom it is about: "Payment, Dana Whitfield".
// What is only listed is a sentence of its own.
func EventTitle(e core.Event) string {
	l := Describe(e)
	_, doorbell := e.Detail.(core.Doorbell)
	switch {
	case l.Known && (doorbell || e.Detail == nil):
		return l.Title
	case l.Known:
		return Joined(l.Kind, l.Title)
	case strings.HasPrefix(l.Title, l.Kind):
		return l.Title // "Work order 1234-1"
	}
	return Joined(l.Kind, Uncapital(l.Title))
}

// EventNote is what else there is to say about an event on one line.
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

// moves are the steps of a tenant's stay in English: their kind, and when they are.
var moves = map[core.MoveStep]struct{ kind, on string }{
	core.MovedIn:     {"Moved in", "Moved in %s"},
	core.NoticeGiven: {"Gave notice", "Gave notice, leaves %s"},
	core.MovedOut:    {"Moved out", "Moved out %s"},
}

// MoveOf is a step of a tenant's stay, with its day where that is known: "Gave notice,
// leaves Jul 31".
func MoveOf(m core.Move, now time.Time) string {
	if m.On.IsZero() {
		return Say(moves[m.Step].kind)
	}
	return Say(moves[m.Step].on, Tongue.ShortDate(DayOf(m.On, now), now))
}

// MonthsWords is a term: "12 months".
func MonthsWords(n int) string { return SayN(n, "%s month", "%s months", explain.Number(n)) }

// TermOf is "12 months from Nov 1".
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

// Joined puts the parts of which something can be read into one line.
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

// Capital is a phrase as it begins a line.
func Capital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + phrase[size:]
}

// Uncapital is a phrase as it stands within a line.
func Uncapital(phrase string) string {
	first, size := utf8.DecodeRuneInString(phrase)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + phrase[size:]
}
