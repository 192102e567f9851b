package frame

import (
	"cmp"
	"strings"

	"rentbell/core"
)

// Orders are how a page's columns sort what is in memory, from the first column
// on. What has no name, or no date, comes last either way.
type Orders[T any] []func(a, b T) (values int, missing int)

// Compare is what an order says about two things; without a column, nothing.
func (c Orders[T]) Compare(by Order, a, b T) int {
	if by.Column == 0 {
		return 0
	}
	values, missing := c[by.Column-1](a, b)
	switch {
	case missing != 0:
		return missing
	case by.Falling:
		return -values
	}
	return values
}

// ByText sorts by texts, whatever their case.
func ByText[T any](text func(T) string) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		s, t := text(a), text(b)
		return cmp.Compare(strings.ToLower(s), strings.ToLower(t)), Last(s == "", t == "")
	}
}

// ByDate sorts by civil dates.
func ByDate[T any](date func(T) core.Date) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		d, e := date(a), date(b)
		return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)), Last(d.IsZero(), e.IsZero())
	}
}

// Last puts what is missing behind what is not.
func Last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// PlaceText sorts places by property and, within one, by unit.
func PlaceText(p core.Place) string {
	if p.Property == "" {
		return ""
	}
	return p.Property + "\x00" + p.Unit
}
