package calendar

import (
	"bytes"
	"unicode/utf8"
)

// longestLine is in bytes, without the line break (RFC 5545, section 3.1).
const longestLine = 75

// fold breaks long lines: what follows a line break and a blank belongs to the line
// before. No character is cut in two.
func fold(text []byte) []byte {
	folded := make([]byte, 0, len(text)+len(text)/16)
	for line := range bytes.SplitAfterSeq(text, []byte("\r\n")) {
		room := longestLine
		for len(bytes.TrimSuffix(line, []byte("\r\n"))) > room {
			cut := room
			for !utf8.RuneStart(line[cut]) {
				cut--
			}
			folded = append(append(folded, line[:cut]...), "\r\n "...)
			line, room = line[cut:], longestLine-1
		}
		folded = append(folded, line...)
	}
	return folded
}
