package words

import (
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Paragraph joins the sentences that are not empty, with spaces. After a
// Chinese full stop it adds none, because that has space of its own.
func Paragraph(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if text != "" && s != "" && !strings.HasSuffix(text, "。") {
			text += " "
		}
		text += s
	}
	return text
}

// Trouble returns an error's title, cause and remedy in one paragraph.
func Trouble(w explain.Words) string { return Say("%s. %s", w.Title, w.Text()) }

// SecretText returns a secret as it may be shown: dots, and the last
// characters, by which people recognise it.
func SecretText(s core.Secret) string {
	if s.IsZero() {
		return ""
	}
	return strings.Repeat("•", 16) + s.Hint()
}
