package frame

import (
	"slices"
	"strings"

	"rentbell/ui/words"
)

// AllProperties is the first choice of the property selects, in English.
const AllProperties = "All properties"

// Contains reports whether every word of a search stands in one of the texts,
// whatever its case and accents.
func Contains(search string, texts ...string) bool {
	for word := range strings.FieldsSeq(words.Folded(search)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(words.Folded(text), word) }) {
			return false
		}
	}
	return true
}
