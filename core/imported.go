package core

import "time"

// MostLayouts is how many layouts are remembered. The oldest go first.
const MostLayouts = 100

// Layout is what a person said that the columns of tables with certain titles hold.
type Layout struct {
	Kind    TableKind      `json:"kind"`
	Titles  string         `json:"titles"`  // a digest of them, so that titles of any size take the same room
	Columns map[string]int `json:"columns"` // from 0, by role
}

// PastImport is a table that was taken in.
type PastImport struct {
	File  string    `json:"file"` // base name
	At    time.Time `json:"at"`   // UTC
	Kind  TableKind `json:"kind"`
	Taken Taken     `json:"taken"`
}

// IsZero reports whether there was none.
func (p PastImport) IsZero() bool { return p.Kind == "" }

// ImportChange is what a table changed: what each thing was before and is after it. Only
// what the two tell apart is the table's.
type ImportChange struct {
	Names map[NameKey]Swap[Name]
	Rents map[string]Swap[*Cents] // imported ones, by lease id; nil: none
}

// Swap is one thing before and after a change.
type Swap[T any] struct {
	Was T `json:"was"`
	Is  T `json:"is"`
}

// Undone counts what became of the changes of an import that was undone.
type Undone struct {
	Back int // things that are as they were before it
	Kept int // things that were changed since, and stay
}
