package words

import (
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Paragraph puts the sentences that are not empty one after the other. Where
// they end with a full stop that has room of its own, as in Chinese, none is
// added.
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

// Trouble are an error's words in one paragraph.
func Trouble(w explain.Words) string { return Say("%s. %s", w.Title, w.Text()) }

// SecretText is a secret as it may be shown: dots, and the end by which people
// recognise it.
func SecretText(s core.Secret) string {
	if s.IsZero() {
		return ""
	}
	return strings.Repeat("•", 16) + s.Hint()
}
