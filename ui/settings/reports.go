package settings

import (
	"cmp"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// inReports reports whether the connection is through reports.
func inReports(p State) bool { return p.Status.Kind == core.KindReports }

// delivered reports whether AppFolio delivers to an address of this computer.
func delivered(p State) bool { return p.Status.Kind.Delivered() }

// newReportsForm makes the folder of reports, with its buttons.
func (c *appFolioCard) newReportsForm() fyne.CanvasObject {
	given := func(p State) bool { return p.Override.ReportsDir != "" }
	chosen := func(p State) bool {
		return given(p) || p.Settings.Kind == core.KindReports && p.Settings.ReportsDir != ""
	}
	dir := func() string { return cmp.Or(c.page.Override.ReportsDir, frame.ReportsDir(c.page.Settings)) }
	var use, change *kit.Button
	watch := func(dir string) {
		use.Disable()
		change.Disable()
		c.Saver.WatchReports(dir, func(err error) {
			use.Enable()
			change.Enable()
			c.tell(err)
		})
	}
	use = kit.NewButton(words.Say("Use this folder"), assets.Check, func() { watch(dir()) }).Primary()
	change = kit.NewButton(words.Say("Change folder"), assets.Folder, func() {
		c.Chooser.Folder(chooser.Ask{Title: words.Say("Choose a folder"), Dir: dir()}, watch)
	})
	open := kit.NewButton(words.Say("Open folder"), assets.External, func() { c.Do.OpenFolder(dir()) })
	caption := c.text(kit.Caption, func(p State) string {
		switch {
		case given(p):
			return givenForThisRun()
		case chosen(p):
			return words.Say("Rentbell reads what is saved here, and moves it to “done” or “failed”.")
		}
		return words.Say("Proposed. Rentbell makes it if there is none, for you alone.")
	})
	guide := kit.NewDisclosure(words.Say("How reports get there"), nil, frame.NewReportsGuide)
	guide.OnToggled = func(bool) { c.relayout() }
	return kit.VStack(12,
		frame.Row(words.Say("Folder"), kit.Inset(8, 0, 0, 0, kit.VStack(3, c.text(kit.Body, func(State) string { return dir() }), caption,
			kit.Inset(7, 0, 0, 0, kit.Flow(8, c.only(not(chosen), use), c.only(not(given), change), c.only(chosen, open)))))),
		c.trouble, guide)
}

// newArrivalsCard makes the card that says when the newest report of each kind came.
func newArrivalsCard(w *tasks) *card {
	c := newCard(w)
	list, chip := kit.VStack(0), kit.NewChip(kit.Neutral, nil, "")
	c.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Reports"), chip), list))
	c.only(inReports, c.object)
	c.row(func(p State) {
		chip.Set(frame.DescribeFolder(p.Status.Reports, c.Now()))
		list.Objects = nil
		for i, kind := range reportsShown(p.Status.Reports) {
			if i > 0 {
				list.Add(kit.NewRule())
			}
			list.Add(newArrivalRow(describeArrival(kind, p.Status.Reports.Newest[kind], c.Now())))
		}
	})
	return c
}

// reportsShown are AppFolio's reports, and other tables that have come as one.
func reportsShown(s core.ReportsStatus) []core.TableKind {
	kinds, others := core.ReportKinds(), []core.TableKind(nil)
	for kind := range s.Newest {
		if !kind.Report() {
			others = append(others, kind)
		}
	}
	slices.Sort(others)
	return append(kinds, others...)
}

// arrivalWords describes the newest report of a kind.
type arrivalWords struct {
	icon       fyne.Resource
	ink        fyne.ThemeColorName
	name, text string
}

func describeArrival(k core.TableKind, a core.ReportArrival, now time.Time) arrivalWords {
	w := arrivalWords{assets.Info, kit.ColorText2, words.ReportName(k), words.Say("None yet")}
	if a.At.IsZero() {
		return w
	}
	w.icon, w.ink = assets.Verified, kit.ColorOk
	switch {
	case a.LeftOut > 0:
		w.icon, w.ink = assets.Alert, kit.ColorWarn
	case now.Sub(a.AsOf()) >= core.StaleReports:
		w.icon, w.ink = assets.Clock, kit.ColorWarn
	}
	local := func(t time.Time) time.Time { return t.In(now.Location()) }
	came := words.Say("came %s", words.Tongue.At(local(a.At), now))
	if saved := local(a.Named); !a.Named.IsZero() && core.DateOf(saved) != core.DateOf(local(a.At)) {
		came = words.Say("%s, saved %s", came, words.Tongue.OnDay(saved, now))
	}
	w.text = words.Capital(words.Say("%s: %s", came, words.Joined(words.ReportRows(k, a.Rows), takenWords(a))))
	return w
}

// takenWords says what was new in a report: "12 new, 1 changed".
func takenWords(a core.ReportArrival) string {
	var added, changed, left string
	if n := a.Taken.Added; n > 0 {
		added = words.Say("%s new", explain.Number(n))
	}
	if n := a.Taken.Changed; n > 0 {
		changed = words.Say("%s changed", explain.Number(n))
	}
	if n := a.LeftOut; n > 0 {
		left = words.SayN(n, "%s line left out", "%s lines left out", explain.Number(n))
	}
	return words.Joined(added, changed, left)
}

func newArrivalRow(w arrivalWords) fyne.CanvasObject {
	text := kit.VStack(0, kit.NewText(w.name, kit.Strong).Tight(), kit.NewProse(w.text, kit.Caption))
	return kit.Inset(8, kit.CardPad, 8, kit.CardPad, &fyne.Container{
		Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{kit.NewIcon(w.icon, w.ink, 20), text},
	})
}

// failedDir is the folder, in that of reports, with the files that were not taken in.
const failedDir = "failed"

// newFailedCard makes the card that lists files that were not taken in.
func newFailedCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(0)
	c.object = kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Not taken in"), kit.HStack(0)), list))
	c.only(func(p State) bool { return inReports(p) && len(p.Status.Reports.Failed) > 0 }, c.object)
	var listed []core.FailedReport
	c.row(func(p State) {
		if slices.Equal(listed, p.Status.Reports.Failed) {
			return
		}
		listed, list.Objects = p.Status.Reports.Failed, nil
		for i, f := range p.Status.Reports.Failed {
			if i > 0 {
				list.Add(kit.NewRule())
			}
			text := kit.VStack(1, kit.NewText(f.File, kit.Strong).Tight(), kit.NewProse(f.Why, kit.Caption),
				kit.NewProse(words.Capital(words.Say("came %s", c.at(f.At))), kit.Caption))
			show := kit.NewLink(words.Say("Show file"), func() { c.Do.OpenFolder(filepath.Join(p.Status.Reports.Dir, failedDir)) })
			list.Add(kit.Inset(10, kit.CardPad, 10, kit.CardPad, kit.Spread(16, text, show)))
		}
	})
	return c
}
