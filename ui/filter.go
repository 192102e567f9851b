package ui

import (
	"slices"
	"strings"

	"rentbell/ui/kit"
)

// What the toolbars that filter have in common.

// allProperties is the first choice of the property selects.
const allProperties = "All properties"

// propertyOptions are the names in use, sorted, after "All properties".
func propertyOptions(names []string, selected string) []string {
	names = append(names, selected)
	slices.Sort(names)
	options := []string{say(allProperties)}
	for _, name := range slices.Compact(names) {
		if name != "" && name != say(allProperties) {
			options = append(options, name)
		}
	}
	return options
}

// isFiltered reports whether a search or a property is set.
func isFiltered(search *kit.Entry, property *kit.Select) bool {
	return strings.TrimSpace(search.Text) != "" || property.Selected != say(allProperties)
}

// contains reports whether every word of a search stands in one of the texts.
func contains(search string, texts ...string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(search)) {
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), word) }) {
			return false
		}
	}
	return true
}

// clearFilters empties a toolbar and calls nobody.
func clearFilters(search *kit.Entry, property *kit.Select) {
	search.Text, property.Selected = "", say(allProperties)
	search.Refresh()
	property.Refresh()
}
