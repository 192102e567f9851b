package words

import (
	"net/url"
	"strings"

	"rentbell/core"
)

// HostOf is an address without its scheme, as people say it.
func HostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address
	}
	return u.Host
}

// SpelledOut is an address as Settings keep it, from one as people write or paste it.
func SpelledOut(text string) string {
	text = strings.TrimRight(core.Pasted(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	return "https://" + text
}
