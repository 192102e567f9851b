package records

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"rentbell/core"
)

// The kinds of fields. What does not fit one leaves it empty: a page is not lost
// for a single value.

// text is a string or a number, without space around it.
type text string

func (t *text) UnmarshalJSON(value []byte) error {
	*t = text(plain(value))
	return nil
}

// plain is the text of a JSON string or number, and nothing of other values.
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

// day is a date, alone or with a time of day that does not matter.
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

// moment is an RFC 3339 time, or a date, which stands for its first moment in
// UTC.
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

// flag is a boolean, or a word or digit for one.
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

// dollars is an amount of money. One that cannot be read is not the same as none.
type dollars struct {
	cents core.Cents
	known bool
}

func (d *dollars) UnmarshalJSON(value []byte) error {
	d.cents, d.known = parseDollars(plain(value))
	return nil
}

// parseDollars reads "-1,234.50". Decimals beyond cents may only be zeros.
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
