package table

import (
	"strings"
	"unicode"
)

// mostSampled is how many lines the separator is found from: the titles and the
// sums of a report have fewer cells than its rows.
const mostSampled = 200

// separatorOf is the separator that gives the most lines the same number of cells.
// Among equals it is the one that leaves the most codes alone in their cells, so
// that "1;Hall, Ines" falls apart at the semicolon.
func separatorOf(l lines) rune {
	var sample []string
	for l.left() && len(sample) < mostSampled {
		if line := l.next(); strings.TrimSpace(line) != "" && len(line) <= maxRecord/8 {
			sample = append(sample, line)
		}
	}
	best, most, codes := ',', 0, 0
	for _, sep := range "\t;|," {
		alike, alone := 0, 0
		widths := map[int]int{}
		for _, line := range sample {
			cells := strings.Split(unquoted(line), string(sep))
			if len(cells) < 2 {
				continue
			}
			widths[len(cells)]++
			alike = max(alike, widths[len(cells)])
			for _, cell := range cells {
				if isCode(strings.TrimSpace(cell)) {
					alone++
				}
			}
		}
		if alike > most || alike == most && alone > codes {
			best, most, codes = sep, alike, alone
		}
	}
	return best
}

// unquoted is a line without what stands in quotation marks. Where these are not
// in pairs, nobody knows what does, and it is the line.
func unquoted(line string) string {
	parts := strings.Split(line, `"`)
	if len(parts)%2 == 0 {
		return strings.ReplaceAll(line, `"`, "")
	}
	var out strings.Builder
	for i, part := range parts {
		if i%2 == 0 {
			out.WriteString(part)
		} else if isCode(part) {
			out.WriteString(part)
		}
	}
	return out.String()
}

// isCode reports what ids look like: digits, maybe with letters, in one word.
func isCode(cell string) bool {
	digits := false
	for _, r := range cell {
		switch {
		case unicode.IsDigit(r):
			digits = true
		case !unicode.IsLetter(r) && r != '-' && r != '_':
			return false
		}
	}
	return digits
}
