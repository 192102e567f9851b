package news

import (
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// The captions of findings: whose they are, and what is in question.

// mostNamed is how many are named before "and 4 more".
const mostNamed = 3

// listed names some and counts the rest: "A, B, C and 4 more".
func listed(names []string) string {
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n == 2:
		return words.Say("%s and %s", names[0], names[1])
	case n == mostNamed:
		return words.Say("%s, %s and %s", names[0], names[1], names[2])
	default:
		return words.Say("%s, %s, %s and %s more", names[0], names[1], names[2], explain.Number(n-mostNamed))
	}
}

// listedOf is listed for what each of the findings is called.
func listedOf(found []core.Found, name func(core.Found) string) string {
	var names []string
	for _, f := range subjects(found) {
		names = append(names, name(f))
	}
	return listed(names)
}

// whose is the tenant of a finding's lease, or the title of its work order.
func whose(f core.Found) string {
	if f.WorkOrder != "" {
		name, _ := words.NameOf(core.WorkOrder{ID: f.WorkOrder, Number: f.Number, Title: f.Title})
		return name
	}
	name, _ := words.NameOr(f.Place.Tenant, f.Lease, "Lease", "Lease %s")
	return name
}

// whoseAndWhere is whose with the place: "Marisol Vega, Alder Court 3C".
func whoseAndWhere(f core.Found) string { return words.Joined(whose(f), words.PlaceOf(f.Place)) }

// who names the leases of findings: a single one with its place.
func who(found []core.Found) string {
	if len(subjects(found)) == 1 {
		return whoseAndWhere(found[0])
	}
	return listedOf(found, whose)
}

// sum adds up what each of the findings is about.
func sum(found []core.Found, of func(core.Found) core.Cents) string {
	var all core.Cents
	for _, f := range found {
		all = all.Plus(of(f))
	}
	return words.Dollars(all)
}

func amount(f core.Found) core.Cents { return f.Amount }

func stillDue(f core.Found) core.Cents { return f.StillDue() }

func dueText(found []core.Found) string {
	return words.Say("%s: %s still due.", who(found), sum(found, stillDue))
}

func noticeText(found []core.Found, r Reader, now time.Time) string {
	if len(found) > 1 {
		return words.Say("%s: %s arrived.", who(found), sum(found, amount))
	}
	f := found[0]
	arrived := words.Say("%s: %s arrived %s.", who(found), words.Dollars(f.Amount), day(f.Since, now))
	served := r.Terms(f.Lease).NoticeOn
	if served.IsZero() {
		return arrived
	}
	return words.Paragraph(arrived, words.Say("Notice was served on %s.", words.ListDate(words.DayOf(served, now), now)))
}

func returnedText(found []core.Found, r Reader, now time.Time) string {
	if len(found) > 1 {
		return words.Say("%s: %s came back.", who(found), sum(found, amount))
	}
	f := found[0]
	back := words.Say("%s: %s came back %s.", who(found), words.Dollars(f.Amount), words.Tongue.OnDay(f.Since.In(now.Location()), now))
	paid, err := r.Event(f.Seqs[0])
	if err != nil { // it has been deleted for its age
		return back
	}
	return words.Paragraph(back, words.Say("Belongs to the receipt of %s.", words.ListDate(paid.OccurredAt.In(now.Location()), now)))
}

func twiceText(found []core.Found, r Reader, now time.Time) string {
	if len(found) > 1 {
		return words.Say("%s: %s came again.", who(found), sum(found, amount))
	}
	f := found[0]
	again := f.Since.In(now.Location())
	first, err := r.Event(f.Seqs[0])
	p, is := first.Detail.(core.Payment)
	if err != nil || !is { // it has been deleted for its age
		return words.Say("%s: %s came again %s.", who(found), words.Dollars(f.Amount), words.Tongue.OnDay(again, now))
	}
	text := words.Say("%s: %s on %s and again on %s", who(found), words.Dollars(f.Amount),
		words.ListDate(first.OccurredAt.In(now.Location()), now), words.ListDate(again, now))
	if p.Method == "" {
		return words.Say("%s.", text)
	}
	return words.Say("%s, both by %s.", text, words.MethodWord(p.Method))
}

func noVendorWords(found []core.Found, now time.Time) (title, text string) {
	if len(found) == 1 {
		f := found[0]
		return words.SayN(f.Hours, "No vendor for %s hour", "No vendor for %s hours", explain.Number(f.Hours)),
			words.Say("%s. Since %s.", whoseAndWhere(f), words.Moment(f.Since.In(now.Location()), now))
	}
	return words.Say("%s work orders without a vendor", explain.Number(len(found))),
		words.Say("%s.", listedOf(found, func(f core.Found) string { return aged(f, words.Tongue.Count(f.Hours, "hour")) }))
}

func untouchedWords(found []core.Found, now time.Time) (title, text string) {
	days := func(f core.Found) int { return int(now.Sub(f.Since) / (24 * time.Hour)) }
	if len(found) == 1 {
		f := found[0]
		return words.SayN(days(f), "Untouched for %s day", "Untouched for %s days", explain.Number(days(f))),
			words.Say("%s. Last change %s.", whoseAndWhere(f), words.Tongue.OnDay(f.Since.In(now.Location()), now))
	}
	least := days(found[0])
	for _, f := range found {
		least = min(least, days(f))
	}
	return words.SayN(least, "%[2]s work orders untouched for %[1]s day", "%[2]s work orders untouched for %[1]s days", explain.Number(least), explain.Number(len(found))),
		words.Say("%s.", listedOf(found, func(f core.Found) string { return aged(f, words.Tongue.Count(days(f), "day")) }))
}

// aged is a work order with how long it has waited.
func aged(f core.Found, waited string) string { return words.Say("%s (%s)", whose(f), waited) }

func endingWords(found []core.Found, now time.Time) (title, text string) {
	within := 0
	for _, f := range found {
		within = max(within, f.Level)
	}
	names := listedOf(found, func(f core.Found) string {
		return words.Say("%s on %s", whose(f), words.ListDate(words.DayOf(f.Ends, now), now))
	})
	text = words.Say("%s.", names)
	if len(found) < mostNamed { // else there is no room, and the title says so, too
		text = words.Paragraph(text, words.Say("No new lease has been signed."))
	}
	return words.SayN(len(found), "%s lease ends within %s days, unsigned", "%s leases end within %s days, unsigned", explain.Number(len(found)), explain.Number(within)), text
}

// day is a day with the time, within a sentence.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	if core.DateOf(t) == core.DateOf(now) {
		return words.Say("today %s", words.Tongue.At(t, now))
	}
	return words.Tongue.At(t, now)
}
