package core_test

import (
	"errors"
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

func TestParseDollarsIsExactOrAnError(t *testing.T) {
	good := map[string]core.Cents{
		"0": 0, "50": 5000, " $50.00 ": 5000, "49.5": 4950, ".05": 5, "$ 1,450.00": 145000, "1,000,000": 100000000,
		"0.29": 29, "1450": 145000, "9999999999999999.99": 999999999999999999,
	}
	for text, want := range good {
		if got, err := core.ParseDollars(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "$", ".", "5.", "-5", "+5", "5.005", "1e3", "1,45", "14,50.00", ",450", "1,,000", "1450,000", "0x10", "５", "fifty", "99999999999999999",
	} {
		if got, err := core.ParseDollars(text); !errors.Is(err, core.ErrBadAmount) || got != 0 {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
}

func TestAmountsOfBooksAreExactOrAnError(t *testing.T) {
	good := map[string]core.Cents{
		"(500.00)": -50000, "$-1,250.00": -125000, "-$1,250.00": -125000, "($1,250.00)": -125000, "1,250": 125000, "-500.00": -50000,
		"500.00-": -50000, "\u2212500.00": -50000, "$\u00a01,250.00": 125000, "( 5.00 )": -500, "12.5000": 1250, "-0.00": 0, ".5": 50,
	}
	for text, want := range good {
		if got, err := core.ReadAmount(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "()", "-", "$", "(-5.00)", "1.250", "-12.500", "950.000", "--5", "-5-", "-(5.00)", "(5.00", "5.00)", "$$5", "$-$5", "1.250,00", "1,25", "5.00 CR", "1.005", "1e3", "99999999999999999",
	} {
		if got, err := core.ReadAmount(text); !errors.Is(err, core.ErrBadAmount) || got != 0 {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
}
