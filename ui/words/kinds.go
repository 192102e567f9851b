package words

import "rentbell/core"

// Kind is what a kind of thing is called where its names are given.
type Kind struct {
	Plural string // as a choice
	Verb   string // asks for a name, and heads the dialog
	Hint   string // stands in the empty entry
}

// OfKind is what a kind is called; empty for one that this version does not know.
func OfKind(kind core.NameKind) Kind {
	switch kind {
	case core.NameLease:
		return Kind{Say("Leases"), Say("Name this lease"), Say("Who lives there")}
	case core.NameTenant:
		return Kind{Say("Tenants"), Say("Name this tenant"), Say("First and last name")}
	case core.NameProperty:
		return Kind{Say("Properties"), Say("Name this property"), Say("Its name or street")}
	case core.NameUnit:
		return Kind{Say("Units"), Say("Name this unit"), Say("Its number, as on the door")}
	case core.NameVendor:
		return Kind{Say("Vendors"), Say("Name this vendor"), Say("The company's name")}
	}
	return Kind{}
}
