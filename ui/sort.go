package ui

import (
	"cmp"
	"strings"

	"rentbell/core"
)

// orders are how a page's columns sort what is in memory, from the first column
// on. What has no name, or no date, comes last either way.
type orders[T any] []func(a, b T) (values int, missing int)

// compare is what an order says about two things; without a column, nothing.
func (c orders[T]) compare(by order, a, b T) int {
	if by.column == 0 {
		return 0
	}
	values, missing := c[by.column-1](a, b)
	switch {
	case missing != 0:
		return missing
	case by.falling:
		return -values
	}
	return values
}

// byText sorts by texts, whatever their case.
func byText[T any](text func(T) string) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		s, t := text(a), text(b)
		return cmp.Compare(strings.ToLower(s), strings.ToLower(t)), last(s == "", t == "")
	}
}

// byDate sorts by civil dates.
func byDate[T any](date func(T) core.Date) func(a, b T) (values, missing int) {
	return func(a, b T) (int, int) {
		d, e := date(a), date(b)
		return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day)), last(d.IsZero(), e.IsZero())
	}
}

// last puts what is missing behind what is not.
func last(a, b bool) int {
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
