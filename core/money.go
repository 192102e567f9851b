package core

import (
	"math"
	"strconv"
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
