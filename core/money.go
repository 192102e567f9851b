package core

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// Cents is an amount of money in US cents. Money never goes through a float.
type Cents int64

// Decimal writes the amount for a file: two digits after the point, a leading
// minus for negative amounts, no separators and no currency sign.
func (c Cents) Decimal() string { return string(c.AppendDecimal(nil)) }

// AppendDecimal is Decimal for those who write many.
func (c Cents) AppendDecimal(dst []byte) []byte {
	if c < 0 {
		dst = append(dst, '-')
	}
	cents := c.magnitude()
	dst = strconv.AppendUint(dst, cents/100, 10)
	return append(dst, '.', byte('0'+cents/10%10), byte('0'+cents%10))
}

// magnitude is the absolute value; a uint64, because the lowest int64 has none.
func (c Cents) magnitude() uint64 {
	if c < 0 {
		return uint64(-(c + 1)) + 1
	}
	return uint64(c)
}

// ErrBadAmount is what ParseDollars returns for anything that is no amount.
var ErrBadAmount = errors.New("amount is no number of dollars and cents")

// ParseDollars reads an amount as people type it: "50", "$1,450.00", ".5". It is
// exact, or an error: no sign, no third decimal, no more than 16 digits before
// the point, and commas only between groups of three.
func ParseDollars(text string) (Cents, error) {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "$"))
	whole, cents, pointed := strings.Cut(text, ".")
	groups := strings.Split(whole, ",")
	for i, group := range groups {
		if len(groups) > 1 && (i > 0 && len(group) != 3 || i == 0 && (group == "" || len(group) > 3)) {
			return 0, ErrBadAmount
		}
	}
	whole = strings.Join(groups, "")
	if len(whole) > 16 || len(cents) > 2 || whole == "" && cents == "" || pointed && cents == "" {
		return 0, ErrBadAmount
	}
	sum := Cents(0)
	for _, digit := range whole + (cents + "00")[:2] {
		if digit < '0' || digit > '9' {
			return 0, ErrBadAmount
		}
		sum = 10*sum + Cents(digit-'0')
	}
	return sum, nil
}

// ReadAmount reads an amount as books and reports write it: what ParseDollars
// reads, and below zero "-50.00", "$-1,250.00", "-$50.00", "50.00-" or "(500.00)".
// Decimals beyond cents must be zeros. It is exact, or ErrBadAmount: what has two
// signs, or none that is certain, is not guessed at, and nor is "1.250", which is more
// than a thousand to half the world.
func ReadAmount(text string) (Cents, error) {
	text = strings.NewReplacer("\u2212", "-", "\u00a0", " ").Replace(text) // the minus and the blank of typography
	text = strings.TrimSpace(text)
	signs := 0
	if inner, bracketed := strings.CutPrefix(text, "("); bracketed {
		if inner, bracketed = strings.CutSuffix(inner, ")"); !bracketed {
			return 0, ErrBadAmount
		}
		signs, text = 1, strings.TrimSpace(inner)
	}
	cut := func(rest string, found bool) {
		if found {
			signs, text = signs+1, strings.TrimSpace(rest)
		}
	}
	cut(strings.CutPrefix(text, "-"))
	currency := strings.HasPrefix(text, "$")
	text = strings.TrimSpace(strings.TrimPrefix(text, "$"))
	if currency {
		cut(strings.CutPrefix(text, "-"))
	}
	cut(strings.CutSuffix(text, "-"))
	if signs > 1 || strings.HasPrefix(text, "$") {
		return 0, ErrBadAmount
	}
	if whole, decimals, pointed := strings.Cut(text, "."); pointed && len(decimals) > 2 {
		if thousands := strings.Trim(whole, "0") != "" && len(whole) <= 3; thousands && len(decimals) == 3 {
			return 0, ErrBadAmount
		}
		text = whole + "." + decimals[:2] + strings.TrimRight(decimals[2:], "0")
	}
	cents, err := ParseDollars(text)
	if signs > 0 {
		cents = -cents
	}
	return cents, err
}

// Plus adds and stops at the ends of int64 instead of wrapping around: a sum
// on screen may be capped, it must never change its sign.
func (c Cents) Plus(d Cents) Cents {
	switch {
	case d > 0 && c > math.MaxInt64-d:
		return math.MaxInt64
	case d < 0 && c < math.MinInt64-d:
		return math.MinInt64
	}
	return c + d
}
