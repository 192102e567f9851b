package core

import (
	"unicode/utf8"
)

// AppFolio tells of leases, units and vendors by their ids alone. Names are what
// people call them; they take the ids' place wherever people read.

// NameKind is a kind of thing that can be given a name.
type NameKind string

// The kinds, by the words that a file of names has for them.
const (
	NameLease    NameKind = "lease" // the people who hold it
	NameTenant   NameKind = "tenant"
	NameProperty NameKind = "property"
	NameUnit     NameKind = "unit"
	NameVendor   NameKind = "vendor"
)

// NameKinds lists the kinds in the order people are asked for them.
func NameKinds() []NameKind {
	return []NameKind{NameLease, NameTenant, NameProperty, NameUnit, NameVendor}
}

const (
	// MaxName is how long a name may be, in characters.
	MaxName = 200
	// MaxNameID bounds an id in bytes, as AppFolio's are bounded when they are read.
	MaxNameID = 512
)

// NameKey says which thing a name belongs to.
type NameKey struct {
	Kind NameKind
	ID   string // AppFolio's; for a vendor, whatever assigned_vendor says
}

// Usable reports whether the thing can be given a name.
func (k NameKey) Usable() bool { return k.ID != "" && len(k.ID) <= MaxNameID }

// Name is what a thing is called. Each part may be empty.
type Name struct {
	Given   string // by the user; counts before everything else
	Learned string // read back from AppFolio
}

// Learn returns the name with what AppFolio says now.
func (n Name) Learn(text string) Name {
	n.Learned = CleanName(text)
	return n
}

// CleanName is a name as it is kept: OneLine, no longer than MaxName. The empty
// string is no name.
func CleanName(text string) string {
	text = OneLine(text)
	if utf8.RuneCountInString(text) > MaxName {
		text = OneLine(string([]rune(text)[:MaxName]))
	}
	return text
}
