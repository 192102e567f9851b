package settings

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// radar is what the cards need of what should have come and did not.
type radar interface {
	DueRules() map[string]core.DueRule
	ChangeDueRule(ctx context.Context, property string, rule core.DueRule) error
	Leases() ([]core.LeaseState, error)
}

// newFindingsCard makes the card that chooses which findings are told, sound and wait
// for the digest.
func newFindingsCard(w *tasks) *card {
	return newKindsCard(w, words.Say("Watch out for"), findingKinds())
}

func findingKinds() []bellKind {
	kind := func(icon fyne.Resource, title, text string, of func(*core.TellKinds) *bool) bellKind {
		return bellKind{icon: icon, title: title, text: text,
			rings:  func(s *core.Settings) *bool { return of(&s.Radar.Notify) },
			sounds: func(s *core.Settings) *bool { return of(&s.Radar.Sound) },
			digest: func(s *core.Settings) *bool { return of(&s.Radar.InDigest) },
		}
	}
	notice := kind(assets.Alert, words.Say("Payment after notice"), words.Say("At once, like an emergency"), func(k *core.TellKinds) *bool { return &k.Notice })
	notice.urgent = true
	return []bellKind{
		notice,
		kind(assets.Returned, words.Say("Returned payments"), words.Say("Money that went back"), func(k *core.TellKinds) *bool { return &k.Returned }),
		kind(assets.Clock, words.Say("Late rent"), words.Say("Nothing has come after the days of grace"), func(k *core.TellKinds) *bool { return &k.Late }),
		kind(assets.NavPayments, words.Say("Part of the rent"), words.Say("Less has come than expected"), func(k *core.TellKinds) *bool { return &k.Partial }),
		kind(assets.Duplicate, words.Say("Rent paid twice"), words.Say("The same payment within three days"), func(k *core.TellKinds) *bool { return &k.Twice }),
		kind(assets.NavTenants, words.Say("No vendor"), words.Say("Work orders that nobody was given"), func(k *core.TellKinds) *bool { return &k.NoVendor }),
		kind(assets.NavWorkOrders, words.Say("Untouched work orders"), words.Say("No new status or vendor for days"), func(k *core.TellKinds) *bool { return &k.Untouched }),
		kind(assets.NavLeases, words.Say("Leases that end"), words.Say("90, 60, 30 and 7 days before, unsigned"), func(k *core.TellKinds) *bool { return &k.LeaseEnds }),
	}
}

// newLadderCard makes the card that chooses when an untouched work order is told.
func newLadderCard(w *tasks) *card {
	c := newCard(w)
	ladder, urgent := core.WorkOrderClock{}.Ladder(), core.WorkOrderClock{Urgent: true}.Ladder()
	var steps []int
	for i := range ladder {
		steps = append(steps, i+1)
	}
	_, choice := newSelect(c, steps, named(steps, func(n int) string { return words.Tongue.Count(ladder[n-1], "day") }),
		func(s *core.Settings) *int { return &s.Radar.Rung })
	return c.titled(words.Say("Untouched work orders"),
		frame.Labelled(150, kit.Sized(0, kit.ControlHigh, kit.HStack(0, kit.NewText(words.Say("The bell rings after"), kit.Body))), kit.HStack(0, kit.Sized(120, kit.ControlHigh, choice))),
		c.text(kit.Caption, func(p State) string {
			var sentences []string
			for i, days := range ladder {
				sentences = append(sentences, words.Say("%s: %s.", words.Tongue.Count(days, "day"), words.Uncapital(words.Rung(i+1, p.Settings))))
			}
			return words.Paragraph(append(sentences, words.Say("Urgent ones after %s, %s and %s days, and without a vendor after %s hours in place of %s.",
				explain.Number(urgent[0]), explain.Number(urgent[1]), explain.Number(urgent[2]), "4", "24"))...)
		}),
		c.trouble)
}

// newDueCard makes the card that says when rent is late, for each property that differs.
func newDueCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(8)
	add := kit.NewButton(words.Say("Add a property"), nil, func() { addDue(c) })
	var shown map[string]core.DueRule
	c.row(func(p State) {
		rules := c.Bell.DueRules()
		all := maps.Clone(rules)
		if all == nil {
			all = map[string]core.DueRule{}
		}
		all[""] = p.Settings.Radar.Rule
		if maps.Equal(all, shown) {
			return
		}
		shown, list.Objects = all, nil
		list.Add(newDueRow(c, "", all[""]))
		for _, property := range slices.Sorted(maps.Keys(rules)) {
			list.Add(newDueRow(c, property, rules[property]))
		}
	})
	return c.titled(words.Say("When rent is late"), list, kit.Flow(8, add), c.trouble)
}

