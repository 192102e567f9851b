package ui

import (
	"strings"

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
