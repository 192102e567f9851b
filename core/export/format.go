package export

import (
	"fmt"
	"io"

	"rentbell/core"
)

// layout is how the files of a format are made and what its importer takes. A new
// format is a file like quickbooks.go and a line in layoutOf.
type layout struct {
	limits  importLimits
	noZeros bool             // the importer refuses a file with an amount of zero
	arrival bool             // rows tell how payments came
	account bool             // each file is the statement of an account and a period
	begin   func(Query) page // makes the next file; the period of what is new may be open

	// read returns the rows of a file that was made so, the titles of their columns first.
	read func(file []byte) ([][]string, error)
}

// page is one file in the making. Its rows come in order of time, those of one
// moment as they were stored. One that holds more than memory is an io.Closer, too, and is
// closed when its file is not finished.
type page interface {
	// head appends what stands before the rows.
	head(b []byte) []byte
	// row appends a row. In a format with a limit of bytes it must not depend on
	// earlier ones: a row that is too much for one file goes into the next as it is.
	row(b []byte, r *row) []byte
	// foot writes what stands behind the last row.
	foot(w io.Writer) error
}

// row is a payment on its way into a file.
type row struct {
	*core.Skimmed
	at localTime // stands on the day it happened
}

// importLimits are what an importer takes in one file; zero: anything.
type importLimits struct {
	rows  int // without the header
	bytes int
}

// Formats are those that there are.
func Formats() []core.Format {
	return []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatXLSX, core.FormatOFX, core.FormatQBO}
}

// layoutOf returns the layout of a format; ok is false for an unknown one.
func layoutOf(f core.Format) (l layout, ok bool) {
	switch f {
	case core.FormatQuickBooks:
		return quickBooks(), true
	case core.FormatXero:
		return xero(), true
	case core.FormatFull:
		return full(), true
	case core.FormatXLSX:
		return xlsx(), true
	case core.FormatOFX:
		return ofx(), true
	case core.FormatQBO:
		return qbo(), true
	}
	return layout{}, false
}

// ParseFormat reads a format's name; else the error is ErrFormat.
func ParseFormat(name string) (core.Format, error) {
	if _, ok := layoutOf(core.Format(name)); !ok {
		return "", fmt.Errorf("%w: %q", core.ErrFormat, name)
	}
	return core.Format(name), nil
}

// IsStatement reports whether files of a format are bank statements, which need a
// Statement and a period with both ends.
func IsStatement(f core.Format) bool {
	l, _ := layoutOf(f) // an unknown one is none
	return l.account
}

// RowLimit is how many rows the importer of a format takes in one file; 0: any
// number.
func RowLimit(f core.Format) int { return limitsOf(f).rows }

func limitsOf(f core.Format) importLimits {
	l, _ := layoutOf(f) // an unknown one has no limits
	return l.limits
}
