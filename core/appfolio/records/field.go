package records

import (
	"bytes"
	"encoding/json"
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
	date, _, _ := strings.Cut(plain(value), "T")
	parsed, err := core.ParseDate(date)
	if err != nil {
		parsed = core.Date{}
	}
	*d = day(parsed)
	return nil
}

// moment is an RFC 3339 time, or a date, which stands for its start in UTC.
type moment time.Time

func (m *moment) UnmarshalJSON(value []byte) error {
	*m = moment{}
	s := plain(value)
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			*m = moment(at.UTC())
			break
		}
	}
	return nil
}

// flag is a boolean, or one of the words and digits that stand for one.
type flag bool

func (f *flag) UnmarshalJSON(value []byte) error {
	switch strings.ToLower(plain(value)) {
	case "true", "yes", "1":
		*f = true
	default:
		*f = string(value) == "true"
	}
	return nil
}

// dollars is an amount of money. known is false when it is missing or cannot be
// read.
type dollars struct {
	cents core.Cents
	known bool
}

func (d *dollars) UnmarshalJSON(value []byte) error {
	d.cents, d.known = parseDollars(plain(value))
	return nil
}

// parseDollars reads an amount such as "-1,234.50". Decimals beyond cents must be
// zeros.
func parseDollars(s string) (cents core.Cents, ok bool) {
	s, negative := strings.CutPrefix(s, "-")
	if whole, decimals, pointed := strings.Cut(s, "."); pointed && len(decimals) > 2 {
		s = whole + "." + decimals[:2] + strings.TrimRight(decimals[2:], "0")
	}
	cents, err := core.ParseDollars(s)
	if err != nil {
		return 0, false
	}
	if negative {
		cents = -cents
	}
	return cents, true
}
