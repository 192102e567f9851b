package core_test

import (
	"math"
	"testing"

	"rentbell/core"
)

func TestAmountsAreWrittenToTheCent(t *testing.T) {
	tests := map[core.Cents]string{
		0: "0.00", 5: "0.05", -5: "-0.05", 99: "0.99", 100: "1.00", 145000: "1450.00", -123456: "-1234.56",
		math.MaxInt64: "92233720368547758.07", math.MinInt64: "-92233720368547758.08",
	}
	for c, want := range tests {
		if got := c.Decimal(); got != want {
			t.Errorf("%d cents = %s, want %s", int64(c), got, want)
		}
	}
}

func TestSumsStopAtTheEndsInsteadOfTurningAround(t *testing.T) {
	tests := []struct{ a, b, want core.Cents }{
		{1, 2, 3}, {-1, 1, 0},
		{math.MaxInt64, 1, math.MaxInt64}, {math.MinInt64, -1, math.MinInt64},
		{math.MaxInt64, math.MinInt64, -1},
	}
	for _, tt := range tests {
		if got := tt.a.Plus(tt.b); got != tt.want {
			t.Errorf("%d + %d = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
