package settings

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// dataActions is what the Data tab can ask for.
type dataActions struct {
	look    func(done func(core.Data, error))
	expired func(years int, done func(core.Expired, error))
	keepFor func(years int, done func(error))
	// backUp and examine let the user choose where first; done and ready are
	// not called when they choose nothing.
	backUp  func(started func(stop func()), progress func(done, total int), done func(path string, err error))
	examine func(started func(stop func()), progress func(done, total int), ready func(core.Candidate, error))
	restore func(c core.Candidate, done func(aside string, err error))

	openFolder func(dir string)
	copy       func(text string)
	ask        func(frame.Question)
}

// dataCard says where everything is kept, and how much it is.
type dataCard struct {
	card
	do                  dataActions
	now                 func() time.Time
	records, span, room *kit.Prose
	onLook              func(core.Data)
}

func newDataCard(now func() time.Time, do dataActions, inst installation, update func()) *dataCard {
	c := &dataCard{
		card: newCard(update), do: do, now: now, onLook: func(core.Data) {},
		records: kit.NewProse("", kit.Body), span: kit.NewProse("", kit.Body), room: kit.NewProse("", kit.Body),
	}
	folder := kit.NewButton(words.Say("Open folder"), assets.Folder, func() { do.openFolder(inst.Dir) })
	path := kit.NewButton(words.Say("Copy"), assets.Copy, func() { do.copy(inst.Dir) })
	c.object = newTitledCard(words.Say("Your data"),
		dataRow(words.Say("Records"), c.records),
		dataRow(words.Say("Received"), c.span),
		dataRow(words.Say("Room"), c.room),
		dataRow(words.Say("Folder"), kit.VStack(10, kit.NewProse(inst.Dir, kit.Body), kit.HStack(8, folder, path))),
	)
	return c
}

func dataRow(label string, value fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(frame.LabelWidth, kit.NewText(label, kit.Muted).Tight(), value)
}

func (c *dataCard) show(p State) {
	c.records.Set(recordsWords(p.Status))
	c.relayout()
}

// recordsWords say how much is kept.
func recordsWords(s core.Status) string {
	n, events, apart := s.Summary.Events, explain.Number(s.Summary.Events), explain.Number(s.Summary.Quarantined)
	kept := words.SayN(n, "%s event.", "%s events.", events)
	if s.Summary.Quarantined > 0 {
		kept = words.SayN(n, "%s event, and %s kept apart because they could not be read.", "%s events, and %s kept apart because they could not be read.", events, apart)
	}
	if s.Sample {
		return words.Paragraph(kept, words.Say("All of it is made up, and is deleted when you close Rentbell."))
	}
	return kept
}

// look asks the disk.
func (c *dataCard) look() {
	c.do.look(func(d core.Data, err error) {
		if err != nil {
			return // the page above says what is wrong with the disk
		}
		c.span.Set(spanWords(d, c.now()))
		c.room.Set(roomWords(d))
		c.onLook(d)
		c.relayout()
	})
}

func spanWords(d core.Data, now time.Time) string {
	oldest := words.Tongue.LongDate(d.Oldest.In(now.Location()), now)
	switch {
	case d.Events == 0 && d.Removed == 0:
		return words.Say("Nothing yet.")
	case d.Events == 0:
		return words.SayN(d.Removed, "%s event deleted for its age.", "%s events deleted for their age.", explain.Number(d.Removed))
	case d.Removed > 0:
		return words.SayN(d.Removed, "Since %s. Earlier: %s event, deleted for its age.", "Since %s. Earlier: %s events, deleted for their age.", oldest, explain.Number(d.Removed))
	}
	return words.Say("Since %s.", oldest)
}

func roomWords(d core.Data) string {
	if !d.FreeKnown {
		return words.Say("%s.", explain.Size(uint64(d.Bytes)))
	}
	return words.Say("%s. %s of the disk are free.", explain.Size(uint64(d.Bytes)), explain.Size(d.Free))
}

// newMovingCard tells how to move to another computer.
func newMovingCard() *fyne.Container {
	return newTitledCard(words.Say("Move to another computer"),
		kit.NewProse(words.Say("Back up here, restore the file there, and enter the keys again. Close Rentbell here before you register there."), kit.Body),
		kit.NewProse(words.Say("Only you can read the folder."), kit.Caption),
	)
}
