package settings

import (
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
	c := &nextExportCard{do: do, folder: kit.NewProse("", kit.Body), trouble: frame.NewTrouble(), onLayout: onLayout}
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
		c.set(func(e *core.Exports) { e.Format = chosen })
	})
	c.period, period = kit.NewSelect(periods, func(string) {
		chosen := firstPeriods()[c.period.SelectedIndex()].of
		c.set(func(e *core.Exports) { e.Period = chosen })
	})
	change := kit.NewButton(words.Say("Change folder"), assets.Folder, func() { do.exports.folder(c.told) })
	c.object = newTitledCard(words.Say("The next export"),
		nextRow(words.Say("Format"), kit.Sized(0, kit.ControlHigh, format)),
		nextRow(words.Say("Period"), kit.Sized(0, kit.ControlHigh, period)),
		nextRow(words.Say("Folder"), kit.VStack(10, kit.Inset(8, 0, 0, 0, c.folder), kit.HStack(0, change))),
		kit.NewProse(words.Say("The export dialog begins with these. You can choose others there."), kit.Caption), c.trouble)
	return c
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

func (c *nextExportCard) show(p State) {
	c.saved = p.Settings.Exports
	c.choose()
}

// choose puts the choices to what is saved.
func (c *nextExportCard) choose() {
	pick(c.format, words.FormatName(c.saved.Format))
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
	c.folder.Set(words.FolderName(past.dir))
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
	frame.Tell(c.trouble, err)
	kit.Relayout(c.object)
	c.onLayout()
}
