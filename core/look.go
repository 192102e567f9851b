package core

import (
	"errors"
	"fmt"
	"slices"
)

// Appearance is light or dark.
type Appearance string

// The appearances.
const (
	AppearanceSystem Appearance = "system" // as the desktop is at the moment
	AppearanceLight  Appearance = "light"
	AppearanceDark   Appearance = "dark"
)

// TextSizes are the sizes of text, in percent.
var TextSizes = [...]int{100, 115, 130}

// Look is how the window looks. The zero Look is the usual one.
type Look struct {
	Appearance Appearance `json:"appearance"` // empty: as the desktop is
	TextSize   int        `json:"text_size"`  // one of TextSizes; 0: 100
	Still      bool       `json:"still"`      // nothing moves or fades by itself
}

// ErrBadLook: the appearance or the text size is none that there is.
var ErrBadLook = errors.New("no such appearance or text size")

func (l Look) validate() error {
	known := []Appearance{"", AppearanceSystem, AppearanceLight, AppearanceDark}
	if !slices.Contains(known, l.Appearance) {
		return fmt.Errorf("%w: %q", ErrBadLook, l.Appearance)
	}
	if l.TextSize != 0 && !slices.Contains(TextSizes[:], l.TextSize) {
		return fmt.Errorf("%w: %d %%", ErrBadLook, l.TextSize)
	}
	return nil
}
