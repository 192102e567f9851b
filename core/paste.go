package core

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The environment variables that carry secrets and what belongs to them.
const (
	EnvAPIKey        = "APPFOLIO_API_KEY"
	EnvWebhookSecret = "APPFOLIO_WEBHOOK_SECRET"
	EnvAuthtoken     = "NGROK_AUTHTOKEN"

	// Of Developer Space. The ids are no secrets, but belong to them.
	EnvClientID        = "APPFOLIO_CLIENT_ID"
	EnvClientSecret    = "APPFOLIO_CLIENT_SECRET"
	EnvDeveloperID     = "APPFOLIO_DEVELOPER_ID"
	EnvDatabaseID      = "APPFOLIO_DATABASE_ID"
	EnvReportsClientID = "APPFOLIO_REPORTS_CLIENT_ID"
	EnvReportsSecret   = "APPFOLIO_REPORTS_CLIENT_SECRET"
)

// variables are the names that people copy together with a value.
var variables = []string{
	EnvAPIKey, EnvWebhookSecret, EnvAuthtoken, EnvClientID, EnvClientSecret, EnvDeveloperID, EnvDatabaseID, EnvReportsClientID, EnvReportsSecret,
}

// ErrBadSecret: cleaned of all that pasting brings along, a secret still holds a
// blank or a control character. Two were copied, or a line with words around one.
var ErrBadSecret = errors.New("a blank or a control character is within")

// Pasted cleans a secret or an id of what comes along when people copy one:
// invisible characters anywhere, and around it white space, one pair of quotes,
// "Bearer " and "NAME=" of Rentbell's own variables.
func Pasted(text string) string {
	text = withoutInvisible(text)
	for quoted := false; ; {
		text = strings.TrimFunc(text, isBlank)
		if rest, cut := cutVariable(text); cut {
			text = rest
		} else if rest, cut := cutBearer(text); cut {
			text = rest
		} else if rest, cut := cutQuotes(text); cut && !quoted {
			text, quoted = rest, true
		} else {
			return text
		}
	}
}

// isBlank reports whether r looks like white space.
func isBlank(r rune) bool { return unicode.IsSpace(r) || r == brailleBlank }

// withoutInvisible drops what is not seen and takes no room: byte order marks,
// zero-width and soft characters, marks of direction. Bytes that are no text stay.
func withoutInvisible(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if !unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}

// cutVariable cuts "NAME=" off, as it stands in a file of variables or in a shell.
func cutVariable(text string) (rest string, cut bool) {
	name, rest, found := strings.Cut(text, "=")
	words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(name), "$env:"))
	if len(words) == 2 && (words[0] == "export" || words[0] == "set") {
		words = words[1:]
	}
	return rest, found && len(words) == 1 && slices.Contains(variables, words[0])
}

// cutBearer cuts off what stands before a key in an Authorization header (RFC
// 6750, section 2.1).
func cutBearer(text string) (rest string, cut bool) {
	const scheme = "Bearer"
	if len(text) <= len(scheme) || !strings.EqualFold(text[:len(scheme)], scheme) {
		return text, false
	}
	next, _ := utf8.DecodeRuneInString(text[len(scheme):])
	return text[len(scheme):], unicode.IsSpace(next)
}

// quotes are the pairs that people and their programs put around a value.
var quotes = map[rune]string{
	'"': `"`, '\'': `'`, '`': "`", '＂': "＂", '＇': "＇",
	'“': "”“", '”': "”“", '„': "“”", '‟': "”", '‘': "’‘", '’': "’‘", '‚': "‘’", '‛': "’",
	'«': "»", '»': "«", '‹': "›", '›': "‹", '「': "」", '『': "』", '｢': "｣", '﹁': "﹂", '﹃': "﹄",
	'〝': "〞〟", '〞': "〟〞", '〟': "〞〟", '❝': "❞", '❛': "❜", '´': "´", '′': "′", '″': "″",
}

func cutQuotes(text string) (rest string, cut bool) {
	first, at := utf8.DecodeRuneInString(text)
	last, size := utf8.DecodeLastRuneInString(text)
	closing, opens := quotes[first]
	if !opens || at+size > len(text) || !strings.ContainsRune(closing, last) {
		return text, false
	}
	return text[at : len(text)-size], true
}

// Check returns ErrBadSecret for what cannot be a key.
func (s Secret) Check() error {
	if strings.ContainsFunc(s.value, func(r rune) bool { return isBlank(r) || unicode.IsControl(r) }) {
		return ErrBadSecret
	}
	return nil
}

// CheckOver returns ErrBadSecret for a secret that is new since before and
// cannot be one. What was kept by an earlier version stays as it is.
func (s Secrets) CheckOver(before Secrets) error {
	for _, pair := range [][2]Secret{
		{s.APIKey, before.APIKey}, {s.WebhookSecret, before.WebhookSecret}, {s.Authtoken, before.Authtoken},
		{s.ClientSecret, before.ClientSecret}, {s.ReportsSecret, before.ReportsSecret},
	} {
		if pair[0] != pair[1] {
			if err := pair[0].Check(); err != nil {
				return err
			}
		}
	}
	return nil
}
