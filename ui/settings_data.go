package ui

import (
	"cmp"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// dataCard says where everything is kept.
type dataCard struct {
	object  *fyne.Container
	records *kit.Prose
}

func newDataCard(do settingsActions, inst installation) *dataCard {
	c := &dataCard{records: kit.NewProse("", kit.Body)}
	folder := kit.NewButton("Show folder", assets.Folder, func() { do.openFolder(inst.Dir) })
	c.object = newTitledCard("Your data",
		dataRow("Records", c.records),
		dataRow("Folder", kit.VStack(10, kit.NewProse(inst.Dir, kit.Body), kit.HStack(8, folder))),
	)
	return c
}

func dataRow(label string, value fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: fieldLayout{labelWidth}, Objects: []fyne.CanvasObject{kit.NewText(label, kit.Muted).Tight(), value}}
}

func (c *dataCard) show(p settingsPage) {
	s := p.status.Summary
	text := explain.Count(s.Events, "event")
	if s.Quarantined > 0 {
		text += ", and " + explain.Number(s.Quarantined) + " kept apart because they could not be read"
	}
	if p.status.Sample {
		text += ". All of it is made up, and is deleted when you close Rentbell"
	}
	c.records.Set(text + ".")
	kit.Relayout(c.object)
}

// newMovingCard tells how to keep a copy.
func newMovingCard() *fyne.Container {
	return newTitledCard("Keep a copy",
		kit.NewProse("Quit Rentbell and copy the folder. To move to another computer, put it in the same place there and enter the keys again.", kit.Body),
		kit.NewProse("Only you can read the folder.", kit.Caption),
	)
}

// newLeavesCard tells what leaves the computer: all of it.
func newLeavesCard() *fyne.Container {
	return newTitledCard("What leaves this computer",
		dataRow("To AppFolio", kit.NewProse("When you register: your address, the kinds of events you want and the webhook secret, signed in with your API key.", kit.Body)),
		dataRow("To ngrok", kit.NewProse("Your authtoken, to open the address. What AppFolio delivers passes through ngrok on its way to you.", kit.Body)),
		dataRow("To anyone else", kit.NewProse("Nothing. There is no Rentbell server, no account and no statistics.", kit.Body)),
	)
}

func newAboutCard(inst installation) *fyne.Container {
	title := kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 48), kit.VStack(0,
		kit.NewText("Rentbell", kit.Title).Tight(),
		kit.NewText("Version "+cmp.Or(inst.Version, "not known"), kit.Caption).Tight(),
	))
	return kit.NewCard(kit.VStack(12, title,
		kit.NewProse("The bell on your desk that rings when the rent arrives.", kit.Body),
		kit.NewProse("Free software under the MIT licence. Not made by AppFolio or ngrok, whose names belong to them.", kit.Caption),
	))
}
