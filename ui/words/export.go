package words

import (
	"path/filepath"
	"time"

	"rentbell/core"
)

// Formats returns the export formats, in the order in which the window offers
// them.
func Formats() []core.Format {
	return []core.Format{core.FormatQuickBooks, core.FormatQBO, core.FormatOFX, core.FormatXero, core.FormatXLSX, core.FormatFull}
}

// FormatName returns the name of an export format. Names of products are not
// translated.
func FormatName(f core.Format) string {
	switch f {
	case core.FormatQBO:
		return Say("QuickBooks bank file")
	case core.FormatOFX:
		return Say("OFX bank file")
	case core.FormatXLSX:
		return Say("Excel workbook")
	case core.FormatXero:
		return "Xero"
	case core.FormatFull:
		return Say("Full detail")
	}
	return "QuickBooks Online"
}

// FolderName returns the last two elements of a path, separated by a comma:
// "Documents, Rentbell exports".
func FolderName(dir string) string {
	parent, last := filepath.Split(filepath.Clean(dir))
	if before := filepath.Base(filepath.Clean(parent)); before != string(filepath.Separator) && before != "." {
		return before + ", " + last
	}
	return last
}

// Days formats a range of days for the beginning of a sentence: "June 1 to June
// 30", or "June 1" for one day.
func Days(from, to core.Date, now time.Time) string {
	first := Tongue.LongDate(DayOf(from, now), now)
	if from == to {
		return first
	}
	return Say("%s to %s", first, Tongue.LongDate(DayOf(to, now), now))
}
