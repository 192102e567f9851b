package attention

import (
	"strings"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// mostBrief is how many letters of a name a button shows. The row has all of it.
const mostBrief = 18

func brief(name string) string {
	runes := []rune(name)
	if len(runes) <= mostBrief {
		return name
	}
	return strings.TrimRight(string(runes[:mostBrief-1]), " ,.") + "…"
}

func useVerb(o core.Offer) string { return words.Say("Use %s", brief(o.Name)) }

func keepVerb(o core.Offer) string {
	if o.Office == "" {
		return words.Say("Keep no name")
	}
	return words.Say("Keep %s", brief(o.Office))
}

// name chooses one of two names: with use the one that was given here.
func (v *View) name(c news.Concern, use bool) {
	name := c.Offer.Office
	if use {
		name = c.Offer.Name
	}
	text := words.Say("Its name is %s.", name)
	if name == "" {
		text = words.Say("It has no name.")
	}
	v.finish(&done{item: c, text: text, settle: func() { v.do.Name(*c.Offer, use) }})
}

// chooseName opens a menu with both names beside the item's row.
func (r *itemRow) chooseName() {
	c := r.line.item
	kit.OpenMenu(r.anchor(),
		kit.MenuItem{Text: useVerb(*c.Offer), Do: func() { r.of.name(c, true) }},
		kit.MenuItem{Text: keepVerb(*c.Offer), Do: func() { r.of.name(c, false) }})
}
