package ui

import (
	"strings"

	"rentbell/core"
	"rentbell/ui/explain"
)

// paragraph puts the sentences that are not empty one after the other. Where
// they end with a full stop that has room of its own, as in Chinese, none is
// added.
func paragraph(sentences ...string) string {
	text := ""
	for _, s := range sentences {
		if text != "" && s != "" && !strings.HasSuffix(text, "。") {
			text += " "
		}
		text += s
	}
	return text
}

// troubleWords are an error's words in one paragraph.
func troubleWords(w explain.Words) string { return say("%s. %s", w.Title, w.Text()) }

// secretText is a secret as it may be shown: dots, and the end by which people
// recognise it.
func secretText(s core.Secret) string {
	if s.IsZero() {
		return ""
	}
	return strings.Repeat("•", 16) + s.Hint()
}
