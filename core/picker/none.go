//go:build !(linux || freebsd || netbsd || openbsd || dragonfly)

package picker

import "context"

// pick leaves it to others; see portal.go.
func pick(context.Context, Question) (string, error) { return "", ErrNone }
