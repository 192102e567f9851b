package words

import (
	"path/filepath"
	"time"

	"rentbell/core"
)

// Formats are the formats of an export, in the order in which they are offered.
func Formats() []core.Format {
	return []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull}
}

// FormatName is what the window calls an export format.
func FormatName(f core.Format) string {
	switch f {
	case core.FormatXero:
		return "Xero"
	case core.FormatFull:
		return Say("Full detail")
	}
	return "QuickBooks Online"
}

// FolderName is the last two steps of a folder's path, as people say it.
func FolderName(dir string) string {
	parent, last := filepath.Split(filepath.Clean(dir))
	if before := filepath.Base(filepath.Clean(parent)); before != string(filepath.Separator) && before != "." {
		return before + ", " + last
	}
	return last
}

// Days are the days from one to another at the beginning of a sentence: "June 1 to June 30".
func Days(from, to core.Date, now time.Time) string {
	first := Tongue.LongDate(DayOf(from, now), now)
	if from == to {
		return first
	}
	return Say("%s to %s", first, Tongue.LongDate(DayOf(to, now), now))
}
