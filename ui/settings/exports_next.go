package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// nextLabel is the width of the labels on the card of the next export.
const nextLabel = 96

// nextExportCard chooses what the export dialog begins with.
type nextExportCard struct {
	form
	format, period *kit.Select
	folder         *kit.Prose
}

// newNextExportCard makes the card; choose asks for the folder.
func newNextExportCard(change changer, choose func(done func(error)), update func()) *nextExportCard {
	c := &nextExportCard{form: newForm(change, update), folder: kit.NewProse("", kit.Body)}
	var formats, periods []string
	for _, f := range words.Formats() {
		formats = append(formats, words.FormatName(f))
	}
	for _, p := range firstPeriods() {
		periods = append(periods, p.name)
	}
	var format, period fyne.CanvasObject
	c.format, format = kit.NewSelect(formats, func(string) {
		chosen := words.Formats()[c.format.SelectedIndex()]
		c.set(func(s *core.Settings) { s.Exports.Format = chosen })
	})
	c.period, period = kit.NewSelect(periods, func(string) {
		chosen := firstPeriods()[c.period.SelectedIndex()].of
		c.set(func(s *core.Settings) { s.Exports.Period = chosen })
	})
	c.rows = append(c.rows, func(s core.Settings) {
		pick(c.format, words.FormatName(s.Exports.Format))
		at := slices.IndexFunc(firstPeriods(), func(p firstPeriod) bool { return p.of == s.Exports.Period })
		pick(c.period, periods[max(0, at)])
	})
	folder := kit.NewButton(words.Say("Change folder"), assets.Folder, func() { choose(c.tell) })
	c.object = newTitledCard(words.Say("The next export"),
		nextRow(words.Say("Format"), kit.Sized(0, kit.ControlHigh, format)),
		nextRow(words.Say("Period"), kit.Sized(0, kit.ControlHigh, period)),
		nextRow(words.Say("Folder"), kit.VStack(10, kit.Inset(8, 0, 0, 0, c.folder), kit.HStack(0, folder))),
		kit.NewProse(words.Say("The export dialog begins with these. You can choose others there."), kit.Caption), c.trouble)
	return c
}

// paintFolder shows the folder, which the disk has been asked for.
func (c *nextExportCard) paintFolder(past pastExports) {
	c.folder.Set(words.FolderName(past.dir))
	c.relayout()
}

func nextRow(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight())
	return frame.Labelled(nextLabel, name, control)
}

// firstPeriod is a period that can be begun with.
type firstPeriod struct {
	of   core.FirstPeriod
	name string
}

func firstPeriods() []firstPeriod {
	return []firstPeriod{
		{core.FirstNew, words.Say("New since the last export")},
		{core.FirstMonth, words.Say("This month")},
		{core.FirstLast, words.Say("Last month")},
		{core.FirstQuarter, words.Say("This quarter")},
		{core.FirstYear, words.Say("This year")},
	}
}
