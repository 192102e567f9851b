package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/kit"
)

// nextLabel is the width of the labels on the card of the next export.
const nextLabel = 96

// nextExportCard chooses what the export dialog begins with.
type nextExportCard struct {
	object   *fyne.Container
	do       settingsActions
	format   *kit.Select
	period   *kit.Select
	folder   *kit.Prose
	trouble  *kit.Prose
	saved    core.Exports
	onLayout func()
}

func newNextExportCard(do settingsActions, onLayout func()) *nextExportCard {
	c := &nextExportCard{do: do, folder: kit.NewProse("", kit.Body), trouble: newTrouble(), onLayout: onLayout}
	var formats, periods []string
	for _, f := range exportFormats {
		formats = append(formats, formatName(f.format))
	}
	for _, p := range firstPeriods() {
		periods = append(periods, p.name)
	}
	var format, period fyne.CanvasObject
	c.format, format = kit.NewSelect(formats, func(string) {
		chosen := exportFormats[c.format.SelectedIndex()].format
		c.set(func(e *core.Exports) { e.Format = chosen })
	})
	c.period, period = kit.NewSelect(periods, func(string) {
		chosen := firstPeriods()[c.period.SelectedIndex()].of
		c.set(func(e *core.Exports) { e.Period = chosen })
	})
	change := kit.NewButton(say("Change folder"), assets.Folder, func() { do.exports.folder(c.told) })
	c.object = newTitledCard(say("The next export"),
		nextRow(say("Format"), kit.Sized(0, kit.ControlHigh, format)),
		nextRow(say("Period"), kit.Sized(0, kit.ControlHigh, period)),
		nextRow(say("Folder"), kit.VStack(10, kit.Inset(8, 0, 0, 0, c.folder), kit.HStack(0, change))),
		kit.NewProse(say("The export dialog begins with these. You can choose others there."), kit.Caption), c.trouble)
	return c
}

func nextRow(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight())
	return labelled(nextLabel, name, control)
}

// firstPeriod is a period that can be begun with.
type firstPeriod struct {
	of   core.FirstPeriod
	name string
}

func firstPeriods() []firstPeriod {
	return []firstPeriod{
		{core.FirstNew, say("New since the last export")},
		{core.FirstMonth, say("This month")},
		{core.FirstLast, say("Last month")},
		{core.FirstQuarter, say("This quarter")},
		{core.FirstYear, say("This year")},
	}
}

func (c *nextExportCard) show(p settingsPage) {
	c.saved = p.settings.Exports
	c.choose()
}

// choose puts the choices to what is saved.
func (c *nextExportCard) choose() {
	pick(c.format, formatName(c.saved.Format))
	known := firstPeriods()
	name := known[0].name
	for _, p := range known {
		if p.of == c.saved.Period {
			name = p.name
		}
	}
	pick(c.period, name)
}

// paint shows the folder, which the disk has been asked for.
func (c *nextExportCard) paint(past pastExports) {
	c.folder.Set(folderWords(past.dir))
	kit.Relayout(c.object)
	c.onLayout()
}

// set saves one choice. If that fails all goes back to what is saved.
func (c *nextExportCard) set(edit func(*core.Exports)) {
	c.do.change(func(s *core.Settings) { edit(&s.Exports) }, func(err error) {
		if err != nil {
			c.choose()
		}
		c.told(err)
	})
}

func (c *nextExportCard) told(err error) {
	tell(c.trouble, err)
	kit.Relayout(c.object)
	c.onLayout()
}
