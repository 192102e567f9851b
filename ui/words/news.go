package words

import "rentbell/core"

// News returns what is new in a release, in the language on screen, and in
// English where the makers did not write it.
func News(n core.News) []string {
	if lines := n[Say("en")]; len(lines) > 0 { // its translation is the language's own code
		return lines
	}
	return n["en"]
}
