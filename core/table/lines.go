package table

import "strings"

// lines hands out the lines of a text. One ends with CR LF, LF or CR.
type lines struct {
	text string
	at   int // where the next line begins
	n    int // its number, from 1
}

func (l *lines) left() bool { return l.at < len(l.text) }

// next takes the next line off, without its end.
func (l *lines) next() string {
	line := l.text[l.at:]
	end := strings.IndexAny(line, "\r\n")
	if end < 0 {
		l.at = len(l.text)
	} else {
		l.at += end + 1
		if strings.HasPrefix(line[end:], "\r\n") {
			l.at++
		}
		line = line[:end]
	}
	l.n++
	return line
}

// said takes off the line "sep=;", which Excel writes and obeys, and returns what
// it says; 0: there is none.
func (l *lines) said() rune {
	after := *l
	line := strings.ToLower(strings.Trim(after.next(), `"`))
	said, found := strings.CutPrefix(line, "sep=")
	if !found || said == "" {
		return 0
	}
	if said == `\t` {
		said = "\t"
	}
	if !strings.ContainsAny(said[:1], ",;\t|:^~!#/&") {
		return 0
	}
	*l = after
	return rune(said[0])
}
