package feeds

import (
	"cmp"
	"strings"

	"rentbell/core"
	"rentbell/ui/frame"
)

// columnOrders say how each column of a page sorts things in memory. What has no name,
// or no date, comes last either way.
type columnOrders[T any] []func(a, b T) (values int, missing int)

// Compare compares two things by a column; without a column they are equal.
func (c columnOrders[T]) Compare(by frame.Order, a, b T) int {
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

// byText sorts by texts, whatever their case.
func byText[T any](text func(T) string) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		s, t := text(a), text(b)
		return cmp.Compare(strings.ToLower(s), strings.ToLower(t)), missingLast(s == "", t == "")
	}
}

// byDate sorts by civil dates.
func byDate[T any](date func(T) core.Date) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		d, e := date(a), date(b)
		return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)), missingLast(d.IsZero(), e.IsZero())
	}
}

// missingLast puts what is missing behind what is not.
func missingLast(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// placeText sorts places by property and, within one, by unit.
func placeText(p core.Place) string {
	if p.Property == "" {
		return ""
	}
	return p.Property + "\x00" + p.Unit
}
