package explain

import (
	"time"

	"rentbell/core"
)

// claimed says who of the office exports what is new, or has done so. The time is the
// receiver's; the computer's own clock only decides how the day is written.
func (t Tongue) claimed(e *core.ClaimedError) Words {
	at := t.At(e.At.Local(), time.Now())
	switch {
	case e.Stale:
		return Words{
			t("%s began to export these payments and did not end", e.By),
			t("It began %s. Perhaps that computer sleeps, and the file is there already.", at),
			t("Ask there first. If there is no file, take the export over."),
		}
	case e.Writing:
		return Words{
			t("%s is exporting these payments", e.By),
			t("It began %s. Two exports at a time could hold the same payments.", at),
			t("Wait until it has ended, then try again."),
		}
	}
	return Words{
		t("%s exported these %s %s", e.By, t.Count(e.Rows, "payment"), at),
		t("In an office what is new is exported once."),
		t("Get the file there, or export a period."),
	}
}