// newDueRow makes the row of a property, or of all others where it has no name.
func newDueRow(c *card, property string, rule core.DueRule) fyne.CanvasObject {
	name := property
	if name == "" {
		name = words.Say("All properties")
	}
	change := kit.NewLink(words.Say("Change"), func() { askDue(c, property, []string{property}, rule) })
	text := words.SayN(rule.Grace, "Due on day %s, %s day of grace", "Due on day %s, %s days of grace", strconv.Itoa(rule.Due), strconv.Itoa(rule.Grace))
	return kit.Spread(8, kit.VStack(0, kit.NewText(name, kit.Strong).Tight(), kit.NewText(text, kit.Caption).Tight()), change)
}

// addDue asks for a property and its rule.
func addDue(c *card) {
	frame.Background(c.Post, func(context.Context) ([]string, error) {
		leases, err := c.Bell.Leases()
		rules, names := c.Bell.DueRules(), map[string]bool{}
		for _, l := range leases {
			if _, has := rules[l.Property]; !has && l.Property != "" {
				names[l.Property] = true
			}
		}
		return slices.Sorted(maps.Keys(names)), err
	}, func(properties []string, err error) {
		if err == nil && len(properties) == 0 {
			c.say(words.Say("There is no other property yet."), kit.Caption)
			return
		}
		if c.tell(err); err == nil {
			askDue(c, "", properties, c.chosen.Radar.Rule)
		}
	})
}

// dueDialog asks when rent is late.
type dueDialog struct {
	card       *card
	properties []string
	box        *frame.Dialog
	property   *kit.Select
	due, grace *kit.Entry
	trouble    *kit.Prose
}

// askDue opens the dialog for one of some properties. A single one cannot be changed; if
// it has no name, it stands for all.
func askDue(c *card, own string, properties []string, rule core.DueRule) {
	d := &dueDialog{card: c, properties: properties, trouble: frame.NewTrouble()}
	entry := func(n int) (*kit.Entry, fyne.CanvasObject) {
		e, object := kit.NewEntry("", nil)
		e.SetText(strconv.Itoa(n))
		e.CursorColumn = len(e.Text)
		e.OnSubmitted = func(string) { d.submit() }
		return e, kit.Sized(64, kit.ControlHigh, object)
	}
	var due, grace, choice fyne.CanvasObject
	d.due, due = entry(rule.Due)
	d.grace, grace = entry(rule.Grace)
	d.property, choice = kit.NewSelect(properties, nil)
	rows := kit.VStack(12,
		frame.Row(words.Say("Due on day"), kit.Lead(10, due, kit.NewProse(words.Say("Of each month. 31 is its last day."), kit.Caption))),
		frame.Row(words.Say("Days of grace"), kit.Lead(10, grace, kit.NewProse(words.Say("Late is what has not come after them."), kit.Caption))),
		d.trouble)
	purpose := own
	if own == "" && properties[0] == "" {
		purpose = words.Say("All properties without a rule of their own")
	} else if own == "" {
		rows.Objects = append([]fyne.CanvasObject{frame.Row(words.Say("Property"), kit.Sized(0, kit.ControlHigh, choice))}, rows.Objects...)
	}
	foot := kit.Spread(8, kit.HStack(0), kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() }), kit.NewButton(words.Say("Save"), nil, d.submit).Primary())
	if own != "" {
		foot = kit.Spread(8, kit.HStack(0, kit.NewButton(words.Say("Remove"), nil, func() { d.save(core.DueRule{}) })), foot.Objects[1:]...)
	}
	d.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{Title: words.Say("When rent is late"), Purpose: purpose, Width: 460, Body: rows, Footer: foot})
	c.Window.Canvas().Focus(d.due)
}

// errRule: what was typed is no due day, or no number of days.
var errRule = errors.New("due day or days of grace are out of range")

func (d *dueDialog) typed() (core.DueRule, error) {
	due, dueErr := strconv.Atoi(strings.TrimSpace(d.due.Text))
	grace, graceErr := strconv.Atoi(strings.TrimSpace(d.grace.Text))
	rule := core.DueRule{Due: due, Grace: grace}
	if dueErr != nil || graceErr != nil || !rule.Valid() {
		return rule, errRule
	}
	return rule, nil
}

func (d *dueDialog) submit() {
	rule, err := d.typed()
	if err != nil {
		frame.TellText(d.trouble, words.Say("The due day is from 1 to 31, and the days of grace from 0 to %s.", strconv.Itoa(core.MostGrace)))
		d.box.Update()
		return
	}
	d.save(rule)
}

func (d *dueDialog) save(rule core.DueRule) {
	c, property := d.card, d.properties[max(0, d.property.SelectedIndex())]
	d.box.Close()
	if property == "" {
		c.set(func(s *core.Settings) { s.Radar.Rule = rule })
		return
	}
	frame.Run(c.Post, func(ctx context.Context) error { return c.Bell.ChangeDueRule(ctx, property, rule) }, func(err error) {
		c.tell(err)
		c.view.repaint()
	})
}
