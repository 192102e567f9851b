package words

import "rentbell/core"

// News returns the news of a release in the language on screen, or in English
// if the release has none in that language.
func News(n core.News) []string {
	if lines := n[Say("en")]; len(lines) > 0 { // "en" translates to the code of the language
		return lines
	}
	return n["en"]
}
