package words

import "rentbell/core"

// Kind has the texts for one kind of thing that the user can name.
type Kind struct {
	Plural string // option in a list of kinds
	Verb   string // text of the button that asks for a name, and title of the dialog
	Hint   string // placeholder of the entry
}

// OfKind returns the texts for a kind, or the zero Kind for one that a newer
// version has stored.
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
