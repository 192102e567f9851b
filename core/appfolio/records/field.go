package records

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"rentbell/core"
)

// Each type below is a kind of field. A value that does not fit leaves the field
// empty, so that a single bad value does not lose a page.

// text is a string or a number, without space around it.
type text string

func (t *text) UnmarshalJSON(value []byte) error {
	*t = text(plain(value))
	return nil
}

// plain is the text of a JSON string or number; other values have none.
func plain(value []byte) string {
	switch {
	case len(value) == 0:
		return ""
	case value[0] == '-' || '0' <= value[0] && value[0] <= '9':
		return string(value)
	case value[0] != '"':
		return ""
	}
	if bytes.IndexByte(value, '\\') < 0 && utf8.Valid(value) {
		return strings.TrimSpace(string(value[1 : len(value)-1]))
	}
	var s string
	_ = json.Unmarshal(value, &s) // it is a string
	return strings.TrimSpace(s)
}

// day is a date. A time of day after it is ignored.
type day core.Date

func (d *day) UnmarshalJSON(value []byte) error {
	parsed, err := core.ReadDate(plain(value))
	if err != nil {
		parsed = core.Date{}
	}
	*d = day(parsed)
	return nil
}

// moment is an RFC 3339 time, also with a zone like -0500, or a date, which stands for
// its start in UTC.
type moment time.Time

func (m *moment) UnmarshalJSON(value []byte) error {
	*m = moment{}
	s := plain(value)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", time.DateOnly} {
		at, err := time.Parse(layout, s)
		if at = at.UTC(); err == nil && at.Year() >= 0 && at.Year() <= 9999 { // others could not be kept
			*m = moment(at)
			break
		}
	}
	return nil
}

// flag is a boolean, or one of the words and digits that stand for one.
type flag bool

func (f *flag) UnmarshalJSON(value []byte) error {
	switch strings.ToLower(plain(value)) {
	case "true", "t", "yes", "y", "1":
		*f = true
	default:
		*f = string(value) == "true"
	}
	return nil
}

// saysNothing reports whether a value stands for nothing, or for no.
func saysNothing(value []byte) bool {
	switch text := strings.ToLower(plain(value)); text {
	case "":
		return len(value) == 0 || value[0] == '"' || string(value) == "null" || string(value) == "false"
	default:
		return slices.Contains([]string{"false", "f", "no", "n", "0"}, text)
	}
}

// longestSaid bounds what is kept of a value that cannot be read, in bytes.
const longestSaid = 64

// said is what stands for a value that cannot be read, as AppFolio sent it; empty:
// nothing was sent. It is cut to what people need to recognize it.
func said(value []byte) string {
	text := plain(value)
	if text == "" && !slices.Contains([]string{"", "null", `""`}, string(value)) {
		text = string(value)
	}
	return strings.ToValidUTF8(text[:min(len(text), longestSaid)], "")
}

// dollars is an amount of money. known is false when it is missing or cannot be
// read; said is then what was sent.
type dollars struct {
	cents core.Cents
	known bool
	said  string
}

func (d *dollars) UnmarshalJSON(value []byte) error {
	cents, err := core.ReadAmount(plain(value))
	*d = dollars{cents: cents, known: err == nil}
	if err != nil {
		*d = dollars{said: said(value)}
	}
	return nil
}

// receiptDay is the date of a receipt. A zero date is missing or cannot be read; said
// is then what was sent.
type receiptDay struct {
	date core.Date
	said string
}

func (d *receiptDay) UnmarshalJSON(value []byte) error {
	date, err := core.ReadDate(plain(value))
	*d = receiptDay{date: date}
	if err != nil {
		*d = receiptDay{said: said(value)}
	}
	return nil
}
