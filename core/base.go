package core

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// ErrPlainHTTP: credentials would travel readable to another computer. It comes
// wrapped with the error of the address that is meant.
var ErrPlainHTTP = errors.New("plain http:// is for this computer alone")

// ParseBase reads the beginning of the URLs of a server that credentials go to:
// an https:// URL or, of this computer alone, an http:// one. It has no user,
// query or fragment, and no slash at its end.
func ParseBase(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errNoBase // url's error would repeat the text
	case u.Scheme == "http" && !IsLoopback(u.Hostname()):
		return nil, ErrPlainHTTP
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/")}, nil
}

var errNoBase = errors.New("no base of URLs")

// checkBase reports whether text, unless it is empty, can be used as a base; if
// not, the error is bad.
func checkBase(text string, bad error) error {
	if text == "" {
		return nil
	}
	_, err := ParseBase(text)
	switch {
	case errors.Is(err, ErrPlainHTTP):
		return fmt.Errorf("%w: %w", bad, err)
	case err != nil:
		return bad
	}
	return nil
}

// IsLoopback reports whether host, a name or an address without a port, is this
// computer. Nothing is looked up: other names count as other computers.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
