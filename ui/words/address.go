package words

import (
	"net/url"
	"strings"

	"rentbell/core"
)

// HostOf returns an address without its scheme and path, for display. It
// returns the address as it is if it has no host.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// SpelledOut returns the address that settings keep for an address that a user
// has typed or pasted: trimmed, and with https:// if it has no scheme.
func SpelledOut(text string) string {
	text = strings.TrimRight(core.Pasted(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "https://" + text
}
