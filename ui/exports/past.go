package exports

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newSinceLast is the name of the period with all payments that came in after
// the last export.
func newSinceLast() string { return words.Say("New since the last export") }

// sincePeriod returns the period of all events after an export. The file name
// has the time, so that a second export on the same day does not replace the
// first.
func sincePeriod(last core.PastExport, now time.Time) period {
	return period{name: newSinceLast(), file: "new " + now.Format("2006-01-02 15.04"), after: last.LastSeq}
}

// setPast sets the earlier exports and the newest payment's month, and loads
// the first preview.
func (v *exportView) setPast(past []core.PastExport, newest core.Date) {
	v.past, v.newest = past, newest
	v.offer()
	v.ask()
}

// offer updates the offered periods after the format has changed.
func (v *exportView) offer() {
	last, ok := export.LastExport(v.past, v.format)
	if !ok {
		v.periodForm.offer(nil)
		return
	}
	since := sincePeriod(last, v.now())
	v.periodForm.offer(&since)
}

// nothingNew returns the last export if the chosen period has what is new since then, and
// nothing is.
func (v *exportView) nothingNew() (last core.PastExport, ok bool) {
	if p, dated := v.chosen(); !dated || p.after == 0 || !v.known || v.found.Count > 0 {
		return core.PastExport{}, false
	}
	return export.LastExport(v.past, v.format)
}

// again returns the last export if nothing is new, and it can be written once more.
func (v *exportView) again() (last core.PastExport, ok bool) {
	last, ok = v.nothingNew()
	return last, ok && last.SHA256 != "" && last.File != core.StandardOutput
}

// pastNote compares the chosen period with earlier exports. warn means that
// payments would be in the books twice, or never.
func (v *exportView) pastNote() (text string, warn bool) {
	q, ok := v.query()
	if !ok || v.stage == written {
		return "", false
	}
	if q.AfterSeq > 0 {
		if v.do.office().Away {
			return words.Say("The office is out of reach, and it knows what is new. Wait until it is back, or export a period."), true
		}
		return v.sinceWords(q.Location), false
	}
	var notes []string
	away := v.do.office().Away
	if warn = away; away {
		notes = append(notes, words.Say("The office is out of reach, so this export is not remembered: the next one may hold the same payments."))
	}
	if e, ok := export.Overlap(v.past, q); ok {
		notes = append(notes, v.overlapWords(e, q.Location))
		// The other formats are for people, or an importer knows a payment again.
		if v.format == core.FormatQuickBooks || v.format == core.FormatXero {
			warn = true
			notes = append(notes, words.Say("Payments would be twice in your books."))
		}
	}
	if v.behind > 0 && !away {
		warn = true
		notes = append(notes, behindWords(v.behind))
	}
	return words.Paragraph(notes...), warn
}

// sinceWords says since which export payments are new, and who made it if this desk did
// not.
func (v *exportView) sinceWords(zone *time.Location) string {
	last, _ := export.LastExport(v.past, v.format)
	at := words.Tongue.At(last.At.In(zone), v.now())
	if by := last.ByOther(v.do.office().Me); by != "" {
		return words.Say("%s exported %s %s. New is what came in since, whatever its date.", by, words.Tongue.Count(last.Rows, "payment"), at)
	}
	return words.Say("What came in after the export %s, whatever its date.", at)
}

// overlapWords says when the days of an export were exported, and by whom if not here.
func (v *exportView) overlapWords(e core.PastExport, zone *time.Location) string {
	days, day := words.Days(e.From, e.To, v.now()), words.Tongue.OnDay(e.At.In(zone), v.now())
	if by := e.ByOther(v.do.office().Me); by != "" {
		return words.Say("%s exported %s %s.", by, days, day)
	}
	return words.Say("%s was exported %s.", days, day)
}

// behindWords warns of payments that this export would leave out for good.
func behindWords(n int) string {
	return words.SayN(n, "%s new payment is of another day. It would no longer count as new.",
		"%s new payments are of other days. They would no longer count as new.", explain.Number(n))
}

// warning is the line below the period that shows pastNote.
type warning struct {
	line *fyne.Container
	sign fyne.CanvasObject
	text *kit.Prose
}

func newWarning() *warning {
	w := &warning{sign: kit.NewIcon(assets.Alert, kit.ColorWarn, 16), text: kit.NewProse("", kit.Caption)}
	w.line = kit.Lead(6, w.sign, w.text)
	return w
}

// show shows a text; an empty one hides the line. warn adds colour and an icon.
func (w *warning) show(text string, warn bool) {
	look := kit.Caption
	if warn {
		look = look.In(kit.ColorWarn)
	}
	w.text.SetStyled(text, look)
	frame.SetVisible(w.sign, warn)
	frame.SetVisible(w.line, text != "")
}
