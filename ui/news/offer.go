package news

import (
	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// offerConcern is a thing that two people have named, of whom one could not know.
func offerConcern(o core.Offer) Concern {
	text := words.Say("The office calls it %s. You wrote %s while the office was out of reach.", o.Office, o.Name)
	if o.Office == "" {
		text = words.Say("The office took its name away. You wrote %s while the office was out of reach.", o.Name)
	}
	return Concern{Group: Names, Offer: &o, Count: 1, Icon: assets.Duplicate, Family: kit.Warn, Title: twoNames(o.Key.Kind), Text: text}
}

func twoNames(kind core.NameKind) string {
	switch kind {
	case core.NameTenant:
		return words.Say("Two names for one tenant")
	case core.NameProperty:
		return words.Say("Two names for one property")
	case core.NameUnit:
		return words.Say("Two names for one unit")
	case core.NameVendor:
		return words.Say("Two names for one vendor")
	}
	return words.Say("Two names for one lease")
}
