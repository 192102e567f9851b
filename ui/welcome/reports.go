package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// reportsForm is the part for reports: the folder in the first step, and in the second
// what has come into it.
type reportsForm struct {
	of *View

	dir      string // the folder, or the one that is proposed
	folder   *kit.Prose
	change   *kit.Button
	next     *kit.Button
	note     *kit.Prose
	busy     bool // the folder is being saved
	form     *fyne.Container
	arrivals *fyne.Container

	state *kit.Prose
	list  *fyne.Container // a line for each report that has come, or has failed
	open  *kit.Button     // finishes after a report has come
	later *kit.Press      // finishes without one
}

// newForm returns the part of the first step. dir is the folder that is proposed.
func (r *reportsForm) newForm(v *View, dir string) *fyne.Container {
	r.of, r.dir, r.note, r.folder = v, dir, frame.NewTrouble(), kit.NewProse(dir, kit.Body)
	r.change = kit.NewButton(words.Say("Change folder"), assets.Folder, func() {
		v.do.chooseDir(r.dir, func(dir string) {
			r.dir = dir
			r.folder.Set(dir)
			v.paint()
		})
	})
	r.next = kit.NewButton(words.Say("Continue"), nil, r.save).Primary()
	box := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorInput, 6),
		kit.Sized(0, kit.ControlHigh, container.NewStack()),
		kit.Inset(8, 10, 8, 11, kit.Lead(8, kit.NewIcon(assets.Folder, kit.ColorText2, 18), r.folder)))
	r.form = kit.VStack(8,
		frame.NewReportsGuide(),
		kit.Inset(4, 0, -3, 0, kit.NewText(words.Say("Folder"), kit.Strong).Tight()),
		kit.Spread(8, box, r.change),
		r.note,
		kit.Inset(6, 0, 0, 0, kit.HStack(0, r.next)))
	return r.form
}

// newArrivals returns the part of the second step.
func (r *reportsForm) newArrivals(v *View) *fyne.Container {
	r.state, r.list = kit.NewProse("", kit.Body), kit.VStack(6)
	r.open = kit.NewButton(words.Say("Open Rentbell"), nil, v.do.finish).Primary()
	r.later = kit.NewLink(words.Say("Later"), v.do.finish)
	folder := kit.NewButton(words.Say("Open folder"), assets.Folder, func() { v.do.openFolder(r.dir) })
	r.arrivals = kit.VStack(8, r.state, r.list, kit.Inset(4, 0, 0, 0, kit.Flow(14, r.open, folder, r.later)))
	return r.arrivals
}

func (r *reportsForm) paint() {
	frame.SetEnabled(r.next, !r.busy)
	frame.SetEnabled(r.change, !r.busy)
}

// save makes the folder, if there is none, and has it watched.
func (r *reportsForm) save() {
	v := r.of
	r.busy = true
	v.paint()
	v.do.watch(r.dir, func(err error) {
		r.busy = false
		if v.succeeded(r.note, err) {
			v.done[0] = true
			v.moveTo(1)
		}
		v.paint()
	})
}

// show shows what has come into the folder.
func (r *reportsForm) show(s core.ReportsStatus) {
	r.list.Objects = nil
	for _, kind := range core.ReportKinds() {
		if a, came := s.Newest[kind]; came {
			text := words.Say("%s: %s", words.ReportName(kind), words.ReportRows(kind, a.Rows))
			r.list.Add(kit.Lead(8, kit.NewIcon(assets.Verified, kit.ColorOk, 18), kit.NewProse(text, kit.Body)))
		}
	}
	came := len(r.list.Objects) > 0
	if len(s.Failed) > 0 {
		text := words.Say("%s: %s", s.Failed[0].File, s.Failed[0].Why)
		r.list.Add(kit.Lead(8, kit.NewIcon(assets.Alert, kit.ColorWarn, 18), kit.NewProse(text, kit.Body.In(kit.ColorWarn))))
	}
	switch {
	case s.Problem != nil && s.Dir != "":
		frame.TellHere(r.state, s.Problem)
	case came:
		r.state.SetStyled(words.Say("This came in. More can follow at any time."), kit.Body)
	default:
		r.state.SetStyled(words.Say("Waiting for a report in %s.", words.FolderName(r.dir)), kit.Body)
	}
	frame.SetVisible(r.list, len(r.list.Objects) > 0)
	frame.SetVisible(r.open, came)
	frame.SetVisible(r.later, !came)
}
