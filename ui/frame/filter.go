package frame

import (
	"slices"
	"strings"

	"rentbell/ui/kit"
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

// Narrowed returns the choice of a select, or nothing for its first option,
// which selects all.
func Narrowed(s *kit.Select) string {
	if s.Selected == s.Options[0] {
		return ""
	}
	return s.Selected
}

// Offer fills a select: first the option that selects all, then the names in
// use, sorted. The chosen name stays.
func Offer(s *kit.Select, names []string) {
	all := s.Options[0]
	names = append(names, s.Selected)
	slices.Sort(names)
	options := []string{all}
	for _, name := range slices.Compact(names) {
		if name != "" && name != all {
			options = append(options, name)
		}
	}
	s.Options = options
}
