package frame

import (
	"slices"
	"strings"

	"rentbell/ui/words"
)

// AllProperties is the first option of a property select. It is the English
// source; words.Say translates it.
const AllProperties = "All properties"

// Contains reports whether every word of a search is part of at least one of
// the texts. It ignores case and accents.
func Contains(search string, texts ...string) bool {
	for word := range strings.FieldsSeq(words.Folded(search)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(words.Folded(text), word) }) {
			return false
		}
	}
	return true
}
