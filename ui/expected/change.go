package expected

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// A rent can begin to count in the month shown, and so many months before and after it.
const (
	monthsBefore = 6
	monthsAfter  = 12
)

// changeDialog asks what rent is expected of a lease, and when it is due.
type changeDialog struct {
	terms   Terms
	box     *frame.Dialog
	amount  *kit.Entry
	due     *kit.Entry
	grace   *kit.Entry
	from    *kit.Select
	save    *kit.Button
	trouble *kit.Prose
	keep    func(edit func(*core.LeaseTerms), done func(error))
}

// askChange opens the dialog over the window of c.
func askChange(c fyne.Canvas, t Terms, keep func(func(*core.LeaseTerms), func(error))) {
	d := &changeDialog{terms: t, keep: keep, trouble: frame.NewTrouble()}
	entry := func(hint, text string) (*kit.Entry, fyne.CanvasObject) {
		e, object := kit.NewEntry(hint, nil)
		e.SetText(text)
		e.OnSubmitted = func(string) { d.submit() }
		return e, object
	}
	rent := ""
	if t.Month.Expected.Known() {
		rent = words.Dollars(t.Month.Expected.Amount)
	}
	var amount, due, grace, from fyne.CanvasObject
	d.amount, amount = entry(words.Say("Like 1,395.00"), rent)
	d.amount.CursorColumn = len(rent)
	d.due, due = entry("1", strconv.Itoa(t.Month.Rule.Due))
	d.grace, grace = entry("5", strconv.Itoa(t.Month.Rule.Grace))
	d.from, from = kit.NewSelect(d.months(), nil)
	d.from.Selected = words.MonthTitle(t.Month.Month.First())
	d.save = kit.NewButton(words.Say("Save"), nil, d.submit).Primary()
	name, _ := nameOf(t.Month)
	small := func(o fyne.CanvasObject, text string) fyne.CanvasObject {
		return kit.Lead(10, kit.Sized(64, kit.ControlHigh, o), kit.NewProse(text, kit.Caption))
	}
	d.box = frame.OpenDialog(c, frame.DialogParts{
		Title: words.Say("Expected rent"), Purpose: words.Joined(name, words.PlaceOf(t.Month.Place)), Width: 500,
		Body: kit.VStack(12,
			frame.Row(words.Say("Amount"), kit.VStack(4, amount, kit.NewProse(words.Say("Leave it empty to go back to what was imported or learned."), kit.Caption))),
			frame.Row(words.Say("From"), from),
			frame.Row(words.Say("Due on day"), small(due, words.Say("Of each month. 31 is its last day."))),
			frame.Row(words.Say("Days of grace"), small(grace, words.Say("Late is what has not come after them."))),
			d.trouble),
		Footer: kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() }), d.save),
	})
	c.Focus(d.amount)
}

// months are those from which a rent can count.
func (d *changeDialog) months() (names []string) {
	for n := -monthsBefore; n <= monthsAfter; n++ {
		names = append(names, words.MonthTitle(d.terms.Month.Month.Add(n).First()))
	}
	return names
}

// Errors of what was typed.
var (
	errRule  = errors.New("due day or days of grace are out of range")
	errTyped = errors.New("no rent can be read")
)

// typed reads the dialog. amount is nil where the user has left it empty.
func (d *changeDialog) typed() (amount *core.Cents, rule core.DueRule, err error) {
	if text := strings.TrimSpace(d.amount.Text); text != "" {
		cents, err := core.ParseDollars(text)
		if err != nil || cents == 0 {
			return nil, rule, cmp.Or(err, errTyped)
		}
		amount = &cents
	}
	due, dueErr := strconv.Atoi(strings.TrimSpace(d.due.Text))
	grace, graceErr := strconv.Atoi(strings.TrimSpace(d.grace.Text))
	rule = core.DueRule{Due: due, Grace: grace}
	if dueErr != nil || graceErr != nil || !rule.Valid() {
		return nil, rule, errRule
	}
	return amount, rule, nil
}

func (d *changeDialog) submit() {
	if d.save.Disabled() {
		return
	}
	amount, rule, err := d.typed()
	switch {
	case errors.Is(err, errRule):
		d.tell(words.Say("The due day is from 1 to 31, and the days of grace from 0 to %s.", strconv.Itoa(core.MostGrace)))
		return
	case err != nil:
		d.tell(words.Say("The amount is no number of dollars and cents."))
		return
	}
	from := d.terms.Month.Month.Add(d.from.SelectedIndex() - monthsBefore)
	was := d.terms.Month
	frame.SetEnabled(d.save, false)
	d.keep(func(l *core.LeaseTerms) {
		if amount == nil || *amount != was.Expected.Amount || from != was.Month {
			l.Typed = typedFrom(l.Typed, from, amount)
		}
		if rule != was.Rule {
			l.Rule = &rule
		}
	}, func(err error) {
		if err != nil {
			frame.SetEnabled(d.save, true)
			frame.Tell(d.trouble, err)
			d.box.Update()
			return
		}
		d.box.Close()
	})
}

func (d *changeDialog) tell(text string) {
	frame.TellText(d.trouble, text)
	d.box.Update()
}

// typedFrom returns typed rents with another amount from a month on. Without an amount
// nothing stays typed.
func typedFrom(typed []core.TypedRent, from core.Month, amount *core.Cents) []core.TypedRent {
	if amount == nil {
		return nil
	}
	kept := slices.DeleteFunc(slices.Clone(typed), func(t core.TypedRent) bool { return !t.From.Before(from) })
	return append(kept, core.TypedRent{From: from, Amount: *amount})
}
