package records

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"strings"
)

const (
	longestNext = 8 << 10 // bytes of the address of the next page
	mostPages   = 2000
)

// follow returns the address of the next page. AppFolio's answer names it, but the
// credentials may only go to the API that they are for.
func (s *api) follow(next string) (*url.URL, error) {
	ref, err := url.Parse(next)
	if err != nil || len(next) > longestNext {
		return nil, errStray // url's error would quote it
	}
	u := s.base.ResolveReference(ref)
	up := slices.Contains(strings.Split(u.Path, "/"), "..")
	if !sameOrigin(u, s.base) || u.User != nil || up || !strings.HasPrefix(u.Path, s.base.Path+s.path) {
		return nil, errStray
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	if u.Scheme == "http" {
		return cmp.Or(u.Port(), "80")
	}
	return cmp.Or(u.Port(), "443")
}

// misled returns an error when the pages would never end.
func misled(seen map[string]bool, next *url.URL) error {
	switch {
	case seen[next.String()]:
		return errRepeats
	case len(seen) >= mostPages:
		return errManyPages
	}
	return nil
}

// Errors of unusable answers. They quote nothing of the answer.
var (
	errStray     = errors.New("the next page is somewhere else")
	errRepeats   = errors.New("the pages go round in circles")
	errManyPages = errors.New("there are too many pages")
	errTooLarge  = errors.New("the page is too large")
	errNoPage    = errors.New("the answer is no page of records")
)
