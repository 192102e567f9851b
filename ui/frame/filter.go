package frame

import (
	"slices"
	"strings"

	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// What the toolbars that filter have in common.

// AllProperties is the first choice of the property selects.
const AllProperties = "All properties"

// PropertyOptions are the names in use, sorted, after "All properties".
func PropertyOptions(names []string, selected string) []string {
	names = append(names, selected)
	slices.Sort(names)
	options := []string{words.Say(AllProperties)}
	for _, name := range slices.Compact(names) {
		if name != "" && name != words.Say(AllProperties) {
			options = append(options, name)
		}
	}
	return options
}

// IsFiltered reports whether a search or a property is set.
func IsFiltered(search *kit.Entry, property *kit.Select) bool {
	return strings.TrimSpace(search.Text) != "" || property.Selected != words.Say(AllProperties)
}

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

// ClearFilters empties a toolbar and calls nobody.
func ClearFilters(search *kit.Entry, property *kit.Select) {
	search.Text, property.Selected = "", words.Say(AllProperties)
	search.Refresh()
	property.Refresh()
}
